"""Reminders of a meeting to whoever signed up, and what they answer: «Приду»."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import NotFound, Refused
from bot.models import Meeting, Person, Registration, RegistrationLine
from bot.services.access import get_person
from bot.services.booking import lock_own_registration
from bot.services.core import Account, Core
from bot.services.meeting_schedule import times_of
from bot.services.ticket_notices import Keepsake, keepsake_of
from bot.services.tickets import get_own
from bot.vocabulary import (
    Category,
    MeetingStatus,
    MessageKind,
    RegistrationKind,
    RegistrationStatus,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is reminded of.

    Attributes:
        occasion: the meeting, and what their ticket says.
        group: the categories of the group they bring, whose number may become smaller.
        confirmed: whether they answered «Приду».
    """

    registration_id: int
    occasion: Keepsake
    group: tuple[Category, ...]
    confirmed: bool


async def find_due(
    core: Core, account: Account, registration_id: int, kind: MessageKind
) -> Reminder | None:
    """Return what a reminder says at sending time, or None when it is not to be sent any more.

    Not to those who are not signed up any more or are there already, nor once the meeting has
    begun; and no reminder before its time or after that of the next one (`rules.reminder_now`).
    """
    async with core.db.read() as session:
        try:
            registration = await get_own(session, account, registration_id)
            _check_answerable(core, registration)
        except (NotFound, Refused):
            return None
        person: Person = await registration.awaitable_attrs.person
        times = await times_of(registration.meeting, person.reminder_hours)
        reminder = await _reminder_of(session, core, registration)
        in_time = rules.reminder_now(times, core.clock.now()) is kind
        return reminder if in_time and reminder.occasion.wanted else None


async def get_reminder(core: Core, account: Account, registration_id: int) -> Reminder:
    """Return what somebody was reminded of, as it is now.

    Raises:
        NotFound: no such registration of this account.
        Refused: it is not in force any more, or the meeting has begun or is cancelled.
    """
    async with core.db.read() as session:
        registration = await get_own(session, account, registration_id)
        _check_answerable(core, registration)
        return await _reminder_of(session, core, registration)


async def confirm(core: Core, account: Account, registration_id: int) -> Reminder:
    """Store that somebody said «Приду»; the same answer twice is one.

    Raises:
        NotFound: no such registration of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: it is not in force any more, or the meeting has begun or is cancelled.
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        await get_person(session, account)
        await session.refresh(registration, ["meeting"])
        await session.refresh(meeting, ["municipality"])
        _check_answerable(core, registration)
        registration.confirmed_at = registration.confirmed_at or core.clock.now()
        return await _reminder_of(session, core, registration)


async def forget_answers(session: AsyncSession, meeting: Meeting) -> None:
    """Forget who said «Приду», within the caller's transaction that gives the meeting another
    start: they said it of the old one."""
    await session.execute(
        update(Registration)
        .where(Registration.meeting_id == meeting.id, Registration.confirmed_at.is_not(None))
        .values(confirmed_at=None)
    )


async def count_confirmed(session: AsyncSession, meeting_id: int) -> int:
    """Return how many people of those signed up said «Приду», groups by their numbers."""
    people = await session.scalar(
        select(func.sum(RegistrationLine.seats))
        .join(RegistrationLine.registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.status == RegistrationStatus.ACTIVE,
            Registration.confirmed_at.is_not(None),
        )
    )
    return people or 0


def _check_answerable(core: Core, registration: Registration) -> None:
    meeting = registration.meeting
    if meeting.status is MeetingStatus.CANCELLED:
        raise Refused("refused-cancelled")
    if registration.status is not RegistrationStatus.ACTIVE:
        raise Refused("refused-not-signed-up")
    if meeting.status is not MeetingStatus.PUBLISHED or meeting.starts_at <= core.clock.now():
        raise Refused("refused-begun")


async def _reminder_of(session: AsyncSession, core: Core, registration: Registration) -> Reminder:
    return Reminder(
        registration_id=registration.id,
        occasion=await keepsake_of(session, core, registration),
        group=tuple(
            line.category
            for line in registration.lines
            if registration.kind is RegistrationKind.GROUP and not line.is_own
        ),
        confirmed=registration.confirmed_at is not None,
    )
