"""telegram.md 10, 11 and 15: taps, their answers, and taps that overtake messages."""

import asyncio

from sandbox.records import Answer, User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock, inline

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


async def test_a_tap_and_its_answer(call: Caller, sandbox: Sandbox, maria: User) -> None:
    sent = await call.say(maria, reply_markup=inline([("Да", "yes")]))
    query_id = sandbox.world.press(maria.id, sent["message_id"], "yes")
    (update,) = await call.ok("getUpdates")
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "yes", maria.id)
    assert query["message"] == sent
    waiting = asyncio.create_task(sandbox.world.answered(query_id))
    await call.ok(
        "answerCallbackQuery", callback_query_id=query_id, text="Вы записаны", show_alert=True
    )
    assert await waiting == Answer("Вы записаны", show_alert=True)
    await call.ok("answerCallbackQuery", callback_query_id=query_id, text="ещё раз")
    assert sandbox.world.answers[query_id].text == "Вы записаны"


async def test_an_answer_comes_too_late_when_the_clock_jumped(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    query_id = sandbox.world.press(maria.id, 1, "yes")
    clock.move(seconds=15)
    await call.ok("answerCallbackQuery", callback_query_id=query_id)
    late = sandbox.world.press(maria.id, 1, "yes")
    clock.move(seconds=16)
    assert await call.refused("answerCallbackQuery", callback_query_id=late) == TOO_OLD
    clock.move(days=2)
    assert await call.refused("answerCallbackQuery", callback_query_id=late) == TOO_OLD
    assert await call.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_an_answer_has_200_characters_at_most(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    query_id = sandbox.world.press(maria.id, 1, "yes")
    answer = {"callback_query_id": query_id}
    assert await call.refused("answerCallbackQuery", **answer, text="ы" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    assert await call.refused("answerCallbackQuery", **answer, url="https://example.org") == (
        400,
        "Bad Request: URL_INVALID",
    )
    await call.ok("answerCallbackQuery", **answer, text="ы" * 200)


async def test_a_tap_can_be_forged(call: Caller, sandbox: Sandbox, maria: User) -> None:
    old = await call.say(maria, "без кнопок")
    gone = await call.say(maria, "удалено", reply_markup=inline([("Да", "yes")]))
    await call.ok("deleteMessage", chat_id=maria.id, message_id=gone["message_id"])
    sandbox.world.press(maria.id, old["message_id"], "admin:drop")
    sandbox.world.press(maria.id, gone["message_id"], "ы" * 100)
    forged, inaccessible = await call.ok("getUpdates")
    assert forged["callback_query"]["data"] == "admin:drop"
    assert "reply_markup" not in forged["callback_query"]["message"]
    assert inaccessible["callback_query"]["data"] == "ы" * 100
    assert inaccessible["callback_query"]["message"]["date"] == 0


async def test_a_tap_overtakes_messages(call: Caller, sandbox: Sandbox, maria: User) -> None:
    with sandbox.world.updates.messages_delayed(maria.id):
        sandbox.world.send_text(maria.id, "раз")
        sandbox.world.send_text(maria.id, "два")
        sandbox.world.press(maria.id, 1, "yes")
    tap, first, second = await call.ok("getUpdates")
    assert tap["callback_query"]["data"] == "yes"
    assert [first["message"]["text"], second["message"]["text"]] == ["раз", "два"]
    assert tap["update_id"] < first["update_id"] < second["update_id"]
