"""A made-up year of a region, and what it makes the bot say: calculated anew, in plain Python.

Nothing of the bot's own rules is used here: the hours, the days and the night are written down a
second time, straight from what the bot promises.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GATHERED = timedelta(minutes=2)  # changes that follow each other are told together
LENGTH = timedelta(minutes=90)
YEAR = 2027

Said = tuple[int, str, str, datetime]  # to whom, what, of which meeting, when
Planned = Callable[["Gathering", datetime], datetime]


@dataclass
class Gathering:
    """A meeting of the year."""

    title: str
    town: int
    zone: ZoneInfo
    curator: int
    made_at: datetime
    starts_at: datetime  # as it was planned first
    seats: int
    moved: tuple[datetime, datetime] | None = None  # when, and to which start
    cancelled_at: datetime | None = None
    closed_at: datetime | None = None
    guests: list["Guest"] = field(default_factory=list)

    def start(self, moment: datetime) -> datetime:
        """When it starts, as it is known at a moment."""
        return self.moved[1] if self.moved and self.moved[0] <= moment else self.starts_at

    @property
    def last_start(self) -> datetime:
        return self.moved[1] if self.moved else self.starts_at

    def end(self, moment: datetime) -> datetime:
        """When it ends, as it is known at a moment."""
        return self.start(moment) + LENGTH

    def is_on(self, moment: datetime) -> bool:
        return self.cancelled_at is None or self.cancelled_at > moment

    def at_night(self, moment: datetime) -> bool:
        return not 8 <= moment.astimezone(self.zone).hour < 22

    def morning(self, moment: datetime) -> datetime:
        """The moment, or eight o'clock when it falls into the night."""
        while self.at_night(moment):
            moment = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
        return moment

    def in_time(self, moment: datetime, start: datetime) -> datetime:
        """The moment, or nine in the evening when it would be told no earlier than the start."""
        if self.morning(moment) < start:
            return moment
        evening = self.on_day(start, 0, 21)
        return evening if evening < start else self.on_day(start, -1, 21)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def at_ten(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 10, tzinfo=self.zone)

    def on_day(self, moment: datetime, days: int, hour: int) -> datetime:
        day = self.day(moment) + days * DAY
        return datetime(day.year, day.month, day.day, hour, tzinfo=self.zone)


@dataclass
class Guest:
    """Somebody who signs up for one meeting."""

    account: int
    signed_at: datetime
    cancelled_at: datetime | None = None
    comes: bool = True
    answers_at: datetime | None = None

    def is_in(self, moment: datetime) -> bool:
        return self.signed_at <= moment and (
            self.cancelled_at is None or self.cancelled_at > moment
        )

    def has_answered(self, moment: datetime) -> bool:
        return self.answers_at is not None and self.answers_at <= moment


BEFORE: dict[str, Planned] = {
    "reminder_day": lambda it, start: it.on_day(start, -1, 18),
    "reminder_hours": lambda it, start: it.in_time(start - 2 * HOUR, start),
}
OF_STAFF: dict[str, Planned] = {
    "few_people": lambda it, start: it.on_day(start, -7, 10),
    "meeting_morning": lambda it, start: it.in_time(it.on_day(start, 0, 8), start),
    "held_question": lambda _, start: start + LENGTH + HOUR,
    "feedback_summary": lambda it, start: it.on_day(start + LENGTH, 1, 10),
}


def make_year(
    towns: dict[int, str], meetings: int, people: int, first: date, seed: int
) -> list[Gathering]:
    """Make a year up.

    Args:
        towns: ids of municipalities, with their time zones; the curator of each has its id, too.
        meetings: how many there are in the year.
        people: how many sign up in all.
        first: the day on which the first of it may happen.
        seed: of the dice.
    """
    dice = random.Random(seed)  # noqa: S311
    year = [_gathering(dice, number, towns, first) for number in range(meetings)]
    for number in range(people):
        it = dice.choice(year)
        it.guests.append(_guest(dice, it, 100_000 + number))
    return year


