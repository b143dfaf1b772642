"""How far a message to many has come, and what those who run the meeting may still do about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Refused
from bot.models import Broadcast, DueMessage, Meeting
from bot.services import audit, due_messages, outbox
from bot.services.access import get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import MessageKind, MessageStatus

STOPPED = rules.MESSAGE_RULES[MessageKind.BROADCAST].unless


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message to many has come; `total` is the sum of the other numbers.

    Attributes:
        under_way: to how many it still goes.
        missed: those it cannot reach.
        withheld: those it did not go to any more when it was stopped.
        undecided: those of whom a crash hid whether it reached them.
        left: the same, once it was decided to leave it at that.
        waits_until: when the first goes out: it was written at night; None once it is on its way.
    """

    broadcast_id: int
    title: str
    timezone: str
    total: int
    under_way: int
    delivered: int
    missed: int
    withheld: int
    undecided: int
    left: int
    waits_until: datetime | None
    stopped: bool

    @property
    def over(self) -> bool:
        """Whether nothing will change any more, and nothing is left to decide."""
        return not self.under_way and (self.stopped or not self.undecided)


async def stop(core: Core, account: Account, broadcast_id: int) -> None:
    """Send a message to nobody more; what is on its way at this moment arrives. Harmless again.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.write() as session:
        broadcast, _ = await get_broadcast(session, core, account, broadcast_id, lock=True)
        if broadcast.stopped_at is not None:
            return
        broadcast.stopped_at = core.clock.now()
        await session.execute(
            update(DueMessage)
            .where(*_messages_of(broadcast), DueMessage.status == MessageStatus.PLANNED)
            .values(status=MessageStatus.DROPPED, reason=STOPPED)
        )
        _record(session, core, account, "meeting.write-stop", broadcast)


async def send_unknown_again(core: Core, account: Account, broadcast_id: int) -> None:
    """Send a message once more to those of whom nobody knows whether it reached them.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it was stopped.
    """
    async with core.db.write() as session:
        broadcast, _ = await get_broadcast(session, core, account, broadcast_id, lock=True)
        if broadcast.stopped_at is not None:
            raise Refused("refused-stopped")
        await session.execute(
            update(DueMessage)
            .where(*_messages_of(broadcast), DueMessage.reason == outbox.UNKNOWN)
            .values(
                status=MessageStatus.PLANNED,
                due_at=core.clock.now(),  # it is written anew, and so not stale
                **due_messages.AFRESH,
            )
        )
        _record(session, core, account, "meeting.write-again", broadcast)


async def leave_unknown(core: Core, account: Account, broadcast_id: int) -> None:
    """Ask no more about those of whom nobody knows whether it reached them.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.write() as session:
        broadcast, _ = await get_broadcast(session, core, account, broadcast_id, lock=True)
        await session.execute(
            update(DueMessage)
            .where(*_messages_of(broadcast), DueMessage.reason == outbox.UNKNOWN)
            .values(reason=outbox.LEFT_UNKNOWN)
        )
        _record(session, core, account, "meeting.write-leave", broadcast)


async def get_broadcast(
    session: AsyncSession, core: Core, account: Account, broadcast_id: int, *, lock: bool = False
) -> tuple[Broadcast, Meeting]:
    """Return a message to many and its meeting.

    Args:
        session: the caller's transaction.
        core: what every use case is given.
        account: who asks.
        broadcast_id: the message's id.
        lock: take its row first (a write transaction that decides about what it sends).

    Raises:
        Forbidden: this account does not run the meeting; also without such a message.
    """
    statement = select(Broadcast).where(Broadcast.id == broadcast_id)
    broadcast = await session.scalar(statement.with_for_update() if lock else statement)
    meeting_id = broadcast.meeting_id if broadcast else 0
    _, meeting = await get_managed_meeting(session, core, account, meeting_id)
    assert broadcast is not None  # noqa: S101 (no meeting has the number 0)
    return broadcast, meeting


async def read_progress(
    session: AsyncSession, core: Core, broadcast: Broadcast, meeting: Meeting
) -> Progress:
    """Return how far a message has come, within the caller's transaction that checked rights."""
    rows = await session.execute(
        select(
            DueMessage.status,
            DueMessage.reason,
            func.count(),
            func.min(DueMessage.due_at, type_=DueMessage.due_at.type),
        )
        .where(*_messages_of(broadcast))
        .group_by(DueMessage.status, DueMessage.reason)
    )
    numbers = dict.fromkeys(
        ("under_way", "delivered", "missed", "withheld", "undecided", "left"), 0
    )
    begins_at: list[datetime] = []
    for status, reason, number, due_at in rows:
        numbers[_fate(status, reason)] += number
        begins_at += [due_at] if _fate(status, reason) == "under_way" else []
    await session.refresh(meeting, ["municipality"])
    waits = bool(begins_at) and min(begins_at) > core.clock.now()
    return Progress(
        broadcast_id=broadcast.id,
        title=meeting.title,
        timezone=meeting.municipality.timezone,
        total=sum(numbers.values()),
        **numbers,
        waits_until=min(begins_at) if waits else None,
        stopped=broadcast.stopped_at is not None,
    )


def _fate(status: MessageStatus, reason: str) -> str:
    if status is MessageStatus.SENT:
        return "delivered"
    if status not in {MessageStatus.DROPPED, MessageStatus.FAILED}:
        return "under_way"
    fates = {STOPPED: "withheld", outbox.UNKNOWN: "undecided", outbox.LEFT_UNKNOWN: "left"}
    return fates.get(reason, "missed")


def _messages_of(broadcast: Broadcast) -> tuple[ColumnElement[bool], ...]:
    return (
        DueMessage.kind == MessageKind.BROADCAST,
        DueMessage.subject == f"meeting:{broadcast.meeting_id}",
        DueMessage.occurrence == f"broadcast {broadcast.id}",
    )


def _record(
    session: AsyncSession, core: Core, account: Account, action: str, broadcast: Broadcast
) -> None:
    audit.record(session, core, account, action, f"meeting:{broadcast.meeting_id}")
