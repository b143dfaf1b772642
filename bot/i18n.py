"""Key + language + facts → text, with or without an update at hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiogram_i18n.cores import FluentRuntimeCore
from babel.dates import format_date, format_interval, format_time, get_timezone_location
from babel.numbers import format_decimal

from bot.errors import DomainError

LOCALES = Path(__file__).parent.parent / "locales"
DEFAULT_LOCALE = "ru"


class Html(str):
    """Text that is HTML already, and is not escaped again."""

    __slots__ = ()


def as_typed(text: str) -> Html:
    """Return what a person typed as HTML that shows it as it was typed."""
    return Html(escape(text, quote=False))


class Texts:
    """All texts of all languages, read once in the life of the program."""

    def __init__(self, path: Path = LOCALES) -> None:
        self.core = _read(path)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages that have texts, the default one first."""
        return tuple(sorted(self.core.locales, key=lambda code: (code != DEFAULT_LOCALE, code)))

    def known(self, language_code: str | None) -> str:
        """Return the language to speak with somebody whose messenger says `language_code`.

        The programme is Russian: only who uses the messenger in another language we have gets it.
        """
        code = (language_code or DEFAULT_LOCALE).split("-")[0].lower()
        return code if code in self.core.locales else DEFAULT_LOCALE

    def speak(self, locale: str, now: datetime, timezone: str) -> "Speech":
        """Return the voice for one person: a language, the current moment and their time zone."""
        return Speech(self.core, self.known(locale), now, ZoneInfo(timezone))


@cache
def _read(path: Path) -> FluentRuntimeCore:
    core = FluentRuntimeCore(
        path=path / "{locale}", default_locale=DEFAULT_LOCALE, raise_key_error=True
    )
    core.locales.update(core.find_locales())
    return core


@dataclass(frozen=True)
class Speech:
    """One language at one moment: what handlers and pushed messages speak with."""

    core: FluentRuntimeCore
    locale: str
    now: datetime
    zone: ZoneInfo

    def __call__(self, key: str, **facts: Any) -> Html:
        """Return a message's text as HTML; every fact that is plain text is escaped."""
        safe = {
            name: as_typed(value)
            if isinstance(value, str) and not isinstance(value, Html)
            else value
            for name, value in facts.items()
        }
        return Html(self.core.get(key, self.locale, **safe))

    def plain(self, key: str, **facts: Any) -> str:
        """Return text for a button, an alert or a file, where HTML means nothing."""
        return self.core.get(key, self.locale, **facts)

    def error(self, error: DomainError) -> str:
        """Return the plain sentence that explains a refusal."""
        facts = dict(error.facts)
        if "category" in facts:
            facts["category"] = self.plain("category-" + facts["category"].replace("_", "-"))
        if "opens_at" in facts:
            facts["opens_at"] = self.when(facts["opens_at"])
        return self.plain(error.key, **facts)

    def decimal(self, value: float) -> str:
        """Return a number with one decimal place: «4,5», in English 4.5."""
        return format_decimal(value, "0.0", locale=self.locale)

    def whole(self, value: int) -> str:
        """Return a whole number with its thousands apart: «4 257», in English 4,257."""
        return format_decimal(value, locale=self.locale)

    def name_of(self, kind: str, value: str) -> str:
        """Return what a value of a closed list is called: name_of("format", "round_table")."""
        return self.plain(f"{kind}-{value.replace('_', '-')}")

    def _local(self, moment: datetime, timezone: str | None) -> datetime:
        return moment.astimezone(ZoneInfo(timezone) if timezone else self.zone)

    def date_of(self, moment: datetime, timezone: str | None = None) -> str:
        """Return «14 марта 2026 г.», for papers."""
        day = format_date(self._local(moment, timezone).date(), "long", locale=self.locale)
        return day.replace("\u202f", "\u00a0")  # few fonts have the narrow space before «г.»

    def day(
        self,
        day: date,
        *,
        today: date | None = None,
        lasting: bool = False,
        spelled: bool = False,
    ) -> str:
        """Return «сб, 14 марта», «сегодня», «завтра»; the year only when it is another one.

        Args:
            day: the day.
            today: by the clock of the place; the person's own by default.
            lasting: say the date in any case, for what is still read tomorrow.
            spelled: say «суббота», not «сб».
        """
        today = today or self.now.astimezone(self.zone).date()
        if day == today and not lasting:
            return self.plain("day-today")
        if day == today + timedelta(days=1) and not lasting:
            return self.plain("day-tomorrow")
        pattern = "EEE, d MMMM" if self.locale == "ru" else "EEE, MMMM d"
        if spelled:
            pattern = f"E{pattern}"
        if day.year != today.year:
            pattern += " y"
        return format_date(day, pattern, locale=self.locale)

    def short_day(self, moment: datetime, timezone: str | None = None) -> str:
        """Return «сб 14 мар» for a label in a list; the year only when it is another one."""
        local = self._local(moment, timezone)
        pattern = "EEE d MMM" if self.locale == "ru" else "EEE MMM d"
        if local.year != self.now.astimezone(local.tzinfo).year:
            pattern += " y"
        return format_date(local.date(), pattern, locale=self.locale).replace(".", "")

    def days(self, first: date, last: date) -> str:
        """Return «1 сент. – 31 дек. 2026 г.»."""
        return format_interval(first, last, "yMMMd", locale=self.locale).replace("\u202f", "\u00a0")

    def month(self, day: date, *, short: bool = False) -> str:
        """Return «сентябрь», or «сен» where there is room for no more."""
        if short:
            return format_date(day, "LLL", locale=self.locale)[:3]
        return format_date(day, "LLLL", locale=self.locale)

    def time(self, moment: datetime, timezone: str | None = None) -> str:
        """Return «15:00» in a time zone (the person's own by default)."""
        return format_time(self._local(moment, timezone).time(), "HH:mm", locale=self.locale)

    def when(
        self,
        start: datetime,
        end: datetime | None = None,
        timezone: str | None = None,
        *,
        lasting: bool = False,
        spelled: bool = False,
    ) -> str:
        """Return «сб, 14 марта, 15:00–16:30» in a time zone, named when it is not the person's.

        Args:
            start: the beginning.
            end: the end, if it is said too.
            timezone: where the clock hangs; the person's own by default.
            lasting: no «сегодня» and «завтра»: in a pushed message that is still read later.
            spelled: say «суббота», not «сб».
        """
        local = self._local(start, timezone)
        today = self.now.astimezone(local.tzinfo).date()
        day = self.day(local.date(), today=today, lasting=lasting, spelled=spelled)
        text = f"{day}, {self.time(start, timezone)}"
        if end is not None:
            text += "–"
            if self._local(end, timezone).date() != local.date():
                last = self._local(end, timezone).date()
                text += f"{self.day(last, today=today, lasting=lasting, spelled=spelled)}, "
            text += self.time(end, timezone)
        if local.utcoffset() != start.astimezone(self.zone).utcoffset():
            city = get_timezone_location(local, locale=self.locale, return_city=True)
            text += " " + self.plain("time-zone", city=city)
        return text
