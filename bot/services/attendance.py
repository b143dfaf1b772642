"""The list at the door: who came, who came without a registration, and closing the list.

Every use case that changes a mark takes the meeting's row first and makes the headcounts anew in
the same transaction, so that two curators at one door never count anybody twice.
"""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.cleaning import clean_line
from bot.errors import NotFound, Refused
from bot.models import (
    ORGANISATION_LENGTH,
    Meeting,
    Registration,
    RegistrationLine,
    WalkIn,
)
from bot.services import audit, feedback, headcounts, meeting_notices
from bot.services.access import get_door_meeting, get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import Category, MeetingStatus, RegistrationKind, RegistrationStatus


async def mark(core: Core, account: Account, line_id: int, *, came: bool) -> str | None:
    """Check in everybody of a line, or take that back; the same mark twice changes nothing.

    Returns:
        The name on the line; None once that person is erased.

    Raises:
        Forbidden: this account does not run the line's meeting, or there is no such line.
        Refused: the door is not open, or the registration was cancelled.
    """
    async with core.db.write() as session:
        meeting, line = await _take_line(session, core, account, line_id)
        person = await line.registration.awaitable_attrs.person
        name = person.name if person else None
        if (line.came is not None) == came:
            return name
        if came and line.registration.status is RegistrationStatus.CANCELLED:
            raise Refused("refused-registration-cancelled")
        line.came = line.seats if came else None
        line.marked_at = core.clock.now() if came else None
        await headcounts.recount(session, meeting.id)
        if came:
            await feedback.plan_question(session, core, meeting, line.registration)
        action = "attendance.mark" if came else "attendance.unmark"
        audit.record(session, core, account, action, f"meeting:{meeting.id}", line=line_id)
        return name


async def set_came(core: Core, account: Account, line_id: int, people: int) -> None:
    """Store how many of a group's line came; the same number twice changes nothing.

    More than signed up may come, up to twice as many.

    Raises:
        Forbidden: this account does not run the line's meeting, or there is no such line.
        NotFound: it is no group's line.
        Refused: the door is not open, the registration was cancelled, or too many.
    """
    async with core.db.write() as session:
        meeting, line = await _take_line(session, core, account, line_id)
        registration = line.registration
        if registration.kind is not RegistrationKind.GROUP or line.is_own:
            raise NotFound
        most = rules.most_who_come(line.seats)
        if not 0 <= people <= most:
            raise Refused("refused-came", most=most)
        if line.came == people:
            return
        if people and registration.status is RegistrationStatus.CANCELLED:
            raise Refused("refused-registration-cancelled")
        line.came, line.marked_at = people, core.clock.now()
        await headcounts.recount(session, meeting.id)
        if people:
            await feedback.plan_question(session, core, meeting, registration)
        audit.record(
            session,
            core,
            account,
            "attendance.count",
            f"meeting:{meeting.id}",
            line=line_id,
            people=people,
        )


