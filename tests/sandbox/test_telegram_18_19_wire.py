"""telegram.md 18 and 19: a failing network, tokens, methods, and the ways to pass arguments."""

import aiohttp
import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller


def said(sandbox: Sandbox, user: User) -> list[str]:
    return [message.text for message in sandbox.world.history(user.id) if message.by_bot]


@pytest.mark.parametrize("carried_out", [False, True])
@pytest.mark.parametrize("status", [None, 500, 502])
async def test_a_failure_before_or_after_the_request_was_carried_out(
    call: Caller, sandbox: Sandbox, maria: User, carried_out: bool, status: int | None
) -> None:
    sandbox.faults.plan("sendMessage", carried_out=carried_out, status=status)
    if status is None:
        with pytest.raises(aiohttp.ClientConnectionError):
            await call.say(maria, "раз")
    else:
        code, _ = await call.refused("sendMessage", chat_id=maria.id, text="раз")
        assert code == status
    await call.say(maria, "раз")
    assert said(sandbox, maria) == (["раз", "раз"] if carried_out else ["раз"])


async def test_a_bad_token(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    call = Caller(session, sandbox.url, "42:OTHER")
    assert await call.refused("getMe") == (401, "Unauthorized")


async def test_nothing_there(call: Caller) -> None:
    assert await call.refused("sendPigeon") == (404, "Not Found")
    assert await call.refused("sendMessage/extra") == (404, "Not Found")


async def test_get_form_and_json_say_the_same(call: Caller, sandbox: Sandbox, maria: User) -> None:
    url = f"{call.url}/bot{call.token}/sendmessage"
    arguments = {"chat_id": str(maria.id), "text": "плюс + и &"}
    async with call.session.get(url, params=arguments) as response:
        assert response.status == 200
    async with call.session.post(url, data=arguments) as response:
        assert response.status == 200
    async with call.session.post(url, json=arguments) as response:
        assert response.status == 200
    assert said(sandbox, maria) == ["плюс + и &"] * 3


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/x-www-form-urlencoded", b"\xff"),
        ("multipart/form-data", b"no boundary"),
    ],
)
async def test_bodies_that_cannot_be_read(call: Caller, kind: str, body: bytes) -> None:
    url = f"{call.url}/bot{call.token}/sendMessage"
    async with call.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert (response.status, (await response.json())["error_code"]) == (400, 400)


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("sendMessage", {"text": "а", "entities": [{"type": "bold"}]}),
        ("sendMessage", {"text": "а", "entities": "x"}),
        ("sendMessage", {"text": "а", "reply_parameters": {"message_id": ["x"]}}),
        ("sendMessage", {"text": "а", "reply_parameters": 5}),
        ("deleteMessages", {"message_ids": ["x"]}),
        ("deleteMessages", {"message_ids": "x"}),
        ("editMessageMedia", {"media": {"type": "photo", "media": 5}}),
        ("setMyCommands", {"commands": [5]}),
        ("setMyCommands", {"scope": [5]}),
        ("getUpdates", {"allowed_updates": 5}),
    ],
)
async def test_arguments_of_a_wrong_shape(
    call: Caller, maria: User, method: str, arguments: dict[str, object]
) -> None:
    target = {"chat_id": maria.id, "message_id": (await call.say(maria))["message_id"]}
    assert (await call.refused(method, **target, **arguments))[0] == 400


async def test_a_port_that_is_taken_is_said(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        async with Sandbox(world=sandbox.world, port=port):
            pass


def test_the_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(host="0.0.0.0")  # noqa: S104
    with pytest.raises(ValueError, match="clock"):
        Sandbox()
