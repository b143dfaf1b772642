"""What can be done with a meeting at which time, and what is asked about it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Refused
from bot.rules.seats import admitted
from bot.vocabulary import OUTSIDE_FORM, PUPILS, Audience, Category, MeetingStatus

FEEDBACK_WINDOW = timedelta(days=7)

DOOR_OPENS = timedelta(hours=3)

SHORTEST_MEETING = timedelta(minutes=15)

LONGEST_MEETING = timedelta(hours=12)


def may_cancel(status: MeetingStatus, ends_at: datetime, now: datetime, *, came: bool) -> bool:
    """Whether a registration can be cancelled: until the end, and not by who is checked in."""
    return status is MeetingStatus.PUBLISHED and ends_at > now and not came


def may_certify(status: MeetingStatus, ends_at: datetime, now: datetime, *, came: bool) -> bool:
    """Whether somebody gets a certificate: they were checked in, and the meeting is over."""
    return came and ends_at <= now and status is not MeetingStatus.CANCELLED


_USEFUL = ("professions", "people", "choice")

_USEFUL_BY_GROUP = {
    "pupil": ("practice", "next_step"),
    "parent": ("child", "labour_market"),
    "employer": ("contacts", "candidates"),
    "other": ("contacts", "methods"),
}


def useful_choices(category: Category | None) -> tuple[str, ...]:
    """Return what can be ticked as useful: the tasks of the project (3.2), by who answers.

    Of whoever answers without a name (None) most are pupils who came with a class.
    """
    if category is None or category.is_pupil:
        group = "pupil"
    elif category is Category.PARENT:
        group = "parent"
    elif category in {Category.HEAD, Category.EMPLOYEE}:
        group = "employer"
    else:
        group = "other"
    return _USEFUL + _USEFUL_BY_GROUP[group]


def most_who_come(seats: int) -> int:
    """Return how many may be counted of a group that signed up for so many seats."""
    return 2 * seats


def door_is_open(starts_at: datetime, now: datetime) -> bool:
    """Whether people can be checked in: from three hours before the start, with no end."""
    return now >= starts_at - DOOR_OPENS


MOST_USUAL_WALK_INS = 8

_OF_AUDIENCE: Mapping[Audience, tuple[Category, ...]] = {
    Audience.STUDENTS: PUPILS,
    Audience.PARENTS: (Category.PARENT,),
    Audience.EMPLOYERS: (Category.HEAD, Category.EMPLOYEE),
}

# Who comes along with whom a meeting is held with, the likeliest first.
_ALONG = (
    Category.PARENT,
    Category.GRADE_9,
    Category.GRADE_10,
    Category.GRADE_11,
    Category.GRADE_8,
    Category.OTHER,
    Category.EMPLOYEE,
    Category.JOB_CENTRE,
)


def usual_walk_ins(audience: Audience, counted: Sequence[Category]) -> tuple[Category, ...]:
    """Return the few categories to offer at a door first, in the order of the form.

    Args:
        audience: whom the meeting is held with.
        counted: who was counted at this door already, the most frequent first.
    """
    expected = [category for category in _OF_AUDIENCE[audience] if category not in OUTSIDE_FORM]
    likeliest = dict.fromkeys((*counted, *expected, *_ALONG))
    few = list(likeliest)[:MOST_USUAL_WALK_INS]
    return tuple(category for category in Category if category in few)


def admits_audience(audience: Audience, admits: Collection[Category]) -> bool:
    """Whether those a meeting is held with may sign up for it; no list means everybody."""
    return admitted(admits, *_OF_AUDIENCE[audience])


class MeetingAction(StrEnum):
    """What those who run a meeting can do with it."""

    PUBLISH = "publish"
    PAPER = "paper"
    DOOR = "door"
    SHARE = "share"
    EDIT = "edit"
    MOVE = "move"
    PHOTOS = "photos"
    RESULTS = "results"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    WRITE = "write"
    TEAM = "team"
    CORRECT = "correct"
    REMOVE = "remove"


_ALWAYS: Mapping[MeetingStatus, frozenset[MeetingAction]] = {
    MeetingStatus.DRAFT: frozenset({MeetingAction.EDIT, MeetingAction.MOVE, MeetingAction.CANCEL}),
    MeetingStatus.PUBLISHED: frozenset(
        {MeetingAction.WRITE, MeetingAction.EDIT, MeetingAction.CANCEL}
    ),
    MeetingStatus.HELD: frozenset({MeetingAction.WRITE, MeetingAction.REOPEN}),
    MeetingStatus.CANCELLED: frozenset({MeetingAction.WRITE}),
}


_OF_OUTSIDE = frozenset({MeetingAction.CORRECT, MeetingAction.PHOTOS, MeetingAction.REMOVE})


def possible_actions(
    status: MeetingStatus,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    *,
    marked: bool = False,
    outside: bool = False,
) -> frozenset[MeetingAction]:
    """Return what may be done now with a meeting in this state; rights are another question.

    A held meeting keeps its door: those who run it may still correct the marks. A published one
    keeps its times once it is over or somebody is marked: what is asked afterwards may be out.
    One that was held without the bot (`outside`) has no list, no door and nobody to write to.
    """
    if outside:
        return _OF_OUTSIDE if status is MeetingStatus.HELD else frozenset()
    may = set(_ALWAYS[status])
    if status is MeetingStatus.DRAFT and starts_at > now:
        may.add(MeetingAction.PUBLISH)
    if status is MeetingStatus.PUBLISHED:
        if ends_at > now:
            may.add(MeetingAction.SHARE)
            if not marked:
                may.add(MeetingAction.MOVE)
        if starts_at <= now:
            may.add(MeetingAction.CLOSE)
    if status in {MeetingStatus.PUBLISHED, MeetingStatus.HELD}:
        may.add(MeetingAction.PAPER)
        may.add(MeetingAction.TEAM)
        if door_is_open(starts_at, now):
            may.add(MeetingAction.DOOR)
        if starts_at <= now:
            may |= {MeetingAction.PHOTOS, MeetingAction.RESULTS}
    return frozenset(may)


def check_possible(
    action: MeetingAction,
    status: MeetingStatus,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    *,
    marked: bool = False,
    outside: bool = False,
) -> None:
    """Check that something may be done now with a meeting in this state.

    Raises:
        Refused: it may not; the sentence of the action says when it may.
    """
    if action not in possible_actions(
        status, starts_at, ends_at, now, marked=marked, outside=outside
    ):
        raise Refused(f"refused-{action.value}")
