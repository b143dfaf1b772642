"""«Ограничения» of the wizard: how many of one category, and when signing up opens and closes."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo

from bot import rules
from bot.errors import NotFound
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator.form import Form, answered, draft_of, hub
from bot.handlers.curator.form_filling import reload
from bot.handlers.wording import capitalised
from bot.i18n import Html, Speech
from bot.parsing import parse_people
from bot.states import NewMeeting
from bot.vocabulary import Category
from bot.widgets import Label, T, categories_keyboard, choice

SEATS = (5, 10, 15, 20, 30, 50)


def limits_of(form: Form) -> tuple[tuple[Category, int, int], ...]:
    """Return the limits that the form holds, as a card shows them before anybody signed up."""
    draft = draft_of(form)
    return tuple(
        (each, draft.limits[each], draft.limits[each])
        for each in Category
        if each in draft.limits and rules.admitted(draft.admits, each)
    )


async def known_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return what limits the meeting has; of a stored one, as it is stored now."""
    form = dialog_manager.dialog_data
    signed_up: dict[Category, int] = {}
    if "meeting_id" in form:
        signed_up = dict((await reload(dialog_manager)).signed_up)
    draft, timezone = draft_of(form), form["timezone"]
    opens_at, closes_at = draft.sign_up_opens_at, draft.sign_up_closes_at
    lines = [_line(tr, who, most, signed_up.get(who, 0)) for who, most, _ in limits_of(form)]
    return {
        "title": draft.title,
        "limits": Html("\n".join(lines)),
        "some_limits": bool(lines),
        "removable": [
            (tr.plain("limits-remove", who=tr.name_of("category", who)), who.value)
            for who, *_ in limits_of(form)
        ],
        "opens": tr.when(opens_at, None, timezone) if opens_at else "",
        "closes": tr.when(closes_at, None, timezone) if closes_at else "",
        "opens_set": "yes" if opens_at else "no",
        "closes_set": "yes" if closes_at else "no",
    }


def _line(tr: Speech, who: Category, most: int, signed_up: int) -> Html:
    return tr(
        "limits-line",
        category=capitalised(tr.name_of("category", who)),
        limit=most,
        over="yes" if signed_up > most else "no",
        people=signed_up,
    )


async def who_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the categories that may sign up, and the numbers to choose from."""
    form = dialog_manager.dialog_data
    if "meeting_id" in form:
        await reload(dialog_manager)
    draft = draft_of(form)
    chosen = form.get("limit_category")
    admitted = [each for each in Category if rules.admitted(draft.admits, each)]
    pupils, others = (
        [
            (capitalised(tr.name_of("category", each)), each.value)
            for each in admitted
            if each.is_pupil is pupil
        ]
        for pupil in (True, False)
    )
    return {
        "pupils": pupils,
        "others": others,
        "category": tr.name_of("category", chosen) if chosen else "",
        "seats": [
            (str(number), number) for number in SEATS if draft.seats is None or number < draft.seats
        ],
    }


async def _tap_who(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    category = as_one_of(Category, value)
    if not rules.admitted(draft_of(manager.dialog_data).admits, category):
        raise NotFound
    await answered(manager, limit_category=category.value)


async def _tap_seats(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    await _limit(manager, as_id(number))


async def _type_seats(message: Message, _input: Any, manager: DialogManager) -> None:
    await _limit(manager, parse_people(message.text or ""))


async def _limit(manager: DialogManager, most: int) -> None:
    form = manager.dialog_data
    if "limit_category" not in form:
        raise NotFound
    category = Category(form["limit_category"])
    rules.check_limit(category, most, form["seats"])
    await answered(
        manager,
        at=NewMeeting.limit_seats,
        limits={**form.get("limits", {}), category.value: most},
    )


async def _remove(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    category = as_one_of(Category, value)
    limits = manager.dialog_data.get("limits", {})
    await answered(
        manager,
        at=NewMeeting.limit_seats,
        limits={who: most for who, most in limits.items() if who != category},
    )


async def _leave(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    form = manager.dialog_data
    form["single"] = False
    await manager.switch_to(hub(form))


windows = (
    Window(
        T("limits-title"),
        T("limits-list", when="some_limits"),
        T("limits-times"),
        SwitchTo(Label("limits-add"), id="add_limit", state=NewMeeting.limit_who),
        Column(choice("remove_limit", "removable", _remove)),
        SwitchTo(Label("limits-opens"), id="opens", state=NewMeeting.opens),
        SwitchTo(Label("limits-closes"), id="closes", state=NewMeeting.closes),
        Button(Label("back"), id="leave_limits", on_click=_leave),
        state=NewMeeting.limits,
        getter=known_getter,
    ),
    Window(
        T("limits-who"),
        *categories_keyboard(_tap_who),
        SwitchTo(Label("back"), id="to_limits", state=NewMeeting.limits),
        state=NewMeeting.limit_who,
        getter=who_getter,
    ),
    Window(
        T("limits-seats"),
        Group(choice("limit", "seats", _tap_seats), width=3),
        MessageInput(_type_seats),
        SwitchTo(Label("back"), id="to_who", state=NewMeeting.limit_who),
        state=NewMeeting.limit_seats,
        getter=who_getter,
    ),
)
