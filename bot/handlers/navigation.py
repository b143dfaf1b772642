"""Getting from one screen to another, so that Back always leads somewhere."""

from contextlib import suppress
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.api.exceptions import UnknownIntent

from bot.errors import DomainError
from bot.handlers.dropping import is_typed_in
from bot.i18n import Speech
from bot.states import Home


def started_with(manager: DialogManager, name: str) -> Any:
    """Return what the open dialog was started with under this name, None when nothing was."""
    data = manager.start_data
    return data.get(name) if isinstance(data, dict) else None


async def open_screen(
    manager: DialogManager, state: State, data: dict[str, Any] | None = None
) -> None:
    """Show a screen instead of the open dialog, which is finished with: its Back leads to the menu.

    Or to what somebody was typing when a message or a command led them away from it.

    Args:
        manager: of the update that asks for the screen.
        state: the window.
        data: what its dialog is started with.
    """
    if manager.has_context():
        await manager.mark_closed()
    await open_on_top(manager, state, data)


async def open_on_top(
    manager: DialogManager, state: State, data: dict[str, Any] | None = None
) -> None:
    """Show a screen that nobody asked for inside the open dialog: after a command, say.

    Where something is being typed, the screen comes on top and its Back leads there: nothing typed
    is lost. Otherwise it stands on top of the menu.
    """
    show = manager.show_mode
    if await close_down_to_typing(manager):
        await manager.start(state, data=data, show_mode=show)
    elif state.group is Home:
        await manager.start(state, mode=StartMode.RESET_STACK)
    else:
        await manager.start(Home.menu, mode=StartMode.RESET_STACK, show_mode=ShowMode.NO_UPDATE)
        await manager.start(state, data=data, show_mode=show)


async def close_down_to_typing(manager: DialogManager) -> bool:
    """Close what lies above the dialog in which something is being typed; say whether one is open.

    Where none is, everything is closed.
    """
    with suppress(UnknownIntent):  # the one below has been forgotten: there is nothing to keep
        while manager.has_context():
            context = manager.current_context()
            if is_typed_in(context.state, context.dialog_data):
                return True
            await manager.mark_closed()
    return False


async def open_below(
    manager: DialogManager, state: State, data: dict[str, Any] | None = None
) -> None:
    """Show a screen as a new message below what was sent meanwhile."""
    manager.show_mode = ShowMode.SEND
    await open_on_top(manager, state, data)


async def show_again(manager: DialogManager) -> None:
    """Show the open window again, or the menu when what it showed is gone."""
    try:
        await manager.show()
    except DomainError:
        await open_screen(manager, Home.menu)


async def answer_old_button(callback: CallbackQuery, manager: DialogManager, tr: Speech) -> None:
    """Answer a button of a screen that is gone; what was begun since then stays open.

    The open window comes below, the menu where none is.
    """
    is_open = manager.has_context()
    await callback.answer(tr.plain("button-is-old", screen="open" if is_open else "menu"))
    manager.show_mode = ShowMode.SEND
    if is_open:
        await show_again(manager)
    else:
        await open_on_top(manager, Home.menu)
