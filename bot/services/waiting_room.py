"""The waiting list as those who run the meeting see and work it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.errors import Refused
from bot.models import Registration, RegistrationLine
from bot.rules import Waiting, next_in_line
from bot.services import audit
from bot.services.access import get_managed_meeting
from bot.services.core import Account, Core
from bot.services.offers import offer, offer_seats
from bot.services.seats import get_sign_up_terms, people_of
from bot.services.tickets import place_in_line
from bot.vocabulary import (
    ON_WAITING_LIST,
    Category,
    MeetingStatus,
    RegistrationKind,
    RegistrationStatus,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the waiting list as the curator sees them.

    Attributes:
        name: of who signed up; None once that person is erased.
        organisation: that a group comes from; empty for a personal registration.
        people: how many of which category.
        place: on the list, from 1; None while seats are offered.
        offered_until: None while nothing is offered.
    """

    registration_id: int
    name: str | None
    organisation: str
    people: tuple[tuple[Category, int], ...]
    place: int | None
    offered_until: datetime | None

    @property
    def total(self) -> int:
        """How many seats it needs."""
        return sum(number for _, number in self.people)


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """One page of a meeting's waiting list, with its numbers.

    Attributes:
        left: seats that nobody has, None without a limit.
        waiting: how many registrations wait, and `waiting_people` how many people they are.
        offered: how many registrations have an offer.
        automatic: whether free seats are offered without anybody's doing.
        next_id: whose turn it is, of those who fit; None: nobody's.
        entries: of this page, those with an offer first.
    """

    title: str
    timezone: str
    left: int | None
    waiting: int
    waiting_people: int
    offered: int
    automatic: bool
    next_id: int | None
    entries: tuple[Entry, ...]


async def count_listed(session: AsyncSession, meeting_id: int) -> int:
    """Return how many registrations are on a meeting's waiting list, offers included."""
    return (
        await session.scalar(
            select(func.count()).where(
                Registration.meeting_id == meeting_id, Registration.status.in_(ON_WAITING_LIST)
            )
        )
        or 0
    )


async def get_waiting_room(
    core: Core, account: Account, meeting_id: int, page: int, per_page: int
) -> WaitingRoom:
    """Return a page (from 0) of the waiting list.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        await session.refresh(meeting, ["municipality"])
        terms = await get_sign_up_terms(session, meeting)
        rows = await session.scalars(
            select(Registration)
            .where(Registration.meeting_id == meeting_id, Registration.status.in_(ON_WAITING_LIST))
            .order_by(Registration.offered_until.is_(None), Registration.waiting_number)
            .limit(per_page)
            .offset(page * per_page)
            .options(selectinload(Registration.lines), selectinload(Registration.person))
        )
        following, _ = next_in_line(terms, terms.waiting)
        return WaitingRoom(
            title=meeting.title,
            timezone=meeting.municipality.timezone,
            left=terms.left,
            waiting=len(terms.waiting),
            waiting_people=sum(entry.total for entry in terms.waiting),
            offered=await count_listed(session, meeting_id) - len(terms.waiting),
            automatic=meeting.offers_automatic,
            next_id=following.registration_id if following else None,
            entries=tuple([await _entry(session, row) for row in rows.all()]),
        )


async def get_entry(core: Core, account: Account, meeting_id: int, registration_id: int) -> Entry:
    """Return one entry of the waiting list.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the entry is gone.
    """
    async with core.db.read() as session:
        await get_managed_meeting(session, core, account, meeting_id)
        return await _entry(session, await _find_listed(session, meeting_id, registration_id))


async def _find_listed(
    session: AsyncSession, meeting_id: int, registration_id: int
) -> Registration:
    registration = await session.scalar(
        select(Registration)
        .where(Registration.id == registration_id, Registration.meeting_id == meeting_id)
        .options(selectinload(Registration.lines), selectinload(Registration.person))
    )
    if registration is None or registration.status not in ON_WAITING_LIST:
        raise Refused("refused-not-waiting")
    return registration


async def _entry(session: AsyncSession, registration: Registration) -> Entry:
    is_group = registration.kind is RegistrationKind.GROUP
    others: list[RegistrationLine] = [line for line in registration.lines if not line.is_own]
    return Entry(
        registration_id=registration.id,
        name=registration.person.name if registration.person else None,
        organisation=others[0].organisation if is_group and others else "",
        people=tuple(people_of(registration.lines).items()),
        place=await place_in_line(session, registration),
        offered_until=registration.offered_until,
    )


async def offer_by_hand(
    core: Core, account: Account, meeting_id: int, registration_id: int
) -> None:
    """Offer somebody on the waiting list their seats out of turn; harmless when offered already.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the entry is gone, the meeting has begun or was cancelled, or there are too few
            seats.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        registration = await _find_listed(session, meeting_id, registration_id)
        if registration.status is RegistrationStatus.OFFERED:
            return
        begun = meeting.starts_at <= core.clock.now()
        if begun or meeting.status is not MeetingStatus.PUBLISHED:
            raise Refused("refused-too-late-to-offer")
        terms = await get_sign_up_terms(session, meeting)
        wanted = Waiting(registration_id, people_of(registration.lines))
        if next_in_line(terms, [wanted])[0] is None:
            raise Refused("refused-too-few-to-offer", free=terms.left or 0, wanted=wanted.total)
        await offer(session, core, meeting, registration_id)
        audit.record(
            session,
            core,
            account,
            "waitlist.offer",
            f"meeting:{meeting_id}",
            registration=registration_id,
        )


async def set_automatic(core: Core, account: Account, meeting_id: int, *, automatic: bool) -> None:
    """Turn automatic offers on, which makes those that are due, or off.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if meeting.offers_automatic == automatic:
            return
        meeting.offers_automatic = automatic
        await offer_seats(session, core, meeting)
        audit.record(
            session,
            core,
            account,
            "waitlist.automatic",
            f"meeting:{meeting_id}",
            automatic=automatic,
        )
