"""A network that fails when a test or the page says so (telegram.md 1, 2 and 18)."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from sandbox.errors import ApiError, forbidden, too_many_requests

ANY = ""
MESSAGES = "messages"
"""The methods that send a message, as `Rule.method`."""
LOG_LENGTH = 10_000
"""Hits remembered; the counters of the rules go on."""


class Dropped(Exception):
    """The connection is cut without an answer."""


@dataclass(eq=False)
class Rule:
    """What happens to a share of calls: a refusal, a cut connection, a pause, or a pause and one
    of these.

    Attributes:
        method: a method (any case), `MESSAGES` or `ANY`.
        share: of the calls, more than 0 and at most 1.
        status: the error the call is answered with. 403 is what a person does who blocks the bot,
            so it meets only what is said or changed in private chats; nobody is really blocked.
        retry_after: the seconds that a 429 asks to wait.
        drop: the connection is cut.
        carried_out: a dropped call, or one answered with 5xx, takes effect before it fails: then a
            resend is a duplicate.
        delay: real seconds that the call is under way before Telegram has it.
        times: how often it strikes; None is until it is taken off.
        hits: how often it struck.
        id: given by `Faults.add`.

    Raises:
        ValueError: these do not go together.
    """

    method: str = ANY
    share: float = 1.0
    status: int | None = None
    retry_after: int = 1
    drop: bool = False
    carried_out: bool = False
    delay: float = 0.0
    times: int | None = None
    hits: int = field(default=0, init=False)
    id: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.method = self.method.lower()
        if not 0 < self.share <= 1:
            raise ValueError("a share is more than 0 and at most 1")
        if self.status is not None and HTTPStatus(self.status) < HTTPStatus.BAD_REQUEST:
            raise ValueError(f"{self.status} is no error")
        if self.drop and self.status is not None:
            raise ValueError("a cut connection has no status")
        if self.carried_out and not self.drop and (self.status or 0) < 500:
            raise ValueError("only what is cut or answered with 5xx can be carried out and fail")
        if not (self.delay >= 0 and self.retry_after >= 1):
            raise ValueError("seconds go forward")
        if not (self.fails or self.delay):
            raise ValueError("what shall happen?")

    @property
    def fails(self) -> bool:
        """Whether it does more than slow a call down."""
        return self.drop or self.status is not None

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether it is about calls of this method (lower case), in this chat if in any."""
        if self.status == HTTPStatus.FORBIDDEN and (
            chat_id is None or chat_id < 0 or method.startswith("get")
        ):
            return False
        return self.method in {ANY, method} or (self.method == MESSAGES and _sends(method))

    def failure(self) -> Exception:
        """What a failing call ends with."""
        match self.status:
            case None:
                return Dropped()
            case HTTPStatus.FORBIDDEN:
                return forbidden("bot was blocked by the user")
            case HTTPStatus.TOO_MANY_REQUESTS:
                return too_many_requests(self.retry_after)
            case status:
                return ApiError(status, HTTPStatus(status).phrase)


@dataclass(frozen=True)
class Hit:
    """A call that a rule struck: its method in lower case, its chat if it has one, and whether it
    took effect. Where it did and the rule `fails`, a resend is a duplicate."""

    rule: Rule
    method: str
    chat_id: int | None
    carried_out: bool


class Faults:
    """The switch: which rules hold, and whom they struck.

    A call fails by one rule at most. The shares of the failing rules stand side by side (three of
    a tenth each leave seven tenths of the calls whole) and what is over 1 is never reached; pauses
    come on top, each with a share of its own.

    Args:
        seed: of the dice, so that the same calls meet the same faults.

    Attributes:
        log: the latest hits, oldest first; a call that Telegram refuses by itself is none.
    """

    def __init__(self, seed: int = 0) -> None:
        self.log: deque[Hit] = deque(maxlen=LOG_LENGTH)
        self._rules: list[Rule] = []
        self._last_id = 0
        self._dice = random.Random(seed)  # noqa: S311 (dice, no secret)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that hold, oldest first."""
        return tuple(self._rules)

    def add(self, rule: Rule) -> Rule:
        """Let a rule hold from now on; returns it with its id."""
        self._last_id += 1
        rule.id = self._last_id
        self._rules.append(rule)
        return rule

    def remove(self, rule_id: int) -> None:
        """Take a rule off; one that is off already is no error."""
        self._rules = [rule for rule in self._rules if rule.id != rule_id]

    def clear(self) -> None:
        """Take all rules off."""
        self._rules.clear()

    def plan(
        self, method: str, *, carried_out: bool, status: int | None = None, times: int = 1
    ) -> None:
        """Let the next `times` calls of a method fail: answered with `status`, None for a cut."""
        drop = status is None
        self.add(Rule(method, status=status, drop=drop, carried_out=carried_out, times=times))

    @asynccontextmanager
    async def around(self, method: str, chat_id: str) -> AsyncIterator[None]:
        """Carry out a call inside, or not, as the rules have it.

        Args:
            method: its name in lower case.
            chat_id: its argument of this name, as on the wire; may be empty.

        Raises:
            ApiError: the refusal of a rule.
            Dropped: the connection is to be cut.
        """
        chat = _number(chat_id)
        struck = self._struck(method, chat)
        failing = next((rule for rule in struck if rule.fails), None)
        if delay := sum(rule.delay for rule in struck):
            await asyncio.sleep(delay)
        carried_out = failing is None or failing.carried_out
        if carried_out:
            yield
        for rule in struck:
            rule.hits += 1
            self.log.append(Hit(rule, method, chat, carried_out))
        if failing is not None:
            raise failing.failure()

    def _struck(self, method: str, chat_id: int | None) -> list[Rule]:
        concerned = [rule for rule in self._rules if rule.concerns(method, chat_id)]
        struck = [rule for rule in concerned if not rule.fails and self._dice.random() < rule.share]
        failing = sorted(
            (rule for rule in concerned if rule.fails), key=lambda rule: rule.times is None
        )
        if failing:
            point = self._dice.random()
            for rule in failing:
                if point < rule.share:
                    struck.append(rule)
                    break
                point -= rule.share
        for rule in struck:
            self._use_up(rule)
        return struck

    def _use_up(self, rule: Rule) -> None:
        if rule.times is not None:
            rule.times -= 1
            if rule.times == 0:
                self.remove(rule.id)


def _sends(method: str) -> bool:
    return method.startswith(("send", "copy", "forward")) and method != "sendchataction"


def _number(chat_id: str) -> int | None:
    try:
        return int(chat_id)
    except ValueError:
        return None
