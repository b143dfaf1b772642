"""How a group reads, and the numbers that are asked about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import Speech
from bot.services.tickets import Ticket
from bot.vocabulary import Category, RegistrationStatus

NUMBERS = (10, 15, 20, 25, 30)


def lines_text(tr: Speech, people: Mapping[Category, int], *, with_me: bool) -> str:
    """Return «9 класс — 20, 10 класс — 5, с вами — 1»."""
    parts = [
        tr.plain("group-line", who=tr.name_of("category", category), people=number)
        for category, number in people.items()
    ]
    if with_me:
        parts.append(tr.plain("group-line", who=tr.plain("group-with-you"), people=1))
    return ", ".join(parts)


def group_facts(tr: Speech, ticket: Ticket, *, can_change: bool) -> dict[str, Any]:
    """Return what a ticket's screen says otherwise when it is a group's.

    Args:
        tr: the reader's voice.
        ticket: somebody's own.
        can_change: whether it still can be changed or cancelled.
    """
    if not ticket.group:
        return {"can_resize": False}
    lines = lines_text(tr, ticket.group, with_me=ticket.with_me)
    in_force = ticket.status is not RegistrationStatus.CANCELLED
    return {
        "people": "group",
        "who": f"{ticket.organisation}: {lines}",
        "can_resize": can_change and in_force,
    }


def number_buttons(numbers: Sequence[int]) -> list[tuple[str, Any]]:
    """Return a button for each number, as `widgets.choice` takes them."""
    return [(str(number), str(number)) for number in numbers]
