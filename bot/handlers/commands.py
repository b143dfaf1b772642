"""The commands of everybody: start and its links, meetings, my, privacy, language, help, cancel."""

from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.utils import CB_SEP

from bot import links
from bot.callbacks import (
    DEADLINES,
    NEW_MEETING,
    OPEN_LISTS,
    PAST_MEETINGS,
    REGION_DEADLINES,
    REPORT,
    OpenMeeting,
    OpenScreen,
)
from bot.cleaning import fold
from bot.errors import NotFound
from bot.handlers.coordinator.invite import show_invitation
from bot.handlers.dropping import what_is_dropped
from bot.handlers.navigation import (
    answer_old_button,
    close_down_to_typing,
    open_below,
    open_on_top,
)
from bot.handlers.participant import onboarding
from bot.handlers.participant.joining_steps import show_team_invitation
from bot.handlers.participant.room import show_arrival
from bot.handlers.participant.ticket import show_scan
from bot.handlers.pushed import give_back_buttons
from bot.i18n import Speech, Texts
from bot.menu import refresh_menu
from bot.services import catalogue, regions
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.services.visitors import Visitor
from bot.states import (
    Deadlines,
    Home,
    Language,
    Manage,
    Meetings,
    My,
    NewMeeting,
    Privacy,
    Reminders,
    Report,
    Staff,
)

router = Router(name="commands")

SCREENS: dict[str, tuple[State, dict[str, Any] | None]] = {
    "meetings": (Meetings.list, None),
    "my": (My.list, None),
    "privacy": (Privacy.overview, None),
    "staff": (Staff.people, None),
    NEW_MEETING: (NewMeeting.title, None),
    DEADLINES: (Deadlines.list, None),
    REGION_DEADLINES: (Deadlines.region, None),
    REPORT: (Report.year, None),
    PAST_MEETINGS: (Manage.list, {"tab": Tab.PAST}),
    OPEN_LISTS: (Manage.list, {"tab": Tab.OPEN}),
}
"""What `OpenScreen` can show, and what its dialog is started with."""

CANCEL_WORDS = frozenset({"отмена", "отменить", "cancel"})


@router.message(CommandStart())
async def start(
    message: Message,
    command: CommandObject,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
    bot: Bot,
    texts: Texts,
) -> None:
    """Greet; a link from a poster leads to its meeting, an invitation to its role or team."""
    if visitor.grants:
        await refresh_menu(bot, core, account, texts)
    kind, _, token = (command.args or "").partition("_")
    if kind in _NO_POSTER:
        await _follow(kind, token, message, dialog_manager, core, account, tr)
        return
    title = ""
    if kind == links.MEETING:
        try:
            title = (await catalogue.get_card(core, account, token)).title
        except NotFound:
            await message.answer(tr("meeting-not-found"))
            token = ""
    meeting = token if title else None
    asked_later = bool(visitor.grants) and not visitor.profile_done  # when they first sign up
    if asked_later or (visitor.profile_done and not visitor.grade_is_stale):
        if meeting:
            await open_on_top(dialog_manager, Meetings.card, {"token": meeting})
        else:
            await open_on_top(dialog_manager, Home.menu)
        return
    if visitor.person_id is None:
        await message.answer(await _welcome(core, tr, title))
    elif visitor.profile_done:
        await message.answer(tr("welcome-new-school-year"))
    await onboarding.begin(dialog_manager, core, account, meeting)


_SCANNED = {links.TICKET: show_scan, links.ROOM: show_arrival}
"""What the links in QR codes at the door lead to."""
_NO_POSTER = frozenset({links.INVITATION, links.TEAM, *_SCANNED})
"""Links that lead elsewhere than a poster's."""


