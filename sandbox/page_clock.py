"""The clock on the chat page: what it shows, and moving it forward."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.page_guard import refusal
from sandbox.page_requests import body
from sandbox.records import Json

log = logging.getLogger(__name__)

LONGEST_MOVE = timedelta(days=366)


class PageClock(Protocol):
    """The clock of the sandbox, as the page shows and moves it."""

    @property
    def timezone(self) -> str:
        """The IANA name of the time zone that times are shown in."""

    def now(self) -> datetime:
        """The current moment, aware."""

    async def move_to(self, target: datetime) -> None:
        """Run forward to `target`, stepping through what falls due; returns when it is there."""


class ClockFace:
    """The clock as the page sees it, with the one move that may be under way."""

    def __init__(self, clock: PageClock) -> None:
        self._clock = clock
        self._moving: tuple[datetime, datetime] | None = None

    def seen(self) -> Json:
        """What the page shows: the minute `now`, the time zone, `moving` = [from, to] or None."""
        now = self._clock.now().astimezone(UTC).replace(second=0, microsecond=0)
        moving = self._moving and [moment.isoformat() for moment in self._moving]
        return {"now": now.isoformat(), "timezone": self._clock.timezone, "moving": moving}

    async def move(self, request: web.Request) -> web.Response:
        """Run `minutes` on, or to the local time `to` («2026-11-25T10:00»); answers when there."""
        start, target = self._clock.now(), await self._target(request)
        if target <= start:
            shown = f"{start.astimezone(ZoneInfo(self._clock.timezone)):%d.%m.%Y, %H:%M}"
            raise refusal(web.HTTPBadRequest, f"Эти часы идут только вперёд, а на них уже {shown}.")
        if target - start > LONGEST_MOVE:
            raise refusal(web.HTTPBadRequest, "За один раз можно уйти вперёд не больше чем на год.")
        if self._moving:
            raise refusal(web.HTTPConflict, "Часы уже идут вперёд. Подождите, пока остановятся.")
        self._moving = start, target
        try:
            await self._clock.move_to(target)
        except Exception as error:
            log.exception("The clock did not get to %s", target)
            raise refusal(
                web.HTTPInternalServerError,
                "Часы остановились на полпути: в программе ошибка, она записана в журнал.",
            ) from error
        finally:
            self._moving = None
        return web.json_response(self.seen())

    async def _target(self, request: web.Request) -> datetime:
        asked = await body(request)
        try:
            if "minutes" in asked:
                return self._clock.now() + timedelta(minutes=float(asked["minutes"]))
            local = datetime.fromisoformat(asked["to"]).replace(tzinfo=None)
            return local.replace(tzinfo=ZoneInfo(self._clock.timezone)).astimezone(UTC)
        except (KeyError, TypeError, ValueError, OverflowError):
            raise refusal(web.HTTPBadRequest, "Выберите день и час на календаре.") from None
