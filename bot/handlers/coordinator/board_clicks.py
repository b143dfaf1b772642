"""What the buttons of the region's board do: choosing, opening, reminding, inviting."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator.board_getters import OPENED, PAGES, STATE, opened_of
from bot.handlers.coordinator.invite import invite_into
from bot.handlers.coordinator.report_year import PLACE, YEAR, place_and_year
from bot.rules import BoardState
from bot.services import report_nudging
from bot.states import Board, Draft, Invite, Versions
from bot.vocabulary import Role
from bot.widgets import first_page, speech


async def choose_state(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, state: str
) -> None:
    """Show the municipalities in a state."""
    manager.dialog_data[STATE] = as_one_of(BoardState, state).value
    await manager.switch_to(Board.places)
    await first_page(manager, PAGES)


async def choose_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    """Show how a municipality stands."""
    manager.dialog_data[OPENED] = as_id(municipality_id)
    await manager.switch_to(Board.place)


async def open_report(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the municipality's draft of the year."""
    year, municipality_id = opened_of(manager)
    await manager.start(Draft.numbers, {PLACE: municipality_id, YEAR: year})


async def open_versions(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open what the municipality sent in the year."""
    year, municipality_id = opened_of(manager)
    await manager.start(Versions.version, {PLACE: municipality_id, YEAR: year})


async def nudge(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Remind those who make the report of the municipality."""
    data = manager.middleware_data
    await report_nudging.nudge(data["core"], data["account"], *opened_of(manager))
    await callback.answer(speech(manager).plain("board-nudge-sent"))


async def nudge_all(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Remind all that the region waits for, and say how many were asked."""
    data = manager.middleware_data
    year = place_and_year(manager)[1]
    nudged = await report_nudging.nudge_all(data["core"], data["account"], year)
    said = speech(manager).plain("board-nudge-done", asked=len(nudged.asked))
    await callback.answer(said)
    await manager.switch_to(Board.states)


async def invite(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Invite a curator or a coordinator."""
    await manager.start(Invite.role, invite_into(None, (Role.CURATOR, Role.COORDINATOR)))
