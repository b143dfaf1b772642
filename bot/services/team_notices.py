"""What the team of a meeting is told: a reminder, an entry for the calendar, who joined and left.

Each is a message of its own, planned in the transaction that gives the reason for it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Person, TeamMember
from bot.services import due_messages
from bot.services.access import account_of
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind


def in_force(meeting_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on somebody who is on the team of a meeting and can be reached."""
    return (
        TeamMember.meeting_id == meeting_id,
        TeamMember.left_at.is_(None),
        TeamMember.person_id.is_not(None),
    )


async def plan_arrival(
    session: AsyncSession, core: Core, meeting: Meeting, member: TeamMember, inviter: Account
) -> None:
    """Plan what follows when somebody joins: their reminder and file, a word to the inviter."""
    await _plan_reminder(session, core, meeting, member)
    file = await _owed(session, member, MessageKind.CALENDAR_FILE, _joining(member))
    facts = {"member_id": member.id}
    owed = Owed(inviter, MessageKind.TEAM_JOINED, _subject(member), _joining(member), facts=facts)
    await due_messages.plan(session, core, [replace(file, answers=True), owed], meeting)


async def plan_departure(
    session: AsyncSession,
    core: Core,
    member: TeamMember,
    told: Sequence[Account],
    *,
    removed: bool = False,
) -> None:
    """Plan what follows when somebody leaves or is removed: no reminder, a word to who is told.

    Args:
        session: the transaction of it.
        core: for the clock.
        member: who is not on the team any more.
        told: those who run the meeting; whoever is `removed` themselves.
        removed: whether they did not leave by themselves.
    """
    await due_messages.withdraw(
        session, MessageKind.TEAM_REMINDER, [_subject(member)], reason="left the team"
    )
    facts = {"member_id": member.id, "removed": removed}
    owed = [
        Owed(account, MessageKind.TEAM_LEFT, _subject(member), _joining(member), facts=facts)
        for account in told
    ]
    await due_messages.plan(session, core, owed, await member.awaitable_attrs.meeting)


async def owed_calendar_files(
    session: AsyncSession, meeting: Meeting, occurrence: str, due_at: datetime
) -> list[Owed]:
    """Return a new entry for the calendar of everybody on the team of a meeting that changed."""
    return [
        await _owed(session, member, MessageKind.CALENDAR_FILE, occurrence, due_at)
        for member in await _members(session, meeting)
    ]


async def move_reminders(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Move the reminders along with the start; who had theirs already gets no other."""
    if await _reminder_at(core, meeting) is None:
        await drop_reminders(session, meeting, reason="too late to remind")
        return
    for member in await _members(session, meeting):
        await _plan_reminder(session, core, meeting, member)


async def drop_reminders(
    session: AsyncSession, meeting: Meeting, *, reason: str = "meeting cancelled"
) -> None:
    """Drop what the team would be reminded of."""
    subjects = [_subject(member) for member in await _members(session, meeting)]
    await due_messages.withdraw(session, MessageKind.TEAM_REMINDER, subjects, reason=reason)


async def _plan_reminder(
    session: AsyncSession, core: Core, meeting: Meeting, member: TeamMember
) -> None:
    at = await _reminder_at(core, meeting)
    if at is not None:
        owed = await _owed(session, member, MessageKind.TEAM_REMINDER, _joining(member), at)
        await due_messages.plan(session, core, [owed], meeting, move=True)


async def _reminder_at(core: Core, meeting: Meeting) -> datetime | None:
    timezone = await due_messages.zone_of(meeting)
    return rules.remind_team_at(meeting.starts_at, timezone, core.clock.now())


async def _owed(
    session: AsyncSession,
    member: TeamMember,
    kind: MessageKind,
    occurrence: str,
    due_at: datetime | None = None,
) -> Owed:
    person = await session.get_one(Person, member.person_id)
    account = account_of(person)
    facts = {"member_id": member.id}
    return Owed(account, kind, _subject(member), occurrence, due_at, facts)


async def _members(session: AsyncSession, meeting: Meeting) -> Sequence[TeamMember]:
    found = await session.scalars(
        select(TeamMember).where(*in_force(meeting.id)).order_by(TeamMember.id)
    )
    return found.all()


def _subject(member: TeamMember) -> str:
    return f"team:{member.id}"


def _joining(member: TeamMember) -> str:
    """Name this stay on the team: whoever left and joins again is told everything anew."""
    return f"joined {member.joined_at:%Y%m%d%H%M%S}"
