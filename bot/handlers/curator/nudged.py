"""The buttons under what those who run a meeting are told of their own accord.

The messages keep them: on the day of a meeting they are tapped more than once.
"""

from aiogram import Bot, F, Router
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from bot.callbacks import Handout, ManagedScreen, OpenManaged, SendHandout
from bot.errors import Refused
from bot.handlers.curator.poster import deliver_poster
from bot.handlers.curator.room_code import deliver_code
from bot.handlers.curator.sharing import deliver_invitation
from bot.handlers.navigation import open_below, open_on_top
from bot.handlers.pushed import give_back_buttons
from bot.i18n import Speech, Texts
from bot.rules import MeetingAction
from bot.services import meeting_lists
from bot.services.core import Account, Core
from bot.states import Door, DoorPaper, Manage
from bot.vocabulary import MeetingStatus

router = Router(name="nudged")

SCREENS: dict[ManagedScreen, tuple[State, MeetingAction | None]] = {
    ManagedScreen.MEETING: (Manage.meeting, None),
    ManagedScreen.DOOR: (Door.list, MeetingAction.DOOR),
    ManagedScreen.PAPER: (DoorPaper.sheet, MeetingAction.PAPER),
    ManagedScreen.CLOSE: (Manage.close, MeetingAction.CLOSE),
    ManagedScreen.RESULTS: (Manage.results, MeetingAction.RESULTS),
    ManagedScreen.COMMENTS: (Manage.comments, MeetingAction.RESULTS),
}
"""What each button opens, and what must be possible with the meeting for it."""


@router.callback_query(OpenManaged.filter())
async def open_managed(
    callback: CallbackQuery,
    callback_data: OpenManaged,
    core: Core,
    account: Account,
    tr: Speech,
    dialog_manager: DialogManager,
) -> None:
    """Show the screen below the message; one beside the meeting's leads back to that.

    A list that somebody closed meanwhile shows the meeting as it is now.
    """
    meeting = await meeting_lists.get_overview(core, account, callback_data.meeting_id)
    state, needed = SCREENS[callback_data.screen]
    done = needed is MeetingAction.CLOSE and meeting.status is not MeetingStatus.PUBLISHED
    if done:
        state = Manage.meeting
    elif needed is not None and needed not in meeting.may:
        raise Refused(f"refused-{needed}")
    await callback.answer(tr.plain("manage-answered") if done else None)
    about = {"meeting_id": meeting.id}
    if state.group is Manage:
        await open_below(dialog_manager, state, about)
    else:
        dialog_manager.show_mode = ShowMode.NO_UPDATE
        await open_on_top(dialog_manager, Manage.meeting, about)
        await dialog_manager.start(state, about, show_mode=ShowMode.SEND)
    await give_back_buttons(callback)


@router.callback_query(SendHandout.filter(F.what == Handout.INVITATION))
async def send_invitation(
    callback: CallbackQuery,
    callback_data: SendHandout,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Send the invitation to be forwarded."""
    await deliver_invitation(callback, bot, core, account, tr, callback_data.meeting_id)


@router.callback_query(SendHandout.filter(F.what == Handout.POSTER))
async def send_poster(
    callback: CallbackQuery,
    callback_data: SendHandout,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    texts: Texts,
) -> None:
    """Send the poster as a picture and for print."""
    await deliver_poster(callback, bot, core, account, tr, texts, callback_data.meeting_id)


@router.callback_query(SendHandout.filter(F.what == Handout.ROOM_CODE))
async def send_code(
    callback: CallbackQuery,
    callback_data: SendHandout,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Send the code at the door."""
    await deliver_code(callback, bot, core, account, tr, callback_data.meeting_id)
