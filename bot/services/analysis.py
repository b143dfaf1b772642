"""The analysis of a year (7.3, row 3.1) as facts: for a municipality, or for the region.

Numbers are those of the report and of its pictures, over the same meetings: held, confirmed and of
the form. Of what people said there is only what names nobody (`bot.rules.anonymity`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.errors import Forbidden, NotFound
from bot.models import Municipality
from bot.rules import FEWEST_ANSWERS, may_see_report, shown_apart, whole_year
from bot.services import analysis_counting as counting
from bot.services import deadline_marks
from bot.services.access import Actor, get_actor
from bot.services.analysis_counting import Triangle
from bot.services.core import Account, Core
from bot.services.period_counting import PeriodCount
from bot.services.regions import municipalities_between
from bot.services.report_counting import FormFacts, ReportFacts, count_municipality, count_region
from bot.services.results import average
from bot.services.statistic_facts import (
    OFTEN,
    Month,
    Rated,
    Ratings,
    Visits,
    count_months,
    sum_ratings,
)
from bot.services.year_feedback import FormatRating, count_words, rank_formats
from bot.themes import Theme
from bot.vocabulary import Audience, DoneWhen, Format, Settled

_THEMES = 10


@dataclass(frozen=True, slots=True)
class Opinions:
    """What people said after the meetings, as far as it names nobody.

    Attributes:
        ratings: of all answers, and by format.
        formats: those that may stand for themselves, the best first.
        by_side: average ratings of pupils, parents and employers, where they may be told apart.
        useful: what was ticked and how often, from five ticks on, the most frequent first.
        comments: how many there are.
        themes: that recur in five of them and more.
    """

    ratings: Ratings
    formats: tuple[FormatRating, ...]
    by_side: dict[Audience, Rated]
    useful: tuple[tuple[str, int], ...]
    comments: int
    themes: tuple[Theme, ...]

    @property
    def answers(self) -> int:
        """How many answers count."""
        return self.ratings.answers


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the region: how many municipalities held a meeting of the form, and how many there are."""

    with_meetings: int
    municipalities: int


@dataclass(frozen=True, slots=True)
class YearAnalysis:
    """A year, to be held against the tasks and expected results of the project.

    Attributes:
        report: the form of Appendix 2 and what is said beside it.
        months: each of them, with its meetings and people.
        visits: who comes again.
        triangle: at how many meetings the sides met.
        formats: how many meetings of each, the most frequent first.
        venues: different places where people met in person.
        organisations: different ones that row 2.11 lists.
        photo_links: of row 3, by municipality; only those that have some.
        speakers: who spoke or hosted, per meeting.
        reach: None for a municipality.
    """

    report: ReportFacts
    months: tuple[Month, ...]
    visits: Visits
    triangle: Triangle
    formats: tuple[tuple[Format, int], ...]
    venues: int
    organisations: int
    speakers: int
    opinions: Opinions
    reach: Reach | None
    photo_links: tuple[tuple[str, tuple[str, ...]], ...]


async def get_analysis(
    core: Core, account: Account, year: int, municipality_id: int | None
) -> YearAnalysis:
    """Return a year of a municipality, or of the region (None), as its analysis shows it.

    The comments are read page by page after the numbers, each page in a transaction of its own.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality, or no region yet.
    """
    now, period = core.clock.now(), whole_year(year)

    async def count(session: AsyncSession) -> PeriodCount:
        return PeriodCount(session, await _find_places(session, municipality_id), period, now)

    async def meetings(session: AsyncSession) -> ColumnElement[bool]:
        await _check_may_see(session, core, account, municipality_id)
        return (await count(session)).held

    async with core.db.read() as session:
        actor = await _check_may_see(session, core, account, municipality_id)
        reach = None
        if municipality_id is None:
            region = await count_region(session, year, now, actor.person_id)
            report = region.region
            forms: Sequence[FormFacts] = region.municipalities
            reach = Reach(sum(each.meetings_in_form > 0 for each in forms), len(forms))
        else:
            report = await count_municipality(session, municipality_id, year, now, actor.person_id)
            forms = (report,)
        counted = await count(session)
        visits = await counted.visits(OFTEN)
        found = YearAnalysis(
            report=report,
            months=count_months(await counted.meetings(), period),
            visits=Visits(visits[1], visits[2], visits[OFTEN]),
            triangle=await counting.count_triangle(session, counted.held),
            formats=await counting.count_formats(session, counted.held),
            venues=await counting.count_venues(session, counted.held),
            organisations=_count_organisations(forms),
            speakers=await counting.count_speakers(session, counted.held),
            opinions=await _hear(session, counted),
            reach=reach,
            photo_links=tuple((form.name, form.photo_links) for form in forms if form.photo_links),
        )
    words = await count_words(core, meetings)
    themes = words.most_frequent(_THEMES, least=FEWEST_ANSWERS)
    opinions = replace(found.opinions, comments=words.total, themes=themes)
    return replace(found, opinions=opinions)


async def find_owed_analysis(
    core: Core, account: Account, year: int, municipality_id: int | None
) -> str | None:
    """Return the code of the deadline that the document settles, once somebody hands it in.

    None where it is not owed, settled already, or not this account's to settle.
    """
    for deadline in core.deadlines:
        if deadline.done_when is not DoneWhen.ANALYSIS:
            continue
        try:
            found = await deadline_marks.get_deadline(
                core, account, deadline.code, year, municipality_id
            )
        except (Forbidden, NotFound):
            continue
        if Settled.DONE in found.may_say:
            return deadline.code
    return None


async def _hear(session: AsyncSession, counted: PeriodCount) -> Opinions:
    """Return what people said, without their words."""
    ratings = await counted.ratings()
    sides, _ = shown_apart(await counting.count_ratings_by_side(session, counted.held))
    ticks = await counting.count_useful(session, counted.held)
    return Opinions(
        ratings=sum_ratings(ratings),
        formats=rank_formats(ratings),
        by_side={
            side: Rated(average(numbers) or 0.0, sum(numbers))
            for side, numbers in sides.items()
            if side is not None
        },
        useful=tuple(each for each in ticks.most_common() if each[1] >= FEWEST_ANSWERS),
        comments=0,
        themes=(),
    )


def _count_organisations(forms: Iterable[FormFacts]) -> int:
    listed = (name for form in forms for name, _ in form.people.other_organisations)
    return len({fold(name) for name in listed if name})


async def _find_places(session: AsyncSession, municipality_id: int | None) -> list[Municipality]:
    if municipality_id is None:
        return await municipalities_between(session, date.min, date.max)
    return [await session.get_one(Municipality, municipality_id)]


async def _check_may_see(
    session: AsyncSession, core: Core, account: Account, municipality_id: int | None
) -> Actor:
    actor = await get_actor(session, core, account)
    if not may_see_report(actor.grants, municipality_id):
        raise Forbidden("forbidden-report")
    return actor
