"""Groups and inline mode of the chat page over HTTP."""

from __future__ import annotations

import asyncio

import pytest
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent
from aiohttp import ClientSession

from sandbox import page_inline
from sandbox.group import Group
from tests.sandbox.page.helper import (
    CURATOR,
    PARENT,
    PUPIL,
    Served,
    buttons,
    error_of,
    state_of,
)


@pytest.fixture
def group(page: Served) -> Group:
    """The parent's and the curator's, with the bot."""
    group = page.world.add_group("9 «Б», родители", [PARENT, CURATOR])
    page.world.groups.add_bot(group, PARENT)
    page.world.updates.clear()
    return group


async def test_a_group_is_created_and_lets_the_bot_in_and_out(
    page: Served, http: ClientSession
) -> None:
    asked = {"title": " 9 «Б»,  родители ", "members": [PARENT, CURATOR]}
    async with http.post("api/groups", json=asked) as response:
        group_id = (await response.json())["id"]
    seat = f"api/groups/{group_id}/{PARENT}"
    async with http.post(f"{seat}/bot", json={"there": "yes"}) as response:
        assert response.status == 200
    (listed,) = (await state_of(http, "api/state"))["groups"]
    assert (listed["name"], listed["members"]) == ("9 «Б», родители", [PARENT, CURATOR])
    assert (listed["has_bot"], "new_chat_members" in listed["last"]) == (True, True)
    async with http.post(f"api/groups/{group_id}/{PUPIL}/join", json={}) as response:
        assert response.status == 200
    async with http.post(f"{seat}/bot", json={"there": "no"}) as response:
        assert response.status == 200
    group = page.world.groups.get(group_id)
    assert group is not None
    assert (group.members, group.has_bot) == ([PARENT, CURATOR, PUPIL], False)


async def test_people_write_and_tap_in_a_group(
    page: Served, http: ClientSession, group: Group
) -> None:
    seat = f"api/groups/{group.id}/{CURATOR}"
    async with http.post(f"{seat}/text", json={"text": "/meetings@proforient_bot"}) as response:
        assert response.status == 200
    sent = await page.bot.send_message(group.id, "Мосты", reply_markup=buttons([("Да", "yes")]))
    tap = {"message_id": str(sent.message_id), "data": "yes"}
    async with http.post(f"{seat}/press", json=tap) as response:
        assert response.status == 200
    said, tapped = await page.bot.get_updates()
    assert said.message is not None
    assert (said.message.chat.id, said.message.from_user and said.message.from_user.id) == (
        group.id,
        CURATOR,
    )
    assert tapped.callback_query is not None
    assert tapped.callback_query.from_user.id == CURATOR
    messages = (await state_of(http, seat))["messages"]
    assert messages[-1]["text"] == "Мосты"


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("", {"title": " ", "members": [PARENT]}, 400, "Назовите группу"),
        ("", {"title": "я" * 129, "members": [PARENT]}, 400, "Назовите группу"),
        ("", {"title": "9Б", "members": []}, 400, "хотя бы одного"),
        ("", {"title": "9Б", "members": [99]}, 404, "Такого человека"),
        (f"/-1/{PARENT}/text", {"text": "?"}, 404, "Такой группы"),
        (f"/group/{PUPIL}/text", {"text": "?"}, 409, "нет в группе"),
        (f"/group/{PARENT}/bot", {"there": "perhaps"}, 400, "«yes» или «no»"),
        (f"/group/{PARENT}/inline", {"text": "", "offset": ""}, 409, "не включён"),
        (f"/group/{PARENT}/choose", {"query_id": "1", "result_id": "1"}, 404, "нет в списке"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    http: ClientSession,
    group: Group,
    path: str,
    body: dict[str, object],
    status: int,
    sentence: str,
) -> None:
    path = path.replace("group", str(group.id))
    async with http.post(f"api/groups{path}", json=body) as response:
        assert response.status == status
        assert sentence in await error_of(response)


async def test_inline_results_are_asked_for_and_chosen(
    page: Served, http: ClientSession, group: Group
) -> None:
    page.world.bot.inline = True
    seat = f"api/groups/{group.id}/{PARENT}"

    async def answer() -> None:
        query = (await page.next_update("inline_query")).inline_query
        assert query is not None
        said = InputTextMessageContent(message_text="Мосты")
        found = InlineQueryResultArticle(
            id="1", title="Инженеры", description="сб", input_message_content=said
        )
        await page.bot.answer_inline_query(query.id, [found], next_offset="1")

    answering = asyncio.create_task(answer())
    async with http.post(f"{seat}/inline", json={"text": "мосты", "offset": ""}) as response:
        found = await response.json()
    await answering
    query_id = found.pop("query_id")
    assert found == {
        "results": [{"id": "1", "title": "Инженеры", "description": "сб"}],
        "next_offset": "1",
        "button": None,
    }
    chosen = {"query_id": query_id, "result_id": "1"}
    async with http.post(f"api/groups/{group.id}/{CURATOR}/choose", json=chosen) as response:
        assert response.status == 404
    async with http.post(f"{seat}/choose", json=chosen) as response:
        assert response.status == 200
    assert page.world.history(group.id)[-1].body["via_bot"]["username"] == "proforient_bot"


async def test_a_bot_that_does_not_answer(
    page: Served, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.world.bot.inline = True
    monkeypatch.setattr(page_inline, "PATIENCE", 0.01)
    asked = {"text": "мосты", "offset": ""}
    async with http.post(f"api/chats/{PUPIL}/inline", json=asked) as response:
        assert response.status == 504
        assert "Бот не ответил" in await error_of(response)
