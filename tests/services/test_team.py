"""The team of a meeting: who may what, no seat, counted once, told in time, erased."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.errors import DomainError, Forbidden, InvalidInput, NotFound, Refused
from bot.models import (
    DueMessage,
    Headcount,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
    TeamInvitation,
    TeamMember,
)
from bot.services import (
    attendance,
    consent,
    meetings,
    participation,
    team,
    team_door,
    team_invitations,
    team_joining,
    team_leaving,
    team_places,
)
from bot.services.core import Account, Core
from bot.services.door_list import list_lines
from bot.services.groups import Group, sign_up_group
from bot.services.meeting_lists import Tab, get_overview, list_meetings
from bot.services.registrations import sign_up
from bot.services.team_joining import Contribution
from bot.vocabulary import (
    Category,
    MessageKind,
    MessageStatus,
    Offering,
    RegistrationStatus,
    Role,
    TeamRole,
)
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

CURATOR, NEIGHBOUR, PETER, OLGA, MARIA = (Account(number) for number in (11, 12, 70, 71, 72))
TALK = Contribution(Offering.TALK, "Как строят мосты")


@pytest.fixture
async def achinsk(core: Core) -> int:
    """Ачинск with its curator, and one of Канск; Peter works somewhere, Olga is a parent."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, NEIGHBOUR.id, Role.CURATOR, towns["kansk"])
    await make_person(
        core, PETER.id, name="Пётр", category=Category.OTHER, organisation="Школа № 3"
    )
    await make_person(core, OLGA.id, name="Ольга", category=Category.PARENT)
    await make_person(core, MARIA.id, name="Мария", category=Category.GRADE_9)
    return towns["achinsk"]


@pytest.fixture
async def meeting(core: Core, achinsk: int) -> int:
    return await make_meeting(core, achinsk, token="meeting", seats=2)


async def invited(core: Core, meeting: int, role: TeamRole, by: Account = CURATOR) -> str:
    token = team_invitations.new_invitation_token()
    await team_invitations.invite(core, by, meeting, role, token)
    return token


async def joined(
    core: Core,
    meeting: int,
    account: Account,
    role: TeamRole = TeamRole.HELPER,
    said: Contribution | None = None,
) -> int:
    return await team_joining.join(core, account, await invited(core, meeting, role), said)


async def headcounts(core: Core) -> list[tuple[Category, str, int]]:
    async with core.db.read() as session:
        rows = await session.scalars(select(Headcount).order_by(Headcount.category))
        return [(row.category, row.organisation, row.people) for row in rows]


async def messages(core: Core, kind: MessageKind) -> list[tuple[int, datetime, MessageStatus]]:
    async with core.db.read() as session:
        rows = await session.scalars(
            select(DueMessage).where(DueMessage.kind == kind).order_by(DueMessage.id)
        )
        return [(row.account_id, row.due_at, row.status) for row in rows]


async def status_of(core: Core, registration_id: int) -> RegistrationStatus:
    async with core.db.read() as session:
        return (await session.get_one(Registration, registration_id)).status


async def starts(core: Core, meeting: int) -> datetime:
    async with core.db.read() as session:
        return (await session.get_one(Meeting, meeting)).starts_at


async def open_door(core: Core, clock: MovableClock, meeting: int) -> None:
    clock.move_to(await starts(core, meeting) - timedelta(hours=3))


