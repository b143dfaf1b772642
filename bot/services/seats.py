"""The seats of a meeting: who has them, and who waits for them; how they are offered is `offers`'.

Every function that changes anything expects the meeting's row to be taken (`access.lock_meeting`):
then nobody else reads or changes its seats until the transaction ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, bindparam, func, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Refused
from bot.models import Admission, Meeting, Person, Registration, RegistrationLine, SeatLimit
from bot.rules import SignUpTerms, Waiting
from bot.services import due_messages, feedback, meeting_schedule, ticket_notices
from bot.services.access import account_of
from bot.services.booking import LockedMeeting, NewLine
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import (
    TAKING_SEATS,
    Category,
    RegistrationKind,
    RegistrationStatus,
)

Line = RegistrationLine | NewLine
"""So many people of one category, stored or about to be."""

_REGISTRATIONS, _LINES = Registration.__table__, RegistrationLine.__table__
_LIMITS, _ADMISSIONS = SeatLimit.__table__.c, Admission.__table__.c
_BY_CATEGORY = union_all(  # in one statement: every sign-up asks for all of it
    select(literal("taken"), _LINES.c.category, func.sum(_LINES.c.seats))
    .select_from(_LINES.join(_REGISTRATIONS))
    .where(
        _REGISTRATIONS.c.meeting_id == bindparam("meeting_id"),
        _REGISTRATIONS.c.status.in_(TAKING_SEATS),
    )
    .group_by(_LINES.c.category),
    select(literal("limit"), _LIMITS.category, _LIMITS.seats).where(
        _LIMITS.meeting_id == bindparam("meeting_id")
    ),
    select(literal("admits"), _ADMISSIONS.category, literal(1)).where(
        _ADMISSIONS.meeting_id == bindparam("meeting_id")
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


async def get_sign_up_terms(session: AsyncSession, meeting: Meeting | LockedMeeting) -> SignUpTerms:
    """Return the facts that decide about one more registration, as this transaction has stored
    them: what was changed before is to be flushed first."""
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


def room_for(
    terms: SignUpTerms,
    kind: RegistrationKind,
    lines: Iterable[Line],
    *,
    wait: bool,
) -> tuple[Waiting, ...] | None:
    """Return who waits and is passed over by these people; None when they have to wait themselves.

    Args:
        terms: of the meeting, as this transaction sees them.
        kind: alone or with a group.
        lines: who would come.
        wait: whether they wait when there is no room.

    Raises:
        Refused: as `rules.check_admitted` and, for who does not wait, `check_room`.
    """
    people = people_of(lines)
    own = next((line.category for line in lines if line.is_own), None)
    brings_others = kind is RegistrationKind.GROUP
    rules.check_admitted(terms, people, accompanied_by=own if brings_others else None)
    try:
        return rules.check_room(terms, people)
    except Refused:
        if wait:
            return None
        raise


async def take_up_again(
    session: AsyncSession,
    core: Core,
    terms: SignUpTerms,
    meeting: Meeting,
    registration: Registration,
    *,
    wait: bool,
) -> None:
    """Give a registration that was cancelled its seats, all or none; else the end of the list.

    Args:
        session: the caller's transaction, with the meeting's row taken.
        core: for the clock.
        terms: of the meeting, as this transaction sees them.
        meeting: the registration's.
        registration: with its lines.
        wait: whether to wait when there is no room.

    Raises:
        Refused: as `room_for`.
    """
    passed = room_for(terms, registration.kind, registration.lines, wait=wait)
    registration.cancelled_at = None
    if passed is None:
        meeting.waiting_numbers_issued += 1
        registration.waiting_number = meeting.waiting_numbers_issued
        registration.passed_over = 0
        registration.status = RegistrationStatus.WAITING
        await session.flush()
    else:
        await let_in(session, core, meeting, registration)
        await pass_over(session, passed)


async def let_in(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> None:
    """Give a registration its seats, which are free, and plan all that its owner is sent."""
    registration.status = RegistrationStatus.ACTIVE
    registration.sign_ups += 1
    await session.flush()
    person: Person | None = await registration.awaitable_attrs.person
    if person is None:  # erased: nothing is owed to them
        return
    times = await meeting_schedule.times_of(meeting, person.reminder_hours)
    owner = account_of(person)
    owed = owed_with_seats(core, times, owner, registration.id, registration.sign_ups)
    await due_messages.plan(session, core, owed, meeting, move=True)


def owed_with_seats(
    core: Core, times: rules.MeetingTimes, owner: Account, registration_id: int, sign_ups: int
) -> list[Owed]:
    """Return all that somebody is sent who has just got their seats.

    Args:
        core: for the clock.
        times: of the meeting, for this person.
        owner: who they are.
        registration_id: what gave them the seats.
        sign_ups: how often it did.
    """
    return [
        *feedback.owed_questions(core, times, owner, registration_id),
        *meeting_schedule.owed_reminders(core, times, owner, registration_id),
        *ticket_notices.owed_tickets(owner, registration_id, sign_ups),
    ]


def give_back(core: Core, registration: Registration) -> None:
    """Cancel a registration, whatever it was; `offer_seats` is to follow."""
    registration.status = RegistrationStatus.CANCELLED
    registration.cancelled_at = core.clock.now()
    registration.offered_until = registration.confirmed_at = None


def people_of(lines: Iterable[Line]) -> dict[Category, int]:
    """Return how many people of each category the lines are for."""
    people: defaultdict[Category, int] = defaultdict(int)
    for line in lines:
        people[line.category] += line.seats
    return dict(people)


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
