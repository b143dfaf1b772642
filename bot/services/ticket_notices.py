"""What those who are signed up get to keep: the ticket, the entry for their calendar, changes.

Each is a message of its own, planned in the transaction that gives the reason for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Meeting, Person, Registration, TeamMember
from bot.services import due_messages, team_notices
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.services.meeting_draft import MeetingDraft
from bot.services.tickets import Called, called_themselves, get_own
from bot.vocabulary import (
    IN_FORCE,
    Category,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    Mode,
    RegistrationStatus,
)

CHANGES_GATHERED = timedelta(minutes=2)
"""Somebody who moves a meeting often changes the place too: people are told of both at once."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting as the calendar of somebody who takes part in it has it.

    Attributes:
        meeting_token: of the meeting, for its link.
        wanted: whether they still take part and the meeting is still to come.
        changes: how often the meeting was changed.
    """

    meeting_token: str
    title: str
    description: str
    mode: Mode
    place: str
    municipality: str
    link: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    wanted: bool
    cancelled: bool
    changes: int


def occasion_of(core: Core, meeting: Meeting, *, takes_part: bool) -> dict[str, Any]:
    """Return the fields of an `Occasion`, for what somebody keeps of a meeting.

    Args:
        core: for the clock.
        meeting: with its municipality.
        takes_part: whether they still do; then it is wanted until the meeting is over.
    """
    to_come = meeting.status is MeetingStatus.PUBLISHED and meeting.ends_at > core.clock.now()
    return {
        "meeting_token": meeting.token,
        "title": meeting.title,
        "description": meeting.description,
        "mode": meeting.mode,
        "place": meeting.place,
        "municipality": meeting.municipality.name,
        "link": meeting.link,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "timezone": meeting.municipality.timezone,
        "wanted": to_come and takes_part,
        "cancelled": meeting.status is MeetingStatus.CANCELLED,
        "changes": meeting.changes,
    }


@dataclass(frozen=True, slots=True)
class Keepsake(Occasion):
    """A registration with all that its ticket says.

    Attributes:
        token: of the registration, for the QR code.
        people: how many of which category.
        called: what its owner calls themselves, where they come as what they usually are.
    """

    token: str
    code: str
    people: tuple[tuple[Category, int], ...]
    called: Called | None


async def get_keepsake(core: Core, account: Account, registration_id: int) -> Keepsake:
    """Return what one's own ticket says.

    Raises:
        NotFound: no such registration of this account.
    """
    async with core.db.read() as session:
        registration = await get_own(session, account, registration_id)
        return await keepsake_of(session, core, registration)


async def keepsake_of(session: AsyncSession, core: Core, registration: Registration) -> Keepsake:
    """Return what the ticket of a registration says, which was read with `tickets.get_own`."""
    came = any(line.came for line in registration.lines)
    takes_part = registration.status is RegistrationStatus.ACTIVE and not came
    return Keepsake(
        **occasion_of(core, registration.meeting, takes_part=takes_part),
        token=registration.token,
        code=registration.code,
        people=tuple((line.category, line.seats) for line in registration.lines),
        called=await called_themselves(session, registration),
    )


def owed_tickets(owner: Account, registration_id: int, sign_ups: int) -> list[Owed]:
    """Return the ticket and the calendar's entry, for whoever has just got their seats.

    Args:
        owner: who that is.
        registration_id: what gave them the seats.
        sign_ups: how often it did.
    """
    return [
        due_messages.owed_to_owner(
            owner, registration_id, kind, occurrence=f"sign-up {sign_ups}", answers=True
        )
        for kind in (MessageKind.TICKET, MessageKind.CALENDAR_FILE)
    ]


async def plan_change(
    session: AsyncSession, core: Core, meeting: Meeting, before: MeetingDraft
) -> None:
    """Plan what everybody is told of new times or a new place, old → new, once.

    Changes that follow each other within two minutes are told together, and so are those of a
    night to whoever sleeps through it.

    Args:
        session: the transaction of the change.
        core: for the clock.
        meeting: as it is now.
        before: as it was.
    """
    meeting.changes += 1
    due_at = core.clock.now() + CHANGES_GATHERED
    occurrence = f"change {meeting.changes}"
    facts = {
        "token": meeting.token,
        "starts_at": before.starts_at.isoformat(),
        "ends_at": before.ends_at.isoformat(),
        "place": before.place,
        "link": before.link,
    }
    subject = f"meeting:{meeting.id}"
    words = [
        Owed(account, MessageKind.MEETING_CHANGED, subject, occurrence, due_at, facts)
        for account in await accounts_of(session, meeting)
    ]
    files = await _calendar_files(session, meeting, occurrence, due_at)
    # Whoever has the old start in mind must hear of the new one before either of them.
    starts_at = min(before.starts_at, meeting.starts_at)
    for owed in (words, files):
        await _plan_news(session, core, owed, meeting, starts_at)


async def plan_removal(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Plan the files that take a cancelled meeting out of people's calendars."""
    meeting.changes += 1
    files = await _calendar_files(session, meeting, "cancelled", core.clock.now())
    await due_messages.plan(session, core, files, meeting)


