"""telegram.md 14: the webhook."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import MultipartWriter, web

from sandbox.records import User
from sandbox.server import Sandbox
from sandbox.webhook import growing_pause
from tests.sandbox.conftest import Caller


class Receiver:
    """A bot's side of the webhook; `replies` are used one by one, then 200."""

    def __init__(self) -> None:
        self.replies: list[web.StreamResponse] = []
        self.got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()
        self.refused_kind = "nothing"
        self.open = asyncio.Event()
        self.open.set()
        self.url = ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        update = await request.json()
        self.got.put_nowait((update, secret))
        await self.open.wait()
        if self.refused_kind in update:
            return web.Response(status=503)
        return self.replies.pop(0) if self.replies else web.Response()

    async def update(self) -> dict[str, Any]:
        return (await asyncio.wait_for(self.got.get(), 5))[0]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.add_routes([web.post("/hook", receiver.take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_come_with_the_secret(
    call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver
) -> None:
    sandbox.world.send_text(maria.id, "до")
    await call.ok("setWebhook", url=receiver.url, secret_token="s3cret-_")
    sandbox.world.send_text(maria.id, "после")
    first, secret = await receiver.got.get()
    second = await receiver.update()
    assert secret == "s3cret-_"
    assert [first["message"]["text"], second["message"]["text"]] == ["до", "после"]
    await sandbox.world.updates.settled(maria.id)
    info = await call.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


async def test_what_was_not_taken_comes_again_in_order(
    call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver
) -> None:
    receiver.replies = [
        web.Response(status=500),
        web.Response(status=302, headers={"Location": "/elsewhere"}),
        web.Response(status=404),
        web.Response(status=204),
    ]
    await call.ok("setWebhook", url=receiver.url)
    sandbox.world.send_text(maria.id, "раз")
    sandbox.world.send_text(maria.id, "два")
    updates = [await receiver.update() for _ in range(5)]
    assert [update["message"]["text"] for update in updates] == ["раз"] * 4 + ["два"]
    assert len({update["update_id"] for update in updates[:4]}) == 1
    info = await call.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_a_tap_overtakes_a_message_that_is_not_taken(
    call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver
) -> None:
    receiver.refused_kind = "message"
    await call.ok("setWebhook", url=receiver.url)
    sandbox.world.send_text(maria.id, "раз")
    assert "message" in await receiver.update()
    sandbox.world.press(maria.id, 1, "yes")
    async with asyncio.timeout(5):
        while "callback_query" not in await receiver.update():
            pass
    receiver.refused_kind = "nothing"
    await asyncio.wait_for(sandbox.world.updates.settled(maria.id), 5)


async def test_setting_the_same_again_interrupts_nothing(
    call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver
) -> None:
    receiver.open.clear()
    await call.ok("setWebhook", url=receiver.url, secret_token="s")
    sandbox.world.send_text(maria.id, "раз")
    await receiver.update()
    await call.ok("setWebhook", url=receiver.url, secret_token="s")
    receiver.open.set()
    await asyncio.wait_for(sandbox.world.updates.settled(maria.id), 5)
    assert receiver.got.empty()


def test_pauses_grow() -> None:
    assert [growing_pause(failures) for failures in range(1, 9)] == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_a_method_in_the_reply_is_carried_out(
    call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver
) -> None:
    form = MultipartWriter("form-data")
    for name, value in {"method": "sendMessage", "chat_id": str(maria.id), "text": "форма"}.items():
        form.append(value).set_content_disposition("form-data", name=name)
    receiver.replies = [
        web.json_response({"method": "sendMessage", "chat_id": maria.id, "text": "ответ"}),
        web.Response(body=form),
        web.json_response({"method": "deleteWebhook"}),
        web.json_response({"method": "sendMessage", "chat_id": 1, "text": "никому"}),
        web.json_response([1]),
    ]
    await call.ok("setWebhook", url=receiver.url)
    for text in ("раз", "два", "три", "четыре", "пять"):
        sandbox.world.send_text(maria.id, text)
    await asyncio.wait_for(sandbox.world.updates.settled(maria.id), 5)
    said = [message.text for message in sandbox.world.history(maria.id) if message.by_bot]
    assert said == ["ответ", "форма"]
    assert (await call.ok("getWebhookInfo"))["url"] == receiver.url


async def test_setting_it(call: Caller, sandbox: Sandbox, maria: User, receiver: Receiver) -> None:
    hook = {"url": receiver.url}
    assert await call.refused("setWebhook", **hook, secret_token="пароль") == (
        400,
        "Bad Request: secret token contains unallowed characters",
    )
    assert await call.refused("setWebhook", url="nowhere") == (
        400,
        "Bad Request: invalid webhook URL specified",
    )
    sandbox.world.send_text(maria.id, "пропадёт")
    await call.ok("setWebhook", **hook, drop_pending_updates=True, max_connections=1)
    sandbox.world.send_text(maria.id, "дойдёт")
    assert (await receiver.update())["message"]["text"] == "дойдёт"
    await call.ok("setWebhook", url="")
    assert (await call.ok("getWebhookInfo"))["url"] == ""
