"""What somebody signed up for, past meetings, and the ticket with its short code."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, Start, SwitchTo

from bot.handlers.cards import who_comes
from bot.handlers.choices import as_id
from bot.handlers.navigation import open_screen, started_with
from bot.handlers.own_place import own_choices, place_text, until_text
from bot.handlers.participant import my_team, papers
from bot.handlers.participant.group_words import group_facts
from bot.i18n import Speech
from bot.rules import may_cancel, may_certify
from bot.services import registrations, tickets, waitlist
from bot.services.core import Account, Core
from bot.states import GroupSize, Meetings, My, MyTeam
from bot.vocabulary import ON_WAITING_LIST, MeetingStatus, RegistrationStatus
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

LIST = "mine"
PAST = "past"


def _tickets_getter(scroll: str, *, past: bool) -> Any:
    async def getter(
        dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
    ) -> dict[str, Any]:
        (mine, total), pager = await fetch_page(
            dialog_manager,
            scroll,
            lambda page: tickets.list_mine(core, account, past=past, page=page, per_page=PAGE),
            lambda found: found[1],
        )
        teams = (
            await my_team.past_places(core, account)
            if past
            else await my_team.few_places(tr, core, account)
        )
        return {
            "tickets": [(_label(tr, ticket), str(ticket.registration_id)) for ticket in mine],
            "none": total + teams["on_teams"] == 0,
            "total": total,
            **teams,
            **pager,
        }

    return getter


def _label(tr: Speech, ticket: tickets.Ticket) -> str:
    day = tr.short_day(ticket.starts_at, ticket.timezone)
    if ticket.meeting_status is MeetingStatus.CANCELLED:
        return f"{day} · {ticket.title} · {tr.plain('my-cancelled')}"
    if ticket.waiting_place is not None:
        return f"{day} · {ticket.title} · {tr.plain('my-waiting', place=ticket.waiting_place)}"
    if ticket.offered_until is not None:
        until = until_text(tr, ticket.offered_until, ticket.timezone)
        return f"{day} · {ticket.title} · {tr.plain('my-offered', until=until)}"
    if ticket.says_came and not ticket.came:
        return f"{day} · {ticket.title} · {tr.plain('my-says-came')}"
    if ticket.group:
        return f"{day} · {ticket.title} · {tr.plain('my-group', people=ticket.people)}"
    return f"{day} · {ticket.title}"


def registration_of(manager: DialogManager) -> int:
    """Return whose ticket is open: tapped in the list, or shown at once."""
    chosen = manager.dialog_data.get("registration_id")
    return int(chosen or started_with(manager, "registration_id"))


async def ticket_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a ticket: what, when, where, who comes, and the code for the door."""
    ticket = await tickets.get_ticket(core, account, registration_of(dialog_manager))
    can_cancel = may_cancel(ticket.meeting_status, ticket.ends_at, tr.now, came=ticket.came)
    return {
        "title": ticket.title,
        "when": tr.when(ticket.starts_at, ticket.ends_at, ticket.timezone),
        "mode": ticket.mode.value,
        "place": ticket.place or ticket.link or tr.name_of("mode", ticket.mode),
        "people": "two" if len(ticket.categories) > 1 else "alone",
        "who": who_comes(tr, ticket.categories, ticket.called),
        "code": ticket.code,
        "state": _state(ticket, tr.now),
        **group_facts(tr, ticket, can_change=can_cancel),
        "may_certify": may_certify(
            ticket.meeting_status, ticket.ends_at, tr.now, came=ticket.own_came
        ),
        "status": ticket.status.value,
        "waits": place_text(tr, ticket) if ticket.status in ON_WAITING_LIST else "",
        **own_choices(ticket.status, ticket.offered_until, tr.now, may_cancel=can_cancel),
    }


def _state(ticket: tickets.Ticket, now: datetime) -> str:
    if ticket.meeting_status is MeetingStatus.CANCELLED:
        return "called-off"
    if ticket.status is RegistrationStatus.CANCELLED:
        return "cancelled"
    if ticket.came or ticket.says_came:
        return "came" if ticket.came else "says-came"
    if ticket.ends_at <= now:
        return "over"
    if ticket.status in ON_WAITING_LIST:
        return "waits"
    return ticket.mode.value


