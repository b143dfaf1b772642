"""What is asked when there are too few seats for what somebody chose."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager

from bot.handlers.choices import as_one_of
from bot.handlers.participant.meetings_getters import token_of
from bot.services import catalogue
from bot.services.core import Account, Core
from bot.vocabulary import Category


def wanted_of(manager: DialogManager) -> tuple[Category, ...]:
    """Return who was to come, the one who signs up first; nothing chosen: as usual."""
    return tuple(as_one_of(Category, each) for each in manager.dialog_data.get("wanted", ()))


async def wait_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return how many seats are missing, as it is now: one may have become free."""
    card = await catalogue.get_card(core, account, token_of(dialog_manager))
    wanted = wanted_of(dialog_manager)
    people = max(1, len(wanted))
    why = _why(card, wanted, people)
    return {
        "title": card.title,
        "why": why,
        "free": card.free or 0,
        "people": people,
        "room": why == "room",
        "no_room": why != "room",
    }


def _why(card: catalogue.Card, wanted: Sequence[Category], people: int) -> str:
    if card.free == 0:
        return "full"
    if not card.full_categories.isdisjoint(wanted):
        return "limit"
    return "short" if card.free is not None and card.free < people else "room"
