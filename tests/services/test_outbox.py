"""Claimed by one, put on the wire by one; what a process leaves behind, another takes over."""

import asyncio
from datetime import timedelta

from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.models import DueMessage
from bot.services import due_messages, outbox
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind, MessageStatus
from tests.services.factory import make_person

A, B = "process a", "process b"
LEASE = timedelta(seconds=45)
MINUTE = timedelta(minutes=1)


async def plan(
    core: Core,
    *accounts: int,
    minutes: int = 0,
    kind: MessageKind = MessageKind.FEEDBACK_QUESTION,
) -> None:
    async with core.db.write() as session:
        for account in accounts:
            owed = Owed(
                Account(account),
                kind,
                "registration:1",
                due_at=core.clock.now() + minutes * MINUTE,
                answers=True,
            )
            await due_messages.plan(session, core, [owed])


async def stored(core: Core) -> list[DueMessage]:
    async with core.db.read() as session:
        return list(await session.scalars(select(DueMessage).order_by(DueMessage.id)))


async def statuses(core: Core) -> list[MessageStatus]:
    return [row.status for row in await stored(core)]


async def on_wire(core: Core, worker: str = A) -> DueMessage:
    """Bring one message onto the wire."""
    [message] = await outbox.claim(core, worker, 1, LEASE)
    assert await outbox.put_on_wire(core, worker, message.id, LEASE)
    return message


async def test_a_lease_keeps_others_away_until_it_ends(core: Core, clock: MovableClock) -> None:
    await plan(core, 502, minutes=-1)
    await plan(core, 501, minutes=-2)
    await plan(core, 503, minutes=1)
    claimed = await outbox.claim(core, A, 9, LEASE)
    assert [row.account_id for row in claimed] == [501, 502]
    assert await outbox.claim(core, B, 9, LEASE) == []
    assert await due_messages.next_due_at(core) == clock.now() + LEASE
    clock.advance(LEASE)
    in_hand = [claimed[0].id]
    assert [row.account_id for row in await outbox.claim(core, A, 9, LEASE, besides=in_hand)] == [
        502
    ]
    assert [row.account_id for row in await outbox.claim(core, B, 9, LEASE)] == [501]
    assert not await outbox.put_on_wire(core, A, claimed[0].id, LEASE)
    assert await outbox.put_on_wire(core, B, claimed[0].id, LEASE)


async def test_claims_at_once_share_the_rows(core: Core) -> None:
    await plan(core, *range(501, 541))
    claims = await asyncio.gather(
        *(outbox.claim(core, str(worker), 10, LEASE) for worker in range(8))
    )
    claimed = [row.account_id for claim in claims for row in claim]
    assert len(claimed) == len(set(claimed))
    assert len(claimed) >= 10


async def test_only_one_puts_it_on_the_wire(core: Core) -> None:
    await plan(core, 501)
    [message] = await outbox.claim(core, A, 1, LEASE)
    both = [outbox.put_on_wire(core, A, message.id, LEASE) for _ in range(2)]
    assert sorted(await asyncio.gather(*both)) == [False, True]
    await outbox.mark_sent(core, message.id)
    assert not await outbox.put_on_wire(core, A, message.id, LEASE)


async def test_an_erased_message_does_not_go_out(core: Core) -> None:
    await plan(core, 501)
    [message] = await outbox.claim(core, A, 1, LEASE)
    async with core.db.write() as session:
        await due_messages.forget(session, Account(501))
    assert not await outbox.put_on_wire(core, A, message.id, LEASE)


async def test_what_is_unknown_goes_out_again_or_is_for_its_author_to_decide(
    core: Core, clock: MovableClock
) -> None:
    await plan(core, 501)
    again = await on_wire(core)
    await plan(core, 502, kind=MessageKind.BROADCAST)
    await on_wire(core)
    await plan(core, 503)
    waited_for = await on_wire(core)
    clock.advance(LEASE - timedelta(seconds=1))
    assert await outbox.settle_unknown(core) == 0
    clock.advance(timedelta(seconds=1))
    assert await due_messages.next_due_at(core) == clock.now()
    assert await outbox.settle_unknown(core, besides=[waited_for.id]) == 2
    assert await statuses(core) == ["planned", "failed", "on_wire"]
    assert (await stored(core))[1].reason == outbox.UNKNOWN
    assert [row.id for row in await outbox.claim(core, B, 9, LEASE)] == [again.id]


async def test_a_late_answer_counts_and_a_late_failure_does_not(
    core: Core, clock: MovableClock
) -> None:
    await plan(core, 501, 502, 503)
    messages = [await on_wire(core) for _ in range(3)]
    clock.advance(LEASE)
    await outbox.settle_unknown(core)
    await outbox.mark_sent(core, messages[0].id)
    await outbox.claim(core, B, 1, LEASE)
    await outbox.mark_sent(core, messages[1].id)
    assert not await outbox.put_on_wire(core, B, messages[1].id, LEASE)
    assert await on_wire(core, B)
    await outbox.reschedule(core, A, messages[2], pause=MINUTE, failed=True)
    await outbox.fail(core, A, messages[2].id, "500")
    await outbox.drop(core, A, messages[2].id, "not wanted")
    assert await statuses(core) == ["sent", "sent", "on_wire"]


async def test_what_is_withdrawn_meanwhile_stays_so(core: Core) -> None:
    await plan(core, 501)
    [message] = await outbox.claim(core, A, 1, LEASE)
    async with core.db.write() as session:
        await due_messages.withdraw(
            session, MessageKind.FEEDBACK_QUESTION, ["registration:1"], reason="cancelled"
        )
    await outbox.reschedule(core, A, message, pause=MINUTE, failed=True)
    assert await statuses(core) == ["dropped"]


async def test_who_stops_gives_back_what_they_have_not_begun(core: Core) -> None:
    await plan(core, 501, 502)
    await on_wire(core)
    [second] = await outbox.claim(core, A, 1, LEASE)
    await outbox.release(core, A)
    assert await statuses(core) == ["on_wire", "planned"]
    assert [row.id for row in await outbox.claim(core, B, 9, LEASE)] == [second.id]


async def test_who_returns_gets_what_they_missed_once(core: Core) -> None:
    person = Account(501)
    await make_person(core, 501)
    await plan(core, 501, 502)
    message, other = await outbox.claim(core, A, 2, LEASE)
    await outbox.block(core, person)
    await outbox.drop_blocked(core, A, message)
    await outbox.drop(core, A, other.id, "x" * 999)
    assert await statuses(core) == ["dropped", "dropped"]
    assert [len(row.reason) for row in await stored(core)] == [len(outbox.BLOCKED), 200]
    await outbox.unblock(core, person)
    assert await statuses(core) == ["planned", "dropped"]
    [message] = await outbox.claim(core, A, 2, LEASE)
    # They were back before the refusal was written down.
    await outbox.drop_blocked(core, A, message)
    assert await statuses(core) == ["planned", "dropped"]
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage).values(status=MessageStatus.DROPPED, reason=outbox.BLOCKED)
        )
    await outbox.unblock(core, person)
    assert await statuses(core) == ["dropped", "dropped"]
