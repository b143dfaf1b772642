"""Never more messages a second than Telegram takes, and answers first."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiohttp import web

from bot import slots as slots_module
from bot.slots import Slots, SlotsForAnswers
from tests.bot.running import telegram_of

SECOND = 0.1  # of these tests
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 501, "type": "private"}}


@pytest.fixture(autouse=True)
def short_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots_module, "REST", SECOND)
    monkeypatch.setattr(slots_module, "PAUSE_IN_CHAT", SECOND)


async def test_a_slot_comes_back_a_second_after_the_response() -> None:
    slots, loop = Slots(4), asyncio.get_running_loop()
    starts: list[float] = []

    async def push(chat: int) -> None:
        async with slots.to_push(chat):
            starts.append(loop.time())
            await asyncio.sleep(SECOND / 2)

    await asyncio.gather(*(push(chat) for chat in range(12)))
    for earlier, later in zip(starts, starts[4:], strict=False):
        assert later - earlier >= SECOND * 1.5 * 0.95
    assert len(starts) == 12


async def test_an_answer_takes_the_next_slot_before_any_pushed_message() -> None:
    slots, loop = Slots(4), asyncio.get_running_loop()
    order: list[str] = []
    waited: list[float] = []
    all_taken = asyncio.Event()

    async def push(chat: int) -> None:
        async with slots.to_push(chat):
            order.append(f"push {chat}")
            if len(order) == slots.total:
                all_taken.set()

    async def answer(number: int) -> None:
        began = loop.time()
        async with slots.to_answer():
            waited.append(loop.time() - began)
            order.append(f"answer {number}")

    pushing = asyncio.gather(*(push(chat) for chat in range(9)))
    await all_taken.wait()
    await asyncio.gather(answer(1), answer(2))
    await pushing
    pushes = [f"push {chat}" for chat in range(9)]
    assert order == [*pushes[:4], "answer 1", "answer 2", *pushes[4:]]
    # Slots taken one after the other come back one after the other: the next is never far.
    assert max(waited) < SECOND * 0.9


async def test_whoever_is_cancelled_loses_no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = Slots(1)
    got: list[str] = []

    async def push(name: str) -> None:
        async with slots.to_push(len(name)):
            got.append(name)

    waiting, given, last = (asyncio.create_task(push(name)) for name in ("a", "bb", "ccc"))
    give_back = slots._give_back

    def give_back_and_cancel() -> None:
        monkeypatch.setattr(slots, "_give_back", give_back)
        give_back()
        given.cancel()  # it has the slot by now, and has not run yet

    async with slots.to_answer():
        await asyncio.sleep(0)
        waiting.cancel()
        monkeypatch.setattr(slots, "_give_back", give_back_and_cancel)
    async with asyncio.timeout(5):
        await asyncio.gather(waiting, given, last, return_exceptions=True)
    assert got == ["ccc"]


async def test_pushed_messages_of_one_chat_keep_a_second_apart() -> None:
    slots, loop = Slots(), asyncio.get_running_loop()
    times: dict[int, list[float]] = {1: [], 2: []}

    async def push(chat: int) -> None:
        async with slots.to_push(chat):
            times[chat].append(loop.time())

    await asyncio.gather(push(1), push(1), push(1), push(2))
    first, second, third = times[1]
    assert min(second - first, third - second) >= SECOND * 0.95
    assert times[2][0] - first < SECOND / 2


def _busy(times: int, seconds: int) -> tuple[list[str], Callable[..., Awaitable[web.Response]]]:
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        calls.append(request.path.rpartition("/")[2])
        if len(calls) > times:
            return web.json_response({"ok": True, "result": MESSAGE})
        body = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        return web.json_response(body | {"parameters": {"retry_after": seconds}}, status=429)

    return calls, answer


async def test_an_answer_waits_out_a_short_429_and_holds_pushed_messages_back() -> None:
    slots, loop = Slots(), asyncio.get_running_loop()
    calls, answer = _busy(times=1, seconds=1)
    async with telegram_of(answer) as bot:
        bot.session.middleware(SlotsForAnswers(slots))
        began = loop.time()
        await bot.send_message(501, "Вы записаны")
    assert calls == ["sendMessage"] * 2
    assert loop.time() - began >= 1
    slots.pause(SECOND)
    began = loop.time()
    async with slots.to_push(501):
        assert loop.time() - began >= SECOND * 0.95


async def test_an_answer_does_not_wait_out_a_long_429() -> None:
    calls, answer = _busy(times=9, seconds=slots_module.LONGEST_WAIT + 1)
    async with telegram_of(answer) as bot:
        bot.session.middleware(SlotsForAnswers(Slots()))
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(501, "Вы записаны")
    assert calls == ["sendMessage"]


async def test_only_messages_take_slots_and_a_pushed_one_takes_no_second() -> None:
    slots = Slots(1)
    calls, answer = _busy(times=0, seconds=0)
    async with telegram_of(answer) as bot, asyncio.timeout(5):
        bot.session.middleware(SlotsForAnswers(slots))
        async with slots.to_push(501):
            await bot.send_message(501, "Напоминание")
            await bot.edit_message_text("Вы записаны", chat_id=501, message_id=1)
    assert calls == ["sendMessage", "editMessageText"]