async def test_a_link_is_for_one_and_the_same_call_twice_is_one(core: Core, meeting: int) -> None:
    token = await invited(core, meeting, TeamRole.SPEAKER)
    await team_invitations.invite(core, CURATOR, meeting, TeamRole.SPEAKER, token)
    first = await team_joining.join(core, PETER, token, TALK)
    assert await team_joining.join(core, PETER, token, TALK) == first
    with pytest.raises(Refused, match="invitation-used"):
        await team_joining.join(core, OLGA, token, TALK)
    with pytest.raises(Refused, match="team-held-already"):
        await joined(core, meeting, PETER)
    async with core.db.read() as session:
        member = (await session.scalars(select(TeamMember))).one()
        assert (await session.scalars(select(TeamInvitation.used_by))).all() == [PETER.id, None]
    assert (member.category, member.organisation) == (Category.OTHER, "Школа № 3")
    assert (member.offering, member.offer) == (Offering.TALK, "Как строят мосты")
    assert [who for who, *_ in await messages(core, MessageKind.TEAM_JOINED)] == [CURATOR.id]
    assert [who for who, *_ in await messages(core, MessageKind.CALENDAR_FILE)] == [PETER.id]


async def test_a_link_ends_with_its_time_its_meeting_and_the_inviters_right(
    core: Core, clock: MovableClock, achinsk: int
) -> None:
    late, called_off = [
        await make_meeting(core, achinsk, starts_at=clock.now() + timedelta(days=30))
        for _ in range(2)
    ]
    for_late = await invited(core, late, TeamRole.HELPER)
    for_called_off = await invited(core, called_off, TeamRole.HELPER)
    revoked = await invited(core, late, TeamRole.HELPER)
    found, total = await team_invitations.list_open(core, CURATOR, late, 0, 8)
    assert total == 2
    await team_invitations.revoke(core, CURATOR, late, found[0].id)
    await team_invitations.revoke(core, CURATOR, late, found[0].id)
    with pytest.raises(NotFound, match="team-link-gone"):
        await team_joining.peek(core, PETER, revoked)
    await meetings.cancel_meeting(core, CURATOR, called_off, "Так вышло")
    with pytest.raises(Refused, match="refused-team-cancelled"):
        await team_joining.join(core, PETER, for_called_off)
    clock.advance(timedelta(days=7))
    with pytest.raises(Refused, match="invitation-expired"):
        await team_joining.join(core, PETER, for_late)
    by_co_curator = await make_meeting(core, achinsk)
    place = await joined(core, by_co_curator, OLGA, TeamRole.CO_CURATOR)
    void = await invited(core, by_co_curator, TeamRole.HELPER, by=OLGA)
    await team_leaving.remove(core, CURATOR, by_co_curator, place)
    with pytest.raises(Refused, match="team-link-void"):
        await team_joining.join(core, PETER, void)
    clock.move_to(await starts(core, late) + timedelta(hours=2))
    with pytest.raises(Refused, match="refused-team-over"):
        await team_joining.join(core, PETER, for_late)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (TeamRole.SPEAKER, Contribution()),
        (TeamRole.HELPER, TALK),
        (TeamRole.SPEAKER, Contribution(Offering.OTHER)),
        (TeamRole.HELPER, Contribution(category=Category.JOB_CENTRE)),
    ],
    ids=["offers nothing", "is not asked", "other without words", "not theirs"],
)
async def test_what_is_said_must_fit(
    core: Core, meeting: int, role: TeamRole, said: Contribution
) -> None:
    with pytest.raises((Refused, InvalidInput)):
        await joined(core, meeting, OLGA, role, said)
    assert (await team.get_team(core, CURATOR, meeting, 0, 8)).total == 0


async def test_the_seat_of_who_joins_goes_to_the_next(core: Core, meeting: int) -> None:
    olga = await sign_up(core, OLGA, "meeting", [Category.PARENT])
    await sign_up(core, PETER, "meeting")
    waiting = await sign_up(core, MARIA, "meeting", wait=True)
    assert waiting.status is RegistrationStatus.WAITING
    await joined(core, meeting, OLGA)
    assert await status_of(core, olga.registration_id) is RegistrationStatus.CANCELLED
    assert await status_of(core, waiting.registration_id) is RegistrationStatus.OFFERED
    with pytest.raises(Refused, match="refused-on-team"):
        await sign_up(core, OLGA, "meeting")