async def confirm_words(core: Core, account: Account, meeting_id: int) -> int:
    """Check in all those who said themselves that they came and were not marked.

    People speak for themselves: of «Я и ребёнок» only the parent's line is checked in, the child's
    waits for a tap of its own.

    Returns:
        How many people that were.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        registrations = await session.scalars(
            select(Registration)
            .where(*only_said(meeting_id))
            .options(selectinload(Registration.lines))
        )
        people = 0
        for registration in registrations.all():
            own = next(line for line in registration.lines if line.is_own)
            own.came = own.seats
            own.marked_at = core.clock.now()
            people += own.seats
            await feedback.plan_question(session, core, meeting, registration)
        if people:
            await headcounts.recount(session, meeting_id)
            audit.record(
                session, core, account, "attendance.confirm", f"meeting:{meeting_id}", people=people
            )
        return people


async def add_walk_in(
    core: Core,
    account: Account,
    meeting_id: int,
    category: Category,
    organisation: str = "",
    *,
    tap: str | None = None,
) -> int:
    """Count one more person without a registration.

    Args:
        core: what every use case is given.
        account: who stands at the door.
        meeting_id: the meeting's id.
        category: who came.
        organisation: which one, for row 2.11 of Appendix 2; may be empty.
        tap: what names the tap among all: worked off again after a crash, it finds its own row,
            and nobody is counted twice.

    Returns:
        The walk-in's id, to undo it by.

    Raises:
        Forbidden: this account does not run the meeting.
        InvalidInput: the organisation is unreadable or too long.
        Refused: the door is not open.
    """
    organisation = clean_line(organisation, ORGANISATION_LENGTH) if organisation else ""
    async with core.db.write() as session:
        await get_meeting_with_door(session, core, account, meeting_id)
        if tap is not None:
            counted = await session.scalar(select(WalkIn.id).where(WalkIn.tap == tap))
            if counted is not None:
                return counted
        walk_in = WalkIn(
            meeting_id=meeting_id,
            category=category,
            organisation=organisation,
            created_at=core.clock.now(),
            created_by=account.id,
            tap=tap,
        )
        session.add(walk_in)
        await session.flush()
        await headcounts.recount(session, meeting_id)
        audit.record(
            session,
            core,
            account,
            "attendance.walk_in",
            f"meeting:{meeting_id}",
            category=category.value,
        )
        return walk_in.id


async def undo_walk_in(core: Core, account: Account, meeting_id: int, walk_in_id: int) -> None:
    """Take back a walk-in that this account counted; harmless when it is gone already.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        await get_meeting_with_door(session, core, account, meeting_id)
        removed = await session.scalar(
            delete(WalkIn)
            .where(
                WalkIn.id == walk_in_id,
                WalkIn.meeting_id == meeting_id,
                WalkIn.created_by == account.id,
            )
            .returning(WalkIn.id)
        )
        if removed is None:
            return
        await headcounts.recount(session, meeting_id)
        audit.record(session, core, account, "attendance.walk_in_undo", f"meeting:{meeting_id}")


async def close_list(core: Core, account: Account, meeting_id: int) -> None:
    """Confirm «Состоялась»: from now on the meeting counts. Harmless when it is held already.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it has not begun, was not published, or was cancelled.
    """
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if meeting.status is MeetingStatus.HELD:
            return
        rules.check_possible(
            rules.MeetingAction.CLOSE,
            meeting.status,
            meeting.starts_at,
            meeting.ends_at,
            core.clock.now(),
        )
        meeting.status = MeetingStatus.HELD
        meeting.held_at = core.clock.now()
        await meeting_notices.drop_held_question(session, meeting, reason="answered already")
        audit.record(session, core, account, "meeting.hold", f"meeting:{meeting_id}")


def only_said(meeting_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on a registration whose people say they came, and nobody marked."""
    return (
        Registration.meeting_id == meeting_id,
        Registration.status == RegistrationStatus.ACTIVE,
        Registration.says_came_at.is_not(None),
        Registration.lines.any(RegistrationLine.is_own),
        ~Registration.lines.any(RegistrationLine.came.is_not(None)),
    )


async def newest_walk_in(session: AsyncSession, account: Account, meeting_id: int) -> WalkIn | None:
    """Return the last walk-in that this account counted at a meeting."""
    return await session.scalar(
        select(WalkIn)
        .where(WalkIn.meeting_id == meeting_id, WalkIn.created_by == account.id)
        .order_by(WalkIn.id.desc())
        .limit(1)
    )


async def get_meeting_with_door(
    session: AsyncSession, core: Core, account: Account, meeting_id: int
) -> Meeting:
    """Return a meeting whose door this account runs, with its row taken.

    Raises:
        Forbidden: this account has no right to the door, or there is no such meeting.
        Refused: the door is not open.
    """
    _, meeting = await get_door_meeting(session, core, account, meeting_id, lock=True)
    rules.check_possible(
        rules.MeetingAction.DOOR,
        meeting.status,
        meeting.starts_at,
        meeting.ends_at,
        core.clock.now(),
    )
    return meeting


async def _take_line(
    session: AsyncSession, core: Core, account: Account, line_id: int
) -> tuple[Meeting, RegistrationLine]:
    """Take the row of a line's meeting, and return it with the line as it is then."""
    meeting_id = await session.scalar(
        select(Registration.meeting_id)
        .join(Registration.lines)
        .where(RegistrationLine.id == line_id)
    )
    meeting = await get_meeting_with_door(session, core, account, meeting_id or 0)
    line = await session.get_one(
        RegistrationLine, line_id, options=[selectinload(RegistrationLine.registration)]
    )
    return meeting, line
