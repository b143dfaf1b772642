"""telegram.md 22: the bot is added, and hears what privacy mode lets it hear."""

from typing import Any

import pytest

from sandbox.group import Group
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller

MEETINGS = [{"command": "meetings", "description": "Встречи"}]


@pytest.fixture
def group(sandbox: Sandbox, maria: User) -> Group:
    """Mary's; the bot is not in it yet."""
    return sandbox.world.add_group("9 «Б», родители", [maria.id])


@pytest.fixture
def inside(sandbox: Sandbox, maria: User, group: Group) -> Group:
    """The same with the bot, which has fetched that."""
    sandbox.world.groups.add_bot(group, maria.id)
    sandbox.world.updates.clear()
    return group


async def heard(call: Caller) -> list[Any]:
    """What the bot fetches of messages, once."""
    updates = await call.ok("getUpdates")
    if updates:
        await call.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
    return [update["message"].get("text") for update in updates]


async def test_added(call: Caller, sandbox: Sandbox, maria: User, group: Group) -> None:
    sandbox.world.send_text(maria.id, "/meetings@sandbox_bot", chat_id=group.id)
    sandbox.world.groups.add_bot(group, maria.id)
    sandbox.world.groups.add_bot(group, maria.id)
    status, message = await call.ok("getUpdates")
    change = status["my_chat_member"]
    assert change["chat"] == {
        "id": group.id,
        "title": "9 «Б», родители",
        "type": "group",
        "all_members_are_administrators": True,
    }
    assert change["from"]["id"] == maria.id
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert message["message"]["new_chat_members"] == [sandbox.world.bot.as_user()]


async def test_ordinary_talk_is_not_heard(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    for text in (
        "Всем привет",
        "@sandbox_bot, ты тут?",
        "/meetings@other_bot",
        "зайдите на /meetings",
        "/meetings",
    ):
        sandbox.world.send_text(maria.id, text, chat_id=inside.id)
    assert await heard(call) == []
    sandbox.world.send_text(maria.id, "/meetings@Sandbox_Bot мосты", chat_id=inside.id)
    assert await heard(call) == ["/meetings@Sandbox_Bot мосты"]


async def test_a_bare_command_goes_to_the_bot_that_wrote_last(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    said = await call.ok("sendMessage", chat_id=inside.id, text="Здравствуйте")
    other = sandbox.world.send_text(maria.id, "Кто это?", chat_id=inside.id)
    sandbox.world.send_text(maria.id, "/meetings", chat_id=inside.id)
    sandbox.world.send_text(maria.id, "Спасибо", chat_id=inside.id, reply_to=said["message_id"])
    sandbox.world.send_text(maria.id, "Бот", chat_id=inside.id, reply_to=other.message_id)
    assert await heard(call) == ["/meetings", "Спасибо"]


async def test_an_administrator_hears_everything(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    sandbox.world.groups.promote_bot(inside, maria.id)
    sandbox.world.updates.clear()
    sandbox.world.send_text(maria.id, "Всем привет", chat_id=inside.id)
    assert await heard(call) == ["Всем привет"]


async def test_an_anonymous_administrator(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    sandbox.world.send_text(maria.id, "/meetings@sandbox_bot", chat_id=inside.id, anonymous=True)
    (update,) = await call.ok("getUpdates")
    assert update["message"]["from"]["username"] == "GroupAnonymousBot"
    assert update["message"]["sender_chat"]["id"] == inside.id


async def test_people_come_and_go(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    peter = sandbox.world.add_user("Пётр")
    with pytest.raises(RuntimeError):
        sandbox.world.send_text(peter.id, "Пустите", chat_id=inside.id)
    sandbox.world.groups.join(inside, peter.id)
    sandbox.world.groups.join(inside, peter.id)
    sandbox.world.groups.leave(inside, peter.id)
    sandbox.world.groups.leave(inside, peter.id)
    came, went = (update["message"] for update in await call.ok("getUpdates"))
    assert came["new_chat_members"][0]["id"] == peter.id
    assert went["left_chat_member"]["id"] == peter.id


async def test_the_menu_of_a_group(
    call: Caller, sandbox: Sandbox, maria: User, inside: Group
) -> None:
    peter = sandbox.world.add_user("Пётр")
    sandbox.world.groups.join(inside, peter.id)

    def menu(user: User) -> list[str]:
        return [command.description for command in sandbox.world.commands(user.id, inside)]

    async def put(description: str, **scope: Any) -> None:
        commands = [{"command": "meetings", "description": description}]
        await call.ok("setMyCommands", commands=commands, scope=scope)

    await call.ok("setMyCommands", commands=MEETINGS, scope={"type": "all_private_chats"})
    assert menu(maria) == []
    for description, scope in (
        ("группам", {"type": "all_group_chats"}),
        ("начальству", {"type": "all_chat_administrators"}),
        ("здесь", {"type": "chat", "chat_id": inside.id}),
        ("начальству здесь", {"type": "chat_administrators", "chat_id": inside.id}),
    ):
        await put(description, **scope)
        assert menu(maria) == [description]
    assert menu(peter) == ["здесь"]
    await put("Петру", type="chat_member", chat_id=inside.id, user_id=peter.id)
    assert (menu(peter), menu(maria)) == (["Петру"], ["начальству здесь"])
    sandbox.world.groups.remove_bot(inside, maria.id)
    assert menu(maria) == []
