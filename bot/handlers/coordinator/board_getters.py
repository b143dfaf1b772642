"""What the region's board shows."""

from collections.abc import Iterable
from html import escape
from typing import Any

from aiogram_dialog import DialogManager

from bot.deadline_words import deadline_name, due_line, gaps_line
from bot.handlers.coordinator.board_words import MARKS, due_words, row_words
from bot.handlers.coordinator.report_year import place_and_year
from bot.i18n import Html, Speech
from bot.rules import BoardState
from bot.services import board, report_nudging
from bot.services.core import Account, Core
from bot.widgets import fetch_page

STATE = "board_state"
OPENED = "board_place"
PAGES = "board_places"
PER_PAGE = 6


def opened_of(manager: DialogManager) -> tuple[int, int]:
    """Return the year of the board and the municipality that is open."""
    year = place_and_year(manager)[1]
    return year, int(manager.dialog_data[OPENED])


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
    found = await board.get_board_place(core, account, *opened_of(dialog_manager))
    row = found.row
    reason = row.mark.reason if row.mark else ""
    comment = row.latest.comment if row.latest and row.state is BoardState.RETURNED else ""
    missing = gaps_line(tr, found.gaps)
    due = due_words(tr, row.due, row.days_left) if row.owes else ""
    addendum = found.addendum
    return {
        "name": row.territory.name,
        "year": str(opened_of(dialog_manager)[0]),
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
        "may_decide": found.may_decide,
        "to_versions": row.latest is not None and not found.may_decide,
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
