"""What the team of a meeting is told: a reminder, an entry for the calendar, who joined and left.

Each is a message of its own, planned in the transaction that gives the reason for it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Meeting, Person, TeamMember
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.vocabulary import MessageKind, MessageStatus


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
    await _plan_reminder(session, core, meeting, member, _joining(member))
    await _plan(
        session, core, member, MessageKind.CALENDAR_FILE, _joining(member), core.clock.now()
    )
    await due_messages.plan(
        session,
        core,
        account=inviter,
        kind=MessageKind.TEAM_JOINED,
        subject=_subject(member),
        occurrence=_joining(member),
        due_at=core.clock.now(),
        facts={"member_id": member.id},
    )


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
    for account in told:
        await due_messages.plan(
            session,
            core,
            account=account,
            kind=MessageKind.TEAM_LEFT,
            subject=_subject(member),
            occurrence=_joining(member),
            due_at=core.clock.now(),
            facts={"member_id": member.id, "removed": removed},
        )


async def plan_calendar_files(
    session: AsyncSession, core: Core, meeting: Meeting, occurrence: str, due_at: datetime
) -> None:
    """Plan a new entry for the calendar of everybody on the team of a meeting that changed."""
    for member in await _members(session, meeting):
        await _plan(session, core, member, MessageKind.CALENDAR_FILE, occurrence, due_at)


async def move_reminders(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Move the reminders along with the start; who had theirs already gets another one."""
    at = rules.remind_team_at(meeting.starts_at, core.clock.now())
    if at is None:
        await drop_reminders(session, meeting, reason="too late to remind")
        return
    members = await _members(session, meeting)
    subjects = [_subject(member) for member in members]
    await due_messages.move(session, MessageKind.TEAM_REMINDER, subjects, at)
    for member in members:
        is_planned = exists().where(
            DueMessage.kind == MessageKind.TEAM_REMINDER,
            DueMessage.subject == _subject(member),
            DueMessage.status == MessageStatus.PLANNED,
        )
        if not await session.scalar(select(is_planned)):
            occurrence = f"{_joining(member)} {meeting.changes}"
            await _plan_reminder(session, core, meeting, member, occurrence)


async def drop_reminders(
    session: AsyncSession, meeting: Meeting, *, reason: str = "meeting cancelled"
) -> None:
    """Drop what the team would be reminded of."""
    subjects = [_subject(member) for member in await _members(session, meeting)]
    await due_messages.withdraw(session, MessageKind.TEAM_REMINDER, subjects, reason=reason)


async def _plan_reminder(
    session: AsyncSession, core: Core, meeting: Meeting, member: TeamMember, occurrence: str
) -> None:
    at = rules.remind_team_at(meeting.starts_at, core.clock.now())
    if at is not None:
        await _plan(session, core, member, MessageKind.TEAM_REMINDER, occurrence, at)


async def _plan(
    session: AsyncSession,
    core: Core,
    member: TeamMember,
    kind: MessageKind,
    occurrence: str,
    due_at: datetime,
) -> None:
    person = await session.get_one(Person, member.person_id)
    await due_messages.plan(
        session,
        core,
        account=Account(person.account_id, person.messenger),
        kind=kind,
        subject=_subject(member),
        occurrence=occurrence,
        due_at=due_at,
        facts={"member_id": member.id},
    )


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
