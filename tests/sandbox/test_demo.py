"""The demo as somebody opens it: ready people, a moving clock, a restart that forgets nothing."""

import json
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.clock import Clock
from bot.database import Database
from bot.errors import StartupError
from bot.models import Person, Registration
from bot.services import meetings, reports
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab, list_meetings
from bot.vocabulary import Category
from sandbox.demo import FIRST_PORT, demo
from sandbox.demo_cast import CAST, GROUP, PUPIL_ID
from sandbox.demo_meetings import MEETINGS
from tests.bot.kill.processes import free_port

COORDINATOR, CURATOR = Account(108), Account(107)


class Page:
    """The page's own requests, as its browser side makes them."""

    def __init__(self, address: str, http: aiohttp.ClientSession) -> None:
        self.address, self.http = address, http
        self.origin = address.removesuffix("/chat/")

    async def get(self, path: str) -> Any:
        async with self.http.get(self.address + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **asked: Any) -> Any:
        headers = {"Origin": self.origin, "X-Requested-With": "page"}
        async with self.http.post(self.address + path, json=asked, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def texts(self, user_id: int) -> list[str]:
        chat = await self.get(f"api/chats/{user_id}")
        return [message.get("text", "") for message in chat["messages"]]


@pytest.fixture
async def http() -> Any:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_ready_people_a_clock_and_a_restart(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with demo(tmp_path, free_port()) as address:
        page = Page(address, http)
        state = await page.get("api/state")
        assert [person["id"] for person in state["people"]] == [one.user_id for one in CAST]
        assert [(group["name"], group["has_bot"]) for group in state["groups"]] == [(GROUP, True)]

        before = datetime.fromisoformat((await page.post("api/clock", minutes=1))["now"])
        after = datetime.fromisoformat((await page.post("api/clock", minutes=24 * 60))["now"])
        assert after - before == timedelta(days=1)
        texts = await page.texts(PUPIL_ID)
        assert any("Вы были на встрече «Энергия Сибири»" in text for text in texts)

    async with demo(tmp_path, free_port()) as address:
        page = Page(address, http)
        assert await page.texts(PUPIL_ID) == texts
        (group,) = (await page.get("api/state"))["groups"]
        assert (group["name"], group["has_bot"]) == (GROUP, True)
        moved = datetime.fromisoformat((await page.post("api/clock", minutes=1))["now"])
        assert timedelta() < moved - after < timedelta(minutes=10)


async def test_a_whole_report_and_a_cancellation_that_reaches_everybody(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    async with demo(tmp_path, free_port()) as address:
        page = Page(address, http)
        core = Core(Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"), Clock())
        try:
            (achinsk,) = (await reports.find_report_places(core, COORDINATOR)).found
            years = (core.today().year, core.today().year - 1)
            counted = [await reports.appendix2(core, COORDINATOR, y, achinsk.id) for y in years]
            came = set[Category]().union(*(each.people.by_category for each in counted))
            assert came == set(Category) - {Category.GRADE_5}

            upcoming = await list_meetings(core, CURATOR, Tab.UPCOMING, 0, 20)
            (full,) = (row for row in upcoming.rows if "пожарную часть" in row.title)
            await meetings.cancel_meeting(core, CURATOR, full.id, "Пожар")
            async with core.db.read() as session:
                people = await session.scalars(
                    select(Person.account_id)
                    .join(Registration, Registration.person_id == Person.id)
                    .where(Registration.meeting_id == full.id)
                )
        finally:
            await core.db.engine.dispose()
        await page.post("api/clock", minutes=12 * 60)  # past the night, whatever the hour is now
        told = [await page.texts(account_id) for account_id in people]
        assert len(told) == 15
        assert all(any("Пожар" in text for text in texts) for texts in told)


async def test_chats_of_another_version_are_refused_with_a_way_out(tmp_path: Path) -> None:
    kept = {"offset": 0, "world": {"version": 1}}
    (tmp_path / "chats.json").write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(StartupError, match="FRESH=1"):
        async with demo(tmp_path, free_port()):
            pass


async def test_a_taken_port_gives_way_to_the_next(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with demo(tmp_path, port) as address:
            assert address != f"http://127.0.0.1:{port}/chat/"
            assert address.startswith("http://127.0.0.1:")


def test_the_plans_are_what_the_page_promises() -> None:
    coming = [plan for plan in MEETINGS if plan.day > 0]
    assert any(plan.waiting and plan.seats == plan.signed_up - plan.waiting for plan in coming)
    assert any(plan.group for plan in coming)
    assert any(plan.hour is None and plan.group and plan.helped for plan in MEETINGS), "a door"
    assert any(plan.speaker for plan in coming)
    assert any(plan.day < 0 and plan.came for plan in MEETINGS)
    assert FIRST_PORT
