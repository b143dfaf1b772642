"""The switch «Сбои сети» on the chat page: what it shows, rules put on and taken off."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from sandbox.faults import ANY, Faults, Rule
from sandbox.page_guard import refusal
from sandbox.page_requests import body
from sandbox.records import Json

LONGEST = 60
"""Seconds."""

KINDS: Mapping[str, Json] = {
    "429": {"status": 429},
    "403": {"status": 403},
    "500": {"status": 500},
    "502": {"status": 502},
    "before": {"drop": True},
    "after": {"drop": True, "carried_out": True},
    "delay": {},
}
"""What the page can ask for, as the `Rule` has it."""
NEED_SECONDS = frozenset({"429", "delay"})


class FaultPanel:
    """The rules of a switch as the page sees them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def seen(self) -> list[Json]:
        """What the page shows: each rule with its kind (`KINDS`, or another status) and hits."""
        return [
            {
                "id": rule.id,
                "method": rule.method,
                "percent": round(rule.share * 100),
                "kind": _kind(rule),
                "seconds": rule.retry_after if rule.status == 429 else rule.delay,
                "hits": rule.hits,
            }
            for rule in self._faults.rules
        ]

    async def add(self, request: web.Request) -> web.Response:
        """Let `kind` happen to `percent` of the calls of `method`, with so many `seconds` to wait
        (a 429) or of delay (all others)."""
        asked = await body(request)
        kind = str(asked.get("kind"))
        if kind not in KINDS:
            raise refusal(web.HTTPBadRequest, "Выберите, что случается.")
        percent = _whole(asked, "percent", 1, 100, "Доля — от 1 до 100 %.")
        least = 1 if kind in NEED_SECONDS else 0
        seconds = _whole(asked, "seconds", least, LONGEST, f"Секунд — от {least} до {LONGEST}.")
        wait: Json = {"retry_after" if kind == "429" else "delay": seconds}
        method = str(asked.get("method", ANY))
        self._faults.add(Rule(method, percent / 100, **KINDS[kind], **wait))
        return web.json_response({})

    async def remove(self, request: web.Request) -> web.Response:
        """Take the rule of the address off."""
        self._faults.remove(int(request.match_info["rule_id"]))
        return web.json_response({})


def _kind(rule: Rule) -> str:
    if rule.status is not None:
        return str(rule.status)
    if rule.drop:
        return "after" if rule.carried_out else "before"
    return "delay"


def _whole(asked: Json, name: str, least: int, most: int, sentence: str) -> int:
    try:
        number = int(asked[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        number = least - 1
    if not least <= number <= most:
        raise refusal(web.HTTPBadRequest, sentence)
    return number
