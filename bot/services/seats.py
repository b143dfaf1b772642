"""The seats of a meeting: who has them, who waits for them, and who is next.

Every function that changes anything expects the meeting's row to be taken (`access.lock_meeting`):
then nobody else reads or changes its seats until the transaction ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Refused
from bot.models import Admission, Meeting, Registration, RegistrationLine, SeatLimit
from bot.rules import SignUpTerms, Waiting
from bot.services import due_messages, feedback, meeting_schedule, ticket_notices
from bot.services.core import Core
from bot.vocabulary import (
    TAKING_SEATS,
    Category,
    MeetingStatus,
    MessageKind,
    RegistrationKind,
    RegistrationStatus,
)

_BY_CATEGORY = union_all(  # in one statement: every sign-up asks for all of it
    select(literal("taken"), RegistrationLine.category, func.sum(RegistrationLine.seats))
    .join(RegistrationLine.registration)
    .where(
        Registration.meeting_id == bindparam("meeting_id"), Registration.status.in_(TAKING_SEATS)
    )
    .group_by(RegistrationLine.category),
    select(literal("limit"), SeatLimit.category, SeatLimit.seats).where(
        SeatLimit.meeting_id == bindparam("meeting_id")
    ),
    select(literal("admits"), Admission.category, literal(1)).where(
        Admission.meeting_id == bindparam("meeting_id")
    ),
)


def taken_seats(
    statuses: Collection[RegistrationStatus] = TAKING_SEATS,
) -> ColumnElement[int]:
    """Return the subquery that counts the seats that the row's meeting has given or offered.

    Args:
        statuses: of the registrations that count.
    """
    return (
        select(func.coalesce(func.sum(RegistrationLine.seats), 0))
        .join(Registration, Registration.id == RegistrationLine.registration_id)
        .where(Registration.meeting_id == Meeting.id, Registration.status.in_(statuses))
        .correlate(Meeting)
        .scalar_subquery()
    )


async def get_sign_up_terms(session: AsyncSession, meeting: Meeting) -> SignUpTerms:
    """Return the facts that decide about one more registration, as this transaction sees them."""
    facts: dict[str, dict[Category, int]] = {"taken": {}, "limit": {}, "admits": {}}
    rows = await session.execute(_BY_CATEGORY, {"meeting_id": meeting.id})
    for fact, category, number in rows:
        facts[fact][category] = int(number)
    taken_by = facts["taken"]
    return SignUpTerms(
        status=meeting.status,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        seats=meeting.seats,
        taken=sum(taken_by.values()),
        admits=frozenset(facts["admits"]),
        limits=facts["limit"],
        taken_by=taken_by,
        waiting=await _waiting(session, meeting.id) if meeting.waiting_numbers_issued else (),
        opens_at=meeting.sign_up_opens_at,
        closes_at=meeting.sign_up_closes_at,
    )


async def store_in_line(
    session: AsyncSession,
    core: Core,
    terms: SignUpTerms,
    meeting: Meeting,
    registration: Registration,
    *,
    wait: bool,
) -> None:
    """Store a registration with its seats, all or none; else at the end of the waiting list.

    Args:
        session: the caller's transaction, with the meeting's row taken.
        core: for the clock.
        terms: of the meeting, as this transaction sees them.
        meeting: the registration's.
        registration: with its lines; not stored yet, or cancelled before.
        wait: whether to wait when there is no room.

    Raises:
        Refused: as `rules.check_admitted` and `check_room`.
    """
    people = people_of(registration.lines)
    brings_others = registration.kind is RegistrationKind.GROUP
    own = next((line.category for line in registration.lines if line.is_own), None)
    rules.check_admitted(terms, people, accompanied_by=own if brings_others else None)
    registration.cancelled_at = None
    try:
        passed = rules.check_room(terms, people)
    except Refused:
        if not wait:
            raise
        meeting.waiting_numbers_issued += 1
        registration.waiting_number = meeting.waiting_numbers_issued
        registration.passed_over = 0
        registration.status = RegistrationStatus.WAITING
        session.add(registration)
        await session.flush()
    else:
        session.add(registration)
        await let_in(session, core, meeting, registration)
        await pass_over(session, passed)


async def take_offer(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> bool:
    """Turn an offer into a registration, and return whether there was one that still holds."""
    until = registration.offered_until
    if until is None or until <= core.clock.now():
        return False
    registration.offered_until = None
    await let_in(session, core, meeting, registration)
    return True


async def let_in(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> None:
    """Give a registration its seats, which are free, and plan all that its owner is sent."""
    registration.status = RegistrationStatus.ACTIVE
    registration.sign_ups = (registration.sign_ups or 0) + 1
    await session.flush()
    owed = [
        *await feedback.owed_questions(core, meeting, registration),
        *await meeting_schedule.owed_reminders(core, meeting, registration),
        *await ticket_notices.owed_tickets(registration),
    ]
    await due_messages.plan(session, core, owed, meeting, move=True)


def give_back(core: Core, registration: Registration) -> None:
    """Cancel a registration, whatever it was; `offer_seats` is to follow."""
    registration.status = RegistrationStatus.CANCELLED
    registration.cancelled_at = core.clock.now()
    registration.offered_until = registration.confirmed_at = None


async def offer_seats(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Offer what is free to those who wait, in their order; harmless when nothing is free.

    To be called in every transaction that frees seats. Nothing is offered that could be told only
    after the start, once the night is over.
    """
    if meeting.status is not MeetingStatus.PUBLISHED or not meeting.offers_automatic:
        return
    if await _told_at(core, meeting) >= meeting.starts_at:
        return
    await session.flush()
    while True:
        terms = await get_sign_up_terms(session, meeting)
        entry, passed = rules.next_in_line(terms, terms.waiting)
        if entry is None:
            return
        await pass_over(session, passed)
        await offer(session, core, meeting, entry.registration_id)


