"""The messages whose time follows from a meeting's: planned, moved and dropped along with it.

Which there are, and when each is due, stands in `rules.MESSAGE_RULES`.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.models import Meeting, Registration
from bot.services import due_messages
from bot.services.access import account_of
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind, RegistrationStatus

_TOO_LATE = "its time has passed"
_QUESTIONS = (MessageKind.FEEDBACK_QUESTION, MessageKind.FEEDBACK_REPEAT)


def owed_reminders(
    core: Core, times: rules.MeetingTimes, owner: Account, registration_id: int
) -> list[Owed]:
    """Return what somebody who has their seats is reminded of, and when.

    What would have been due before now is left out.
    """
    now = core.clock.now()
    planned = [(kind, rules.due_at(kind, times)) for kind in rules.REMINDERS]
    return [
        due_messages.owed_to_owner(owner, registration_id, kind, due_at=due_at)
        for kind, due_at in planned
        if due_at > now
    ]


async def plan_for_staff(
    session: AsyncSession, core: Core, meeting: Meeting, accounts: Sequence[Account]
) -> None:
    """Plan what those who run a published meeting are told of it, or move it to its new time.

    The question whether it took place is asked at once when its time has passed; for the rest
    that is too late.
    """
    times = await times_of(meeting)
    now = core.clock.now()
    subject, facts = f"meeting:{meeting.id}", {"meeting_id": meeting.id}
    owed = []
    for kind in rules.FOR_THOSE_WHO_RUN_IT:
        due_at = rules.due_at(kind, times)
        if due_at > now or kind is MessageKind.HELD_QUESTION:
            at = max(due_at, now)
            owed += [Owed(one, kind, subject, due_at=at, facts=facts) for one in accounts]
    await due_messages.plan(session, core, owed, meeting, move=True)


async def move(
    session: AsyncSession, core: Core, meeting: Meeting, accounts: Sequence[Account]
) -> None:
    """Move everything along with a published meeting whose times have changed.

    Args:
        session: the transaction of the change.
        core: for the clock.
        meeting: as it is now.
        accounts: who runs it.
    """
    times = await times_of(meeting)
    now = core.clock.now()
    registrations = await _registrations(session, meeting)
    subjects = [subject_of(registration) for registration in registrations]
    for kind in _QUESTIONS:
        await due_messages.move(session, meeting, kind, subjects, rules.due_at(kind, times))
    late = [kind for kind in rules.REMINDERS if rules.due_at(kind, times) <= now]
    for kind in late:
        await due_messages.withdraw(session, kind, subjects, reason=_TOO_LATE)
    in_force = [one for one in registrations if one.status is RegistrationStatus.ACTIVE]
    reminders = [
        owed
        for one in in_force
        if one.person is not None
        for owed in owed_reminders(
            core,
            replace(times, reminder_hours=one.person.reminder_hours),
            account_of(one.person),
            one.id,
        )
    ]
    await due_messages.plan(session, core, reminders, meeting, move=True)
    for kind in rules.FOR_THOSE_WHO_RUN_IT:
        if rules.due_at(kind, times) <= now:
            await due_messages.withdraw(session, kind, [f"meeting:{meeting.id}"], reason=_TOO_LATE)
    await plan_for_staff(session, core, meeting, accounts)


async def drop(session: AsyncSession, meeting: Meeting, *, reason: str) -> None:
    """Drop everything that was planned for a meeting that will not be."""
    subjects = [subject_of(one) for one in await _registrations(session, meeting)]
    for kind in (*rules.REMINDERS, *_QUESTIONS):
        await due_messages.withdraw(session, kind, subjects, reason=reason)
    for kind in rules.FOR_THOSE_WHO_RUN_IT:
        await due_messages.withdraw(session, kind, [f"meeting:{meeting.id}"], reason=reason)


async def times_of(
    meeting: Meeting, reminder_hours: int = rules.USUAL_REMINDER_HOURS
) -> rules.MeetingTimes:
    """Return what the times of messages about a meeting follow from."""
    zone = await due_messages.zone_of(meeting)
    return rules.MeetingTimes(meeting.starts_at, meeting.ends_at, zone, reminder_hours)


def subject_of(registration: Registration) -> str:
    """Return what messages call a registration."""
    return f"registration:{registration.id}"


async def _registrations(session: AsyncSession, meeting: Meeting) -> Sequence[Registration]:
    found = await session.scalars(
        select(Registration)
        .where(Registration.meeting_id == meeting.id)
        .options(selectinload(Registration.person))
        .order_by(Registration.id)
    )
    return found.all()
