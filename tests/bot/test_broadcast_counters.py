"""The counter of a message to many: kept true, to stop it by, and what a crash leaves to decide."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import broadcast_board
from bot.callbacks import BroadcastTap
from bot.models import AuditEntry, BroadcastCounter, DueMessage, StaffRole
from bot.services import outbox
from bot.services.broadcast_progress import STOPPED
from bot.services.consent import withdraw_consent
from bot.services.core import Account
from bot.vocabulary import BroadcastDeed, MessageKind, MessageStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import everything, stored, taps
from tests.bot.test_broadcasts import TITLE, at_the_preview, broadcast_rows, meeting_with
from tests.bot.test_curator_taps import CURATOR, staff_member

NAMES = ("Мария", "Петя", "Олег")


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


@pytest.fixture
async def people(stage: Stage, curator: client.Person) -> list[client.Person]:
    """Three who are signed up and are owed a message."""
    people = await meeting_with(stage, *NAMES)
    await at_the_preview(curator)
    await curator.tap("Отправить 3 людям")
    return people


async def set_fate(stage: Stage, status: MessageStatus, *numbers: int) -> None:
    """Let the first messages have come so far already."""
    rows = await broadcast_rows(stage)
    async with stage.core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.id.in_([rows[number].id for number in numbers]))
            .values(status=status)
        )


async def deeds(stage: Stage) -> list[str]:
    entries = await stored(stage.core, AuditEntry)
    return [row.action for row in entries if row.action.startswith("meeting.write-")]


def heard(people: list[client.Person]) -> list[int]:
    return [sum("✉️" in screen.text for screen in person.messages) for person in people]


async def test_stopping_asks_once_and_drops_the_rest(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    await set_fate(stage, MessageStatus.SENT, 0)
    await curator.tap("Остановить")
    assert curator.screen.text.endswith(
        "Остановить отправку? Кому сообщение ещё не ушло, тот его не получит."
    )
    assert curator.screen.labels == ["Да, остановить", "‹ Назад"]
    await curator.tap("‹ Назад")
    assert curator.screen.text.endswith("Отправлено 1 из 3")
    await taps(curator, "Остановить", "Да, остановить")
    assert curator.screen.text.endswith("Отправлено 1 из 3\nОстановлено. Не отправлено: 2")
    assert curator.screen.labels == []
    await stage.tick()
    assert heard(people) == [0, 0, 0]
    rows = await broadcast_rows(stage)
    assert [(row.status, row.reason) for row in rows[1:]] == [(MessageStatus.DROPPED, STOPPED)] * 2
    assert await deeds(stage) == ["meeting.write-stop"]


async def test_the_question_stays_while_messages_go_out(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    await curator.tap("Остановить")
    await set_fate(stage, MessageStatus.SENT, 0)
    await stage.app.broadcast_board.refresh()
    assert "Отправлено 1 из 3" in curator.screen.text
    assert "Остановить отправку?" in curator.screen.text
    await stage.tick()
    assert curator.screen.text.endswith("Отправлено 3 из 3\nОтправка закончена.")


async def test_what_was_on_its_way_or_comes_back_after_the_stop_is_dropped(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    """A message that failed at the moment of the stop, and one to somebody who unblocks the bot."""
    await outbox.block(stage.core, Account(people[2].id))
    await set_fate(stage, MessageStatus.ON_WIRE, 0, 1)
    await taps(curator, "Остановить", "Да, остановить")
    await set_fate(stage, MessageStatus.PLANNED, 0, 2)
    await outbox.unblock(stage.core, Account(people[2].id))
    await set_fate(stage, MessageStatus.SENT, 1)
    await stage.tick()
    assert heard(people) == [0, 0, 0]
    assert curator.screen.text.endswith("Отправлено 1 из 3\nОстановлено. Не отправлено: 2")


async def test_the_counter_outlives_a_restart(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    counter = curator.screen.message_id
    await stage.restart()
    await stage.tick()
    assert heard(people) == [1, 1, 1]
    assert curator.screen.message_id == counter
    assert "Отправлено 3 из 3" in curator.screen.text
    (kept,) = await stored(stage.core, BroadcastCounter)
    assert (kept.message_id, kept.over) == (counter, True)


async def test_it_is_edited_while_messages_go_out_and_then_no_more(
    stage: Stage,
    curator: client.Person,
    people: list[client.Person],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broadcast_board, "EVERY", 0.0)
    board = stage.app.broadcast_board
    await board.kick()
    await set_fate(stage, MessageStatus.SENT, 0)
    await curator.wait("Отправлено 1 из 3")
    await set_fate(stage, MessageStatus.SENT, 1, 2)
    await curator.wait("Отправлено 3 из 3")
    await board.settle()  # or the test would not end


async def test_at_night_it_says_when_it_goes(stage: Stage, curator: client.Person) -> None:
    people = await meeting_with(stage, *NAMES)
    stage.clock.advance(timedelta(hours=11))  # 23:00
    await at_the_preview(curator)
    assert "Сейчас ночь: сообщение уйдёт в 08:00." in curator.screen.text
    await curator.tap("Отправить 3 людям")
    assert curator.screen.text.endswith("Уйдёт вт, 3 марта, 08:00. Получателей: 3")
    assert curator.screen.labels == ["Остановить"]
    await stage.tick()
    assert heard(people) == [0, 0, 0]
    stage.clock.advance(timedelta(hours=9))
    await stage.tick()
    assert heard(people) == [1, 1, 1]
    assert curator.screen.text.endswith("Отправлено 3 из 3\nОтправка закончена.")


@pytest.mark.parametrize(
    ("choice", "last", "times"),
    [
        ("Отправить ещё раз", "Отправлено 3 из 3\nОтправка закончена.", [1, 1, 1]),
        ("Оставить так", "Отправлено 1 из 3 · неизвестно 2\nОтправка закончена.", [0, 0, 1]),
    ],
)
async def test_after_a_crash_whoever_wrote_decides_with_one_tap(
    stage: Stage,
    curator: client.Person,
    people: list[client.Person],
    choice: str,
    last: str,
    times: list[int],
) -> None:
    await set_fate(stage, MessageStatus.ON_WIRE, 0, 1)
    await stage.restart()
    await stage.tick()
    assert heard(people) == [0, 0, 1]
    assert curator.screen.text.endswith(
        "Отправлено 1 из 3 · неизвестно 2\n\nБыл сбой, и неизвестно, дошло ли сообщение до "
        "2 человек. Отправить им ещё раз?"
    )
    assert curator.screen.labels == ["Отправить ещё раз", "Оставить так"]
    stage.clock.advance(timedelta(days=3))  # written anew, it is not too old
    await curator.tap(choice)
    await stage.tick()
    assert curator.screen.text.endswith(last)
    assert curator.screen.labels == []
    assert heard(people) == times


async def test_what_was_stopped_is_not_sent_again(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    await set_fate(stage, MessageStatus.ON_WIRE, 0)
    await taps(curator, "Остановить", "Да, остановить")
    forged = BroadcastTap(broadcast_id=1, deed=BroadcastDeed.AGAIN).pack()
    answer = await curator.tap_data(forged, curator.screen.message_id)
    assert answer.text.startswith("Отправку уже остановили.")
    await stage.tick()
    assert heard(people) == [0, 0, 0]


@pytest.mark.parametrize(("days", "heard_by"), [(1, [1, 1, 1]), (3, [0, 1, 1])])
async def test_who_comes_back_after_two_days_is_spared_old_news(
    stage: Stage,
    curator: client.Person,
    people: list[client.Person],
    days: int,
    heard_by: list[int],
) -> None:
    await outbox.block(stage.core, Account(people[0].id))
    await stage.tick()
    stage.clock.advance(timedelta(days=days))
    await outbox.unblock(stage.core, Account(people[0].id))
    await stage.tick()
    assert heard(people) == heard_by
    reason = (await broadcast_rows(stage))[0].reason
    assert reason == ("" if days < 2 else "too late by now")


async def test_whoever_lost_the_role_sees_no_more_numbers_and_stops_nothing(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    async with stage.core.db.write() as session:
        await session.execute(update(StaffRole).values(revoked_at=stage.clock.now()))
    before = await everything(stage.core, AuditEntry)
    for deed in BroadcastDeed:
        forged = BroadcastTap(broadcast_id=1, deed=deed).pack()
        answer = await curator.tap_data(forged, curator.messages[0].message_id)
        assert answer.text.startswith("Это действие для сотрудников")
        assert answer.show_alert
    assert await everything(stage.core, AuditEntry) == before
    await stage.tick()
    assert not any("Отправлено 3" in screen.text for screen in curator.messages)
    (kept,) = await stored(stage.core, BroadcastCounter)
    assert kept.over


async def test_two_who_run_the_meeting_have_a_counter_each(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    other = await staff_member(stage, "Борис", 8, Role.COORDINATOR)
    await other.send("/manage")
    await taps(other, TITLE, "Написать участникам", "Прошлое сообщение")
    await taps(other, "Остановить", "Да, остановить")
    await stage.tick()
    for person in (curator, other):
        assert person.screen.text.endswith("Отправлено 0 из 3\nОстановлено. Не отправлено: 3")


async def test_trouble_with_one_counter_holds_up_no_other(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    other = await staff_member(stage, "Борис", 8, Role.COORDINATOR)
    await other.send("/manage")
    await taps(other, TITLE, "Написать участникам", "Прошлое сообщение")
    await set_fate(stage, MessageStatus.SENT, 0)
    stage.sandbox.faults.plan("editMessageText", carried_out=False, status=502)
    for true in ([False, True], [True, True]):
        await stage.app.broadcast_board.refresh()
        shown = ["Отправлено 1 из 3" in each.screen.text for each in (curator, other)]
        assert shown == true


async def test_a_counter_that_is_gone_is_given_up(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    async with stage.core.db.write() as session:
        await session.execute(update(BroadcastCounter).values(message_id=404))
    await stage.tick()
    assert heard(people) == [1, 1, 1]
    (kept,) = await stored(stage.core, BroadcastCounter)
    assert kept.over


async def test_nothing_of_it_stays_with_who_takes_the_consent_back(
    stage: Stage, curator: client.Person, people: list[client.Person]
) -> None:
    await withdraw_consent(stage.core, Account(curator.id))
    assert await stored(stage.core, BroadcastCounter) == []
    assert {row.kind for row in await broadcast_rows(stage)} == {MessageKind.BROADCAST}
