"""The region's board: who has sent the report of a year, who has not, and a reminder to them."""

from collections.abc import Iterable
from html import escape
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.deadline_words import deadline_name, due_line, gaps_line
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator.board_words import MARKS, due_words, row_words
from bot.handlers.coordinator.invite import invite_into
from bot.handlers.coordinator.report_year import PLACE, YEAR, place_and_year
from bot.i18n import Html, Speech
from bot.rules import BoardState
from bot.services import board, report_nudging
from bot.services.core import Account, Core
from bot.states import Board, Draft, Invite, Versions
from bot.vocabulary import Role
from bot.widgets import (
    Label,
    Pager,
    T,
    choice,
    close_button,
    fetch_page,
    first_page,
    speech,
    stub_scroll,
)

STATE = "board_state"
OPENED = "board_place"
PAGES = "board_places"
PER_PAGE = 6


async def states_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return how many municipalities stand how."""
    year = place_and_year(dialog_manager)[1]
    found = await board.get_board(core, account, year)
    counts = {state: number for state, number in found.counts.items() if number}
    labels = {state: tr.name_of("board-state", state) for state in counts}
    due = due_words(tr, found.due, found.days_left)
    lines = [
        tr("board-count", mark=MARKS[state], state=labels[state], number=number)
        for state, number in counts.items()
    ]
    return {
        "year": str(year),
        "due": due,
        "lines": Html("\n".join(lines)),
        "tabs": [
            (tr.plain("board-tab", state=labels[state], number=number), state.value)
            for state, number in counts.items()
        ],
        "addenda": len(found.awaited_addenda),
        "some_addenda": bool(found.awaited_addenda),
        "some_due": bool(due and counts),
        "some": bool(counts),
        "none": not counts,
        "may_nudge": found.may_nudge and bool(found.owing),
    }


async def places_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the municipalities in the chosen state."""
    year = place_and_year(dialog_manager)[1]
    state = BoardState(dialog_manager.dialog_data.get(STATE, BoardState.NOT_STARTED))
    found, pager = await fetch_page(
        dialog_manager,
        PAGES,
        lambda page: board.get_board(core, account, year, state, page, PER_PAGE),
        lambda found: found.counts[state],
        PER_PAGE,
    )
    lines = [
        tr(
            "board-row",
            name=row.territory.name,
            words=row_words(tr, row),
            late="yes" if row.is_late else "no",
            addendum="awaited"
            if row.territory.municipality_id in found.awaited_addenda
            else "none",
        )
        for row in found.rows
    ]
    return {
        "year": str(year),
        "state": tr.name_of("board-state", state),
        "number": found.counts[state],
        "lines": Html("\n".join(lines)),
        "places": [(row.territory.name, row.territory.municipality_id) for row in found.rows],
        "some": bool(lines),
        "none": not lines,
        **pager,
    }


async def place_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return how one municipality stands, and what can be done about it."""
    found = await board.get_board_place(core, account, *_opened(dialog_manager))
    row = found.row
    reason = row.mark.reason if row.mark else ""
    comment = row.latest.comment if row.latest and row.state is BoardState.RETURNED else ""
    missing = gaps_line(tr, found.gaps)
    due = due_words(tr, row.due, row.days_left) if row.owes else ""
    addendum = found.addendum
    return {
        "name": row.territory.name,
        "year": str(_opened(dialog_manager)[0]),
        "mark": MARKS[row.state],
        "state": tr.name_of("board-state", row.state),
        "words": row_words(tr, row),
        "due": due,
        "missing": missing,
        "addendum": deadline_name(tr, addendum.deadline) if addendum else "",
        "addendum_due": due_line(tr, addendum) if addendum else "",
        "some_addendum": addendum is not None,
        "reason": reason,
        "comment": comment,
        "some_due": bool(due),
        "some_missing": bool(missing),
        "some_reason": bool(reason) and row.state is BoardState.NOT_NEEDED,
        "some_comment": bool(comment),
        "may_nudge": found.may_nudge,
        "nudged": found.nudged,
        "nobody": found.nobody,
        "was_sent": row.latest is not None,
    }


async def nudge_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return who would be reminded."""
    year = place_and_year(dialog_manager)[1]
    found = await report_nudging.preview_nudges(core, account, year)
    return {
        "year": str(year),
        "asked": len(found.asked),
        # Beside the sentences and not in them: a Fluent message holds no longer texts.
        "reminded": _names(found.already),
        "alone": _names(found.nobody),
        "some": bool(found.asked),
        "none": not found.asked,
        "some_already": bool(found.already),
        "some_nobody": bool(found.nobody),
        "all_sent": not (found.asked or found.already or found.nobody),
    }