async def _open_ticket(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, registration_id: str
) -> None:
    manager.dialog_data["registration_id"] = as_id(registration_id)
    manager.dialog_data["from_past"] = manager.current_context().state == My.past
    await manager.switch_to(My.ticket)


async def _open_card(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    ticket = await tickets.get_ticket(
        manager.middleware_data["core"],
        manager.middleware_data["account"],
        registration_of(manager),
    )
    await open_screen(manager, Meetings.card, {"token": ticket.token})


async def _ask_for_certificate(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await papers.ask_for_certificate(manager, registration_of(manager))


async def _back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(My.past if manager.dialog_data.get("from_past") else My.list)


async def _cancel(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    ticket = await tickets.get_ticket(core, account, registration_of(manager))
    await registrations.cancel(core, account, ticket.registration_id)
    await callback.answer(speech(manager).plain("sign-up-cancelled", status=ticket.status.value))
    await manager.switch_to(My.list)


async def _take_offer(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    await waitlist.accept(core, account, registration_of(manager))
    await callback.answer(speech(manager).plain("sign-up-done", people="alone"))


async def _ask_to_cancel(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await registrations.check_cancel(
        manager.middleware_data["core"],
        manager.middleware_data["account"],
        registration_of(manager),
    )
    await manager.switch_to(My.cancel)


async def _resize_group(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(GroupSize.lines, {"group_id": registration_of(manager)})


async def _find(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_screen(manager, Meetings.list)


def _tickets() -> Column:
    return Column(choice("ticket", "tickets", _open_ticket))


dialog = Dialog(
    Window(
        T("my-title"),
        T("my-none", when="none"),
        Column(choice("place", "places", my_team.open_place)),
        _tickets(),
        stub_scroll(LIST),
        Pager(LIST),
        Button(Label("my-find"), id="find", on_click=_find, when="none"),
        Start(Label("my-teams-all"), id="teams", state=MyTeam.list, data={}, when="more_teams"),
        SwitchTo(Label("my-past"), id="to_past", state=My.past),
        close_button(),
        state=My.list,
        getter=_tickets_getter(LIST, past=False),
    ),
    Window(
        T("my-past-title"),
        T("my-past-none", when="none"),
        _tickets(),
        stub_scroll(PAST),
        Pager(PAST),
        Start(
            Label("my-teams-all"),
            id="teams",
            state=MyTeam.list,
            data={"past": True},
            when="more_teams",
        ),
        Button(
            Label("portfolio-get"),
            id="portfolio",
            on_click=papers.ask_for_portfolio,
            when="some_attended",
        ),
        SwitchTo(Label("back"), id="to_list", state=My.list),
        state=My.past,
        getter=(_tickets_getter(PAST, past=True), papers.attended_getter),
    ),
    Window(
        T("ticket"),
        Row(
            Button(Label("offer-take"), id="take", on_click=_take_offer),
            Button(Label("offer-refuse"), id="refuse", on_click=_ask_to_cancel),
            when="can_answer",
        ),
        Button(
            Label("certificate-get"),
            id="certificate",
            on_click=_ask_for_certificate,
            when="may_certify",
        ),
        Button(Label("ticket-open"), id="open", on_click=_open_card),
        Button(Label("group-resize"), id="resize", on_click=_resize_group, when="can_resize"),
        Button(Label("sign-up-cancel"), id="cancel", on_click=_ask_to_cancel, when="can_cancel"),
        Button(Label("wait-leave"), id="leave", on_click=_ask_to_cancel, when="can_leave"),
        Button(Label("back"), id="back", on_click=_back),
        state=My.ticket,
        getter=ticket_getter,
    ),
    Window(
        T("cancel-title"),
        Button(Label("cancel-yes"), id="yes", on_click=_cancel),
        SwitchTo(Label("back"), id="to_ticket", state=My.ticket),
        state=My.cancel,
        getter=ticket_getter,
    ),
)
