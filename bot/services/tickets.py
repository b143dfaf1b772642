"""What somebody signed up for, as they see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.errors import NotFound
from bot.models import Meeting, Occupation, Person, Registration
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.vocabulary import (
    IN_FORCE,
    Category,
    MeetingStatus,
    Mode,
    RegistrationKind,
    RegistrationStatus,
)


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody calls themselves who comes as `category`: an occupation, or where they work."""

    category: Category
    occupation_ru: str = ""
    occupation_en: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A registration as its owner sees it.

    Attributes:
        status: active, waiting, offered or cancelled.
        people: how many it is for.
        waiting_place: its place (from 1) on the waiting list while it waits.
        offered_until: until when the seats offered to it are kept.
        offers_made: the number of the latest offer.
        came: whether its owner, or anybody they bring, was checked in.
        own_came: whether its owner was.
        says_came: whether its owner says so, which waits for the curator.
        organisation: of a group.
        group: how many of which category are in a group, the one who brings it aside; of a
            personal registration it is empty.
        with_me: whether the one who brings a group is counted with it.
        called: what its owner calls themselves, where they come as what they usually are.
    """

    registration_id: int
    token: str
    title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    mode: Mode
    place: str
    link: str
    code: str
    categories: tuple[Category, ...]
    meeting_status: MeetingStatus
    status: RegistrationStatus
    people: int
    waiting_place: int | None
    offered_until: datetime | None
    offers_made: int
    came: bool
    own_came: bool
    says_came: bool
    organisation: str = ""
    group: Mapping[Category, int] = field(default_factory=dict)
    with_me: bool = False
    called: Called | None = None


async def list_mine(
    core: Core, account: Account, *, past: bool, page: int, per_page: int
) -> tuple[list[Ticket], int]:
    """Return a page of one's own registrations and their number, those that wait included.

    Args:
        core: what every use case is given.
        account: whose.
        past: those to meetings that are over, the newest first; otherwise those to come, the
            nearest first.
        page: from 0.
        per_page: rows on a page.
    """
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return [], 0
        now = core.clock.now()
        statement = select(Registration).join(Meeting).where(Registration.person_id == person.id)
        if past:
            statement = statement.where(
                Registration.status == RegistrationStatus.ACTIVE,
                Meeting.ends_at <= now,
                Meeting.status != MeetingStatus.CANCELLED,
            )
            order = (Meeting.starts_at.desc(), Registration.id)
        else:
            statement = statement.where(Registration.status.in_(IN_FORCE), Meeting.ends_at > now)
            order = (Meeting.starts_at.asc(), Registration.id)
        total = await session.scalar(
            statement.with_only_columns(func.count(), maintain_column_froms=True)
        )
        rows = await session.scalars(
            statement.options(*_TICKET).order_by(*order).limit(per_page).offset(page * per_page)
        )
        return [await _ticket(session, registration) for registration in rows.all()], total or 0


async def get_ticket(core: Core, account: Account, registration_id: int) -> Ticket:
    """Return one's own ticket.

    Raises:
        NotFound: no such registration of this account.
    """
    async with core.db.read() as session:
        return await _ticket(session, await get_own(session, account, registration_id))


_TICKET = (
    selectinload(Registration.lines),
    selectinload(Registration.meeting).selectinload(Meeting.municipality),
)


async def get_own(session: AsyncSession, account: Account, registration_id: int) -> Registration:
    """Return one's own registration with its lines, its meeting and the meeting's place.

    Raises:
        NotFound: no such registration of this account.
    """
    person = await find_person(session, account)
    registration = await session.get(Registration, registration_id, options=_TICKET)
    if person is None or registration is None or registration.person_id != person.id:
        raise NotFound("registration-not-found")
    return registration


async def called_themselves(session: AsyncSession, registration: Registration) -> Called | None:
    """Return what the owner of a registration calls themselves: «учитель», or where they work.

    People know no row of the report. None for pupils, whose grade says it, and for who comes as
    something else than usually, or brings a group without being counted with it.
    """
    own = next((line for line in registration.lines if line.is_own), None)
    person: Person | None = await registration.awaitable_attrs.person
    if own is None or person is None or own.category is not person.category:
        return None
    if own.category.is_pupil:
        return None
    occupation = await session.scalar(
        select(Occupation).where(Occupation.code == person.occupation)
    )
    if occupation is not None:
        return Called(own.category, occupation.name_ru, occupation.name_en)
    return Called(own.category, organisation=own.organisation) if own.organisation else None


async def place_in_line(session: AsyncSession, registration: Registration) -> int | None:
    """Return the place (from 1) of a registration on the waiting list, None when it has none."""
    if registration.status is not RegistrationStatus.WAITING:
        return None
    return await session.scalar(
        select(func.count()).where(
            Registration.meeting_id == registration.meeting_id,
            Registration.status == RegistrationStatus.WAITING,
            Registration.waiting_number <= registration.waiting_number,
        )
    )


async def _ticket(session: AsyncSession, registration: Registration) -> Ticket:
    meeting = registration.meeting
    is_group = registration.kind is RegistrationKind.GROUP
    brought = [line for line in registration.lines if is_group and not line.is_own]
    is_in = registration.status is RegistrationStatus.ACTIVE
    comes = is_in and meeting.status is not MeetingStatus.CANCELLED
    return Ticket(
        registration_id=registration.id,
        token=meeting.token,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        timezone=meeting.municipality.timezone,
        mode=meeting.mode,
        place=meeting.place,
        link=meeting.link if comes else "",  # for those who come
        code=registration.code if is_in else "",
        categories=tuple(line.category for line in registration.lines),
        meeting_status=meeting.status,
        status=registration.status,
        people=sum(line.seats for line in registration.lines),
        waiting_place=await place_in_line(session, registration),
        offered_until=registration.offered_until,
        offers_made=registration.offers_made,
        came=any(line.came for line in registration.lines),
        own_came=is_in and any(line.is_own and line.came for line in registration.lines),
        says_came=registration.says_came_at is not None,
        organisation=brought[0].organisation if brought else "",
        group={line.category: line.seats for line in brought},
        with_me=len(brought) < len(registration.lines),
        called=await called_themselves(session, registration),
    )
