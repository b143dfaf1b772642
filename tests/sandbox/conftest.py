"""A sandbox over real HTTP, its clock, someone who started the bot, and a way to call methods."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.records import User
from sandbox.server import Sandbox


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


class Caller:
    """Calls methods and holds that the HTTP status is the error code."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.url = url
        self.token = token

    async def response(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=params) as got:
            body: dict[str, Any] = await got.json()
            assert got.status == (200 if body["ok"] else body["error_code"])
            return body

    async def ok(self, method: str, **params: Any) -> Any:
        body = await self.response(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        body = await self.response(method, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def say(self, chat: User, text: str = "Здравствуйте", **params: Any) -> dict[str, Any]:
        message: dict[str, Any] = await self.ok("sendMessage", chat_id=chat.id, text=text, **params)
        return message


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Callable[[], datetime]) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock, rate_limits=False, webhook_pause=lambda _: 0.0) as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def call(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    return Caller(session, sandbox.url, sandbox.world.bot.token)


@pytest.fixture
def maria(sandbox: Sandbox) -> User:
    """Started the bot; nothing of it is left to fetch."""
    user = sandbox.world.add_user("Мария", last_name="Кузнецова", username="maria_k")
    sandbox.world.start(user.id)
    sandbox.world.updates.clear()
    return user


def inline(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    """An inline keyboard of (label, callback data)."""
    return {
        "inline_keyboard": [
            [{"text": label, "callback_data": data} for label, data in row] for row in rows
        ]
    }
