"""From a stranger to somebody who can sign up: consent, a few questions, one confirming screen."""

from dataclasses import asdict

from aiogram.enums import ContentType
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Start, SwitchTo

from bot.handlers.navigation import open_on_top
from bot.handlers.participant.onboarding_clicks import (
    ANSWERING,
    IN_ROOM,
    agree,
    back_from_confirm,
    back_from_occupation,
    back_to_grade,
    change_occupation,
    choose_grade,
    choose_municipality,
    choose_occupation,
    choose_position,
    decline,
    finish,
    leave,
    look,
    start_over,
    type_grade,
    type_municipality,
    type_name,
    type_organisation,
    window_for,
)
from bot.handlers.participant.onboarding_getters import (
    consent_getter,
    grades_getter,
    kept_getter,
    municipalities_getter,
    occupations_getter,
    profile_getter,
)
from bot.handlers.place_choice import place_buttons
from bot.rules import RoomPass
from bot.services import people, profiles
from bot.services.core import Account, Core
from bot.services.profiles import Question
from bot.states import Onboarding, Privacy
from bot.vocabulary import Category
from bot.widgets import Label, T, choice


async def begin(
    manager: DialogManager,
    core: Core,
    account: Account,
    token: str | None,
    *,
    answering: bool = False,
    room_pass: RoomPass | None = None,
) -> None:
    """Start, or go on where somebody was interrupted.

    Args:
        manager: of this update.
        core: what every use case is given.
        account: who is asked.
        token: of the meeting to show afterwards, or of an invitation to a team after `TEAM_LINK`.
        answering: a button under a pushed message led here, and can be tapped again afterwards.
        room_pass: of whoever scanned the code in the room, to come in by at once afterwards.
    """
    carried = {IN_ROOM: asdict(room_pass) if room_pass else None}
    profile = await profiles.get_profile(core, account)
    if profile is None or profile.next_question is Question.CONSENT:
        begun = {"token": token, ANSWERING: answering, **carried}
        await open_on_top(manager, Onboarding.consent, begun)
        return
    if token:
        await people.remember_invitation(core, account, token)
    window = window_for(profile)
    if window is None:
        await leave(manager, token)
    else:
        await open_on_top(manager, window, {"token": token or profile.invited_to, **carried})


BACK_TO_CONFIRM = SwitchTo(Label("back"), id="to_confirm", state=Onboarding.confirm)
AGAIN = SwitchTo(Label("back"), id="to_occupation", state=Onboarding.occupation)

dialog = Dialog(
    Window(
        T("consent-changed", when="changed"),
        T("consent-text"),
        T("consent-below"),
        Button(Label("consent-yes"), id="yes", on_click=agree),
        Button(Label("consent-no"), id="no", on_click=decline),
        state=Onboarding.consent,
        getter=consent_getter,
    ),
    Window(
        T("onboarding-declined"),
        Button(Label("onboarding-look"), id="look", on_click=look),
        Start(Label("privacy-withdraw"), id="withdraw", state=Privacy.withdraw, when="known"),
        SwitchTo(Label("back"), id="again", state=Onboarding.consent),
        state=Onboarding.declined,
        getter=kept_getter,
    ),
    Window(
        T("onboarding-occupation"),
        Group(
            choice("occupation", "occupations", choose_occupation),
            width=2,
        ),
        Button(Label("back"), id="to_start", on_click=back_from_occupation),
        state=Onboarding.occupation,
        getter=occupations_getter,
    ),
    Window(
        T("onboarding-grade"),
        Group(
            choice("grade", "grades", choose_grade),
            width=3,
        ),
        AGAIN,
        MessageInput(type_grade),
        state=Onboarding.grade,
        getter=grades_getter,
    ),
    Window(
        T("onboarding-too-young"),
        T("room-too-young", when="in_room"),
        Button(Label("onboarding-look"), id="look", on_click=look),
        Button(Label("onboarding-am-parent"), id="parent", on_click=start_over),
        Button(Label("back"), id="to_grade", on_click=back_to_grade),
        state=Onboarding.too_young,
        getter=kept_getter,
    ),
    Window(
        T("onboarding-too-small"),
        T("room-too-young", when="in_room"),
        Button(Label("onboarding-look"), id="look", on_click=look),
        Button(Label("onboarding-am-parent"), id="parent", on_click=start_over),
        Button(Label("back"), id="to_grade", on_click=back_to_grade),
        state=Onboarding.too_small,
        getter=kept_getter,
    ),
    Window(
        T("onboarding-position"),
        Column(
            Button(Label("position-head"), id=Category.HEAD.value, on_click=choose_position),
            Button(
                Label("position-employee"), id=Category.EMPLOYEE.value, on_click=choose_position
            ),
        ),
        AGAIN,
        state=Onboarding.position,
    ),
    Window(
        T("onboarding-organisation"),
        AGAIN,
        TextInput(id="organisation", on_success=type_organisation),
        state=Onboarding.organisation,
    ),
    Window(
        T("onboarding-confirm"),
        Button(Label("onboarding-all-right"), id="finish", on_click=finish),
        SwitchTo(Label("onboarding-change-name"), id="to_name", state=Onboarding.name),
        SwitchTo(
            Label("onboarding-change-municipality"),
            id="to_municipality",
            state=Onboarding.municipality,
        ),
        Button(Label("onboarding-change-who"), id="to_who", on_click=change_occupation),
        Button(Label("back"), id="to_last", on_click=back_from_confirm),
        state=Onboarding.confirm,
        getter=profile_getter,
    ),
    Window(
        T("onboarding-name"),
        BACK_TO_CONFIRM,
        TextInput(id="name", on_success=type_name),
        state=Onboarding.name,
    ),
    Window(
        T("onboarding-municipality"),
        T("place-search"),
        place_buttons(choose_municipality),
        BACK_TO_CONFIRM,
        MessageInput(type_municipality, content_types=ContentType.TEXT),
        state=Onboarding.municipality,
        getter=municipalities_getter,
    ),
)
