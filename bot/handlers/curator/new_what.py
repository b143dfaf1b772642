"""The wizard's questions of what, with whom and where."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group

from bot import rules
from bot.cleaning import clean_line, clean_text
from bot.errors import InvalidInput, NotFound, Refused
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator.form import answered
from bot.handlers.curator.form_filling import settle_on_tapped
from bot.handlers.curator.step import seats_text, step_window
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.models import PLACE_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from bot.parsing import parse_seats
from bot.services import meeting_lists
from bot.services.core import Account, Core
from bot.services.meeting_draft import clean_link
from bot.states import NewMeeting
from bot.vocabulary import PUPILS, Audience, Category, Mode
from bot.vocabulary import Format as MeetingFormat
from bot.widgets import Label, categories_keyboard, choice

SEATS = (20, 25, 30, 50, 100)
NO_LIMIT = "none"

NOTHING = frozenset("-–—")
"""What people write where they have nothing to say."""

_EMPLOYERS = (Category.HEAD, Category.EMPLOYEE)
# How people are let in: each grade for itself, then parents, employers and everybody else.
GROUPS: dict[str, tuple[Category, ...]] = {
    **{category.value: (category,) for category in PUPILS},
    "parents": (Category.PARENT,),
    "employers": _EMPLOYERS,
    "others": tuple(
        category for category in Category if category not in {*PUPILS, Category.PARENT, *_EMPLOYERS}
    ),
}


async def grounds_getter(core: Core, account: Account, **_: Any) -> dict[str, Any]:
    """Return the municipalities in which this person may create meetings."""
    grounds = await meeting_lists.list_grounds(core, account)
    return {"grounds": [(ground.name, ground.id) for ground in grounds]}


async def choices_getter(tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the closed lists as (label, value), and the usual numbers of seats."""
    return {
        "audiences": [(capitalised(tr.name_of("audience", each)), each.value) for each in Audience],
        "modes": [(capitalised(tr.name_of("mode", each)), each.value) for each in Mode],
        "formats": [
            (capitalised(tr.name_of("format", each)), each.value) for each in MeetingFormat
        ],
        "seats": [
            *((seats_text(tr, number), number) for number in SEATS),
            (seats_text(tr, None), NO_LIMIT),
        ],
    }


async def admits_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the groups of people, those who may sign up with a tick."""
    admitted = _admitted(dialog_manager)
    pupils, others = [], []
    for name, categories in GROUPS.items():
        ticked = admitted.issuperset(categories)
        tick = "✅ " if ticked else ""
        # What a tap leads to: worked off again after a crash, it changes nothing.
        wanted = f"{name}-{'off' if ticked else 'on'}"
        if categories[0].is_pupil:
            pupils.append((tick + tr.name_of("category", name), wanted))
        else:
            others.append((tick + tr.plain(f"new-admits-{name}"), wanted))
    return {"pupils": pupils, "others": others, "restricted": len(admitted) < len(Category)}


def _admitted(manager: DialogManager) -> set[Category]:
    return {Category(value) for value in manager.dialog_data["admits"]} or set(Category)


async def _tap_ground(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, ground_id: str, /
) -> None:
    await settle_on_tapped(manager, ground_id)
    await answered(manager)


async def _type_title(message: Message, _input: Any, manager: DialogManager) -> None:
    await answered(manager, title=clean_line(message.text or "", TITLE_LENGTH))


async def _tap_audience(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    await answered(manager, audience=as_one_of(Audience, value).value)


async def _tap_mode(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    await answered(manager, mode=as_one_of(Mode, value).value)


async def _tap_format(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    await answered(manager, format=as_one_of(MeetingFormat, value).value)


async def _type_place(message: Message, _input: Any, manager: DialogManager) -> None:
    await answered(manager, place=clean_line(message.text or "", PLACE_LENGTH))


async def _type_link(message: Message, _input: Any, manager: DialogManager) -> None:
    await answered(manager, link=clean_link(message.text or ""))


async def _tap_seats(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, seats: str, /
) -> None:
    if seats == NO_LIMIT:
        await answered(manager, seats=None)
    elif as_id(seats) in SEATS:
        await answered(manager, seats=int(seats))
    else:
        raise NotFound


async def _type_seats(message: Message, _input: Any, manager: DialogManager) -> None:
    seats = parse_seats(message.text or "")
    if not 1 <= seats <= rules.MOST_SEATS:
        raise InvalidInput("input-seats")
    await answered(manager, seats=seats)


async def _type_description(message: Message, _input: Any, manager: DialogManager) -> None:
    description = clean_text(message.text or "", TEXT_LENGTH)
    await answered(manager, description="" if description in NOTHING else description)


async def _skip_description(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await answered(manager, description="")


async def _tap_group(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tapped: str, /
) -> None:
    name, _, wanted = tapped.partition("-")
    if name not in GROUPS or wanted not in {"on", "off"}:
        raise NotFound
    admitted, group = _admitted(manager), set(GROUPS[name])
    admitted = admitted | group if wanted == "on" else admitted - group
    if not admitted:
        raise Refused("refused-admits-nobody")
    manager.dialog_data["admits"] = [category for category in Category if category in admitted]


async def _admit_everybody(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    manager.dialog_data["admits"] = []


async def _admits_done(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await answered(manager)


windows = (
    step_window(
        NewMeeting.municipality,
        "new-municipality",
        Column(choice("ground", "grounds", _tap_ground)),
        getter=grounds_getter,
    ),
    step_window(NewMeeting.title, "new-title", MessageInput(_type_title)),
    step_window(
        NewMeeting.audience,
        "new-audience",
        Column(choice("audience", "audiences", _tap_audience)),
        getter=choices_getter,
    ),
    step_window(
        NewMeeting.mode,
        "new-mode",
        Column(choice("mode", "modes", _tap_mode)),
        getter=choices_getter,
    ),
    step_window(NewMeeting.place, "new-place", MessageInput(_type_place)),
    step_window(NewMeeting.link, "new-link", MessageInput(_type_link)),
    step_window(
        NewMeeting.seats,
        "new-seats",
        Group(choice("seats", "seats", _tap_seats), width=2),
        MessageInput(_type_seats),
        getter=choices_getter,
    ),
    step_window(
        NewMeeting.description,
        "new-description",
        Button(Label("new-skip"), id="skip", on_click=_skip_description),
        MessageInput(_type_description),
    ),
    step_window(
        NewMeeting.format,
        "new-format",
        Group(choice("format", "formats", _tap_format), width=2),
        getter=choices_getter,
    ),
    step_window(
        NewMeeting.admits,
        "new-admits",
        Button(Label("new-admits-done"), id="done", on_click=_admits_done),
        *categories_keyboard(_tap_group),
        Button(Label("new-admits-all"), id="all", on_click=_admit_everybody, when="restricted"),
        getter=admits_getter,
    ),
)
