"""Planned once, leased to one, put on the wire by one."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.models import DueMessage
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.vocabulary import MessageKind, MessageStatus

LEASE = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


async def plan(core: Core, account: int, *, minutes: int = 0, occurrence: str = "") -> None:
    async with core.db.write() as session:
        await due_messages.plan(
            session,
            core,
            account=Account(account),
            kind=MessageKind.FEEDBACK_QUESTION,
            subject="registration:1",
            occurrence=occurrence,
            due_at=core.clock.now() + minutes * MINUTE,
            facts={"registration_id": 1},
        )


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
            await due_messages.plan(
                session,
                core,
                account=Account(501),
                kind=MessageKind.HELD_QUESTION,
                subject="meeting:1",
                due_at=core.clock.now(),
            )
            raise RuntimeError
    except RuntimeError:
        assert await stored(core) == []


async def test_a_lease_keeps_others_away_until_it_ends(core: Core, clock: MovableClock) -> None:
    await plan(core, 502, minutes=-1)
    await plan(core, 501, minutes=-2)
    await plan(core, 503, minutes=1)
    assert [row.account_id for row in await due_messages.claim(core, 9, LEASE)] == [501, 502]
    assert await due_messages.claim(core, 9, LEASE) == []
    assert await due_messages.next_due_at(core) == clock.now() + MINUTE
    clock.advance(LEASE)
    assert len(await due_messages.claim(core, 2, LEASE)) == 2
    assert [row.account_id for row in await due_messages.claim(core, 2, LEASE)] == [503]


async def test_claims_at_once_share_the_rows(core: Core) -> None:
    for account in range(501, 541):
        await plan(core, account)
    claims = await asyncio.gather(*(due_messages.claim(core, 10, LEASE) for _ in range(8)))
    claimed = [row.account_id for claim in claims for row in claim]
    assert len(claimed) == len(set(claimed))


async def test_only_one_puts_it_on_the_wire(core: Core) -> None:
    await plan(core, 501)
    [message] = await stored(core)
    both = [due_messages.put_on_wire(core, message.id) for _ in range(2)]
    assert sorted(await asyncio.gather(*both)) == [False, True]
    await due_messages.mark_sent(core, message.id)
    assert not await due_messages.put_on_wire(core, message.id)


async def test_an_erased_message_does_not_go_out(core: Core) -> None:
    await plan(core, 501)
    [message] = await due_messages.claim(core, 1, LEASE)
    async with core.db.write() as session:
        await due_messages.forget(session, Account(501))
    assert not await due_messages.put_on_wire(core, message.id)


async def test_recovery_plans_again_what_is_unknown_and_nothing_else(core: Core) -> None:
    for account in (501, 502, 503, 504):
        await plan(core, account)
    on_wire, sent, dropped, leased = await due_messages.claim(core, 4, LEASE)
    for message in (on_wire, sent):
        await due_messages.put_on_wire(core, message.id)
    await due_messages.mark_sent(core, sent.id)
    await due_messages.drop(core, dropped.id, "x" * 999)
    assert await due_messages.recover(core) == 1
    assert [row.status for row in await stored(core)] == [
        MessageStatus.PLANNED,
        MessageStatus.SENT,
        MessageStatus.DROPPED,
        MessageStatus.PLANNED,
    ]
    again = await due_messages.claim(core, 4, LEASE)
    assert [row.id for row in again] == [on_wire.id, leased.id]
    assert len((await stored(core))[2].reason) == 200
