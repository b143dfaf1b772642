"""How many of a group came: stored as often as one likes, counted once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.errors import Forbidden, NotFound, Refused
from bot.models import AuditEntry, RegistrationLine
from bot.services import attendance
from bot.services.closing import get_closing
from bot.services.core import Account, Core
from bot.services.door_groups import get_group_line
from bot.services.door_list import list_lines
from bot.services.groups import Group, sign_up_group
from bot.services.registrations import cancel
from bot.vocabulary import Category, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

TOKEN = "Poster_1-2026"
CURATOR, TEACHER = Account(900), Account(1000)
NINTH, TENTH, OTHER = Category.GRADE_9, Category.GRADE_10, Category.OTHER
SCHOOL = "Школа № 3"


@pytest.fixture
async def meeting_id(core: Core, clock: MovableClock) -> int:
    """A meeting that begins now: a mixed class and its teacher are signed up, and its curator."""
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await make_person(core, TEACHER.id, category=OTHER, organisation=SCHOOL)
    meeting_id = await make_meeting(core, achinsk, token=TOKEN, seats=40)
    group = Group(SCHOOL, {NINTH: 20, TENTH: 5}, with_me=True)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token="class")
    clock.advance(timedelta(days=7))
    return meeting_id


async def line_of(core: Core, category: Category) -> int:
    async with core.db.read() as session:
        found = await session.scalar(
            select(RegistrationLine.id).where(RegistrationLine.category == category)
        )
    assert found is not None
    return found


async def came(core: Core, meeting_id: int) -> dict[Category, int]:
    return dict((await list_lines(core, CURATOR, meeting_id, 0, 8)).came)


async def uncounted(core: Core, meeting_id: int) -> int:
    return len((await get_closing(core, CURATOR, meeting_id)).groups)


async def test_a_number_is_counted_once(core: Core, meeting_id: int) -> None:
    ninth = await line_of(core, NINTH)
    assert await uncounted(core, meeting_id) == 2
    for people in (18, 18, 23, 23):
        await attendance.set_came(core, CURATOR, ninth, people)
        assert await came(core, meeting_id) == {NINTH: people}
    assert (await get_group_line(core, CURATOR, ninth)).came == 23
    assert await uncounted(core, meeting_id) == 1
    await attendance.set_came(core, CURATOR, ninth, 0)
    assert await came(core, meeting_id) == {}
    assert await uncounted(core, meeting_id) == 1
    async with core.db.read() as session:
        entries = await session.scalar(
            select(func.count()).where(AuditEntry.action == "attendance.count")
        )
    assert entries == 3


async def test_a_number_is_taken_back(core: Core, meeting_id: int) -> None:
    ninth, own = await line_of(core, NINTH), await line_of(core, OTHER)
    for people in (18, 0):
        await attendance.set_came(core, CURATOR, ninth, people)
        for _ in range(2):
            await attendance.clear_came(core, CURATOR, ninth)
        assert (await get_group_line(core, CURATOR, ninth)).came is None
        assert await came(core, meeting_id) == {}
        assert await uncounted(core, meeting_id) == 2
    with pytest.raises(NotFound):
        await attendance.clear_came(core, CURATOR, own)
    async with core.db.read() as session:
        undone = await session.scalar(
            select(func.count()).where(AuditEntry.action == "attendance.count_undo")
        )
    assert undone == 2


async def test_two_curators_count_one_class(core: Core, meeting_id: int) -> None:
    ninth, tenth = await line_of(core, NINTH), await line_of(core, TENTH)
    await asyncio.gather(
        *(attendance.set_came(core, CURATOR, ninth, 19) for _ in range(3)),
        attendance.set_came(core, CURATOR, tenth, 5),
        attendance.mark(core, CURATOR, await line_of(core, OTHER), came=True),
    )
    assert await came(core, meeting_id) == {NINTH: 19, TENTH: 5, OTHER: 1}


@pytest.mark.parametrize("people", [-1, 41])
async def test_numbers_of_no_sense_are_refused(core: Core, meeting_id: int, people: int) -> None:
    with pytest.raises(Refused, match="refused-came") as refusal:
        await attendance.set_came(core, CURATOR, await line_of(core, NINTH), people)
    assert refusal.value.facts == {"most": 40}
    assert await came(core, meeting_id) == {}


async def test_whose_number_cannot_be_set(core: Core, meeting_id: int) -> None:
    ninth = await line_of(core, NINTH)
    for account in (TEACHER, Account(7)):
        with pytest.raises(Forbidden):
            await attendance.set_came(core, account, ninth, 5)
        with pytest.raises(Forbidden):
            await get_group_line(core, account, ninth)
    with pytest.raises(Forbidden):
        await attendance.set_came(core, CURATOR, 10**6, 5)
    own = await line_of(core, OTHER)
    with pytest.raises(NotFound):
        await attendance.set_came(core, CURATOR, own, 1)
    with pytest.raises(NotFound):
        await get_group_line(core, CURATOR, own)
    assert await came(core, meeting_id) == {}


async def test_a_cancelled_group_is_not_counted(core: Core, meeting_id: int) -> None:
    ninth = await line_of(core, NINTH)
    await cancel(core, TEACHER, 1)
    with pytest.raises(Refused, match="refused-registration-cancelled"):
        await attendance.set_came(core, CURATOR, ninth, 5)
    assert await uncounted(core, meeting_id) == 0
