"""Messages the bot owes somebody: rows, not timers.

planned → on_wire (committed before the call) → sent, or dropped (no longer wanted, nobody to
reach) or failed (given up), each with a reason. A planned row may be leased: then nobody takes it
before `leased_until`, be it because somebody is at it, or because the last attempt failed.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import DueMessage, Person, Registration
from bot.services.core import Account, Core
from bot.services.inserting import insert_into
from bot.vocabulary import MessageKind, MessageStatus

REASON_LENGTH = 200
UNKNOWN = "a crash hid whether it arrived"
"""Why a message to many was given up: whoever wrote it decides whether it goes out again."""


async def plan(
    session: AsyncSession,
    core: Core,
    *,
    account: Account,
    kind: MessageKind,
    subject: str,
    due_at: datetime,
    occurrence: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Plan a message within the caller's transaction; planned once, it stays as it is.

    Args:
        session: the transaction that makes the message due.
        core: for the clock.
        account: whom it goes to.
        kind: what it says; with `subject` ("meeting:12") and `occurrence` (tells repeats about
            one subject apart) it names the thing, which is owed to an account once, ever.
        subject: what it is about.
        due_at: when it shall go out; at once when this is past.
        occurrence: see `kind`.
        facts: what composing it needs, as JSON.
    """
    await session.execute(
        insert_into(session, DueMessage)
        .values(
            messenger=account.messenger,
            account_id=account.id,
            kind=kind,
            subject=subject,
            occurrence=occurrence,
            facts=facts or {},
            due_at=due_at,
            status=MessageStatus.PLANNED,
            attempts=0,
            reason="",
            created_at=core.clock.now(),
        )
        .on_conflict_do_nothing()
    )


async def plan_for_owner(
    session: AsyncSession,
    core: Core,
    registration: Registration,
    kind: MessageKind,
    *,
    occurrence: str = "",
    due_at: datetime | None = None,
    **facts: Any,
) -> None:
    """Plan a message about a registration to whoever made it, now or at `due_at`, as `plan` does.

    Nobody is told of an erased person's.
    """
    if registration.person_id is None:
        return
    person = await session.get_one(Person, registration.person_id)
    await plan(
        session,
        core,
        account=Account(person.account_id, person.messenger),
        kind=kind,
        subject=f"registration:{registration.id}",
        occurrence=occurrence,
        due_at=due_at or core.clock.now(),
        facts={"registration_id": registration.id, **facts},
    )


async def move(
    session: AsyncSession, kind: MessageKind, subjects: Collection[str], due_at: datetime
) -> None:
    """Move what is owed about subjects to another time, within the caller's transaction.

    What was dropped moves, too: it may be revived.
    """
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject.in_(subjects),
            DueMessage.status.in_((MessageStatus.PLANNED, MessageStatus.DROPPED)),
        )
        .values(due_at=due_at)
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


async def revive(session: AsyncSession, kind: MessageKind, subject: str) -> None:
    """Plan again what was dropped about a subject, within the caller's transaction that gives a
    new reason for it; what was sent stays sent."""
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.kind == kind,
            DueMessage.subject == subject,
            DueMessage.status == MessageStatus.DROPPED,
        )
        .values(status=MessageStatus.PLANNED, leased_until=None, reason="")
    )


async def forget(session: AsyncSession, account: Account) -> None:
    """Erase every message to an account, within the caller's transaction."""
    await session.execute(
        delete(DueMessage).where(
            DueMessage.messenger == account.messenger, DueMessage.account_id == account.id
        )
    )


