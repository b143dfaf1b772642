"""One chat in Chromium: what a person sees and does in it, at both widths."""

from __future__ import annotations

from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from playwright.async_api import expect

from tests.sandbox.page.browser import BROWSER_TESTS, OpenPage, fits, write
from tests.sandbox.page.helper import (
    CURATOR,
    PUPIL,
    Served,
    buttons,
    png,
)

pytestmark = BROWSER_TESTS


async def test_from_the_list_into_a_chat_and_through_a_tap(
    served: Served, open_page: OpenPage
) -> None:
    page = await open_page(None)
    await page.get_by_role("button", name="Алина Соколова").click()
    await expect(page.get_by_test_id("chat-note")).to_have_text(
        "Ученица 9 класса · школа № 4, Ачинск"
    )
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("message")).to_contain_text("/start")

    keyboard = buttons([("Записаться", "join")], [("‹ К списку", "back")])
    card = await served.bot.send_message(PUPIL, "<b>Инженеры</b> будущего", reply_markup=keyboard)
    join = page.get_by_role("button", name="Записаться")
    await join.click()
    await expect(join).to_have_attribute("aria-busy", "true")
    tap = await served.next_tap()
    assert (tap.data, tap.from_user.id) == ("join", PUPIL)
    await served.bot.answer_callback_query(tap.id, "Вы записаны")
    await expect(page.get_by_test_id("toast")).to_have_text("Вы записаны")
    await expect(join).not_to_have_attribute("aria-busy", "true")

    await served.bot.edit_message_text("Вы идёте", chat_id=PUPIL, message_id=card.message_id)
    message = page.locator(f'[data-testid="message"][data-id="{card.message_id}"]')
    await expect(message).to_contain_text("Вы идёте")
    await expect(message).to_contain_text("изменено")
    await expect(join).to_have_count(0)
    await served.bot.delete_message(PUPIL, card.message_id)
    await expect(message).to_have_count(0)
    assert await fits(page)


async def test_an_alert_waits_for_a_word(served: Served, open_page: OpenPage) -> None:
    served.world.start(PUPIL)
    await served.bot.send_message(PUPIL, "Карточка", reply_markup=buttons([("Записаться", "j")]))
    page = await open_page(PUPIL)
    await page.get_by_role("button", name="Записаться").click()
    tap = await served.next_tap()
    await served.bot.answer_callback_query(tap.id, "Мест нет", show_alert=True)
    alert = page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Мест нет")
    await page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)


async def test_typed_text_is_never_html(served: Served, open_page: OpenPage) -> None:
    harm = '<img src=x onerror="document.title=1"> <b>жирно</b> &amp;'
    page = await open_page(PUPIL)
    await page.get_by_test_id("start").click()
    await write(page, harm)
    await expect(page.get_by_test_id("message").last).to_contain_text(harm)
    assert served.world.history(PUPIL)[-1].text == harm
    await served.bot.send_message(PUPIL, harm, parse_mode=None)
    await expect(page.get_by_test_id("message").last).to_contain_text(harm)
    assert await page.locator("[data-testid=log] img, [data-testid=log] b").count() == 0
    await expect(page.get_by_test_id("input")).to_have_value("")


async def test_formatting_nests_and_a_spoiler_opens(served: Served, open_page: OpenPage) -> None:
    served.world.start(PUPIL)
    await served.bot.send_message(
        PUPIL,
        "👋 <b>жирный <i>оба</i></b> <u>под</u> <s>нет</s> <code>x = 1</code>"
        '<blockquote>цитата</blockquote><a href="https://example.org/">сайт</a>'
        '<a href="javascript:alert(1)">никуда</a> <tg-spoiler>секрет</tg-spoiler>',
    )
    log = (await open_page(PUPIL)).get_by_test_id("log")
    await expect(log.locator("strong")).to_have_text("жирный оба")
    await expect(log.locator("strong em")).to_have_text("оба")
    for tag, text in {"u": "под", "s": "нет", "code": "x = 1", "blockquote": "цитата"}.items():
        await expect(log.locator(tag)).to_have_text(text)
    await expect(log.locator("a")).to_have_count(1)
    await expect(log.locator("a")).to_have_attribute("href", "https://example.org/")
    await expect(log.locator("a")).to_have_attribute("target", "_blank")
    await log.get_by_role("button", name="Скрытый текст").click()
    await expect(log.locator(".spoiler.shown")).to_have_text("секрет")


