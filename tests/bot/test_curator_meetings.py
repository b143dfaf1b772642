"""Planning and listing meetings: what stands on the keys, the rows and the invitation."""

from datetime import timedelta

import pytest

from bot.models import Headcount, Meeting
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, person_of, stored, taps
from tests.bot.test_curator_taps import CURATOR, staff_member
from tests.services.factory import make_meeting, make_person, sign_up_someone


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def test_the_calendar_has_no_dead_keys(stage: Stage, curator: client.Person) -> None:
    await curator.send("/new")
    await curator.send("Встреча")
    header, weekdays, first = curator.screen.buttons[:3]
    assert header == ["март 2026"]
    assert weekdays == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    assert first == ["· 2 ·", "3", "4", "5", "6", "7", "8"]  # the week of 1 March has passed
    assert curator.screen.buttons[-2] == ["март", "апр. ›"]
    screen = curator.screen
    answer = await curator.tap("пн")
    assert answer.text == ""
    assert curator.screen == screen
    await curator.tap("март 2026")
    labels = curator.screen.labels
    assert labels[0] == "2026"
    assert labels[1:11] == [
        "март", "апрель", "май", "июнь", "июль", "август",
        "сентябрь", "октябрь", "ноябрь", "декабрь",
    ]  # fmt: skip
    assert all(map(str.strip, labels))
    await taps(curator, "май", "14")
    assert "Во сколько начало?" in curator.screen.text
    assert curator.screen.buttons[:3] == [
        ["08", "09", "10", "11", "12", "13", "14"],
        ["15", "16", "17", "18", "19", "20", "21"],
        [":00", ":15", ":30", ":45"],
    ]
    await taps(curator, "15", ":15")
    assert "чт, 14 мая, 15:15" in curator.screen.text


async def test_rows_carry_the_numbers(stage: Stage, curator: client.Person) -> None:
    core, now, place = stage.core, stage.clock.now(), await municipality(stage.core)
    day = timedelta(days=1)
    open_to_all = await make_meeting(core, place, title="Без границ", seats=None)
    await sign_up_someone(core, open_to_all, None, Category.GRADE_9)
    await make_meeting(core, place, title="Мосты", starts_at=now + 2 * day)
    await make_meeting(
        core, place, title="Отмена", starts_at=now + day, status=MeetingStatus.CANCELLED
    )
    held = await make_meeting(
        core, place, title="Была", starts_at=now - 2 * day, status=MeetingStatus.HELD
    )
    over = await make_meeting(core, place, title="Ждёт", starts_at=now - day)
    async with core.db.write() as session:
        for meeting_id, people in ((held, 12), (over, 3)):
            session.add(
                Headcount(
                    meeting_id=meeting_id, category=Category.GRADE_9, organisation="", people=people
                )
            )
    await curator.start()
    await curator.tap("Ваши встречи")
    assert [label for label in curator.screen.labels if "мар ·" in label] == [
        "ср 4 мар · Мосты · записаны 0 из 40",
        "пн 9 мар · Без границ · записан 1",
        "вт 3 мар · Отмена · отменена",
    ]
    await curator.tap("Прошедшие")
    assert [label for label in curator.screen.labels if "·" in label][1:] == [
        "вс 1 мар · Ждёт · пришли 3, не подтверждена",
        "сб 28 февр · Была · пришли 12",
    ]


@pytest.mark.parametrize(("taken", "said"), [(0, ""), (3, ""), (5, " · осталось 1 место")])
async def test_an_invitation_names_seats_when_few_are_left(
    stage: Stage, curator: client.Person, taken: int, said: str
) -> None:
    meeting_id = await make_meeting(stage.core, await municipality(stage.core), seats=6)
    for number in range(taken):
        person = await make_person(stage.core, 100 + number)
        await sign_up_someone(stage.core, meeting_id, person, Category.GRADE_9)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Поделиться")
    invitation = curator.messages[-2].text
    assert f"👥 Для всех желающих{said}\n" in invitation


async def test_an_invitation_keeps_ones_own_ticket(stage: Stage, curator: client.Person) -> None:
    meeting_id = await make_meeting(stage.core, await municipality(stage.core))
    me = await person_of(stage.core, CURATOR)
    assert me is not None
    await sign_up_someone(stage.core, meeting_id, me.id, Category.JOB_CENTRE)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Поделиться")
    assert "Код для входа" not in curator.messages[-2].text


