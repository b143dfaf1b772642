"""How many of a group came: the number that was signed up, corrected by taps or typed."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, SwitchTo

from bot.handlers.choices import as_count
from bot.handlers.curator.numbers import toast_with_crowding
from bot.handlers.navigation import started_with
from bot.i18n import Speech
from bot.parsing import parse_people
from bot.rules import most_who_come
from bot.services import attendance
from bot.services.core import Account, Core
from bot.services.door_groups import get_group_line
from bot.states import Door
from bot.widgets import Label, T, choice, speech


async def open_group(manager: DialogManager, line_id: int) -> None:
    """Show the screen of a group's line."""
    manager.dialog_data["line_id"] = line_id
    await manager.switch_to(Door.group)


async def group_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the line, and the numbers that its buttons stand for."""
    line = await get_group_line(core, account, _line_of(dialog_manager))
    counted = line.seats if line.came is None else line.came
    # A button says the number that it leads to, so that a second tap on it counts nobody twice.
    numbers = [
        (tr.plain("door-group-less"), counted - 1),
        (tr.plain("door-group-more"), counted + 1),
        (tr.plain("door-group-all"), line.seats),
        (tr.plain("door-group-nobody"), 0),
    ]
    return {
        "title": line.title,
        "organisation": line.organisation,
        "category": tr.name_of("category", line.category),
        "state": "open" if line.came is None else "counted",
        "is_counted": line.came is not None,
        "came": line.came or 0,
        "seats": line.seats,
        "numbers": [
            (label, str(number))
            for label, number in numbers
            if 0 <= number <= most_who_come(line.seats)
        ],
    }


def _line_of(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("line_id") or started_with(manager, "line_id") or 0)


async def _tap_number(
    callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    people = as_count(number)
    await _set(manager, people)
    done = speech(manager).plain("door-group-counted", people=people)
    await callback.answer(await toast_with_crowding(manager, done) if people else done)


async def _type_number(message: Message, _input: Any, manager: DialogManager) -> None:
    await _set(manager, parse_people(message.text or ""))


async def _set(manager: DialogManager, people: int) -> None:
    data = manager.middleware_data
    await attendance.set_came(data["core"], data["account"], _line_of(manager), people)


async def _undo(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await attendance.clear_came(data["core"], data["account"], _line_of(manager))
    await callback.answer(speech(manager).plain("door-group-cleared"))


window = Window(
    T("door-group"),
    Group(choice("number", "numbers", _tap_number), width=2),
    MessageInput(_type_number),
    Button(Label("door-group-undo"), id="undo", on_click=_undo, when="is_counted"),
    SwitchTo(Label("back"), id="to_list", state=Door.list),
    state=Door.group,
    getter=group_getter,
)
