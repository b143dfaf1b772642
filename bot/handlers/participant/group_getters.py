"""What the questions about a group show."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.cleaning import cut
from bot.handlers.participant.group_draft import (
    ORGANISATION,
    OTHERS,
    bringing_of,
    category_of,
    group_of,
    people_of,
)
from bot.handlers.participant.group_words import NUMBERS, lines_text, number_buttons
from bot.handlers.participant.meetings_getters import LONGEST_LABEL, token_of
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.rules import LARGEST_GROUP, admitted
from bot.services import group_room
from bot.services.core import Account, Core
from bot.services.group_room import Room, Shortage
from bot.vocabulary import Category


async def organisation_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the organisations that can be taken by a tap: the one said before, the profile's."""
    bringing = await bringing_of(dialog_manager)
    said = str(dialog_manager.dialog_data.get(ORGANISATION, ""))
    own = bringing.organisation
    offered = {"said": said, "own": own if own != said else ""}
    return {
        "title": bringing.title,
        "organisations": [
            (cut(name, LONGEST_LABEL), which) for which, name in offered.items() if name
        ],
    }


async def who_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the categories that the meeting is open to, with the numbers said before."""
    bringing = await bringing_of(dialog_manager)
    people = people_of(dialog_manager)
    open_to = [each for each in Category if admitted(bringing.admits, each)]
    shows_others = bool(dialog_manager.dialog_data.get(OTHERS))
    pupils = [each for each in open_to if each.is_pupil]
    others = [each for each in open_to if not each.is_pupil]
    unfolded = shows_others or not pupils or any(each in people for each in others)
    return {
        "pupils": [(_label(tr, each, people), each.value) for each in pupils],
        "others": [(_label(tr, each, people), each.value) for each in others if unfolded],
        "folded": bool(others) and not unfolded,
    }


def _label(tr: Speech, category: Category, people: dict[Category, int]) -> str:
    name = capitalised(tr.name_of("category", category))
    return f"{name} · {people[category]}" if category in people else name


async def people_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the category that is asked about, and the usual numbers."""
    category = category_of(dialog_manager)
    number = people_of(dialog_manager).get(category, 0)
    return {
        "who": capitalised(tr.name_of("category", category)),
        "now": number,
        "numbers": number_buttons(NUMBERS),
        "named": number > 0,
        "most": LARGEST_GROUP,
    }


async def confirm_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return everything that was said."""
    bringing = await bringing_of(dialog_manager)
    group = group_of(dialog_manager, bringing)
    return {
        "title": bringing.title,
        "organisation": group.organisation,
        "lines": lines_text(tr, group.people, with_me=group.with_me),
        "total": sum(group.people.values()) + int(group.with_me),
    }


async def few_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return how many can come now; the button carries that number."""
    bringing = await bringing_of(dialog_manager)
    group = group_of(dialog_manager, bringing)
    room = await group_room.find_room(core, account, token_of(dialog_manager), group)
    return {
        "shortage": room.shortage.value,
        "free": room.free or 0,
        "wanted": room.wanted,
        "fits": room.fits,
        "who": tr.name_of("category", room.full) if room.full else "",
        "parts": [(tr.plain("group-sign-up", total=room.fits), str(room.fits))]
        if room.fits
        else [],
        "lines": lines_text(tr, room.part, with_me=group.with_me),
        "some_fit": _only_some(room),
        "short": room.shortage is not Shortage.NONE,
    }


def _only_some(room: Room) -> bool:
    return 0 < room.fits < room.wanted
