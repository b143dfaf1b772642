"""A report in words: the file's name, its caption, the notes under the form."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape

from bot.appendix2 import Appendix2
from bot.cleaning import cut
from bot.i18n import Html, Speech
from bot.services.counting import MeetingName
from bot.services.reports import ReportFacts
from bot.vocabulary import PUPILS, Audience, Category

CAPTION_LENGTH = 900  # UTF-16 code units after the markup is read; the messenger takes 1024
_NAMED_IN_CAPTION = 5
_TITLE_IN_CAPTION = 60
_NAMED_IN_FORM = 30
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


def to_form(russian: Speech, report: ReportFacts) -> Appendix2:
    """Return the form of Appendix 2 for a report; the form itself is always in Russian."""
    proposals = [
        text if report.municipality_id is not None else f"{name}: {text}"
        for name, text in report.proposals
    ]
    return Appendix2(
        genitive=report.genitive,
        year=report.year,
        meetings=report.meetings.by_audience,
        people=report.people.by_category,
        other_organisations=[
            (name or russian.plain("report-organisation-unnamed"), people)
            for name, people in report.people.other_organisations
        ],
        photo_links=report.photo_links,
        proposals="\n".join(proposals),
        coordinator_name=report.coordinator.name if report.coordinator else "",
        curator_name=report.curator.name if report.curator else "",
        curator_phone=report.curator.phone if report.curator else "",
        notes=_notes(russian, report),
    )


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
                names = _names(tr, short, named, with_place=report.municipality_id is None)
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


def _notes(tr: Speech, report: ReportFacts) -> list[str]:
    with_place = report.municipality_id is None
    notes = [tr.plain("report-note-unique", people=report.unique_people)]
    if report.people_outside_form:
        notes.append(tr.plain("report-note-young", people=report.people_outside_form))
    if report.meetings.outside_form:
        notes.append(
            tr.plain(
                "report-note-outside",
                meetings=report.meetings.outside_form,
                people=report.people.at_other_meetings,
            )
        )
    for key, meetings in (
        ("report-note-unconfirmed", report.attention.unconfirmed),
        ("report-note-nobody", report.attention.without_attendance),
    ):
        if meetings:
            # Beside the sentence and not in it: a Fluent message holds no longer texts.
            names = _names(tr, meetings, _NAMED_IN_FORM, with_place=with_place)
            notes.append(f"{tr.plain(key, number=len(meetings))} {names}.")
    return notes


def _names(tr: Speech, meetings: Sequence[MeetingName], limit: int, *, with_place: bool) -> str:
    names = [
        tr.plain(
            "report-meeting",
            title=meeting.title,
            day=tr.short_day(meeting.starts_at, meeting.timezone),
            place=meeting.municipality if with_place else "none",
        )
        for meeting in meetings[:limit]
    ]
    more = len(meetings) - len(names)
    if more:
        names.append(tr.plain("report-and-more", number=more))
    return ", ".join(names)
