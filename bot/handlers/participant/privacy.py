"""The consent's text, what is stored about a person, and taking the consent back."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.handlers.navigation import open_screen
from bot.handlers.participant.onboarding_clicks import window_for
from bot.handlers.participant.onboarding_getters import consent_getter, describe
from bot.i18n import Speech
from bot.menu import refresh_menu
from bot.role_words import role_and_place
from bot.services import consent, profiles
from bot.services.core import Account, Core
from bot.services.profiles import Question
from bot.services.visitors import Visitor
from bot.states import Onboarding, Privacy
from bot.widgets import Label, T, close_button, speech


async def data_getter(core: Core, account: Account, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return everything that is stored about the person, in words."""
    profile = await profiles.get_profile(core, account)
    if profile is None:
        return {"stored": False, "on_staff": "", "nothing": True}
    nothing = tr.plain("privacy-not-stored")
    return {
        "stored": True,
        "on_staff": "yes" if _is_on_staff(profile) else "",
        "nothing": False,
        "name": profile.name or nothing,
        "who": describe(tr, profile) or nothing,
        "municipality": profile.municipality or nothing,
        "registrations": profile.registrations,
        "on_teams": profile.on_teams,
        "answers": profile.answers,
        "comments": profile.comments,
        "roles": "; ".join(
            role_and_place(tr, held.role, held.municipality) for held in profile.roles
        )
        or tr.plain("privacy-no-roles"),
        "consented": tr.when(profile.consented_at),
        "version": profile.consent_version,
        "staff": ", ".join(filter(None, [profile.staff_name, profile.staff_phone])) or nothing,
    }


def _is_on_staff(profile: profiles.Profile) -> bool:
    return bool(profile.roles or profile.staff_name or profile.staff_phone)


async def _withdraw(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    tr = speech(manager)
    # The conversation itself is forgotten too, so the last word is no dialog's window.
    await manager.reset_stack()
    await consent.withdraw_consent(core, account)
    await refresh_menu(data["bot"], core, account, data["texts"])
    if isinstance(callback.message, Message):
        await callback.message.edit_text(tr("privacy-withdrawn"))


async def _change(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    visitor: Visitor = data["visitor"]
    profile = await profiles.get_profile(data["core"], data["account"])
    if profile is None or profile.next_question is Question.CONSENT:
        await open_screen(manager, Onboarding.consent)
    elif visitor.profile_done:
        await open_screen(manager, Onboarding.confirm)
    else:  # staff, who are asked only when they first sign up
        await open_screen(manager, window_for(profile) or Onboarding.confirm)


TO_OVERVIEW = SwitchTo(Label("back"), id="to_overview", state=Privacy.overview)

dialog = Dialog(
    Window(
        T("privacy-overview"),
        SwitchTo(Label("privacy-read"), id="read", state=Privacy.consent),
        SwitchTo(Label("privacy-data"), id="data", state=Privacy.data, when="stored"),
        SwitchTo(Label("privacy-withdraw"), id="withdraw", state=Privacy.withdraw, when="stored"),
        close_button(),
        state=Privacy.overview,
        getter=data_getter,
    ),
    Window(T("consent-text"), TO_OVERVIEW, state=Privacy.consent, getter=consent_getter),
    Window(
        T("privacy-stored", when="stored"),
        T("privacy-staff", when="on_staff"),
        T("privacy-consented", when="stored"),
        T("privacy-nothing", when="nothing"),
        Button(Label("privacy-change"), id="change", on_click=_change, when="stored"),
        TO_OVERVIEW,
        state=Privacy.data,
        getter=data_getter,
    ),
    Window(
        T("privacy-withdraw-sure"),
        Button(Label("privacy-withdraw-yes"), id="yes", on_click=_withdraw),
        TO_OVERVIEW,
        state=Privacy.withdraw,
        getter=data_getter,
    ),
)