async def test_who_is_brought_keeps_their_seat(core: Core, meeting: int) -> None:
    both = await sign_up(core, OLGA, "meeting", [Category.PARENT, Category.GRADE_9])
    await joined(core, meeting, OLGA)
    assert await status_of(core, both.registration_id) is RegistrationStatus.ACTIVE
    async with core.db.read() as session:
        lines = (await session.scalars(select(RegistrationLine))).all()
        assert [(line.category, line.is_own) for line in lines] == [(Category.GRADE_9, False)]
    group = Group("Школа № 3", {Category.GRADE_9: 1}, with_me=True)
    brought = await sign_up_group(core, OLGA, "meeting", group, group_token="class")
    assert brought.people == ((Category.GRADE_9, 1),)  # she is counted on the team


async def test_a_mark_stays_with_who_joins_and_counts_once(
    core: Core, clock: MovableClock, meeting: int
) -> None:
    mine = await sign_up(core, PETER, "meeting")
    await open_door(core, clock, meeting)
    token = await invited(core, meeting, TeamRole.HELPER)
    async with core.db.read() as session:
        line = (await session.scalars(select(RegistrationLine.id))).one()
    await attendance.mark(core, CURATOR, line, came=True)
    await team_joining.join(core, PETER, token)
    assert await headcounts(core) == [(Category.OTHER, "Школа № 3", 1)]
    assert await status_of(core, mine.registration_id) is RegistrationStatus.CANCELLED
    door = await list_lines(core, CURATOR, meeting, 0, 8)
    assert [(each.name, each.came) for each in door.team] == [("Пётр", True)]
    assert (door.lines, door.team_came) == ((), 1)


async def test_the_team_is_marked_undone_and_counted_in_its_categories(
    core: Core, clock: MovableClock, meeting: int
) -> None:
    peter = await joined(core, meeting, PETER, TeamRole.SPEAKER, TALK)
    olga = await joined(core, meeting, OLGA, said=Contribution(category=Category.VOLUNTEER))
    await open_door(core, clock, meeting)
    for member in (peter, olga, olga):
        await team_door.mark_member(core, CURATOR, member, came=True)
    assert await headcounts(core) == [
        (Category.OTHER, "Школа № 3", 1),
        (Category.VOLUNTEER, "", 1),
    ]
    overview = await get_overview(core, CURATOR, meeting)
    assert (overview.team_came, overview.walk_ins) == (2, 0)
    assert overview.signed_up == ()
    for refusal, leaving in (
        ("refused-team-came", team_leaving.remove(core, CURATOR, meeting, olga)),
        ("refused-too-late-to-leave", team_leaving.leave(core, OLGA, olga)),
    ):
        with pytest.raises(Refused, match=refusal):
            await leaving
    await team_door.mark_member(core, CURATOR, olga, came=False)
    await team_door.mark_member(core, CURATOR, olga, came=False)
    assert await headcounts(core) == [(Category.OTHER, "Школа № 3", 1)]


async def test_the_door_finds_the_team_by_name_and_page(core: Core, meeting: int) -> None:
    for _ in range(7):
        await sign_up_someone(core, meeting, None, Category.GRADE_9)
    await joined(core, meeting, PETER, TeamRole.SPEAKER, TALK)
    await joined(core, meeting, OLGA)
    pages = [await list_lines(core, CURATOR, meeting, page, 8) for page in (0, 1)]
    assert [(len(page.lines), [each.name for each in page.team]) for page in pages] == [
        (7, ["Ольга"]),
        (0, ["Пётр"]),
    ]
    assert pages[0].total == 9
    found = await list_lines(core, CURATOR, meeting, 0, 8, "пёт")
    assert (found.total, [each.role for each in found.team]) == (1, [TeamRole.SPEAKER])


