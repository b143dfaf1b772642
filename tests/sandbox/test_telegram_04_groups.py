"""telegram.md 4: groups that the bot was put out of, that were upgraded, that let nobody write."""

import pytest
from aiogram.types import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
)

from sandbox.group import Group, chat_member
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock, inline

RIGHTS = (400, "Bad Request: not enough rights to send text messages to the chat")


@pytest.fixture
def peter(sandbox: Sandbox) -> User:
    return sandbox.world.add_user("Пётр")


@pytest.fixture
def group(sandbox: Sandbox, maria: User, peter: User) -> Group:
    """Mary's; the bot is in it, and has fetched that."""
    group = sandbox.world.add_group("9 «Б», родители", [maria.id, peter.id])
    sandbox.world.groups.add_bot(group, maria.id)
    sandbox.world.updates.clear()
    return group


@pytest.fixture
def supergroup(sandbox: Sandbox, maria: User) -> Group:
    group = sandbox.world.add_group("Вся школа", [maria.id], supergroup=True)
    sandbox.world.groups.add_bot(group, maria.id)
    sandbox.world.updates.clear()
    return group


async def test_put_out_of_a_group(
    call: Caller, sandbox: Sandbox, maria: User, group: Group
) -> None:
    sent = await call.ok("sendMessage", chat_id=group.id, text="Здравствуйте")
    sandbox.world.groups.remove_bot(group, maria.id)
    status, farewell = await call.ok("getUpdates")
    assert status["my_chat_member"]["old_chat_member"]["status"] == "member"
    assert status["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert farewell["message"]["left_chat_member"]["username"] == "sandbox_bot"
    kicked = (403, "Forbidden: bot was kicked from the group chat")
    old = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await call.refused("sendMessage", chat_id=group.id, text="Ещё") == kicked
    assert await call.refused("editMessageText", **old, text="Ещё") == kicked
    assert await call.refused("deleteMessage", **old) == kicked
    assert await call.refused("getChatMember", chat_id=group.id, user_id=maria.id) == kicked
    sandbox.world.groups.remove_bot(group, maria.id)
    sandbox.world.groups.add_bot(group, maria.id)
    _, _, back, _ = await call.ok("getUpdates")
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    await call.ok("editMessageText", **old, text="Снова здесь")


async def test_put_out_of_a_supergroup(
    call: Caller, sandbox: Sandbox, maria: User, supergroup: Group
) -> None:
    sandbox.world.groups.remove_bot(supergroup, maria.id)
    status, _ = await call.ok("getUpdates")
    assert status["my_chat_member"]["new_chat_member"] == {
        "status": "kicked",
        "user": sandbox.world.bot.as_user(),
        "until_date": 0,
    }
    kicked = (403, "Forbidden: bot was kicked from the supergroup chat")
    assert await call.refused("sendMessage", chat_id=supergroup.id, text="Ещё") == kicked
    assert await call.refused("getChat", chat_id=supergroup.id) == kicked


async def test_the_bot_goes_by_itself(
    call: Caller, sandbox: Sandbox, maria: User, group: Group
) -> None:
    await call.ok("leaveChat", chat_id=group.id)
    await call.ok("leaveChat", chat_id=group.id)
    status, _ = await call.ok("getUpdates")
    assert status["my_chat_member"]["from"]["id"] == sandbox.world.bot.id
    assert await call.refused("sendMessage", chat_id=group.id, text="Ещё") == (
        403,
        "Forbidden: bot is not a member of the group chat",
    )
    code, _ = await call.refused("leaveChat", chat_id=maria.id)
    assert code == 400


async def test_upgraded_to_a_supergroup(
    call: Caller, sandbox: Sandbox, maria: User, group: Group
) -> None:
    sent = await call.ok("sendMessage", chat_id=group.id, text="Здравствуйте")
    heir = sandbox.world.groups.upgrade(group, maria.id)
    joined, to, origin = await call.ok("getUpdates")
    assert joined["my_chat_member"]["chat"]["id"] == heir.id
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (to["message"]["chat"]["id"], to["message"]["migrate_to_chat_id"]) == (group.id, heir.id)
    assert origin["message"]["chat"] == {
        "id": heir.id,
        "title": "9 «Б», родители",
        "type": "supergroup",
    }
    assert origin["message"]["migrate_from_chat_id"] == group.id
    assert origin["message"]["message_id"] == 1
    assert str(heir.id).startswith("-100")

    body = await call.response("sendMessage", chat_id=group.id, text="Ещё")
    assert (body["error_code"], body["description"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
    )
    assert body["parameters"] == {"migrate_to_chat_id": heir.id}
    old = {"chat_id": group.id, "message_id": sent["message_id"], "text": "Ещё"}
    assert await call.refused("editMessageText", **old) == (
        400,
        "Bad Request: message to edit not found",
    )
    await call.ok("sendMessage", chat_id=heir.id, text="Ещё")
    for gone in (group, heir):
        with pytest.raises(ValueError, match="cannot be upgraded"):
            sandbox.world.groups.upgrade(gone, maria.id)
    with pytest.raises(RuntimeError):
        sandbox.world.send_text(maria.id, "в старый чат", chat_id=group.id)


async def test_no_right_to_write(
    call: Caller, sandbox: Sandbox, maria: User, supergroup: Group
) -> None:
    groups = sandbox.world.groups
    sent = await call.ok("sendMessage", chat_id=supergroup.id, text="Здравствуйте")
    groups.restrict_bot(supergroup, maria.id)
    (update,) = await call.ok("getUpdates")
    now = update["my_chat_member"]["new_chat_member"]
    assert (now["status"], now["can_send_messages"], now["is_member"]) == (
        "restricted",
        False,
        True,
    )
    assert await call.refused("sendMessage", chat_id=supergroup.id, text="Ещё") == RIGHTS
    old = {"chat_id": supergroup.id, "message_id": sent["message_id"]}
    await call.ok("editMessageText", **old, text="Своё править можно")
    groups.unrestrict_bot(supergroup, maria.id)
    await call.ok("sendMessage", chat_id=supergroup.id, text="Ещё")


async def test_only_administrators_write(
    call: Caller, sandbox: Sandbox, maria: User, group: Group
) -> None:
    group.silent = True
    assert await call.ok("getUpdates") == []
    assert await call.refused("sendMessage", chat_id=group.id, text="Ещё") == RIGHTS
    chat = await call.ok("getChat", chat_id=group.id)
    assert chat["permissions"]["can_send_messages"] is False
    sandbox.world.groups.promote_bot(group, maria.id)
    await call.ok("sendMessage", chat_id=group.id, text="Ещё")
    with pytest.raises(ValueError, match="supergroups only"):
        sandbox.world.groups.restrict_bot(group, maria.id)


async def test_a_group_that_the_bot_has_never_been_in(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    group = sandbox.world.add_group("Чужая", [maria.id])
    assert await call.refused("sendMessage", chat_id=group.id, text="Здравствуйте") == (
        400,
        "Bad Request: chat not found",
    )
    with pytest.raises(ValueError, match="creator"):
        sandbox.world.add_group("Пустая", [])


async def test_who_is_in_a_group(
    call: Caller, sandbox: Sandbox, maria: User, peter: User, group: Group
) -> None:
    async def status(user_id: int) -> str:
        member = await call.ok("getChatMember", chat_id=group.id, user_id=user_id)
        return str(member["status"])

    stranger = sandbox.world.add_user("Незнакомец")
    assert await status(maria.id) == "creator"
    assert await status(peter.id) == "member"
    assert await status(stranger.id) == "left"
    assert await status(sandbox.world.bot.id) == "member"
    assert await call.refused("getChatMember", chat_id=group.id, user_id=99) == (
        400,
        "Bad Request: PARTICIPANT_ID_INVALID",
    )
    assert await call.ok("getChatMemberCount", chat_id=group.id) == 3
    sandbox.world.groups.leave(group, peter.id)
    assert await status(peter.id) == "left"
    sandbox.world.groups.promote_bot(group, maria.id)
    admins = await call.ok("getChatAdministrators", chat_id=group.id)
    assert [admin["status"] for admin in admins] == ["creator", "administrator"]
    assert (await call.ok("getChatMember", chat_id=maria.id, user_id=maria.id))[
        "status"
    ] == "member"
    code, _ = await call.refused("getChatAdministrators", chat_id=maria.id)
    assert code == 400


async def test_whose_messages_can_be_deleted(
    call: Caller, sandbox: Sandbox, maria: User, group: Group, clock: Clock
) -> None:
    theirs = sandbox.world.send_text(maria.id, "Всем привет", chat_id=group.id)
    own = await call.ok("sendMessage", chat_id=group.id, text="Здравствуйте")
    foreign = {"chat_id": group.id, "message_id": theirs.message_id}
    assert await call.refused("deleteMessage", **foreign) == (
        400,
        "Bad Request: message can't be deleted",
    )
    assert await call.refused("editMessageText", **foreign, text="Правка") == (
        400,
        "Bad Request: message can't be edited",
    )
    clock.move(hours=49)
    code, text = await call.refused("deleteMessage", chat_id=group.id, message_id=own["message_id"])
    assert (code, text) == (400, "Bad Request: message can't be deleted for everyone")
    sandbox.world.groups.promote_bot(group, maria.id)
    await call.ok("deleteMessage", **foreign)


async def test_anyone_may_tap(
    call: Caller, sandbox: Sandbox, peter: User, supergroup: Group
) -> None:
    sent = await call.ok(
        "sendMessage", chat_id=supergroup.id, text="Встреча", reply_markup=inline([("Да", "yes")])
    )
    sandbox.world.press(peter.id, sent["message_id"], "yes", chat_id=supergroup.id)
    sandbox.world.press(peter.id, 999, "yes", chat_id=supergroup.id)
    tap, gone = (update["callback_query"] for update in await call.ok("getUpdates"))
    assert (tap["from"]["id"], tap["message"]) == (peter.id, sent)
    assert gone["message"]["chat"]["id"] == supergroup.id
    assert gone["message"]["date"] == 0
    assert tap["chat_instance"] == gone["chat_instance"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("creator", ChatMemberOwner),
        ("administrator", ChatMemberAdministrator),
        ("member", ChatMemberMember),
        ("restricted", ChatMemberRestricted),
        ("left", ChatMemberLeft),
        ("kicked", ChatMemberBanned),
    ],
)
def test_every_status_has_all_fields_that_a_client_requires(
    status: str, kind: type[ChatMember]
) -> None:
    kind.model_validate(chat_member(status, {"id": 1, "is_bot": True, "first_name": "Бот"}))
