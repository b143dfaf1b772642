"""What the people who came think of a meeting: numbers and words, never names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Feedback, Meeting, RegistrationLine
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Comment:
    """A few words, and who said them: a category, not a person."""

    category: Category | None
    rating: int
    words: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answers that count, and how many wait for somebody's mark.

    Attributes:
        ratings: how many gave 1, 2, 3, 4 and 5.
        useful: what was ticked and how often, the most frequent first.
        comments: one page of them, the latest first.
        waiting: answers of people whom nobody has marked as there yet.
        unnamed: how many of those that count came by the code in the room, without a name.
    """

    title: str
    ratings: tuple[int, int, int, int, int]
    useful: tuple[tuple[str, int], ...]
    comments: tuple[Comment, ...]
    comments_total: int
    waiting: int
    unnamed: int

    @property
    def answers(self) -> int:
        """How many answers count."""
        return sum(self.ratings)

    @property
    def average(self) -> float | None:
        """The average rating, None without answers."""
        return average(self.ratings)


def average(ratings: Sequence[int]) -> float | None:
    """Return the average of a distribution (how many gave 1, 2, …), None when it is empty."""
    total = sum(ratings)
    weighted = sum(rating * people for rating, people in enumerate(ratings, start=1))
    return weighted / total if total else None


async def get_results(
    core: Core, account: Account, meeting_id: int, page: int, per_page: int
) -> Results:
    """Return what people answered after a meeting.

    Args:
        core: what every use case is given.
        account: who asks.
        meeting_id: the meeting's id.
        page: of the comments, from 0.
        per_page: comments on a page.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it has not begun, or was cancelled: there is nothing to see.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        check_possible(core, rules.MeetingAction.RESULTS, meeting)
        ratings, waiting = await count_ratings(session, meeting_id)
        counts = (Feedback.meeting_id == meeting_id, confirmed())
        ticked = await session.scalars(select(Feedback.useful).where(*counts))
        useful = Counter(choice for choices in ticked for choice in choices)
        with_words = (*counts, Feedback.comment != "")
        total = await session.scalar(select(func.count()).select_from(Feedback).where(*with_words))
        unnamed = await session.scalar(
            select(func.count())
            .select_from(Feedback)
            .where(Feedback.meeting_id == meeting_id, Feedback.registration_id.is_(None))
        )
        comments = await session.execute(
            select(Feedback.category, Feedback.rating, Feedback.comment)
            .where(*with_words)
            .order_by(Feedback.id.desc())
            .limit(per_page)
            .offset(page * per_page)
        )
        return Results(
            title=meeting.title,
            ratings=ratings,
            useful=tuple(sorted(useful.items(), key=lambda item: (-item[1], item[0]))),
            comments=tuple(Comment(*row) for row in comments),
            comments_total=total or 0,
            waiting=waiting,
            unnamed=unnamed or 0,
        )


async def count_ratings(
    session: AsyncSession, meeting_id: int
) -> tuple[tuple[int, int, int, int, int], int]:
    """Return how many gave 1 … 5 and count, and how many answers wait for a mark."""
    counts = confirmed().label("counts")
    rows = await session.execute(
        select(Feedback.rating, counts, func.count())
        .where(Feedback.meeting_id == meeting_id)
        .group_by(Feedback.rating, counts)
    )
    ratings, waiting = [0] * 5, 0
    for rating, is_confirmed, people in rows:
        if is_confirmed:
            ratings[rating - 1] += people
        else:
            waiting += people
    first, second, third, fourth, fifth = ratings
    return (first, second, third, fourth, fifth), waiting


def confirmed() -> ColumnElement[bool]:
    """Return the condition that an answer counts: somebody of its registration was marked.

    One without a name was given in the room.
    """
    marked = (
        select(RegistrationLine.id)
        .where(
            RegistrationLine.registration_id == Feedback.registration_id,
            RegistrationLine.came > 0,
        )
        .exists()
    )
    return Feedback.registration_id.is_(None) | marked


def answered_by_enough(meetings: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that an answer is about a meeting where five or more count.

    Args:
        meetings: the condition on the meetings among which it must be.
    """
    return Feedback.meeting_id.in_(
        select(Feedback.meeting_id)
        .join(Meeting, Meeting.id == Feedback.meeting_id)
        .where(meetings, confirmed())
        .group_by(Feedback.meeting_id)
        .having(func.count() >= rules.FEWEST_ANSWERS)
    )