async def test_a_helper_has_the_door_while_it_is_open_and_nothing_else(
    core: Core, clock: MovableClock, achinsk: int, meeting: int
) -> None:
    await sign_up_someone(core, meeting, None, Category.GRADE_9)
    other = await make_meeting(core, achinsk)
    await joined(core, meeting, OLGA)
    rows = await list_meetings(core, OLGA, Tab.UPCOMING, 0, 8)
    assert [row.id for row in rows.rows] == [meeting]
    assert await team_places.stands_at_a_door(core, OLGA)
    with pytest.raises(Refused, match="refused-door"):
        await list_lines(core, OLGA, meeting, 0, 8)
    await open_door(core, clock, meeting)
    (line,) = (await list_lines(core, OLGA, meeting, 0, 8)).lines
    await attendance.mark(core, OLGA, line.line_id, came=True)
    await attendance.add_walk_in(core, OLGA, meeting, Category.PARENT)
    assert len(await headcounts(core)) == 2
    for forbidden in (
        list_lines(core, OLGA, other, 0, 8),
        get_overview(core, OLGA, meeting),
        team.get_team(core, OLGA, meeting, 0, 8),
        meetings.edit_meeting(core, OLGA, meeting, {"title": "Другая"}),
        team_invitations.invite(core, OLGA, meeting, TeamRole.HELPER, "x"),
        attendance.close_list(core, OLGA, meeting),
    ):
        with pytest.raises(Forbidden):
            await forbidden
    clock.advance(timedelta(hours=3))
    await attendance.close_list(core, CURATOR, meeting)
    for forbidden in (
        attendance.mark(core, OLGA, line.line_id, came=False),
        list_lines(core, OLGA, meeting, 0, 8),
        list_meetings(core, OLGA, Tab.PAST, 0, 8),
    ):
        with pytest.raises(Forbidden):
            await forbidden
    assert not await team_places.stands_at_a_door(core, OLGA)


@pytest.mark.parametrize("how", ["leaves", "is removed"])
async def test_the_door_is_lost_with_the_place(
    core: Core, clock: MovableClock, meeting: int, how: str
) -> None:
    place = await joined(core, meeting, OLGA)
    await open_door(core, clock, meeting)
    await list_lines(core, OLGA, meeting, 0, 8)
    if how == "leaves":
        await team_leaving.leave(core, OLGA, place)
        await team_leaving.leave(core, OLGA, place)
        told = CURATOR
    else:
        assert await team_leaving.remove(core, CURATOR, meeting, place) == OLGA
        await team_leaving.remove(core, CURATOR, meeting, place)
        told = OLGA
    for forbidden in (
        list_lines(core, OLGA, meeting, 0, 8),
        attendance.add_walk_in(core, OLGA, meeting, Category.PARENT),
    ):
        with pytest.raises(Forbidden):
            await forbidden
    with pytest.raises(NotFound):
        await team_door.mark_member(core, CURATOR, place, came=True)
    assert [who for who, *_ in await messages(core, MessageKind.TEAM_LEFT)] == [told.id]
    assert await joined(core, meeting, OLGA, TeamRole.SPEAKER, TALK) == place


async def test_a_co_curator_runs_the_meeting_but_neither_calls_it_off_nor_chooses_others(
    core: Core, achinsk: int, meeting: int
) -> None:
    other = await make_meeting(core, achinsk)
    place = await joined(core, meeting, OLGA, TeamRole.CO_CURATOR)
    await meetings.edit_meeting(core, OLGA, meeting, {"title": "Другая"})
    overview = await get_overview(core, OLGA, meeting)
    assert overview.plan.title == "Другая"
    assert "cancel" not in {action.value for action in overview.may}
    assert not overview.may_repeat
    await joined(core, meeting, PETER)
    await invited(core, meeting, TeamRole.HELPER, by=OLGA)
    for forbidden in (
        meetings.cancel_meeting(core, OLGA, meeting, "Так вышло"),
        team_invitations.invite(core, OLGA, meeting, TeamRole.CO_CURATOR, "x"),
        team_leaving.remove(core, OLGA, meeting, place),
    ):
        with pytest.raises(Forbidden, match="forbidden-lead"):
            await forbidden
    with pytest.raises(Forbidden, match="forbidden-meeting"):
        await get_overview(core, OLGA, other)


