"""The analysis of a year in words: always in Russian, as the form is. Run it off the loop."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import appendix2, charts
from bot.analysis_paper import AnalysisPaper, Form, FormRow, Links, SignatureLine, Voices
from bot.handlers.coordinator.analysis_points import chapters, ticks
from bot.handlers.coordinator.stats_charts import chart_of
from bot.handlers.coordinator.stats_words import said_of_ratings
from bot.i18n import Speech
from bot.papers import analysis_pdf
from bot.regulation import GOAL
from bot.report_forms import notes_of, to_form
from bot.results_words import named_formats
from bot.rules import FEWEST_ANSWERS, whole_year
from bot.services.analysis import YearAnalysis
from bot.services.report_counting import ReportFacts
from bot.services.results import average
from bot.services.statistic_facts import Facts, People, Picture
from bot.services.statistics import Area, Looked
from bot.services.year_feedback import best_and_weakest
from bot.vocabulary import Category

_LINKS_IN_FORM = 3
"""More of them stand at the end of the document."""


def make_analysis(russian: Speech, year: YearAnalysis) -> bytes:
    """Write the document as PDF.

    Args:
        russian: the voice of the document, at the moment of its numbers in its time zone.
        year: what it says.
    """
    return analysis_pdf(to_paper(russian, year))


def state_of_data(tr: Speech, report: ReportFacts) -> tuple[bool, str]:
    """Return whether something is missing before the numbers are right, and on what they rest."""
    lacking = [
        tr.plain(key, number=len(meetings))
        for key, meetings in (
            ("analysis-state-unconfirmed", report.attention.unconfirmed),
            ("analysis-state-nobody", report.attention.without_attendance),
        )
        if meetings
    ]
    if not report.meetings_in_form and not lacking:
        return True, tr.plain("analysis-state-empty")
    day = tr.date_of(report.made_at, report.timezone)
    so_far = (
        tr.plain("analysis-state-over")
        if _local(report).year > report.year
        else tr.plain("analysis-state-running", day=day)
    )
    return bool(lacking), " ".join([so_far, *(lacking or [tr.plain("analysis-state-sure")])])


def to_paper(tr: Speech, year: YearAnalysis) -> AnalysisPaper:
    """Return what the document says."""
    report = year.report
    draft, state = state_of_data(tr, report)
    form = to_form(tr, report)
    day = tr.date_of(report.made_at, report.timezone)
    of_region = report.municipality_id is None
    label = tr.plain("analysis-state-draft" if draft else "analysis-state-confirmed")
    return AnalysisPaper(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        basis=tr.plain("analysis-basis-region" if of_region else "analysis-basis-place"),
        title=tr.plain("analysis-title"),
        subtitle=tr.plain("analysis-subtitle", genitive=report.genitive, year=str(report.year)),
        goal=(tr.plain("analysis-goal"), GOAL),
        facts=(
            (
                tr.plain("analysis-coordinator"),
                form.coordinator_name or tr.plain("analysis-unsigned"),
            ),
            (tr.plain("analysis-curator"), _curator(form) or tr.plain("analysis-unsigned")),
            (tr.plain("analysis-made-label"), tr.plain("analysis-made", day=day)),
        ),
        state=(label, state),
        draft=draft,
        totals=_totals(tr, year),
        chapters=chapters(tr, year),
        form=_form(tr, year, form),
        voices=_voices(tr, year),
        proposals=(
            tr.plain("analysis-proposals"),
            form.proposals or tr.plain("analysis-proposals-none"),
        ),
        signatures=(
            SignatureLine(
                appendix2.COORDINATOR, form.coordinator_name, appendix2.COORDINATOR_UNDER_LINE
            ),
            SignatureLine(appendix2.CURATOR, _curator(form), ""),
        ),
        pictures=(tr.plain("analysis-pictures"), _draw(tr, year)),
        photos=(tr.plain("analysis-photos"), () if _links_fit(year) else _links(year)),
        foot=tr.plain("analysis-foot", name=report.name, year=str(report.year), day=day),
        page=tr.plain("analysis-page"),
    )


def _local(report: ReportFacts) -> datetime:
    return report.made_at.astimezone(ZoneInfo(report.timezone))


def _curator(form: appendix2.Appendix2) -> str:
    return ", ".join(filter(None, (form.curator_name, form.curator_phone)))


def _totals(tr: Speech, year: YearAnalysis) -> tuple[tuple[str, str], ...]:
    report = year.report
    totals = [
        ("analysis-total-meetings", tr.whole(report.meetings_in_form)),
        ("analysis-total-people", tr.whole(report.people_in_form)),
        ("analysis-total-unique", tr.whole(report.unique_people)),
    ]
    mean = average(year.opinions.ratings.ratings)
    if mean is not None:
        totals.append(("analysis-total-rating", tr.decimal(mean)))
    return tuple((tr.plain(key), number) for key, number in totals)


def _form(tr: Speech, year: YearAnalysis, form: appendix2.Appendix2) -> Form:
    values = appendix2.form_values(form)
    rows = []
    for row in appendix2.FORM:
        value = values[row.number]
        words = _words(tr, year, form, row)
        shown = str(value) if isinstance(value, int) else "" if words else "—"
        rows.append(FormRow(row.number, row.label, row.unit, shown, words, row.bold))
    return Form(
        heading=tr.plain("analysis-form"),
        columns=appendix2.COLUMNS,
        rows=tuple(rows),
        notes=tuple(notes_of(tr, year.report)),
    )


def _words(
    tr: Speech, year: YearAnalysis, form: appendix2.Appendix2, row: appendix2.Row
) -> tuple[str, ...]:
    """Return the words of a row; what would fill pages stands elsewhere, and the row says where."""
    words = tuple(appendix2.words_of(form, row).splitlines())
    match row.counted:
        case appendix2.People(Category.OTHER) if words:
            return ("; ".join(words),)
        case appendix2.People(Category.OTHER) if year.organisations:
            return (tr.plain("analysis-form-organisations", number=year.organisations),)
        case appendix2.Words("proposals"):
            return (tr.plain("analysis-form-below"),)
        case appendix2.Words("photo_links") if not _links_fit(year):
            number = sum(len(place.links) for place in _links(year))
            return (tr.plain("analysis-form-photos", number=number),)
        case _:
            return words


def _links(year: YearAnalysis) -> tuple[Links, ...]:
    return tuple(Links(name, links) for name, links in year.photo_links)


def _links_fit(year: YearAnalysis) -> bool:
    """Return whether the form itself has room for the links; the region's form has none of them."""
    links = year.report.photo_links
    return len(links) <= _LINKS_IN_FORM and bool(links or not year.photo_links)


