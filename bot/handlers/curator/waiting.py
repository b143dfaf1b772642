"""The waiting list of a meeting: who waits, and offering a seat by hand."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo

from bot.errors import Refused
from bot.handlers.choices import as_id
from bot.handlers.curator.numbers import counts_text, meeting_of
from bot.handlers.own_place import until_text
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.services import waiting_room
from bot.services.core import Account, Core
from bot.services.waiting_room import Entry
from bot.states import Manage
from bot.widgets import (
    PAGE,
    Label,
    Pager,
    T,
    choice,
    fetch_page,
    speech,
    stub_scroll,
)

LIST = "waiting_pages"
NO_LIMIT = -1  # what the text knows as seats without a limit


async def room_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers and a page of the list, those with an offer first."""
    meeting_id = meeting_of(dialog_manager)
    room, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: waiting_room.get_waiting_room(core, account, meeting_id, page, PAGE),
        lambda room: room.waiting + room.offered,
    )
    total = room.waiting + room.offered
    return {
        "title": room.title,
        "waiting_people": room.waiting_people,
        "offered": room.offered,
        "left": NO_LIMIT if room.left is None else room.left,
        "automatic": "yes" if room.automatic else "no",
        "by_itself": room.automatic,
        "by_hand": not room.automatic,
        "entries": [
            (_label(tr, entry, room.timezone), str(entry.registration_id)) for entry in room.entries
        ],
        "somebody": total > 0,
        "nobody": total == 0,
        **pager,
    }


def _label(tr: Speech, entry: Entry, timezone: str) -> str:
    if entry.offered_until is None:
        return tr.plain(
            "waiting-room-waits",
            place=entry.place or 0,
            name=_name(tr, entry),
            people=entry.total,
        )
    until = until_text(tr, entry.offered_until, timezone)
    return tr.plain("waiting-room-offered", name=_name(tr, entry), people=entry.total, until=until)


def _name(tr: Speech, entry: Entry) -> str:
    return entry.organisation or entry.name or tr.plain("door-erased")


async def ask_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return whose turn it is not."""
    entry = await waiting_room.get_entry(
        core, account, meeting_of(dialog_manager), _chosen(dialog_manager)
    )
    return {
        "name": _name(tr, entry),
        "who": counts_text(tr, entry.people),
        "place": entry.place or 0,
    }


def _chosen(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("entry_id", 0))


async def _tap(
    callback: CallbackQuery, _select: Any, manager: DialogManager, registration_id: str, /
) -> None:
    """Offer the seats to whose turn it is; ask first when that passes somebody over."""
    data, tr = manager.middleware_data, speech(manager)
    core, account, meeting_id = data["core"], data["account"], meeting_of(manager)
    entry = await waiting_room.get_entry(core, account, meeting_id, as_id(registration_id))
    room = await waiting_room.get_waiting_room(core, account, meeting_id, 0, 1)
    if entry.offered_until is not None:
        until = until_text(tr, entry.offered_until, room.timezone)
        await callback.answer(tr.plain("waiting-offered-already", until=until), show_alert=True)
    elif room.left is not None and room.left < entry.total:
        refusal = Refused("refused-too-few-to-offer", free=room.left, wanted=entry.total)
        await explain(callback, tr, refusal)
    elif entry.registration_id == room.next_id:
        await waiting_room.offer_by_hand(core, account, meeting_id, entry.registration_id)
        await callback.answer(tr.plain("waiting-offered"))
    else:
        manager.dialog_data["entry_id"] = entry.registration_id
        await manager.switch_to(Manage.waiting_offer)


async def _offer(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data, tr = manager.middleware_data, speech(manager)
    try:
        await waiting_room.offer_by_hand(
            data["core"], data["account"], meeting_of(manager), _chosen(manager)
        )
    except Refused as error:
        await explain(callback, tr, error)
    else:
        await callback.answer(tr.plain("waiting-offered"))
    await manager.switch_to(Manage.waiting)


async def _by_itself(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _set_automatic(manager, automatic=True)


async def _by_hand(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _set_automatic(manager, automatic=False)


async def _set_automatic(manager: DialogManager, *, automatic: bool) -> None:
    data = manager.middleware_data
    await waiting_room.set_automatic(
        data["core"], data["account"], meeting_of(manager), automatic=automatic
    )


windows = (
    Window(
        T("waiting-room"),
        T("waiting-room-empty", when="nobody"),
        T("waiting-room-how", when="somebody"),
        Column(choice("entry", "entries", _tap)),
        stub_scroll(LIST),
        Pager(LIST),
        # Two buttons, not one that turns: a tap that is worked again changes nothing.
        Button(
            Label("waiting-room-automatic"), id="automatic", on_click=_by_itself, when="by_hand"
        ),
        Button(Label("waiting-room-by-hand"), id="by_hand", on_click=_by_hand, when="by_itself"),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        state=Manage.waiting,
        getter=room_getter,
    ),
    Window(
        T("waiting-offer-ask"),
        Button(Label("waiting-offer-yes"), id="offer", on_click=_offer),
        SwitchTo(Label("back"), id="to_waiting", state=Manage.waiting),
        state=Manage.waiting_offer,
        getter=ask_getter,
    ),
)
