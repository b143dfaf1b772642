"""A scan checks in who is left of a registration: some of it may be marked already."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.models import Headcount, Registration, RegistrationLine
from bot.services import attendance
from bot.services.core import Account, Core
from bot.services.groups import Group, sign_up_group
from bot.services.registrations import sign_up
from bot.services.room_codes import show_code
from bot.services.self_check_in import Arrival, Arrived, scan_code
from bot.services.ticket_scan import Scan, ScanOutcome, scan_ticket
from bot.vocabulary import Category, Role
from tests.bot.story import stored
from tests.services.factory import give_role, make_meeting, make_person, make_region

CURATOR, PARENT, TEACHER = (Account(each) for each in (11, 20, 21))
TOKEN = "now"


@pytest.fixture
async def core(core: Core) -> Core:
    """A core with a key of its own."""
    return replace(core, secret=b"a key that nobody knows")


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A meeting that begins now."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await make_person(core, PARENT.id, category=Category.PARENT)
    await make_person(core, TEACHER.id, category=Category.OTHER, organisation="Школа № 3")
    return await make_meeting(core, towns["achinsk"], token=TOKEN, starts_at=clock.now())


async def line_of(core: Core, category: Category) -> int:
    async with core.db.read() as session:
        found = await session.scalars(
            select(RegistrationLine.id).where(RegistrationLine.category == category)
        )
        return found.one()


async def counted(core: Core) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(core, Headcount)}


async def scan_room(core: Core, account: Account) -> Arrived:
    code = await show_code(core, CURATOR, 1)
    return await scan_code(core, account, code.token, code.code)


async def scan_first_ticket(core: Core) -> Scan:
    (registration,) = await stored(core, Registration)
    return await scan_ticket(core, CURATOR, registration.token)


@pytest.mark.parametrize("first", [Category.PARENT, Category.GRADE_7])
async def test_the_code_in_the_room_checks_in_the_other(
    core: Core, meeting: int, clock: MovableClock, first: Category
) -> None:
    await sign_up(core, PARENT, TOKEN, (Category.PARENT, Category.GRADE_7))
    marked_at = clock.now()
    await attendance.mark(core, CURATOR, await line_of(core, first), came=True)
    clock.advance(timedelta(minutes=1))
    assert (await scan_room(core, PARENT)).arrival is Arrival.IN
    assert await counted(core) == {Category.PARENT: 1, Category.GRADE_7: 1}
    again = await scan_room(core, PARENT)
    assert (again.arrival, again.since) == (Arrival.ALREADY, marked_at)
    assert await counted(core) == {Category.PARENT: 1, Category.GRADE_7: 1}


@pytest.mark.parametrize("first", [Category.PARENT, Category.GRADE_7])
async def test_the_ticket_checks_in_the_other(
    core: Core, meeting: int, clock: MovableClock, first: Category
) -> None:
    await sign_up(core, PARENT, TOKEN, (Category.PARENT, Category.GRADE_7))
    marked_at = clock.now()
    await attendance.mark(core, CURATOR, await line_of(core, first), came=True)
    clock.advance(timedelta(minutes=1))
    assert (await scan_first_ticket(core)).outcome is ScanOutcome.IN
    assert await counted(core) == {Category.PARENT: 1, Category.GRADE_7: 1}
    again = await scan_first_ticket(core)
    assert (again.outcome, again.since) == (ScanOutcome.ALREADY, marked_at)


async def test_a_number_that_was_counted_stays(core: Core, meeting: int) -> None:
    group = Group("Школа № 3", {Category.GRADE_9: 20, Category.GRADE_10: 5}, with_me=True)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token="class")
    for category, came in ((Category.GRADE_9, 18), (Category.GRADE_10, 0)):
        await attendance.set_came(core, CURATOR, await line_of(core, category), came)
    assert (await scan_first_ticket(core)).outcome is ScanOutcome.IN
    assert await counted(core) == {Category.GRADE_9: 18, Category.OTHER: 1}
    assert (await scan_first_ticket(core)).outcome is ScanOutcome.ALREADY


async def test_who_came_after_all_is_checked_in(core: Core, meeting: int) -> None:
    group = Group("Школа № 3", {Category.GRADE_9: 20}, with_me=False)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token="class")
    await attendance.set_came(core, CURATOR, await line_of(core, Category.GRADE_9), 0)
    assert (await scan_first_ticket(core)).outcome is ScanOutcome.IN
    assert await counted(core) == {Category.GRADE_9: 20}
