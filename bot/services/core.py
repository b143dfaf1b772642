"""What every use case is given: the database, the clock and the operator's decisions."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.database import Database
from bot.rules import Deadline, OfferLives
from bot.vocabulary import Messenger

ERASED_ACCOUNT_ID = 0
"""Stands where the account of somebody stood who is erased; no messenger has such an account."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who acts: an account of a messenger, as the messenger itself vouches for it."""

    id: int
    messenger: Messenger = Messenger.TELEGRAM


@dataclass(frozen=True, slots=True)
class Core:
    """Passed as the first argument to every service function."""

    db: Database
    clock: Clock
    admin_ids: frozenset[int] = frozenset()
    consent_min_grade: int = 8
    timezone: str = "Asia/Krasnoyarsk"
    offer_lives: OfferLives = field(default_factory=OfferLives)
    deadlines: tuple[Deadline, ...] = ()  # the region's roadmap
    secret: bytes = field(default=b"", repr=False)  # signs codes that nobody else can make

    def names_admin(self, account: Account) -> bool:
        """Whether the settings name this account an administrator: they list those of Telegram."""
        return account.messenger is Messenger.TELEGRAM and account.id in self.admin_ids

    def today(self) -> date:
        """Return the day it is in the region: school years and validity turn at its midnight."""
        return self.clock.now().astimezone(ZoneInfo(self.timezone)).date()
