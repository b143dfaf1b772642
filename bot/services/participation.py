"""The meetings that somebody attended, for their certificates and their portfolio."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from bot.errors import Refused
from bot.models import Meeting, Person, Registration, RegistrationLine
from bot.rules import may_certify
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.services.tickets import get_own
from bot.vocabulary import MeetingStatus, Mode, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting that somebody came to."""

    title: str
    mode: Mode
    place: str
    municipality: str
    starts_at: datetime
    ends_at: datetime
    timezone: str

    @property
    def length(self) -> timedelta:
        """How long the meeting was."""
        return self.ends_at - self.starts_at


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


async def list_attended(core: Core, account: Account) -> tuple[Attended, ...]:
    """Return all meetings that this account came to, the oldest first.

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
        attended = tuple(_attended(meeting) for meeting in meetings.all())
    if not attended:
        raise Refused("refused-portfolio")
    return attended


async def count_attended(core: Core, account: Account) -> int:
    """Return how many meetings this account came to."""
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return 0
        statement = (
            select(func.count()).select_from(Meeting).where(_came_to(person, core.clock.now()))
        )
        return await session.scalar(statement) or 0


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
    is_over = (Meeting.ends_at <= now) & (Meeting.status != MeetingStatus.CANCELLED)
    return is_over & checked_in.exists()


def _attended(meeting: Meeting) -> Attended:
    return Attended(
        title=meeting.title,
        mode=meeting.mode,
        place=meeting.place,
        municipality=meeting.municipality.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        timezone=meeting.municipality.timezone,
    )
