"""Closing the list: what is missing, whom to look at, the staff themselves; opening it again."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput, Refused
from bot.models import (
    AuditEntry,
    DueMessage,
    Headcount,
    Meeting,
    Municipality,
    RegistrationLine,
    StaffRole,
    TeamMember,
    WalkIn,
)
from bot.rules import MeetingAction, WalkedIn
from bot.services import attendance, closing, consent, meeting_lists, meetings, staff_count
from bot.services.core import Account, Core
from bot.services.counted import together
from bot.services.counting import YearCount
from bot.services.groups import Group, sign_up_group
from bot.vocabulary import Category, MeetingStatus, MessageKind, MessageStatus, Role, TeamRole
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

CURATOR, COLLEAGUE, ELSEWHERE, PUPIL, STRANGER = (Account(each) for each in (11, 12, 13, 14, 15))
NINTH = Category.GRADE_9


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A published meeting of a curator that began half an hour ago."""
    towns = await make_region(core)
    for who, town in ((CURATOR, "achinsk"), (COLLEAGUE, "achinsk"), (ELSEWHERE, "kansk")):
        await give_role(core, who.id, Role.CURATOR, towns[town])
    await make_person(core, PUPIL.id, name="Пётр")
    meeting_id = await make_meeting(
        core, towns["achinsk"], token="now", starts_at=clock.now() + timedelta(hours=1)
    )
    clock.advance(timedelta(minutes=90))
    return meeting_id


async def row_of(core: Core, meeting_id: int) -> Meeting:
    async with core.db.read() as session:
        return await session.get_one(Meeting, meeting_id)


async def counted(core: Core, meeting_id: int) -> dict[tuple[Category, str], int]:
    async with core.db.read() as session:
        rows = await session.scalars(select(Headcount).where(Headcount.meeting_id == meeting_id))
        return {(row.category, row.organisation): row.people for row in rows}


async def log(core: Core) -> list[tuple[str, dict[str, object]]]:
    async with core.db.read() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.action, row.details) for row in rows]


async def question(core: Core) -> DueMessage:
    async with core.db.read() as session:
        found = await session.scalars(
            select(DueMessage).where(DueMessage.kind == MessageKind.HELD_QUESTION)
        )
        return found.one()


async def test_what_is_missing_is_gathered(core: Core, meeting: int) -> None:
    person = await make_person(core, 20, category=Category.OTHER, organisation="Школа № 3")
    group = Group("Школа № 3", {NINTH: 20}, with_me=False)
    await sign_up_group(core, Account(20), "now", group, group_token="class")
    absent = await sign_up_someone(core, meeting, await make_person(core, 21), NINTH)
    await attendance.add_walk_in(core, CURATOR, meeting, NINTH)
    await staff_count.count_me(core, COLLEAGUE, meeting, Category.JOB_CENTRE)
    found = await closing.get_closing(core, CURATOR, meeting)
    assert [(each.organisation, each.seats) for each in found.groups] == [("Школа № 3", 20)]
    assert (found.unconfirmed, found.has_photos, found.walk_ins) == (0, False, 2)
    assert found.doubles.walked_in == (WalkedIn(NINTH, 1, 1),)
    assert (found.doubles.twice, found.twice) == ((), ())

    async with core.db.write() as session:
        lines = await session.scalars(
            select(RegistrationLine).where(RegistrationLine.registration_id == absent)
        )
        line = lines.one()
        line.came, line.marked_at = 1, core.clock.now()
    await attendance.set_came(core, CURATOR, found.groups[0].line_id, 19)
    await sign_up_someone(core, meeting, person, Category.OTHER, came=1)
    await meetings.set_photo_link(core, CURATOR, meeting, "disk.yandex.ru/d/1")
    found = await closing.get_closing(core, CURATOR, meeting)
    assert (found.groups, found.has_photos, found.doubles.walked_in) == ((), True, ())
    [double] = found.doubles.alone_and_in_class
    assert (double.alone, double.in_class, double.organisations) == (1, 19, ("Школа № 3",))


