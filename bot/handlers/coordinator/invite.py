"""/invite: one-time links that give a role; beside them the staff and the bot's upkeep."""

from collections.abc import Iterable
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Start, SwitchTo

from bot.handlers.choices import as_id, as_one_of
from bot.handlers.navigation import open_on_top, started_with
from bot.handlers.place_choice import (
    forget_letters,
    place_buttons,
    place_facts,
    place_input,
    typed_letters,
)
from bot.i18n import Speech
from bot.links import invitation_link
from bot.role_words import role_and_place, role_label
from bot.rules import INVITATION_LIFE, may_switch_in_region
from bot.services import invitations, regions, staff, upkeep
from bot.services.core import Account, Core
from bot.services.visitors import Visitor
from bot.states import Invite, Invited, RegionSwitches, Staff, Upkeep
from bot.vocabulary import MUNICIPAL_ROLES, Role
from bot.widgets import Label, T, choice, close_button, speech

router = Router(name="invite")

ROLE = "role"
PLACE = "municipality_id"
ROLES = "roles"


def invite_into(municipality_id: int | None, roles: Iterable[Role]) -> dict[str, Any]:
    """Return what the choice of a role is started with to invite into one municipality.

    Args:
        municipality_id: where; None: it is asked, for roles that have one.
        roles: those to choose from.
    """
    return {PLACE: municipality_id, ROLES: [role.value for role in roles]}


@router.message(Command("invite"))
async def show_invite(_message: Message, dialog_manager: DialogManager) -> None:
    """Show whom one can invite and who is on the staff."""
    await open_on_top(dialog_manager, Invite.overview)


async def show_invitation(_message: Message, manager: DialogManager, token: str) -> None:
    """Show the role that a link gives, to be accepted.

    Args:
        _message: the /start that brought the link.
        manager: of this update.
        token: what followed the kind in the link.

    Raises:
        NotFound, Refused: the link gives nothing (any more), or the role is held already.
    """
    data = manager.middleware_data
    await invitations.peek_invitation(data["core"], data["account"], token)
    await open_on_top(manager, Invited.offer, {"token": token})


async def overview_getter(
    core: Core, account: Account, visitor: Visitor, **_: Any
) -> dict[str, Any]:
    """Return how many hold a role within reach, and what an administrator has to look at."""
    count = await staff.count_staff(core, account)
    is_admin = any(grant.role is Role.ADMIN for grant in visitor.grants)
    return {
        "total": count.people,
        "is_admin": is_admin,
        "may_switch": may_switch_in_region(visitor.grants),
        "set_aside": len(await upkeep.list_set_aside(core, account)) if is_admin else 0,
    }


async def roles_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the roles that this person may give, of those that another screen asks for."""
    roles = await invitations.list_roles_to_give(core, account)
    asked = started_with(dialog_manager, ROLES)
    return {
        "roles": [
            (role_label(tr, role, None), role.value)
            for role in roles
            if asked is None or role in asked
        ],
        "from_overview": asked is None,
        "from_elsewhere": asked is not None,
    }


async def _choose_role(
    callback: CallbackQuery, _select: Any, manager: DialogManager, value: str
) -> None:
    data = manager.middleware_data
    role = as_one_of(Role, value)
    manager.dialog_data[ROLE] = value
    forget_letters(manager)
    where = started_with(manager, PLACE)
    if where is not None or role not in MUNICIPAL_ROLES:
        await _send_link(callback, manager, role, where)
        return
    places = await invitations.find_places_to_staff(data["core"], data["account"], role, "")
    if not places.by_letters and len(places.found) == 1:
        await _send_link(callback, manager, role, places.found[0].id)
        return
    await manager.switch_to(Invite.municipality)


async def places_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the municipalities in which the chosen role can be given."""
    role = Role(dialog_manager.dialog_data[ROLE])
    places = await invitations.find_places_to_staff(
        core, account, role, typed_letters(dialog_manager)
    )
    return {"role": tr.name_of("role", role), **place_facts(dialog_manager, places)}


async def _choose_place(
    callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    role = Role(manager.dialog_data[ROLE])
    await _send_link(callback, manager, role, as_id(municipality_id))


async def _send_link(
    callback: CallbackQuery, manager: DialogManager, role: Role, municipality_id: int | None
) -> None:
    """Make the link and send it as a message of its own, ready to be forwarded."""
    data = manager.middleware_data
    core: Core = data["core"]
    bot: Bot = data["bot"]
    tr = speech(manager)
    token = await invitations.invite(core, data["account"], role, municipality_id)
    place = None
    if municipality_id is not None:
        place = (await regions.get_municipality(core, municipality_id)).name
    await bot.send_message(
        callback.from_user.id,
        tr(
            "invite-message",
            role=role_and_place(tr, role, place),
            link=await invitation_link(bot, token),
            until=tr.when(tr.now + INVITATION_LIFE),
        ),
    )
    manager.dialog_data["what"] = role_and_place(tr, role, place)
    await manager.switch_to(Invite.link)


async def link_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return what the link that was just sent gives."""
    return {"role": dialog_manager.dialog_data["what"]}


TO_OVERVIEW = SwitchTo(Label("back"), id="to_overview", state=Invite.overview)

dialog = Dialog(
    Window(
        T("invite-overview"),
        SwitchTo(Label("invite-begin"), id="begin", state=Invite.role),
        Start(Label("invite-staff"), id="staff", state=Staff.people),
        Start(Label("switches"), id="switches", state=RegionSwitches.list, when="may_switch"),
        Start(Label("invite-upkeep"), id="upkeep", state=Upkeep.set_aside, when="is_admin"),
        close_button(),
        state=Invite.overview,
        getter=overview_getter,
    ),
    Window(
        T("invite-role"),
        Column(choice("role", "roles", _choose_role)),
        SwitchTo(Label("back"), id="to_overview", state=Invite.overview, when="from_overview"),
        Cancel(Label("back"), id="close_role", when="from_elsewhere"),
        state=Invite.role,
        getter=roles_getter,
    ),
    Window(
        T("invite-municipality"),
        T("place-search"),
        place_buttons(_choose_place),
        SwitchTo(Label("back"), id="to_role", state=Invite.role),
        place_input(),
        state=Invite.municipality,
        getter=places_getter,
    ),
    Window(
        T("invite-link"),
        SwitchTo(Label("invite-again"), id="again", state=Invite.role),
        TO_OVERVIEW,
        state=Invite.link,
        getter=link_getter,
    ),
)
