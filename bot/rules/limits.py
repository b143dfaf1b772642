"""Limits of a category and times of signing up: what makes sense, and what a move does to it."""

from datetime import datetime, timedelta

from bot.errors import InvalidInput
from bot.vocabulary import Category

MOST_SEATS = 10_000


def check_sign_up_times(
    opens_at: datetime | None, closes_at: datetime | None, ends_at: datetime
) -> None:
    """Check that signing up opens before it closes, and closes with the meeting at the latest.

    Raises:
        InvalidInput: it does not.
    """
    if closes_at is not None and closes_at > ends_at:
        raise InvalidInput("input-sign-up-end")
    if opens_at is not None and opens_at >= (closes_at or ends_at):
        raise InvalidInput("input-sign-up-order")


def moved_sign_up(
    opens_at: datetime | None,
    closes_at: datetime | None,
    later: timedelta,
    ends_at: datetime,
    now: datetime,
) -> tuple[datetime | None, datetime | None]:
    """Return when signing up opens and closes once a meeting was moved.

    It closes as long before the start as it did. When it opens people may know already: that
    stays, unless it is still to come and would be too late then.

    Args:
        opens_at: before the move.
        closes_at: before the move.
        later: by how much the start was moved.
        ends_at: of the meeting, after the move.
        now: the current moment.
    """
    closes_at = closes_at + later if closes_at is not None else None
    if closes_at is not None:
        closes_at = min(closes_at, ends_at)
    if opens_at is not None and opens_at >= (closes_at or ends_at):
        opens_at = None if opens_at <= now else opens_at + later
    return opens_at, closes_at


def check_limit(category: Category, limit: int, seats: int | None) -> None:
    """Check that so many people may be the most of a category at a meeting with so many seats.

    Raises:
        InvalidInput: nobody, or more than the meeting has seats.
    """
    if limit < 1 or limit > (seats or MOST_SEATS):
        raise InvalidInput("input-limit", category=category.value, most=seats or MOST_SEATS)
