"""What the buttons of the list of one's meetings and of a meeting's screen do."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator import exporting
from bot.handlers.curator import sharing
from bot.handlers.curator.manage_getters import LIST
from bot.handlers.curator.numbers import meeting_of
from bot.services import meetings, team_places
from bot.services.meeting_lists import Tab
from bot.states import Manage, MyTeam, NewMeeting, Outside
from bot.widgets import first_page, speech


async def tap_tab(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tab: str, /
) -> None:
    """Show another of the lists."""
    manager.dialog_data["tab"] = as_one_of(Tab, tab).value
    await first_page(manager, LIST)


async def open_meeting(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str, /
) -> None:
    """Show a meeting of the list: its screen, to a helper their place on its team."""
    data = manager.middleware_data
    place = await team_places.find_helper_place(data["core"], data["account"], as_id(meeting_id))
    if place is not None:
        await manager.start(MyTeam.place, {"member_id": place})
        return
    manager.dialog_data["meeting_id"] = as_id(meeting_id)
    await manager.switch_to(Manage.meeting)


async def publish(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the draft for signing up."""
    data = manager.middleware_data
    await meetings.publish_meeting(data["core"], data["account"], meeting_of(manager))
    await callback.answer(speech(manager).plain("new-published"))


async def share(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send the meeting's invitation, to be passed on."""
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    tr, meeting_id = speech(manager), meeting_of(manager)
    await sharing.deliver_invitation(callback, data["bot"], core, account, tr, meeting_id)
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def open_exports(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the tables of one's own meetings."""
    await exporting.open_own_exports(manager)


async def edit(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the meeting's fields to change them."""
    await manager.start(NewMeeting.fields, {"meeting_id": meeting_of(manager)})


async def correct(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open what was told of a meeting without the bot to correct it."""
    await manager.start(Outside.look, {"meeting_id": meeting_of(manager)})
