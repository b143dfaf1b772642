"""telegram.md 16 and 17: files up and down."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from sandbox.records import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Caller

NAME = "Отчёт «Приложение 2».xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0\x12\x16\xf1M"
    b"\0\0\0\x0bIDATx\x9cc`@\x05\0\0\x0e\0\x01\x9c\xa8\x8d\xb8\0\0\0\0IEND\xaeB`\x82"
)


async def upload(call: Caller, method: str, form: aiohttp.FormData) -> dict[str, Any]:
    url = f"{call.url}/bot{call.token}/{method}"
    async with call.session.post(url, data=form) as response:
        body: dict[str, Any] = await response.json()
        assert response.status == (200 if body["ok"] else body["error_code"])
        return body


async def test_a_document_keeps_its_name_and_bytes(call: Caller, maria: User) -> None:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", str(maria.id))
    form.add_field("document", "attach://report")
    form.add_field("caption", "<b>Готово</b>")
    form.add_field("parse_mode", "HTML")
    form.add_field("report", b"\x00\xff" * 1000, filename=NAME, content_type=XLSX)
    sent = (await upload(call, "SENDDOCUMENT", form))["result"]
    assert sent["caption"] == "Готово"
    assert sent["document"]["file_name"] == NAME
    assert (sent["document"]["mime_type"], sent["document"]["file_size"]) == (XLSX, 2000)

    file = await call.ok("getFile", file_id=sent["document"]["file_id"])
    address = f"{call.url}/file/bot{call.token}/{file['file_path']}"
    async with call.session.get(address) as response:
        assert await response.read() == b"\x00\xff" * 1000
    async with call.session.get(f"{call.url}/file/bot1:BAD/{file['file_path']}") as response:
        assert response.status == 401


async def test_the_type_is_known_by_the_name(call: Caller, maria: User) -> None:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", str(maria.id))
    form.add_field("document", b"x", filename=NAME)
    assert (await upload(call, "sendDocument", form))["result"]["document"]["mime_type"] == XLSX


async def test_a_percent_encoded_name_is_not_decoded(call: Caller, maria: User) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    form.add_field("document", b"x", filename="Отчёт.bin")
    sent = (await upload(call, "sendDocument", form))["result"]
    assert sent["document"]["file_name"] == "%D0%9E%D1%82%D1%87%D1%91%D1%82.bin"


async def test_a_photo_and_an_album(call: Caller, sandbox: Sandbox, maria: User) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    form.add_field("photo", PNG, filename="qr.png")
    (size,) = (await upload(call, "sendPhoto", form))["result"]["photo"]
    assert (size["width"], size["height"]) == (3, 2)

    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    media = [{"type": "photo", "media": f"attach://{name}", "caption": name} for name in "ab"]
    form.add_field("media", json.dumps(media))
    form.add_field("a", PNG, filename="a.png")
    form.add_field("b", PNG, filename="b.png")
    first, second = (await upload(call, "sendMediaGroup", form))["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert [message.text for message in sandbox.world.history(maria.id)[-2:]] == ["a", "b"]
    for wrong in (media[:1], media * 6, {"type": "photo"}):
        code, _ = await call.refused("sendMediaGroup", chat_id=maria.id, media=wrong)
        assert code == 400


async def test_media_of_a_message_is_replaced(call: Caller, sandbox: Sandbox, maria: User) -> None:
    sent = await call.say(maria, "Готовлю")
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", str(maria.id))
    form.add_field("message_id", str(sent["message_id"]))
    media = {"type": "document", "media": "attach://file", "caption": "Готово"}
    form.add_field("media", json.dumps(media))
    form.add_field("file", b"1", filename=NAME)
    edited = (await upload(call, "editMessageMedia", form))["result"]
    assert (edited["document"]["file_name"], edited["caption"]) == (NAME, "Готово")
    assert "text" not in edited


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "attach://no"}, "wrong remote file identifier specified"),
        ("sendPhoto", {"photo": "sandbox-file-1"}, "can't use file of type documents as photo"),
        ("getFile", {"file_id": "no"}, "invalid file_id"),
        ("getFile", {}, "file_id not specified"),
        ("editMessageMedia", {"media": {"type": "audio"}}, "can't parse InputMedia"),
    ],
)
async def test_files_that_are_not_there(
    call: Caller,
    sandbox: Sandbox,
    maria: User,
    method: str,
    params: dict[str, object],
    description: str,
) -> None:
    sandbox.world.send_document(maria.id, b"x", "x.txt")
    target = {"chat_id": maria.id, "message_id": (await call.say(maria))["message_id"]}
    code, text = await call.refused(method, **target, **params)
    assert (code, text.startswith(f"Bad Request: {description}")) == (400, True), text


async def test_not_a_picture(call: Caller, sandbox: Sandbox, maria: User) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    form.add_field("photo", b"no picture", filename="qr.png")
    assert (await upload(call, "sendPhoto", form))["description"] == (
        "Bad Request: IMAGE_PROCESS_FAILED"
    )


async def test_over_50_mb_up(call: Caller, sandbox: Sandbox, maria: User) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    form.add_field("document", BytesIO(bytes(50 * 1024 * 1024)), filename="big.bin")
    body = await upload(call, "sendDocument", form)
    assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")
    assert not any(message.by_bot for message in sandbox.world.history(maria.id))


async def test_over_20_mb_down(call: Caller, sandbox: Sandbox, maria: User) -> None:
    sandbox.world.send_document(maria.id, bytes(20 * 1024 * 1024 + 1), "big.bin")
    (update,) = await call.ok("getUpdates")
    big = update["message"]["document"]["file_id"]
    assert await call.refused("getFile", file_id=big) == (400, "Bad Request: file is too big")


async def test_a_photo_over_10_mb(call: Caller, maria: User) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(maria.id))
    form.add_field("photo", BytesIO(bytes(10 * 1024 * 1024 + 1)), filename="big.png")
    assert "is too big for a photo" in (await upload(call, "sendPhoto", form))["description"]
