"""How what is owed goes out: claimed by one process, two phases per message, every outcome kept.

planned → on_wire (committed before the call) → sent, or dropped (no longer wanted, nobody to
reach) or failed (given up), each with a reason. A process holds what it claimed until
`leased_until`. What is still planned then anybody may claim; of what is on the wire then nobody
knows whether it arrived.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Person
from bot.services.core import Account, Core
from bot.services.due_messages import AFRESH, FREE
from bot.vocabulary import MessageStatus

REASON_LENGTH = 200
UNKNOWN = "a crash hid whether it arrived"
"""Why a message to many was given up: whoever wrote it decides whether it goes out again."""
LEFT_UNKNOWN = "a crash hid whether it arrived, and it was left at that"
"""The same once they decided that it does not."""
BLOCKED = "the person blocked the bot"
"""Why a message was dropped that is planned again once the person returns."""

TimeOrBind = datetime | ColumnElement[datetime]
"""A time, or the place for one in a statement that is built beforehand."""


async def has_work(core: Core) -> bool:
    """Whether there is anything to claim or to settle: cheaper than to try."""
    [row] = await core.db.ask(select(has_work_at(core.clock.now())))
    return bool(row[0])


def has_work_at(now: TimeOrBind) -> ColumnElement[bool]:
    """Whether there is anything to claim or to settle at a moment."""
    due = DueMessage.status == MessageStatus.PLANNED, DueMessage.due_at <= now
    on_wire = DueMessage.status == MessageStatus.ON_WIRE
    return or_(exists().where(*due, _is_free(now)), exists().where(on_wire))


async def claim(
    core: Core, worker: str, limit: int, lease: timedelta, *, besides: Collection[int] = ()
) -> list[DueMessage]:
    """Take up to `limit` messages that are due, the longest due first.

    Two processes never get the same row: PostgreSQL skips locked rows, SQLite has one writer.

    Args:
        core: database and clock.
        worker: the process that claims.
        limit: how many at most.
        lease: for how long nobody else takes them.
        besides: ids of those it has in hand already, whose lease may have ended meanwhile.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        messages = await session.scalars(
            select(DueMessage)
            .where(
                DueMessage.status == MessageStatus.PLANNED,
                DueMessage.due_at <= now,
                _is_free(now),
                DueMessage.id.not_in(besides),
            )
            .order_by(DueMessage.due_at, DueMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = list(messages)
        if claimed:
            await session.execute(
                update(DueMessage)
                .where(DueMessage.id.in_([message.id for message in claimed]))
                .values(claimed_by=worker, leased_until=now + lease)
            )
    return claimed


async def put_on_wire(core: Core, worker: str, message_id: int, lease: timedelta) -> bool:
    """Mark a message as going out now, before the call, and hold it for as long as that takes.

    Returns:
        Whether it may go: false once somebody else claimed it, moved it on or erased it.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        going = await session.scalar(
            update(DueMessage)
            .where(
                DueMessage.id == message_id,
                DueMessage.status == MessageStatus.PLANNED,
                DueMessage.claimed_by == worker,
                DueMessage.due_at <= now,
            )
            .values(status=MessageStatus.ON_WIRE, leased_until=now + lease)
            .returning(DueMessage.id)
        )
    return going is not None


async def mark_sent(core: Core, message_id: int) -> None:
    """Mark a message as sent, whatever others made of it while the call took its time."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id == message_id)
            .values(status=MessageStatus.SENT, sent_at=core.clock.now(), reason="", **FREE)
        )


async def drop(core: Core, worker: str, message_id: int, reason: str) -> None:
    """Drop a message that is not wanted any more, or that nobody is there for."""
    async with core.db.write() as session:
        await _let_go(session, worker, message_id, status=MessageStatus.DROPPED, reason=reason)


async def fail(core: Core, worker: str, message_id: int, reason: str) -> None:
    """Give a message up."""
    async with core.db.write() as session:
        await _let_go(session, worker, message_id, status=MessageStatus.FAILED, reason=reason)


async def reschedule(
    core: Core, worker: str, message: DueMessage, *, pause: timedelta, failed: bool
) -> None:
    """Plan a message again that did not go out, not before `pause` has passed.

    Args:
        core: database and clock.
        worker: which has it in hand.
        message: as it was claimed.
        pause: from now.
        failed: whether that was an attempt; being told to wait is none.
    """
    now = core.clock.now()
    tried: dict[str, Any] = (
        {"attempts": message.attempts + 1, "failing_since": message.failing_since or now}
        if failed
        else {}
    )
    async with core.db.write() as session:
        await _let_go(
            session,
            worker,
            message.id,
            status=MessageStatus.PLANNED,
            leased_until=now + pause,
            **tried,
        )


async def postpone(core: Core, worker: str, message_id: int, due_at: datetime) -> None:
    """Let a message wait for `due_at`: the night caught up with it."""
    async with core.db.write() as session:
        await _let_go(session, worker, message_id, status=MessageStatus.PLANNED, due_at=due_at)


async def release(core: Core, worker: str) -> None:
    """Give back what a process claimed and has not begun: it stops."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.status == MessageStatus.PLANNED, DueMessage.claimed_by == worker)
            .values(**FREE)
        )


async def settle_unknown(core: Core, *, besides: Collection[int] = ()) -> int:
    """Decide about messages on the wire whose process did not say in time what became of them.

    Some kinds are better said twice than never, and go out again; of the others, who wrote them
    decides (`rules.goes_out_again`).

    Args:
        core: database and clock.
        besides: ids of those that this process itself is waiting for.

    Returns:
        How many there were.
    """
    async with core.db.write() as session:
        unknown = await session.execute(
            select(DueMessage.id, DueMessage.kind)
            .where(
                DueMessage.status == MessageStatus.ON_WIRE,
                _is_free(core.clock.now()),
                DueMessage.id.not_in(besides),
            )
            .with_for_update(skip_locked=True)
        )
        goes_out_again = {row.id: rules.goes_out_again(row.kind) for row in unknown}
        for again, outcome in (
            (True, {"status": MessageStatus.PLANNED}),
            (False, {"status": MessageStatus.FAILED, "reason": UNKNOWN}),
        ):
            if ids := [id_ for id_, is_so in goes_out_again.items() if is_so is again]:
                await session.execute(
                    update(DueMessage).where(DueMessage.id.in_(ids)).values({**outcome, **FREE})
                )
    return len(goes_out_again)


async def drop_blocked(core: Core, worker: str, message: DueMessage) -> None:
    """Drop a message to somebody who blocked the bot until they return; it stays if they have."""
    account = Account(message.account_id, message.messenger)
    async with core.db.write() as session:
        person = await session.scalar(
            select(Person).where(*_person_is(account)).with_for_update()  # `unblock` waits
        )
        if person is not None and person.blocked_at is None:
            await _let_go(session, worker, message.id, status=MessageStatus.PLANNED)
        else:
            await _let_go(session, worker, message.id, status=MessageStatus.DROPPED, reason=BLOCKED)


async def block(core: Core, account: Account) -> None:
    """Remember that somebody blocked the bot, and since when."""
    async with core.db.write() as session:
        await session.execute(
            update(Person)
            .where(*_person_is(account), Person.blocked_at.is_(None))
            .values(blocked_at=core.clock.now())
        )


async def unblock(core: Core, account: Account) -> None:
    """Forget that somebody blocked the bot: they are back, and what they missed is planned again.

    Whether it still makes sense is decided when it goes out, as of every message.
    """
    async with core.db.write() as session:
        returned = await session.scalar(
            update(Person)
            .where(*_person_is(account), Person.blocked_at.is_not(None))
            .values(blocked_at=None)
            .returning(Person.id)
        )
        if returned is None:
            return
        await session.execute(
            update(DueMessage)
            .where(
                DueMessage.messenger == account.messenger,
                DueMessage.account_id == account.id,
                DueMessage.status == MessageStatus.DROPPED,
                DueMessage.reason == BLOCKED,
            )
            .values(status=MessageStatus.PLANNED, **AFRESH)
        )


async def _let_go(
    session: AsyncSession, worker: str, message_id: int, *, reason: str = "", **outcome: Any
) -> None:
    """Write down what became of a message that `worker` has in hand; if not, it is not its own."""
    await session.execute(
        update(DueMessage)
        .where(
            DueMessage.id == message_id,
            DueMessage.claimed_by == worker,
            DueMessage.status.in_((MessageStatus.PLANNED, MessageStatus.ON_WIRE)),
        )
        .values({**FREE, "reason": reason[:REASON_LENGTH], **outcome})
    )


def _is_free(now: TimeOrBind) -> ColumnElement[bool]:
    return or_(DueMessage.leased_until.is_(None), DueMessage.leased_until <= now)


def _person_is(account: Account) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Person.messenger == account.messenger, Person.account_id == account.id
