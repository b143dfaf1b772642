"""Who holds a role, and taking it back."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo

from bot.handlers.choices import as_id
from bot.i18n import Speech
from bot.menu import refresh_menu
from bot.role_words import role_label
from bot.services import staff
from bot.services.core import Account, Core
from bot.states import Staff
from bot.widgets import (
    PAGE,
    Label,
    Pager,
    T,
    choice,
    close_button,
    fetch_page,
    speech,
    stub_scroll,
)

CHOSEN = "role_id"
SCROLL = "staff"


async def staff_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the roles that this person may take back."""
    count = await staff.count_staff(core, account)
    members, pager = await fetch_page(
        dialog_manager,
        SCROLL,
        lambda page: staff.list_staff(core, account, PAGE, page * PAGE),
        lambda _members: count.roles,
    )
    return {
        "total": count.people,
        "members": [
            (f"{each.name} · {role_label(tr, each.role, each.municipality)}", each.role_id)
            for each in members
        ],
        **pager,
    }


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, role_id: str
) -> None:
    manager.dialog_data[CHOSEN] = as_id(role_id)
    await manager.switch_to(Staff.revoke)


async def member_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return whose role is to be taken back."""
    member = await staff.get_staff_member(core, account, dialog_manager.dialog_data[CHOSEN])
    return {"name": member.name, "role": role_label(tr, member.role, member.municipality)}


async def _revoke(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    member = await staff.revoke(core, data["account"], manager.dialog_data[CHOSEN])
    await callback.answer(speech(manager).plain("staff-revoked"))
    await refresh_menu(data["bot"], core, member.account, data["texts"])
    await manager.switch_to(Staff.people)


dialog = Dialog(
    Window(
        T("staff-people"),
        Column(choice("member", "members", _choose)),
        stub_scroll(SCROLL),
        Pager(SCROLL),
        close_button(),
        state=Staff.people,
        getter=staff_getter,
    ),
    Window(
        T("staff-revoke-sure"),
        Button(Label("staff-revoke-yes"), id="yes", on_click=_revoke),
        SwitchTo(Label("back"), id="to_people", state=Staff.people),
        state=Staff.revoke,
        getter=member_getter,
    ),
)
