"""«+1 без записи»: one tap a person, by category; the last tap can be taken back.

The categories that are likely at this door come first, all of them are one tap further.
"""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator.numbers import meeting_of, toast_with_crowding, turnout_facts
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.services import attendance
from bot.services.core import Account, Core
from bot.services.door_list import DoorPage, list_lines
from bot.states import Door
from bot.vocabulary import Category
from bot.widgets import Label, T, categories_keyboard, choice, speech


async def walk_in_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers, the likely categories, and the last person counted."""
    door = await list_lines(core, account, meeting_of(dialog_manager), 0, 1)
    last = door.last_walk_in
    return {
        **_facts(tr, door, door.usual_walk_ins),
        "last": _named(tr, last.category, last.organisation) if last else "",
        "some_last": last is not None,
        # The button says whom it takes back, so that a second tap on it takes nobody else.
        "undo": [(tr.plain("door-undo"), last.id)] if last else [],
    }


async def all_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers and every category."""
    door = await list_lines(core, account, meeting_of(dialog_manager), 0, 1)
    return _facts(tr, door, tuple(Category))


def _facts(tr: Speech, door: DoorPage, offered: tuple[Category, ...]) -> dict[str, Any]:
    pupils, others = (
        [
            (capitalised(tr.name_of("category", each)), each.value)
            for each in offered
            if each.is_pupil is pupil
        ]
        for pupil in (True, False)
    )
    return {
        "title": door.title,
        **turnout_facts(tr, door),
        "pupils": pupils,
        "others": others,
    }


def _named(tr: Speech, category: Category, organisation: str) -> str:
    name = tr.name_of("category", category)
    return f"{name} ({organisation})" if organisation else name


async def _tap_category(
    callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    category = as_one_of(Category, value)
    if category is Category.OTHER:
        await manager.switch_to(Door.walk_in_organisation)
        return
    await _add(manager, f"callback:{callback.id}", category)
    tr = speech(manager)
    done = tr.plain("door-added", who=tr.name_of("category", category))
    await callback.answer(await toast_with_crowding(manager, done))
    await manager.switch_to(Door.walk_in)


async def _type_organisation(message: Message, _input: Any, manager: DialogManager) -> None:
    tap = f"message:{message.chat.id}:{message.message_id}"
    await _add(manager, tap, Category.OTHER, message.text or "")
    await manager.switch_to(Door.walk_in)


async def _skip_organisation(
    callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _add(manager, f"callback:{callback.id}", Category.OTHER)
    tr = speech(manager)
    done = tr.plain("door-added", who=tr.name_of("category", Category.OTHER))
    await callback.answer(await toast_with_crowding(manager, done))
    await manager.switch_to(Door.walk_in)


async def _add(
    manager: DialogManager, tap: str, category: Category, organisation: str = ""
) -> None:
    data = manager.middleware_data
    await attendance.add_walk_in(
        data["core"],
        data["account"],
        meeting_of(manager),
        category,
        organisation,
        tap=tap,
    )


async def _undo(
    callback: CallbackQuery, _select: Any, manager: DialogManager, walk_in_id: str, /
) -> None:
    data = manager.middleware_data
    await attendance.undo_walk_in(
        data["core"], data["account"], meeting_of(manager), as_id(walk_in_id)
    )
    await callback.answer(speech(manager).plain("door-taken-back"))


windows = (
    Window(
        T("door-numbers"),
        T("door-crowded", when="crowded"),
        Format("{by_category}", when="somebody"),
        T("door-walk-in-last", when="some_last"),
        *categories_keyboard(_tap_category),
        SwitchTo(Label("door-walk-in-more"), id="more", state=Door.walk_in_all),
        choice("undo", "undo", _undo),
        SwitchTo(Label("back"), id="to_list", state=Door.list),
        state=Door.walk_in,
        getter=walk_in_getter,
    ),
    Window(
        T("door-numbers"),
        T("door-crowded", when="crowded"),
        Format("{by_category}", when="somebody"),
        *categories_keyboard(_tap_category),
        SwitchTo(Label("back"), id="to_walk_in", state=Door.walk_in),
        state=Door.walk_in_all,
        getter=all_getter,
    ),
    Window(
        T("door-organisation"),
        MessageInput(_type_organisation),
        Button(Label("new-skip"), id="skip", on_click=_skip_organisation),
        SwitchTo(Label("back"), id="to_walk_in", state=Door.walk_in),
        state=Door.walk_in_organisation,
    ),
)
