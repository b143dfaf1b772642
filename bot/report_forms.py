"""A counted year as its workbook: the form itself is always in Russian. Run it off the loop."""

from collections.abc import Sequence
from dataclasses import replace

from bot import exports, region_workbook
from bot.appendix2 import Appendix2, Row
from bot.i18n import Speech, Texts
from bot.report_source_words import remarks_of, source_line, status_of
from bot.services.consolidated import ConsolidatedFacts
from bot.services.counted import MeetingName
from bot.services.report_counting import FormFacts, ReportFacts
from bot.vocabulary import ReportSource

_NAMED_IN_FORM = 30


def report_xlsx(texts: Texts, report: ReportFacts | ConsolidatedFacts) -> bytes:
    """Write the workbook of a municipality's year, or of the region's."""
    if isinstance(report, ReportFacts):
        russian = texts.speak("ru", report.made_at, report.timezone)
        form = to_form(russian, report, notes_of(russian, report))
        return exports.appendix2_xlsx(form, report.made_at)
    region = report.region
    russian = texts.speak("ru", region.made_at, region.timezone)
    remarks = remarks_of(russian, report)
    consolidated = region_workbook.Consolidated(
        region=replace(
            to_form(russian, region, _region_notes(russian, report)),
            remark=source_line(russian, report),
        ),
        municipalities={
            each.name: replace(
                to_form(russian, each),
                remark=remarks[each.name],
                is_blank=each.name in report.missing,
            )
            for each in report.municipalities
        },
        earlier={
            year: {each.name: to_form(russian, each) for each in forms}
            for year, forms in report.earlier.items()
        },
        statuses=[status_of(russian, row, report.source) for row in report.rows],
    )
    return region_workbook.region_xlsx(consolidated, region.made_at)


def to_form(russian: Speech, report: FormFacts, notes: Sequence[str] = ()) -> Appendix2:
    """Return the form of Appendix 2 for a report."""
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
        proposals=_proposals(russian, report),
        coordinator_name=report.coordinator.name if report.coordinator else "",
        curator_name=report.curator.name if report.curator else "",
        curator_phone=report.curator.phone if report.curator else "",
        notes=notes,
    )


def row_name(tr: Speech, row: Row) -> str:
    """Return what a row of the form is called where there is little room."""
    return tr.name_of("draft-row", row.number.rstrip(".").replace(".", "-"))


def _proposals(russian: Speech, report: FormFacts) -> str:
    """Return row 4: what is said for the municipality, then what for the region, named where so."""
    parts = [report.proposals] if report.proposals else []
    if report.proposals_for_region:
        parts.append(f"{russian.plain('report-for-region')} {report.proposals_for_region}")
        if report.proposals:
            parts[0] = f"{russian.plain('report-for-municipality')} {report.proposals}"
    return "\n".join(parts)


def named_meetings(
    tr: Speech, meetings: Sequence[MeetingName], limit: int, *, with_place: bool
) -> str:
    """Return «Title» (day, place) of the first so many meetings, and how many more there are."""
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


def _region_notes(tr: Speech, report: ConsolidatedFacts) -> list[str]:
    """Return what is said besides: of accepted reports only what they say themselves."""
    if report.source is ReportSource.DRAFTS:
        return notes_of(tr, report.region)
    notes = _outside_form(tr, report.region)
    if report.missing:
        said = tr.plain("region-note-missing", number=len(report.missing))
        notes.append(f"{said} {', '.join(report.missing)}.")
    return notes


def notes_of(tr: Speech, report: ReportFacts) -> list[str]:
    """Return what a reader of the form must know: what is not counted, and who stands outside."""
    with_place = report.municipality_id is None
    notes = [
        tr.plain("report-note-unique", people=report.unique_people),
        *_outside_form(tr, report),
    ]
    for key, meetings in (
        ("report-note-unconfirmed", report.attention.unconfirmed),
        ("report-note-nobody", report.attention.without_attendance),
    ):
        if meetings:
            # Beside the sentence and not in it: a Fluent message holds no longer texts.
            names = named_meetings(tr, meetings, _NAMED_IN_FORM, with_place=with_place)
            notes.append(f"{tr.plain(key, number=len(meetings))} {names}.")
    return notes


def _outside_form(tr: Speech, report: FormFacts) -> list[str]:
    notes = []
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
    return notes
