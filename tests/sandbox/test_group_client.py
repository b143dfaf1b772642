"""The people of `sandbox.group_client`, in groups with a small bot of aiogram."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import ChatMemberUpdatedFilter, Command, CommandStart
from aiogram.filters.chat_member_updated import JOIN_TRANSITION
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)

from sandbox.client import Person
from sandbox.group_client import InGroup
from sandbox.server import Sandbox

SIGN_UP = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Записаться", callback_data="sign")]]
)


async def greet(event: ChatMemberUpdated) -> None:
    await event.answer("Здравствуйте, группа")


async def show(message: Message) -> None:
    await message.answer("Мосты", reply_markup=SIGN_UP)


async def sign_up(query: CallbackQuery, bot: Bot) -> None:
    if query.inline_message_id is not None:
        await bot.edit_message_text("Записан", inline_message_id=query.inline_message_id)
        await query.answer("Записали")
    else:
        await query.answer(url=f"https://t.me/{(await bot.me()).username}?start=m_1")


async def hello(message: Message) -> None:
    await message.answer(f"Вы пришли: {message.text}")


async def find(query: InlineQuery) -> None:
    said = InputTextMessageContent(message_text="Мосты")
    found = InlineQueryResultArticle(
        id="1", title=query.query, input_message_content=said, reply_markup=SIGN_UP
    )
    button = InlineQueryResultsButton(text="Открыть бота", start_parameter="inline")
    await query.answer([found], button=button, cache_time=1)


@pytest.fixture
async def _running(sandbox: Sandbox) -> AsyncIterator[None]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    dispatcher = Dispatcher()
    dispatcher.my_chat_member.register(greet, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    dispatcher.message.register(show, Command("meetings"))
    dispatcher.message.register(hello, CommandStart())
    dispatcher.callback_query.register(sign_up, F.data == "sign")
    dispatcher.inline_query.register(find)
    async with Bot(sandbox.world.bot.token, session=session) as bot:
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        )
        yield
        await dispatcher.stop_polling()
        await polling


@pytest.fixture
def maria(sandbox: Sandbox) -> Person:
    return Person(sandbox.world, sandbox.world.add_user("Мария"), patience=5)


@pytest.fixture
def here(sandbox: Sandbox, maria: Person) -> InGroup:
    group = sandbox.world.add_group("9 «Б», родители", [maria.id])
    return InGroup(maria, group, patience=5)


@pytest.mark.usefixtures("_running")
async def test_a_group_asks_and_taps(maria: Person, here: InGroup) -> None:
    await here.add_bot()
    await here.wait("Здравствуйте, группа")
    await here.send("/meetings@sandbox_bot")
    await here.wait("Мосты")
    answer = await here.tap("Записаться")
    assert answer.url == "https://t.me/sandbox_bot?start=m_1"
    await maria.follow(answer)
    await maria.wait("Вы пришли: /start m_1")
    assert here.screen.text == "Мосты"
    await here.upgrade()
    await here.wait("Здравствуйте, группа")
    await here.send("/meetings")
    assert (await here.wait("Мосты")).message_id == here.screen.message_id
    await here.remove_bot()
    assert here.group.bot_status == "kicked"


@pytest.mark.usefixtures("_running")
async def test_inline_in_a_group_without_the_bot(
    sandbox: Sandbox, maria: Person, here: InGroup
) -> None:
    sandbox.world.bot.inline = True
    found = await here.inline("мосты")
    assert found.answer.titles == ["мосты"]
    sent = await here.choose(found)
    assert sent.body["via_bot"]["username"] == "sandbox_bot"
    assert (await here.tap("Записаться")).text == "Записали"
    assert here.messages[-1].text == "Записан"
    await maria.follow(found)
    await maria.wait("/start inline")


async def test_a_failure_draws_the_group(here: InGroup) -> None:
    await here.add_bot()
    await here.send_anonymously("есть кто?")
    impatient = InGroup(here, here.group, patience=0.01)
    with pytest.raises(AssertionError, match=r"«9 «Б», родители», seen by Мария:[^\0]*есть кто"):
        await impatient.wait("да")
