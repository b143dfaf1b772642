"""Chromium for the tests of the chat page: where it is, how it starts, common steps."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page

CHROMIUM = shutil.which("chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"laptop": (1280, 800), "phone": (390, 844)}
OpenPage = Callable[[int | None], Awaitable[Page]]
BROWSER_TESTS = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH"),
]


async def write(page: Page, text: str) -> None:
    await page.get_by_test_id("input").fill(text)
    await page.get_by_test_id("input").press("Enter")


async def fits(page: Page) -> bool:
    """Nothing sticks out of the screen to the right."""
    return bool(
        await page.evaluate(
            "[...document.querySelectorAll('button, article, input, textarea')]"
            ".every(node => node.getBoundingClientRect().right <= innerWidth)"
        )
    )