async def _plan_news(
    session: AsyncSession, core: Core, owed: Sequence[Owed], meeting: Meeting, starts_at: datetime
) -> None:
    """Plan messages of one kind, but for whoever has yet to get an earlier one of it.

    That one tells of this change as well: it is composed when it goes out, from what they knew
    before. It waits for the morning no longer than this one may.
    """
    if not owed:
        return
    kind, due_at = owed[0].kind, owed[0].due_at
    rows = await session.execute(
        select(DueMessage.id, DueMessage.account_id, DueMessage.messenger, DueMessage.subject)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject.in_({one.subject for one in owed}),
            DueMessage.status == MessageStatus.PLANNED,
            DueMessage.leased_until.is_(None),
        )
        .with_for_update(skip_locked=True)  # what is just being claimed may be composed already
    )
    pending = {(Account(row.account_id, row.messenger), row.subject): row.id for row in rows}
    news = [one for one in owed if (one.account, one.subject) not in pending]
    await due_messages.plan(session, core, news, meeting, starts_at=starts_at)
    if not rules.waits_for_morning(kind, starts_at, core.clock.now()):
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id.in_(pending.values()), DueMessage.quiet_in != "")
            .values(due_at=due_at, quiet_in="")
        )


async def _calendar_files(
    session: AsyncSession, meeting: Meeting, occurrence: str, due_at: datetime
) -> list[Owed]:
    """Return the calendar's entry to everybody who has a seat or is on the team."""
    rows = await session.execute(
        select(Registration.id, Person.account_id, Person.messenger)
        .join(Registration.person)
        .where(
            Registration.meeting_id == meeting.id,
            Registration.status == RegistrationStatus.ACTIVE,
        )
        .order_by(Registration.id)
    )
    participants = [
        Owed(
            Account(account_id, messenger),
            MessageKind.CALENDAR_FILE,
            f"registration:{registration_id}",
            occurrence,
            due_at,
            {"registration_id": registration_id},
        )
        for registration_id, account_id, messenger in rows
    ]
    team = await team_notices.owed_calendar_files(session, meeting, occurrence, due_at)
    return participants + team


async def accounts_of(session: AsyncSession, meeting: Meeting) -> list[Account]:
    """Return who is signed up for a meeting, waits for a seat or is on its team, each once."""
    signed_up = select(Registration.person_id).where(
        Registration.meeting_id == meeting.id, Registration.status.in_(IN_FORCE)
    )
    on_team = select(TeamMember.person_id).where(*team_notices.in_force(meeting.id))
    rows = await session.execute(
        select(Person.account_id, Person.messenger)
        .where(or_(Person.id.in_(signed_up), Person.id.in_(on_team)))
        .order_by(Person.id)
    )
    return [Account(account_id, messenger) for account_id, messenger in rows]
