"""«Подтвердить, что были»: the names first, then one tap for all of them."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.curator.numbers import meeting_of, toast_with_crowding
from bot.i18n import Speech, as_typed
from bot.services import own_words
from bot.services.core import Account, Core
from bot.services.door_list import list_unconfirmed
from bot.states import Door
from bot.widgets import PAGE, Label, T, speech

CONFIRMED = "confirmed"  # the lines that the last tap on «Да, отметить» marked


async def confirm_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return who says that they came, by name as far as there is room."""
    waiting = await list_unconfirmed(core, account, meeting_of(dialog_manager), PAGE)
    names = ", ".join(name or tr.plain("door-erased") for name in waiting.names)
    more = waiting.total - len(waiting.names)
    return {
        # Fluent refuses a fact as long as eight names can be.
        "names": as_typed(f"{names} {tr.plain('door-confirm-more', more=more)}" if more else names),
        "unconfirmed": waiting.total,
        "some_say": waiting.total > 0,
    }


async def _confirm(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    confirmed = await own_words.confirm_words(data["core"], data["account"], meeting_of(manager))
    if confirmed.line_ids:
        manager.dialog_data[CONFIRMED] = list(confirmed.line_ids)
    done = speech(manager).plain("door-confirmed", people=confirmed.people)
    await callback.answer(await toast_with_crowding(manager, done))
    await manager.switch_to(Door.list)


async def undo(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take back what was confirmed last; these people wait to be confirmed again."""
    data = manager.middleware_data
    line_ids = manager.dialog_data.get(CONFIRMED, ())
    people = await own_words.undo_confirm(
        data["core"], data["account"], meeting_of(manager), line_ids
    )
    manager.dialog_data.pop(CONFIRMED, None)
    await callback.answer(speech(manager).plain("door-unconfirmed", people=people))


window = Window(
    T("door-confirm-ask"),
    Format("{names}", when="some_say"),
    Button(Label("door-confirm-yes"), id="yes", on_click=_confirm, when="some_say"),
    SwitchTo(Label("back"), id="to_list", state=Door.list),
    state=Door.confirm,
    getter=confirm_getter,
)
