"""What the bot remembers of conversations: a state and JSON data under a key.

While an update is worked, what it changes is only collected. It is stored in the transaction that
marks the update as done: one that a crash cut off is worked again from where the person stood, and
one whose changes are stored is not worked again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import DialogState, Person
from bot.services.core import Account, Core
from bot.services.inserting import insert_into

KEPT = timedelta(days=60)
STRANGERS_KEPT = timedelta(days=1)  # nobody agreed to anything
NO_DATA = "{}"


@dataclass(slots=True)
class Remembered:
    """What stands under a key; `changed` once it differs from what is stored."""

    state: str | None = None
    data: str = NO_DATA
    changed: bool = False


Conversations = dict[str, Remembered]

_of_this_update: ContextVar[Conversations | None] = ContextVar("conversations", default=None)


@contextmanager
def collected() -> Iterator[Conversations]:
    """Collect what is written in the block instead of storing it; see `store`."""
    conversations: Conversations = {}
    token = _of_this_update.set(conversations)
    try:
        yield conversations
    finally:
        _of_this_update.reset(token)


async def store(session: AsyncSession, core: Core, conversations: Mapping[str, Remembered]) -> None:
    """Store what was collected, within the caller's transaction; a row with nothing in it goes."""
    now = core.clock.now()
    rows, gone = [], []
    for key, kept in conversations.items():
        if kept.changed and kept.state is None and kept.data == NO_DATA:
            gone.append(key)
        elif kept.changed:
            rows.append({"key": key, "state": kept.state, "data": kept.data, "updated_at": now})
    if gone:
        await session.execute(delete(DialogState).where(DialogState.key.in_(gone)))
    if rows:
        insert = insert_into(session, DialogState)
        new = {name: insert.excluded[name] for name in ("state", "data", "updated_at")}
        await session.execute(insert.on_conflict_do_update(index_elements=["key"], set_=new), rows)


async def read_state(core: Core, key: str) -> str | None:
    """Return the state under `key`, None when there is none."""
    return (await _read(core, key)).state


async def read_data(core: Core, key: str) -> str:
    """Return the JSON text under `key`, an empty object when there is none."""
    return (await _read(core, key)).data


async def write_state(core: Core, key: str, state: str | None) -> None:
    """Change the state under `key`: with the update that is being worked, outside of one now."""
    kept = await _read(core, key)
    kept.state, kept.changed = state, True
    await _store_outside_updates(core, key, kept)


async def write_data(core: Core, key: str, data: str) -> None:
    """Change the JSON text under `key`: with the update that is worked, outside of one now."""
    kept = await _read(core, key)
    kept.data, kept.changed = data, True
    await _store_outside_updates(core, key, kept)


async def _read(core: Core, key: str) -> Remembered:
    collecting = _of_this_update.get()
    if collecting is not None and key in collecting:
        return collecting[key]
    async with core.db.read() as session:
        row = await session.get(DialogState, key)
        kept = Remembered(row.state, row.data) if row else Remembered()
    if collecting is not None:
        collecting[key] = kept
    return kept


async def _store_outside_updates(core: Core, key: str, kept: Remembered) -> None:
    if _of_this_update.get() is None:
        async with core.db.write() as session:
            await store(session, core, {key: kept})


async def purge(core: Core) -> None:
    """Erase conversations that nobody touched for 60 days, those with strangers after a day."""
    now = core.clock.now()
    async with core.db.read() as session:
        known = set(await session.scalars(select(Person.account_id)))
        idle = await session.scalars(
            select(DialogState.key).where(DialogState.updated_at < now - STRANGERS_KEPT)
        )
        strange = [{"stranger": key} for key in idle if _account_id_of(key) not in known]
    async with core.db.write() as session:
        await session.execute(delete(DialogState).where(DialogState.updated_at < now - KEPT))
        if strange:
            # One of them may have come back meanwhile.
            await (await session.connection()).execute(
                delete(DialogState).where(
                    DialogState.key == bindparam("stranger"),
                    DialogState.updated_at < now - STRANGERS_KEPT,
                ),
                strange,
            )


async def forget(session: AsyncSession, account: Account) -> None:
    """Erase what is remembered of a person's own chat, within the caller's transaction.

    See `_account_id_of`. What an update of theirs collected until now goes too.
    """
    collecting = _of_this_update.get()
    if collecting is not None:
        collecting.clear()
    await session.execute(
        delete(DialogState).where(DialogState.key.like(f"fsm:%:{account.id}:{account.id}:%"))
    )


def _account_id_of(key: str) -> int:
    """Return whose conversation a key of `bot/fsm_storage.py` names.

    It is `fsm:<bot>:<chat>:<user>:<destiny>`; a private chat has the number of its user.
    """
    return int(key.split(":", 4)[3])
