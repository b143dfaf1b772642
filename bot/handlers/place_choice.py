"""Choosing a municipality: the few one has are shown, of many the first letters are typed."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Column
from aiogram_dialog.widgets.kbd.select import OnItemClick

from bot.services.regions import Places
from bot.widgets import choice

LETTERS = "letters"
LETTERS_KEPT = 40


def typed_letters(manager: DialogManager) -> str:
    """Return what was typed so far in this dialog."""
    return str(manager.dialog_data.get(LETTERS, ""))


def keep_letters(manager: DialogManager, typed: str) -> None:
    """Search for what was typed."""
    manager.dialog_data[LETTERS] = typed[:LETTERS_KEPT]


def forget_letters(manager: DialogManager) -> None:
    """Begin a new search."""
    manager.dialog_data.pop(LETTERS, None)


def place_facts(manager: DialogManager, places: Places) -> dict[str, Any]:
    """Return what a window with `place_buttons` and the text `place-search` shows."""
    letters = typed_letters(manager)
    state = "mine"
    if places.by_letters:
        state = ("some" if places.found else "nothing") if letters else "ask"
    return {
        "state": state,
        "letters": letters,
        "places": [(place.name, str(place.id)) for place in places.found],
    }


def place_buttons(on_click: OnItemClick[Any, str]) -> Column:
    """Return a button for each municipality found."""
    return Column(choice("place", "places", on_click))


def place_input() -> MessageInput:
    """Return what takes the letters."""
    return MessageInput(_type_letters, content_types=ContentType.TEXT)


async def _type_letters(message: Message, _input: Any, manager: DialogManager) -> None:
    keep_letters(manager, message.text or "")
