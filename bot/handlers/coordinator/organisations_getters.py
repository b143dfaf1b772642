"""What the screens of the organisations show."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.cleaning import cut
from bot.errors import NotFound
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.i18n import Speech, as_typed
from bot.services import organisations
from bot.services.organisation_names import NamedCount, key_of
from bot.services.organisations import Organisations
from bot.widgets import PAGE, fetch_page, speech

LIST, OTHERS = "organisations", "others"
PER_PAGE = PAGE - 2
FIRST, SECOND, OF_PAIR = "first", "second", "of_pair"
_MERGED = 3000
"""So many characters of merged names fit into a message."""


async def _read(manager: DialogManager) -> Organisations:
    data = manager.middleware_data
    where = municipality_and_year(manager)
    return await organisations.get_organisations(data["core"], data["account"], *where)


def _find(found: Organisations, key: str | None) -> NamedCount:
    """Return the organisation that a button names.

    Raises:
        NotFound: it is not in the list, or not any more.
    """
    for each in found.listed:
        if each.key == key:
            return each
    raise NotFound


def _pair_key(one: NamedCount, other: NamedCount) -> str:
    return f"{one.key}-{other.key}"


async def still_asked(manager: DialogManager, pair: str) -> tuple[str, str] | None:
    """Return the keys of the pair that a button names, None once it is decided.

    The screen asks about the next pair at once: a second tap must not decide what nobody saw.
    """
    for one, other in (await _read(manager)).alike:
        if _pair_key(one, other) == pair:
            return one.key, other.key
    return None


def _label(tr: Speech, each: NamedCount) -> str:
    return tr.plain("organisations-row", name=each.name, people=each.people)


async def _page(
    manager: DialogManager, scroll: str, rows: list[NamedCount]
) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Return the buttons of the page that a list stands on, and what its pager needs."""

    async def fetch(page: int) -> list[NamedCount]:
        return rows[page * PER_PAGE : (page + 1) * PER_PAGE]

    shown, pager = await fetch_page(manager, scroll, fetch, lambda _: len(rows), PER_PAGE)
    return [(_label(speech(manager), each), each.key) for each in shown], pager


async def list_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the organisations of the year, and how many pairs wait for a decision."""
    found = await _read(dialog_manager)
    rows, pager = await _page(dialog_manager, LIST, list(found.listed))
    return {
        "place": found.place,
        "year": str(municipality_and_year(dialog_manager)[1]),
        "organisations": len(found.listed),
        "people": sum(each.people for each in found.listed) + found.unnamed,
        "unnamed": found.unnamed,
        "alike": len(found.alike),
        "some_alike": bool(found.alike),
        "some_unnamed": found.unnamed > 0,
        "some": bool(found.listed),
        "none": not found.listed,
        "rows": rows,
        **pager,
    }


async def one_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return one organisation, and the names that are counted as it."""
    found = await _read(dialog_manager)
    shown = _find(found, dialog_manager.dialog_data.get(FIRST))
    return {
        "name": shown.name,
        "people": shown.people,
        "merged": as_typed(cut("\n".join(f"• {name}" for name in shown.merged), _MERGED)),
        "some_merged": bool(shown.merged),
        "several": len(found.listed) > 1,
        "names": [
            (tr.plain("organisations-split", name=name), key_of(name)) for name in shown.merged
        ],
    }


async def others_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the organisations that one may be the same as."""
    found = await _read(dialog_manager)
    shown = _find(found, dialog_manager.dialog_data.get(FIRST))
    others = sorted((each for each in found.listed if each != shown), key=lambda each: each.name)
    rows, pager = await _page(dialog_manager, OTHERS, others)
    return {"name": shown.name, "rows": rows, **pager}


async def alike_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the likeliest pair about which nobody has decided."""
    found = await _read(dialog_manager)
    if not found.alike:
        return {"some": False, "none": True, "same": [], "apart": []}
    one, other = found.alike[0]
    pair = _pair_key(one, other)
    return {
        "left": len(found.alike),
        "some": True,
        "none": False,
        "one": _label(tr, one),
        "other": _label(tr, other),
        "same": [(tr.plain("organisations-are-one"), pair)],
        "apart": [(tr.plain("organisations-are-two"), pair)],
    }


async def stays_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the two names to choose from."""
    found = await _read(dialog_manager)
    data = dialog_manager.dialog_data
    pair = [_find(found, data.get(each)) for each in (FIRST, SECOND)]
    of_pair = bool(data.get(OF_PAIR))
    return {
        "names": [(each.name, each.key) for each in pair],
        "people": sum(each.people for each in pair),
        "of_pair": of_pair,
        "by_hand": not of_pair,
    }
