"""«Сообщения»: what the bot sends in the whole region of its own accord."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window

from bot.handlers.switch_list import read_tap, switch_buttons, switch_facts
from bot.i18n import Speech
from bot.services import switch_screens
from bot.services.core import Account, Core
from bot.states import RegionSwitches
from bot.widgets import T, close_button


async def switches_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return which messages are sent."""
    kinds = await switch_screens.get_region_switches(core, account)
    return await switch_facts(dialog_manager, tr, kinds)


async def _tap(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tapped: str, /
) -> None:
    data, wanted = manager.middleware_data, read_tap(tapped)
    await switch_screens.switch_for_region(data["core"], data["account"], wanted.kind, on=wanted.on)


dialog = Dialog(
    Window(
        T("switches-region"),
        *switch_buttons(_tap),
        close_button(),
        state=RegionSwitches.list,
        getter=switches_getter,
    )
)
