"""telegram.md 5 and 6: editing and deleting."""

import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock, inline

NOT_MODIFIED = (
    400,
    (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    ),
)


async def test_an_edit_replaces_text_and_takes_buttons_it_does_not_repeat(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    sent = await call.say(maria, "Вы придёте?", reply_markup=inline([("Да", "yes")]))
    clock.move(days=30)
    target = {"chat_id": maria.id, "message_id": sent["message_id"]}
    edited = await call.ok("editMessageText", **target, text="Ждём Вас")
    assert edited["text"] == "Ждём Вас"
    assert "reply_markup" not in edited
    assert edited["edit_date"] - edited["date"] == 30 * 86400
    shown = sandbox.world.history(maria.id)[-1]
    assert (shown.text, shown.inline_keyboard) == ("Ждём Вас", [])


async def test_the_same_content_is_not_modified(call: Caller, maria: User) -> None:
    keyboard = inline([("Да", "yes")])
    sent = await call.say(maria, "<b>Вы</b> придёте?", parse_mode="HTML", reply_markup=keyboard)
    target = {"chat_id": maria.id, "message_id": sent["message_id"]}
    same = {**target, "text": "<strong>Вы</strong> придёте?", "parse_mode": "HTML"}
    assert await call.refused("editMessageText", **same, reply_markup=keyboard) == NOT_MODIFIED
    assert await call.refused("editMessageReplyMarkup", **target, reply_markup=keyboard) == (
        NOT_MODIFIED
    )
    await call.ok("editMessageText", **target, text="Вы придёте?", reply_markup=keyboard)
    await call.ok("editMessageReplyMarkup", **target, reply_markup=inline([("Да", "other")]))
    await call.ok("editMessageReplyMarkup", **target)
    assert await call.refused("editMessageReplyMarkup", **target) == NOT_MODIFIED


async def test_what_cannot_be_edited(call: Caller, sandbox: Sandbox, maria: User) -> None:
    keyboard = {"keyboard": [["Мои встречи"]], "resize_keyboard": True}
    with_keyboard = (await call.say(maria, "Меню", reply_markup=keyboard))["message_id"]
    hers = sandbox.world.send_text(maria.id, "моё").message_id
    for message_id in (with_keyboard, hers):
        assert await call.refused(
            "editMessageText", chat_id=maria.id, message_id=message_id, text="другое"
        ) == (400, "Bad Request: message can't be edited")
    plain = (await call.say(maria, "Текст"))["message_id"]
    target = {"chat_id": maria.id, "message_id": plain}
    assert await call.refused("editMessageText", **target, text="а", reply_markup=keyboard) == (
        400,
        "Bad Request: inline keyboard expected",
    )
    assert await call.refused("editMessageCaption", **target, caption="подпись") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


@pytest.mark.parametrize(
    ("method", "extra", "description"),
    [
        ("editMessageText", {"text": "а"}, "Bad Request: message to edit not found"),
        ("editMessageReplyMarkup", {}, "Bad Request: message to edit not found"),
        ("deleteMessage", {}, "Bad Request: message to delete not found"),
        (
            "sendMessage",
            {"text": "а", "reply_parameters": {"message_id": 5000}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_a_message_that_is_not_there(
    call: Caller, maria: User, method: str, extra: dict[str, object], description: str
) -> None:
    refused = await call.refused(method, chat_id=maria.id, message_id=5000, **extra)
    assert refused == (400, description)


async def test_deleting_within_48_hours_only(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    start = sandbox.world.history(maria.id)[0].message_id
    old = (await call.say(maria, "старое"))["message_id"]
    clock.move(hours=47)
    new = (await call.say(maria, "новое"))["message_id"]
    await call.ok("deleteMessage", chat_id=maria.id, message_id=start)
    clock.move(hours=1, seconds=1)
    too_old = (400, "Bad Request: message can't be deleted for everyone")
    assert await call.refused("deleteMessage", chat_id=maria.id, message_id=old) == too_old
    assert await call.refused("deleteMessages", chat_id=maria.id, message_ids=[new, old]) == too_old
    await call.ok("deleteMessages", chat_id=maria.id, message_ids=[new, 5000])
    assert [message.message_id for message in sandbox.world.history(maria.id)] == [old]


async def test_a_reply_shows_what_it_answers(call: Caller, sandbox: Sandbox, maria: User) -> None:
    asked = sandbox.world.send_text(maria.id, "Где это?").message_id
    answer = await call.say(maria, "В библиотеке", reply_parameters={"message_id": asked})
    assert answer["reply_to_message"]["text"] == "Где это?"
    lonely = {"message_id": 5000, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await call.say(maria, "В школе", reply_parameters=lonely)
