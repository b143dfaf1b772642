"""Answers to the questions after a meeting: plain buttons under a pushed message."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.callbacks import CameAnswer, Rate, SkipComment, Useful
from bot.errors import NotFound, Refused
from bot.handlers.pushed import turn_into
from bot.i18n import Speech
from bot.messages import comment_question, rating_question, useful_question
from bot.sender import Outgoing
from bot.services import feedback
from bot.services.core import Account, Core
from bot.states import Comment

router = Router(name="answers")


@router.callback_query(
    StateFilter(Comment.typing), ~SkipComment.filter(), ~Rate.filter(), ~Useful.filter()
)
@router.message(StateFilter(Comment.typing), F.text.startswith("/"), ~Command("cancel"))
async def turn_to_something_else(_event: CallbackQuery | Message, state: FSMContext) -> None:
    """What is typed after another button or command belongs there, and is no feedback."""
    await _stop_typing(state)
    raise SkipHandler


@router.callback_query(CameAnswer.filter())
async def answer_came(
    callback: CallbackQuery,
    callback_data: CameAnswer,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """«Вы были?»: yes opens the rating, no ends it."""
    asked = await feedback.say_came(
        core, account, callback_data.registration_id, came=callback_data.came
    )
    await callback.answer()
    if not callback_data.came:
        await turn_into(callback, bot, Outgoing(tr("came-no-thanks", title=asked.title)))
    elif asked.rating is None:
        await turn_into(callback, bot, rating_question(tr, asked))
    else:
        await turn_into(callback, bot, useful_question(tr, asked))


@router.callback_query(Rate.filter())
async def answer_rating(
    callback: CallbackQuery,
    callback_data: Rate,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Keep the rating, ask what was useful."""
    asked = await feedback.rate(core, account, callback_data.registration_id, callback_data.rating)
    await callback.answer(tr.plain("rate-thanks"))
    await turn_into(callback, bot, useful_question(tr, asked))


@router.callback_query(Useful.filter(F.choice != ""))
async def tick_useful(
    callback: CallbackQuery,
    callback_data: Useful,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Tick or untick a choice."""
    asked = await feedback.mark_useful(
        core,
        account,
        callback_data.registration_id,
        callback_data.choice,
        useful=callback_data.on,
    )
    await callback.answer()
    await turn_into(callback, bot, useful_question(tr, asked))


@router.callback_query(Useful.filter(F.choice == ""))
async def ask_for_words(
    callback: CallbackQuery,
    callback_data: Useful,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    state: FSMContext,
) -> None:
    """Go on to the few words."""
    asked = await feedback.get_asked(core, account, callback_data.registration_id)
    await callback.answer()
    if asked.finished:
        await turn_into(callback, bot, _thanks(tr, asked))
        return
    question_id = await turn_into(callback, bot, comment_question(tr, asked))
    await state.set_state(Comment.typing)
    await state.update_data(registration_id=asked.registration_id, question_id=question_id)


@router.callback_query(SkipComment.filter())
async def skip_words(
    callback: CallbackQuery,
    callback_data: SkipComment,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    state: FSMContext,
) -> None:
    """Close the answer without words."""
    await feedback.comment(core, account, callback_data.registration_id, "")
    await _stop_typing(state)
    asked = await feedback.get_asked(core, account, callback_data.registration_id)
    await callback.answer()
    await turn_into(callback, bot, _thanks(tr, asked))


@router.message(StateFilter(Comment.typing), F.text, ~F.text.startswith("/"))
async def take_words(
    message: Message, bot: Bot, core: Core, account: Account, tr: Speech, state: FSMContext
) -> None:
    """Keep the few words and thank for them; the question loses its button."""
    data = await state.get_data()
    registration_id = int(data["registration_id"])
    try:
        await feedback.comment(core, account, registration_id, message.text or "")
    except (NotFound, Refused):  # too late: what is typed next belongs elsewhere
        await _stop_typing(state)
        raise
    await _stop_typing(state)
    with suppress(TelegramBadRequest):  # the person may have deleted the question
        await bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=data["question_id"])
    asked = await feedback.get_asked(core, account, registration_id)
    await message.answer(_thanks(tr, asked).text)


async def _stop_typing(state: FSMContext) -> None:
    data = await state.get_data()
    for name in ("registration_id", "question_id"):
        data.pop(name, None)
    await state.set_state(None)
    await state.set_data(data)


def _thanks(tr: Speech, asked: feedback.Asked) -> Outgoing:
    key = "feedback-thanks" if asked.confirmed else "feedback-thanks-unconfirmed"
    return Outgoing(tr(key, title=asked.title))
