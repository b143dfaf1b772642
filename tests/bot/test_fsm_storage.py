"""Conversations outlive the program."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.database import Database
from bot.fsm_storage import SqlStorage
from bot.models import DialogState
from bot.services import dialog_states
from bot.services.core import Account, Core
from tests.services.factory import make_person

MARIA = StorageKey(bot_id=42, chat_id=501, user_id=501)


class Wizard(StatesGroup):
    title = State()


@pytest.fixture
def storage(core: Core) -> SqlStorage:
    return SqlStorage(core)


async def count(core: Core) -> int:
    async with core.db.read() as session:
        return await session.scalar(select(func.count()).select_from(DialogState)) or 0


async def test_nothing_is_there_at_first(storage: SqlStorage) -> None:
    assert await storage.get_state(MARIA) is None
    assert await storage.get_data(MARIA) == {}


async def test_state_and_data_are_kept_apart_and_the_empty_row_goes(
    storage: SqlStorage, core: Core
) -> None:
    await storage.set_state(MARIA, Wizard.title)
    await storage.set_data(MARIA, {"a": 1})
    assert await storage.get_state(MARIA) == "Wizard:title"
    await storage.set_state(MARIA, None)
    assert await storage.get_data(MARIA) == {"a": 1}
    await storage.set_state(MARIA, "Wizard:title")
    await storage.set_data(MARIA, {})
    assert await storage.get_state(MARIA) == "Wizard:title"
    assert await count(core) == 1
    await storage.set_state(MARIA)
    assert await count(core) == 0
    await storage.set_data(MARIA, {"a": 1})
    await storage.set_data(MARIA, {})
    assert await count(core) == 0


async def test_keys_tell_bots_people_and_destinies_apart(storage: SqlStorage) -> None:
    keys = [
        MARIA,
        StorageKey(bot_id=43, chat_id=501, user_id=501),
        StorageKey(bot_id=42, chat_id=501, user_id=502),
        StorageKey(bot_id=42, chat_id=501, user_id=501, destiny="aiogd:stack:"),
        StorageKey(bot_id=42, chat_id=501, user_id=501, destiny="aiogd:context:abc"),
    ]
    for number, key in enumerate(keys):
        await storage.set_data(key, {"number": number})
    assert [(await storage.get_data(key))["number"] for key in keys] == [0, 1, 2, 3, 4]


@pytest.fixture
async def restarted(core: Core, database_url: str) -> AsyncIterator[SqlStorage]:
    """The storage of a program started anew on the same database."""
    database = Database(database_url)
    yield SqlStorage(Core(db=database, clock=core.clock))
    await database.close()


async def test_a_restart_loses_nothing_that_people_type(
    storage: SqlStorage, restarted: SqlStorage
) -> None:
    typed = {"title": "Мосты <b> 🙂 \x00 \ud83d", "seats": None, "lines": [["grade_9", 27]]}
    await storage.set_data(MARIA, typed)
    await storage.set_state(MARIA, Wizard.title)
    assert await restarted.get_data(MARIA) == typed
    assert await restarted.get_state(MARIA) == "Wizard:title"
    assert await restarted.update_data(MARIA, {"seats": 40}) == typed | {"seats": 40}
    assert await storage.get_value(MARIA, "seats") == 40


async def test_what_json_does_not_know_is_refused(storage: SqlStorage, clock: MovableClock) -> None:
    with pytest.raises(TypeError):
        await storage.set_data(MARIA, {"when": clock.now()})


async def test_untouched_for_sixty_days_it_goes(
    storage: SqlStorage, core: Core, clock: MovableClock
) -> None:
    oleg = StorageKey(bot_id=42, chat_id=502, user_id=502)
    for key in (MARIA, oleg):
        await make_person(core, key.user_id)
    await storage.set_data(MARIA, {"a": 1})
    await storage.set_data(oleg, {"a": 1})
    clock.advance(timedelta(days=59))
    await storage.set_data(oleg, {"a": 2})
    clock.advance(timedelta(days=2))
    await dialog_states.purge(core)
    assert await storage.get_data(MARIA) == {}
    assert await storage.get_data(oleg) == {"a": 2}


async def test_of_a_stranger_nothing_is_left_after_a_day(
    storage: SqlStorage, core: Core, clock: MovableClock
) -> None:
    await make_person(core, MARIA.user_id)
    stack = StorageKey(bot_id=42, chat_id=502, user_id=502, destiny="aiogd:stack:")
    back = StorageKey(bot_id=42, chat_id=503, user_id=503)
    keys = (MARIA, stack, back)
    for key in keys:
        await storage.set_data(key, {"a": 1})
    clock.advance(timedelta(hours=23))
    await dialog_states.purge(core)
    assert [await storage.get_data(key) for key in keys] == [{"a": 1}] * 3
    await storage.set_data(back, {"a": 1})
    clock.advance(timedelta(hours=2))
    await dialog_states.purge(core)
    assert [await storage.get_data(key) for key in keys] == [{"a": 1}, {}, {"a": 1}]


async def test_forgetting_a_person_leaves_the_others(storage: SqlStorage, core: Core) -> None:
    stack = StorageKey(bot_id=42, chat_id=501, user_id=501, destiny="aiogd:stack:")
    others = [
        StorageKey(bot_id=42, chat_id=5011, user_id=5011),
        StorageKey(bot_id=501, chat_id=502, user_id=502),
    ]
    for key in (MARIA, stack, *others):
        await storage.set_data(key, {"a": 1})
    async with core.db.write() as session:
        await dialog_states.forget(session, Account(501))
    assert [await storage.get_data(key) for key in (MARIA, stack)] == [{}, {}]
    assert [await storage.get_data(key) for key in others] == [{"a": 1}] * 2