async def test_few_exceptions_are_named_and_a_contradiction_is_seen(
    stage: Stage, curator: client.Person
) -> None:
    await make_meeting(stage.core, await municipality(stage.core))
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Изменить", "Кто может записаться")
    await taps(curator, "✅ Родители", "Готово")
    assert "👥 Для всех, кроме родителей" in curator.screen.text
    assert "записаться они не смогут" not in curator.screen.text
    await taps(curator, "С кем", "С родителями")
    assert "⚠️ Встреча с родителями, а записаться они не смогут." in curator.screen.text
    await taps(curator, "Кто может записаться", "Родители", "Готово")
    assert "👥 Для всех желающих" in curator.screen.text
    assert "⚠️" not in curator.screen.text


async def test_the_reason_of_a_cancellation_can_be_written_again(
    stage: Stage, curator: client.Person
) -> None:
    await make_meeting(stage.core, await municipality(stage.core))
    await curator.send("/manage")
    await taps(curator, "Инженеры", "Ещё", "Отменить встречу")
    assert "Вернуть отменённую встречу нельзя." in curator.screen.text
    await curator.send("ок")
    await curator.send("Заболел ведущий")
    assert "Причина: Заболел ведущий" in curator.screen.text
    await curator.tap("Да, отменить")
    assert (await stored(stage.core, Meeting))[0].cancel_reason == "Заболел ведущий"


async def test_by_correspondence_asks_for_no_place_to_meet(
    stage: Stage, curator: client.Person
) -> None:
    await curator.send("/new")
    await curator.send("Письма инженерам")
    await curator.send("завтра 15:00")
    await taps(curator, "1 ч", "Со школьниками", "Заочно")
    assert curator.screen.text.splitlines()[-2] == "Где взять материалы и куда прислать ответ?"


@pytest.mark.parametrize("words", ["25:00", "после обеда"])
async def test_what_is_no_hour_is_said_of_the_hour(
    stage: Stage, curator: client.Person, words: str
) -> None:
    await curator.send("/new")
    await curator.send("Инженеры")
    await curator.send("завтра")
    asked = curator.screen.text
    await curator.send(words)
    assert curator.messages[-2].text.startswith("Не получилось понять время.")
    assert curator.screen.text == asked


async def test_past_meetings_are_newest_first_and_nobody_is_said(
    stage: Stage, curator: client.Person
) -> None:
    core, now, place = stage.core, stage.clock.now(), await municipality(stage.core)
    for title, days, status in (
        ("Вчера", 1, MeetingStatus.HELD),
        ("Раньше", 9, MeetingStatus.PUBLISHED),
        ("Отмена", 2, MeetingStatus.CANCELLED),
    ):
        starts_at = now - timedelta(days=days)
        await make_meeting(core, place, title=title, starts_at=starts_at, status=status)
    await curator.send("/manage")
    await curator.tap("Прошедшие")
    assert [label.partition(" · ")[2] for label in curator.screen.labels if " · " in label] == [
        "Вчера · никто не отмечен",
        "Отмена · отменена",
        "Раньше · прошла, не подтверждена",
    ]
    await curator.tap("Не закрыты")
    assert next(label for label in curator.screen.labels if " · " in label).endswith(
        "Раньше · прошла, не подтверждена"
    )


async def test_a_dash_is_no_description(stage: Stage, curator: client.Person) -> None:
    await make_meeting(stage.core, await municipality(stage.core), description="О мостах")
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Изменить", "Описание")
    await curator.send(" – ")
    assert (await stored(stage.core, Meeting))[0].description == ""
    assert "Что изменить?" in curator.screen.text


@pytest.mark.parametrize("word", ["отмена", "Отменить.", "CANCEL"])
async def test_the_word_cancels_as_the_command_does(
    stage: Stage, curator: client.Person, word: str
) -> None:
    await curator.send("/new")
    await curator.send(word)
    assert "Новую встречу не сохранили, введённое отброшено." in curator.messages[-2].text
    assert "Что хотите сделать?" in curator.screen.text
    await curator.send("/new")
    await curator.send("Отмена занятий: что делать")
    assert "В какой день?" in curator.screen.text
