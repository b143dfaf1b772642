"""A ticket's QR code, opened by whoever's camera saw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.errors import Forbidden, NotFound, Refused
from bot.models import Meeting, Registration, RegistrationLine
from bot.services.access import find_person
from bot.services.attendance import get_meeting_with_door
from bot.services.core import Account, Core
from bot.services.marks import left_to_mark, marked_since, store_marks
from bot.vocabulary import Category, RegistrationStatus


class ScanOutcome(StrEnum):
    """What a scan did: checked somebody in, found them checked in, or showed what it is."""

    IN = "in"
    ALREADY = "already"
    OWN = "own"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Scan:
    """What the one who scanned is told; a stranger learns no more than the meeting's title.

    Attributes:
        name: who it is; None once that person is erased, and to those who do not run the meeting.
        people: how many of which category.
        since: when they were checked in.
    """

    outcome: ScanOutcome
    registration_id: int
    meeting_id: int
    meeting_token: str
    title: str
    timezone: str
    name: str | None = None
    people: tuple[tuple[Category, int], ...] = ()
    since: datetime | None = None


async def scan_ticket(core: Core, account: Account, token: str) -> Scan:
    """Check in everybody of a registration by the token in its QR code, if one runs the meeting.

    Whoever of it was marked already stays so. Scanned twice, it tells when they were checked in.

    Raises:
        NotFound: no such ticket.
        Refused: the door is not open, or the registration is not active.
    """
    async with core.db.write() as session:
        meeting_id = await session.scalar(
            select(Registration.meeting_id).where(Registration.token == token)
        )
        if meeting_id is None:
            raise NotFound("ticket-not-found")
        try:
            await get_meeting_with_door(session, core, account, meeting_id)
        except Forbidden:
            person = await find_person(session, account)
            registration = await _get_by_token(session, token)
            own = person is not None and registration.person_id == person.id
            return _scan(registration, ScanOutcome.OWN if own else ScanOutcome.FOREIGN)
        # Read under the meeting's lock: a colleague may have marked them a moment ago.
        registration = await _get_by_token(session, token)
        if registration.status is not RegistrationStatus.ACTIVE:
            cancelled = registration.status is RegistrationStatus.CANCELLED
            raise Refused("refused-registration-cancelled" if cancelled else "refused-still-waits")
        lines = left_to_mark(registration.lines)
        if not lines:
            since = marked_since(registration.lines)
            return _scan(registration, ScanOutcome.ALREADY, since=since)
        await _mark(session, core, account, registration, lines, came=True)
        return _scan(registration, ScanOutcome.IN, since=core.clock.now())


async def undo_scan(core: Core, account: Account, registration_id: int) -> None:
    """Take back the marks of a registration; harmless when there are none.

    Raises:
        Forbidden: this account does not run the meeting, or there is no such registration.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting_id = await session.scalar(
            select(Registration.meeting_id).where(Registration.id == registration_id)
        )
        await get_meeting_with_door(session, core, account, meeting_id or 0)
        registration = await session.get_one(
            Registration,
            registration_id,
            options=[selectinload(Registration.lines), selectinload(Registration.meeting)],
        )
        if any(line.came is not None for line in registration.lines):
            await _mark(session, core, account, registration, registration.lines, came=False)


async def _get_by_token(session: AsyncSession, token: str) -> Registration:
    found = await session.scalars(
        select(Registration)
        .where(Registration.token == token)
        .options(
            selectinload(Registration.lines),
            selectinload(Registration.meeting).selectinload(Meeting.municipality),
            selectinload(Registration.person),
        )
        .execution_options(populate_existing=True)
    )
    return found.one()


async def _mark(
    session: AsyncSession,
    core: Core,
    account: Account,
    registration: Registration,
    lines: Sequence[RegistrationLine],
    *,
    came: bool,
) -> None:
    await store_marks(
        session,
        core,
        account,
        registration.meeting,
        "attendance.scan" if came else "attendance.scan_undo",
        [(line, line.seats if came else None) for line in lines],
        registration=registration.id,
    )


def _scan(
    registration: Registration, outcome: ScanOutcome, *, since: datetime | None = None
) -> Scan:
    meeting = registration.meeting
    at_door = outcome in {ScanOutcome.IN, ScanOutcome.ALREADY}
    return Scan(
        outcome=outcome,
        registration_id=registration.id,
        meeting_id=meeting.id,
        meeting_token=meeting.token,
        title=meeting.title,
        timezone=meeting.municipality.timezone,
        name=registration.person.name if at_door and registration.person else None,
        people=tuple((line.category, line.seats) for line in registration.lines) if at_door else (),
        since=since,
    )
