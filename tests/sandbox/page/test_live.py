"""The clock and the stream of events of the chat page."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, ClientTimeout

from tests.sandbox.page.helper import (
    NOON,
    PUPIL,
    Served,
    error_of,
    served_page,
)


async def next_event(stream: ClientResponse) -> tuple[str, str, Any]:
    """Name, id and data of the next server-sent event."""
    fields: dict[str, str] = {}
    while line := (await stream.content.readline()).decode().rstrip("\n") or not fields:
        if isinstance(line, str) and ": " in line:
            name, _, value = line.partition(": ")
            fields[name] = value
    return fields["event"], fields.get("id", ""), json.loads(fields["data"])


async def test_the_clock_runs_to_a_local_time(page: Served, http: ClientSession) -> None:
    page.clock.gate.set()
    async with http.post("api/clock", json={"minutes": 60}) as response:
        assert (await response.json())["now"] == (NOON + timedelta(hours=1)).isoformat()
    async with http.post("api/clock", json={"to": "2026-11-25T10:00"}) as response:
        assert (await response.json())["now"] == "2026-11-25T03:00:00+00:00"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"to": "2026-11-21T10:15"}, "идут только вперёд, а на них уже 21.11.2026, 10:15"),
        ({"minutes": -1}, "только вперёд"),
        ({"to": "2028-01-01T00:00"}, "не больше чем на год"),
        ({"to": "завтра"}, "Выберите день"),
        ({"minutes": 1e300}, "Выберите день"),
        ({}, "Выберите день"),
    ],
)
async def test_where_the_clock_does_not_go(
    page: Served, http: ClientSession, step: dict[str, object], sentence: str
) -> None:
    async with http.post("api/clock", json=step) as response:
        assert response.status == 400
        assert sentence in await error_of(response)
    assert page.clock.now() == NOON


async def test_one_move_at_a_time_and_a_failed_one_is_told(
    page: Served, http: ClientSession
) -> None:
    page.clock.failure = ValueError("a bug in what fell due")
    first = asyncio.create_task(http.post("api/clock", json={"minutes": 60}))
    await page.clock.halfway.wait()
    soon = ClientTimeout(5)
    async with http.post("api/clock", json={"minutes": 60}, timeout=soon) as response:
        assert response.status == 409
        assert "уже идут" in await error_of(response)
    page.clock.gate.set()
    async with await first as response:
        assert response.status == 500
        assert "остановились на полпути" in await error_of(response)
    page.clock.failure = None
    async with http.post("api/clock", json={"minutes": 60}) as response:
        assert response.status == 200


async def test_the_stream_tells_what_happens(page: Served, http: ClientSession) -> None:
    page.world.start(PUPIL)
    async with http.get("api/events") as stream:
        name, mark, hello = await next_event(stream)
        assert (name, hello) == ("hello", {"resumed": False})
        name, _, clock = await next_event(stream)
        assert (name, clock) == (
            "clock",
            {"now": NOON.isoformat(), "timezone": "Asia/Krasnoyarsk", "moving": None},
        )
        name, _, faults = await next_event(stream)
        assert (name, faults) == ("faults", [])
        async with http.get("api/events", headers={"Last-Event-ID": mark}) as again:
            assert (await next_event(again))[2] == {"resumed": True}
        await page.bot.send_message(PUPIL, "Новость")
        name, _, event = await next_event(stream)
        assert (name, event["kind"], event["chat_id"]) == ("world", "message", PUPIL)
        assert event["message"]["text"] == "Новость"
        async with http.get("api/events", headers={"Last-Event-ID": mark}) as late:
            assert (await next_event(late))[2] == {"resumed": False}


async def test_the_stream_shows_the_clock_running(page: Served, http: ClientSession) -> None:
    async with http.get("api/events") as stream:
        for _ in ("hello", "clock", "faults"):
            await next_event(stream)
        move = asyncio.create_task(http.post("api/clock", json={"minutes": 60}))
        _, _, face = await next_event(stream)
        half, end = NOON + timedelta(minutes=30), NOON + timedelta(hours=1)
        assert face["now"] == half.isoformat()
        assert face["moving"] == [NOON.isoformat(), end.isoformat()]
        page.clock.gate.set()
        _, _, face = await next_event(stream)
        assert (face["now"], face["moving"]) == (end.isoformat(), None)
        (await move).release()


async def test_open_tabs_do_not_hold_up_the_end() -> None:
    async with ClientSession() as session:
        async with served_page() as page:
            stream = await session.get(f"{page.url}api/events")
            await next_event(stream)
        while await asyncio.wait_for(stream.content.readline(), 5):
            pass
        stream.release()
