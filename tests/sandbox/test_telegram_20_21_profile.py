"""telegram.md 20 and 21: contacts, command menus; and what the bot says about itself."""

import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller

START = {"command": "start", "description": "Начать"}
REPORT = {"command": "report", "description": "Отчёт"}


async def test_a_contact_may_be_somebody_elses(call: Caller, sandbox: Sandbox, maria: User) -> None:
    sandbox.world.send_contact(maria.id, "+79990000001")
    sandbox.world.send_contact(
        maria.id, "+79990000002", first_name="Пётр", contact_user_id=maria.id + 1
    )
    own, other = (update["message"] for update in await call.ok("getUpdates"))
    assert own["contact"]["user_id"] == own["from"]["id"]
    assert other["contact"]["user_id"] != other["from"]["id"]
    assert other["contact"]["first_name"] == "Пётр"


async def test_the_narrowest_scope_and_the_own_language_win(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    def menu() -> list[str]:
        return [command.description for command in sandbox.world.commands(maria.id)]

    private = {"scope": {"type": "all_private_chats"}}
    hers = {"scope": {"type": "chat", "chat_id": maria.id}}
    await call.ok("setMyCommands", commands=[START])
    assert menu() == ["Начать"]
    await call.ok("setMyCommands", commands=[{**START, "description": "Лично"}], **private)
    await call.ok(
        "setMyCommands",
        commands=[{**START, "description": "Личное"}],
        **private,
        language_code="ru",
    )
    assert menu() == ["Личное"]
    maria.language_code = "en"
    assert menu() == ["Лично"]
    await call.ok("setMyCommands", commands=[START, REPORT], **hers)
    assert menu() == ["Начать", "Отчёт"]
    assert await call.ok("getMyCommands", **hers) == [START, REPORT]
    assert await call.ok("getMyCommands", **hers, language_code="ru") == []
    await call.ok("deleteMyCommands", **hers)
    assert menu() == ["Лично"]


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([{"command": "Start", "description": "а"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "а"}], "BOT_COMMAND_INVALID"),
        ([{"command": "", "description": "а"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a-b", "description": "а"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": " "}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "start", "description": "ы" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([START] * 101, "BOT_COMMANDS_TOO_MUCH"),
        (START, "expected an Array of BotCommand"),
        ([{"command": "start"}], "can't parse BotCommand: Can't find field \"description\""),
    ],
)
async def test_menus_that_are_refused(call: Caller, commands: object, description: str) -> None:
    assert await call.refused("setMyCommands", commands=commands) == (
        400,
        f"Bad Request: {description}",
    )


async def test_scopes_that_are_refused(call: Caller) -> None:
    for scope, description in (
        ({"type": "chat", "chat_id": 5}, "chat not found"),
        ({"type": "moon"}, "can't parse BotCommandScope: Unsupported type specified"),
        ("{", "can't parse BotCommandScope JSON object"),
    ):
        refused = await call.refused("setMyCommands", commands=[START], scope=scope)
        assert refused == (400, f"Bad Request: {description}")
    assert await call.refused("setMyCommands", commands=[START], language_code="russian") == (
        400,
        "Bad Request: invalid language code specified",
    )


async def test_about_the_bot(call: Caller, maria: User) -> None:
    assert (await call.ok("getMe"))["username"] == "sandbox_bot"
    await call.ok("setMyDescription", description="Встречи о профессиях")
    await call.ok("setMyDescription", description="Meetings", language_code="en")
    await call.ok("setMyShortDescription", short_description="Встречи")
    await call.ok("setMyName", name="Встречи о профессиях")
    about = await call.ok("getMyDescription", language_code="en")
    assert about == {"description": "Meetings"}
    about = await call.ok("getMyDescription", language_code="de")
    assert about == {"description": "Встречи о профессиях"}
    code, _ = await call.refused("setMyShortDescription", short_description="ы" * 121)
    assert code == 400
    chat = await call.ok("getChat", chat_id=maria.id)
    assert (chat["type"], chat["first_name"]) == ("private", "Мария")


async def test_typing_and_forwarding(call: Caller, sandbox: Sandbox, maria: User) -> None:
    with sandbox.world.subscribe() as events:
        await call.ok("sendChatAction", chat_id=maria.id, action="typing")
        event = await events.get()
    assert (event.kind, event.chat_id, event.payload) == ("action", maria.id, {"action": "typing"})
    assert await call.refused("sendChatAction", chat_id=maria.id, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )
    said = await call.say(maria, "<b>Важно</b>", parse_mode="HTML")
    source = {"from_chat_id": maria.id, "message_id": said["message_id"], "chat_id": maria.id}
    forwarded = await call.ok("forwardMessage", **source)
    assert (forwarded["text"], forwarded["entities"]) == ("Важно", said["entities"])
    assert "forward_origin" in forwarded
    copied = await call.ok("copyMessage", **source)
    assert sandbox.world.history(maria.id)[-1].message_id == copied["message_id"]
    source["message_id"] = 5000
    assert (await call.refused("copyMessage", **source))[1].endswith("message to copy not found")
