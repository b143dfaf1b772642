"""Stored once, in order, and gone when done."""

from bot.clock import MovableClock
from bot.services import updates
from bot.services.core import Account, Core
from bot.services.updates import NewUpdate

BOT, OTHER_BOT = 42, 43


def new(number: int, chat: str = "501") -> NewUpdate:
    return NewUpdate(number, chat, f'{{"update_id":{number}}}')


async def test_a_repeat_is_known_whatever_became_of_the_first(core: Core) -> None:
    assert await updates.store(core, BOT, [new(1), new(2), new(3)]) == {1, 2, 3}
    await updates.finish(core, BOT, [1])
    await updates.set_aside(core, BOT, 2, attempts=5, error="RuntimeError: no")
    assert await updates.store(core, BOT, [new(1), new(2), new(3), new(4)]) == {4}
    assert await updates.store(core, OTHER_BOT, [new(1)]) == {1}
    assert [item.update_id for item in await updates.unfinished(core, BOT)] == [3, 4]


async def test_what_is_unfinished_comes_back_in_the_order_in_which_it_came(
    core: Core, clock: MovableClock
) -> None:
    await updates.store(core, BOT, [new(900)])
    clock.move_to(clock.now().replace(day=20))
    await updates.store(core, BOT, [new(8), new(7, "502")])  # numbers restart after a quiet week
    await updates.begin_attempts(core, BOT, {8: 3, 7: 1})
    left = await updates.unfinished(core, BOT)
    assert [(item.update_id, item.chat, item.attempts) for item in left] == [
        (900, "501", 0),
        (7, "502", 1),
        (8, "501", 3),
    ]
    assert left[0].payload == '{"update_id":900}'


async def test_the_administrator_sees_the_latest_first(core: Core, clock: MovableClock) -> None:
    await updates.store(core, BOT, [new(number) for number in range(5)])
    for number in (3, 1):
        await updates.set_aside(core, BOT, number, attempts=1, error=f"Unparsable: {number}")
        clock.move_to(clock.now().replace(minute=number))
    found = await updates.list_set_aside(core, limit=1)
    assert [(item.update_id, item.error, item.attempts) for item in found] == [
        (1, "Unparsable: 1", 1)
    ]
    assert len(await updates.list_set_aside(core)) == 2


async def test_forgetting_a_person_erases_what_was_set_aside_from_them(core: Core) -> None:
    await updates.store(core, BOT, [new(1), new(2), new(3, "5010")])
    for number in (1, 3):
        await updates.set_aside(core, BOT, number, attempts=1, error="")
    async with core.db.write() as session:
        await updates.forget(session, Account(501))
    assert [item.update_id for item in await updates.list_set_aside(core)] == [3]
    assert [item.update_id for item in await updates.unfinished(core, BOT)] == [2]