def _names(places: Iterable[str]) -> Html:
    return Html(escape(", ".join(places), quote=False))


def _opened(manager: DialogManager) -> tuple[int, int]:
    year = place_and_year(manager)[1]
    return year, int(manager.dialog_data[OPENED])


async def _choose_state(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, state: str
) -> None:
    manager.dialog_data[STATE] = as_one_of(BoardState, state).value
    await manager.switch_to(Board.places)
    await first_page(manager, PAGES)


async def _choose_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    manager.dialog_data[OPENED] = as_id(municipality_id)
    await manager.switch_to(Board.place)


async def _open_report(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    year, municipality_id = _opened(manager)
    await manager.start(Draft.numbers, {PLACE: municipality_id, YEAR: year})


async def _open_versions(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    year, municipality_id = _opened(manager)
    await manager.start(Versions.version, {PLACE: municipality_id, YEAR: year})


async def _nudge(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await report_nudging.nudge(data["core"], data["account"], *_opened(manager))
    await callback.answer(speech(manager).plain("board-nudge-sent"))


async def _nudge_all(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    year = place_and_year(manager)[1]
    nudged = await report_nudging.nudge_all(data["core"], data["account"], year)
    said = speech(manager).plain("board-nudge-done", asked=len(nudged.asked))
    await callback.answer(said)
    await manager.switch_to(Board.states)


async def _invite(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Invite.role, invite_into(None, (Role.CURATOR, Role.COORDINATOR)))


dialog = Dialog(
    Window(
        T("board-title"),
        T("board-due", when="some_due"),
        Format("\n{lines}", when="some"),
        T("board-addenda", when="some_addenda"),
        T("board-nobody-existed", when="none"),
        Group(choice("state", "tabs", _choose_state), width=2),
        SwitchTo(Label("board-nudge-all"), id="nudge_all", state=Board.nudge, when="may_nudge"),
        close_button(),
        state=Board.states,
        getter=states_getter,
    ),
    Window(
        T("board-places"),
        Format("\n{lines}", when="some"),
        T("board-no-places", when="none"),
        Column(choice("place", "places", _choose_place)),
        stub_scroll(PAGES),
        Pager(PAGES),
        SwitchTo(Label("back"), id="to_states", state=Board.states),
        state=Board.places,
        getter=places_getter,
    ),
    Window(
        T("board-place"),
        T("board-comment", when="some_comment"),
        T("board-reason", when="some_reason"),
        T("board-due", when="some_due"),
        T("deadlines-part-missing", when="some_missing"),
        T("board-addendum", when="some_addendum"),
        T("board-nudged", when="nudged"),
        T("board-nobody-there", when="nobody"),
        Button(Label("board-open"), id="open", on_click=_open_report),
        Button(Label("board-versions"), id="versions", on_click=_open_versions, when="was_sent"),
        Button(Label("board-nudge"), id="nudge", on_click=_nudge, when="may_nudge"),
        SwitchTo(Label("back"), id="to_places", state=Board.places),
        state=Board.place,
        getter=place_getter,
    ),
    Window(
        T("board-nudge-asks", when="some"),
        T("board-nudge-asked", when="some"),
        T("board-nudge-none", when="none"),
        T("board-nudge-all-sent", when="all_sent"),
        T("board-nudge-already", when="some_already"),
        Format("{reminded}", when="some_already"),
        T("board-nudge-nobody", when="some_nobody"),
        Format("{alone}", when="some_nobody"),
        Button(Label("board-nudge-yes"), id="yes", on_click=_nudge_all, when="some"),
        Button(Label("deadline-invite"), id="invite", on_click=_invite, when="some_nobody"),
        SwitchTo(Label("back"), id="to_states", state=Board.states),
        state=Board.nudge,
        getter=nudge_getter,
    ),
)
