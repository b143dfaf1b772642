"""The page around the chats in Chromium: people, links, clock, connection."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.async_api import Browser, expect

from tests.sandbox.page.browser import BROWSER_TESTS, OpenPage, fits, write
from tests.sandbox.page.helper import (
    PARENT,
    PUPIL,
    Served,
    buttons,
    served_page,
)

pytestmark = BROWSER_TESTS


async def test_links_to_the_bot_open_inside(served: Served, open_page: OpenPage) -> None:
    link = "https://t.me/proforient_bot?start=m_42"
    share = f"https://t.me/share/url?url={link}"
    served.world.start(PUPIL)
    await served.bot.send_message(
        PUPIL, f"Встреча: {link}", reply_markup=buttons([("Открыть", link), ("Поделиться", share)])
    )
    page = await open_page(PUPIL)
    await page.get_by_role("link", name=link).click()
    await expect(page.get_by_test_id("log").get_by_text("/start m_42")).to_have_count(1)
    await page.get_by_role("button", name="Открыть").click()
    await expect(page.get_by_test_id("log").get_by_text("/start m_42")).to_have_count(2)
    await write(page, "t.me/proforient_bot?start=m_42")
    await expect(page.get_by_test_id("log").get_by_text("/start m_42")).to_have_count(3)
    await page.get_by_role("button", name="Поделиться").click()
    await page.get_by_test_id("share").get_by_role("button", name="Марина Котова").click()
    await expect(page.get_by_test_id("chat-name")).to_have_text("Марина Котова")
    await expect(page.get_by_test_id("log").get_by_text("/start m_42")).to_have_count(1)
    assert served.world.history(PARENT)[-1].text == "/start m_42"


async def test_a_link_in_the_address_waits_in_the_input(served: Served, browser: Browser) -> None:
    page = await browser.new_page()
    await page.goto(f"{served.url}#/{PUPIL}?start=m_7")
    await expect(page.get_by_test_id("input")).to_have_value(
        "https://t.me/proforient_bot?start=m_7"
    )
    assert served.world.history(PUPIL) == []
    await page.get_by_test_id("input").press("Enter")
    await expect(page.get_by_test_id("message")).to_contain_text("/start m_7")
    await expect(page.get_by_test_id("start")).to_be_hidden()


async def test_which_links_are_followed(served: Served, browser: Browser) -> None:
    page = await browser.new_page()
    await page.goto(served.url)
    expected = {
        "https://t.me/Proforient_Bot?start=a": {"kind": "bot", "payload": "a"},
        "t.me/proforient_bot/": {"kind": "bot", "payload": ""},
        "tg://resolve?domain=proforient_bot&start=b": {"kind": "bot", "payload": "b"},
        "https://t.me/other_bot?start=a": {
            "kind": "outside",
            "url": "https://t.me/other_bot?start=a",
        },
        "mailto:a@example.org": {"kind": "outside", "url": "mailto:a@example.org"},
        "javascript:alert(1)": None,
        "data:text/html,<script>": None,
        "file:///etc/passwd": None,
        "http://": None,
    }
    read = "async text => (await import('./static/links.js')).readLink(text, 'proforient_bot')"
    assert {text: await page.evaluate(read, text) for text in expected} == expected


async def test_the_clock_is_seen_running_and_only_forward(
    served: Served, open_page: OpenPage
) -> None:
    page = await open_page(None)
    clock = page.get_by_test_id("clock")
    await expect(clock).to_have_text(re.compile(r"^сб, 21 ноября.*, 10:15$"))
    await page.get_by_test_id("clock-hour").click()
    await expect(page.get_by_test_id("clock-progress")).to_contain_text("11:15")
    await expect(clock).to_have_text(re.compile("10:45$"))
    await expect(page.get_by_test_id("clock-day")).to_be_disabled()
    served.clock.gate.set()
    await expect(clock).to_have_text(re.compile("11:15$"))
    await expect(page.get_by_test_id("clock-progress")).to_be_hidden()

    await page.get_by_test_id("clock-goto").click()
    await page.get_by_test_id("goto-input").fill("2026-11-20T09:00")
    await page.get_by_test_id("goto-ok").click()
    await expect(page.get_by_role("alert")).to_contain_text("идут только вперёд")
    await page.get_by_test_id("goto-input").fill("2026-12-25T09:00")
    await page.get_by_test_id("goto-ok").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(clock).to_have_text(re.compile("^пт, 25 декабря.*, 09:00$"))
    assert await fits(page)


async def test_the_clock_is_one_line_at_every_width(served: Served, open_page: OpenPage) -> None:
    page = await open_page(PUPIL)
    full, short = page.get_by_test_id("clock"), page.get_by_test_id("clock-short")
    if await page.get_by_test_id("back").is_visible():
        await expect(full).to_be_hidden()
        shown = short
        await expect(shown).to_have_text(re.compile(r"^(сб 21\.11|21\.11\.\d\d), 10:15$"))
    else:
        await expect(short).to_be_hidden()
        shown = full
    inside = await shown.bounding_box()
    beside = await page.get_by_test_id("clock-hour").bounding_box()
    assert inside is not None
    assert beside is not None
    assert inside["height"] < 2 * 14  # its letters are 14 px high at least
    assert inside["x"] + inside["width"] <= beside["x"]
    assert await fits(page)


async def test_unread_counts_and_new_people(served: Served, open_page: OpenPage) -> None:
    served.world.start(PARENT)
    page = await open_page(None)
    for text in ("раз", "два"):
        await served.bot.send_message(PARENT, text)
    parent = page.get_by_role("button", name="Марина Котова")
    await expect(parent.get_by_test_id("unread")).to_have_text("2")
    await parent.click()
    await expect(parent.get_by_test_id("unread")).to_have_count(0)
    if await page.get_by_test_id("back").is_visible():
        await page.get_by_test_id("back").click()
    await page.get_by_test_id("new-person").click()
    await page.get_by_test_id("new-person-input").fill("<i>Пётр</i> Новый")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("chat-name")).to_have_text("<i>Пётр</i> Новый")
    await expect(page.get_by_test_id("start")).to_be_visible()


async def test_a_lost_connection_is_told_and_made_good(browser: Browser) -> None:
    page = await browser.new_page()
    async with served_page() as served:
        served.world.start(PUPIL)
        await page.goto(f"{served.url}#/{PUPIL}")
        await expect(page.get_by_test_id("message")).to_have_count(1)
    await expect(page.get_by_test_id("connection")).to_contain_text("Связь с демо потеряна")
    async with served_page(urlsplit(served.url).port or 0) as again:
        again.world.start(PUPIL)
        await again.bot.send_message(PUPIL, "Я снова здесь")
        await expect(page.get_by_text("Я снова здесь").last).to_be_visible(timeout=10_000)
        await expect(page.get_by_test_id("connection")).to_be_hidden()
