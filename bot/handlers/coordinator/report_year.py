"""Which report the screens of a year are about: a place and a year, handed from one to the next."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.errors import NotFound

PLACE, YEAR = "municipality_id", "year"


def place_and_year(manager: DialogManager) -> tuple[int | None, int]:
    """Return the municipality, None for the region, and the year that a dialog is about.

    Raises:
        NotFound: it is about none.
    """
    start = manager.start_data if isinstance(manager.start_data, dict) else {}
    given = manager.dialog_data if YEAR in manager.dialog_data else start
    if YEAR not in given:
        raise NotFound
    return given.get(PLACE), given[YEAR]


def municipality_and_year(manager: DialogManager) -> tuple[int, int]:
    """Return the same where only a municipality's report has such a screen.

    Raises:
        NotFound: it is about no year, or about the region.
    """
    place, year = place_and_year(manager)
    if place is None:
        raise NotFound
    return place, year


def opens(state: State) -> Callable[[CallbackQuery, Any, DialogManager], Awaitable[None]]:
    """Return what a button does that opens another screen of the same place and year."""

    async def click(_callback: CallbackQuery, _button: Any, manager: DialogManager) -> None:
        place, year = place_and_year(manager)
        await manager.start(state, {PLACE: place, YEAR: year})

    return click
