"""Delivery of updates to the bot's webhook (telegram.md 14).

Each queue (messages of a chat, its callbacks) is sent in order, one at a time; the queues run side
by side, up to `max_connections`. What was not taken is sent again, with the same `update_id`, until
it expires.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp

from sandbox.errors import ApiError, bad_request
from sandbox.params import Params, read_params
from sandbox.polling import read_allowed
from sandbox.records import Json, Update
from sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
RESPONSE_TIMEOUT = aiohttp.ClientTimeout(total=60)
LONGEST_PAUSE = 60.0
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_NOT_IN_REPLY = frozenset({"setwebhook", "deletewebhook", "close", "logout"})

Pause = Callable[[int], float]
Call = Callable[[str, Params], Awaitable[object]]


def growing_pause(failures: int) -> float:
    """Seconds before the next try: none after the first failure, then 2, 4, … up to 60."""
    return 0.0 if failures == 1 else min(2.0 ** (failures - 1), LONGEST_PAUSE)


class Webhook:
    """The webhook of the bot, on or off.

    Args:
        world: where the updates wait.
        call: carries out the method in a reply's body; its refusals are nobody's concern.
        pause: seconds to wait after so many failures of an update.
    """

    def __init__(self, world: World, call: Call, pause: Pause = growing_pause) -> None:
        self._world = world
        self._call = call
        self._pause = pause
        self._secret = ""
        self._last_error: Json = {}
        self._slots = asyncio.Semaphore(40)
        self._runner: asyncio.Task[None] | None = None
        self.url = ""
        self.max_connections = 40

    async def set(self, params: Params) -> None:
        """setWebhook: an empty url means deleteWebhook; the same again changes nothing.

        Only loopback addresses are served: the sandbox sends nothing out of the machine.

        Raises:
            ApiError: 400 for a bad address or secret.
        """
        url, secret = params.text("url"), params.text("secret_token")
        if url:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise bad_request("invalid webhook URL specified")
            if parts.hostname not in LOOPBACK:
                raise bad_request("bad webhook: IP address is reserved or not allowed")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        connections = min(max(params.integer("max_connections", 40), 1), 100)
        drop = params.flag("drop_pending_updates")
        if url:
            read_allowed(self._world.updates, params)
        same = (url, secret, connections) == (self.url, self._secret, self.max_connections)
        if url and same and not drop:
            return
        await self.stop()
        if drop:
            self._world.updates.clear()
        if not url:
            return
        self.url, self._secret, self.max_connections = url, secret, connections
        self._slots = asyncio.Semaphore(self.max_connections)
        self._runner = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Deliver no more; what is pending stays."""
        self.url, self._last_error = "", {}
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
            self._runner = None

    def info(self) -> Json:
        """getWebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.alive()),
        }
        if self.url:
            info |= {"max_connections": self.max_connections, **self._last_error}
        if self._world.updates.allowed is not None:
            info["allowed_updates"] = self._world.updates.allowed
        return info

    async def _run(self) -> None:
        workers: dict[tuple[str, int], asyncio.Task[None]] = {}
        async with aiohttp.ClientSession(timeout=RESPONSE_TIMEOUT) as session:
            try:
                while True:
                    for queue in {update.queue for update in self._world.updates.alive()}:
                        if queue not in workers or workers[queue].done():
                            workers[queue] = asyncio.create_task(self._work(session, queue))
                    await self._world.updates.changed.wait()
            finally:
                for worker in workers.values():
                    worker.cancel()
                await asyncio.gather(*workers.values(), return_exceptions=True)

    async def _work(self, session: aiohttp.ClientSession, queue: tuple[str, int]) -> None:
        """Send what one queue holds, in order."""
        failures = 0
        while (update := self._first(queue)) is not None:
            async with self._slots:
                taken = await self._deliver(session, update)
            if taken:
                failures = 0
                self._world.updates.acknowledge(update)
            else:
                failures += 1
                await asyncio.sleep(self._pause(failures))

    def _first(self, queue: tuple[str, int]) -> Update | None:
        alive = self._world.updates.alive()
        return next((update for update in alive if update.queue == queue), None)

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with session.post(
                self.url, json=update.as_api(), headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status <= 299:
                    await self._carry_out(response)
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = f"Connection failed: {error}"
        self._last_error = {
            "last_error_date": int(self._world.now().timestamp()),
            "last_error_message": problem,
        }
        return False

    async def _carry_out(self, response: aiohttp.ClientResponse) -> None:
        try:
            params = await read_params(response.headers, response.content, {})
            method = params.values.pop("method", "").lower()
            if method and method not in _NOT_IN_REPLY and not method.startswith("get"):
                await self._call(method, params)
        except ApiError:
            return  # the bot never learns the result of a method it put into a reply
