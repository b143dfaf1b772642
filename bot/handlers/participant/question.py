"""«Спросить организатора», and «Ответить» under what either side was sent."""

import secrets
from contextlib import suppress
from typing import Any

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.callbacks import Reply
from bot.errors import NotFound, Refused
from bot.handlers.navigation import open_below, started_with
from bot.handlers.participant.meetings_getters import token_of
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.services import catalogue, questions
from bot.services.core import Account, Core
from bot.states import Asking
from bot.widgets import T, close_button, speech

router = Router(name="question")

REPLY_TO, MESSAGE, TOKEN = "reply_to", "message_id", "words_token"


async def begin(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask for the question about the meeting whose card is open."""
    token = token_of(manager)
    data = manager.middleware_data
    await questions.check_ask(data["core"], data["account"], token)
    await manager.start(Asking.typing, {"token": token})


@router.callback_query(Reply.filter())
async def begin_reply(
    callback: CallbackQuery,
    callback_data: Reply,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Ask for the answer below the question; one that was answered loses its button."""
    try:
        words = await questions.get_words(core, account, callback_data.token)
        if words.answered:
            raise Refused("question-answered")
    except (NotFound, Refused) as error:
        await explain(callback, tr, error)
        if isinstance(callback.message, Message):
            with suppress(TelegramBadRequest):  # a second tap: it is gone already
                await callback.message.edit_reply_markup()
        return
    await callback.answer()
    message_id = callback.message.message_id if callback.message else None
    await open_below(
        dialog_manager, Asking.typing, {REPLY_TO: callback_data.token, MESSAGE: message_id}
    )


async def _name_the_words(_data: Any, manager: DialogManager) -> None:
    """Give what is about to be typed its token, so that a repeat is sent once."""
    manager.dialog_data[TOKEN] = secrets.token_urlsafe(12)


async def typing_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what is asked or answered about."""
    about: catalogue.Card | questions.Words
    reply_to = started_with(dialog_manager, REPLY_TO)
    if reply_to is None:
        about, step = await catalogue.get_card(core, account, token_of(dialog_manager)), "ask"
    else:
        about = await questions.get_words(core, account, reply_to)
        step = "ask-on" if about.is_answer else "answer"
    return {
        "step": step,
        "title": about.title,
        "when": tr.when(about.starts_at, None, about.timezone),
    }


async def _type_words(message: Message, _input: Any, manager: DialogManager) -> None:
    data, typed = manager.middleware_data, message.text or ""
    core, account, tr = data["core"], data["account"], speech(manager)
    token = str(manager.dialog_data[TOKEN])
    reply_to = started_with(manager, REPLY_TO)
    if reply_to is None:
        await questions.ask(core, account, token_of(manager), typed, token)
        await message.answer(tr("question-sent"))
    else:
        await questions.reply(core, account, reply_to, typed, token)
        bot: Bot = data["bot"]
        with suppress(TelegramBadRequest):  # the person may have deleted the question
            await bot.edit_message_reply_markup(
                chat_id=message.chat.id, message_id=started_with(manager, MESSAGE)
            )
        await message.answer(tr("question-answer-sent"))
    await manager.done()


dialog = Dialog(
    Window(
        T("question-ask"),
        MessageInput(_type_words),
        close_button(),
        state=Asking.typing,
        getter=typing_getter,
    ),
    on_start=_name_the_words,
)
