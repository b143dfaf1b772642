"""A change of one meeting of a series: «Только эту» or «Эту и следующие»."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button

from bot.handlers.curator.form import asked_at, save_reach
from bot.services import series
from bot.services.core import Account, Core
from bot.states import NewMeeting
from bot.widgets import Label, T


async def reach_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return how many meetings follow."""
    form = dialog_manager.dialog_data
    following = await series.count_following(core, account, form["meeting_id"])
    return {
        "title": form["title"],
        "following": following,
        "some_follow": following > 0,
        "what": "times" if asked_at(form) == NewMeeting.length else "other",
    }


async def _this(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await save_reach(manager, following=False)


async def _all(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await save_reach(manager, following=True)


async def _back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(asked_at(manager.dialog_data))


windows = (
    Window(
        T("reach-ask"),
        Button(Label("reach-this"), id="reach_this", on_click=_this),
        Button(Label("reach-following"), id="reach_all", on_click=_all, when="some_follow"),
        Button(Label("back"), id="back", on_click=_back),
        state=NewMeeting.reach,
        getter=reach_getter,
    ),
)
