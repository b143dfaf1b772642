"""How long a seat that became free is kept for whom it was offered to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

OFFERS_SHORTEN = timedelta(days=2)  # before the start


@dataclass(frozen=True, slots=True)
class OfferLives:
    """How long an offered seat is kept: as a rule, under two days before the start, on the day."""

    usual: timedelta = timedelta(hours=24)
    soon: timedelta = timedelta(hours=3)
    on_the_day: timedelta = timedelta(minutes=30)


def offer_life(starts_at: datetime, now: datetime, timezone: str, lives: OfferLives) -> timedelta:
    """Return for how long an offered seat is kept: shorter as the start nears, never past it.

    Args:
        starts_at: of the meeting.
        now: when the offer is made.
        timezone: of the meeting's municipality, for what «on the day» is.
        lives: the operator's three lengths.
    """
    zone = ZoneInfo(timezone)
    if starts_at.astimezone(zone).date() == now.astimezone(zone).date():
        life = lives.on_the_day
    elif starts_at - now < OFFERS_SHORTEN:
        life = lives.soon
    else:
        life = lives.usual
    return min(life, starts_at - now)
