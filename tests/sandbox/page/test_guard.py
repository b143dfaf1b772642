"""Whom the chat page refuses, and what it never lets run in the browser."""

from __future__ import annotations

import json

import pytest
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession

from sandbox.page import STATIC
from sandbox.page_guard import SECURITY_HEADERS
from tests.sandbox.page.helper import (
    PUPIL,
    Served,
    error_of,
)


async def test_page_and_its_parts_come_with_a_strict_policy(http: ClientSession) -> None:
    for path in ("", "static/app.js", "static/base.css", "api/state"):
        async with http.get(path) as response:
            assert response.status == 200
            for name, value in SECURITY_HEADERS.items():
                assert response.headers[name] == value


async def test_the_page_has_no_inline_script_or_style() -> None:
    html = (STATIC / "index.html").read_text("utf-8")
    assert html.count("<script") == html.count(
        '<script type="module" src="static/app.js"></script>'
    )
    assert "<style" not in html
    assert "style=" not in html
    assert "onclick" not in html


async def test_a_file_never_opens_as_a_page(page: Served, http: ClientSession) -> None:
    page.world.start(PUPIL)
    harm = BufferedInputFile(b"<script>alert(1)</script>", "отчёт.html")
    sent = await page.bot.send_document(PUPIL, harm)
    assert sent.document is not None
    async with http.get(f"files/{sent.document.file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.content_disposition is not None
        assert response.content_disposition.type == "attachment"
        assert response.content_disposition.filename == "отчёт.html"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with http.get("files/none") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "192.168.0.7"},
        {"Host": "[bad"},
    ],
)
async def test_a_foreign_host_name_is_refused(http: ClientSession, headers: dict[str, str]) -> None:
    async with http.get("api/state", headers=headers) as response:
        assert response.status in {400, 403}


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "application/json", "Origin": "null"},
        {"Content-Type": "application/json", "Origin": "http://127.0.0.1:1"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_foreign_page_changes_nothing(
    page: Served, http: ClientSession, headers: dict[str, str]
) -> None:
    body = json.dumps({"text": "от чужого"})
    async with http.post(f"api/chats/{PUPIL}/text", data=body, headers=headers) as response:
        assert response.status == 403
        assert await error_of(response) == "Запрос пришёл не с этой страницы."
    assert page.world.history(PUPIL) == []
