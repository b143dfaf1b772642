"""Accepting a role that a link gives, and what one can do then."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Start, SwitchTo

from bot.errors import ConsentRequired, NotFound, Refused
from bot.handlers.participant.onboarding_getters import consent_getter
from bot.i18n import Speech
from bot.menu import refresh_menu
from bot.role_words import role_and_place
from bot.rules import SIGNING_ROLES
from bot.services import consent, invitations
from bot.services.core import Account, Core
from bot.states import Invited, Signature
from bot.vocabulary import Role
from bot.widgets import Label, T, close_button, speech

TOKEN = "token"  # noqa: S105 (the name of a field)
ROLE = "role"
PLACE = "place"


def _token(manager: DialogManager) -> str:
    start_data = manager.start_data
    return str(start_data[TOKEN]) if isinstance(start_data, dict) else ""


async def offer_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the role that the link gives and what it allows, or why it gives none any more."""
    try:
        given = await invitations.peek_invitation(core, account, _token(dialog_manager))
    except (NotFound, Refused) as error:
        return {"gone": True, "usable": False, "reason": tr.error(error)}
    return {"gone": False, "usable": True, **_facts(tr, given.role, given.municipality)}


async def _accept(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    try:
        given = await invitations.accept_invitation(core, account, _token(manager))
    except ConsentRequired:
        await manager.switch_to(Invited.consent)
        return
    manager.dialog_data.update({ROLE: given.role.value, PLACE: given.municipality})
    await callback.answer(speech(manager).plain("invited-toast"))
    await refresh_menu(data["bot"], core, account, data["texts"])
    await manager.switch_to(Invited.accepted)


async def _agree(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await consent.give_consent(
        data["core"], data["account"], speech(manager).locale, callback.from_user.first_name
    )
    await _accept(callback, button, manager)


async def accepted_getter(tr: Speech, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the role that was accepted, and what it allows."""
    given = dialog_manager.dialog_data
    return _facts(tr, Role(given[ROLE]), given[PLACE])


def _facts(tr: Speech, role: Role, place: str | None) -> dict[str, Any]:
    return {
        "role": role_and_place(tr, role, place),
        "can": tr(f"role-can-{role.value.replace('_', '-')}"),
        "signs": role in SIGNING_ROLES,
    }


dialog = Dialog(
    Window(
        T("invited-offer", when="usable"),
        T("invited-gone", when="gone"),
        Button(Label("invited-accept"), id="accept", on_click=_accept, when="usable"),
        close_button("invited-not-now"),
        state=Invited.offer,
        getter=offer_getter,
    ),
    Window(
        T("consent-changed", when="changed"),
        T("consent-text"),
        T("consent-below"),
        Button(Label("invited-agree"), id="agree", on_click=_agree),
        SwitchTo(Label("back"), id="to_offer", state=Invited.offer),
        state=Invited.consent,
        getter=consent_getter,
    ),
    Window(
        T("invited-accepted"),
        T("invited-sign", when="signs"),
        Start(Label("invited-give-name"), id="sign", state=Signature.done, when="signs"),
        close_button("invited-to-menu"),
        state=Invited.accepted,
        getter=accepted_getter,
    ),
)
