"""The draft of a report as it reads on a phone: a narrow table, and what stands beside the form."""

from bot.appendix2 import FORM, Meetings, People, Words, form_values
from bot.i18n import Html, Speech, as_typed
from bot.report_forms import row_name, to_form
from bot.services.report_counting import ReportFacts

WIDTH = 34
"""Of a line of the table; a phone shows so many characters of one width."""

_NUMBER, _COUNT = 7, 6
LABEL_WIDTH = WIDTH - _NUMBER - _COUNT


def numbers_text(tr: Speech, report: ReportFacts) -> Html:
    """Return the title, the table and what stands beside it."""
    title = tr("report-caption-title", name=report.name, year=str(report.year))
    beside = "\n".join(_beside(tr, report))
    return Html("\n".join(filter(None, (title, _table(tr, report), beside))))


def _table(tr: Speech, report: ReportFacts) -> Html:
    """Return the numbers of the form; rows of people that nobody stands in are left out."""
    values = form_values(to_form(tr, report))
    shown, folded = [], 0
    for row in FORM:
        people = values[row.number]
        if isinstance(row.counted, Words):
            continue
        if not people and row.number not in {"1.", "2."} and not isinstance(row.counted, Meetings):
            folded += isinstance(row.counted, People)
            continue
        shown.append(f"{row.number:<{_NUMBER}}{row_name(tr, row):<{LABEL_WIDTH}}{people:>{_COUNT}}")
    table = Html(f"<pre>{as_typed(chr(10).join(shown))}</pre>")
    return Html(f"{table}\n{tr('draft-folded', rows=folded)}") if folded else table


def _beside(tr: Speech, report: ReportFacts) -> list[Html]:
    """Return unique people beside visits, what is outside the form, and what may be added."""
    lines = [tr("draft-people", visits=report.people_in_form, people=report.unique_people)]
    if report.people_outside_form:
        lines.append(tr("draft-young", people=report.people_outside_form))
    if report.meetings.outside_form:
        lines.append(
            tr(
                "draft-outside",
                meetings=report.meetings.outside_form,
                people=report.people.at_other_meetings,
            )
        )
    if report.attention.unconfirmed:
        lines.append(tr("draft-provisional", meetings=len(report.attention.unconfirmed)))
    return lines
