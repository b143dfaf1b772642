"""What every way of signing up shares: who may, for which meeting, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot import rules
from bot.errors import ConsentRequired, NotFound, Refused
from bot.models import Meeting, Municipality, Person, Registration, RegistrationLine
from bot.services.access import check_consent, find_person, find_team_role, lock_meeting
from bot.services.core import Account, Core
from bot.services.tickets import place_in_line
from bot.vocabulary import (
    TAKING_SEATS,
    Category,
    MeetingStatus,
    Mode,
    RegistrationStatus,
)

# Columns, not entities: a sign-up changes no object of these (docs/decisions/0020).
_MEETINGS, _MUNICIPALITIES = Meeting.__table__, Municipality.__table__
_BY_TOKEN = (
    select(
        _MEETINGS.c.id,
        _MEETINGS.c.status,
        _MEETINGS.c.mode,
        _MEETINGS.c.starts_at,
        _MEETINGS.c.ends_at,
        _MUNICIPALITIES.c.timezone,
        _MEETINGS.c.seats,
        _MEETINGS.c.sign_up_opens_at,
        _MEETINGS.c.sign_up_closes_at,
        _MEETINGS.c.waiting_numbers_issued,
    )
    .select_from(_MEETINGS.join(_MUNICIPALITIES))
    .where(_MEETINGS.c.token == bindparam("token"))
)
_LOCKED_BY_TOKEN = _BY_TOKEN.with_for_update(of=_MEETINGS)
_PEOPLE = Person.__table__.c
_BOOKER = select(
    _PEOPLE.id,
    _PEOPLE.consent_version,
    _PEOPLE.profile_done_at,
    _PEOPLE.category,
    _PEOPLE.grade,
    _PEOPLE.grade_asked_on,
    _PEOPLE.organisation,
    _PEOPLE.reminder_hours,
).where(_PEOPLE.messenger == bindparam("messenger"), _PEOPLE.account_id == bindparam("account_id"))


@dataclass(frozen=True, slots=True)
class LockedMeeting:
    """What whoever takes seats must know of a meeting, whose row the transaction has taken.

    Attributes:
        timezone: of its municipality.
        waiting_numbers_issued: how many were put on the waiting list so far.
    """

    id: int
    status: MeetingStatus
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    timezone: str
    seats: int | None
    sign_up_opens_at: datetime | None
    sign_up_closes_at: datetime | None
    waiting_numbers_issued: int


@dataclass(frozen=True, slots=True)
class Booker:
    """Somebody who may take seats: they agreed, and their profile is finished.

    Attributes:
        usual: what they come as when nothing else is said.
        organisation: where they learn or work.
        reminder_hours: how long before a start they want to be reminded.
    """

    account: Account
    person_id: int
    usual: Category
    organisation: str
    reminder_hours: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """So many people of one category.

    Attributes:
        organisation: where they come from.
        is_own: whether it counts the one who signs up.
    """

    category: Category
    seats: int = 1
    organisation: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class SignedUp:
    """The outcome of signing up.

    Attributes:
        people: how many of which category.
        status: active, waiting or offered.
        place: on the waiting list, from 1; None to whoever is not on it.
        offered_until: until when an offered seat is kept.
        already: the same was done before this tap.
    """

    registration_id: int
    code: str
    mode: Mode
    people: tuple[tuple[Category, int], ...]
    status: RegistrationStatus
    place: int | None
    offered_until: datetime | None
    already: bool

    @property
    def categories(self) -> tuple[Category, ...]:
        """Who comes, one entry per line."""
        return tuple(category for category, _ in self.people)


async def get_booker(session: AsyncSession, core: Core, account: Account) -> Booker:
    """Return who takes seats.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
    """
    found = await session.execute(
        _BOOKER, {"messenger": account.messenger, "account_id": account.id}
    )
    person = found.one_or_none()
    if person is None:
        raise ConsentRequired
    check_consent(person.consent_version)
    stale = person.grade is not None and rules.grade_is_stale(person.grade_asked_on, core.today())
    if person.profile_done_at is None or person.category is None or stale:
        raise ConsentRequired("refused-profile-unfinished")
    return Booker(account, person.id, person.category, person.organisation, person.reminder_hours)


async def lock_meeting_by_token(session: AsyncSession, token: str) -> LockedMeeting:
    """Take the row of the meeting with this link (see `access.lock_meeting`).

    Raises:
        NotFound: no such meeting.
    """
    found = await session.execute(_LOCKED_BY_TOKEN, {"token": token})
    meeting = found.mappings().one_or_none()
    if meeting is None:
        raise NotFound("meeting-not-found")
    return LockedMeeting(**meeting)


async def find_own_line(
    session: AsyncSession, meeting_id: int, person_id: int
) -> RegistrationLine | None:
    """Return the line that counts a person at a meeting: their own or in a group they bring."""
    return await session.scalar(
        select(RegistrationLine)
        .join(RegistrationLine.registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.person_id == person_id,
            Registration.status.in_(TAKING_SEATS),
            RegistrationLine.is_own,
        )
        .options(joinedload(RegistrationLine.registration).selectinload(Registration.lines))
        .limit(1)
    )


async def is_counted(session: AsyncSession, meeting_id: int, person_id: int) -> bool:
    """Whether a person is counted at a meeting already: by a line, or on its team."""
    if await find_team_role(session, person_id, meeting_id) is not None:
        return True
    return await find_own_line(session, meeting_id, person_id) is not None


async def check_not_on_team(session: AsyncSession, meeting_id: int, person_id: int) -> None:
    """Check that somebody who wants a seat is not on the meeting's team.

    Raises:
        Refused: they are, and need no seat.
    """
    if await find_team_role(session, person_id, meeting_id) is not None:
        raise Refused("refused-on-team")


async def lock_own_registration(
    session: AsyncSession, account: Account, registration_id: int
) -> tuple[Meeting, Registration]:
    """Take the row of a meeting, and return it with one's own registration as it is then.

    Raises:
        NotFound: no such registration of this account.
    """
    person = await find_person(session, account)
    found = await session.execute(
        select(Registration.meeting_id, Registration.person_id).where(
            Registration.id == registration_id
        )
    )
    row = found.one_or_none()
    if person is None or row is None or row.person_id != person.id:
        raise NotFound("registration-not-found")
    meeting = await lock_meeting(session, row.meeting_id)
    registration = await session.get_one(
        Registration,
        registration_id,
        options=[selectinload(Registration.lines)],
        populate_existing=True,
    )
    return meeting, registration


async def outcome(
    session: AsyncSession,
    meeting: Meeting | LockedMeeting,
    registration: Registration,
    *,
    already: bool,
) -> SignedUp:
    """Return what became of a registration, within the caller's transaction."""
    return SignedUp(
        registration_id=registration.id,
        code=registration.code,
        mode=meeting.mode,
        people=tuple((line.category, line.seats) for line in registration.lines),
        status=registration.status,
        place=await place_in_line(session, registration),
        offered_until=registration.offered_until,
        already=already,
    )
