"""Writing down who came: the one place where a mark is made or taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Meeting, RegistrationLine
from bot.services import audit, feedback, headcounts
from bot.services.core import Account, Core
from bot.services.staff_walk_ins import give_way

Mark = tuple[RegistrationLine, int | None]
"""A line, and how many of its people came; None takes the mark back."""


def left_to_mark(lines: Sequence[RegistrationLine]) -> list[RegistrationLine]:
    """Return which lines of a registration a scan checks in: those that nobody marked yet.

    All of them, where it was marked that nobody came: now somebody did.
    """
    nobody = not any(line.came for line in lines)
    return [line for line in lines if nobody or line.came is None]


def marked_since(lines: Sequence[RegistrationLine]) -> datetime | None:
    """Return when the first of these lines was checked in; None: nobody was."""
    return min((line.marked_at for line in lines if line.came and line.marked_at), default=None)


async def store_marks(
    session: AsyncSession,
    core: Core,
    account: Account,
    meeting: Meeting,
    action: str,
    marks: Sequence[Mark],
    **details: Any,
) -> None:
    """Mark lines of a meeting whose row the caller has taken, and all that follows from it.

    The headcounts are made anew, whoever runs the meeting and counted themselves is counted on
    their line alone, whoever came is to be asked how it was, the log says who did it.

    Args:
        session: the caller's write transaction.
        core: what every use case is given.
        account: who marks.
        meeting: of all the lines.
        action: for the log: "attendance.mark".
        marks: see `Mark`.
        details: for the log: ids and numbers.
    """
    came = {}
    themselves = set()
    for line, people in marks:
        line.came = people
        line.marked_at = None if people is None else core.clock.now()
        if people:
            registration = came[line.registration_id] = await line.awaitable_attrs.registration
            if line.is_own and registration.person_id is not None:
                themselves.add(registration.person_id)
    await give_way(session, meeting.id, themselves)
    await headcounts.recount(session, meeting.id)
    for registration in came.values():
        await feedback.plan_question(session, core, meeting, registration)
    audit.record(session, core, account, action, f"meeting:{meeting.id}", **details)