async def claim(core: Core, limit: int, lease: timedelta) -> list[DueMessage]:
    """Lease up to `limit` messages that are due, the longest due first.

    Two senders never get the same row: PostgreSQL skips locked rows, SQLite has one writer.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        messages = await session.scalars(
            select(DueMessage)
            .where(
                DueMessage.status == MessageStatus.PLANNED,
                DueMessage.due_at <= now,
                or_(DueMessage.leased_until.is_(None), DueMessage.leased_until <= now),
            )
            .order_by(DueMessage.due_at, DueMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = list(messages)
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id.in_([message.id for message in claimed]))
            .values(leased_until=now + lease)
        )
    return claimed


async def next_due_at(core: Core) -> datetime | None:
    """Return when the next planned message can go out (it may be past), None when none is."""
    waiting = case(
        (DueMessage.leased_until > DueMessage.due_at, DueMessage.leased_until),
        else_=DueMessage.due_at,
    )
    async with core.db.read() as session:
        earliest: datetime | None = await session.scalar(
            select(func.min(waiting, type_=DueMessage.due_at.type)).where(
                DueMessage.status == MessageStatus.PLANNED
            )
        )
    return earliest


async def put_on_wire(core: Core, message_id: int) -> bool:
    """Mark a message as going out now, before the call.

    Returns:
        Whether it may go: false once it was moved on by somebody else, or erased.
    """
    async with core.db.write() as session:
        going = await session.scalar(
            update(DueMessage)
            .where(
                DueMessage.id == message_id,
                DueMessage.status == MessageStatus.PLANNED,
                DueMessage.due_at <= core.clock.now(),
            )
            .values(status=MessageStatus.ON_WIRE)
            .returning(DueMessage.id)
        )
    return going is not None


async def mark_sent(core: Core, message_id: int) -> None:
    """Mark a message as sent."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id == message_id)
            .values(status=MessageStatus.SENT, sent_at=core.clock.now(), leased_until=None)
        )


async def drop(core: Core, message_id: int, reason: str) -> None:
    """Drop a message that is not wanted any more, or that nobody is there for."""
    await _end(core, message_id, MessageStatus.DROPPED, reason)


async def fail(core: Core, message_id: int, reason: str) -> None:
    """Give a message up."""
    await _end(core, message_id, MessageStatus.FAILED, reason)


async def drop_blocked(core: Core, message: DueMessage, reason: str) -> None:
    """Drop a message to somebody who blocked the bot, and remember that they did."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id == message.id)
            .values(status=MessageStatus.DROPPED, reason=reason[:REASON_LENGTH])
        )
    await block(core, Account(message.account_id, message.messenger))


async def block(core: Core, account: Account) -> None:
    """Remember that somebody blocked the bot, and since when."""
    async with core.db.write() as session:
        await session.execute(
            update(Person)
            .where(*_person_is(account), Person.blocked_at.is_(None))
            .values(blocked_at=core.clock.now())
        )


async def unblock(core: Core, account: Account) -> None:
    """Forget that somebody blocked the bot: they write again."""
    async with core.db.write() as session:
        await session.execute(update(Person).where(*_person_is(account)).values(blocked_at=None))


async def reschedule(core: Core, message_id: int, *, pause: timedelta, attempts: int) -> None:
    """Plan a message again after a failed attempt, not before `pause` has passed."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id == message_id)
            .values(
                status=MessageStatus.PLANNED,
                leased_until=core.clock.now() + pause,
                attempts=attempts,
            )
        )


async def recover(core: Core) -> int:
    """Plan again what a crash left on the wire or leased; called once, before the sender starts.

    Whether a message on the wire arrived is unknown. Most kinds are better said twice than never,
    and go out again; of those to many at once, who wrote them decides.

    Returns:
        How many were on the wire.
    """
    async with core.db.write() as session:
        undecided = await session.scalars(
            update(DueMessage)
            .where(
                DueMessage.status == MessageStatus.ON_WIRE,
                DueMessage.kind == MessageKind.BROADCAST,
            )
            .values(status=MessageStatus.FAILED, reason=UNKNOWN, leased_until=None)
            .returning(DueMessage.id)
        )
        unknown = len(undecided.all())
        on_wire = await session.scalars(
            update(DueMessage)
            .where(DueMessage.status == MessageStatus.ON_WIRE)
            .values(status=MessageStatus.PLANNED)
            .returning(DueMessage.id)
        )
        count = unknown + len(on_wire.all())
        await session.execute(
            update(DueMessage)
            .where(DueMessage.status == MessageStatus.PLANNED, DueMessage.leased_until.is_not(None))
            .values(leased_until=None)
        )
    return count


async def _end(core: Core, message_id: int, status: MessageStatus, reason: str) -> None:
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id == message_id)
            .values(status=status, reason=reason[:REASON_LENGTH])
        )


def _person_is(account: Account) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Person.messenger == account.messenger, Person.account_id == account.id
