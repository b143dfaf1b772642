"""Where the messages are that tell the staff how far one to many has come, and what they say."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import BroadcastCounter
from bot.services.broadcast_progress import Progress, get_broadcast, read_progress
from bot.services.core import Account, Core
from bot.services.inserting import insert_into
from bot.services.outbox import TimeOrBind

KEPT_TRUE_FOR = timedelta(days=2)
"""Then whoever wants to know asks again."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A message that somebody of the staff looks at.

    Attributes:
        asks: whether it shall be stopped.
        shown: a hash of what it says.
    """

    message_id: int
    asks: bool
    shown: str
    progress: Progress


async def get_progress(core: Core, account: Account, broadcast_id: int) -> Progress:
    """Return how far a message to many has come.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        found = await get_broadcast(session, core, account, broadcast_id)
        return await read_progress(session, core, *found)


async def follow(
    core: Core,
    account: Account,
    broadcast_id: int,
    message_id: int,
    *,
    asks: bool = False,
    shown: str = "",
    over: bool = False,
) -> None:
    """Keep a message true from now on, in place of the one that this account had before.

    Args:
        core: what every use case is given.
        account: who looks at it.
        broadcast_id: what it counts.
        message_id: in the chat with this account.
        asks: whether it asks just now if it shall be stopped.
        shown: a hash of what it says, empty where it is to be drawn in any case.
        over: whether that is its last word.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    key = {
        "broadcast_id": broadcast_id,
        "messenger": account.messenger,
        "account_id": account.id,
    }
    fields = {
        "message_id": message_id,
        "asks": asks,
        "shown": shown,
        "over": over,
        "followed_at": core.clock.now(),
    }
    async with core.db.write() as session:
        await get_broadcast(session, core, account, broadcast_id)
        await session.execute(
            insert_into(session, BroadcastCounter)
            .values(key | fields)
            .on_conflict_do_update(index_elements=list(key), set_=fields)
        )


async def is_followed(core: Core, account: Account, broadcast_id: int) -> bool:
    """Whether an account has a counter of this message, over or not."""
    async with core.db.read() as session:
        key = broadcast_id, account.messenger, account.id
        return await session.get(BroadcastCounter, key) is not None


async def get_counter(core: Core, account: Account, broadcast_id: int) -> Counter:
    """Return what somebody's counter shows, and what it should show.

    Raises:
        Forbidden: this account does not run the meeting (any more).
        NotFound: nobody looks at one.
    """
    async with core.db.read() as session:
        found = await get_broadcast(session, core, account, broadcast_id)
        counter = await session.get(BroadcastCounter, (broadcast_id, account.messenger, account.id))
        if counter is None:
            raise NotFound
        progress = await read_progress(session, core, *found)
        return Counter(counter.message_id, counter.asks, counter.shown, progress)


async def list_followed(core: Core) -> tuple[tuple[Account, int], ...]:
    """Return whose counters of which messages are kept true."""
    async with core.db.read() as session:
        rows = await session.execute(
            select(
                BroadcastCounter.account_id,
                BroadcastCounter.messenger,
                BroadcastCounter.broadcast_id,
            ).where(is_kept_true(core.clock.now() - KEPT_TRUE_FOR))
        )
        return tuple((Account(id_, messenger), sent_id) for id_, messenger, sent_id in rows)


def is_kept_true(since: TimeOrBind) -> ColumnElement[bool]:
    """Whether the row's message still changes, and was asked for after a moment."""
    return and_(BroadcastCounter.over.is_(False), BroadcastCounter.followed_at > since)


async def note_shown(
    core: Core, account: Account, broadcast_id: int, message_id: int, shown: str, *, over: bool
) -> None:
    """Store what a counter says now; one that said its last word is looked at no more."""
    async with core.db.write() as session:
        await session.execute(
            update(BroadcastCounter)
            .where(
                BroadcastCounter.broadcast_id == broadcast_id,
                BroadcastCounter.messenger == account.messenger,
                BroadcastCounter.account_id == account.id,
                BroadcastCounter.message_id == message_id,
            )
            .values(shown=shown, over=over)
        )


async def give_up(core: Core, account: Account, broadcast_id: int) -> None:
    """Look after a counter no more: it is gone, or its reader may not read it any longer."""
    async with core.db.write() as session:
        await session.execute(
            update(BroadcastCounter)
            .where(
                BroadcastCounter.broadcast_id == broadcast_id,
                BroadcastCounter.messenger == account.messenger,
                BroadcastCounter.account_id == account.id,
            )
            .values(over=True)
        )


async def forget(session: AsyncSession, account: Account) -> None:
    """Erase the counters of an account, within the caller's transaction."""
    await session.execute(
        delete(BroadcastCounter).where(
            BroadcastCounter.messenger == account.messenger,
            BroadcastCounter.account_id == account.id,
        )
    )