@pytest.mark.parametrize("account", [NEIGHBOUR, MARIA, Account(99)], ids=["curator", "pupil", "?"])
async def test_others_change_nothing(
    core: Core, clock: MovableClock, meeting: int, account: Account
) -> None:
    place = await joined(core, meeting, OLGA)
    await invited(core, meeting, TeamRole.HELPER)
    await open_door(core, clock, meeting)
    for attempt in (
        team.get_team(core, account, meeting, 0, 8),
        team.get_member(core, account, place),
        team.confirm_hours(core, account, meeting, place, 60),
        team_invitations.invite(core, account, meeting, TeamRole.HELPER, "x"),
        team_invitations.list_open(core, account, meeting, 0, 8),
        team_invitations.revoke(core, account, meeting, 2),
        team_leaving.remove(core, account, meeting, place),
        team_leaving.leave(core, account, place),
        team_places.get_place(core, account, place),
        team_door.mark_member(core, account, place, came=True),
        participation.get_helped(core, account, place),
    ):
        with pytest.raises(DomainError):
            await attempt
    assert await headcounts(core) == []
    found, _ = await team_invitations.list_open(core, CURATOR, meeting, 0, 8)
    assert len(found) == 1


async def test_the_reminder_comes_the_day_before_and_moves_with_the_meeting(
    core: Core, clock: MovableClock, meeting: int
) -> None:
    place = await joined(core, meeting, OLGA)
    begin, day = await starts(core, meeting), timedelta(days=1)
    kind = MessageKind.TEAM_REMINDER
    assert await messages(core, kind) == [(OLGA.id, begin - day, MessageStatus.PLANNED)]
    later = {"starts_at": begin + day, "ends_at": begin + day + timedelta(hours=1)}
    await meetings.edit_meeting(core, CURATOR, meeting, later)
    assert await messages(core, kind) == [(OLGA.id, begin, MessageStatus.PLANNED)]
    assert {who for who, *_ in await messages(core, MessageKind.MEETING_CHANGED)} == {OLGA.id}
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage).where(DueMessage.kind == kind).values(status=MessageStatus.SENT)
        )
    again = {"starts_at": begin + 3 * day, "ends_at": begin + 3 * day + timedelta(hours=1)}
    await meetings.edit_meeting(core, CURATOR, meeting, again)
    assert await messages(core, kind) == [(OLGA.id, begin, MessageStatus.SENT)]
    await team_leaving.leave(core, OLGA, place)
    clock.move_to(begin + 2 * day + timedelta(hours=1))
    await joined(core, meeting, OLGA)
    at_door = begin + 3 * day - timedelta(hours=3)
    assert (await messages(core, kind))[1:] == [(OLGA.id, at_door, MessageStatus.PLANNED)]
    await meetings.cancel_meeting(core, CURATOR, meeting, "Так вышло")
    assert (await messages(core, kind))[1:] == [(OLGA.id, at_door, MessageStatus.DROPPED)]
    assert {who for who, *_ in await messages(core, MessageKind.MEETING_CANCELLED)} == {OLGA.id}


async def test_who_joins_late_is_reminded_before_the_night_and_not_at_the_start(
    core: Core, clock: MovableClock, achinsk: int
) -> None:
    zone = ZoneInfo("Asia/Krasnoyarsk")
    eight, nine = (datetime(2026, 3, 5, hour, tzinfo=zone) for hour in (8, 9))
    early = await make_meeting(core, achinsk, token="early", starts_at=eight)
    next_one = await make_meeting(core, achinsk, token="next", starts_at=nine)
    clock.move_to(datetime(2026, 3, 4, 12, tzinfo=zone))
    await joined(core, early, OLGA)
    await joined(core, next_one, PETER, TeamRole.SPEAKER, TALK)
    # The door opens at five and at six: one is told in the morning, the other could not be.
    evening = datetime(2026, 3, 4, 21, tzinfo=zone)
    assert {who: at for who, at, _ in await messages(core, MessageKind.TEAM_REMINDER)} == {
        OLGA.id: evening,
        PETER.id: eight,
    }
    clock.move_to(evening + timedelta(minutes=30))
    await joined(core, early, MARIA)
    told = [who for who, *_ in await messages(core, MessageKind.TEAM_REMINDER)]
    assert MARIA.id not in told  # it would only come as the meeting begins


