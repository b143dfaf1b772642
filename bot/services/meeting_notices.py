"""What a meeting's life makes the bot say: planned, moved and dropped in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Person, StaffRole
from bot.services import due_messages, meeting_schedule, team_notices
from bot.services.access import get_managed_meeting
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.services.headcounts import (
    count_came,
    count_signed_up,
    count_team,
    count_walk_ins,
    total_of,
)
from bot.services.ticket_notices import accounts_of, plan_removal
from bot.vocabulary import MeetingStatus, MessageKind


@dataclass(frozen=True, slots=True)
class HeldQuestion:
    """A meeting that is over and waits for «Состоялась» or «Не состоялась».

    Attributes:
        came: how many people came in all.
        walk_ins: how many of them were not signed up.
        team: how many of them are on the team.
        signed_up: how many people were.
    """

    meeting_id: int
    title: str
    starts_at: datetime
    timezone: str
    came: int
    walk_ins: int
    team: int
    signed_up: int


async def plan_for_staff(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Plan what those who run a published meeting are told and asked about it.

    It goes to whoever made the meeting; when they do not run it any more, to the curators and
    coordinators of its municipality. Who was told once is not told again.
    """
    await meeting_schedule.plan_for_staff(session, core, meeting, await who_runs(session, meeting))


async def hand_over(session: AsyncSession, core: Core) -> None:
    """Plan what is told and asked anew for all meetings whose makers do not run them any more.

    To be called wherever a role is given or taken or a person erased, after that, in the same
    transaction; harmless when repeated. What the maker would have been asked is dropped when it
    falls due.
    """
    orphaned = await session.scalars(
        select(Meeting).where(Meeting.status == MeetingStatus.PUBLISHED, ~maker_runs_it())
    )
    for meeting in orphaned.all():
        await plan_for_staff(session, core, meeting)


async def get_held_question(core: Core, account: Account, meeting_id: int) -> HeldQuestion | None:
    """Return what «Состоялась?» is asked about, or None when it is answered already.

    Raises:
        Forbidden: this account does not run the meeting (any more).
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        if meeting.status is not MeetingStatus.PUBLISHED:
            return None
        await session.refresh(meeting, ["municipality"])
        return HeldQuestion(
            meeting_id=meeting.id,
            title=meeting.title,
            starts_at=meeting.starts_at,
            timezone=meeting.municipality.timezone,
            came=total_of(await count_came(session, meeting_id)),
            walk_ins=await count_walk_ins(session, meeting_id),
            team=await count_team(session, meeting_id),
            signed_up=total_of(await count_signed_up(session, meeting_id)),
        )


async def ask_held_again(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Plan the question anew for a list that was opened again before it would have been asked.

    Later nobody is asked: whoever opens a list again knows that it waits for them.
    """
    if meeting.ends_at + rules.HELD_QUESTION_AFTER > core.clock.now():
        await plan_for_staff(session, core, meeting)
        await due_messages.revive(session, MessageKind.HELD_QUESTION, f"meeting:{meeting.id}")


async def drop_held_question(session: AsyncSession, meeting: Meeting, *, reason: str) -> None:
    """Drop the question «Состоялась?»: it was answered, or makes no sense any more."""
    await due_messages.withdraw(
        session, MessageKind.HELD_QUESTION, [f"meeting:{meeting.id}"], reason=reason
    )


async def move(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Move everything that is told and asked along with a published meeting's new times."""
    await meeting_schedule.move(session, core, meeting, await who_runs(session, meeting))


async def tell_of_cancellation(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Tell everybody who is signed up or waits, and drop what would be asked after the meeting."""
    subject, facts = f"meeting:{meeting.id}", {"token": meeting.token}
    owed = [
        Owed(account, MessageKind.MEETING_CANCELLED, subject, facts=facts)
        for account in await accounts_of(session, meeting)
    ]
    await due_messages.plan(session, core, owed, meeting)
    await plan_removal(session, core, meeting)
    await meeting_schedule.drop(session, meeting, reason="meeting cancelled")
    await team_notices.drop_reminders(session, meeting)


def maker_runs_it() -> ColumnElement[bool]:
    """Return what is true of a meeting whose maker still has a role where it is held."""
    return exists().where(
        StaffRole.person_id == Meeting.created_by_id,
        StaffRole.municipality_id == Meeting.municipality_id,
        StaffRole.revoked_at.is_(None),
    )


async def who_runs(session: AsyncSession, meeting: Meeting) -> list[Account]:
    """Return whoever made a meeting, or all who run it when the maker does not any more."""
    rows = await session.execute(
        select(Person.id, Person.account_id, Person.messenger, StaffRole.role)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.municipality_id == meeting.municipality_id, StaffRole.revoked_at.is_(None))
        .order_by(Person.id)
    )
    ownership = rules.Ownership(meeting.municipality_id, meeting.created_by_id)
    accounts: dict[int, Account] = {}
    for person_id, account_id, messenger, role in rows:
        grant = rules.Grant(role, meeting.municipality_id)
        if rules.may_manage_meeting([grant], person_id, ownership):
            accounts[person_id] = Account(account_id, messenger)
    if meeting.created_by_id in accounts:
        return [accounts[meeting.created_by_id]]
    return list(accounts.values())