def _draw(tr: Speech, year: YearAnalysis) -> tuple[str, ...]:
    report = year.report
    people = People(report.meetings_in_form, report.people.by_category)
    shown: tuple[tuple[Picture, Facts], ...] = (
        (Picture.CATEGORIES, people),
        (Picture.MONTHS, year.months),
        (Picture.RATINGS, year.opinions.ratings),
    )
    where = Area(report.name, _local(report).date())
    drawn = (
        chart_of(tr, picture, Looked(where, False, whole_year(report.year), facts))
        for picture, facts in shown
    )
    return tuple(charts.draw_svg(chart) for chart in drawn if chart is not None)


def _voices(tr: Speech, year: YearAnalysis) -> Voices:
    said = year.opinions
    lines = [said_of_ratings(tr, said.ratings) or tr.plain("analysis-nobody")]
    best, weakest = best_and_weakest(said.formats)
    if best:
        lines.append(tr.plain("analysis-best", formats=named_formats(tr, best)))
        lines.append(tr.plain("analysis-weakest", formats=named_formats(tr, weakest)))
    if said.useful:
        lines.append(tr.plain("analysis-useful", ticks=ticks(tr, said.useful)))
    return Voices(
        heading=tr.plain("analysis-voices"),
        lines=tuple(lines),
        themes_heading=tr.plain("analysis-themes"),
        themes=tuple((", ".join(theme.words), str(theme.comments)) for theme in said.themes),
        about=tr.plain("analysis-themes-about", comments=said.comments, fewest=FEWEST_ANSWERS)
        if said.comments
        else "",
    )
