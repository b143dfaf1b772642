"""The demo in Chromium: a pupil signs up and the curator checks her in, on a laptop and a phone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from sandbox.demo import demo
from sandbox.demo_cast import CAST, PUPIL_ID
from tests.bot.kill.processes import free_port
from tests.sandbox.page.browser import ARGS, CHROMIUM, SIZES, fits, write

pytestmark = pytest.mark.chromium

CURATOR_ID = next(member.user_id for member in CAST if member.title.startswith("Куратор"))
TITLE = "Инженеры будущего"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        await chromium.close()


async def move_to_start(page: Page, address: str) -> None:
    """Move the demo's clock to the afternoon of the meeting, the day after tomorrow."""
    moved = await page.evaluate(
        """async (address) => {
            const day = new Date(Date.now() + 2 * 864e5 + 7 * 36e5).toISOString().slice(0, 10);
            const answer = await fetch(address + 'api/clock', {
                method: 'POST',
                headers: {'Content-Type': 'application/json'},
                body: JSON.stringify({to: `${day}T14:30`}),
            });
            return answer.status;
        }""",
        address,
    )
    assert moved == 200


@pytest.mark.parametrize("size", SIZES)
async def test_sign_up_and_check_in(browser: Browser, tmp_path: Path, size: str) -> None:
    width, height = SIZES[size]
    async with demo(tmp_path, free_port()) as address:
        page = await browser.new_page(viewport={"width": width, "height": height})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        log = page.get_by_test_id("log")  # the list of people beside it quotes messages

        async def said(words: str) -> None:
            """Wait for words of the bot; a ticket or a question may come below them meanwhile."""
            message = page.get_by_test_id("message").filter(has_text=words).last
            await expect(message).to_be_visible()

        await page.goto(f"{address}#/{PUPIL_ID}")
        await said("Здравствуйте, Алина")  # a chat that is still loading takes no words
        await write(page, "/meetings")
        await said("Встречи: Ачинск")
        await log.get_by_role("button", name=TITLE).last.click()
        await said("осталось 13 мест из 40")
        await log.get_by_role("button", name="Записаться", exact=True).last.click()
        await expect(page.get_by_test_id("toast")).to_contain_text("Вы записаны")
        await said("Код для входа: A10")
        assert await fits(page)

        # The door opens three hours before; what time it is now, the machine decides.
        await move_to_start(page, address)
        await page.goto(f"{address}#/{CURATOR_ID}")
        await said("Здравствуйте, Светлана")
        await write(page, "/manage")
        await said("Ваши встречи")
        await log.get_by_role("button", name=TITLE).last.click()
        await log.get_by_role("button", name="Отметить").last.click()
        await said("Пришли 0 из 28")
        await write(page, "A10")
        await said("Нашлась 1 запись")
        await log.get_by_role("button", name="Алина").last.click()
        await said("Пришли 1 из 28")
        assert await fits(page)
        assert problems == []
        await page.close()
