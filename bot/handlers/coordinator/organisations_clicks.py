"""What the buttons of the organisations do: two names are one, or two, or one is taken apart."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.errors import NotFound
from bot.handlers.coordinator.organisations_getters import FIRST, OF_PAIR, SECOND, still_asked
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.services import organisations
from bot.states import Organisations as Screens
from bot.widgets import speech


async def open_one(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, key: str
) -> None:
    """Show an organisation."""
    manager.dialog_data[FIRST] = key
    await manager.switch_to(Screens.one)


async def choose_other(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, key: str
) -> None:
    """Ask which of the two names stays."""
    manager.dialog_data.update({SECOND: key, OF_PAIR: False})
    await manager.switch_to(Screens.stays)


async def are_one(_callback: CallbackQuery, _select: Any, manager: DialogManager, key: str) -> None:
    """Ask which name of the pair stays; of one that is decided nothing is asked."""
    if pair := await still_asked(manager, key):
        manager.dialog_data.update({FIRST: pair[0], SECOND: pair[1], OF_PAIR: True})
        await manager.switch_to(Screens.stays)


async def are_two(callback: CallbackQuery, _select: Any, manager: DialogManager, key: str) -> None:
    """Remember that the pair is two organisations; one that is decided stays as it is."""
    pair = await still_asked(manager, key)
    if pair is None:
        return
    data = manager.middleware_data
    await organisations.keep_apart(
        data["core"],
        data["account"],
        *municipality_and_year(manager),
        one=pair[0],
        other=pair[1],
    )
    await callback.answer(speech(manager).plain("organisations-apart-done"))


async def merge(callback: CallbackQuery, _select: Any, manager: DialogManager, key: str) -> None:
    """Count both as the one whose name stays."""
    data, pair = manager.middleware_data, manager.dialog_data
    both = [pair.get(FIRST, ""), pair.get(SECOND, "")]
    if key not in both:
        raise NotFound
    gone = both[0] if key == both[1] else both[1]
    await organisations.merge_names(
        data["core"], data["account"], *municipality_and_year(manager), gone=gone, stays=key
    )
    await callback.answer(speech(manager).plain("organisations-merged"))
    pair[FIRST] = key
    await manager.switch_to(Screens.alike if pair.get(OF_PAIR) else Screens.one)


async def split(callback: CallbackQuery, _select: Any, manager: DialogManager, key: str) -> None:
    """Count a name for itself again."""
    data = manager.middleware_data
    await organisations.split_name(
        data["core"], data["account"], *municipality_and_year(manager), name=key
    )
    await callback.answer(speech(manager).plain("organisations-split-done"))
