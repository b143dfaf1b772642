"""«Записать группу»: where from, who, how many, and whether the one who brings them comes too."""

from aiogram.enums import ContentType
from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo

from bot.handlers.participant.group_clicks import (
    add_more,
    back_from_confirm,
    back_from_who,
    come_along,
    drop_category,
    keep_number,
    name_the_group,
    show_other_people,
    show_with_room,
    sign_up,
    sign_up_part,
    tap_category,
    tap_number,
    tap_organisation,
    type_number,
    type_organisation,
    wait_for_all,
)
from bot.handlers.participant.group_getters import (
    confirm_getter,
    few_getter,
    organisation_getter,
    people_getter,
    who_getter,
)
from bot.states import GroupSignUp
from bot.widgets import Label, T, categories_keyboard, choice, close_button

dialog = Dialog(
    Window(
        T("group-organisation"),
        Column(choice("organisation", "organisations", tap_organisation)),
        MessageInput(type_organisation, content_types=ContentType.TEXT),
        close_button(),
        state=GroupSignUp.organisation,
        getter=organisation_getter,
    ),
    Window(
        T("group-who"),
        *categories_keyboard(tap_category),
        Button(Label("group-others"), id="others", on_click=show_other_people, when="folded"),
        Button(Label("back"), id="back", on_click=back_from_who),
        state=GroupSignUp.who,
        getter=who_getter,
    ),
    Window(
        T("group-people"),
        Group(choice("number", "numbers", tap_number), width=5),
        MessageInput(type_number, content_types=ContentType.TEXT),
        Button(Label("group-keep"), id="keep", on_click=keep_number, when="named"),
        Button(Label("group-drop"), id="drop", on_click=drop_category, when="named"),
        SwitchTo(Label("back"), id="to_who", state=GroupSignUp.who),
        state=GroupSignUp.people,
        getter=people_getter,
    ),
    Window(
        T("group-with-me"),
        Row(
            Button(Label("group-with-me-yes"), id="come_along", on_click=come_along),
            Button(Label("group-with-me-no"), id="stay_away", on_click=come_along),
        ),
        SwitchTo(Label("back"), id="to_people", state=GroupSignUp.people),
        state=GroupSignUp.with_me,
    ),
    Window(
        T("group-confirm"),
        Button(Label("group-sign-up"), id="sign_up", on_click=sign_up),
        Button(Label("group-add"), id="add", on_click=add_more),
        Button(Label("back"), id="back", on_click=back_from_confirm),
        state=GroupSignUp.confirm,
        getter=confirm_getter,
    ),
    Window(
        T("group-few"),
        T("group-few-part", when="some_fit"),
        Column(choice("part", "parts", sign_up_part)),
        Button(Label("group-wait"), id="wait", on_click=wait_for_all, when="short"),
        Button(Label("wait-elsewhere"), id="with_room", on_click=show_with_room, when="short"),
        SwitchTo(Label("back"), id="to_confirm", state=GroupSignUp.confirm),
        state=GroupSignUp.few,
        getter=few_getter,
    ),
    on_start=name_the_group,
)
