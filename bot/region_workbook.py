"""The region's workbook: one form that sums a form per municipality, and how they compare.

Every number of the first sheets is a formula over the municipal ones, so whoever corrects a
municipality's number sees the region's follow. Run it off the event loop.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.appendix2 import FORM, Appendix2, Meetings, People, words_of
from bot.comparison_sheet import draw_comparison
from bot.exports import NOTES_SHEET, Drawn, SumOf, draw_appendix2, draw_notes, save
from bot.sheet_names import in_formula, sheet_names
from bot.spreadsheet import Looks
from bot.status_sheet import Status, draw_status
from bot.vocabulary import Audience, Category

SUMMARY_SHEET = "Сводный"
STATUS_SHEET = "Статус"
COMPARISON_SHEET = "Сравнение"
_LINES_TOGETHER = 5


@dataclass(frozen=True)
class Consolidated:
    """What the region's workbook says.

    Attributes:
        region: its title, who signs it, its notes and its own row 4; its numbers and other words
            are those of the municipalities, and row 4 too where it says nothing itself.
        municipalities: name → form, in the order of the sheets; one at least.
        earlier: the years to compare with, the oldest first: year → name → form.
        statuses: how each municipality stands with its report.
    """

    region: Appendix2
    municipalities: Mapping[str, Appendix2]
    earlier: Mapping[int, Mapping[str, Appendix2]]
    statuses: Sequence[Status] = ()


def region_xlsx(report: Consolidated, made_at: datetime) -> bytes:
    """Write the workbook; equal arguments, equal bytes.

    Args:
        report: what it says.
        made_at: aware; it becomes the document's time of creation.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, see bot/spreadsheet.py

    book, looks = Workbook(), Looks()
    summary = book.worksheets[0]
    summary.title = SUMMARY_SHEET
    status = book.create_sheet(STATUS_SHEET)
    comparison = book.create_sheet(COMPARISON_SHEET)
    formulas: dict[str, Mapping[str, float]] = {}
    titles = sheet_names(
        report.municipalities,
        taken=(SUMMARY_SHEET, STATUS_SHEET, COMPARISON_SHEET, NOTES_SHEET),
    )
    drawn: dict[str, Drawn] = {}
    for name, form in report.municipalities.items():
        drawn[name] = draw_appendix2(book.create_sheet(titles[name]), form, looks)
        formulas[titles[name]] = drawn[name].formulas
    cells = {
        name: {number: in_formula(titles[name], cell) for number, cell in each.cells.items()}
        for name, each in drawn.items()
    }
    region = _summed(report)
    sums = SumOf(_sums(cells), _words(region, report.municipalities))
    formulas[SUMMARY_SHEET] = draw_appendix2(summary, region, looks, sums).formulas
    formulas[COMPARISON_SHEET] = draw_comparison(
        comparison, {**report.earlier, region.year: report.municipalities}, cells, looks
    )
    draw_status(status, region.year, region.remark, report.statuses, looks)
    if region.notes:
        draw_notes(book.create_sheet(NOTES_SHEET), region.notes)
    return save(book, region, formulas, made_at)


def _summed(report: Consolidated) -> Appendix2:
    """Return the region's form with the numbers of its municipalities; of its words, row 4."""
    meetings: Counter[Audience] = Counter()
    people: Counter[Category] = Counter()
    for form in report.municipalities.values():
        meetings.update(form.meetings)
        people.update(form.people)
    return replace(
        report.region,
        meetings=meetings,
        people=people,
        other_organisations=(),
        photo_links=(),
    )


def _sums(cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    # The sheets are listed: LibreOffice breaks «first:last» over quoted names. A formula holds 255
    # of them and 8192 characters, three times the municipalities of any region.
    return {
        row.number: f"=SUM({','.join(each[row.number] for each in cells.values())})"
        for row in FORM
        if isinstance(row.counted, Meetings | People)
    }


def _words(region: Appendix2, forms: Mapping[str, Appendix2]) -> dict[str, list[tuple[str, str]]]:
    """Return what the municipalities say in the rows where the region has no words of its own."""
    return {
        row.number: [
            (name, words) for name, form in forms.items() for words in _pieces(words_of(form, row))
        ]
        for row in FORM
        if not words_of(region, row)
    }


def _pieces(words: str) -> list[str]:
    """Cut a long list into rows of the sheet, so that printing cuts no line of it in two."""
    lines = words.splitlines()
    starts = range(0, len(lines), _LINES_TOGETHER)
    return ["\n".join(lines[start : start + _LINES_TOGETHER]) for start in starts]