async def test_commands_and_reply_buttons(served: Served, open_page: OpenPage) -> None:
    served.world.start(PUPIL)
    await served.bot.set_my_commands([BotCommand(command="my", description="Мои записи")])
    page = await open_page(PUPIL)
    await page.get_by_test_id("show-commands").click()
    await expect(page.get_by_test_id("commands")).to_contain_text("Мои записи")
    await page.get_by_test_id("input").fill("/me")
    await expect(page.get_by_test_id("commands")).to_be_hidden()
    await served.bot.set_my_commands([BotCommand(command="meetings", description="Встречи рядом")])
    await page.get_by_role("button", name="/meetings").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("/meetings")

    rows = [[KeyboardButton(text="Ученик"), KeyboardButton(text="Родитель")]]
    await served.bot.send_message(PUPIL, "Кто вы?", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    await page.get_by_test_id("reply-keyboard").get_by_role("button", name="Родитель").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("Родитель")
    await served.bot.send_message(PUPIL, "Спасибо", reply_markup=ReplyKeyboardRemove())
    await expect(page.get_by_test_id("reply-keyboard")).to_be_hidden()


async def test_files_both_ways(served: Served, open_page: OpenPage) -> None:
    served.world.start(CURATOR)
    report = BufferedInputFile(b"PK" + b"x" * 2046, "Приложение 2, Ачинск.xlsx")
    await served.bot.send_document(CURATOR, report, caption="Ваш отчёт")
    await served.bot.send_photo(CURATOR, BufferedInputFile(png(900, 600), "qr.png"))
    page = await open_page(CURATOR)
    document = page.get_by_test_id("document")
    await expect(document).to_contain_text("2 КБ")
    async with page.expect_download() as download:
        await document.click()
    file = await download.value
    assert file.suggested_filename == "Приложение 2, Ачинск.xlsx"
    assert (await file.path()).stat().st_size == 2048

    await page.get_by_test_id("photo").click()
    await expect(page.get_by_test_id("zoom").locator("img")).to_be_visible()
    await page.keyboard.press("Escape")
    assert await fits(page)

    await page.get_by_test_id("input").fill("наш список")
    await page.get_by_test_id("attach-document").set_input_files(
        {"name": "9б.csv", "mimeType": "text/csv", "buffer": b"1;2"}
    )
    await expect(document.last).to_contain_text("9б.csv")
    sent = served.world.history(CURATOR)[-1]
    assert sent.text == "наш список"
    assert served.world.file(sent.body["document"]["file_id"]).data == b"1;2"


async def test_typing_and_blocking(served: Served, open_page: OpenPage) -> None:
    served.world.start(PUPIL)
    page = await open_page(PUPIL)
    await expect(page.get_by_test_id("input")).to_be_visible()
    await served.bot.send_chat_action(PUPIL, "upload_document")
    await expect(page.get_by_test_id("chat-note")).to_have_text("бот отправляет файл…")
    await served.bot.send_message(PUPIL, "Вот")
    await expect(page.get_by_test_id("chat-note")).to_contain_text("Ученица")
    await page.get_by_test_id("menu").click()
    await page.get_by_role("button", name="Заблокировать бота").click()
    await page.get_by_test_id("unblock").click()
    await expect(page.get_by_test_id("input")).to_be_visible()
    assert served.world.users[PUPIL].blocked is False
