"""Polling goes on through everything but a wrong token."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram.types import Message
from aiohttp import web

from bot import polling
from bot.clock import MovableClock
from bot.errors import StartupError
from bot.services import updates
from bot.services.core import Core
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.running import bot_of, inbox_of, rows, running, said, telegram_of


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock.now, rate_limits=False) as server:
        yield server


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses that polling makes; none of them is waited for."""
    made: list[float] = []

    class NoTime:
        async def sleep(self, seconds: float) -> None:
            made.append(seconds)
            await asyncio.sleep(0)

    monkeypatch.setattr(polling, "asyncio", NoTime())
    return made


class Hears:
    def __init__(self) -> None:
        self.words: list[str] = []

    async def __call__(self, message: Message) -> None:
        self.words.append(message.text or "")


def refusal(code: int, description: str, **parameters: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return web.json_response(body, status=code)


def in_order(
    *answers: Callable[[], web.Response],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Give these answers to getUpdates, one after the other."""
    left = iter(answers)

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("deleteWebhook"):
            return web.json_response({"ok": True, "result": True})
        return next(left)()

    return answer


async def test_trouble_is_waited_out_with_growing_pauses(core: Core, pauses: list[float]) -> None:
    heard = Hears()
    everything = {"ok": True, "result": [said(1, 500, "дошло")]}
    answer = in_order(
        lambda: refusal(409, "Conflict: terminated by other getUpdates request"),
        lambda: refusal(502, "Bad Gateway"),
        lambda: web.Response(text="<html>502</html>", status=502),
        lambda: refusal(429, "Too Many Requests: retry after 40", retry_after=40),
        lambda: web.json_response(everything),
        lambda: refusal(401, "Unauthorized"),
    )
    async with telegram_of(answer) as bot, inbox_of(core, bot, heard) as inbox:
        with pytest.raises(StartupError, match="BOT_TOKEN"):
            await polling.Polling(bot, inbox, ["message"]).run()
        await inbox.idle()
    assert heard.words == ["дошло"]
    assert pauses == [0.5, 1, 2, 40]


async def test_a_cut_connection_and_a_500_lose_nothing(
    sandbox: Sandbox, core: Core, pauses: list[float]
) -> None:
    heard = Hears()
    maria = Person(sandbox.world, sandbox.world.add_user("Мария"))
    sandbox.faults.plan("deleteWebhook", carried_out=False)
    sandbox.faults.plan("getUpdates", carried_out=True, status=500)
    sandbox.faults.plan("getUpdates", carried_out=False)
    async with running("polling", sandbox, core, heard):
        await maria.send("раз")
    assert heard.words == ["раз"]
    assert pauses == [0.5, 1, 2]


async def test_nothing_is_acknowledged_before_it_is_stored(
    sandbox: Sandbox, core: Core, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, pending = Hears(), []
    maria = Person(sandbox.world, sandbox.world.add_user("Мария"))
    store = updates.store

    async def fails_twice(*args: Any) -> set[int]:
        pending.append(len(sandbox.world.updates.pending))
        if len(pending) < 3:
            raise OSError("disk full")
        return await store(*args)

    monkeypatch.setattr(updates, "store", fails_twice)
    async with running("polling", sandbox, core, heard):
        await maria.send("раз")
    assert pending == [1, 1, 1]
    assert heard.words == ["раз"]
    assert len(await rows(core)) == 1


async def test_a_crash_between_storing_and_acknowledging_repeats_nothing(
    sandbox: Sandbox, core: Core
) -> None:
    """The first program stores and dies; Telegram gives the same update to the second one."""
    heard = Hears()
    maria = Person(sandbox.world, sandbox.world.add_user("Мария"))
    sandbox.world.send_text(maria.id, "раз")
    [pending] = sandbox.world.updates.pending

    async def dies(message: Message) -> None:
        await asyncio.Event().wait()

    async with bot_of(sandbox) as bot, inbox_of(core, bot, dies) as inbox:
        await inbox.feed([pending.as_api()])
        await inbox.stop(patience=0)
    async with running("polling", sandbox, core, heard):
        await maria.settle()
    assert heard.words == ["раз"]


async def test_a_full_inbox_fetches_no_more(
    sandbox: Sandbox, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.FULL", 1)
    maria = Person(sandbox.world, sandbox.world.add_user("Мария"))
    entered, leave = asyncio.Event(), asyncio.Event()

    async def work(message: Message) -> None:
        entered.set()
        await leave.wait()

    async with running("polling", sandbox, core, work) as inbox:
        sandbox.world.send_text(maria.id, "раз")
        await entered.wait()
        assert inbox.is_full
        leave.set()
        await maria.send("два")
        assert not inbox.is_full
