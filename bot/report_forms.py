"""A counted year as its workbook: the form itself is always in Russian. Run it off the loop."""

from collections.abc import Sequence

from bot import exports, region_workbook
from bot.appendix2 import Appendix2, Row
from bot.i18n import Speech, Texts
from bot.services.counted import MeetingName
from bot.services.report_counting import FormFacts, RegionReport, ReportFacts

_NAMED_IN_FORM = 30


def report_xlsx(texts: Texts, report: ReportFacts | RegionReport) -> bytes:
    """Write the workbook of a municipality's year, or of the region's."""
    if isinstance(report, ReportFacts):
        russian = texts.speak("ru", report.made_at, report.timezone)
        form = to_form(russian, report, _notes(russian, report))
        return exports.appendix2_xlsx(form, report.made_at)
    region = report.region
    russian = texts.speak("ru", region.made_at, region.timezone)
    consolidated = region_workbook.Consolidated(
        region=to_form(russian, region, _notes(russian, region)),
        municipalities={each.name: to_form(russian, each) for each in report.municipalities},
        earlier={
            year: {each.name: to_form(russian, each) for each in forms}
            for year, forms in report.earlier.items()
        },
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
        proposals=report.proposals,
        coordinator_name=report.coordinator.name if report.coordinator else "",
        curator_name=report.curator.name if report.curator else "",
        curator_phone=report.curator.phone if report.curator else "",
        notes=notes,
    )


def row_name(tr: Speech, row: Row) -> str:
    """Return what a row of the form is called where there is little room."""
    return tr.name_of("draft-row", row.number.rstrip(".").replace(".", "-"))


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
            names = named_meetings(tr, meetings, _NAMED_IN_FORM, with_place=with_place)
            notes.append(f"{tr.plain(key, number=len(meetings))} {names}.")
    return notes