async def test_one_person_checked_in_twice_is_named(core: Core, meeting: int) -> None:
    person = await make_person(core, 20, name="Ольга", category=Category.OTHER)
    group = Group("Школа № 3", {NINTH: 20}, with_me=True)
    await sign_up_group(core, Account(20), "now", group, group_token="class")
    async with core.db.write() as session:
        own = await session.scalars(select(RegistrationLine).where(RegistrationLine.is_own))
        line = own.one()
        line.came, line.marked_at = 1, core.clock.now()
    await sign_up_someone(core, meeting, person, Category.OTHER, came=1)
    found = await closing.get_closing(core, CURATOR, meeting)
    assert (found.doubles.twice, found.twice) == ((person,), ("Ольга",))


async def test_the_staff_are_counted_once_and_taken_back(core: Core, meeting: int) -> None:
    own = await staff_count.get_own_count(core, CURATOR, meeting)
    assert (own.is_open, own.usual, own.counted_as) == (True, Category.JOB_CENTRE, None)
    await asyncio.gather(
        *(staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE) for _ in range(4))
    )
    await staff_count.count_me(core, CURATOR, meeting, Category.CULTURE)
    await staff_count.count_me(core, COLLEAGUE, meeting, Category.CULTURE)
    assert await counted(core, meeting) == {(Category.JOB_CENTRE, ""): 1, (Category.CULTURE, ""): 1}
    own = await staff_count.get_own_count(core, CURATOR, meeting)
    assert (own.is_open, own.counted_as) == (False, Category.JOB_CENTRE)
    for _ in range(2):
        await staff_count.leave_me_out(core, CURATOR, meeting)
    assert await counted(core, meeting) == {(Category.CULTURE, ""): 1}
    assert (await staff_count.get_own_count(core, CURATOR, meeting)).is_open


async def test_staff_who_are_signed_up_are_checked_in_on_their_line(
    core: Core, meeting: int
) -> None:
    async with core.db.read() as session:
        person_id = await session.scalar(
            select(StaffRole.person_id).order_by(StaffRole.id).limit(1)
        )
    await sign_up_someone(core, meeting, person_id, Category.PARENT)
    assert (await staff_count.get_own_count(core, CURATOR, meeting)).is_open
    await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    assert await counted(core, meeting) == {(Category.PARENT, ""): 1}
    own = await staff_count.get_own_count(core, CURATOR, meeting)
    assert (own.is_open, own.counted_as) == (False, Category.PARENT)
    await staff_count.leave_me_out(core, CURATOR, meeting)
    assert await counted(core, meeting) == {}


async def test_who_came_with_the_team_is_not_asked(core: Core, meeting: int) -> None:
    async with core.db.write() as session:
        person_id = await session.scalar(
            select(StaffRole.person_id).order_by(StaffRole.id).limit(1)
        )
        session.add(
            TeamMember(
                meeting_id=meeting,
                person_id=person_id,
                role=TeamRole.SPEAKER,
                category=Category.HEAD,
                came_at=core.clock.now(),
                joined_at=core.clock.now(),
            )
        )
    own = await staff_count.get_own_count(core, CURATOR, meeting)
    assert (own.is_open, own.counted_as) == (False, Category.HEAD)
    await staff_count.count_me(core, CURATOR, meeting, Category.JOB_CENTRE)
    assert await counted(core, meeting) == {}


async def test_a_teacher_on_the_staff_is_counted_with_the_school(core: Core, meeting: int) -> None:
    account = Account(30)
    row = await row_of(core, meeting)
    await make_person(core, account.id, category=Category.OTHER, organisation="Школа № 3")
    await give_role(core, account.id, Role.CURATOR, row.municipality_id)
    await staff_count.count_me(core, account, meeting, Category.OTHER)
    assert await counted(core, meeting) == {(Category.OTHER, "Школа № 3"): 1}
    await consent.withdraw_consent(core, account)
    async with core.db.read() as session:
        walk_in = (await session.scalars(select(WalkIn))).one()
    assert (walk_in.created_by, walk_in.tap) == (0, None)


