"""One of the team: whether they came, a helper's hours, and taking them off the team."""

from enum import StrEnum
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.wording import capitalised, length_text
from bot.i18n import Html, Speech
from bot.menu import refresh_menu
from bot.rules import HOURS_STEP, MOST_MINUTES
from bot.services import team, team_door, team_leaving
from bot.services.core import Account, Core
from bot.services.team import Member
from bot.states import Manage
from bot.team_words import offer_text
from bot.widgets import Label, T, choice, speech

MEMBER, MINUTES = "member_id", "team_minutes"


class Mark(StrEnum):
    """What a tap on the mark of who came asks for: a second tap on it undoes nothing."""

    CAME = "came"
    UNDO = "undo"


async def open_member(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, member_id: str
) -> None:
    """Show somebody of the list."""
    manager.dialog_data[MEMBER] = as_id(member_id)
    manager.dialog_data.pop(MINUTES, None)
    await manager.switch_to(Manage.team_member)


def _member_id(manager: DialogManager) -> int:
    return int(manager.dialog_data[MEMBER])


async def member_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return somebody on the team, and the hours that would be confirmed."""
    member = await team.get_member(core, account, _member_id(dialog_manager))
    minutes = _minutes(dialog_manager, member)
    steps = [("team-hours-less", minutes - HOURS_STEP), ("team-hours-more", minutes + HOURS_STEP)]
    mark = Mark.UNDO if member.came else Mark.CAME
    return {
        "about": _member_text(tr, member),
        "name": member.name or tr.plain("door-erased"),
        "role": tr.name_of("team-role", member.role),
        "marks": [(tr.plain(f"team-mark-{mark}"), mark.value)] if member.may_mark else [],
        "steps": [
            (tr.plain(key), target)
            for key, target in steps
            if member.has_hours and HOURS_STEP <= target <= MOST_MINUTES
        ],
        "hours": length_text(tr, minutes),
        "may_confirm": member.has_hours and minutes != member.minutes,
        "may_remove": member.may_remove,
    }


def _minutes(manager: DialogManager, member: Member) -> int:
    """Return the time that is being chosen: the confirmed one first, or the meeting's length."""
    return int(manager.dialog_data.get(MINUTES) or member.minutes or member.usual_minutes)


def _member_text(tr: Speech, member: Member) -> Html:
    lines = [
        tr(
            "team-member",
            name=member.name or tr.plain("door-erased"),
            role=tr.name_of("team-role", member.role),
            title=member.title,
        )
    ]
    if offer := offer_text(tr, member.offering, member.offer):
        lines.append(tr("team-place-offer", offer=offer))
    who = capitalised(tr.name_of("category", member.category))
    counted = ", ".join(filter(None, [who, member.organisation]))
    lines.append(tr("team-member-counted", who=counted))
    lines.append(tr("team-member-came", came="yes" if member.came else "no"))
    if member.has_hours:
        confirmed = length_text(tr, member.minutes) if member.minutes else ""
        lines.append(
            tr("team-member-hours", confirmed=confirmed, hours="yes" if confirmed else "no")
        )
    return Html("\n".join(lines))


async def _mark(callback: CallbackQuery, _select: Any, manager: DialogManager, value: str) -> None:
    data = manager.middleware_data
    came = as_one_of(Mark, value) is Mark.CAME
    name = await team_door.mark_member(
        data["core"], data["account"], _member_id(manager), came=came
    )
    manager.dialog_data.pop(MINUTES, None)
    tr = speech(manager)
    key = "door-marked" if came else "door-unmarked"
    await callback.answer(tr.plain(key, name=name or tr.plain("door-erased")))


async def _choose_minutes(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, minutes: str
) -> None:
    manager.dialog_data[MINUTES] = as_id(minutes)


async def _confirm(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    member = await team.get_member(core, account, _member_id(manager))
    minutes = _minutes(manager, member)
    await team.confirm_hours(core, account, meeting_of(manager), member.id, minutes)
    tr = speech(manager)
    await callback.answer(tr.plain("team-hours-confirmed", hours=length_text(tr, minutes)))


async def _remove(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    bot: Bot = data["bot"]
    removed = await team_leaving.remove(
        core, data["account"], meeting_of(manager), _member_id(manager)
    )
    await callback.answer(speech(manager).plain("team-removed-toast"))
    if removed is not None:
        await refresh_menu(bot, core, removed, data["texts"])
    await manager.switch_to(Manage.team)


windows = (
    Window(
        Format("{about}"),
        Button(Label("team-hours-yes"), id="confirm", on_click=_confirm, when="may_confirm"),
        Row(choice("minutes", "steps", _choose_minutes)),
        choice("mark", "marks", _mark),
        SwitchTo(Label("team-remove"), id="remove", state=Manage.team_remove, when="may_remove"),
        SwitchTo(Label("back"), id="to_team", state=Manage.team),
        state=Manage.team_member,
        getter=member_getter,
    ),
    Window(
        T("team-remove-ask"),
        Button(Label("team-remove-yes"), id="yes", on_click=_remove),
        SwitchTo(Label("back"), id="to_member", state=Manage.team_member),
        state=Manage.team_remove,
        getter=member_getter,
    ),
)
