"""What the bot owes goes out once, and every refusal of Telegram has its consequence."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import web
from sqlalchemy import select

from bot import slots as slots_module
from bot.clock import MovableClock
from bot.models import DueMessage, Person
from bot.sender import LEASE, LONGEST_PAUSE, PERSISTENCE, Dropped, Outgoing, Sender
from bot.services import due_messages, outbox
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.slots import Slots
from bot.vocabulary import MessageKind, MessageStatus, Messenger
from sandbox.client import Person as Someone
from sandbox.server import Sandbox
from tests.bot.running import bot_of, telegram_of

EVENING = datetime(2026, 3, 2, 14, 59, tzinfo=UTC)  # 21:59 in Krasnoyarsk


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock.now, rate_limits=False) as server:
        yield server


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with bot_of(sandbox) as bot:
        yield bot


@pytest.fixture
def maria(sandbox: Sandbox) -> Someone:
    sandbox.world.start(sandbox.world.add_user("Мария").id)
    return Someone(sandbox.world, next(iter(sandbox.world.users.values())))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots_module, "REST", 0.01)
    monkeypatch.setattr(slots_module, "PAUSE_IN_CHAT", 0.01)


async def compose(message: DueMessage) -> Outgoing | Dropped:
    return Outgoing(f"<b>{message.subject}</b>")


async def plan(core: Core, account_id: int, subject: str = "meeting:1", hours: float = 0) -> None:
    async with core.db.write() as session:
        owed = Owed(
            Account(account_id),
            MessageKind.MEETING_CANCELLED,
            subject,
            due_at=core.clock.now() + timedelta(hours=hours),
            answers=True,
        )
        await due_messages.plan(session, core, [owed])


async def stored(core: Core) -> list[DueMessage]:
    async with core.db.read() as session:
        return list(await session.scalars(select(DueMessage).order_by(DueMessage.id)))


def texts(someone: Someone) -> list[str]:
    return [screen.text for screen in someone.messages if screen.by_bot]


async def test_what_is_due_goes_out_once(core: Core, bot: Bot, maria: Someone) -> None:
    sender = Sender(core, bot, compose, Slots())
    await plan(core, maria.id)
    await plan(core, maria.id)
    await plan(core, maria.id, "meeting:2", hours=1)
    await sender.drain()
    assert texts(maria) == ["meeting:1"]
    assert maria.screen.entities[0]["type"] == "bold"
    first, later = await stored(core)
    assert (first.status, first.sent_at) == (MessageStatus.SENT, core.clock.now())
    assert later.status == MessageStatus.PLANNED
    assert await due_messages.next_due_at(core) == later.due_at
    await plan(core, maria.id)
    await sender.drain()
    assert texts(maria) == ["meeting:1"]


async def test_a_condition_that_is_no_longer_true_drops_it(
    core: Core, bot: Bot, maria: Someone
) -> None:
    async def not_true(message: DueMessage) -> Outgoing | Dropped:
        return Dropped("the meeting was moved")

    await plan(core, maria.id)
    await Sender(core, bot, not_true, Slots()).drain()
    [message] = await stored(core)
    assert (message.status, message.reason) == (MessageStatus.DROPPED, "the meeting was moved")
    assert texts(maria) == []


async def test_who_is_erased_at_the_last_moment_gets_nothing(
    core: Core, bot: Bot, maria: Someone
) -> None:
    async def erased_meanwhile(message: DueMessage) -> Outgoing | Dropped:
        async with core.db.write() as session:
            await due_messages.forget(session, Account(message.account_id))
        return await compose(message)

    await plan(core, maria.id)
    await Sender(core, bot, erased_meanwhile, Slots()).drain()
    assert texts(maria) == []


async def test_who_blocked_the_bot_gets_it_when_they_return(
    core: Core, bot: Bot, maria: Someone, sandbox: Sandbox
) -> None:
    async with core.db.write() as session:
        session.add(
            Person(
                messenger=Messenger.TELEGRAM,
                account_id=maria.id,
                consent_version="1",
                consented_at=core.clock.now(),
                created_at=core.clock.now(),
            )
        )
    sandbox.world.block(maria.id)
    await plan(core, maria.id)
    await Sender(core, bot, compose, Slots()).drain()
    [message] = await stored(core)
    assert message.status == MessageStatus.DROPPED
    assert message.reason == outbox.BLOCKED
    assert await _blocked_at(core) == core.clock.now()
    sandbox.world.unblock(maria.id)
    await outbox.unblock(core, Account(maria.id))
    assert await _blocked_at(core) is None
    await Sender(core, bot, compose, Slots()).drain()
    assert texts(maria) == ["meeting:1"]


async def test_an_account_that_does_not_exist_is_given_up(core: Core, bot: Bot) -> None:
    await plan(core, 999_999)
    await Sender(core, bot, compose, Slots()).drain()
    [message] = await stored(core)
    assert message.status == MessageStatus.FAILED
    assert message.reason.startswith("TelegramBadRequest at aiogram.")
    assert "chat not found" not in message.reason  # Telegram may quote what somebody typed


@pytest.mark.parametrize("status", [500, 502, None])
async def test_trouble_on_the_way_is_tried_again_after_a_pause(
    core: Core, bot: Bot, maria: Someone, sandbox: Sandbox, clock: MovableClock, status: int | None
) -> None:
    sandbox.faults.plan("sendMessage", carried_out=False, status=status, times=2)
    sender = Sender(core, bot, compose, Slots())
    await plan(core, maria.id)
    for pause in (30, 60):
        await sender.drain()
        [message] = await stored(core)
        again_at = clock.now() + timedelta(seconds=pause)
        assert (message.status, message.leased_until) == (MessageStatus.PLANNED, again_at)
        assert await due_messages.next_due_at(core) == again_at
        await sender.drain()
        assert texts(maria) == []
        clock.move_to(again_at)
    await sender.drain()
    assert texts(maria) == ["meeting:1"]


async def test_after_a_day_of_trouble_it_is_given_up(
    core: Core, bot: Bot, maria: Someone, sandbox: Sandbox, clock: MovableClock
) -> None:
    sandbox.faults.plan("sendMessage", carried_out=False, status=500, times=100)
    sender = Sender(core, bot, compose, Slots())
    await plan(core, maria.id)
    start = clock.now()
    while due := await due_messages.next_due_at(core):
        clock.move_to(due)
        await sender.drain()
    [message] = await stored(core)
    assert (message.status, texts(maria)) == (MessageStatus.FAILED, [])
    assert message.reason.startswith("TelegramServerError")
    assert PERSISTENCE <= clock.now() - start < PERSISTENCE + timedelta(seconds=LONGEST_PAUSE)


async def test_one_message_that_cannot_be_composed_holds_up_no_other(
    core: Core, bot: Bot, maria: Someone
) -> None:
    async def half(message: DueMessage) -> Outgoing | Dropped:
        if message.subject == "meeting:1":
            raise KeyError("no such text")
        return await compose(message)

    await plan(core, maria.id)
    await plan(core, maria.id, "meeting:2")
    await Sender(core, bot, half, Slots()).drain()
    assert texts(maria) == ["meeting:2"]
    assert [row.status for row in await stored(core)] == ["planned", "sent"]


async def test_a_crash_during_the_call_leaves_it_on_the_wire_and_it_goes_out_again(
    core: Core, bot: Bot, maria: Someone, clock: MovableClock
) -> None:
    calling = asyncio.Event()

    async def never(_: web.Request) -> web.Response:
        calling.set()
        await asyncio.Event().wait()
        return web.Response()

    await plan(core, maria.id)
    async with telegram_of(never) as deaf:
        sender = Sender(core, deaf, compose, Slots())
        await sender.kick()
        await calling.wait()
        assert [row.status for row in await stored(core)] == [MessageStatus.ON_WIRE]
        await sender.stop(patience=0)
    assert [row.status for row in await stored(core)] == [MessageStatus.ON_WIRE]
    sender = Sender(core, bot, compose, Slots())
    await sender.drain()
    assert texts(maria) == []
    clock.advance(LEASE)
    await sender.drain()
    assert texts(maria) == ["meeting:1"]


async def test_a_stop_lets_the_call_in_hand_end(core: Core, maria: Someone) -> None:
    calling, answer = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        calling.set()
        await answer.wait()
        return _sent()

    await plan(core, maria.id)
    async with telegram_of(slow) as bot:
        sender = Sender(core, bot, compose, Slots())
        await sender.kick()
        await sender.kick()
        await calling.wait()
        stopping = asyncio.create_task(sender.stop())
        await asyncio.sleep(0)
        answer.set()
        await stopping
    assert [row.status for row in await stored(core)] == [MessageStatus.SENT]


async def test_a_429_pauses_every_pushed_message(core: Core) -> None:
    loop, calls = asyncio.get_running_loop(), []

    async def busy_once(_: web.Request) -> web.Response:
        calls.append(loop.time())
        return _busy(1) if len(calls) == 1 else _sent()

    await plan(core, 501)
    await plan(core, 502)
    async with telegram_of(busy_once) as bot:
        await Sender(core, bot, compose, Slots(1)).drain()
    assert [row.status for row in await stored(core)] == [MessageStatus.SENT] * 2
    assert [row.attempts for row in await stored(core)] == [0, 0]
    assert len(calls) == 3
    assert calls[1] - calls[0] >= 1


async def test_what_the_night_catches_up_with_waits_for_the_morning(
    core: Core, bot: Bot, maria: Someone, clock: MovableClock
) -> None:
    clock.move_to(EVENING)
    async with core.db.write() as session:
        owed = [
            Owed(Account(maria.id + number), MessageKind.QUESTION, f"question:{number}")
            for number in range(6)
        ]
        await due_messages.plan(session, core, owed, timezone="Asia/Krasnoyarsk")

    async def slow(message: DueMessage) -> Outgoing | Dropped:
        clock.move_to(EVENING + timedelta(minutes=5))
        return await compose(message)

    await Sender(core, bot, slow, Slots()).drain()
    assert texts(maria) == []
    morning = EVENING + timedelta(hours=10, minutes=1)
    assert {(row.status, row.due_at) for row in await stored(core)} == {
        (MessageStatus.PLANNED, morning)
    }


@pytest.mark.parametrize(("seconds", "times"), [(31, 2), (29, 1)])
async def test_what_waited_long_to_go_out_is_composed_anew(
    core: Core, bot: Bot, maria: Someone, clock: MovableClock, seconds: int, times: int
) -> None:
    composed: list[str] = []

    async def slow(message: DueMessage) -> Outgoing | Dropped:
        if not composed:
            clock.advance(timedelta(seconds=seconds))
        composed.append(f"take {len(composed) + 1}")
        return Outgoing(composed[-1])

    await plan(core, maria.id)
    await Sender(core, bot, slow, Slots()).drain()
    assert texts(maria) == composed[times - 1 :] == [f"take {times}"]


async def test_moved_and_forgotten(core: Core, clock: MovableClock) -> None:
    await plan(core, 501)
    await plan(core, 502)
    moved = clock.now() + timedelta(days=3)
    async with core.db.write() as session:
        later = Owed(
            Account(502), MessageKind.MEETING_CANCELLED, "meeting:1", due_at=moved, answers=True
        )
        await due_messages.plan(session, core, [later], move=True)
        await due_messages.forget(session, Account(501))
    assert [(row.account_id, row.due_at) for row in await stored(core)] == [(502, moved)]


async def _blocked_at(core: Core) -> Any:
    async with core.db.read() as session:
        return await session.scalar(select(Person.blocked_at))


def _sent() -> web.Response:
    message = {"message_id": 1, "date": 1, "chat": {"id": 501, "type": "private"}}
    return web.json_response({"ok": True, "result": message})


def _busy(seconds: int) -> web.Response:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
    return web.json_response(body | {"parameters": {"retry_after": seconds}}, status=429)
