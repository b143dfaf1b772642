"""What those who run a meeting are told before it: few people a week ahead, the day's numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Person, Registration, RegistrationLine, TeamMember
from bot.services.access import get_managed_meeting
from bot.services.core import Account, Core
from bot.services.headcounts import count_signed_up, total_of
from bot.services.meeting_schedule import times_of
from bot.services.reminders import count_confirmed
from bot.vocabulary import (
    MeetingStatus,
    MessageKind,
    Mode,
    RegistrationKind,
    RegistrationStatus,
    TeamRole,
)

_NAMED = 5
"""So many groups and people of the team are named; of the rest there is the number."""


@dataclass(frozen=True, slots=True)
class FewPeople:
    """A meeting that few people have signed up for; `seats` is None without a limit."""

    meeting_id: int
    title: str
    starts_at: datetime
    timezone: str
    signed_up: int
    seats: int | None


@dataclass(frozen=True, slots=True)
class ComingGroup:
    """A group that is to come; the name of who brings it is None once they are erased."""

    name: str | None
    organisation: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamMate:
    """Somebody on the team; the name is None once they are erased."""

    name: str | None
    role: TeamRole


@dataclass(frozen=True, slots=True)
class Morning:
    """A meeting on its day.

    Attributes:
        seats: None without a limit.
        signed_up: how many people.
        confirmed: how many of them answered that they will come.
        groups: the first few, the largest first.
        groups_total: how many there are.
        team: the first few, by joining.
        team_total: how many there are.
    """

    meeting_id: int
    title: str
    starts_at: datetime
    timezone: str
    mode: Mode
    seats: int | None
    signed_up: int
    confirmed: int
    groups: tuple[ComingGroup, ...]
    groups_total: int
    team: tuple[TeamMate, ...]
    team_total: int


async def find_few_people(core: Core, account: Account, meeting_id: int) -> FewPeople | None:
    """Return a meeting that needs more people; None when it has enough, or none can sign up now.

    Raises:
        Forbidden: this account does not run the meeting (any more).
    """
    now = core.clock.now()
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        begins = meeting.sign_up_opens_at or now
        ends = meeting.sign_up_closes_at or meeting.starts_at
        if meeting.status is not MeetingStatus.PUBLISHED or not begins <= now < ends:
            return None
        signed_up = total_of(await count_signed_up(session, meeting_id))
        if not rules.are_few(signed_up, meeting.seats):
            return None
        await session.refresh(meeting, ["municipality"])
        return FewPeople(
            meeting_id=meeting_id,
            title=meeting.title,
            starts_at=meeting.starts_at,
            timezone=meeting.municipality.timezone,
            signed_up=signed_up,
            seats=meeting.seats,
        )


async def find_morning(core: Core, account: Account, meeting_id: int) -> Morning | None:
    """Return a meeting of today, or one that begins before the morning does; None before its time
    (`rules.due_at`) and once it has begun.

    Raises:
        Forbidden: this account does not run the meeting (any more).
    """
    now = core.clock.now()
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        await session.refresh(meeting, ["municipality"])
        times = await times_of(meeting)
        told_at = rules.due_at(MessageKind.MEETING_MORNING, times)
        if meeting.status is not MeetingStatus.PUBLISHED:
            return None
        if not told_at <= now < meeting.starts_at:
            return None
        groups = await _groups(session, meeting)
        team = await _team(session, meeting)
        return Morning(
            meeting_id=meeting_id,
            title=meeting.title,
            starts_at=meeting.starts_at,
            timezone=times.timezone,
            mode=meeting.mode,
            seats=meeting.seats,
            signed_up=total_of(await count_signed_up(session, meeting_id)),
            confirmed=await count_confirmed(session, meeting_id),
            groups=groups[:_NAMED],
            groups_total=len(groups),
            team=team[:_NAMED],
            team_total=len(team),
        )


async def _groups(session: AsyncSession, meeting: Meeting) -> tuple[ComingGroup, ...]:
    people = func.sum(RegistrationLine.seats)
    rows = await session.execute(
        # Whoever brings a group comes with it: their own line names no organisation of the group.
        select(Person.name, func.max(RegistrationLine.organisation), people)
        .select_from(Registration)
        .join(RegistrationLine, RegistrationLine.registration_id == Registration.id)
        .outerjoin(Registration.person)
        .where(
            Registration.meeting_id == meeting.id,
            Registration.status == RegistrationStatus.ACTIVE,
            Registration.kind == RegistrationKind.GROUP,
            ~RegistrationLine.is_own,
        )
        .group_by(Registration.id, Person.name)
        .order_by(people.desc(), Registration.id)
    )
    return tuple(ComingGroup(name, organisation, int(total)) for name, organisation, total in rows)


async def _team(session: AsyncSession, meeting: Meeting) -> tuple[TeamMate, ...]:
    rows = await session.execute(
        select(Person.name, TeamMember.role)
        .select_from(TeamMember)
        .outerjoin(TeamMember.person)
        .where(TeamMember.meeting_id == meeting.id, TeamMember.left_at.is_(None))
        .order_by(TeamMember.joined_at, TeamMember.id)
    )
    return tuple(TeamMate(*row) for row in rows)
