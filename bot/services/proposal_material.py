"""What row 4 can be drafted from: a year's answers, the notes about its meetings, other places.

Whoever reads the report did not run the meetings. So nothing is told of fewer than five people: no
average, no theme, and no comment about a meeting that fewer answered about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.models import AnnualReport, Feedback, Meeting, Municipality
from bot.rules import FEWEST_ANSWERS, whole_year
from bot.services.core import Account, Core
from bot.services.counting import YearCount
from bot.services.export_scope import Wanted
from bot.services.report_place import get_written_place, get_written_region
from bot.services.results import answered_by_enough, confirmed
from bot.services.year_feedback import FormatRating, get_counted_scope, get_year_feedback
from bot.themes import Theme, find_words
from bot.vocabulary import ExportKind

_READ = 500
"""So many comments are looked through for an example; the latest ones."""

_SHORTEST = 12
"""A comment of fewer characters is no example of anything."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note about a meeting."""

    title: str
    starts_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ThemeExample:
    """A theme that recurs, and a comment that has it; empty where none may be quoted."""

    theme: Theme
    comment: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a municipality's year says.

    Attributes:
        timezone: of the municipality.
        answers: how many there are.
        formats: those with an average, the best first.
        themes: the most frequent first.
        notes: in the order of time.
    """

    timezone: str
    answers: int
    formats: tuple[FormatRating, ...]
    themes: tuple[ThemeExample, ...]
    notes: tuple[Noted, ...]


async def get_material(core: Core, account: Account, municipality_id: int, year: int) -> Material:
    """Return what a municipality's proposals of a year can be drafted from.

    Raises:
        Forbidden: this account may not write them.
        Refused: the year lies ahead.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        _, place = await get_written_place(session, core, account, municipality_id, year)
        over = YearCount(session, [place], year, core.clock.now()).over
        noted = await session.execute(
            select(Meeting.title, Meeting.starts_at, Meeting.note)
            .where(over, Meeting.cancelled_at.is_(None), Meeting.note != "")
            .order_by(Meeting.starts_at, Meeting.id)
        )
        notes = tuple(Noted(*row) for row in noted)
    wanted = Wanted(ExportKind.FEEDBACK, whole_year(year), municipality_id)
    feedback = await get_year_feedback(core, account, wanted)
    themes = [each for each in feedback.themes if each.comments >= FEWEST_ANSWERS]
    comments = await _read_comments(core, account, wanted) if themes else ()
    return Material(
        timezone=place.timezone,
        answers=feedback.answers,
        formats=feedback.formats,
        themes=_with_examples(themes, comments),
        notes=notes,
    )


async def get_proposals_for_region(
    core: Core, account: Account, year: int
) -> tuple[tuple[str, str], ...]:
    """Return what municipalities propose for the region in a year, with their names, by name.

    Raises:
        Forbidden: this account may not write the region's.
        Refused: the year lies ahead.
        NotFound: there is no region yet.
    """
    async with core.db.read() as session:
        await get_written_region(session, core, account, year)
        rows = await session.execute(
            select(Municipality.name, AnnualReport.proposals_for_region)
            .join(AnnualReport, AnnualReport.municipality_id == Municipality.id)
            .where(AnnualReport.year == year, AnnualReport.proposals_for_region != "")
            .order_by(Municipality.name)
        )
        return tuple((name, text) for name, text in rows)


async def _read_comments(core: Core, account: Account, wanted: Wanted) -> Sequence[str]:
    """Return the latest comments about meetings that five people or more answered about."""
    async with core.db.read() as session:
        scope = await get_counted_scope(session, core, account, wanted)
        found = await session.scalars(
            select(Feedback.comment)
            .where(answered_by_enough(scope.meetings), confirmed(), Feedback.comment != "")
            .order_by(Feedback.id.desc())
            .limit(_READ)
        )
        return found.all()


def _with_examples(themes: Sequence[Theme], comments: Sequence[str]) -> tuple[ThemeExample, ...]:
    """Find a comment for each theme: the shortest that says something, each at most once.

    A theme that only stands where one before it does says nothing more and is left out.
    """
    found = []
    said = {each for each in comments if len(each) >= _SHORTEST}
    left = sorted(said, key=lambda each: (len(each), each))
    told: set[str] = set()
    for theme in themes:
        having = {each for each in comments if _has(each, theme)}
        if having and having <= told:
            continue
        told |= having
        example = next((each for each in left if _has(each, theme)), "")
        if example:
            left.remove(example)
        found.append(ThemeExample(theme, example))
    return tuple(found)


def _has(comment: str, theme: Theme) -> bool:
    return not {*theme.words}.isdisjoint(find_words(comment))
