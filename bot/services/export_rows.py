"""Meetings, registrations and answers as the rows of a table; names only for who runs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, cast, func, literal, or_, select

from bot.models import Feedback, Headcount, Meeting, Person, Registration, RegistrationLine
from bot.rules import FEWEST_ANSWERS
from bot.services.export_scope import Query, Scope
from bot.services.results import answered_by_enough, confirmed
from bot.services.seats import taken_seats
from bot.vocabulary import (
    IN_FORCE,
    Audience,
    Category,
    Format,
    MeetingStatus,
    Mode,
    RegistrationKind,
    RegistrationStatus,
)

_PLACE = (Meeting.title, Meeting.municipality_id)
"""What `_about` reads, behind the keys; the first of them is when the meeting begins."""


@dataclass(frozen=True, slots=True)
class About:
    """The meeting that a row is about, with the time zone in which it begins."""

    title: str
    starts_at: datetime
    municipality: str
    timezone: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting with its numbers.

    Attributes:
        seats: None: no limit.
        signed_up: people, without those who wait.
        came: people, those without a registration and the team among them.
        outside: whether it was held without the bot: of its times only the day is known.
        average: of the answers that count, None without them.
    """

    meeting: About
    ends_at: datetime
    status: MeetingStatus
    audience: Audience
    format: Format
    mode: Mode
    place: str
    counts_in_form: bool
    seats: int | None
    signed_up: int
    came: int
    outside: bool
    answers: int
    photo_link: str
    cancel_reason: str
    average: float | None


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """A line of a registration that is in force or was marked.

    Attributes:
        name: of the one who signed up; empty once erased, and where the reader may not know.
        came: None until it is marked.
    """

    meeting: About
    code: str
    name: str
    category: Category
    organisation: str
    kind: RegistrationKind
    status: RegistrationStatus
    seats: int
    came: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """An answer that counts, without a name; `category` is None where nobody knows it."""

    meeting: About
    format: Format
    category: Category | None
    rating: int
    useful: tuple[str, ...]
    comment: str


def select_meetings(scope: Scope) -> Query:
    """Select what `meeting_facts` reads, and say what it is sorted by."""
    keys = (Meeting.starts_at, Meeting.id)
    came = select(func.coalesce(func.sum(Headcount.people), 0)).where(
        Headcount.meeting_id == Meeting.id
    )
    counts = (Feedback.meeting_id == Meeting.id, confirmed())
    answers = select(func.count()).select_from(Feedback).where(*counts)
    # A whole number has a Decimal for its average on PostgreSQL.
    average = select(func.avg(cast(Feedback.rating, Float))).where(*counts)
    if not scope.shows_names:
        average = average.having(func.count() >= FEWEST_ANSWERS)
    statement = select(
        *keys,
        *_PLACE,
        Meeting.ends_at,
        Meeting.status,
        Meeting.audience,
        Meeting.format,
        Meeting.mode,
        Meeting.place,
        Meeting.counts_in_form,
        Meeting.seats,
        taken_seats((RegistrationStatus.ACTIVE,)),
        came.correlate(Meeting).scalar_subquery(),
        Meeting.outside,
        answers.correlate(Meeting).scalar_subquery(),
        Meeting.photo_link,
        Meeting.cancel_reason,
        average.correlate(Meeting).scalar_subquery(),
    )
    return statement.where(scope.meetings), keys


def meeting_facts(scope: Scope, found: Sequence[Any]) -> tuple[MeetingFacts, ...]:
    """Return rows of `select_meetings` as facts."""
    return tuple(
        MeetingFacts(_about(scope, starts_at, title, place), *rest)
        for starts_at, _, title, place, *rest in found
    )


def select_registrations(scope: Scope) -> Query:
    """Select what `registration_facts` reads, and say what it is sorted by."""
    keys = (Meeting.starts_at, Meeting.id, RegistrationLine.id)
    name = func.coalesce(Person.name, "") if scope.shows_names else literal("")
    statement = (
        select(
            *keys,
            *_PLACE,
            Registration.code,
            name,
            RegistrationLine.category,
            RegistrationLine.organisation,
            Registration.kind,
            Registration.status,
            RegistrationLine.seats,
            RegistrationLine.came,
            Registration.created_at,
        )
        .select_from(RegistrationLine)
        .join(RegistrationLine.registration)
        .join(Registration.meeting)
        .outerjoin(Registration.person)
        .where(
            scope.meetings,
            # What somebody took back is in no list of the staff either.
            or_(Registration.status.in_(IN_FORCE), RegistrationLine.came.is_not(None)),
        )
    )
    return statement, keys


def registration_facts(scope: Scope, found: Sequence[Any]) -> tuple[RegistrationFacts, ...]:
    """Return rows of `select_registrations` as facts."""
    return tuple(
        RegistrationFacts(_about(scope, starts_at, title, place), *rest)
        for starts_at, _, _, title, place, *rest in found
    )


def select_feedback(scope: Scope) -> Query:
    """Select what `feedback_facts` reads, and say what it is sorted by.

    Whoever does not run the meetings learns nothing of those that fewer than five people answered
    about, and of no answer whose category it is: nobody is to be recognised by it.
    """
    keys = (Meeting.starts_at, Meeting.id, Feedback.id)
    category: Any = Feedback.category
    conditions = [scope.meetings, confirmed()]
    if not scope.shows_names:
        category = literal(None, Feedback.category.type)
        conditions.append(answered_by_enough(scope.meetings))
    statement = (
        select(
            *keys,
            *_PLACE,
            Meeting.format,
            category,
            Feedback.rating,
            Feedback.useful,
            Feedback.comment,
        )
        .select_from(Feedback)
        .join(Meeting, Meeting.id == Feedback.meeting_id)
        .where(*conditions)
    )
    return statement, keys


def feedback_facts(scope: Scope, found: Sequence[Any]) -> tuple[FeedbackFacts, ...]:
    """Return rows of `select_feedback` as facts."""
    return tuple(
        FeedbackFacts(
            _about(scope, starts_at, title, place), kind, category, rating, tuple(useful), comment
        )
        for starts_at, _, _, title, place, kind, category, rating, useful, comment in found
    )


def _about(scope: Scope, starts_at: datetime, title: str, municipality_id: int) -> About:
    place = scope.places[municipality_id]
    return About(title, starts_at, place.name, place.timezone)