async def test_hours_are_confirmed_to_helpers_who_came(
    core: Core, clock: MovableClock, meeting: int
) -> None:
    helper = await joined(core, meeting, OLGA)
    speaker = await joined(core, meeting, PETER, TeamRole.SPEAKER, TALK)
    await open_door(core, clock, meeting)
    for member in (helper, speaker):
        await team_door.mark_member(core, CURATOR, member, came=True)
    with pytest.raises(Refused, match="refused-no-hours"):
        await team.confirm_hours(core, CURATOR, meeting, helper, 90)
    clock.advance(timedelta(hours=6))
    assert (await team.get_member(core, CURATOR, helper)).usual_minutes == 90
    assert (await team.get_team(core, CURATOR, meeting, 0, 8)).without_hours == 1
    (before,) = await participation.list_attended(core, OLGA)
    assert (before.role, before.length) == (TeamRole.HELPER, None)
    for minutes in (0, 45, 25 * 60):
        with pytest.raises(Refused, match="refused-hours"):
            await team.confirm_hours(core, CURATOR, meeting, helper, minutes)
    with pytest.raises(Refused, match="refused-no-hours"):
        await team.confirm_hours(core, CURATOR, meeting, speaker, 90)
    await team.confirm_hours(core, CURATOR, meeting, helper, 120)
    await team.confirm_hours(core, CURATOR, meeting, helper, 120)
    assert (await participation.get_helped(core, OLGA, helper)).length == timedelta(hours=2)
    (talk,) = await participation.list_attended(core, PETER)
    assert (talk.role, talk.length) == (TeamRole.SPEAKER, timedelta(minutes=90))
    assert await participation.count_attended(core, PETER) == 1
    await team_door.mark_member(core, CURATOR, helper, came=False)
    assert await participation.count_attended(core, OLGA) == 0
    assert (await team.get_member(core, CURATOR, helper)).minutes is None


async def test_erasing_somebody_leaves_the_count_alone(
    core: Core, clock: MovableClock, achinsk: int, meeting: int
) -> None:
    to_come = await make_meeting(core, achinsk, starts_at=clock.now() + timedelta(days=20))
    for where in (meeting, to_come):
        await joined(core, where, PETER, TeamRole.SPEAKER, TALK)
    await open_door(core, clock, meeting)
    await team_door.mark_member(core, CURATOR, 1, came=True)
    before = await headcounts(core)
    await consent.withdraw_consent(core, PETER)
    async with core.db.read() as session:
        there, gone = (await session.scalars(select(TeamMember).order_by(TeamMember.id))).all()
        assert (await session.scalars(select(TeamInvitation.used_by))).all() == [0, 0]
        assert await session.scalar(select(Person.id).where(Person.account_id == PETER.id)) is None
        owed = await session.scalars(select(DueMessage.account_id))
        assert PETER.id not in owed.all()
    assert (there.person_id, there.offer, there.organisation) == (None, "", "Школа № 3")
    assert (gone.person_id, gone.offer, gone.organisation) == (None, "", "")
    assert gone.left_at is not None
    assert [who for who, *_ in await messages(core, MessageKind.TEAM_LEFT)] == [CURATOR.id]
    await team_door.mark_member(core, CURATOR, 1, came=True)
    assert await headcounts(core) == before == [(Category.OTHER, "Школа № 3", 1)]
    (line,) = (await list_lines(core, CURATOR, meeting, 0, 8)).team
    assert (line.name, line.came) == (None, True)
