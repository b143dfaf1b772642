"""A list of kinds of messages, each turned on or off by a tap."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Column, Keyboard, StubScroll
from aiogram_dialog.widgets.kbd.select import OnItemClick

from bot.errors import NotFound
from bot.i18n import Speech
from bot.services.switch_screens import Switched
from bot.vocabulary import MessageKind
from bot.widgets import PAGE, Pager, choice, fetch_page, stub_scroll

_LIST = "switch_pages"


async def switch_facts(
    manager: DialogManager, tr: Speech, kinds: Sequence[Switched]
) -> dict[str, Any]:
    """Return a page of the kinds for the window's buttons."""

    async def page_of(number: int) -> Sequence[Switched]:
        return kinds[number * PAGE :][:PAGE]

    page, pager = await fetch_page(manager, _LIST, page_of, lambda _page: len(kinds))
    return {"kinds": [(_label(tr, each), _wanted(each)) for each in page], **pager}


def switch_buttons(on_click: OnItemClick[Any, str]) -> tuple[Keyboard | StubScroll, ...]:
    """Return the widgets of the list; `read_tap` reads what `on_click` gets."""
    return Column(choice("kind", "kinds", on_click)), stub_scroll(_LIST), Pager(_LIST)


def read_tap(tapped: str) -> Switched:
    """Return what a tap wants.

    Raises:
        NotFound: no such kind of messages.
    """
    kind, _, wanted = tapped.partition("-")
    try:
        return Switched(MessageKind(kind), on=wanted == "on")
    except ValueError:
        raise NotFound from None


def _label(tr: Speech, each: Switched) -> str:
    return f"{'✅' if each.on else '⬜️'} {tr.name_of('switch', each.kind)}"


def _wanted(each: Switched) -> str:
    # What a tap leads to: worked off again after a crash, it changes nothing.
    return f"{each.kind}-{'off' if each.on else 'on'}"
