"""The code in the room: nobody else can make one, it ends, and it fits into a link."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import rules
from bot.errors import NotFound, Refused
from bot.rules import RoomPass, RoomUse
from bot.vocabulary import MeetingStatus

SECRET, TOKEN = b"key", "Poster_1-2026"
NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
STARTS, ENDS = NOW, NOW + timedelta(minutes=90)
IN, ANSWER = RoomUse.CHECK_IN, RoomUse.ANSWER
PUBLISHED, HELD = MeetingStatus.PUBLISHED, MeetingStatus.HELD


@given(st.text("abcXYZ019_-", min_size=1, max_size=24), st.timedeltas(timedelta(), timedelta(7000)))
def test_a_code_fits_into_a_link_and_is_found_in_it_again(token: str, later: timedelta) -> None:
    code = rules.sign_code(SECRET, token, NOW + later + timedelta(seconds=1))
    payload = f"r_{token}_{code}"
    assert len(payload) <= 64
    assert payload.removeprefix("r_").rpartition("_")[::2] == (token, code)
    rules.check_code(SECRET, token, code, NOW)


def test_a_code_ends() -> None:
    code = rules.sign_code(SECRET, TOKEN, NOW)
    rules.check_code(SECRET, TOKEN, code, NOW - timedelta(seconds=1))
    for late in (NOW, NOW + timedelta(days=1)):
        with pytest.raises(Refused, match="refused-room-code-old"):
            rules.check_code(SECRET, TOKEN, code, late)


def test_nobody_else_makes_a_code() -> None:
    until = NOW + rules.CODE_LIFE
    code = rules.sign_code(SECRET, TOKEN, until)
    later = f"{int(until.timestamp()) + 600:08x}" + code[8:]
    flipped = code[:-1] + ("0" if code[-1] != "0" else "1")
    foreign = rules.sign_code(b"another key", TOKEN, until)
    other_meeting = rules.sign_code(SECRET, "another", until)
    for forged in (later, flipped, foreign, other_meeting, "", "яяя", code[:8], code + "0"):
        with pytest.raises(NotFound, match="room-code-unknown"):
            rules.check_code(SECRET, TOKEN, forged, NOW)


def test_a_pass_is_good_for_one_account_and_meeting() -> None:
    mine = rules.room_pass(SECRET, 7, "telegram:1")
    rules.check_pass(SECRET, mine, "telegram:1")
    for shown, whose in (
        (mine, "telegram:2"),
        (RoomPass(8, mine.key), "telegram:1"),
        (RoomPass(7, ""), "telegram:1"),
        (RoomPass(7, "ключ"), "telegram:1"),
    ):
        with pytest.raises(NotFound):
            rules.check_pass(SECRET, shown, whose)


def test_the_mark_on_an_answer_leads_nowhere() -> None:
    marks = {
        rules.answer_mark(SECRET, meeting, whose)
        for meeting in (1, 2)
        for whose in ("telegram:1", "telegram:2")
    }
    assert len(marks) == 4
    assert all(len(mark) == 64 for mark in marks)
    assert rules.room_pass(SECRET, 1, "telegram:1").key not in "".join(marks)


@pytest.mark.parametrize(
    ("status", "minutes", "uses"),
    [
        (PUBLISHED, -31, set()),
        (PUBLISHED, -30, {IN}),
        (PUBLISHED, 74, {IN}),
        (PUBLISHED, 75, {IN, ANSWER}),
        (PUBLISHED, 89, {IN, ANSWER}),
        (PUBLISHED, 90, {ANSWER}),
        (PUBLISHED, 210, {ANSWER}),
        (PUBLISHED, 211, set()),
        (HELD, 10, set()),
        (HELD, 80, {ANSWER}),
        (MeetingStatus.DRAFT, 10, set()),
        (MeetingStatus.CANCELLED, 80, set()),
    ],
)
def test_what_the_code_is_good_for(status: MeetingStatus, minutes: int, uses: object) -> None:
    assert rules.room_uses(status, STARTS, ENDS, STARTS + timedelta(minutes=minutes)) == uses


@pytest.mark.parametrize(
    ("status", "minutes", "key"),
    [
        (PUBLISHED, -31, "refused-room-early"),
        (HELD, 10, "refused-room-closed"),
        (PUBLISHED, 211, "refused-room-late"),
        (MeetingStatus.CANCELLED, 10, "refused-cancelled"),
    ],
)
def test_why_it_is_good_for_nothing(status: MeetingStatus, minutes: int, key: str) -> None:
    with pytest.raises(Refused, match=key):
        rules.check_room_uses(status, STARTS, ENDS, STARTS + timedelta(minutes=minutes))


def test_nobody_learns_of_a_draft() -> None:
    with pytest.raises(NotFound, match="meeting-not-found"):
        rules.check_room_uses(MeetingStatus.DRAFT, STARTS, ENDS, STARTS)
