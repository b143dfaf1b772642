"""A year's answers: which formats people liked, and which words recur in their comments."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.models import Feedback, Meeting
from bot.services.core import Account, Core
from bot.services.export_scope import Wanted, get_scope
from bot.services.exporting import PER_PAGE
from bot.services.results import confirmed
from bot.themes import Theme, Themes
from bot.vocabulary import Format

LEAST_ANSWERS = 5
"""Fewer answers have no average: one bad day would make a format the weakest."""

_THEMES = 8


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
        formats: those with an average, the best first.
        comments: how many there are.
        themes: that recur in them.
    """

    name: str
    answers: int
    formats: tuple[FormatRating, ...]
    comments: int
    themes: tuple[Theme, ...]


async def get_year_feedback(core: Core, account: Account, wanted: Wanted) -> YearFeedback:
    """Return what a year's answers say, the comments read page by page.

    Raises:
        Forbidden: this account may not have it.
        NotFound: no such municipality.
    """
    async with core.db.read() as session:
        scope = await get_scope(session, core, account, wanted)
        rows = await session.execute(
            select(Meeting.format, func.count(), func.avg(Feedback.rating))
            .join(Meeting, Meeting.id == Feedback.meeting_id)
            .where(scope.meetings, confirmed())
            .group_by(Meeting.format)
        )
        ratings = [FormatRating(kind, answers, float(rating)) for kind, answers, rating in rows]
    rated = [each for each in ratings if each.answers >= LEAST_ANSWERS]
    themes = await _count_words(core, account, wanted)
    return YearFeedback(
        name=scope.name,
        answers=sum(each.answers for each in ratings),
        formats=tuple(sorted(rated, key=lambda each: (-each.average, each.format))),
        comments=themes.total,
        themes=themes.most_frequent(_THEMES),
    )


async def _count_words(core: Core, account: Account, wanted: Wanted) -> Themes:
    themes = await asyncio.to_thread(Themes)
    last = 0
    while True:
        async with core.db.read() as session:
            scope = await get_scope(session, core, account, wanted)
            found = await session.execute(
                select(Feedback.id, Feedback.comment)
                .join(Meeting, Meeting.id == Feedback.meeting_id)
                .where(scope.meetings, confirmed(), Feedback.comment != "", Feedback.id > last)
                .order_by(Feedback.id)
                .limit(PER_PAGE)
            )
            rows = found.all()
        await asyncio.to_thread(themes.add, [comment for _, comment in rows])
        if len(rows) < PER_PAGE:
            return themes
        last = rows[-1][0]
