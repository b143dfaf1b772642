"""The person that tests drive, against a small bot over real HTTP: aiogram's own client."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from sandbox.client import Person
from sandbox.limits import RateLimits
from sandbox.server import Sandbox

SIGN_UP = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="✅ Записаться", callback_data="sign")],
        [InlineKeyboardButton(text="Поделиться", url="https://t.me/sandbox_bot?start=m_7")],
        [InlineKeyboardButton(text="Сайт", url="https://example.org")],
    ]
)
MENU = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Мои встречи")]], resize_keyboard=True)


async def greet(message: Message) -> None:
    await message.answer(f"Здравствуйте ({message.text})", reply_markup=MENU)
    await message.answer("Инженеры будущего", reply_markup=SIGN_UP)


async def sign_up(query: CallbackQuery) -> None:
    await query.answer("Записали", show_alert=True)
    assert isinstance(query.message, Message)
    await query.message.edit_text("Вы записаны", reply_markup=None)


async def mine(message: Message) -> None:
    document = BufferedInputFile(b"xlsx", "Отчёт за 2026.xlsx")
    await message.answer_document(document, caption="Ваши встречи")


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.world.bot.token, session=session) as bot:
        yield bot


@pytest.fixture
async def running(bot: Bot) -> AsyncIterator[None]:
    dispatcher = Dispatcher()
    dispatcher.message.register(greet, CommandStart())
    dispatcher.message.register(mine, F.text == "Мои встречи")
    dispatcher.callback_query.register(sign_up, F.data == "sign")
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    yield
    await dispatcher.stop_polling()
    await polling


@pytest.fixture
def maria(sandbox: Sandbox) -> Person:
    return Person(sandbox.world, sandbox.world.add_user("Мария"), patience=5)


@pytest.mark.usefixtures("running")
async def test_a_conversation(maria: Person) -> None:
    await maria.start("m_5")
    await maria.wait("Здравствуйте (/start m_5)")
    offer = await maria.wait("Инженеры")
    assert offer.buttons == [["✅ Записаться"], ["Поделиться"], ["Сайт"]]
    assert maria.screen == offer

    answer = await maria.tap("Записаться")
    assert (answer.text, answer.show_alert) == ("Записали", True)
    edited = await maria.wait()
    assert (edited.message_id, edited.text, edited.edited) == (
        offer.message_id,
        "Вы записаны",
        True,
    )
    await maria.tap("Мои встречи")
    report = (await maria.wait("Ваши")).document
    assert report is not None
    assert (report.name, report.data) == ("Отчёт за 2026.xlsx", b"xlsx")


@pytest.mark.usefixtures("running")
async def test_links_open(maria: Person) -> None:
    await maria.start()
    await maria.wait("Инженеры")
    await maria.tap("Поделиться")
    await maria.wait("/start m_7")
    await maria.wait("Инженеры")
    with pytest.raises(AssertionError, match=r"leads out of the chat, to https://example\.org"):
        await maria.tap("Сайт")


@pytest.mark.usefixtures("running")
async def test_settling_waits_for_the_bots_own_inbox(sandbox: Sandbox, maria: Person) -> None:
    async def idle() -> None:
        await maria.wait("Инженеры")

    sandbox.world.idle = idle
    await maria.start()
    assert maria.screen.text == "Инженеры будущего"


async def test_a_failure_draws_the_chat(sandbox: Sandbox, maria: Person) -> None:
    impatient = Person(sandbox.world, maria.user, patience=0.01)
    await impatient.send("есть кто?")
    with pytest.raises(AssertionError, match=r"user #1: есть кто\?\nnot fetched .* yet: message"):
        await impatient.wait("да")
    with pytest.raises(AssertionError, match="no button 'Записаться' to tap"):
        await impatient.tap("Записаться")
    with pytest.raises(AssertionError, match="did not answer the tap"):
        await impatient.tap_data("x", 1)
    with pytest.raises(AssertionError, match="did not take and work the updates"):
        await impatient.settle()
    with pytest.raises(AssertionError, match="the bot has said nothing"):
        _ = impatient.screen


async def test_waiting_returns_each_message_once_and_forgets_at_the_next_action(
    bot: Bot, maria: Person
) -> None:
    await maria.start()
    for text in ("раз", "два"):
        await bot.send_message(maria.id, text)
    assert [(await maria.wait()).text, (await maria.wait()).text] == ["раз", "два"]
    for text in ("три", "четыре", "пять"):
        await bot.send_message(maria.id, text)
    await maria.wait("четыре")
    await maria.send("дальше")
    for missed in ("три", "пять"):
        with pytest.raises(AssertionError, match=missed):
            await maria.wait(missed, patience=0.01)


async def test_aiograms_client_sends_edits_uploads_and_downloads(
    bot: Bot, sandbox: Sandbox, maria: Person
) -> None:
    await maria.start()
    assert (await bot.me()).username == "sandbox_bot"
    sent = await bot.send_message(maria.id, "<b>Да</b>", parse_mode="HTML", reply_markup=SIGN_UP)
    edited = await sent.edit_text("Нет")
    assert isinstance(edited, Message)
    assert edited.text == "Нет"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await edited.edit_text("Нет")
    uploaded = await bot.send_document(maria.id, BufferedInputFile(b"\0" * 9, "Отчёт.bin"))
    assert uploaded.document is not None
    assert uploaded.document.file_name == "Отчёт.bin"
    got = await bot.download(uploaded.document.file_id)
    assert got is not None
    assert got.read() == b"\0" * 9

    sandbox.world.limits = RateLimits(enabled=True)
    for _ in range(5):
        await bot.send_message(maria.id, "ещё")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(maria.id, "ещё")
    sandbox.world.block(maria.id)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(maria.id, "Вы тут?")
