"""The meetings that somebody attended, for their certificates and their portfolio."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from bot.errors import Refused
from bot.models import Meeting, Person, Registration, RegistrationLine, TeamMember
from bot.rules import may_certify
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.services.team_places import get_place
from bot.services.tickets import get_own
from bot.vocabulary import MeetingStatus, Mode, RegistrationStatus, TeamRole


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting that somebody came to.

    Attributes:
        role: what they did on its team; None of a participant.
        minutes: of a helper, once confirmed.
    """

    title: str
    mode: Mode
    place: str
    municipality: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    role: TeamRole | None = None
    minutes: int | None = None

    @property
    def length(self) -> timedelta | None:
        """How long they took part: the meeting's length, of a helper the confirmed hours.

        None of a helper whose hours nobody has confirmed yet.
        """
        if self.role is not TeamRole.HELPER:
            return self.ends_at - self.starts_at
        return None if self.minutes is None else timedelta(minutes=self.minutes)


async def get_attended(core: Core, account: Account, registration_id: int) -> Attended:
    """Return the meeting of one's own registration, which was checked in.

    Of a group only the one who brought it is meant: children have no names here.

    Raises:
        NotFound: no such registration of this account.
        Refused: its owner was not checked in, or the meeting is not over, or it was cancelled.
    """
    async with core.db.read() as session:
        registration = await get_own(session, account, registration_id)
        meeting = registration.meeting
        came = registration.status is RegistrationStatus.ACTIVE and any(
            line.is_own and line.came for line in registration.lines
        )
        if not may_certify(meeting.status, meeting.ends_at, core.clock.now(), came=came):
            raise Refused("refused-certificate")
        return _attended(meeting)


async def get_helped(core: Core, account: Account, member_id: int) -> Attended:
    """Return the meeting of one's own place on its team, marked as having come.

    Raises:
        NotFound: no such place of this account, or they left.
        Refused: it was not marked that they came, the meeting is not over, or was cancelled.
    """
    place = await get_place(core, account, member_id)
    if not place.may_certify:
        raise Refused("refused-certificate")
    async with core.db.read() as session:
        member = await session.get_one(TeamMember, member_id, options=[_WITH_MEETING])
        return _attended(member.meeting, member)


async def list_attended(core: Core, account: Account) -> tuple[Attended, ...]:
    """Return all meetings that this account came to, on a team too, the oldest first.

    Raises:
        Refused: there are none.
    """
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            raise Refused("refused-portfolio")
        meetings = await session.scalars(
            select(Meeting)
            .where(_came_to(person, core.clock.now()))
            .options(selectinload(Meeting.municipality))
            .order_by(Meeting.starts_at, Meeting.id)
        )
        members = await session.scalars(
            select(TeamMember)
            .join(TeamMember.meeting)
            .where(*_helped_at(person, core.clock.now()))
            .options(_WITH_MEETING)
            .order_by(Meeting.starts_at, Meeting.id)
        )
        attended = [_attended(meeting) for meeting in meetings.all()]
        attended += [_attended(member.meeting, member) for member in members.all()]
    if not attended:
        raise Refused("refused-portfolio")
    return tuple(sorted(attended, key=lambda meeting: meeting.starts_at))


async def count_attended(core: Core, account: Account) -> int:
    """Return how many meetings this account came to, on a team too."""
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return 0
        now = core.clock.now()
        came = select(func.count()).select_from(Meeting).where(_came_to(person, now))
        helped = (
            select(func.count())
            .select_from(TeamMember)
            .join(TeamMember.meeting)
            .where(*_helped_at(person, now))
        )
        return (await session.scalar(came) or 0) + (await session.scalar(helped) or 0)


_WITH_MEETING = selectinload(TeamMember.meeting).selectinload(Meeting.municipality)


def _is_over(now: datetime) -> ColumnElement[bool]:
    return (Meeting.ends_at <= now) & (Meeting.status != MeetingStatus.CANCELLED)


def _helped_at(person: Person, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of a place on a team (with its meeting) that `may_certify` speaks of."""
    return (
        TeamMember.person_id == person.id,
        TeamMember.left_at.is_(None),
        TeamMember.came_at.is_not(None),
        _is_over(now),
    )


def _came_to(person: Person, now: datetime) -> ColumnElement[bool]:
    """Return what is true of a meeting that `may_certify` speaks of, once for each meeting."""
    checked_in = (
        select(RegistrationLine.id)
        .join(Registration)
        .where(
            Registration.meeting_id == Meeting.id,
            Registration.person_id == person.id,
            Registration.status == RegistrationStatus.ACTIVE,
            RegistrationLine.is_own,
            RegistrationLine.came > 0,
        )
    )
    return _is_over(now) & checked_in.exists()


def _attended(meeting: Meeting, member: TeamMember | None = None) -> Attended:
    return Attended(
        title=meeting.title,
        mode=meeting.mode,
        place=meeting.place,
        municipality=meeting.municipality.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        timezone=meeting.municipality.timezone,
        role=member.role if member else None,
        minutes=member.minutes if member else None,
    )
