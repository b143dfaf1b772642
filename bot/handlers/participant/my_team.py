"""The teams that somebody is on: the list, their place on one of them, and «Не смогу прийти»."""

from typing import Any

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.callbacks import LeaveTeam, OpenPlace
from bot.handlers.choices import as_id
from bot.handlers.navigation import open_below, open_screen, started_with
from bot.handlers.participant import papers
from bot.handlers.pushed import take_buttons
from bot.handlers.wording import length_text
from bot.i18n import Html, Speech, Texts
from bot.menu import refresh_menu
from bot.rules import DOOR_OPENS
from bot.services import team_leaving, team_places
from bot.services.core import Account, Core
from bot.services.team_places import TeamPlace
from bot.states import Door, Manage, Meetings, MyTeam
from bot.team_words import offer_text
from bot.ticket_messages import where_text
from bot.vocabulary import TeamRole
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

LIST = "places"
FEW = 3
"""So many of the nearest stand on /my itself."""

router = Router(name="my_team")


async def few_places(tr: Speech, core: Core, account: Account) -> dict[str, Any]:
    """Return the nearest places on teams for /my, and whether there are more."""
    places, total = await team_places.list_places(core, account, past=False, page=0, per_page=FEW)
    return {
        "places": [(place_label(tr, place), str(place.member_id)) for place in places],
        "on_teams": total,
        "more_teams": total > FEW,
    }


async def past_places(core: Core, account: Account) -> dict[str, Any]:
    """Return on how many teams somebody was, for the past meetings of /my."""
    _, total = await team_places.list_places(core, account, past=True, page=0, per_page=1)
    return {"on_teams": total, "more_teams": total > 0}


def place_label(tr: Speech, place: TeamPlace) -> str:
    """Return «сб 14 мар · Инженеры будущего · вы спикер»."""
    tail = tr.plain("my-on-team", role=tr.name_of("team-role", place.role))
    if place.cancelled:
        tail = tr.plain("my-cancelled")
    return " · ".join((tr.short_day(place.starts_at, place.timezone), place.title, tail))


async def open_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, member_id: str
) -> None:
    """Show a place of a list; its Back leads there."""
    await manager.start(MyTeam.place, {"member_id": as_id(member_id)})


async def list_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a page of the meetings on whose team somebody is, or was."""
    past = bool(started_with(dialog_manager, "past"))
    (places, total), pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: team_places.list_places(core, account, past=past, page=page, per_page=PAGE),
        lambda found: found[1],
    )
    return {
        "which": "past" if past else "to-come",
        "none": total == 0,
        "places": [(place_label(tr, place), str(place.member_id)) for place in places],
        **pager,
    }


def _member_id(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("member_id") or started_with(manager, "member_id") or 0)


async def _place_of(manager: DialogManager) -> TeamPlace:
    data = manager.middleware_data
    return await team_places.get_place(data["core"], data["account"], _member_id(manager))


async def place_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return a place on a team in words, and what can be done with it."""
    place = await _place_of(dialog_manager)
    return {
        "about": _place_text(tr, place),
        "title": place.title,
        "has_door": place.has_door,
        "manages": place.manages,
        "may_certify": place.may_certify,
        "may_leave": place.may_leave,
    }


def _place_text(tr: Speech, place: TeamPlace) -> Html:
    lines = [
        tr("team-place-title", title=place.title, you=tr.name_of("team-you", place.role)),
        tr("card-when", when=tr.when(place.starts_at, place.ends_at, place.timezone)),
        where_text(tr, place),
    ]
    if offer := offer_text(tr, place.offering, place.offer):
        lines.append(tr("team-place-offer", offer=offer))
    state = _state(tr, place)
    return Html("\n".join([*lines, "", state] if state else lines))


def _state(tr: Speech, place: TeamPlace) -> Html | None:
    if place.cancelled:
        return tr("card-cancelled", reason=place.cancel_reason)
    if place.came:
        confirmed = length_text(tr, place.minutes) if place.minutes else ""
        return tr("team-place-came", confirmed=confirmed, hours="yes" if confirmed else "no")
    if not place.wanted:
        return tr("card-past")
    if place.role is TeamRole.HELPER and not place.has_door:
        opens = tr.when(place.starts_at - DOOR_OPENS, None, place.timezone)
        return tr("team-place-door", opens=opens)
    return None


async def _open_door(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    place = await _place_of(manager)
    await manager.start(Door.list, {"meeting_id": place.meeting_id})


async def _open_managed(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    place = await _place_of(manager)
    await open_screen(manager, Manage.meeting, {"meeting_id": place.meeting_id})


async def _open_card(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    place = await _place_of(manager)
    await open_screen(manager, Meetings.card, {"token": place.meeting_token})


async def _ask_for_certificate(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await papers.ask_for_team_certificate(manager, _member_id(manager))


async def _leave(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await team_leaving.leave(data["core"], data["account"], _member_id(manager))
    await callback.answer(speech(manager).plain("team-left-toast"))
    await refresh_menu(data["bot"], data["core"], data["account"], data["texts"])
    await manager.done()


@router.callback_query(LeaveTeam.filter())
async def cannot_come(
    callback: CallbackQuery,
    callback_data: LeaveTeam,
    bot: Bot,
    core: Core,
    account: Account,
    texts: Texts,
    tr: Speech,
) -> None:
    """Leave the team in one tap; the message loses its buttons."""
    await team_leaving.leave(core, account, callback_data.member_id)
    await callback.answer(tr.plain("team-left-toast"))
    await refresh_menu(bot, core, account, texts)
    await take_buttons(callback)


@router.callback_query(OpenPlace.filter())
async def show_place(
    callback: CallbackQuery,
    callback_data: OpenPlace,
    core: Core,
    account: Account,
    dialog_manager: DialogManager,
) -> None:
    """Show one's place below a pushed message."""
    await team_places.get_place(core, account, callback_data.member_id)  # refuses a stranger
    await callback.answer()
    await open_below(dialog_manager, MyTeam.place, {"member_id": callback_data.member_id})


dialog = Dialog(
    Window(
        T("my-teams"),
        T("my-teams-none", when="none"),
        Column(choice("place", "places", open_place)),
        stub_scroll(LIST),
        Pager(LIST),
        close_button(),
        state=MyTeam.list,
        getter=list_getter,
    ),
    Window(
        Format("{about}"),
        Button(Label("manage-door"), id="door", on_click=_open_door, when="has_door"),
        Button(Label("team-manage"), id="manage", on_click=_open_managed, when="manages"),
        Button(
            Label("certificate-get"),
            id="certificate",
            on_click=_ask_for_certificate,
            when="may_certify",
        ),
        Button(Label("ticket-open"), id="open", on_click=_open_card),
        SwitchTo(Label("cannot-come"), id="cannot", state=MyTeam.leave, when="may_leave"),
        close_button(),
        state=MyTeam.place,
        getter=place_getter,
    ),
    Window(
        T("team-leave-ask"),
        Button(Label("team-leave-yes"), id="leave", on_click=_leave),
        SwitchTo(Label("back"), id="to_place", state=MyTeam.place),
        state=MyTeam.leave,
        getter=place_getter,
    ),
)
