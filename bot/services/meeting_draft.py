"""A meeting as it is planned: what it may say, cleaned and checked before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from bot import rules
from bot.cleaning import clean_line, clean_text
from bot.errors import InvalidInput
from bot.models import (
    LINK_LENGTH,
    PLACE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Admission,
    Meeting,
    SeatLimit,
)
from bot.parsing import parse_link
from bot.vocabulary import Audience, Category, Format, Mode


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What somebody who makes a meeting decides.

    Attributes:
        starts_at, ends_at: aware datetimes.
        seats: how many people there is room for; None: no limit.
        admits: who may sign up; empty: everybody.
        counts_in_form: whether it counts in Appendix 2.
        limits: how many of a category there is room for, within the seats.
        sign_up_opens_at: when signing up begins; None: at once.
        sign_up_closes_at: when it ends; None: with the meeting.
    """

    municipality_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    audience: Audience
    mode: Mode
    format: Format = Format.NETWORKING
    place: str = ""
    link: str = ""
    seats: int | None = None
    description: str = ""
    admits: frozenset[Category] = frozenset()
    counts_in_form: bool = True
    limits: Mapping[Category, int] = field(default_factory=dict)
    sign_up_opens_at: datetime | None = None
    sign_up_closes_at: datetime | None = None


LISTS = frozenset({"admits", "limits"})
"""Fields that have tables of their own."""

CHANGEABLE = frozenset(each.name for each in fields(MeetingDraft)) - {"municipality_id"}


def draft_of(meeting: Meeting) -> MeetingDraft:
    """Return a stored meeting as a draft; its `admits` and `seat_limits` must be loaded."""
    values = {name: getattr(meeting, name) for name in CHANGEABLE - LISTS}
    return MeetingDraft(
        municipality_id=meeting.municipality_id,
        admits=frozenset(admission.category for admission in meeting.admits),
        limits={limit.category: limit.seats for limit in meeting.seat_limits},
        **values,
    )


def apply_draft(meeting: Meeting, draft: MeetingDraft) -> None:
    """Write a cleaned draft into a meeting's row; its `admits` and `seat_limits` must be loaded."""
    for name in CHANGEABLE - LISTS:
        setattr(meeting, name, getattr(draft, name))
    kept = [admission for admission in meeting.admits if admission.category in draft.admits]
    new = draft.admits - {admission.category for admission in kept}
    meeting.admits = kept + [Admission(category=category) for category in sorted(new)]
    stored = {limit.category: limit for limit in meeting.seat_limits}
    for category, seats in draft.limits.items():
        limit = stored.setdefault(category, SeatLimit(category=category))
        limit.seats = seats
    meeting.seat_limits = [stored[category] for category in sorted(draft.limits)]


def take_over(meeting: Meeting, source: Meeting) -> None:
    """Give a copy what a draft does not say."""
    meeting.offers_automatic = source.offers_automatic


def on_another_day(draft: MeetingDraft, starts_at: datetime) -> MeetingDraft:
    """Return a draft that begins at another time: its end and its sign-up move along."""
    later = starts_at - draft.starts_at
    opens_at, closes_at = draft.sign_up_opens_at, draft.sign_up_closes_at
    return replace(
        draft,
        starts_at=starts_at,
        ends_at=draft.ends_at + later,
        sign_up_opens_at=opens_at + later if opens_at is not None else None,
        sign_up_closes_at=closes_at + later if closes_at is not None else None,
    )


def changed(draft: MeetingDraft, changes: Mapping[str, Any]) -> MeetingDraft:
    """Return a draft with some fields changed.

    Raises:
        ValueError: a field that a draft has not, or that cannot be changed.
    """
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"no such fields: {sorted(unknown)}")
    return replace(draft, **changes)


def cleaned(draft: MeetingDraft) -> MeetingDraft:
    """Return a draft with its texts cleaned, checked in all but whether its time has passed.

    Raises:
        InvalidInput: a field that is missing, too long or out of bounds.
    """
    check_length(draft.starts_at, draft.ends_at)
    if draft.seats is not None and not 1 <= draft.seats <= rules.MOST_SEATS:
        raise InvalidInput("input-seats")
    rules.check_sign_up_times(draft.sign_up_opens_at, draft.sign_up_closes_at, draft.ends_at)
    limits = {who: most for who, most in draft.limits.items() if rules.admitted(draft.admits, who)}
    for category, limit in limits.items():
        rules.check_limit(category, limit, draft.seats)
    online = draft.mode is Mode.ONLINE
    everybody = draft.admits == frozenset(Category)
    return replace(
        draft,
        title=clean_line(draft.title, TITLE_LENGTH),
        description=clean_text(draft.description, TEXT_LENGTH),
        place="" if online else clean_line(draft.place, PLACE_LENGTH),
        link=clean_link(draft.link) if online else "",
        admits=frozenset() if everybody else draft.admits,
        limits=limits,
    )


def check_length(starts_at: datetime, ends_at: datetime) -> None:
    """Check that a meeting lasts from 15 minutes to 12 hours.

    Raises:
        InvalidInput: it does not.
    """
    if not rules.SHORTEST_MEETING <= ends_at - starts_at <= rules.LONGEST_MEETING:
        raise InvalidInput("input-length")


def clean_link(typed: str, *, otherwise: str = "input-link") -> str:
    """Return an http(s) address without anything unseen in it.

    Args:
        typed: what was written.
        otherwise: the key of the sentence for what is no address: its example fits the question.

    Raises:
        InvalidInput: it is none, or it is too long.
    """
    text = clean_text(typed, LINK_LENGTH - len("https://"))
    try:
        return parse_link(text)
    except InvalidInput:
        raise InvalidInput(otherwise) from None
