"""A meeting as it is planned: what it may say, cleaned and checked before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
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


CHANGEABLE = frozenset(field.name for field in fields(MeetingDraft)) - {"municipality_id"}


def draft_of(meeting: Meeting) -> MeetingDraft:
    """Return a stored meeting as a draft; its `admits` must be loaded."""
    values = {name: getattr(meeting, name) for name in CHANGEABLE - {"admits"}}
    return MeetingDraft(
        municipality_id=meeting.municipality_id,
        admits=frozenset(admission.category for admission in meeting.admits),
        **values,
    )


def apply_draft(meeting: Meeting, draft: MeetingDraft) -> None:
    """Write a cleaned draft into a meeting's row; its `admits` must be loaded."""
    for name in CHANGEABLE - {"admits"}:
        setattr(meeting, name, getattr(draft, name))
    kept = [admission for admission in meeting.admits if admission.category in draft.admits]
    new = draft.admits - {admission.category for admission in kept}
    meeting.admits = kept + [Admission(category=category) for category in sorted(new)]


def take_over(meeting: Meeting, source: Meeting) -> None:
    """Give a copy what a draft does not say; the `seat_limits` of both must be loaded."""
    meeting.offers_automatic = source.offers_automatic
    meeting.seat_limits = [
        SeatLimit(category=limit.category, seats=limit.seats) for limit in source.seat_limits
    ]
    later = meeting.starts_at - source.starts_at
    if source.sign_up_opens_at is not None:
        meeting.sign_up_opens_at = source.sign_up_opens_at + later
    if source.sign_up_closes_at is not None:
        meeting.sign_up_closes_at = source.sign_up_closes_at + later


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
    online = draft.mode is Mode.ONLINE
    everybody = draft.admits == frozenset(Category)
    return replace(
        draft,
        title=clean_line(draft.title, TITLE_LENGTH),
        description=clean_text(draft.description, TEXT_LENGTH),
        place="" if online else clean_line(draft.place, PLACE_LENGTH),
        link=clean_link(draft.link) if online else "",
        admits=frozenset() if everybody else draft.admits,
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
