"""What the chat page tells over HTTP, and what it does for a person."""

from __future__ import annotations

from io import BytesIO

import pytest
from aiohttp import ClientSession

from sandbox.page_requests import LARGEST_UPLOAD
from tests.sandbox.page.helper import (
    CURATOR,
    PARENT,
    PUPIL,
    Served,
    error_of,
    png,
    state_of,
)

BYTES = {"Content-Type": "application/octet-stream"}


async def test_people_are_the_cast_first_then_the_new_ones(http: ClientSession) -> None:
    async with http.post("api/people", json={"name": "  Иван   Котов Младший "}) as response:
        new_id = (await response.json())["id"]
    people = (await state_of(http, "api/state"))["people"]
    assert [(who["id"], who["name"], who["title"]) for who in people] == [
        (PUPIL, "Алина Соколова", "Ученица 9 класса"),
        (PARENT, "Марина Котова", "Родитель"),
        (CURATOR, "Ольга Ветрова", "Муниципальный куратор"),
        (new_id, "Иван Котов Младший", "Новый человек"),
    ]


@pytest.mark.parametrize("name", ["", "   ", "я" * 65])
async def test_a_person_needs_a_name_that_telegram_allows(http: ClientSession, name: str) -> None:
    async with http.post("api/people", json={"name": name}) as response:
        assert response.status == 400
        assert "Напишите имя" in await error_of(response)


async def test_what_a_person_writes_reaches_the_bot_and_its_answer_is_seen(
    page: Served, http: ClientSession
) -> None:
    async with http.post(f"api/chats/{PUPIL}/start", json={"payload": "m_42"}) as response:
        assert response.status == 200
    async with http.post(f"api/chats/{PUPIL}/text", json={"text": " <b>9б</b> "}) as response:
        assert response.status == 200
    updates = await page.bot.get_updates()
    assert [update.message and update.message.text for update in updates] == [
        "/start m_42",
        "<b>9б</b>",
    ]
    sent = await page.bot.send_message(PUPIL, "<i>Записала</i>")
    chat = await state_of(http, f"api/chats/{PUPIL}")
    last = chat["messages"][-1]
    assert (last["text"], last["by_bot"], last["entities"][0]["type"]) == (
        "Записала",
        True,
        "italic",
    )
    pupil = (await state_of(http, "api/state"))["people"][0]
    assert (pupil["last"]["text"], pupil["incoming"]) == ("Записала", [sent.message_id])


@pytest.mark.parametrize(
    ("action", "body", "sentence"),
    [
        ("text", {"text": " \n"}, "сообщение пустое"),
        ("text", {"text": "я" * 4097}, "Слишком длинно"),
        ("text", {}, "не хватает поля «text»"),
        ("text", ["text"], "непонятный запрос"),
        ("start", {"payload": "m 42"}, "в ней ошибка"),
        ("start", {"payload": "m" * 65}, "в ней ошибка"),
        ("press", {"message_id": "-1", "data": "x"}, "у какого сообщения"),
        ("block", {"blocked": "maybe"}, "Заблокировать"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    page: Served, http: ClientSession, action: str, body: object, sentence: str
) -> None:
    async with http.post(f"api/chats/{PUPIL}/{action}", json=body) as response:
        assert response.status == 400
        assert sentence in await error_of(response)
    assert page.world.history(PUPIL) == []


async def test_nobody_lives_at_an_unknown_address(http: ClientSession) -> None:
    async with http.get("api/chats/999999") as response:
        assert response.status == 404
    async with http.post("api/chats/999999/text", json={"text": "?"}) as response:
        assert response.status == 404


async def test_blocking_stops_the_bot_until_it_is_taken_back(
    page: Served, http: ClientSession
) -> None:
    page.world.start(PUPIL)
    async with http.post(f"api/chats/{PUPIL}/block", json={"blocked": "yes"}) as response:
        assert response.status == 200
    assert (await state_of(http, f"api/chats/{PUPIL}"))["blocked"] is True
    async with http.post(f"api/chats/{PUPIL}/text", json={"text": "привет"}) as response:
        assert response.status == 409
        assert "Сначала разблокируйте" in await error_of(response)
    async with http.post(f"api/chats/{PUPIL}/block", json={"blocked": "no"}) as response:
        assert response.status == 200
    await page.bot.send_message(PUPIL, "Снова здравствуйте")


async def test_files_go_to_the_bot_and_come_back(page: Served, http: ClientSession) -> None:
    picture = png(64, 32)
    query = {"name": "Списки 9б.xlsx", "kind": "document", "caption": "наши"}
    async with http.post(
        f"api/chats/{PUPIL}/files", params=query, data=b"PK12", headers=BYTES
    ) as response:
        assert response.status == 200
    async with http.post(
        f"api/chats/{PUPIL}/files", params={"kind": "photo"}, data=picture, headers=BYTES
    ) as response:
        assert response.status == 200
    document, photo = [update.message for update in await page.bot.get_updates()]
    assert document is not None
    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("Списки 9б.xlsx", "наши")
    assert photo is not None
    assert photo.photo is not None
    async with http.get(f"files/{photo.photo[-1].file_id}") as response:
        assert response.content_type == "image/png"
        assert await response.read() == picture


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("photo", b"no picture", "только PNG или JPEG"),
        ("document", b"", "Файл пустой"),
        ("document", b"x" * (LARGEST_UPLOAD + 1), "больше 20 МБ"),
    ],
)
async def test_files_that_cannot_be_sent(
    page: Served, http: ClientSession, kind: str, data: bytes, sentence: str
) -> None:
    async with http.post(
        f"api/chats/{PUPIL}/files", params={"kind": kind}, data=BytesIO(data), headers=BYTES
    ) as response:
        assert response.status == 400
        assert sentence in await error_of(response)
    assert page.world.history(PUPIL) == []
