"""Answers to the questions after a meeting: plain buttons under a pushed message."""

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.callbacks import (
    CameAnswer,
    Rate,
    RoomRate,
    RoomSkipComment,
    RoomUseful,
    SkipComment,
    Useful,
)
from bot.errors import NotFound, Refused
from bot.feedback_messages import comment_question, rating_question, thanks, useful_question
from bot.handlers.pushed import turn_into
from bot.i18n import Speech
from bot.rules import RoomPass
from bot.sender import Outgoing
from bot.services import feedback
from bot.services.answer_topics import About
from bot.services.core import Account, Core
from bot.states import Comment

router = Router(name="answers")


@router.callback_query(
    StateFilter(Comment.typing),
    *(
        ~kind.filter()
        for kind in (Rate, Useful, SkipComment, RoomRate, RoomUseful, RoomSkipComment)
    ),
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
@router.callback_query(RoomRate.filter())
async def answer_rating(
    callback: CallbackQuery,
    callback_data: Rate | RoomRate,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Keep the rating, ask what was useful."""
    asked = await feedback.rate(core, account, _about(callback_data), callback_data.rating)
    await callback.answer(tr.plain("rate-thanks"))
    await turn_into(callback, bot, useful_question(tr, asked))


@router.callback_query(Useful.filter(F.choice != ""))
@router.callback_query(RoomUseful.filter(F.choice != ""))
async def tick_useful(
    callback: CallbackQuery,
    callback_data: Useful | RoomUseful,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Tick or untick a choice."""
    asked = await feedback.mark_useful(
        core,
        account,
        _about(callback_data),
        callback_data.choice,
        useful=callback_data.on,
    )
    await callback.answer()
    await turn_into(callback, bot, useful_question(tr, asked))


@router.callback_query(Useful.filter(F.choice == ""))
@router.callback_query(RoomUseful.filter(F.choice == ""))
async def ask_for_words(
    callback: CallbackQuery,
    callback_data: Useful | RoomUseful,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    state: FSMContext,
) -> None:
    """Go on to the few words."""
    about = _about(callback_data)
    asked = await feedback.get_asked(core, account, about)
    await callback.answer()
    if asked.finished:
        await turn_into(callback, bot, thanks(tr, asked))
        return
    question_id = await turn_into(callback, bot, comment_question(tr, asked))
    await _stop_typing(state)  # of another question
    await state.set_state(Comment.typing)
    await state.update_data(**_as_data(about), question_id=question_id)


@router.callback_query(SkipComment.filter())
@router.callback_query(RoomSkipComment.filter())
async def skip_words(
    callback: CallbackQuery,
    callback_data: SkipComment | RoomSkipComment,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    state: FSMContext,
) -> None:
    """Close the answer without words."""
    about = _about(callback_data)
    await feedback.comment(core, account, about, "")
    await _stop_typing(state)
    asked = await feedback.get_asked(core, account, about)
    await callback.answer()
    await turn_into(callback, bot, thanks(tr, asked))


@router.message(StateFilter(Comment.typing), F.text, ~F.text.startswith("/"))
async def take_words(
    message: Message, bot: Bot, core: Core, account: Account, tr: Speech, state: FSMContext
) -> None:
    """Keep the few words and thank for them; the question loses its button."""
    data = await state.get_data()
    about = _of_data(data)
    try:
        await feedback.comment(core, account, about, message.text or "")
    except (NotFound, Refused):  # too late: what is typed next belongs elsewhere
        await _stop_typing(state)
        raise
    await _stop_typing(state)
    with suppress(TelegramBadRequest):  # the person may have deleted the question
        await bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=data["question_id"])
    asked = await feedback.get_asked(core, account, about)
    await message.answer(thanks(tr, asked).text)


def _about(
    tapped: Rate | Useful | SkipComment | RoomRate | RoomUseful | RoomSkipComment,
) -> About:
    """Return whose answer a button belongs to."""
    if isinstance(tapped, RoomRate | RoomUseful | RoomSkipComment):
        return RoomPass(tapped.meeting_id, tapped.key)
    return tapped.registration_id


_REMEMBERED = ("registration_id", "meeting_id", "key", "question_id")


def _as_data(about: About) -> dict[str, Any]:
    return asdict(about) if isinstance(about, RoomPass) else {"registration_id": about}


def _of_data(data: dict[str, Any]) -> About:
    if "registration_id" in data:
        return int(data["registration_id"])
    return RoomPass(int(data["meeting_id"]), str(data["key"]))


async def _stop_typing(state: FSMContext) -> None:
    data = await state.get_data()
    for name in _REMEMBERED:
        data.pop(name, None)
    await state.set_state(None)
    await state.set_data(data)
