"""«Изменить число»: how many of which category come with a group that is signed up."""

from collections.abc import Sequence
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo

from bot.errors import NotFound, Refused
from bot.handlers.choices import as_count, as_one_of
from bot.handlers.navigation import open_below, started_with
from bot.handlers.participant.group_clicks import name_the_group, show_ticket
from bot.handlers.participant.group_draft import CATEGORY, TOKEN, category_of
from bot.handlers.participant.group_words import lines_text, number_buttons
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.parsing import parse_people
from bot.rules import LARGEST_GROUP
from bot.services import groups, tickets
from bot.services.group_room import TOO_FEW
from bot.states import GroupSize
from bot.vocabulary import Category
from bot.widgets import Label, T, choice, close_button, speech

MORE = "group_more"
NEAR = range(-3, 3)


async def ask_for_number(
    manager: DialogManager, group_id: int, categories: Sequence[Category]
) -> None:
    """Ask below what was sent meanwhile how many of a group come; of several lines, of which.

    Args:
        manager: of the chat.
        group_id: of the group's registration.
        categories: of its lines.
    """
    one = categories[0].value if len(categories) == 1 else None
    await open_below(
        manager,
        GroupSize.people if one else GroupSize.lines,
        {"group_id": group_id, CATEGORY: one},
    )


async def _begin(data: Any, manager: DialogManager) -> None:
    await name_the_group(data, manager)
    manager.dialog_data[CATEGORY] = (data or {}).get(CATEGORY)


async def _ticket_of(manager: DialogManager) -> tickets.Ticket:
    data = manager.middleware_data
    group_id = manager.dialog_data.get("group_id") or started_with(manager, "group_id")
    return await tickets.get_ticket(data["core"], data["account"], int(group_id))


async def lines_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the lines of the group."""
    ticket = await _ticket_of(dialog_manager)
    return {
        "title": ticket.title,
        "organisation": ticket.organisation,
        "lines": lines_text(tr, ticket.group, with_me=ticket.with_me),
        "categories": [
            (f"{capitalised(tr.name_of('category', category))} · {number}", category.value)
            for category, number in ticket.group.items()
        ],
    }


async def people_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the line that is asked about, and the numbers near it."""
    ticket = await _ticket_of(dialog_manager)
    category = category_of(dialog_manager)
    now = ticket.group.get(category, 0)
    near = [now + step for step in NEAR if step]
    least = 0 if len(ticket.group) > 1 else 1
    return {
        "who": capitalised(tr.name_of("category", category)),
        "now": now,
        "numbers": number_buttons([each for each in near if least <= each <= LARGEST_GROUP]),
    }


async def rest_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return how many have no seats."""
    ticket = await _ticket_of(dialog_manager)
    return {
        "title": ticket.title,
        "who": tr.name_of("category", category_of(dialog_manager)),
        "more": int(dialog_manager.dialog_data.get(MORE, 0)),
    }


async def _tap_line(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    manager.dialog_data[CATEGORY] = as_one_of(Category, value).value
    await manager.switch_to(GroupSize.people)


async def _tap_number(
    callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    await _resize(callback, manager, as_count(number))


async def _type_number(message: Message, _input: Any, manager: DialogManager) -> None:
    await _resize(message, manager, parse_people(message.text or ""))


async def _resize(event: CallbackQuery | Message, manager: DialogManager, number: int) -> None:
    data = manager.middleware_data
    ticket = await _ticket_of(manager)
    category = category_of(manager)
    if category not in ticket.group:
        raise NotFound
    more = number - ticket.group[category]
    try:
        await groups.resize_group(
            data["core"], data["account"], ticket.registration_id, {category: number}
        )
    except Refused as error:
        if error.key not in TOO_FEW:
            raise
        manager.dialog_data[MORE] = more
        await manager.switch_to(GroupSize.rest)
        return
    if isinstance(event, CallbackQuery):
        key = "group-size-more" if more > 0 else "group-size-fewer"
        await event.answer(speech(manager).plain(key, people=abs(more)))
    await manager.switch_to(GroupSize.lines)


async def _wait(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Put those who found no seats on the waiting list, as a group of their own."""
    data = manager.middleware_data
    ticket = await _ticket_of(manager)
    token = manager.dialog_data.get(TOKEN)
    if not token:
        raise NotFound
    rest = {category_of(manager): int(manager.dialog_data.get(MORE, 0))}
    signed = await groups.sign_up_group(
        data["core"],
        data["account"],
        ticket.token,
        groups.Group(ticket.organisation, rest, with_me=False),
        group_token=token,
        wait=True,
    )
    await manager.mark_closed()
    await show_ticket(callback, manager, signed)


dialog = Dialog(
    Window(
        T("group-size-lines"),
        Column(choice("line", "categories", _tap_line)),
        close_button(),
        state=GroupSize.lines,
        getter=lines_getter,
    ),
    Window(
        T("group-size-people"),
        Group(choice("number", "numbers", _tap_number), width=5),
        MessageInput(_type_number, content_types=ContentType.TEXT),
        SwitchTo(Label("back"), id="to_lines", state=GroupSize.lines),
        state=GroupSize.people,
        getter=people_getter,
    ),
    Window(
        T("group-size-rest"),
        Button(Label("group-wait-rest"), id="wait", on_click=_wait),
        SwitchTo(Label("back"), id="to_people", state=GroupSize.people),
        state=GroupSize.rest,
        getter=rest_getter,
    ),
    on_start=_begin,
)