async def offer(session: AsyncSession, core: Core, meeting: Meeting, registration_id: int) -> None:
    """Offer somebody on the waiting list their seats for a while, and tell them."""
    registration = await session.get_one(Registration, registration_id)
    told_at = await _told_at(core, meeting)
    registration.offered_until = await offer_ends(core, meeting, told_at)
    registration.status = RegistrationStatus.OFFERED
    registration.offers_made += 1
    await tell_owner(session, core, registration, MessageKind.SEAT_OFFER)
    await session.flush()


async def offer_ends(core: Core, meeting: Meeting, told_at: datetime) -> datetime:
    """Return until when the seats are kept for somebody who is told of them at `told_at`."""
    zone = await due_messages.zone_of(meeting)
    return told_at + rules.offer_life(meeting.starts_at, told_at, zone, core.offer_lives)


async def tell_owner(
    session: AsyncSession, core: Core, registration: Registration, kind: MessageKind
) -> None:
    """Make a message about the latest offer due to the one it was made to."""
    await due_messages.plan_for_owner(
        session,
        core,
        registration,
        kind,
        occurrence=f"offer {registration.offers_made}",
        offer=registration.offers_made,
    )


def people_of(lines: Iterable[RegistrationLine]) -> dict[Category, int]:
    """Return how many people of each category the lines are for."""
    people: defaultdict[Category, int] = defaultdict(int)
    for line in lines:
        people[line.category] += line.seats
    return dict(people)


async def _told_at(core: Core, meeting: Meeting) -> datetime:
    return rules.after_night(core.clock.now(), await due_messages.zone_of(meeting))


async def _waiting(session: AsyncSession, meeting_id: int) -> tuple[Waiting, ...]:
    rows = await session.execute(
        select(
            Registration.id,
            Registration.passed_over,
            RegistrationLine.category,
            RegistrationLine.seats,
        )
        .join(RegistrationLine.registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.status == RegistrationStatus.WAITING,
        )
        .order_by(Registration.waiting_number)
    )
    line: dict[int, tuple[dict[Category, int], int]] = {}
    for registration_id, passed_over, category, seats in rows:
        people, _ = line.setdefault(registration_id, ({}, passed_over))
        people[category] = people.get(category, 0) + seats
    return tuple(
        Waiting(registration_id, people, passed_over)
        for registration_id, (people, passed_over) in line.items()
    )


async def pass_over(session: AsyncSession, passed: Iterable[Waiting]) -> None:
    """Remember of those who wait that somebody behind them got seats."""
    ids = [entry.registration_id for entry in passed]
    if ids:
        await session.execute(
            update(Registration)
            .where(Registration.id.in_(ids))
            .values(passed_over=Registration.passed_over + 1)
        )
