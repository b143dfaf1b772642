"""The local Telegram as a running server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.api import Api
from sandbox.faults import Faults
from sandbox.webhook import LOOPBACK, Pause, growing_pause
from sandbox.world import World


class Sandbox:
    """A Bot API server on the loopback, as an async context manager.

    Args:
        now: the movable clock of the world; aware datetimes. Not needed with `world`.
        world: a world with its bot, e.g. of a snapshot; by default a new one is made.
        token: the new world's bot token.
        port: 0 takes a free one.
        host: an address of the loopback.
        rate_limits: whether the new world refuses with 429.
        webhook_pause: seconds between tries of an update at the webhook, by failures so far.

    Attributes:
        app: other routes and applications (the chat page) are added to it before the start.
        world: the state.
        url: the base address for Bot API clients, once started.

    Raises:
        ValueError: the host is not of the loopback, or there is neither clock nor world.
        OSError: the port is taken (on entering).
    """

    def __init__(
        self,
        now: Callable[[], datetime] | None = None,
        *,
        world: World | None = None,
        token: str = "42:TEST",  # noqa: S107 - a token of nowhere
        username: str = "sandbox_bot",
        name: str = "Sandbox",
        port: int = 0,
        host: str = "127.0.0.1",
        rate_limits: bool = True,
        webhook_pause: Pause = growing_pause,
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"{host} is not an address of the loopback")
        if world is None:
            if now is None:
                raise ValueError("a clock or a world is needed")
            world = World(now, rate_limits=rate_limits)
            world.add_bot(token, username, name)
        self.world = world
        self.app = web.Application()
        self.url = ""
        self._host, self._port = host, port
        self._api = Api(world, webhook_pause=webhook_pause)
        self._runner: web.AppRunner | None = None

    @property
    def faults(self) -> Faults:
        """The switch that lets calls of the bot fail."""
        return self.world.faults

    async def __aenter__(self) -> Self:
        self.app.add_routes(self._api.routes())
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        address = self._runner.addresses[0]
        host = f"[{address[0]}]" if ":" in address[0] else address[0]
        self.url = f"http://{host}:{address[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._api.close()
        if self._runner is not None:
            await self._runner.cleanup()