def _gathering(dice: random.Random, number: int, towns: dict[int, str], first: date) -> Gathering:
    town = dice.choice(sorted(towns))
    zone = ZoneInfo(towns[town])
    soonest, latest = first + 20 * DAY, date(YEAR, 12, 31)
    day = soonest + dice.randrange((latest - soonest).days + 1) * DAY
    clock = time(dice.randrange(8, 22), dice.choice((0, 30)))
    starts_at = datetime.combine(day, clock, zone)
    made_at = starts_at - timedelta(days=dice.randrange(3, 19), minutes=dice.randrange(1440))
    it = Gathering(
        f"Встреча № {number}", town, zone, town, made_at, starts_at, dice.choice((20, 60))
    )
    fate = dice.random()
    if fate < 0.15:
        it.moved = (
            _between(dice, made_at + DAY, starts_at),
            starts_at + dice.randint(-20, 60) * HOUR,
        )
        if it.moved[1] < it.moved[0] + 3 * HOUR or it.at_night(it.moved[1]):
            it.moved = None
    elif fate < 0.25:
        it.cancelled_at = _between(dice, made_at + DAY, starts_at)
    if it.cancelled_at is None and dice.random() < 0.9:
        it.closed_at = it.last_start + LENGTH + timedelta(minutes=dice.choice((10, 200, 5000)))
    return it


def _guest(dice: random.Random, it: Gathering, account: int) -> Guest:
    ends_by = min(it.last_start, it.cancelled_at or it.last_start)
    guest = Guest(account, _between(dice, it.made_at, ends_by), comes=dice.random() < 0.8)
    fate = dice.random()
    if fate < 0.15:
        guest.cancelled_at = _between(dice, guest.signed_at, ends_by)
    elif fate < 0.6 and guest.comes:
        asked_at = it.last_start + LENGTH + 2 * HOUR
        guest.answers_at = _between(dice, asked_at, asked_at + 2 * DAY)
    return guest


def _between(dice: random.Random, first: datetime, last: datetime) -> datetime:
    # A second of its own: nothing happens at the very moment at which something is due.
    minutes = dice.randrange(max(1, int((last - first) / timedelta(minutes=1))))
    return first.astimezone(UTC) + timedelta(minutes=minutes, seconds=29)


def all_said(year: list[Gathering]) -> Counter[Said]:
    """Return everything the bot says in the year, but for its digests."""
    return Counter(said for it in year for said in _said_of(it))


def _said_of(it: Gathering) -> Iterator[Said]:
    for guest in it.guests:
        yield from ((guest.account, *what) for what in _said_to(it, guest))
    for kind, planned in OF_STAFF.items():
        at = _fires(it, planned, it.made_at, even_late=kind == "held_question")
        if at is not None and it.is_on(at) and _is_worth_it(it, kind, at):
            yield it.curator, kind, it.title, at


def _said_to(it: Gathering, guest: Guest) -> Iterator[tuple[str, str, datetime]]:
    for kind in ("ticket", "calendar_file"):
        yield kind, it.title, guest.signed_at
    for kind, planned in BEFORE.items():
        at = _fires(it, planned, guest.signed_at)
        if at is not None and guest.is_in(at) and it.is_on(at) and at < it.start(at):
            yield kind, it.title, at
    yield from _told_of_news(it, guest)
    end = it.last_start + LENGTH
    if not (it.is_on(end) and guest.is_in(end)):
        return
    asked_at, again_at = it.morning(end + 2 * HOUR), it.on_day(end, 1, 18)
    # Whom nobody has marked is asked whether they were there, until the list is closed.
    may_have_come = guest.comes or it.closed_at is None or it.closed_at > asked_at
    if may_have_come and not guest.has_answered(asked_at):
        yield "feedback_question", it.title, asked_at
    if guest.comes and not guest.has_answered(again_at):
        yield "feedback_repeat", it.title, again_at


def _told_of_news(it: Gathering, guest: Guest) -> Iterator[tuple[str, str, datetime]]:
    if it.moved and guest.is_in(it.moved[0]):
        moved_at, start = it.moved
        near = min(start, it.starts_at) - moved_at <= 12 * HOUR
        at = moved_at + GATHERED if near else it.morning(moved_at + GATHERED)
        if guest.is_in(at) and at < start + LENGTH:
            yield "meeting_changed", it.title, at
            yield "calendar_file", it.title, at
    if it.cancelled_at and guest.is_in(it.cancelled_at):
        near = it.start(it.cancelled_at) - it.cancelled_at <= 12 * HOUR
        at = it.cancelled_at if near else it.morning(it.cancelled_at)
        yield "meeting_cancelled", it.title, at
        yield "calendar_file", it.title, at