async def _follow(
    kind: str,
    token: str,
    message: Message,
    manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    if kind == links.INVITATION:
        await show_invitation(message, manager, token)
    elif kind == links.TEAM:
        await show_team_invitation(manager, core, account, token)
    else:
        await _SCANNED[kind](message, manager, core, account, tr, token)


async def _welcome(core: Core, tr: Speech, title: str) -> str:
    region = await regions.get_region(core)
    where = region.genitive if tr.locale == "ru" else region.name_en
    if title:
        return tr("welcome-meeting", title=title, region=where)
    return tr("welcome", region=where)


@router.message(Command("meetings"))
async def show_meetings(_message: Message, dialog_manager: DialogManager) -> None:
    """Show the list of meetings."""
    await open_on_top(dialog_manager, Meetings.list)


@router.message(Command("my"))
async def show_my(_message: Message, dialog_manager: DialogManager) -> None:
    """Show what one signed up for."""
    await open_on_top(dialog_manager, My.list)


@router.message(Command("reminders"))
async def show_reminders(_message: Message, dialog_manager: DialogManager) -> None:
    """Show what one is reminded of."""
    await open_on_top(dialog_manager, Reminders.choose)


@router.message(Command("privacy"))
async def show_privacy(_message: Message, dialog_manager: DialogManager) -> None:
    """Show what is stored and why."""
    await open_on_top(dialog_manager, Privacy.overview)


@router.message(Command("language"))
async def show_language(_message: Message, dialog_manager: DialogManager) -> None:
    """Offer the languages."""
    await open_on_top(dialog_manager, Language.choose)


@router.message(Command("help"))
async def show_help(_message: Message, dialog_manager: DialogManager) -> None:
    """Say what one can do here."""
    await open_on_top(dialog_manager, Home.help)


def _means_cancel(text: str | None) -> bool:
    return fold(text or "").strip(" .!") in CANCEL_WORDS


@router.message(Command("cancel"))
@router.message(F.chat.type == "private", F.text.func(_means_cancel))
async def cancel(
    message: Message,
    dialog_manager: DialogManager,
    visitor: Visitor,
    tr: Speech,
    state: FSMContext,
) -> None:
    """Drop whatever was begun, say what it was, and show the menu; also for who writes the word."""
    key = what_is_dropped(dialog_manager, visitor)
    if key == "dropped-nothing" and await close_down_to_typing(dialog_manager):
        key = what_is_dropped(dialog_manager, visitor)
    if await state.get_state() is not None:
        key = "dropped-comment"
        await state.set_state(None)
    await message.answer(tr(key))
    await dialog_manager.start(Home.menu, mode=StartMode.RESET_STACK)


@router.callback_query(OpenMeeting.filter())
async def open_meeting(
    callback: CallbackQuery, callback_data: OpenMeeting, dialog_manager: DialogManager
) -> None:
    """Show a meeting's card below a pushed message."""
    await open_below(dialog_manager, Meetings.card, {"token": callback_data.token})
    await callback.answer()  # only now: a tap is answered once, and the card may refuse
    await give_back_buttons(callback)


@router.callback_query(OpenScreen.filter())
async def open_by_name(
    callback: CallbackQuery, callback_data: OpenScreen, dialog_manager: DialogManager
) -> None:
    """Show a main screen below a pushed message."""
    state, data = SCREENS.get(callback_data.name, (Home.menu, None))
    await open_below(dialog_manager, state, data)
    await callback.answer()  # only now: a tap is answered once, and the screen may refuse
    await give_back_buttons(callback)


unexpected = Router(name="unexpected")


@unexpected.message(F.chat.type == "private")
async def words_for_nobody(message: Message, dialog_manager: DialogManager, tr: Speech) -> None:
    """Where the open window has only buttons: one kind line, and the window again.

    Nothing that was begun is lost. (The library itself would show the window in silence.)
    """
    if not _only_buttons(dialog_manager):
        raise SkipHandler
    await message.answer(tr("unknown-words"))
    await dialog_manager.show(ShowMode.SEND)


@unexpected.callback_query(~F.data.contains(CB_SEP))
async def dead_button(callback: CallbackQuery, dialog_manager: DialogManager, tr: Speech) -> None:
    """A button of a pushed message that no version knows any more.

    (The library itself would show the open window in silence.)
    """
    await answer_old_button(callback, dialog_manager, tr)


def _only_buttons(manager: DialogManager) -> bool:
    if not isinstance(manager, ManagerImpl) or not manager.has_context():
        return False
    dialog = manager.dialog()
    if not isinstance(dialog, Dialog):
        return False
    window = dialog.windows[manager.current_context().state]
    return isinstance(window, Window) and window.on_message is None


fallback = Router(name="fallback")


@fallback.message(F.chat.type == "private")
async def unknown_words(message: Message, dialog_manager: DialogManager, tr: Speech) -> None:
    """One kind line and the menu for what nobody asked for."""
    await message.answer(tr("unknown-words"))
    dialog_manager.show_mode = ShowMode.SEND
    await open_on_top(dialog_manager, Home.menu)
