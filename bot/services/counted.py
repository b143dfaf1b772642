"""What was counted of a year, and several municipalities taken together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.vocabulary import Audience, Category


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting that the report names, with the time zone in which it starts."""

    title: str
    starts_at: datetime
    timezone: str
    municipality: str


@dataclass(frozen=True, slots=True)
class MeetingsCount:
    """Meetings held: those of the form by audience, and the number of the others."""

    by_audience: dict[Audience, int]
    outside_form: int


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """People who came.

    Attributes:
        by_category: to meetings of the form.
        other_organisations: (name, people) of `Category.OTHER`, the most people first; an empty
            name stands for those whose organisation nobody wrote down.
        at_other_meetings: to meetings outside the form.
    """

    by_category: dict[Category, int]
    other_organisations: tuple[tuple[str, int], ...]
    at_other_meetings: int


@dataclass(frozen=True, slots=True)
class Attention:
    """Meetings of the form that somebody has to see to before the report is right.

    Attributes:
        unconfirmed: over, but nobody confirmed that they were held: not counted.
        without_attendance: held, so in row 1, but with nobody in row 2.
    """

    unconfirmed: tuple[MeetingName, ...]
    without_attendance: tuple[MeetingName, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Row 4 of a municipality: what should change there, and what in the whole region (3.2)."""

    for_municipality: str = ""
    for_region: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A year of a municipality, or of several together.

    Attributes:
        photo_links: of the meetings of the form, each once, in their order (row 3).
    """

    meetings: MeetingsCount
    people: PeopleCount
    photo_links: tuple[str, ...]
    attention: Attention


def together(counted: Iterable[Counted]) -> Counted:
    """Return the numbers of several municipalities as one, and what to see to by its time.

    Links and organisations stay with their municipalities.
    """
    parts = tuple(counted)
    meetings: Counter[Audience] = Counter()
    people: Counter[Category] = Counter()
    for part in parts:
        meetings.update(part.meetings.by_audience)
        people.update(part.people.by_category)
    return Counted(
        MeetingsCount(dict(meetings), sum(part.meetings.outside_form for part in parts)),
        PeopleCount(dict(people), (), sum(part.people.at_other_meetings for part in parts)),
        (),
        Attention(
            _by_time(name for part in parts for name in part.attention.unconfirmed),
            _by_time(name for part in parts for name in part.attention.without_attendance),
        ),
    )


def _by_time(meetings: Iterable[MeetingName]) -> tuple[MeetingName, ...]:
    return tuple(sorted(meetings, key=lambda meeting: meeting.starts_at))
