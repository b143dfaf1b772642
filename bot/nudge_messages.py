"""What those who run a meeting are told around it: few people, the day's numbers, the answers."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot import results_words
from bot.buttons import button
from bot.callbacks import Handout, HeldAnswer, ManagedScreen, OpenManaged, SendHandout
from bot.i18n import Html, Speech
from bot.sender import Outgoing
from bot.services.meeting_notices import HeldQuestion
from bot.services.meeting_nudges import FewPeople, Morning
from bot.services.results import Results
from bot.vocabulary import Mode


def few_people_message(tr: Speech, meeting: FewPeople) -> Outgoing:
    """Tell a week before that few people have signed up, with what can be done about it."""
    text = tr(
        "few-people",
        title=meeting.title,
        when=tr.when(meeting.starts_at, None, meeting.timezone, lasting=True),
        people=meeting.signed_up,
        seats=meeting.seats or 0,
    )
    return _outgoing(
        text,
        [
            _give(tr, "manage-share", meeting.meeting_id, Handout.INVITATION),
            _give(tr, "manage-poster", meeting.meeting_id, Handout.POSTER),
        ],
        [_show(tr, "nudge-open", meeting.meeting_id, ManagedScreen.MEETING)],
    )


def morning_message(tr: Speech, meeting: Morning) -> Outgoing:
    """Tell on the morning of the day who comes, with what is needed at the door."""
    lines = [
        tr(
            "meeting-morning",
            title=meeting.title,
            when=tr.when(meeting.starts_at, None, meeting.timezone, lasting=True),
            people=meeting.signed_up,
            seats=meeting.seats or 0,
            confirmed=meeting.confirmed,
        )
    ]
    if meeting.groups:
        groups = [
            ", ".join(filter(None, [each.name or tr.plain("door-erased"), each.organisation]))
            + f" — {each.people}"
            for each in meeting.groups
        ]
        more = meeting.groups_total - len(groups)
        lines.append(tr("morning-groups", groups="; ".join(groups), more=more))
    if meeting.team:
        team = [
            f"{each.name or tr.plain('door-erased')} ({tr.name_of('team-role', each.role)})"
            for each in meeting.team
        ]
        more = meeting.team_total - len(team)
        lines.append(tr("morning-team", team=", ".join(team), more=more))
    at_door = [_show(tr, "manage-door", meeting.meeting_id, ManagedScreen.DOOR)]
    if meeting.mode is Mode.IN_PERSON:
        at_door.append(_give(tr, "door-code", meeting.meeting_id, Handout.ROOM_CODE))
        beside = [_show(tr, "paper-open", meeting.meeting_id, ManagedScreen.PAPER)]
    else:
        beside = []
    return _outgoing(
        Html("\n".join(lines)),
        at_door,
        [*beside, _show(tr, "nudge-open", meeting.meeting_id, ManagedScreen.MEETING)],
    )


def held_question(tr: Speech, asked: HeldQuestion) -> Outgoing:
    """Ask after the end whether a meeting took place, with the numbers that would count."""
    text = tr(
        "held-question",
        title=asked.title,
        when=tr.when(asked.starts_at, None, asked.timezone, lasting=True),
        came=asked.came,
        registered=asked.came - asked.walk_ins - asked.team,
        beside=asked.walk_ins + asked.team,
        walk_ins=asked.walk_ins,
        team=asked.team,
        signed_up=asked.signed_up,
    )
    row = [
        button(
            tr.plain("held-yes" if held else "held-no"),
            HeldAnswer(meeting_id=asked.meeting_id, held=held).pack(),
        )
        for held in (True, False)
    ]
    return _outgoing(text, row)


def summary_message(tr: Speech, meeting_id: int, results: Results) -> Outgoing | None:
    """Tell on the day after what people thought of a meeting; nothing while nobody answered."""
    if not results.answers and not results.waiting:
        return None
    parts = [tr("results-title", title=results.title)]
    if results.average is not None:
        parts.append(
            tr(
                "results-numbers",
                average=tr.decimal(results.average),
                answers=results.answers,
                bars=results_words.bars(results),
            )
        )
    if results.useful:
        parts.append(tr("results-useful", useful=results_words.useful(tr, results)))
    if results.unnamed:
        parts.append(tr("results-without-name", unnamed=results.unnamed))
    if results.waiting:
        parts.append(tr("results-waiting", waiting=results.waiting))
    to_read = ManagedScreen.COMMENTS if results.comments_total else ManagedScreen.RESULTS
    row = [_show(tr, "feedback-summary-read", meeting_id, to_read)]
    if results.waiting:
        row.insert(0, _show(tr, "manage-door", meeting_id, ManagedScreen.DOOR))
    return _outgoing(Html("\n".join(parts)), row)


def _show(tr: Speech, key: str, meeting_id: int, screen: ManagedScreen) -> InlineKeyboardButton:
    data = OpenManaged(meeting_id=meeting_id, screen=screen).pack()
    return button(tr.plain(key), data)


def _give(tr: Speech, key: str, meeting_id: int, what: Handout) -> InlineKeyboardButton:
    data = SendHandout(meeting_id=meeting_id, what=what).pack()
    return button(tr.plain(key), data)


def _outgoing(text: Html, *rows: list[InlineKeyboardButton]) -> Outgoing:
    return Outgoing(text, InlineKeyboardMarkup(inline_keyboard=list(rows)))
