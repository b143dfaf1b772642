"""The answer to «Состоялась?», asked after the end by a message that outlives every dialog."""

from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.callbacks import CloseAnyway, HeldAnswer, OpenDoor
from bot.handlers.navigation import open_below, open_on_top
from bot.handlers.pushed import turn_into
from bot.i18n import Speech
from bot.menu import refresh_helpers_menus
from bot.messages import button
from bot.sender import Outgoing
from bot.services import attendance
from bot.services.core import Account, Core
from bot.services.door_list import check_door
from bot.services.meeting_notices import HeldQuestion, get_held_question
from bot.states import Door, Manage

router = Router(name="held")


@router.callback_query(HeldAnswer.filter())
async def answer_held(
    callback: CallbackQuery,
    callback_data: HeldAnswer,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    dialog_manager: DialogManager,
) -> None:
    """Close the list, warn before it is closed empty, or ask why the meeting was not held."""
    meeting_id = callback_data.meeting_id
    # Several people may be asked: whoever answers first decides. This refuses a stranger, too.
    asked = await get_held_question(core, account, meeting_id)
    if asked is not None and callback_data.held and asked.is_unmarked:
        await callback.answer()
        await turn_into(callback, bot, _warning(tr, asked))
        return
    if asked is None or callback_data.held:
        await _close(callback, core, account, tr, asked, dialog_manager, meeting_id)
        return
    await callback.answer()  # nothing is stored before the reason is known
    await _take_buttons(callback)
    await open_below(dialog_manager, Manage.cancel_reason, {"meeting_id": meeting_id})


@router.callback_query(CloseAnyway.filter())
async def close_anyway(
    callback: CallbackQuery,
    callback_data: CloseAnyway,
    core: Core,
    account: Account,
    tr: Speech,
    dialog_manager: DialogManager,
) -> None:
    """Close the list although nobody is marked."""
    meeting_id = callback_data.meeting_id
    asked = await get_held_question(core, account, meeting_id)
    await _close(callback, core, account, tr, asked, dialog_manager, meeting_id)


@router.callback_query(OpenDoor.filter())
async def open_door(
    callback: CallbackQuery,
    callback_data: OpenDoor,
    core: Core,
    account: Account,
    dialog_manager: DialogManager,
) -> None:
    """Open the list at the door; its Back leads to the meeting, where it can be closed.

    A helper gets the door alone, and the reminder keeps its buttons for the next time.
    """
    about = {"meeting_id": callback_data.meeting_id}
    manages = await check_door(core, account, callback_data.meeting_id)  # refuses a stranger
    await callback.answer()
    if not manages:
        await open_below(dialog_manager, Door.list, about)
        return
    await _take_buttons(callback)
    dialog_manager.show_mode = ShowMode.NO_UPDATE
    await open_on_top(dialog_manager, Manage.meeting, about)
    await dialog_manager.start(Door.list, about, show_mode=ShowMode.SEND)


async def _close(
    callback: CallbackQuery,
    core: Core,
    account: Account,
    tr: Speech,
    asked: HeldQuestion | None,
    manager: DialogManager,
    meeting_id: int,
) -> None:
    if asked is None:
        await callback.answer(tr.plain("manage-answered"))
    else:
        await attendance.close_list(core, account, meeting_id)
        data = manager.middleware_data
        await refresh_helpers_menus(data["bot"], core, meeting_id, data["texts"])
        await callback.answer(tr.plain("manage-closed"))
    await _take_buttons(callback)
    await open_below(manager, Manage.meeting, {"meeting_id": meeting_id})


def _warning(tr: Speech, asked: HeldQuestion) -> Outgoing:
    """Say that nobody is marked: the door comes first, closing all the same second."""
    when = tr.when(asked.starts_at, None, asked.timezone)
    door = OpenDoor(meeting_id=asked.meeting_id).pack()
    close = CloseAnyway(meeting_id=asked.meeting_id).pack()
    return Outgoing(
        tr("held-unmarked", title=asked.title, when=when, signed_up=asked.signed_up),
        InlineKeyboardMarkup(
            inline_keyboard=[
                [button(tr.plain("manage-door"), door)],
                [button(tr.plain("held-close-anyway"), close)],
            ]
        ),
    )


async def _take_buttons(callback: CallbackQuery) -> None:
    if isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):  # a second tap: the buttons are gone already
            await callback.message.edit_reply_markup(reply_markup=None)
