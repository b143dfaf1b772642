"""Papers to print and to send on: facts → PDF or PNG, by the templates in `bot/data/typst`.

Knows neither the database nor the messenger; run it off the event loop. A template gets the facts
as JSON, so that what people typed is text in it and never markup.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bot.analysis_paper import AnalysisPaper
from bot.door_sheet import BLANK_ROWS, DoorSheet
from bot.qr_codes import qr_svg
from bot.timetable_sheet import TimetableSheet

TEMPLATES = Path(__file__).parent / "data" / "typst"
DOTS_PER_INCH = 110.0
"""Of a poster's picture: sharp on a phone, and no messenger makes it smaller."""

_SPACES = re.compile(" {2,}")

Fact = tuple[str, str]
"""A label and what stands beside it."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says, in words.

    Attributes:
        project: the name of the project.
        facts: when (the largest), where, for whom.
        description: cut where the page ends.
        call: what to do with the QR code.
        note: a few words below the call.
        link: behind the QR code; it stands under the call too.
    """

    lang: str
    project: str
    title: str
    facts: tuple[Fact, ...]
    description: str
    call: str
    note: str
    link: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says, in words.

    Attributes:
        heading: what the paper is called.
        given: stands above the name.
        reason: stands between the name and the meeting's title.
        facts: at the foot.
    """

    lang: str
    project: str
    heading: str
    given: str
    name: str
    reason: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a portfolio says, in words.

    Attributes:
        title: what the paper is called.
        totals: the sums.
        columns: the headings of the table.
        rows: a meeting each, with as many texts as there are columns.
        page: the word before a page's number.
        made: when it was made.
    """

    lang: str
    project: str
    title: str
    name: str
    totals: tuple[Fact, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page: str
    made: str


def poster_pdf(poster: Poster) -> bytes:
    """Return a poster for the printer: one page of A4."""
    return _compile("poster.typ", _poster_data(poster), "pdf")


def poster_png(poster: Poster) -> bytes:
    """Return the same as a picture, for chats."""
    return _compile("poster.typ", _poster_data(poster), "png")


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return a certificate: one page of A4, across."""
    return _compile("certificate.typ", asdict(certificate), "pdf")


def portfolio_pdf(portfolio: Portfolio) -> bytes:
    """Return a portfolio: A4, as many pages as its meetings take."""
    return _compile("portfolio.typ", asdict(portfolio), "pdf")


def door_sheet_pdf(sheet: DoorSheet) -> bytes:
    """Return the list of a meeting: A4, as many pages as its rows take."""
    return _compile("door_sheet.typ", _door_sheet_data(sheet), "pdf")


def timetable_pdf(sheet: TimetableSheet) -> bytes:
    """Return the timetable of a half-year: A4 across, as many pages as its meetings take."""
    return _compile("timetable.typ", asdict(sheet), "pdf")


def analysis_pdf(paper: AnalysisPaper) -> bytes:
    """Return the analysis of a year: A4, as many pages as it takes."""
    return _compile("analysis.typ", asdict(paper), "pdf")


def printable(text: str) -> str:
    """Return text without what the fonts of the papers do not have: emoji.

    Letters that only look like emoji or mathematics («𝓜») become plain ones.
    """
    plain = "".join(
        unicodedata.normalize("NFKC", sign) if sign > "\uffff" else sign for sign in text
    )
    kept = "".join(sign for sign in plain if sign <= "\ufdff" and sign not in "\u200d\u20e3")
    return _SPACES.sub(" ", kept).strip()


def _poster_data(poster: Poster) -> dict[str, object]:
    shown = poster.link.removeprefix("https://")
    return {**asdict(poster), "shown_link": shown, "qr": qr_svg(poster.link)}


def _door_sheet_data(sheet: DoorSheet) -> dict[str, object]:
    rows = [
        {**asdict(row), "seats": str(row.seats), "mark": row.mark, "counted": row.most is not None}
        for row in sheet.rows
    ]
    totals = [
        {**asdict(total), "mark": "" if total.people is None else str(total.people)}
        for total in sheet.totals
    ]
    return {**asdict(sheet), "rows": rows, "totals": totals, "blank_rows": BLANK_ROWS}


def _compile(template: str, data: dict[str, object], kind: Literal["pdf", "png"]) -> bytes:
    import typst  # noqa: PLC0415 - a compiler of many megabytes that few runs need

    return typst.compile(
        TEMPLATES / template,
        sys_inputs={"data": json.dumps(_printable(data))},
        format=kind,
        ppi=DOTS_PER_INCH,
        ignore_system_fonts=True,
    )


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value
