"""A report in words: the file's name and its caption."""

import re
from dataclasses import replace
from html import escape, unescape

from bot.cleaning import cut
from bot.i18n import Html, Speech
from bot.report_forms import named_meetings
from bot.services.consolidated import ConsolidatedFacts
from bot.services.report_counting import ReportFacts
from bot.vocabulary import PUPILS, Audience, Category, ReportSource

CAPTION_LENGTH = 900  # UTF-16 code units after the markup is read; the messenger takes 1024
_NAMED_IN_CAPTION = 5
_TITLE_IN_CAPTION = 60
_MISSING_IN_CAPTION = 8
_TAG = re.compile(r"<[^>]+>")


def file_name(tr: Speech, report: ReportFacts, source: ReportSource | None = None) -> str:
    """Return «Приложение 2 — Ачинск — 2026.xlsx»; of the region's drafts it says so."""
    if source is ReportSource.DRAFTS:
        return tr.plain("region-file-drafts", name=report.name, year=str(report.year))
    return tr.plain("report-file", name=report.name, year=str(report.year))


def caption(tr: Speech, report: ReportFacts) -> Html:
    """Return what is in the report, what is not and why, in at most 900 units.

    Meetings to see to are named as far as there is room: «… и ещё 7».
    """
    text = Html()
    for named in range(_NAMED_IN_CAPTION, -1, -1):
        parts = _caption_parts(tr, report, named)
        text = Html("\n\n".join("\n".join(lines) for lines in parts if lines))
        if len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2 <= CAPTION_LENGTH:
            break
    return text


def region_caption(tr: Speech, report: ConsolidatedFacts) -> Html:
    """Return what is in the region's report, and what it was made of."""
    region = report.region
    said = [
        tr(
            f"region-caption-{report.source.value}",
            accepted=report.accepted,
            places=len(report.rows),
        )
    ]
    if report.source is ReportSource.DRAFTS:
        return Html("\n\n".join([caption(tr, region), *said]))
    if report.missing:
        names = list(report.missing[:_MISSING_IN_CAPTION])
        if more := len(report.missing) - len(names):
            names.append(tr.plain("report-and-more", number=more))
        said.append(
            Html(f"{tr('region-caption-missing')} {escape(', '.join(names), quote=False)}.")
        )
    numbers = _numbers(tr, region) if report.accepted else []
    parts = [[_title(tr, region), *numbers], said, _besides(tr, region) if numbers else []]
    return Html("\n\n".join("\n".join(lines) for lines in parts if lines))


def _title(tr: Speech, report: ReportFacts) -> Html:
    return tr("report-caption-title", name=report.name, year=str(report.year))


def _caption_parts(tr: Speech, report: ReportFacts, named: int) -> list[list[Html]]:
    """Return the numbers, what is to be mended, and what stands outside the form."""
    title = _title(tr, report)
    attention = _attention(tr, report, named)
    if not report.meetings_in_form and not report.meetings.outside_form and not attention:
        return [[title], [tr("report-caption-empty")]]
    return [[title, *_numbers(tr, report)], attention, _besides(tr, report)]


def _besides(tr: Speech, report: ReportFacts) -> list[Html]:
    besides = []
    if report.unique_people:
        besides.append(tr("report-caption-unique", people=report.unique_people))
    if report.people_outside_form:
        besides.append(tr("report-caption-young", people=report.people_outside_form))
    if report.meetings.outside_form:
        besides.append(
            tr(
                "report-caption-outside",
                meetings=report.meetings.outside_form,
                people=report.people.at_other_meetings,
            )
        )
    if missing := _missing_signatures(report):
        besides.append(tr("report-caption-unsigned", missing=missing))
    return besides


def _numbers(tr: Speech, report: ReportFacts) -> list[Html]:
    audiences = report.meetings.by_audience
    people = report.people.by_category
    in_form = report.people_in_form
    pupils = sum(people.get(each, 0) for each in PUPILS) - report.people_outside_form
    parents = people.get(Category.PARENT, 0)
    employers = people.get(Category.HEAD, 0) + people.get(Category.EMPLOYEE, 0)
    return [
        tr(
            "report-caption-meetings",
            total=report.meetings_in_form,
            students=audiences.get(Audience.STUDENTS, 0),
            parents=audiences.get(Audience.PARENTS, 0),
            employers=audiences.get(Audience.EMPLOYERS, 0),
        ),
        tr(
            "report-caption-people",
            total=in_form,
            pupils=pupils,
            parents=parents,
            employers=employers,
            others=in_form - pupils - parents - employers,
        ),
    ]


def _attention(tr: Speech, report: ReportFacts, named: int) -> list[Html]:
    lines = []
    for key, meetings in (
        ("report-caption-unconfirmed", report.attention.unconfirmed),
        ("report-caption-nobody", report.attention.without_attendance),
    ):
        if meetings:
            lines.append(tr(key, number=len(meetings)))
            if named:
                short = [
                    replace(each, title=cut(each.title, _TITLE_IN_CAPTION)) for each in meetings
                ]
                names = named_meetings(tr, short, named, with_place=report.municipality_id is None)
                lines.append(Html(escape(names, quote=False)))
    return lines


def _missing_signatures(report: ReportFacts) -> str:
    match report.coordinator, report.curator:
        case None, None:
            return "both"
        case None, _:
            return "coordinator"
        case _, None:
            return "curator"
        case _:
            return ""
