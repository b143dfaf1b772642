"""The region's board: who has sent the report of a year, who has not, and a reminder to them."""

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.coordinator.board_clicks import (
    choose_place,
    choose_state,
    invite,
    nudge,
    nudge_all,
    open_report,
    open_versions,
)
from bot.handlers.coordinator.board_getters import (
    PAGES,
    nudge_getter,
    place_getter,
    places_getter,
    states_getter,
)
from bot.states import Board
from bot.widgets import Label, Pager, T, choice, close_button, stub_scroll

dialog = Dialog(
    Window(
        T("board-title"),
        T("board-due", when="some_due"),
        Format("\n{lines}", when="some"),
        T("board-addenda", when="some_addenda"),
        T("board-nobody-existed", when="none"),
        Group(choice("state", "tabs", choose_state), width=2),
        SwitchTo(Label("board-nudge-all"), id="nudge_all", state=Board.nudge, when="may_nudge"),
        close_button(),
        state=Board.states,
        getter=states_getter,
    ),
    Window(
        T("board-places"),
        Format("\n{lines}", when="some"),
        T("board-no-places", when="none"),
        Column(choice("place", "places", choose_place)),
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
        Button(Label("board-decide"), id="decide", on_click=open_versions, when="may_decide"),
        Button(Label("board-open"), id="open", on_click=open_report),
        Button(Label("board-versions"), id="versions", on_click=open_versions, when="to_versions"),
        Button(Label("board-nudge"), id="nudge", on_click=nudge, when="may_nudge"),
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
        Button(Label("board-nudge-yes"), id="yes", on_click=nudge_all, when="some"),
        Button(Label("deadline-invite"), id="invite", on_click=invite, when="some_nobody"),
        SwitchTo(Label("back"), id="to_states", state=Board.states),
        state=Board.nudge,
        getter=nudge_getter,
    ),
)
