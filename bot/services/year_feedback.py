"""A year's answers: which formats people liked, and which words recur in their comments.

About the meetings that the form counts, as in the statistics and the analysis. Whoever does not run
them is told no theme that fewer than five commented on: a name that recurs would be one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Feedback, Meeting
from bot.rules import FEWEST_ANSWERS, shown_apart
from bot.services.core import Account, Core
from bot.services.counting import counted_by
from bot.services.export_scope import Scope, Wanted, get_scope
from bot.services.exporting import PER_PAGE
from bot.services.period_counting import count_ratings
from bot.services.results import average, confirmed
from bot.themes import LEAST_COMMENTS, Theme, Themes
from bot.vocabulary import Format

_THEMES = 8
_NAMED = 2
"""So many of the best and of the weakest formats are named, if there are as many."""


@dataclass(frozen=True, slots=True)
class FormatRating:
    """What the answers about meetings of one format come to."""

    format: Format
    answers: int
    average: float


@dataclass(frozen=True, slots=True)
class YearFeedback:
    """The answers that count about a year's meetings.

    Attributes:
        name: of the municipality or region; empty for one's own meetings.
        formats: those with enough answers for an average that names nobody, the best first.
        comments: how many there are.
        themes: that recur in them.
        fewest: in so many comments a theme recurs, for this reader.
        shows_names: whether the reader runs these meetings.
    """

    name: str
    answers: int
    formats: tuple[FormatRating, ...]
    comments: int
    themes: tuple[Theme, ...]
    fewest: int
    shows_names: bool


async def get_year_feedback(core: Core, account: Account, wanted: Wanted) -> YearFeedback:
    """Return what a year's answers say, the comments read page by page.

    Raises:
        Forbidden: this account may not have it.
        NotFound: no such municipality.
    """
    async with core.db.read() as session:
        scope = await get_counted_scope(session, core, account, wanted)
        found = await count_ratings(session, scope.meetings)

    async def meetings(session: AsyncSession) -> ColumnElement[bool]:
        return (await get_counted_scope(session, core, account, wanted)).meetings

    themes = await count_words(core, meetings)
    fewest = LEAST_COMMENTS if scope.shows_names else FEWEST_ANSWERS
    return YearFeedback(
        name=scope.name,
        answers=sum(map(sum, found.values())),
        formats=rank_formats(found),
        comments=themes.total,
        themes=themes.most_frequent(_THEMES, least=fewest),
        fewest=fewest,
        shows_names=scope.shows_names,
    )


async def get_counted_scope(
    session: AsyncSession, core: Core, account: Account, wanted: Wanted
) -> Scope:
    """Return what an export is about, without the meetings that the form does not count.

    Raises:
        Forbidden: this account may not have it.
        NotFound: no such municipality.
    """
    scope = await get_scope(session, core, account, wanted)
    return replace(scope, meetings=and_(scope.meetings, counted_by(core.clock.now())))


def rank_formats(found: Mapping[Format, Sequence[int]]) -> tuple[FormatRating, ...]:
    """Return the averages of the formats that may be shown apart, the best first.

    Args:
        found: of each format, how many gave 1, 2, 3, 4 and 5.
    """
    rated = [
        FormatRating(kind, sum(ratings), average(ratings) or 0.0)
        for kind, ratings in shown_apart(found)[0].items()
    ]
    return tuple(sorted(rated, key=lambda each: (-each.average, each.format)))


def best_and_weakest(
    rated: Sequence[FormatRating],
) -> tuple[tuple[FormatRating, ...], tuple[FormatRating, ...]]:
    """Return the best formats and the weakest, none of them in both; nothing to compare, no names.

    Args:
        rated: the best first.
    """
    named = min(_NAMED, len(rated) // 2)
    ranked = tuple(rated)
    return ranked[:named], ranked[: -named - 1 : -1]


async def count_words(
    core: Core, find_meetings: Callable[[AsyncSession], Awaitable[ColumnElement[bool]]]
) -> Themes:
    """Count the words of the comments that count, page by page.

    Args:
        core: what every use case is given.
        find_meetings: returns the condition on the meetings, for each page anew; it raises where
            the reader may not have them, or not any more.
    """
    themes = await asyncio.to_thread(Themes)
    last = 0
    while True:
        async with core.db.read() as session:
            found = await session.execute(
                select(Feedback.id, Feedback.comment)
                .join(Meeting, Meeting.id == Feedback.meeting_id)
                .where(
                    await find_meetings(session),
                    confirmed(),
                    Feedback.comment != "",
                    Feedback.id > last,
                )
                .order_by(Feedback.id)
                .limit(PER_PAGE)
            )
            rows = found.all()
        await asyncio.to_thread(themes.add, [comment for _, comment in rows])
        if len(rows) < PER_PAGE:
            return themes
        last = rows[-1][0]
