"""The panel «Сбои сети» in Chromium, by keyboard and at phone width too."""

from __future__ import annotations

import pytest
from aiogram.exceptions import TelegramNetworkError
from playwright.async_api import expect

from tests.sandbox.page.browser import BROWSER_TESTS, OpenPage, fits, write
from tests.sandbox.page.helper import PUPIL, Served

pytestmark = BROWSER_TESTS


async def test_faults_are_put_on_seen_striking_and_taken_off(
    served: Served, open_page: OpenPage
) -> None:
    served.world.start(PUPIL)
    page = await open_page(PUPIL)
    fault, count = page.get_by_test_id("fault"), page.get_by_test_id("faults-count")
    await expect(count).to_be_hidden()
    await page.get_by_test_id("faults-open").press("Enter")
    await expect(page.get_by_label("Ждать, с")).to_have_value("3")
    await page.get_by_label("Какие запросы бота").select_option("Сообщения")
    await page.get_by_label("Что с ними случается").select_option("Обрыв после выполнения")
    await expect(page.get_by_label("Задержка, с")).to_have_value("0")
    await page.get_by_label("Доля, %").fill("100")
    await page.get_by_label("Доля, %").press("Enter")
    await expect(fault).to_contain_text("Сообщения, 100 %")
    await expect(fault).to_contain_text("Обрыв после выполнения")
    await expect(page.get_by_test_id("fault-hits")).to_have_text("Задето запросов: 0")
    await expect(page.get_by_label("Сбои сети, включено: 1")).to_be_visible()
    assert await fits(page)

    off = page.get_by_role("button", name="Убрать")
    await off.focus()
    with pytest.raises(TelegramNetworkError):
        await served.bot.send_message(PUPIL, "Повторится")
    await expect(page.get_by_test_id("fault-hits")).to_have_text("Задето запросов: 1")
    await expect(off).to_be_focused()
    await off.press("Enter")
    await expect(fault).to_have_count(0)
    await expect(count).to_be_hidden()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("faults-add")).to_be_hidden()
    await expect(page.get_by_test_id("faults-open")).to_be_focused()
    await write(page, "Дошло")
    await expect(page.get_by_test_id("log").get_by_text("Дошло")).to_be_visible()
    assert served.world.faults.rules == ()
