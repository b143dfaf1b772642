"""telegram.md 2 and 3: whom the bot may write to."""

import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller, Clock


async def test_a_block_is_told_and_refuses_until_the_person_comes_back(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    sandbox.world.block(maria.id)
    (update,) = await call.ok("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert update["my_chat_member"]["old_chat_member"]["status"] == "member"
    assert update["my_chat_member"]["chat"]["id"] == maria.id
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await call.refused("sendMessage", chat_id=maria.id, text="Вы тут?") == blocked
    assert await call.refused("sendChatAction", chat_id=maria.id, action="typing") == blocked
    with pytest.raises(RuntimeError):
        sandbox.world.send_text(maria.id, "не дойдёт")

    sandbox.world.start(maria.id)
    _, back, start = await call.ok("getUpdates")
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"
    await call.say(maria)


async def test_someone_who_never_wrote(call: Caller, sandbox: Sandbox) -> None:
    stranger = sandbox.world.add_user("Незнакомец")
    assert await call.refused("sendMessage", chat_id=stranger.id, text="Привет") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_a_deleted_account(call: Caller, maria: User) -> None:
    maria.deactivated = True
    assert await call.refused("sendMessage", chat_id=maria.id, text="Привет") == (
        403,
        "Forbidden: user is deactivated",
    )


@pytest.mark.parametrize("chat_id", [777, -100123, "@nobody", "x"])
async def test_an_unknown_chat(call: Caller, chat_id: object) -> None:
    assert await call.refused("sendMessage", chat_id=chat_id, text="Привет") == (
        400,
        "Bad Request: chat not found",
    )


async def test_no_chat_at_all(call: Caller) -> None:
    assert await call.refused("sendMessage", text="Привет") == (
        400,
        "Bad Request: chat_id is empty",
    )
