"""A note about a meeting, kept for the proposals of the year: typed after it, or while closing."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Format

from bot.handlers.curator.numbers import meeting_of
from bot.i18n import as_typed
from bot.services import meeting_notes
from bot.services.core import Account, Core
from bot.states import Manage
from bot.widgets import Label, T

_FROM_CLOSING = "note_for_closing"
"""Whether the note is asked in the middle of closing the list, and leads back there."""


async def note_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return what is noted so far."""
    found = await meeting_notes.get_note(core, account, meeting_of(dialog_manager))
    return {"title": found.title, "note": as_typed(found.note), "noted": bool(found.note)}


async def open_from_closing(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Ask for the note while the list is being closed."""
    manager.dialog_data[_FROM_CLOSING] = True
    await manager.switch_to(Manage.note)


async def _type_note(message: Message, _input: Any, manager: DialogManager) -> None:
    await _keep(manager, message.text or "")


async def _remove(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _keep(manager, "")


async def _keep(manager: DialogManager, note: str) -> None:
    data = manager.middleware_data
    await meeting_notes.set_note(data["core"], data["account"], meeting_of(manager), note)
    await _leave(manager)


async def _back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _leave(manager)


async def _leave(manager: DialogManager) -> None:
    closing = manager.dialog_data.pop(_FROM_CLOSING, False)
    await manager.switch_to(Manage.close if closing else Manage.results)


window = Window(
    T("note-ask"),
    T("note-now", when="noted"),
    Format("{note}", when="noted"),
    Button(Label("note-remove"), id="remove", on_click=_remove, when="noted"),
    Button(Label("back"), id="back", on_click=_back),
    MessageInput(_type_note, content_types=ContentType.TEXT),
    state=Manage.note,
    getter=note_getter,
)