def _fires(
    it: Gathering, planned: Planned, since: datetime, *, even_late: bool = False
) -> datetime | None:
    """Return when a message goes out, None when its time was past whenever it was planned."""
    at: datetime | None = None
    for known_at in (since, it.moved[0] if it.moved else None):
        if known_at is None or known_at < since or (at is not None and at <= known_at):
            continue
        due = planned(it, it.start(known_at))
        at = it.morning(due) if due > known_at or even_late else None
    return at


def _is_worth_it(it: Gathering, kind: str, at: datetime) -> bool:
    if kind == "few_people":
        return sum(guest.is_in(at) for guest in it.guests) * 4 < it.seats
    if kind == "meeting_morning":
        return at < it.start(at)
    if kind == "held_question":
        return it.closed_at is None or it.closed_at > at
    return any(guest.has_answered(at) for guest in it.guests)


DAYS_OFF = {  # from Monday to Friday, by the government's calendar of 2027 and of January 2028
    *(date(YEAR, 1, day) for day in (1, 4, 5, 6, 7, 8)),
    *(date(YEAR, 2, day) for day in (22, 23)),
    *(date(YEAR, month, day) for month, day in ((3, 8), (5, 3), (5, 10), (6, 14))),
    *(date(YEAR, 11, day) for day in (4, 5)),
    date(YEAR, 12, 31),
    *(date(YEAR + 1, 1, day) for day in (3, 4, 5, 6, 7)),
}
SATURDAYS_OF_WORK = {date(YEAR, 2, 20)}
DEADLINES = (date(YEAR, 12, 15), date(YEAR, 12, 25))  # section 7.3; nobody meets them here
ADDENDUM = date(YEAR + 1, 1, 14)  # where a meeting was held after 25 December


def all_digests(year: list[Gathering], first: date, last: date) -> set[tuple[int, date]]:
    """Return who is told something at ten o'clock, on which days from `first` to `last`.

    Everybody who runs meetings has had their role since `first`.
    """
    by_curator: dict[int, list[Gathering]] = {}
    for it in year:
        by_curator.setdefault(it.curator, []).append(it)
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return {
        (curator, day)
        for curator, theirs in by_curator.items()
        for day in days
        if _is_recalled(theirs, day)
        or (_is_workday(day) and (_has_open_lists(theirs, day) or _is_idle(theirs, first, day)))
    }


def _has_open_lists(theirs: list[Gathering], day: date) -> bool:
    at = theirs[0].at_ten(day)
    return any(
        it.made_at <= at
        and it.is_on(at)
        and it.day(it.end(at)) < day
        and (it.closed_at is None or it.closed_at > at)
        for it in theirs
    )


def _is_idle(theirs: list[Gathering], first: date, day: date) -> bool:
    """Whether nothing is to come, and a whole number of 30 days ended since the last such day."""
    at = theirs[0].at_ten(day)
    if day.month in {6, 7, 8} or any(
        it.made_at <= at and it.is_on(at) and it.start(at) > at for it in theirs
    ):
        return False
    made = [it.day(it.made_at) for it in theirs if it.made_at <= at]
    over = [it.day(it.end(at)) for it in theirs if it.made_at <= at and it.is_on(at)]
    ends = max([first, *made, *over]) + 30 * DAY
    while ends <= day:
        if not any(_is_workday(ends + number * DAY) for number in range((day - ends).days)):
            return True
        ends += 30 * DAY
    return False


def _is_recalled(theirs: list[Gathering], day: date) -> bool:
    late = [it for it in theirs if DEADLINES[1] < it.day(it.last_start) <= date(YEAR, 12, 31)]
    at = theirs[0].at_ten(day)
    owed = [*DEADLINES]
    if any(it.is_on(at) and it.end(at) <= at for it in late):
        owed.append(ADDENDUM)
    return any(_recalls(due, day) for due in owed)


def _recalls(due: date, day: date) -> bool:
    """Whether a deadline is recalled on a day: counted backwards from it, and daily once late."""
    if day > due:
        return _is_workday(day)
    workday = due
    while not _is_workday(workday):
        workday -= DAY
    return day == workday or due - day in [number * DAY for number in (30, 14, 7, 3, 1, 0)]


def _is_workday(day: date) -> bool:
    return day in SATURDAYS_OF_WORK or (day.weekday() < 5 and day not in DAYS_OFF)
