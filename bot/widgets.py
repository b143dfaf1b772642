"""Building blocks of screens: localised text, lists, the pager, steps back."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import (
    Button,
    Cancel,
    Group,
    NextPage,
    PrevPage,
    Row,
    Select,
    StubScroll,
)
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format, Text

from bot.i18n import Speech

PAGE = 8

P = TypeVar("P")


def speech(manager: DialogManager) -> Speech:
    """Return the voice that the middleware chose for this person."""
    voice: Speech = manager.middleware_data["tr"]
    return voice


class T(Text):
    """A message of a screen: a key of `locales/`, filled with what the getter returned.

    Only plain values of the getter (text, numbers) reach the message; text is escaped.
    """

    def __init__(self, key: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.key = key

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return speech(manager)(self.key, **_facts(data))


class Label(T):
    """The same for a button, where HTML means nothing."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return speech(manager).plain(self.key, **_facts(data))


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if isinstance(value, str | int | float)}


def close_button(key: str = "back") -> Cancel:
    """Return the button that closes this dialog and shows the one below it."""
    return Cancel(Label(key), id="close")


def choice(widget_id: str, items: str, on_click: OnItemClick[Any, str]) -> Select[str]:
    """Return a button for each pair (label, id) of the getter's list `items`."""
    return Select(
        Format("{item[0]}"),
        id=widget_id,
        item_id_getter=lambda item: item[1],
        items=items,
        on_click=on_click,
    )


def categories_keyboard(on_click: OnItemClick[Any, str]) -> tuple[Group, Group]:
    """Return the buttons of who people are: of the getter, `pupils` four in a row, `others` two."""
    return (
        Group(choice("pupil", "pupils", on_click), width=4),
        Group(choice("other", "others", on_click), width=2),
    )


class Pager(Row):
    """‹ 2/5 › under a list; `pages` is the getter's field with the number of pages."""

    def __init__(self, scroll_id: str) -> None:
        super().__init__(
            PrevPage(scroll=scroll_id, text=Format("‹")),
            Button(Format("{page_label}"), id=f"{scroll_id}_page"),
            NextPage(scroll=scroll_id, text=Format("›")),
            when="several_pages",
        )


def stub_scroll(scroll_id: str) -> StubScroll:
    """Return the widget that remembers the page; the getter reads it with `fetch_page`."""
    return StubScroll(id=scroll_id, pages="pages")


async def fetch_page(
    manager: DialogManager,
    scroll_id: str,
    fetch: Callable[[int], Awaitable[P]],
    count: Callable[[P], int],
    per_page: int = PAGE,
) -> tuple[P, dict[str, Any]]:
    """Return the page of a list that its pager stands on, and what `Pager` and `stub_scroll` need.

    A list may have become shorter since: then its last page is shown, and the pager stands there.

    Args:
        manager: of the window with the pager.
        scroll_id: the `stub_scroll` that remembers the page.
        fetch: returns a page by its number, from 0, with the number of rows of the whole list.
        count: finds that number in what `fetch` returned.
        per_page: rows on a page.
    """
    scroll = manager.find(scroll_id)
    number = int(await scroll.get_page()) if scroll else 0
    found = await fetch(number)
    last = max(0, count(found) - 1) // per_page
    if number > last:
        number = last
        found = await fetch(number)
        last = max(0, count(found) - 1) // per_page
        if scroll:
            await scroll.set_page(number)
    return found, {
        "pages": last + 1,
        "several_pages": last > 0,
        "page_label": f"{number + 1}/{last + 1}",
    }


async def first_page(manager: DialogManager, scroll_id: str) -> None:
    """Turn a list back to its first page."""
    if scroll := manager.find(scroll_id):
        await scroll.set_page(0)
