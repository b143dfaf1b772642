"""The webhook answers 200 only to what it stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiogram.types import Message

from bot.clock import MovableClock
from bot.errors import StartupError
from bot.inbox import Inbox
from bot.services import updates
from bot.services.core import Core
from bot.webhook import LARGEST, SECRET_HEADER, webhook_app
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.running import SECRET, bot_of, inbox_of, rows, running, said, web_server


class Client:
    """Posts to the webhook as Telegram does, or as somebody else."""

    def __init__(self, inbox: Inbox, session: aiohttp.ClientSession, url: str) -> None:
        self.inbox = inbox
        self.session = session
        self.url = url
        self.words: list[str] = []

    async def post(self, body: Any, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.session.post(f"{self.url}/webhook", data=data, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock.now, rate_limits=False, webhook_pause=lambda _: 0) as server:
        yield server


@pytest.fixture
async def client(core: Core, sandbox: Sandbox) -> AsyncIterator[Client]:
    words: list[str] = []

    async def work(message: Message) -> None:
        words.append(message.text or "")

    async with (
        bot_of(sandbox) as bot,
        inbox_of(core, bot, work) as inbox,
        web_server(webhook_app(inbox, SECRET)) as url,
        aiohttp.ClientSession() as session,
    ):
        client = Client(inbox, session, url)
        client.words = words
        yield client


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "секрет"])
async def test_nothing_is_taken_without_the_secret(client: Client, core: Core, secret: Any) -> None:
    assert await client.post(said(1, 500, "взлом"), secret) == 401
    assert await rows(core) == []


async def test_a_webhook_without_a_secret_does_not_start(client: Client) -> None:
    with pytest.raises(StartupError, match="WEBHOOK_SECRET"):
        webhook_app(client.inbox, "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        ([], 400),
        ({}, 400),
        ({"update_id": "1"}, 400),
        ({"update_id": True}, 400),
        (b" " * (LARGEST + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(
    client: Client, core: Core, body: Any, status: int
) -> None:
    assert await client.post(body) == status
    assert await rows(core) == []


async def test_the_same_update_twice_is_worked_once(client: Client) -> None:
    both = [client.post(said(1, 500, "раз")) for _ in range(2)]
    assert await asyncio.gather(*both) == [200, 200]
    await client.inbox.idle()
    assert await client.post(said(1, 500, "раз")) == 200
    await client.inbox.idle()
    assert client.words == ["раз"]


async def test_many_at_once_share_transactions(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    store = updates.store

    async def counting(core: Core, bot_id: int, batch: list[updates.NewUpdate]) -> set[int]:
        batches.append(len(batch))
        return await store(core, bot_id, batch)

    monkeypatch.setattr(updates, "store", counting)
    posts = [client.post(said(number, 500, str(number))) for number in range(60)]
    assert set(await asyncio.gather(*posts)) == {200}
    await client.inbox.idle()
    assert sum(batches) == 60
    assert len(batches) < 40
    assert sorted(client.words, key=int) == [str(number) for number in range(60)]


async def test_what_could_not_be_stored_is_sent_again(
    sandbox: Sandbox, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []
    troubles = 2
    store = updates.store

    async def work(message: Message) -> None:
        words.append(message.text or "")

    async def fails_twice(*args: Any) -> set[int]:
        nonlocal troubles
        if troubles:
            troubles -= 1
            raise OSError("disk full")
        return await store(*args)

    monkeypatch.setattr(updates, "store", fails_twice)
    maria = Person(sandbox.world, sandbox.world.add_user("Мария"))
    async with running("webhook", sandbox, core, work):
        await maria.send("раз")
    assert (words, troubles) == (["раз"], 0)


async def test_a_full_inbox_asks_telegram_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.FULL", 0)
    client.inbox._count(0)
    assert await client.post(said(1, 500, "раз")) == 503
    monkeypatch.setattr("bot.inbox.FULL", 1)
    client.inbox._count(0)
    assert await client.post(said(1, 500, "раз")) == 200
    await client.inbox.idle()
    assert client.words == ["раз"]