async def test_the_list_is_opened_again_with_a_reason(core: Core, meeting: int) -> None:
    await attendance.add_walk_in(core, CURATOR, meeting, NINTH)
    await attendance.close_list(core, CURATOR, meeting)
    with pytest.raises(InvalidInput):
        await closing.reopen_list(core, CURATOR, meeting, "…")
    for _ in range(2):
        await closing.reopen_list(core, COLLEAGUE, meeting, " Не всех\u200b отметили ")
    row = await row_of(core, meeting)
    assert (row.status, row.held_at) == (MeetingStatus.PUBLISHED, None)
    assert await counted(core, meeting) == {(NINTH, ""): 1}
    reopened = [entry for entry in await log(core) if entry[0] == "meeting.reopen"]
    assert reopened == [("meeting.reopen", {"reason": "Не всех отметили"})]
    await attendance.add_walk_in(core, CURATOR, meeting, NINTH)
    await attendance.close_list(core, CURATOR, meeting)
    assert (await row_of(core, meeting)).status is MeetingStatus.HELD
    assert await counted(core, meeting) == {(NINTH, ""): 2}
    overview = await meeting_lists.get_overview(core, CURATOR, meeting)
    assert MeetingAction.REOPEN in overview.may
    assert MeetingAction.CLOSE not in overview.may


async def test_the_report_takes_it_as_unconfirmed(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(hours=3))
    await attendance.close_list(core, CURATOR, meeting)
    await closing.reopen_list(core, CURATOR, meeting, "Ошибка в числах")
    async with core.db.read() as session:
        places = (await session.scalars(select(Municipality))).all()
        year = together((await YearCount(session, places, 2026, clock.now()).counted()).values())
        assert year.meetings.by_audience == {}
        assert len(year.attention.unconfirmed) == 1


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.CANCELLED])
async def test_only_what_was_held_is_opened_again(
    core: Core, meeting: int, status: MeetingStatus
) -> None:
    other = await make_meeting(core, (await row_of(core, meeting)).municipality_id, status=status)
    with pytest.raises(Refused, match="refused-reopen"):
        await closing.reopen_list(core, CURATOR, other, "Ошибка в числах")


@pytest.mark.parametrize("late", [False, True])
async def test_the_question_comes_when_it_was_not_answered_in_time(
    core: Core, meeting: int, clock: MovableClock, late: bool
) -> None:
    row = await row_of(core, meeting)
    async with core.db.write() as session:
        stored = await session.get_one(Meeting, meeting)
        person_id = await session.scalar(
            select(StaffRole.person_id).order_by(StaffRole.id).limit(1)
        )
        stored.created_by_id = person_id
        stored.status, stored.published_at = MeetingStatus.DRAFT, None
        stored.starts_at += timedelta(hours=5)
        stored.ends_at += timedelta(hours=5)
    await meetings.publish_meeting(core, CURATOR, meeting)
    clock.move_to(row.starts_at + timedelta(hours=5, minutes=10))
    await attendance.close_list(core, CURATOR, meeting)
    assert (await question(core)).status is MessageStatus.DROPPED
    if late:
        clock.advance(timedelta(days=1))
    await closing.reopen_list(core, CURATOR, meeting, "Ошибка в числах")
    asked = await question(core)
    assert asked.status is (MessageStatus.DROPPED if late else MessageStatus.PLANNED)
    await attendance.close_list(core, CURATOR, meeting)
    assert (await question(core)).status is MessageStatus.DROPPED


@pytest.mark.parametrize("who", [ELSEWHERE, PUPIL, STRANGER], ids=["elsewhere", "pupil", "nobody"])
async def test_nobody_else_may(core: Core, meeting: int, who: Account) -> None:
    await attendance.close_list(core, CURATOR, meeting)
    before = await log(core)
    for tried in (
        closing.get_closing(core, who, meeting),
        closing.reopen_list(core, who, meeting, "Ошибка в числах"),
        staff_count.get_own_count(core, who, meeting),
        staff_count.count_me(core, who, meeting, Category.CULTURE),
        staff_count.leave_me_out(core, who, meeting),
    ):
        with pytest.raises(Forbidden):
            await tried
    assert await log(core) == before
    assert (await row_of(core, meeting)).status is MeetingStatus.HELD
    assert await counted(core, meeting) == {}
