"""«Сбои сети» over HTTP: what the page can put on, and that it is never struck itself."""

from __future__ import annotations

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiohttp import ClientSession

from sandbox.page_faults import KINDS, FaultPanel
from tests.sandbox.page.helper import PUPIL, Served, error_of, state_of


async def test_every_kind_goes_on_and_off_while_the_page_works(
    page: Served, http: ClientSession
) -> None:
    page.world.start(PUPIL)
    for kind in KINDS:
        asked = {"method": "messages", "kind": kind, "percent": "100", "seconds": "2"}
        async with http.post("api/faults", json=asked) as response:
            assert response.status == 200
    shown = FaultPanel(page.world.faults).seen()
    assert [line["kind"] for line in shown] == list(KINDS)
    assert all((line["percent"], line["seconds"]) == (100, 2) for line in shown)
    async with http.post(f"api/faults/{shown[-1]['id']}/off", json={}) as response:
        assert response.status == 200
    with pytest.raises(TelegramRetryAfter) as caught:
        await page.bot.send_message(PUPIL, "Новость")
    assert caught.value.retry_after == 2
    assert FaultPanel(page.world.faults).seen()[0]["hits"] == 1
    async with http.post(f"api/chats/{PUPIL}/text", json={"text": "привет"}) as response:
        assert response.status == 200
    assert (await state_of(http, f"api/chats/{PUPIL}"))["messages"][-1]["text"] == "привет"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "418"}, "что случается"),
        ({"percent": 0}, "от 1 до 100"),
        ({"percent": "много"}, "от 1 до 100"),
        ({"percent": 1e400}, "от 1 до 100"),
        ({"seconds": 61}, "от 1 до 60"),
        ({"seconds": 0}, "от 1 до 60"),
        ({"kind": "500", "seconds": -1}, "от 0 до 60"),
    ],
)
async def test_what_cannot_be_put_on(
    page: Served, http: ClientSession, change: dict[str, object], sentence: str
) -> None:
    asked = {"method": "", "kind": "429", "percent": 10, "seconds": 3} | change
    async with http.post("api/faults", json=asked) as response:
        assert response.status == 400
        assert sentence in await error_of(response)
    assert page.world.faults.rules == ()
