"""A world survives as JSON."""

import json

import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from sandbox.snapshot import dump, load
from sandbox.world import World
from tests.sandbox.conftest import Caller, Clock, inline


async def test_chats_files_menus_and_pending_updates_survive(
    call: Caller, sandbox: Sandbox, maria: User, clock: Clock
) -> None:
    world = sandbox.world
    await call.ok("setMyCommands", commands=[{"command": "start", "description": "Начать"}])
    await call.ok("setMyDescription", description="Встречи")
    sent = await call.say(
        maria, "<b>Придёте?</b>", parse_mode="HTML", reply_markup=inline([("Да", "yes")])
    )
    document = world.send_document(maria.id, b"\0\xff", "Список.bin").body["document"]
    world.press(maria.id, sent["message_id"], "no")
    query_id = world.press(maria.id, sent["message_id"], "yes")
    await call.ok("answerCallbackQuery", callback_query_id=query_id, text="Ждём")
    world.send_text(maria.id, "\ud83c одинокий")
    group = world.add_group("9 «Б», родители", [maria.id], supergroup=True)
    world.groups.add_bot(group, maria.id)
    await call.ok("sendMessage", chat_id=group.id, text="Здравствуйте")

    stored = dump(world)
    again = load(json.loads(json.dumps(stored)), clock, rate_limits=False)

    assert dump(again) == stored
    assert again.history(maria.id) == world.history(maria.id)
    assert again.file(document["file_id"]).data == b"\0\xff"
    assert again.commands(maria.id) == world.commands(maria.id)
    assert [update.as_api() for update in again.updates.alive()] == await call.ok("getUpdates")
    assert (await again.answered(query_id)).text == "Ждём"
    assert again.bot == world.bot
    assert again.groups.get(group.id) == group
    assert again.send_text(maria.id, "тут", chat_id=group.id).message_id == 4
    assert again.send_text(maria.id, "дальше").message_id == (
        world.send_text(maria.id, "дальше").message_id
    )
    assert again.press(maria.id, 1, "x") == world.press(maria.id, 1, "x")


def test_another_version_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="unknown snapshot version 0"):
        load({"version": 0}, clock)


def test_people_have_ids_of_their_own(clock: Clock) -> None:
    world = World(clock)
    first = world.add_user("Мария")
    assert world.add_user("Пётр").id == first.id + 1
    with pytest.raises(ValueError, match="exists"):
        world.add_user("Анна", user_id=first.id)
    with pytest.raises(RuntimeError, match="add_bot"):
        _ = world.bot
