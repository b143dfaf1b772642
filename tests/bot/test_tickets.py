"""The ticket with its QR code, the calendar's entry, changes, and the door that scans."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from bot.models import Headcount, Meeting, Registration
from bot.services import meetings
from bot.services.core import Account
from bot.vocabulary import Category, Mode, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, make_person

CURATOR, MARIA = 900, 1000


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    await give_role(stage.core, CURATOR, Role.CURATOR, await municipality(stage.core))
    return stage.person("Ольга", CURATOR)


@pytest.fixture
async def maria(stage: Stage) -> client.Person:
    person = stage.person("Мария", MARIA)
    await make_person(stage.core, MARIA, category=Category.GRADE_9)
    await person.start()
    return person


async def sign_up(stage: Stage, person: client.Person, **fields: object) -> int:
    """Let somebody sign up for a new meeting by its link; return the meeting's id."""
    meeting_id = await make_meeting(
        stage.core, await municipality(stage.core), token="Poster_1-2026", **fields
    )
    await person.start("m_Poster_1-2026")
    await person.tap("Записаться")
    await stage.tick()
    return meeting_id


def calendar_of(screen: Screen) -> tuple[Calendar, Event]:
    assert screen.document is not None
    assert screen.document.name == "Встреча.ics"
    calendar = Calendar.from_ical(screen.document.data)
    assert isinstance(calendar, Calendar)
    return calendar, calendar.events[0]


async def ticket_token(stage: Stage) -> str:
    return (await stored(stage.core, Registration))[0].token


async def test_signing_up_brings_a_ticket_and_a_calendars_entry(
    stage: Stage, maria: client.Person
) -> None:
    await sign_up(stage, maria)
    ticket, entry = maria.messages[-2:]
    assert ticket.photo is not None
    assert ticket.photo.data.startswith(b"\x89PNG")
    lines = ticket.text.splitlines()
    assert lines[0] == "🎫 Инженеры будущего"
    assert "завтра" not in ticket.text
    assert lines[2] == "📍 Центральная библиотека, ул. Ленина, 12, Ачинск"
    assert lines[-1] == "🔑 Код: A1. Покажите QR-код или назовите код у входа."
    calendar, event = calendar_of(entry)
    assert (calendar["method"], event["sequence"]) == ("PUBLISH", 0)
    assert event["summary"] == "Инженеры будущего"
    assert event["url"] == "https://t.me/kras_networking_bot?start=m_Poster_1-2026"
    assert event.start == (await stored(stage.core, Meeting))[0].starts_at


async def test_the_ticket_comes_once_and_anew_after_a_cancellation(
    stage: Stage, maria: client.Person
) -> None:
    await sign_up(stage, maria)
    await stage.tick()
    assert len([each for each in maria.messages if each.photo]) == 1
    await maria.start("m_Poster_1-2026")
    await taps(maria, "Отменить запись", "Да, отменить", "Записаться")
    await stage.tick()
    assert len([each for each in maria.messages if each.photo]) == 2


async def test_who_cancelled_at_once_gets_no_ticket(stage: Stage, maria: client.Person) -> None:
    await make_meeting(stage.core, await municipality(stage.core), token="Poster_1-2026")
    await maria.start("m_Poster_1-2026")
    await taps(maria, "Записаться", "Отменить запись", "Да, отменить")
    await stage.tick()
    assert [each for each in maria.messages if each.photo or each.document] == []


async def test_an_online_meeting_has_a_link_and_no_door(stage: Stage, maria: client.Person) -> None:
    link = "https://telemost.yandex.ru/j/123"
    await sign_up(stage, maria, mode=Mode.ONLINE, place="", link=link)
    ticket, entry = maria.messages[-2:]
    assert ticket.photo is None
    assert link in ticket.text
    assert "у входа" not in ticket.text
    assert calendar_of(entry)[1]["location"] == link


