"""A report in words: the file's name and its caption."""

import re
from dataclasses import replace
from html import escape, unescape

from bot.cleaning import cut
from bot.i18n import Html, Speech
from bot.report_forms import named_meetings
from bot.services.report_counting import ReportFacts
from bot.vocabulary import PUPILS, Audience, Category

CAPTION_LENGTH = 900  # UTF-16 code units after the markup is read; the messenger takes 1024
_NAMED_IN_CAPTION = 5
_TITLE_IN_CAPTION = 60
_TAG = re.compile(r"<[^>]+>")


def file_name(tr: Speech, report: ReportFacts) -> str:
    """Return «Приложение 2 — Ачинск — 2026.xlsx»."""
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


def _caption_parts(tr: Speech, report: ReportFacts, named: int) -> list[list[Html]]:
    """Return the numbers, what is to be mended, and what stands outside the form."""
    title = tr("report-caption-title", name=report.name, year=str(report.year))
    attention = _attention(tr, report, named)
    if not report.meetings_in_form and not report.meetings.outside_form and not attention:
        return [[title], [tr("report-caption-empty")]]
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
    return [[title, *_numbers(tr, report)], attention, besides]


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
