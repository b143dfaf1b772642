"""Whoever runs a meeting and is on its team or list, too, is counted once, in whatever order."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.errors import Forbidden
from bot.models import Headcount, RegistrationLine, TeamMember, WalkIn
from bot.rules import Said, SaidRow
from bot.services import attendance, paper_marks, staff_count, team_door, team_invitations
from bot.services.core import Account, Core
from bot.services.registrations import sign_up
from bot.services.room_codes import show_code
from bot.services.self_check_in import scan_code
from bot.services.team_joining import Contribution, join
from bot.vocabulary import Category, Role, TeamRole
from tests.bot.story import stored
from tests.services.factory import give_role, make_meeting, make_person, make_region

CURATOR, COLLEAGUE, ELSEWHERE, PUPIL, STRANGER = (Account(each) for each in (11, 12, 13, 14, 15))
TOKEN = "now"
AS_HEAD = Contribution(category=Category.HEAD)


@pytest.fixture
async def core(core: Core) -> Core:
    """A core with a key of its own."""
    return replace(core, secret=b"a key that nobody knows")


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A meeting that began half an hour ago; its curator may be counted as a head, too."""
    towns = await make_region(core)
    await make_person(core, CURATOR.id, category=Category.HEAD)
    for who, town in ((CURATOR, "achinsk"), (COLLEAGUE, "achinsk"), (ELSEWHERE, "kansk")):
        await give_role(core, who.id, Role.CURATOR, towns[town])
    await make_person(core, PUPIL.id)
    meeting_id = await make_meeting(
        core, towns["achinsk"], token=TOKEN, starts_at=clock.now() + timedelta(hours=1)
    )
    clock.advance(timedelta(minutes=90))
    return meeting_id


async def joined(core: Core, meeting: int) -> int:
    token = team_invitations.new_invitation_token()
    await team_invitations.invite(core, COLLEAGUE, meeting, TeamRole.CO_CURATOR, token)
    return await join(core, CURATOR, token, AS_HEAD)


async def counted(core: Core) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(core, Headcount)}


async def own_line(core: Core) -> int:
    async with core.db.read() as session:
        return (await session.scalars(select(RegistrationLine.id))).one()


async def test_who_is_on_the_team_is_marked_there_and_taken_back(core: Core, meeting: int) -> None:
    member = await joined(core, meeting)
    for _ in range(2):
        await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    assert await counted(core) == {Category.HEAD: 1}
    assert await stored(core, WalkIn) == []
    await team_door.mark_member(core, COLLEAGUE, member, came=True)
    assert await counted(core) == {Category.HEAD: 1}
    own = await staff_count.get_own_count(core, CURATOR, meeting)
    assert (own.is_open, own.counted_as) == (False, Category.HEAD)
    for _ in range(2):
        await staff_count.leave_me_out(core, CURATOR, meeting)
    assert await counted(core) == {}
    assert (await staff_count.get_own_count(core, CURATOR, meeting)).is_open


async def test_a_place_that_was_left_is_none(core: Core, meeting: int) -> None:
    await joined(core, meeting)
    async with core.db.write() as session:
        member = (await session.scalars(select(TeamMember))).one()
        member.left_at = core.clock.now()
    await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    assert await counted(core) == {Category.JOB_CENTRE: 1}


async def test_who_counted_themselves_and_joins_stays_counted_once(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    counted_at = clock.now()
    for who in (CURATOR, COLLEAGUE):
        await staff_count.count_me(core, who, meeting, Category.JOB_CENTRE)
    clock.advance(timedelta(minutes=5))
    await joined(core, meeting)
    assert await counted(core) == {Category.HEAD: 1, Category.JOB_CENTRE: 1}
    (member,) = await stored(core, TeamMember)
    assert member.came_at == counted_at
    (walk_in,) = await stored(core, WalkIn)
    assert walk_in.created_by == COLLEAGUE.id


async def test_a_mark_at_the_door_takes_the_place_of_the_walk_in(core: Core, meeting: int) -> None:
    await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    member = await joined(core, meeting)
    async with core.db.write() as session:  # as it is when both come in the other order
        (await session.get_one(TeamMember, member)).came_at = None
        session.add(
            WalkIn(
                meeting_id=meeting,
                category=Category.JOB_CENTRE,
                created_at=core.clock.now(),
                created_by=CURATOR.id,
                tap=f"staff:{meeting}:telegram:{CURATOR.id}",
            )
        )
    await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT)
    await team_door.mark_member(core, COLLEAGUE, member, came=True)
    assert await counted(core) == {Category.HEAD: 1, Category.PARENT: 1}


async def by_hand(core: Core, meeting: int) -> None:
    await attendance.mark(core, COLLEAGUE, await own_line(core), came=True)


async def by_paper(core: Core, meeting: int) -> None:
    await paper_marks.apply(core, COLLEAGUE, meeting, Said((SaidRow("A1"),), ()))


async def by_themselves(core: Core, meeting: int) -> None:
    code = await show_code(core, COLLEAGUE, meeting)
    await scan_code(core, CURATOR, code.token, code.code)


@pytest.mark.parametrize("marked", [by_hand, by_paper, by_themselves])
async def test_a_mark_on_their_own_line_takes_the_place_of_the_walk_in(
    core: Core, meeting: int, marked: Callable[[Core, int], Awaitable[None]]
) -> None:
    for who in (CURATOR, COLLEAGUE):
        await staff_count.count_me(core, who, meeting, Category.JOB_CENTRE)
    await sign_up(core, CURATOR, TOKEN)
    assert await counted(core) == {Category.JOB_CENTRE: 2}
    await marked(core, meeting)
    assert await counted(core) == {Category.HEAD: 1, Category.JOB_CENTRE: 1}
    await staff_count.leave_me_out(core, CURATOR, meeting)
    assert await counted(core) == {Category.JOB_CENTRE: 1}


@pytest.mark.parametrize("who", [ELSEWHERE, PUPIL, STRANGER])
async def test_nobody_else_changes_anything(core: Core, meeting: int, who: Account) -> None:
    await joined(core, meeting)
    await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    with pytest.raises(Forbidden):
        await staff_count.count_me(core, who, meeting, Category.JOB_CENTRE)
    with pytest.raises(Forbidden):
        await staff_count.leave_me_out(core, who, meeting)
    assert await counted(core) == {Category.HEAD: 1}