async def test_changes_are_told_together_once_old_to_new(
    stage: Stage, maria: client.Person, curator: client.Person
) -> None:
    meeting_id = await sign_up(stage, maria)
    before = (await stored(stage.core, Meeting))[0]
    moved = {
        "starts_at": before.starts_at + timedelta(days=1),
        "ends_at": before.ends_at + timedelta(days=1),
    }
    await meetings.edit_meeting(stage.core, Account(CURATOR), meeting_id, moved)
    await meetings.edit_meeting(stage.core, Account(CURATOR), meeting_id, {"place": "Школа № 3"})
    await stage.tick()
    seen = len(maria.messages)
    await stage.wait_until(stage.clock.now() + timedelta(minutes=2))
    change, entry = maria.messages[seen:]
    assert change.text.startswith("✏️ Изменилась встреча: Инженеры будущего")
    assert "📍 Было: Центральная библиотека, ул. Ленина, 12\n📍 Стало: Школа № 3" in change.text
    assert change.text.count("📅") == 2
    assert calendar_of(entry)[1]["sequence"] == 2
    assert calendar_of(entry)[1].start == moved["starts_at"]

    answer = await maria.tap("Не смогу прийти")
    assert answer.text == "Запись отменена"
    assert (await stored(stage.core, Registration))[0].cancelled_at is not None


async def test_what_was_changed_back_is_not_told(
    stage: Stage, maria: client.Person, curator: client.Person
) -> None:
    meeting_id = await sign_up(stage, maria)
    place = (await stored(stage.core, Meeting))[0].place
    for where in ("Школа № 3", place):
        await meetings.edit_meeting(stage.core, Account(CURATOR), meeting_id, {"place": where})
    await stage.wait_until(stage.clock.now() + timedelta(minutes=2))
    assert "Изменилась" not in maria.messages[-1].text + maria.messages[-2].text


async def test_a_cancelled_meeting_leaves_the_calendar(
    stage: Stage, maria: client.Person, curator: client.Person
) -> None:
    meeting_id = await sign_up(stage, maria)
    await meetings.cancel_meeting(stage.core, Account(CURATOR), meeting_id, "Зал закрыт")
    await stage.tick()
    calendar, event = calendar_of(maria.messages[-1])
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)


async def test_a_curators_camera_checks_in_and_tells_when(
    stage: Stage, maria: client.Person, curator: client.Person
) -> None:
    await sign_up(stage, maria)
    token = await ticket_token(stage)
    await curator.start(f"t_{token}")
    assert "Отмечать можно за 3 часа до начала" in curator.messages[-1].text

    stage.clock.move_to((await stored(stage.core, Meeting))[0].starts_at)
    await curator.start(f"t_{token}")
    assert curator.screen.text.splitlines()[:2] == ["✅ Мария", "9 класс"]
    assert [row.people for row in await stored(stage.core, Headcount)] == [1]
    stage.clock.advance(timedelta(minutes=2))
    await curator.start(f"t_{token}")
    assert curator.screen.text.startswith("☑️ Мария: приход уже отмечен в ")
    assert [row.people for row in await stored(stage.core, Headcount)] == [1]

    await curator.tap("Отменить отметку")
    assert curator.screen.text == "Отметка снята."
    assert await stored(stage.core, Headcount) == []


async def test_to_everybody_else_it_is_a_ticket(
    stage: Stage, maria: client.Person, curator: client.Person
) -> None:
    await sign_up(stage, maria)
    token = await ticket_token(stage)
    stage.clock.move_to((await stored(stage.core, Meeting))[0].starts_at)
    stranger = stage.person("Пётр")
    await stranger.start(f"t_{token}")
    assert stranger.screen.text.startswith("Это билет на встречу «Инженеры будущего».")
    assert "Мария" not in stranger.screen.text
    await maria.start(f"t_{token}")
    assert "Инженеры будущего" in maria.screen.text
    assert await stored(stage.core, Headcount) == []
    await stranger.start("t_nonsense")
    assert "Такого билета нет" in stranger.messages[-1].text + stranger.messages[-2].text
