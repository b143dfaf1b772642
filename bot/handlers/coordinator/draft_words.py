"""The draft of a report as it reads on a phone: a narrow table, and what stands beside the form."""

from bot.appendix2 import FORM, People, Row, Words, form_values
from bot.deadline_words import gap_lines
from bot.i18n import Html, Speech, as_typed
from bot.report_forms import row_name, to_form
from bot.services.deadline_ledger import gaps_of
from bot.services.finding_facts import Finding, FindingKind, YearFindings
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


def shown_rows(tr: Speech, report: ReportFacts) -> list[tuple[Row, int]]:
    """Return the rows that have a number to show; of people, only those in which somebody is."""
    values = form_values(to_form(tr, report))
    return [
        (row, int(values[row.number]))
        for row in FORM
        if not isinstance(row.counted, Words)
        and (values[row.number] or row.number == "2." or row.number.startswith("1."))
    ]


def findings_text(tr: Speech, found: YearFindings) -> Html:
    """Return what stands in the way, a line each, or that nothing does."""
    lines = gap_lines(tr, gaps_of(found))
    if not lines:
        return tr("draft-clear")
    return Html("\n".join([tr("draft-in-way"), *(f"• {line}" for line in lines)]))


def finding_label(tr: Speech, finding: Finding, timezone: str) -> str:
    """Return «сб 14 мар · Инженеры будущего», of a duplicate with both times."""
    meeting = finding.meetings[0]
    parts = [tr.short_day(meeting.starts_at, timezone), meeting.title]
    if finding.kind is FindingKind.DUPLICATES:
        parts.insert(1, ", ".join(tr.time(each.starts_at, timezone) for each in finding.meetings))
    return " · ".join(parts)


def finding_text(tr: Speech, finding: Finding, timezone: str) -> Html:
    """Return which meeting it is, what is wrong with it, and what was said of that."""
    meeting = finding.meetings[0]
    when = tr.when(meeting.starts_at, timezone=timezone, lasting=True)
    lines: list[str] = [tr("finding-meeting", title=meeting.title, when=when)]
    if meeting.place:
        lines.append(tr("finding-place", place=meeting.place))
    times = ", ".join(tr.time(each.starts_at, timezone) for each in finding.meetings)
    lines.append("")
    lines.append(
        tr(
            f"finding-says-{finding.kind}",
            number=finding.number,
            people=meeting.people,
            answers=meeting.answers,
            times=times,
        )
    )
    if finding.answer and finding.kind is FindingKind.DUPLICATES:
        lines.append(tr("finding-told-apart"))
    elif finding.answer:
        lines.append(tr("finding-answer", answer=finding.answer))
    return Html("\n".join(lines))


def _table(tr: Speech, report: ReportFacts) -> Html:
    rows = shown_rows(tr, report)
    lines = [
        f"{row.number:<{_NUMBER}}{row_name(tr, row):<{LABEL_WIDTH}}{number:>{_COUNT}}"
        for row, number in rows
    ]
    table = Html(f"<pre>{as_typed(chr(10).join(lines))}</pre>")
    shown = sum(isinstance(row.counted, People) for row, _ in rows)
    folded = sum(isinstance(row.counted, People) for row in FORM) - shown
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
