"""Groups and inline mode in Chromium, at both widths."""

from __future__ import annotations

from aiogram.types import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from playwright.async_api import Page, expect

from tests.sandbox.page.browser import BROWSER_TESTS, OpenPage, fits, write
from tests.sandbox.page.helper import CURATOR, PARENT, PUPIL, Served, buttons

pytestmark = BROWSER_TESTS

BOT = "@proforient_bot"


async def menu(page: Page, choice: str) -> None:
    await page.get_by_test_id("menu").click()
    await page.get_by_test_id(choice).click()


async def speak_as(page: Page, name: str) -> None:
    await page.get_by_test_id("speaker").select_option(label=name)
    await expect(page.get_by_test_id("speaker").locator("option:checked")).to_have_text(name)


async def test_a_group_from_its_creation_to_a_tap(served: Served, open_page: OpenPage) -> None:
    page = await open_page(None)
    await page.get_by_test_id("new-group").click()
    await page.get_by_test_id("new-group-input").fill("9 «Б», родители")
    await page.get_by_label("Алина Соколова").uncheck()
    await page.get_by_test_id("new-group-ok").click()
    await expect(page.get_by_test_id("chat-name")).to_have_text("9 «Б», родители")
    await expect(page.get_by_test_id("chat-note")).to_have_text("2 участника")
    await menu(page, "group-bot")
    await expect(page.get_by_test_id("service").last).to_have_text("Бот добавлен в группу")
    await expect(page.get_by_test_id("chat-note")).to_have_text("2 участника и бот")
    (group,) = served.world.groups.stored.values()

    await write(page, f"/meetings{BOT}")
    await expect(page.get_by_test_id("message").last).to_have_attribute("data-from", "person")
    link = "https://t.me/proforient_bot?start=m_1"
    card = buttons([("Записаться", "join")])
    await served.bot.send_message(group.id, "Инженеры", reply_markup=card)
    await speak_as(page, "Ольга Ветрова")
    await expect(page.get_by_test_id("author").first).to_have_text("Марина Котова")
    await page.get_by_role("button", name="Записаться").click()
    tap = await served.next_tap()
    assert tap.from_user.id == CURATOR
    assert await fits(page)
    await served.bot.answer_callback_query(tap.id, url=link)
    await expect(page.get_by_test_id("chat-name")).to_have_text("Ольга Ветрова")
    await expect(page.get_by_test_id("log").get_by_text("/start m_1")).to_be_visible()
    assert served.world.history(CURATOR)[-1].text == "/start m_1"


async def test_people_and_the_bot_come_and_go(served: Served, open_page: OpenPage) -> None:
    group = served.world.add_group("9 «Б», родители", [PARENT])
    served.world.groups.add_bot(group, PARENT)
    page = await open_page(None)
    await page.get_by_test_id("group").click()
    await menu(page, "group-person")
    await page.get_by_role("dialog").get_by_role("button", name="Алина Соколова").click()
    await expect(page.get_by_test_id("service").last).to_have_text(
        "Теперь в группе: Алина Соколова"
    )
    await speak_as(page, "Алина Соколова")
    await write(page, "Всем привет")
    await expect(page.get_by_test_id("message").last).to_contain_text("Всем привет")
    assert served.world.history(group.id)[-1].body["from"]["id"] == PUPIL
    await menu(page, "group-bot")
    await expect(page.get_by_test_id("service").last).to_have_text("Бот убран из группы")
    await expect(page.get_by_test_id("chat-note")).to_have_text("2 участника")


async def test_results_while_the_bots_name_is_typed(served: Served, open_page: OpenPage) -> None:
    served.world.bot.inline = True
    group = served.world.add_group("9 «Б», родители", [PARENT])
    page = await open_page(None)
    await page.get_by_test_id("group").click()
    await page.get_by_test_id("input").fill(f"{BOT} мосты")
    query = (await served.next_update("inline_query")).inline_query
    assert query is not None
    assert (query.query, query.from_user.id, query.chat_type) == ("мосты", PARENT, "group")
    said = InputTextMessageContent(message_text="Инженеры будущего")
    found = InlineQueryResultArticle(
        id="1", title="Инженеры", description="сб, 15:00", input_message_content=said
    )
    button = InlineQueryResultsButton(text="Все встречи", start_parameter="inline")
    await served.bot.answer_inline_query(query.id, [found], button=button, next_offset="1")
    panel = page.get_by_test_id("inline")
    await expect(panel.get_by_test_id("inline-result")).to_contain_text("сб, 15:00")
    assert await fits(page)
    await panel.get_by_role("button", name="Показать ещё").click()
    more = (await served.next_update("inline_query")).inline_query
    assert more is not None
    second = found.model_copy(update={"id": "2", "title": "Медики"})
    await served.bot.answer_inline_query(more.id, [second])
    await expect(panel.get_by_test_id("inline-result")).to_have_count(2)
    await page.get_by_test_id("input").press("Enter")
    await expect(page.get_by_test_id("message")).to_contain_text(f"через {BOT}")
    await expect(page.get_by_test_id("input")).to_have_value("")
    await expect(panel).to_be_hidden()
    assert served.world.history(group.id)[-1].text == "Инженеры будущего"

    await page.get_by_test_id("input").fill(f"{BOT} мосты")
    await panel.get_by_role("button", name="Все встречи").click()
    await expect(page.get_by_test_id("chat-name")).to_have_text("Марина Котова")
    await expect(page.get_by_test_id("log").get_by_text("/start inline")).to_be_visible()
