"""A served page, a client of it, and Chromium looking at it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.sandbox.page.browser import ARGS, CHROMIUM, SIZES, OpenPage
from tests.sandbox.page.helper import (
    Served,
    served_page,
)


@pytest.fixture
async def page() -> AsyncIterator[Served]:
    async with served_page() as served:
        yield served


@pytest.fixture
async def http(page: Served) -> AsyncIterator[ClientSession]:
    async with ClientSession(page.url) as session:
        yield session


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[Served]:
    async with served_page() as page:
        yield page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module", params=SIZES)
async def open_page(
    request: pytest.FixtureRequest, served: Served, browser: Browser
) -> AsyncIterator[OpenPage]:
    """Opens the page at a width, at the list or in somebody's chat; no script may fail on it."""
    width, height = SIZES[request.param]
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="ru-RU", accept_downloads=True
    )
    errors: list[str] = []

    async def opened(user_id: int | None = None) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(served.url if user_id is None else f"{served.url}#/{user_id}")
        await expect(page.get_by_test_id("person")).to_have_count(len(served.world.users))
        return page

    yield opened
    await context.close()
    assert errors == []
