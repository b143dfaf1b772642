"""What the bot says of its own accord: one row a kind, with its time, its condition, its switch.

The first table of the program to read when somebody asks «why did I get this?».
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.rules.message_terms import (
    DIGEST_AT,
    EVENING,
    FEEDBACK_AFTER,
    HELD_QUESTION_AFTER,
    MORNING,
    MeetingTimes,
    MessageRule,
    Moment,
    Night,
    Switch,
    Unknown,
    Who,
    after_end,
    days_after,
    days_before,
    own_hours_before,
)
from bot.rules.nights import NEAR
from bot.vocabulary import MessageKind

_NOT_COMING = "not signed up any more, or the meeting began, moved or is cancelled"

MESSAGE_RULES: Mapping[MessageKind, MessageRule] = {
    # Participants
    MessageKind.REMINDER_WEEK: MessageRule(
        Who.PARTICIPANT,
        days_before(7, EVENING),
        "reminder-week",
        unless=_NOT_COMING,
        switch=Switch.MEETING,
        default=False,
        own=True,
    ),
    MessageKind.REMINDER_DAY: MessageRule(
        Who.PARTICIPANT,
        days_before(1, EVENING),
        "reminder-day",
        unless=_NOT_COMING,
        switch=Switch.MEETING,
        own=True,
    ),
    MessageKind.REMINDER_HOURS: MessageRule(
        Who.PARTICIPANT,
        own_hours_before,
        "reminder-hours",
        unless=_NOT_COMING,
        switch=Switch.MEETING,
        own=True,
    ),
    MessageKind.FEEDBACK_QUESTION: MessageRule(
        Who.PARTICIPANT,
        after_end(FEEDBACK_AFTER),
        "rate-question",
        unless="did not come, answered already, or it is too late to answer",
        switch=Switch.MEETING,
        own=True,
    ),
    MessageKind.FEEDBACK_REPEAT: MessageRule(
        Who.PARTICIPANT,
        days_after(1, EVENING),
        "rate-again",
        unless="not known to have come, answered already, or it is too late to answer",
        switch=Switch.MEETING,
        own=True,
    ),
    MessageKind.MEETING_CHANGED: MessageRule(
        Who.EVERYBODY,
        Moment.AT_ONCE,
        "changed",
        unless="changed back, cancelled, over, or not signed up any more",
        night=Night.UNLESS_NEAR,
        switch=Switch.MEETING,
    ),
    MessageKind.MEETING_CANCELLED: MessageRule(
        Who.EVERYBODY,
        Moment.AT_ONCE,
        "meeting-cancelled",
        unless="its time has passed",
        night=Night.UNLESS_NEAR,
        switch=Switch.MEETING,
    ),
    MessageKind.SEAT_OFFER: MessageRule(
        Who.PARTICIPANT,
        Moment.AT_ONCE,
        "seat-offer",
        unless="not offered any more, or too late to answer",
        switch=Switch.OFFERS,
    ),
    MessageKind.SEAT_OFFER_LAPSED: MessageRule(
        Who.PARTICIPANT,
        Moment.AT_ONCE,
        "seat-offer-lapsed",
        unless="on the list again, or nothing to wait for any more",
    ),
    MessageKind.TICKET: MessageRule(
        Who.PARTICIPANT,
        Moment.AT_ONCE,
        "ticket-message",
        unless="not signed up any more, there already, or the meeting is over",
        night=Night.GOES,
    ),
    MessageKind.CALENDAR_FILE: MessageRule(
        Who.EVERYBODY,
        Moment.AT_ONCE,
        "calendar-entry",
        unless="nothing to enter, or nothing to take out",
        night=Night.UNLESS_NEAR,
    ),
    # Those who run a meeting, and their team
    MessageKind.FEW_PEOPLE: MessageRule(
        Who.RUNS_IT,
        days_before(7, DIGEST_AT),
        "few-people",
        unless="enough people by now, or the meeting moved or is cancelled",
        switch=Switch.MEETING,
    ),
    MessageKind.MEETING_MORNING: MessageRule(
        Who.RUNS_IT,
        days_before(0, MORNING),
        "meeting-morning",
        unless="the meeting began, moved or is cancelled",
        switch=Switch.MEETING,
    ),
    MessageKind.HELD_QUESTION: MessageRule(
        Who.RUNS_IT,
        after_end(HELD_QUESTION_AFTER),
        "held-question",
        unless="answered already",
        switch=Switch.MEETING,
    ),
    MessageKind.FEEDBACK_SUMMARY: MessageRule(
        Who.RUNS_IT,
        days_after(1, DIGEST_AT),
        "results-title",
        unless="nobody has answered",
        switch=Switch.MEETING,
    ),
    MessageKind.DIGEST: MessageRule(
        Who.STAFF,
        Moment.EACH_DAY,
        None,
        unless="nothing is owed today",
    ),
    MessageKind.DIGEST_LISTS: MessageRule(
        Who.STAFF,
        Moment.IN_DIGEST,
        "digest-lists",
        unless="no list is open, or nobody works that day",
        switch=Switch.REGION,
    ),
    MessageKind.DIGEST_DEADLINES: MessageRule(
        Who.STAFF,
        Moment.IN_DIGEST,
        "deadlines-part",
        unless="no deadline is to be recalled that day",
        switch=Switch.REGION,
    ),
    MessageKind.DIGEST_IDLE: MessageRule(
        Who.STAFF,
        Moment.IN_DIGEST,
        "digest-idle",
        unless="something is planned, no month ended, or it is summer",
        switch=Switch.REGION,
    ),
    MessageKind.DIGEST_REGION: MessageRule(
        Who.STAFF,
        Moment.IN_DIGEST,
        "deadlines-weekly",
        unless="no coordinator of the region, or no week begins",
        switch=Switch.REGION,
    ),
    MessageKind.TEAM_REMINDER: MessageRule(
        Who.TEAM,
        Moment.BEFORE_DOOR,
        "team-reminder",
        unless="not on the team any more, or the meeting is over or cancelled",
        switch=Switch.MEETING,
        own=True,
    ),
    MessageKind.TEAM_JOINED: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "team-joined", unless="left again"
    ),
    MessageKind.TEAM_LEFT: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "team-left", unless="on the team again"
    ),
    MessageKind.BROADCAST: MessageRule(
        Who.CONCERNED,
        Moment.AT_ONCE,
        "broadcast-message",
        unless="stopped by whoever wrote it",
        unknown=Unknown.ASK,
        fresh_for=timedelta(days=2),
    ),
    MessageKind.QUESTION: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "question-message", unless="answered already, or erased"
    ),
    MessageKind.REPORT_NUDGE: MessageRule(
        Who.STAFF,
        Moment.AT_ONCE,
        "report-nudge",
        unless="the report is sent or not needed, or somebody else answers for it",
        fresh_for=timedelta(days=2),
    ),
    MessageKind.ROLE_ACCEPTED: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "role-accepted", unless="the role was taken back"
    ),
    MessageKind.ROLE_REVOKED: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "role-revoked", unless="the role was given again"
    ),
    # Both sides of a municipality's report
    MessageKind.REPORT_SENT: MessageRule(
        Who.CONCERNED,
        Moment.AT_ONCE,
        "report-sent",
        unless="decided already, or sent again",
    ),
    MessageKind.REPORT_ACCEPTED: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "report-accepted", unless="sent again"
    ),
    MessageKind.REPORT_RETURNED: MessageRule(
        Who.CONCERNED, Moment.AT_ONCE, "report-returned", unless="sent again"
    ),
}

REMINDERS = (MessageKind.REMINDER_WEEK, MessageKind.REMINDER_DAY, MessageKind.REMINDER_HOURS)
"""What is planned for a registration when it gets its seats."""

FOR_THOSE_WHO_RUN_IT = tuple(
    kind for kind, rule in MESSAGE_RULES.items() if rule.who is Who.RUNS_IT
)
"""What is planned for those who run a meeting when it is published."""

DIGEST_PARTS = tuple(kind for kind, rule in MESSAGE_RULES.items() if rule.when is Moment.IN_DIGEST)
"""What one digest consists of; each can be turned off by itself."""

Switches = Mapping[str, bool]
"""Which kinds somebody turned on or off; what is not in it follows the level above."""


def due_at(kind: MessageKind, times: MeetingTimes) -> datetime:
    """Return when a message whose time follows from a meeting's is due, quiet hours aside.

    Raises:
        TypeError: the time of this kind follows from something else.
    """
    when = MESSAGE_RULES[kind].when
    if isinstance(when, Moment):
        message = f"{kind} has no time of its own"
        raise TypeError(message)
    return when(times)


def reminder_now(times: MeetingTimes, now: datetime) -> MessageKind | None:
    """Return the latest reminder whose time has come; None before the first and after the start.

    An earlier one that was held up until then would only say the same again.
    """
    due = [kind for kind in REMINDERS if due_at(kind, times) <= now < times.starts_at]
    return due[-1] if due else None


def goes_out_again(kind: MessageKind) -> bool:
    """Whether a message of which a crash hid whether it arrived is said again."""
    return MESSAGE_RULES[kind].unknown is Unknown.AGAIN


def is_stale(kind: MessageKind, due_at: datetime, now: datetime) -> bool:
    """Whether a message that could not go out when it was due comes too late to be said."""
    fresh_for = MESSAGE_RULES[kind].fresh_for
    return fresh_for is not None and now - due_at > fresh_for


def is_wanted(
    kind: MessageKind,
    region: Switches,
    meeting: Switches | None = None,
    person: Switches | None = None,
) -> bool:
    """Whether a kind is sent: who runs the meeting has the last word against it, the person it is
    for the last word for or against the rest.

    Args:
        kind: of the message.
        region: switches of the region.
        meeting: of the meeting it is about; they overrule the region's.
        person: of whoever gets it; heard where the rule lets them choose.
    """
    rule = MESSAGE_RULES[kind]
    said = (meeting or {}).get(kind, region.get(kind))
    if rule.switch is None:
        return True
    if said is False:
        return False
    usual = rule.default if said is None else said
    return (person or {}).get(kind, usual) if rule.own else usual


def kinds_switched_by(*switches: Switch) -> tuple[MessageKind, ...]:
    """Return the kinds that one of these switches turns off, in the order of the table."""
    return tuple(kind for kind, rule in MESSAGE_RULES.items() if rule.switch in switches)


def waits_for_morning(kind: MessageKind, starts_at: datetime | None, now: datetime) -> bool:
    """Whether the quiet hours hold back a message planned now.

    Args:
        kind: of the message.
        starts_at: of the meeting it is about, None where it is about none.
        now: when it is planned.
    """
    night = MESSAGE_RULES[kind].night
    if night is Night.UNLESS_NEAR and starts_at is not None:
        return starts_at - now > NEAR
    return night is not Night.GOES
