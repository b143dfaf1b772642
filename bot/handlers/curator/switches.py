"""«Сообщения»: what the bot sends about one meeting of its own accord."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import SwitchTo

from bot.handlers.curator.numbers import meeting_of
from bot.handlers.switch_list import read_tap, switch_buttons, switch_facts
from bot.i18n import Speech
from bot.services import switch_screens
from bot.services.core import Account, Core
from bot.states import Manage
from bot.widgets import Label, T


async def switches_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return which messages about the meeting are sent."""
    about = await switch_screens.get_meeting_switches(core, account, meeting_of(dialog_manager))
    return {"title": about.title, **await switch_facts(dialog_manager, tr, about.kinds)}


async def _tap(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tapped: str, /
) -> None:
    data, wanted = manager.middleware_data, read_tap(tapped)
    await switch_screens.switch_for_meeting(
        data["core"], data["account"], meeting_of(manager), wanted.kind, on=wanted.on
    )


window = Window(
    T("switches-meeting"),
    *switch_buttons(_tap),
    SwitchTo(Label("back"), id="to_more", state=Manage.more),
    state=Manage.switches,
    getter=switches_getter,
)
