"""The answer to «Состоялась?», asked after the end by a message that outlives every dialog."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from bot.callbacks import HeldAnswer, OpenDoor
from bot.handlers.navigation import open_below, open_on_top
from bot.handlers.pushed import take_buttons
from bot.i18n import Speech
from bot.services.core import Account, Core
from bot.services.door_list import check_door
from bot.services.meeting_notices import get_held_question
from bot.states import Door, Manage

router = Router(name="held")


@router.callback_query(HeldAnswer.filter())
async def answer_held(
    callback: CallbackQuery,
    callback_data: HeldAnswer,
    core: Core,
    account: Account,
    tr: Speech,
    dialog_manager: DialogManager,
) -> None:
    """Show the numbers and what is missing before the list is closed, or ask why it was not held.

    Nothing is stored before that is answered, and it is answered as from the meeting's screen.
    """
    about = {"meeting_id": callback_data.meeting_id}
    # Several people may be asked: whoever answers first decides. This refuses a stranger, too.
    asked = await get_held_question(core, account, callback_data.meeting_id)
    await callback.answer(tr.plain("manage-answered") if asked is None else None)
    await take_buttons(callback)
    screen = Manage.close if callback_data.held else Manage.cancel_reason
    await open_below(dialog_manager, Manage.meeting if asked is None else screen, about)


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
    await take_buttons(callback)
    dialog_manager.show_mode = ShowMode.NO_UPDATE
    await open_on_top(dialog_manager, Manage.meeting, about)
    await dialog_manager.start(Door.list, about, show_mode=ShowMode.SEND)
