"""Codes of a paper list as people type them: «A7 а9, A1–A12, A14=24»."""

import re

from bot.errors import InvalidInput
from bot.rules import (
    MOST_WALK_INS_ON_PAPER,
    Said,
    SaidRow,
    SaidWalkIns,
    read_ticket_code,
    read_walk_in_code,
    ticket_code,
    ticket_number,
)

MOST_IN_RANGE = 999
SHOWN_OF_A_WORD = 30

_DASH = r"\s*[-\u2010-\u2015\u2212]"  # every dash that a keyboard or a phone puts in
_LETTERS = "[a-zа-яё]{1,3}"
_CODE = rf"{_LETTERS}[ \t]?\d{{1,3}}"
_ENTRY = re.compile(
    rf"(?<!\w)(?P<first>{_CODE})"
    rf"(?:(?P<row>\.[1-9]\d?)|{_DASH}\s*(?P<last>{_CODE}))?"
    rf"(?:\s*[=:]\s*(?P<people>\d{{1,5}}))?(?!\w|{_DASH}|\s*[=:])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;.]+")


def parse_codes(typed: str) -> Said:
    """Return what codes say: separated by spaces, commas or lines, in Cyrillic or Latin letters.

    «A7» ticks a row, «A7.2» the second row of that ticket, «A1–A12» all rows of these tickets,
    «A7=24» or «A7:24» gives a group's number, «Y5=12» the number of people without a registration.
    What cannot be understood is kept as it was typed, the rest counts.

    Raises:
        InvalidInput: nothing in it is a code.
    """
    rows: dict[tuple[str, bool], SaidRow] = {}
    walk_ins: dict[str, SaidWalkIns] = {}
    strange: list[str] = []
    rest_from = 0
    for match in _ENTRY.finditer(typed):
        strange += _words(typed[rest_from : match.start()])
        rest_from = match.end()
        code = read_ticket_code(match["first"])
        if (category := read_walk_in_code(code)) is not None:
            people = int(match["people"] or -1)  # «Y5» alone has no number
            if match["row"] or match["last"] or not 0 <= people <= MOST_WALK_INS_ON_PAPER:
                strange.append(match[0])
            else:
                walk_ins[code] = SaidWalkIns(category, people)
        elif found := _rows(match, code):
            rows |= {(row.code, row.whole): row for row in found}
        else:
            strange.append(match[0])
    strange += _words(typed[rest_from:])
    if not rows and not walk_ins:
        raise InvalidInput("input-codes")
    return Said(
        tuple(rows.values()),
        tuple(walk_ins.values()),
        tuple(dict.fromkeys(word[:SHOWN_OF_A_WORD] for word in strange)),
    )


def _rows(match: re.Match[str], code: str) -> tuple[SaidRow, ...]:
    """Return what an entry says, nothing when it makes no sense."""
    people = None if match["people"] is None else int(match["people"])
    if match["last"] is None:
        row = "" if match["row"] in {None, ".1"} else match["row"]  # «A7.1» is printed as «A7»
        return (SaidRow(f"{code}{row}", people=people),)
    first, last = ticket_number(code), ticket_number(read_ticket_code(match["last"]))
    if first is None or last is None or people is not None:
        return ()
    if not first <= last < first + MOST_IN_RANGE:
        return ()
    return tuple(SaidRow(ticket_code(number), whole=True) for number in range(first, last + 1))


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]
