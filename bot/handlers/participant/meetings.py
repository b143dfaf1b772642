"""Looking for a meeting, its card, signing up and cancelling."""

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.participant.group_clicks import begin as begin_group
from bot.handlers.participant.meetings_clicks import (
    ask_to_cancel,
    back_from_child,
    cancel,
    join_waiting_list,
    open_card,
    open_place,
    show_all,
    show_home,
    show_others,
    show_region,
    show_with_room,
    sign_up_as,
    sign_up_as_usual,
    sign_up_with_child,
    take_offer,
    type_child_grade,
    wait_as_wanted,
)
from bot.handlers.participant.meetings_getters import (
    LIST,
    card_getter,
    child_getter,
    list_getter,
    ways_getter,
)
from bot.handlers.participant.meetings_wait import wait_getter
from bot.handlers.participant.question import begin as ask_question
from bot.states import Meetings
from bot.widgets import Label, Pager, T, choice, close_button, stub_scroll

TO_CARD = SwitchTo(Label("back"), id="to_card", state=Meetings.card)

dialog = Dialog(
    Window(
        T("meetings-title"),
        T("meetings-none", when="none"),
        Column(choice("meeting", "meetings", open_card)),
        stub_scroll(LIST),
        Pager(LIST),
        Button(Label("meetings-region"), id="region", on_click=show_region, when="at_home"),
        Button(Format("{home_label}"), id="home", on_click=show_home, when="can_go_home"),
        Button(Label("meetings-all"), id="all", on_click=show_all, when="with_room"),
        close_button(),
        state=Meetings.list,
        getter=list_getter,
    ),
    Window(
        Format("{card}"),
        T("card-full", when="full"),
        T("card-not-for-me", when="not_for_me"),
        T("card-closed", when="closed"),
        Row(
            Button(Label("offer-take"), id="take", on_click=take_offer),
            Button(Label("offer-refuse"), id="refuse", on_click=ask_to_cancel),
            when="can_answer",
        ),
        Row(
            Button(Label("sign-up"), id="sign_up", on_click=sign_up_as_usual, when="can_sign_up"),
            Button(Label("wait-join"), id="wait", on_click=join_waiting_list, when="can_wait"),
            SwitchTo(
                Label("way-with-child"),
                id="with_child",
                state=Meetings.child,
                when="can_bring_child",
            ),
        ),
        SwitchTo(
            Label("sign-up-otherwise"),
            id="otherwise",
            state=Meetings.ways,
            when="can_sign_up_otherwise",
        ),
        Button(Label("team-my-place"), id="place", on_click=open_place, when="on_team"),
        Button(Label("group-begin"), id="group", on_click=begin_group, when="can_bring_group"),
        Button(Label("wait-elsewhere"), id="with_room", on_click=show_with_room, when="full"),
        Button(Label("other-meetings"), id="others", on_click=show_others, when="look_elsewhere"),
        Button(Label("question-begin"), id="question", on_click=ask_question, when="can_ask"),
        Button(Label("sign-up-cancel"), id="cancel", on_click=ask_to_cancel, when="can_cancel"),
        Button(Label("wait-leave"), id="leave", on_click=ask_to_cancel, when="can_leave"),
        SwitchTo(Label("to-list"), id="to_list", state=Meetings.list),
        state=Meetings.card,
        getter=card_getter,
    ),
    Window(
        T("ways-title"),
        Column(choice("way", "ways", sign_up_as)),
        SwitchTo(Label("way-with-child"), id="child", state=Meetings.child, when="with_child"),
        TO_CARD,
        state=Meetings.ways,
        getter=ways_getter,
    ),
    Window(
        T("child-title"),
        Group(
            choice("grade", "grades", sign_up_with_child),
            width=3,
        ),
        Button(Label("back"), id="to_ways", on_click=back_from_child),
        MessageInput(type_child_grade),
        state=Meetings.child,
        getter=child_getter,
    ),
    Window(
        T("wait-ask"),
        T("wait-ask-how", when="no_room"),
        Button(Label("wait-join"), id="wait", on_click=wait_as_wanted, when="no_room"),
        Button(Label("sign-up"), id="sign_up", on_click=wait_as_wanted, when="room"),
        Button(Label("wait-elsewhere"), id="with_room", on_click=show_with_room, when="no_room"),
        TO_CARD,
        state=Meetings.wait,
        getter=wait_getter,
    ),
    Window(
        T("cancel-title"),
        Button(Label("cancel-yes"), id="yes", on_click=cancel),
        TO_CARD,
        state=Meetings.cancel,
        getter=ways_getter,
    ),
)
