"""The list at the door: who came, who came without a registration, and closing the list.

Every use case that changes a mark takes the meeting's row first and makes the headcounts anew in
the same transaction, so that two curators at one door never count anybody twice.
"""

from sqlalchemy import and_, delete, or_, select
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
from bot.services import audit, headcounts, meeting_notices
from bot.services.access import check_possible, get_door_meeting, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.marks import store_marks
from bot.services.staff_walk_ins import OF_STAFF
from bot.vocabulary import Category, MeetingStatus, RegistrationKind, RegistrationStatus

FROM_PAPER = "paper:"
"""Begins the `tap` of a walk-in that holds a total of a paper list."""

BY_TAP = or_(
    WalkIn.tap.is_(None),
    and_(*(~WalkIn.tap.startswith(begins, autoescape=True) for begins in (FROM_PAPER, OF_STAFF))),
)
"""The condition on a walk-in that it was counted at the door, where the last one can be undone."""


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
        action = "attendance.mark" if came else "attendance.unmark"
        people = line.seats if came else None
        await store_marks(session, core, account, meeting, action, [(line, people)], line=line_id)
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
        meeting, line = await _take_group_line(session, core, account, line_id)
        most = rules.most_who_come(line.seats)
        if not 0 <= people <= most:
            raise Refused("refused-came", most=most)
        if line.came == people:
            return
        if people and line.registration.status is RegistrationStatus.CANCELLED:
            raise Refused("refused-registration-cancelled")
        await store_marks(
            session,
            core,
            account,
            meeting,
            "attendance.count",
            [(line, people)],
            line=line_id,
            people=people,
        )


async def clear_came(core: Core, account: Account, line_id: int) -> None:
    """Take the number of a group's line back: nobody has counted it. Harmless when repeated.

    Raises:
        Forbidden: this account does not run the line's meeting, or there is no such line.
        NotFound: it is no group's line.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting, line = await _take_group_line(session, core, account, line_id)
        if line.came is None:
            return
        action = "attendance.count_undo"
        await store_marks(session, core, account, meeting, action, [(line, None)], line=line_id)


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
                BY_TAP,
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
        check_possible(core, rules.MeetingAction.CLOSE, meeting)
        meeting.status = MeetingStatus.HELD
        meeting.held_at = core.clock.now()
        await meeting_notices.drop_held_question(session, meeting, reason="answered already")
        audit.record(session, core, account, "meeting.hold", f"meeting:{meeting_id}")


async def newest_walk_in(session: AsyncSession, account: Account, meeting_id: int) -> WalkIn | None:
    """Return the last walk-in that this account counted at a meeting."""
    return await session.scalar(
        select(WalkIn)
        .where(WalkIn.meeting_id == meeting_id, WalkIn.created_by == account.id, BY_TAP)
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
    check_possible(core, rules.MeetingAction.DOOR, meeting)
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


async def _take_group_line(
    session: AsyncSession, core: Core, account: Account, line_id: int
) -> tuple[Meeting, RegistrationLine]:
    """The same for a line whose people are counted."""
    meeting, line = await _take_line(session, core, account, line_id)
    if line.registration.kind is not RegistrationKind.GROUP or line.is_own:
        raise NotFound
    return meeting, line
