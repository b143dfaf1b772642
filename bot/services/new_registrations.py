"""A registration that was not there before: its seats, its ticket, and how it is stored.

Its rows are stored by plain statements, which takes a third of the time of a flush, for a flush
looks at all that hangs on the meeting first (docs/decisions/0020). So no object of it is in the
session afterwards: whoever needs one reads it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Registration, RegistrationLine
from bot.rules import SignUpTerms
from bot.services import due_messages
from bot.services.booking import Booker, LockedMeeting, NewLine, SignedUp
from bot.services.core import Core
from bot.services.inserting import table_of
from bot.services.seats import owed_with_seats, pass_over, room_for
from bot.vocabulary import RegistrationKind, RegistrationStatus

_MEETINGS = table_of(Meeting)
_TICKET = (
    update(_MEETINGS)
    .where(_MEETINGS.c.id == bindparam("meeting"))
    .values(
        tickets_issued=_MEETINGS.c.tickets_issued + 1,
        waiting_numbers_issued=_MEETINGS.c.waiting_numbers_issued + bindparam("waits"),
    )
    .returning(_MEETINGS.c.tickets_issued, _MEETINGS.c.waiting_numbers_issued)
)
_REGISTRATION = insert(table_of(Registration)).returning(table_of(Registration).c.id)
_LINES = insert(table_of(RegistrationLine))


async def book(
    session: AsyncSession,
    core: Core,
    terms: SignUpTerms,
    meeting: LockedMeeting,
    booker: Booker,
    kind: RegistrationKind,
    lines: Sequence[NewLine],
    *,
    token: str = "",
    wait: bool = False,
) -> SignedUp:
    """Store a registration with its seats, all or none; else at the end of the waiting list.

    Args:
        session: the caller's transaction, with the meeting's row taken.
        core: for the clock.
        terms: of the meeting, as this transaction sees them.
        meeting: which one.
        booker: who signs up.
        kind: alone or with a group.
        lines: whom for.
        token: of the registration's link; empty: a new one.
        wait: whether to wait when there is no room.

    Raises:
        Refused: as `seats.room_for`.
    """
    passed = room_for(terms, kind, lines, wait=wait)
    seated = passed is not None
    issued = await session.execute(_TICKET, {"meeting": meeting.id, "waits": int(not seated)})
    ticket, waiting_number = issued.one()
    code = rules.ticket_code(ticket)
    status = RegistrationStatus.ACTIVE if seated else RegistrationStatus.WAITING
    registration_id = await session.scalar(
        _REGISTRATION,
        {
            "token": token or secrets.token_urlsafe(12),
            "meeting_id": meeting.id,
            "person_id": booker.person_id,
            "code": code,
            "kind": kind,
            "status": status,
            "sign_ups": int(seated),
            "waiting_number": None if seated else waiting_number,
            "created_at": core.clock.now(),
        },
    )
    await session.execute(
        _LINES, [{"registration_id": registration_id, **asdict(line)} for line in lines]
    )
    if passed is not None:
        starts_at, zone = meeting.starts_at, meeting.timezone
        times = rules.MeetingTimes(starts_at, meeting.ends_at, zone, booker.reminder_hours)
        owed = owed_with_seats(core, times, booker.account, registration_id, sign_ups=1)
        await due_messages.plan(session, core, owed, starts_at=starts_at, timezone=zone, move=True)
        await pass_over(session, passed)
    return SignedUp(
        registration_id=registration_id,
        code=code,
        mode=meeting.mode,
        people=tuple((line.category, line.seats) for line in lines),
        status=status,
        place=None if seated else len(terms.waiting) + 1,
        offered_until=None,
        already=False,
    )
