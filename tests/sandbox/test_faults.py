"""The fault switch over HTTP: each kind of failure, whom it meets, what is counted."""

from collections import Counter
from typing import Any

import aiohttp
import pytest

from sandbox import faults as faults_module
from sandbox.faults import MESSAGES, Faults, Hit, Rule
from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller


def said(sandbox: Sandbox, user: User) -> list[str]:
    return [message.text for message in sandbox.world.history(user.id) if message.by_bot]


@pytest.mark.parametrize(
    ("status", "description", "parameters"),
    [
        (429, "Too Many Requests: retry after 7", {"retry_after": 7}),
        (403, "Forbidden: bot was blocked by the user", None),
        (500, "Internal Server Error", None),
        (502, "Bad Gateway", None),
        (504, "Gateway Timeout", None),
    ],
)
async def test_a_refusal_looks_like_the_real_one_and_holds_until_taken_off(
    call: Caller,
    sandbox: Sandbox,
    maria: User,
    status: int,
    description: str,
    parameters: dict[str, int] | None,
) -> None:
    rule = sandbox.faults.add(Rule("sendMessage", status=status, retry_after=7))
    body = {"ok": False, "error_code": status, "description": description}
    if parameters is not None:
        body["parameters"] = parameters
    for _ in range(2):
        assert await call.response("sendMessage", chat_id=maria.id, text="раз") == body
    assert (rule.hits, said(sandbox, maria)) == (2, [])
    assert list(sandbox.faults.log) == [Hit(rule, "sendmessage", maria.id, False)] * 2
    sandbox.faults.remove(rule.id)
    await call.say(maria, "раз")
    assert (rule.hits, said(sandbox, maria)) == (2, ["раз"])
    assert not maria.blocked


@pytest.mark.parametrize("carried_out", [False, True])
@pytest.mark.parametrize("status", [None, 500])
async def test_what_fails_before_or_after_it_was_carried_out_is_told_apart(
    call: Caller, sandbox: Sandbox, maria: User, carried_out: bool, status: int | None
) -> None:
    rule = Rule(MESSAGES, status=status, drop=status is None, carried_out=carried_out)
    sandbox.faults.add(rule)
    if status is None:
        with pytest.raises(aiohttp.ClientConnectionError):
            await call.say(maria, "раз")
    else:
        assert (await call.refused("sendMessage", chat_id=maria.id, text="раз"))[0] == status
    assert said(sandbox, maria) == (["раз"] if carried_out else [])
    assert list(sandbox.faults.log) == [Hit(rule, "sendmessage", maria.id, carried_out)]


async def test_what_telegram_itself_refuses_counts_for_no_rule(
    call: Caller, sandbox: Sandbox, maria: User
) -> None:
    rule = sandbox.faults.add(Rule(drop=True, carried_out=True))
    sandbox.world.block(maria.id)
    code, description = await call.refused("sendMessage", chat_id=maria.id, text="раз")
    assert (code, description) == (403, "Forbidden: bot was blocked by the user")
    assert (await Caller(call.session, call.url, "42:OTHER").refused("getMe"))[0] == 401
    assert (rule.hits, list(sandbox.faults.log)) == (0, [])


async def test_a_delay_comes_on_top_of_a_failure(
    call: Caller, sandbox: Sandbox, maria: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    async def no_time(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(faults_module.asyncio, "sleep", no_time)
    slow = sandbox.faults.add(Rule(delay=2.5))
    await call.say(maria, "раз")
    failing = sandbox.faults.add(Rule(status=502, delay=1))
    assert (await call.refused("sendMessage", chat_id=maria.id, text="два"))[0] == 502
    assert (waited, said(sandbox, maria)) == ([2.5, 3.5], ["раз"])
    assert [(hit.rule, hit.carried_out) for hit in sandbox.faults.log] == [
        (slow, True),
        (slow, False),
        (failing, False),
    ]


async def test_which_calls_a_rule_meets(call: Caller, sandbox: Sandbox, maria: User) -> None:
    group = sandbox.world.add_group("9 «Б»", [maria.id])
    sandbox.world.groups.add_bot(group, maria.id)
    sent = (await call.say(maria))["message_id"]
    chat: dict[str, Any] = {"chat_id": maria.id}
    calls: dict[str, dict[str, Any]] = {
        "sendMessage": {**chat, "text": "раз"},
        "copyMessage": {**chat, "from_chat_id": maria.id, "message_id": sent},
        "sendChatAction": {**chat, "action": "typing"},
        "editMessageText": {**chat, "message_id": sent, "text": "два"},
        "getChat": chat,
        "getMe": {},
        "SENDMESSAGE": {"chat_id": group.id, "text": "раз"},
    }

    async def met(rule: Rule) -> set[str]:
        sandbox.faults.add(rule)
        answers = {
            name: await call.response(name, **arguments) for name, arguments in calls.items()
        }
        sandbox.faults.clear()
        return {name for name, body in answers.items() if body.get("error_code") == rule.status}

    assert await met(Rule(status=500)) == calls.keys()
    assert await met(Rule(MESSAGES, status=500)) == {"sendMessage", "copyMessage", "SENDMESSAGE"}
    assert await met(Rule("GetMe", status=500)) == {"getMe"}
    # Only who can block the bot can have blocked it, and reading asks for nobody's leave.
    personal = {"sendMessage", "copyMessage", "sendChatAction", "editMessageText"}
    assert await met(Rule(status=403)) == personal


async def test_shares_stand_side_by_side_and_repeat(call: Caller, sandbox: Sandbox) -> None:
    def rules() -> list[Rule]:
        return [Rule(share=0.1, status=status) for status in (429, 500)] + [
            Rule(share=0.3, status=502)
        ]

    async def fates(faults: Faults, calls: int) -> list[int]:
        sandbox.world.faults = faults
        return [(await call.response("getMe")).get("error_code", 200) for _ in range(calls)]

    first, again, other = Faults(), Faults(), Faults(seed=1)
    for faults in (first, again, other):
        for rule in rules():
            faults.add(rule)
    many = await fates(first, 400)
    counted = Counter(many)
    assert [rule.hits for rule in first.rules] == [counted[429], counted[500], counted[502]]
    assert 25 <= counted[429] <= 55
    assert 25 <= counted[500] <= 55
    assert 95 <= counted[502] <= 145
    assert await fates(again, 100) == many[:100]
    assert await fates(other, 100) != many[:100]


async def test_planned_failures_go_first_and_are_used_up(call: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.add(Rule(status=500))
    sandbox.faults.plan("getMe", carried_out=False, status=502, times=2)
    assert [(await call.refused("getMe"))[0] for _ in range(3)] == [502, 502, 500]
    assert len(sandbox.faults.rules) == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"status": 200},
        {"status": 700},
        {"status": 500, "share": 0},
        {"status": 500, "share": float("nan")},
        {"status": 500, "drop": True},
        {"status": 429, "carried_out": True},
        {"status": 429, "retry_after": 0},
        {"delay": -1},
        {"delay": 1, "carried_out": True},
    ],
)
def test_rules_that_make_no_sense(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Rule(**nonsense)
