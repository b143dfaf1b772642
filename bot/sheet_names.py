"""Names of sheets: what a spreadsheet takes, each once."""

import re
from collections.abc import Iterable

from bot.spreadsheet import plain_text

_LENGTH = 31  # UTF-16 code units, as spreadsheets count them
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\s]+")
_KEPT_BY_EXCEL = "history"


def sheet_names(names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Return name → the name of its sheet: at most 31 characters, no two alike in any case.

    Args:
        names: different names of whatever the sheets are about.
        taken: the names of the workbook's other sheets.
    """
    used = {each.casefold() for each in taken} | {_KEPT_BY_EXCEL}
    titles: dict[str, str] = {}
    for name in names:
        # A spreadsheet takes no apostrophe at either end.
        plain = _FORBIDDEN.sub(" ", plain_text(name)).strip(" '") or "…"
        title, number = _cut(plain, ""), 1
        while title.casefold() in used:
            number += 1
            title = _cut(plain, f" {number}")
        used.add(title.casefold())
        titles[name] = title
    return titles


def in_formula(title: str, cell: str) -> str:
    """Return a cell of another sheet as a formula names it: «'Ачинск'!D5»."""
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _cut(text: str, ending: str) -> str:
    room = _LENGTH - len(ending)
    units = text.encode("utf-16-le")
    if len(units) // 2 <= room:
        return text + ending
    return units[: (room - 1) * 2].decode("utf-16-le", "ignore").rstrip(" '") + "…" + ending
