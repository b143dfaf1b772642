"""A network that fails when a test says so (telegram.md 18)."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from sandbox.errors import ApiError


@dataclass(frozen=True)
class Fault:
    """One failure of a method.

    `carried_out` says whether the method still takes effect: then a resend is a duplicate.
    `status` is 500 or 502, or None for a connection that drops without an answer.
    """

    method: str
    carried_out: bool
    status: int | None

    def respond(self, request: web.Request) -> web.Response:
        """The failing answer, or a cut connection."""
        if self.status is None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        text = {500: "Internal Server Error", 502: "Bad Gateway"}[self.status]
        return web.json_response(ApiError(self.status, text).as_api(), status=self.status)


class Faults:
    """Failures planned for the next calls, each used once, in order per method."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(
        self, method: str, *, carried_out: bool, status: int | None = None, times: int = 1
    ) -> None:
        """Let the next `times` calls of a method (any case) fail; see `Fault`."""
        self._planned += [Fault(method.lower(), carried_out, status)] * times

    def due(self, method: str) -> Fault | None:
        """Take the failure planned for this call, if any."""
        for index, fault in enumerate(self._planned):
            if fault.method == method:
                return self._planned.pop(index)
        return None
