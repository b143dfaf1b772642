"""«Написать участникам»: to whom, the preview, sent once to each, and how far it has come."""

import pytest

from bot.models import AuditEntry, Broadcast, DueMessage
from bot.services import outbox
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MeetingStatus, MessageKind, Recipients, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.bot.test_curator_taps import CURATOR, Crash, crash, staff_member
from tests.services.factory import make_meeting, make_person

__all__ = ["crash"]

TITLE = "Инженеры будущего"
WORDS = "Вход со двора <№ 2> & сменная обувь.\n\nЖдём вас."


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def signed_up(stage: Stage, name: str, account_id: int) -> client.Person:
    person = stage.person(name, account_id)
    await person.start()
    await make_person(stage.core, person.id, name=name, category=Category.GRADE_9)
    await sign_up(stage.core, Account(person.id), "mine", wait=True)
    return person


async def meeting_with(stage: Stage, *names: str, **fields: object) -> list[client.Person]:
    await make_meeting(stage.core, await municipality(stage.core), token="mine", **fields)
    return [await signed_up(stage, name, 100 + number) for number, name in enumerate(names)]


async def broadcast_rows(stage: Stage) -> list[DueMessage]:
    rows = await stored(stage.core, DueMessage)
    return [row for row in rows if row.kind is MessageKind.BROADCAST]


async def at_the_preview(curator: client.Person, words: str = WORDS) -> None:
    await curator.send("/manage")
    await taps(curator, TITLE, "Написать участникам", "Тем, кто записан")
    await curator.send(words)


async def test_a_message_goes_to_those_who_are_signed_up_and_to_nobody_else(
    stage: Stage, curator: client.Person
) -> None:
    maria, petya, late = await meeting_with(stage, "Мария", "Петя", "Олег", seats=2)
    await curator.send("/manage")
    await taps(curator, TITLE, "Написать участникам")
    assert curator.screen.labels == [
        "Тем, кто записан: 2",
        "Тем, кто ждёт места: 1",
        "‹ Назад",
    ]
    await curator.tap("Тем, кто записан")
    assert "Тем, кто записан: 2. Что им написать?" in curator.screen.text
    await curator.send(WORDS)
    read = "✉️ Сообщение от организатора\n«Инженеры будущего» · пн, 9 марта, 12:00\n\n" + WORDS
    assert curator.screen.text.startswith(read)
    assert "Так сообщение увидят люди. Тем, кто записан: 2." in curator.screen.text
    assert curator.screen.labels == ["Отправить 2 людям", "‹ Назад"]

    answer = await curator.tap("Отправить 2 людям")
    assert answer.text == "Принято. Сколько дошло, видно ниже."
    meeting, counter = curator.messages[-2:]
    assert meeting.text.startswith(TITLE)
    assert counter.text == "✉️ Сообщение участникам\n«Инженеры будущего»\nОтправлено 0 из 2"
    assert counter.labels == ["Остановить"]
    await stage.tick()
    for person in (maria, petya):
        assert person.messages[-1].text == read
        await person.tap("Открыть встречу")
        assert person.screen.text.startswith(TITLE)
    assert "✉️" not in late.screen.text
    assert curator.screen.message_id == counter.message_id
    assert curator.screen.text.endswith("Отправлено 2 из 2\nОтправка закончена.")
    assert curator.screen.labels == []
    (sent,) = await stored(stage.core, Broadcast)
    assert (sent.recipients, sent.text) == (Recipients.SIGNED_UP, WORDS)
    written = [row for row in await stored(stage.core, AuditEntry) if row.action == "meeting.write"]
    assert [row.details for row in written] == [{"recipients": "signed_up", "people": 2}]

    await taps(curator, "Написать участникам", "Прошлое сообщение")
    assert curator.screen.message_id > counter.message_id
    assert "Отправлено 2 из 2" in curator.screen.text


async def test_the_same_tap_twice_sends_once(
    stage: Stage, curator: client.Person, crash: Crash
) -> None:
    maria, _ = await meeting_with(stage, "Мария", "Петя")
    await at_the_preview(curator)
    preview = curator.screen
    button = preview.button("Отправить")
    assert button is not None
    await curator.tap("Отправить")
    await crash.again()
    await curator.tap_data(button["callback_data"], preview.message_id)
    await stage.tick()
    assert sum("Отправлено" in screen.text for screen in curator.messages) == 1
    assert len(await stored(stage.core, Broadcast)) == 1
    assert len(await broadcast_rows(stage)) == 2
    assert sum("✉️" in screen.text for screen in maria.messages) == 1


async def test_who_blocked_the_bot_did_not_get_it(stage: Stage, curator: client.Person) -> None:
    maria, _ = await meeting_with(stage, "Мария", "Петя")
    await at_the_preview(curator)
    await outbox.block(stage.core, Account(maria.id))
    await curator.tap("Отправить 2 людям")
    await stage.tick()
    assert "Отправлено 1 из 2 · не дошло 1" in curator.screen.text


async def test_words_are_checked_and_kept(stage: Stage, curator: client.Person) -> None:
    await meeting_with(stage, "Мария")
    await at_the_preview(curator, "я" * 1001)
    assert "Слишком длинно: 1 001 знак" in curator.messages[-2].text.replace("\xa0", " ")
    await curator.send("…")
    assert "Здесь нужны слова" in curator.messages[-2].text
    await curator.send("&" * 900 + "я")  # escaped, it is longer than Fluent takes
    assert "Отправить 1 человеку" in curator.screen.labels
    await curator.tap("‹ Назад")
    assert "Сейчас: &&&" in curator.screen.text
    await curator.send("/meetings")
    await curator.tap("‹ Назад")
    assert "Сейчас: &&&" in curator.screen.text
    await curator.tap("Оставить так")
    await curator.tap("Отправить 1 человеку")
    await stage.tick()
    assert len(await broadcast_rows(stage)) == 1


async def test_nobody_is_written_to_where_nobody_is(stage: Stage, curator: client.Person) -> None:
    place = await municipality(stage.core)
    await make_meeting(stage.core, place)
    await make_meeting(stage.core, place, title="Черновик", status=MeetingStatus.DRAFT)
    await curator.send("/manage")
    await curator.tap(TITLE)
    assert "Поделиться" in curator.screen.labels
    assert "Написать участникам" not in curator.screen.labels
    await curator.send("/manage")
    await taps(curator, "Черновики", "Черновик ·")
    assert "Написать участникам" not in curator.screen.labels
