"""The organisations of row 2.11: how many came from each, and names that are one organisation."""

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.coordinator.organisations_clicks import (
    are_one,
    are_two,
    choose_other,
    merge,
    open_one,
    split,
)
from bot.handlers.coordinator.organisations_getters import (
    LIST,
    OTHERS,
    alike_getter,
    list_getter,
    one_getter,
    others_getter,
    stays_getter,
)
from bot.states import Organisations as Screens
from bot.widgets import Label, Pager, T, choice, close_button, stub_scroll

TO_LIST = SwitchTo(Label("back"), id="to_list", state=Screens.list)

dialog = Dialog(
    Window(
        T("organisations-title"),
        T("organisations-none", when="none"),
        T("organisations-some", when="some"),
        T("organisations-unnamed", when="some_unnamed"),
        SwitchTo(Label("organisations-alike"), id="alike", state=Screens.alike, when="some_alike"),
        Column(choice("one", "rows", open_one)),
        stub_scroll(LIST),
        Pager(LIST),
        close_button(),
        state=Screens.list,
        getter=list_getter,
    ),
    Window(
        T("organisations-one"),
        T("organisations-merged-with", when="some_merged"),
        Format("{merged}", when="some_merged"),
        SwitchTo(Label("organisations-merge"), id="merge", state=Screens.other, when="several"),
        Column(choice("split", "names", split)),
        TO_LIST,
        state=Screens.one,
        getter=one_getter,
    ),
    Window(
        T("organisations-which"),
        Column(choice("other", "rows", choose_other)),
        stub_scroll(OTHERS),
        Pager(OTHERS),
        SwitchTo(Label("back"), id="to_one", state=Screens.one),
        state=Screens.other,
        getter=others_getter,
    ),
    Window(
        T("organisations-ask", when="some"),
        T("organisations-asked-all", when="none"),
        Column(choice("same", "same", are_one)),
        Column(choice("apart", "apart", are_two)),
        TO_LIST,
        state=Screens.alike,
        getter=alike_getter,
    ),
    Window(
        T("organisations-stays"),
        Column(choice("stays", "names", merge)),
        SwitchTo(Label("back"), id="to_alike", state=Screens.alike, when="of_pair"),
        SwitchTo(Label("back"), id="to_others", state=Screens.other, when="by_hand"),
        state=Screens.stays,
        getter=stays_getter,
    ),
)
