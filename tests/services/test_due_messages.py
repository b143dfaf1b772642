"""The key is the thing; what is rolled back was never planned."""

from datetime import timedelta

from sqlalchemy import select

from bot.models import DueMessage
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind

MINUTE = timedelta(minutes=1)


async def plan(core: Core, account: int, *, minutes: int = 0, occurrence: str = "") -> None:
    async with core.db.write() as session:
        owed = Owed(
            Account(account),
            MessageKind.FEEDBACK_QUESTION,
            "registration:1",
            occurrence=occurrence,
            due_at=core.clock.now() + minutes * MINUTE,
            facts={"registration_id": 1},
            answers=True,
        )
        await due_messages.plan(session, core, [owed])


async def stored(core: Core) -> list[DueMessage]:
    async with core.db.read() as session:
        return list(await session.scalars(select(DueMessage).order_by(DueMessage.id)))


async def test_the_key_is_the_thing_not_the_time(core: Core) -> None:
    await plan(core, 501, minutes=5)
    await plan(core, 501, minutes=9)
    await plan(core, 501, minutes=9, occurrence="2")
    first, second = await stored(core)
    assert (first.due_at, first.facts) == (core.clock.now() + 5 * MINUTE, {"registration_id": 1})
    assert second.occurrence == "2"


async def test_what_is_rolled_back_was_never_planned(core: Core) -> None:
    try:
        async with core.db.write() as session:
            owed = Owed(Account(501), MessageKind.HELD_QUESTION, "meeting:1", answers=True)
            await due_messages.plan(session, core, [owed])
            raise RuntimeError
    except RuntimeError:
        assert await stored(core) == []
