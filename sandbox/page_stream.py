"""The live side of the chat page: one stream of server-sent events per open tab.

Events: `hello` (first, tells whether the tab missed nothing since its Last-Event-ID), `world` (what
happened in a chat), `clock` (the time of the sandbox, whenever its minute or a move changes) and
`faults` (the rules of the switch and their hits).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress

from aiohttp import web

from sandbox.records import Event, Json
from sandbox.world import World

LOOK_AGAIN = 0.2
"""Seconds of real time between two looks at the faces: a move of the clock is seen running."""
PING_EVERY = 15.0
"""Seconds between comments on a quiet stream, by which a closed tab is noticed."""
RECONNECT_MS = 1000


class Stream:
    """Server-sent events about a world and what stands beside it.

    `faces` return what the page shows of the clock and of the faults; each is sent, under its name,
    when it differs.
    """

    def __init__(self, world: World, faces: Mapping[str, Callable[[], object]]) -> None:
        self._world = world
        self._faces = faces
        self._run = secrets.token_hex(4)
        self._closing = False

    async def close(self, _: web.Application) -> None:
        """End all streams; for `on_shutdown`, which would otherwise wait for open tabs."""
        self._closing = True

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream until the tab or the server goes away."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with suppress(ConnectionResetError):  # The tab was closed.
            await self._send_all(response, request.headers.get("Last-Event-ID"))
        return response

    async def _send_all(self, response: web.StreamResponse, last_seen: str | None) -> None:
        loop = asyncio.get_running_loop()
        shown: dict[str, object] = {}
        with self._world.subscribe() as events:
            here = self._mark(self._world.events.seq)
            await response.write(f"retry: {RECONNECT_MS}\n".encode())
            await _send(response, "hello", {"resumed": last_seen == here}, here)
            pinged = loop.time()
            while not self._closing:
                for name, face in self._faces.items():
                    if (seen := face()) != shown.get(name):
                        shown[name] = seen
                        await _send(response, name, seen)
                try:
                    event = await asyncio.wait_for(events.get(), LOOK_AGAIN)
                except TimeoutError:
                    if loop.time() - pinged > PING_EVERY:
                        pinged = loop.time()
                        await response.write(b": still here\n\n")
                    continue
                if event.kind != "clock":
                    await _send(response, "world", self._as_seen(event), self._mark(event.seq))

    def _as_seen(self, event: Event) -> Json:
        seen: Json = {"kind": event.kind, "chat_id": event.chat_id, **event.payload}
        if event.kind in {"message", "edited"}:
            seen = {"kind": event.kind, "chat_id": event.chat_id, "message": event.payload}
        if event.chat_id is not None:
            seen["keyboard"] = self._world.reply_keyboard(event.chat_id)
        return seen | {"seq": event.seq}

    def _mark(self, seq: int) -> str:
        return f"{self._run}-{seq}"


async def _send(response: web.StreamResponse, name: str, data: object, mark: str = "") -> None:
    identity = f"id: {mark}\n" if mark else ""
    await response.write(f"event: {name}\n{identity}data: {json.dumps(data)}\n\n".encode())
