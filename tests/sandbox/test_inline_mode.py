"""Inline mode: queries, their answers, and messages sent «via» the bot."""

import asyncio
from typing import Any

import pytest

from sandbox.group import Group
from sandbox.inline import InlineQuery
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock, inline

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)
BUTTON = "can't parse inline query results button"
RESULT = "can't parse inline query result"


def article(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "type": "article",
        "id": str(number),
        "title": f"Встреча {number}",
        "input_message_content": {"message_text": "<b>Мосты</b>", "parse_mode": "HTML"},
    } | fields


@pytest.fixture(autouse=True)
def _on(sandbox: Sandbox) -> None:
    sandbox.world.bot.inline = True


@pytest.fixture
def group(sandbox: Sandbox, maria: User) -> Group:
    """A group that the bot is not in."""
    return sandbox.world.add_group("9 «Б», родители", [maria.id])


@pytest.fixture
def query(sandbox: Sandbox, maria: User, group: Group) -> InlineQuery:
    return sandbox.world.inline.ask(maria.id, group.id, "мосты")


async def test_off_until_botfather_switches_it_on(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    sandbox.world.bot.inline = False
    assert (await call.ok("getMe"))["supports_inline_queries"] is False
    with pytest.raises(RuntimeError, match="inline mode is off"):
        sandbox.world.inline.ask(maria.id, maria.id, "мосты")
    sandbox.world.bot.inline = True
    assert (await call.ok("getMe"))["supports_inline_queries"] is True


async def test_a_query_and_its_answer(
    call: Caller, sandbox: Sandbox, maria: User, query: InlineQuery
) -> None:
    (update,) = await call.ok("getUpdates")
    assert update["inline_query"] == {
        "id": query.id,
        "from": maria.as_user(),
        "chat_type": "group",
        "query": "мосты",
        "offset": "",
    }
    waiting = asyncio.create_task(sandbox.world.inline.answered(query))
    await call.ok(
        "answerInlineQuery",
        inline_query_id=query.id,
        results=[article(1, description="сб, 15:00"), article(2)],
        next_offset="2",
        is_personal=True,
        button={"text": "Открыть бота", "start_parameter": "inline"},
    )
    answer = await waiting
    assert answer.titles == ["Встреча 1", "Встреча 2"]
    assert (answer.results[0].description, answer.next_offset) == ("сб, 15:00", "2")
    assert answer.results[0].content == {
        "text": "Мосты",
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
    }
    assert answer.button == {"text": "Открыть бота", "start_parameter": "inline"}


async def test_a_chosen_result_lives_without_the_bot_in_the_chat(
    call: Caller, sandbox: Sandbox, maria: User, group: Group, query: InlineQuery
) -> None:
    world = sandbox.world
    markup = inline([("Записаться", "sign")])
    await call.ok(
        "answerInlineQuery", inline_query_id=query.id, results=[article(reply_markup=markup)]
    )
    world.bot.inline_feedback = True
    sent = world.inline.choose(query, "1")
    assert world.history(group.id)[-1] is sent
    assert sent.body["from"]["id"] == maria.id
    assert sent.body["via_bot"]["username"] == "sandbox_bot"
    world.press(maria.id, sent.message_id, "sign", chat_id=group.id)
    _, chosen, tap = await call.ok("getUpdates")
    inline_message_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert chosen["chosen_inline_result"]["result_id"] == "1"
    assert tap["callback_query"]["inline_message_id"] == inline_message_id
    assert "message" not in tap["callback_query"]

    edit = {"inline_message_id": inline_message_id, "text": "Мест нет"}
    assert await call.ok("editMessageText", **edit) is True
    assert (sent.text, sent.markup) == ("Мест нет", None)
    assert sent.body["via_bot"]["username"] == "sandbox_bot"
    assert "message is not modified" in (await call.refused("editMessageText", **edit))[1]
    world.chats.delete(sent)
    assert await call.refused("editMessageText", **edit) == (400, "Bad Request: MESSAGE_ID_INVALID")
    edit["inline_message_id"] = "мусор"
    assert await call.refused("editMessageText", **edit) == (
        400,
        "Bad Request: invalid inline message identifier specified",
    )
    with pytest.raises(KeyError):
        world.inline.choose(query, "2")


async def test_what_is_sent_via_the_bot_is_heard_where_it_is(
    call: Caller, sandbox: Sandbox, maria: User, group: Group
) -> None:
    world = sandbox.world
    world.groups.add_bot(group, maria.id)
    world.updates.clear()
    for chat_id in (group.id, maria.id):
        query = world.inline.ask(maria.id, chat_id, f"{chat_id}")
        await call.ok("answerInlineQuery", inline_query_id=query.id, results=[article()])
        world.inline.choose(query, "1")
    updates = await call.ok("getUpdates")
    assert [update["message"]["via_bot"]["id"] for update in updates if "message" in update] == [
        world.bot.id
    ] * 2
    assert updates[2]["inline_query"]["chat_type"] == "sender"


@pytest.mark.parametrize("personal", [False, True])
async def test_an_answer_is_kept_for_whoever_asks_the_same(
    call: Caller,
    sandbox: Sandbox,
    group: Group,
    query: InlineQuery,
    clock: Clock,
    personal: bool,
) -> None:
    await call.ok(
        "answerInlineQuery",
        inline_query_id=query.id,
        results=[article()],
        cache_time=10,
        is_personal=personal,
    )
    peter = sandbox.world.add_user("Пётр")
    ask = sandbox.world.inline.ask
    assert ask(query.user_id, group.id, "мосты").answer is query.answer
    assert ask(query.user_id, group.id, "мосты", "50").answer is None
    assert (ask(peter.id, group.id, "мосты").answer is None) is personal
    clock.move(seconds=11)
    assert ask(query.user_id, group.id, "мосты").answer is None


@pytest.mark.parametrize(
    ("params", "description"),
    [
        (
            {"results": [article(number) for number in range(51)]},
            "too many inline query results specified",
        ),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(id="")]}, "RESULT_ID_INVALID"),
        ({"results": [article(id="ы" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [], "next_offset": "1" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"button": {"text": "Бот", "start_parameter": "а"}}, "START_PARAM_INVALID"),
        (
            {"button": {"text": "Бот"}},
            f"{BUTTON}: InlineQueryResultsButton must have exactly one optional field",
        ),
        (
            {"button": []},
            f"{BUTTON}: InlineQueryResultsButton must be an Object",
        ),
        (
            {"results": [article(title=None)]},
            f'{RESULT}: Can\'t find field "title"',
        ),
        (
            {"results": [article(input_message_content={"message_text": ""})]},
            f"{RESULT}: Message text is empty",
        ),
        (
            {"results": [article(reply_markup={"keyboard": [["Да"]]})]},
            f"{RESULT}: Inline keyboard expected",
        ),
        (
            {"results": [article(input_message_content=None)]},
            f'{RESULT}: Can\'t find field "message_text"',
        ),
        (
            {"results": [article(id=1)]},
            f'{RESULT}: Field "id" must be of type String',
        ),
        (
            {"results": [article(type="gif")]},
            f'{RESULT}: type "gif" is unsupported for the inline query result',
        ),
        (
            {"results": ["x"]},
            f"{RESULT}: Inline query result must be an object",
        ),
    ],
)
async def test_answers_that_are_refused(
    call: Caller, query: InlineQuery, params: dict[str, Any], description: str
) -> None:
    assert await call.refused("answerInlineQuery", inline_query_id=query.id, **params) == (
        400,
        f"Bad Request: {description}",
    )


async def test_an_answer_that_comes_too_late(
    call: Caller, query: InlineQuery, clock: Clock
) -> None:
    assert await call.refused("answerInlineQuery", inline_query_id="1", results=[]) == TOO_OLD
    clock.move(seconds=16)
    assert await call.refused("answerInlineQuery", inline_query_id=query.id) == TOO_OLD
