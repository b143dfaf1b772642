"""Messages the bot owes somebody: rows, not timers.

Planned in the transaction that makes them due, moved and withdrawn with what they are about. How
they go out is `outbox`'s. A planned row may be leased: then nobody takes it before `leased_until`,
be it because somebody is at it, or because the last attempt failed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Meeting, Person, Registration
from bot.services.access import account_of
from bot.services.core import Account, Core
from bot.services.inserting import insert_into
from bot.vocabulary import MessageKind, MessageStatus

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert

_KEY = ("account_id", "messenger", "kind", "subject", "occurrence")
_NOT_SENT = (MessageStatus.PLANNED, MessageStatus.DROPPED)
FREE: Mapping[str, Any] = {"claimed_by": "", "leased_until": None}
"""Nobody has it in hand."""
AFRESH: Mapping[str, Any] = {**FREE, "reason": "", "attempts": 0, "failing_since": None}
"""Nobody has tried yet."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that is owed to somebody.

    Attributes:
        account: whom it goes to.
        kind: what it says; with `subject` ("meeting:12") and `occurrence` (tells repeats about
            one subject apart) it names the thing, which is owed to an account once, ever.
        subject: what it is about.
        occurrence: see `kind`.
        due_at: when it shall go out, the quiet hours aside; None, or past: at once.
        facts: what composing it needs, as JSON.
        answers: whether it answers what its person just did, and so waits for no morning.
    """

    account: Account
    kind: MessageKind
    subject: str
    occurrence: str = ""
    due_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    answers: bool = False


async def plan(
    session: AsyncSession,
    core: Core,
    owed: Sequence[Owed],
    meeting: Meeting | None = None,
    *,
    starts_at: datetime | None = None,
    timezone: str = "",
    move: bool = False,
) -> None:
    """Plan messages within the caller's transaction; one that was planned stays as it is.

    What falls into the quiet hours is planned for the morning (`rules.waits_for_morning`).

    Args:
        session: the transaction that makes the messages due.
        core: for the clock.
        owed: the messages.
        meeting: what they are about: its municipality's night counts.
        starts_at: before which start of it people must know; None: the meeting's own.
        timezone: whose night counts where no meeting is given; empty: the region's.
        move: give those that are planned already, or were dropped, their new time and facts; what
            was sent stays sent.
    """
    if not owed:
        return
    now = core.clock.now()
    starts_at = starts_at or (meeting.starts_at if meeting else None)
    zone = await zone_of(meeting) if meeting else timezone or core.timezone
    rows = []
    for one in owed:
        waits = not one.answers and rules.waits_for_morning(one.kind, starts_at, now)
        due_at = one.due_at or now
        rows.append(
            {
                "messenger": one.account.messenger,
                "account_id": one.account.id,
                "kind": one.kind,
                "subject": one.subject,
                "occurrence": one.occurrence,
                "facts": one.facts,
                "due_at": rules.after_night(due_at, zone) if waits else due_at,
                "quiet_in": zone if waits else "",
                "status": MessageStatus.PLANNED,
                "attempts": 0,
                "reason": "",
                "created_at": now,
            }
        )
    insert = insert_into(session, DueMessage)
    await session.execute(_moving(insert) if move else _keeping(insert), rows)


@cache
def _keeping(insert: "Insert") -> "Insert":
    return insert.on_conflict_do_nothing()


@cache
def _moving(insert: "Insert") -> "Insert":
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=_KEY,
        set_={
            "due_at": new.due_at,
            "quiet_in": new.quiet_in,
            "facts": new.facts,
            "status": new.status,
            **AFRESH,
        },
        # Not `in_`: what it expands to cannot be given many rows at once.
        where=or_(*(DueMessage.status == status for status in _NOT_SENT)),
    )


def owed_to_owner(
    owner: Account,
    registration_id: int,
    kind: MessageKind,
    *,
    occurrence: str = "",
    due_at: datetime | None = None,
    answers: bool = False,
    **facts: Any,
) -> Owed:
    """Return a message about a registration to whoever made it.

    Args:
        owner: who made it.
        registration_id: what it is about.
        kind, occurrence, due_at, answers: as of `Owed`.
        facts: besides the registration's id.
    """
    return Owed(
        owner,
        kind,
        f"registration:{registration_id}",
        occurrence,
        due_at,
        {"registration_id": registration_id, **facts},
        answers,
    )


async def find_owner(registration: Registration) -> Account | None:
    """Return whose a registration is; None once they are erased, and nothing is owed to them."""
    person: Person | None = await registration.awaitable_attrs.person
    return None if person is None else account_of(person)


async def plan_for_owner(
    session: AsyncSession,
    core: Core,
    registration: Registration,
    kind: MessageKind,
    *,
    occurrence: str = "",
    **facts: Any,
) -> None:
    """Plan a message about a registration to whoever made it, now, as `plan` does."""
    owner = await find_owner(registration)
    if owner is not None:
        owed = owed_to_owner(owner, registration.id, kind, occurrence=occurrence, **facts)
        await plan(session, core, [owed], await registration.awaitable_attrs.meeting)


async def move(
    session: AsyncSession,
    meeting: Meeting,
    kind: MessageKind,
    subjects: Collection[str],
    due_at: datetime,
) -> None:
    """Move what is owed about a meeting to another time, within the caller's transaction.

    What was dropped moves, too: it may be revived.
    """
    zone = await zone_of(meeting)
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject.in_(subjects),
            DueMessage.status.in_(_NOT_SENT),
        )
        .values(due_at=rules.after_night(due_at, zone))
    )


async def withdraw(
    session: AsyncSession, kind: MessageKind, subjects: Collection[str], *, reason: str
) -> None:
    """Drop what is planned about subjects, within the caller's transaction."""
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject.in_(subjects),
            DueMessage.status == MessageStatus.PLANNED,
        )
        .values(status=MessageStatus.DROPPED, reason=reason)
    )


async def revive(
    session: AsyncSession, kind: MessageKind, subject: str, due_at: datetime | None = None
) -> None:
    """Plan again what was dropped about a subject, within the caller's transaction that gives a
    new reason for it, for `due_at` where it is given; what was sent stays sent."""
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject == subject,
            DueMessage.status == MessageStatus.DROPPED,
        )
        .values(status=MessageStatus.PLANNED, due_at=due_at or DueMessage.due_at, **AFRESH)
    )


async def forget(session: AsyncSession, account: Account) -> None:
    """Erase every message to an account, within the caller's transaction."""
    await session.execute(
        delete(DueMessage).where(
            DueMessage.messenger == account.messenger, DueMessage.account_id == account.id
        )
    )


async def next_due_at(core: Core) -> datetime | None:
    """Return when the next message can go out (it may be past), None when none is planned.

    What is on the wire may have to go out again when its lease ends.
    """
    waiting = case(
        (DueMessage.leased_until > DueMessage.due_at, DueMessage.leased_until),
        else_=DueMessage.due_at,
    )
    async with core.db.read() as session:
        earliest: datetime | None = await session.scalar(
            select(func.min(waiting, type_=DueMessage.due_at.type)).where(
                DueMessage.status.in_((MessageStatus.PLANNED, MessageStatus.ON_WIRE))
            )
        )
    return earliest


async def zone_of(meeting: Meeting) -> str:
    """Return the time zone of a meeting's municipality, which is read once in a transaction."""
    return (await meeting.awaitable_attrs.municipality).timezone  # type: ignore[no-any-return]
