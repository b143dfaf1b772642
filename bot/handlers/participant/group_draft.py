"""What somebody has said so far of the group they are about to bring; a Back forgets none of it."""

from dataclasses import replace

from aiogram_dialog import DialogManager

from bot.errors import NotFound
from bot.handlers.choices import as_one_of
from bot.handlers.participant.meetings_getters import token_of
from bot.services.group_room import Bringing, get_bringing
from bot.services.groups import Group
from bot.vocabulary import Category

ORGANISATION, PEOPLE, CATEGORY = "group_organisation", "group_people", "group_category"
WITH_ME, TOKEN, ADDING = "group_with_me", "group_token", "group_adding"
OTHERS = "group_others"


async def bringing_of(manager: DialogManager) -> Bringing:
    """Return what the questions depend on, or say why the group cannot be brought.

    Raises:
        ConsentRequired, NotFound, Refused: as `group_room.get_bringing`.
    """
    data = manager.middleware_data
    return await get_bringing(data["core"], data["account"], token_of(manager))


def people_of(manager: DialogManager) -> dict[Category, int]:
    """Return how many of which category have been named."""
    return {Category(name): number for name, number in manager.dialog_data.get(PEOPLE, {}).items()}


def category_of(manager: DialogManager) -> Category:
    """Return the category whose number is asked.

    Raises:
        NotFound: none was chosen.
    """
    return as_one_of(Category, str(manager.dialog_data.get(CATEGORY, "")))


def keep_people(manager: DialogManager, people: dict[Category, int]) -> None:
    """Remember how many come; a line with nobody goes."""
    manager.dialog_data[PEOPLE] = {
        category.value: number for category, number in people.items() if number
    }


def group_of(manager: DialogManager, bringing: Bringing) -> Group:
    """Return the group as it has been described.

    Raises:
        NotFound: the organisation has not been said.
    """
    organisation = manager.dialog_data.get(ORGANISATION)
    if not organisation:
        raise NotFound
    with_me = bool(manager.dialog_data.get(WITH_ME)) and bringing.may_count
    return Group(organisation, people_of(manager), with_me)


def part_of(group: Group, part: dict[Category, int]) -> Group:
    """Return the same group with fewer people."""
    return replace(group, people=part)
