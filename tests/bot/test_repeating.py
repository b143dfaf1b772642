"""«Повторить»: once on another day, a series, and changing or cancelling one of it."""

from datetime import timedelta

import pytest

from bot.models import DueMessage, Meeting, SeatLimit
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MeetingStatus, MessageKind, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.bot.test_curator_taps import CURATOR, Crash, crash, staff_member
from tests.services.factory import make_meeting, make_person

__all__ = ["crash"]

TITLE = "Инженеры будущего"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def meeting_of(stage: Stage, **fields: object) -> int:
    return await make_meeting(
        stage.core, await municipality(stage.core), description="О мостах", **fields
    )


async def days(stage: Stage) -> list[str]:
    return [f"{row.starts_at:%d.%m %H:%M}" for row in await stored(stage.core, Meeting)]


async def series_of(stage: Stage, curator: client.Person, times: str = "3") -> None:
    """A meeting on Monday, 9 March, and its copies of the weeks after it, all published."""
    await meeting_of(stage)
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", "Каждую неделю")
    await curator.send(times)
    await curator.tap("Опубликовать все")


async def first_of_the_series(curator: client.Person) -> None:
    await curator.send("/manage")
    await curator.tap("пн 9 мар")


async def test_a_copy_asks_only_for_the_day_and_the_time(
    stage: Stage, curator: client.Person
) -> None:
    source = await meeting_of(
        stage,
        seats=27,
        admits=[Category.GRADE_9, Category.PARENT],
        offers_automatic=False,
        sign_up_opens_at=stage.clock.now() + timedelta(days=1),
    )
    async with stage.core.db.write() as session:
        session.add(SeatLimit(meeting_id=source, category=Category.PARENT, seats=5))
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", "Один раз")
    assert "В какой день?" in curator.screen.text
    assert TITLE in curator.screen.text
    await curator.send("16.03")
    assert "Во сколько начало?" in curator.screen.text
    assert "Сейчас: 12:00" in curator.screen.text
    await curator.tap("Оставить так")
    assert "📅 пн, 16 марта, 12:00–13:30" in curator.screen.text
    assert "Для 9 классов и родителей" in curator.screen.text
    await curator.tap("‹ Назад")
    assert "Во сколько начало?" in curator.screen.text
    await curator.send("15:30")
    await taps(curator, "Изменить", "Места")
    await curator.send("30")
    await curator.tap("Опубликовать")
    first, copy = await stored(stage.core, Meeting)
    assert (copy.status, copy.seats, copy.description) == (MeetingStatus.PUBLISHED, 30, "О мостах")
    assert f"{copy.starts_at:%d.%m %H:%M}" == "16.03 08:30"  # 15:30 in Красноярск
    assert copy.ends_at - copy.starts_at == timedelta(minutes=90)
    assert (copy.offers_automatic, copy.series_id) == (False, None)
    assert first.sign_up_opens_at is not None
    assert copy.sign_up_opens_at == first.sign_up_opens_at + (copy.starts_at - first.starts_at)
    limits = await stored(stage.core, SeatLimit)
    assert [(limit.meeting_id, limit.seats) for limit in limits] == [(source, 5), (copy.id, 5)]


async def test_back_from_the_day_of_a_copy_leads_to_the_meeting(
    stage: Stage, curator: client.Person
) -> None:
    await meeting_of(stage, status=MeetingStatus.CANCELLED, cancel_reason="Заболел ведущий")
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", "Один раз", "‹ Назад")
    assert "Один раз или серией?" in curator.screen.text
    await taps(curator, "Один раз")
    await curator.send("завтра в 15")
    await curator.tap("Оставить черновиком")
    assert "черновик" in curator.screen.text
    assert [row.status.value for row in await stored(stage.core, Meeting)] == ["cancelled", "draft"]


@pytest.mark.parametrize(
    ("rhythm", "end", "shown"),
    [
        ("Каждую неделю", "3", ["пн, 16 марта", "пн, 23 марта", "пн, 30 марта"]),
        ("Каждые две недели", "до 10 апреля", ["пн, 23 марта", "пн, 6 апреля"]),
        ("Каждый месяц", "2 раза", ["пн, 13 апреля", "пн, 11 мая"]),
    ],
)
async def test_a_series_is_seen_before_it_is_made(
    stage: Stage, curator: client.Person, rhythm: str, end: str, shown: list[str]
) -> None:
    await meeting_of(stage)
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", rhythm)
    assert curator.screen.labels == [*map(str, range(2, 13)), "‹ Назад"]
    await curator.send(end)
    lines = [line for line in curator.screen.text.splitlines() if line.startswith("📅")]
    assert lines == [f"📅 {day}" for day in shown]
    assert "Праздники не проверяем" in curator.screen.text
    answer = await curator.tap("Оставить черновиками")
    assert answer.text == f"Черновиков сохранено: {len(shown)}"
    rows = await stored(stage.core, Meeting)
    assert [row.status for row in rows[1:]] == [MeetingStatus.DRAFT] * len(shown)
    assert len({row.series_id for row in rows}) == 1
    assert rows[0].series_id is not None
    assert len({row.token for row in rows}) == len(rows)
    assert sum(TITLE in label for label in curator.screen.labels) == len(shown)


async def test_what_cannot_be_repeated_is_said_and_a_second_tap_makes_no_more(
    stage: Stage, curator: client.Person, crash: Crash
) -> None:
    await meeting_of(stage)
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", "Каждую неделю")
    for typed, said in [
        ("13", "Повторить можно от 2 до 12 раз."),
        ("до 10 марта", "До этого дня встреча ни разу не повторится."),
        ("до 30 декабря", "За раз получится не больше 12 встреч."),
        ("когда-нибудь", "Не получилось понять день."),
    ]:
        await curator.send(typed)
        assert curator.messages[-2].text.startswith(said)
        assert "сколько раз?" in curator.screen.text
    await curator.tap("4")
    preview = curator.screen
    button = preview.button("Опубликовать все")
    assert button is not None
    await curator.tap("Опубликовать все")
    await crash.again()
    await curator.tap_data(button["callback_data"], preview.message_id)
    assert await days(stage) == [
        "09.03 05:00", "16.03 05:00", "23.03 05:00", "30.03 05:00", "06.04 05:00",
    ]  # fmt: skip
    rows = await stored(stage.core, DueMessage)
    assert sum(row.kind is MessageKind.HELD_QUESTION for row in rows) == 4


async def test_a_past_meeting_starts_a_series_from_today_on(
    stage: Stage, curator: client.Person
) -> None:
    await meeting_of(stage, starts_at=stage.clock.now() - timedelta(days=14))
    await curator.send("/manage")
    await taps(
        curator, "Прошедшие", TITLE, "Ещё", "Повторить", "Каждую неделю", "2", "Опубликовать все"
    )
    assert (await days(stage))[1:] == ["09.03 05:00", "16.03 05:00"]
    assert (await stored(stage.core, Meeting))[0].series_id is None


async def test_a_change_is_for_one_or_for_all_that_follow(
    stage: Stage, curator: client.Person
) -> None:
    await series_of(stage, curator)
    await first_of_the_series(curator)
    await taps(curator, "Изменить", "Места")
    await curator.send("20")
    assert curator.screen.labels == ["Только эту", "Эту и следующие: 3", "‹ Назад"]
    await curator.tap("‹ Назад")
    assert "Сейчас: 20 мест" in curator.screen.text
    await curator.send("21")
    await curator.tap("Только эту")
    assert "Что изменить?" in curator.screen.text
    assert [row.seats for row in await stored(stage.core, Meeting)] == [21, 40, 40, 40]
    await curator.tap("Описание")
    await curator.send("О дорогах")
    await curator.tap("Эту и следующие")
    assert {row.description for row in await stored(stage.core, Meeting)} == {"О дорогах"}

    await curator.tap("Когда")
    await curator.tap("Оставить так")
    await curator.send("15:30")
    await curator.tap("Оставить так")
    assert "Где поменять время? Дни останутся прежними." in curator.screen.text
    await curator.tap("Эту и следующие")
    assert await days(stage) == ["09.03 08:30", "16.03 08:30", "23.03 08:30", "30.03 08:30"]

    await curator.tap("Когда")  # another day is this one's alone: nothing is asked
    await curator.send("10.03 в 12")
    await curator.tap("Оставить так")
    assert "Что изменить?" in curator.screen.text
    assert await days(stage) == ["10.03 05:00", "16.03 08:30", "23.03 08:30", "30.03 08:30"]


async def test_a_change_that_one_of_them_refuses_changes_none(
    stage: Stage, curator: client.Person
) -> None:
    await series_of(stage, curator)
    last = (await stored(stage.core, Meeting))[-1]
    for number in range(2):
        await make_person(stage.core, 100 + number)
        await sign_up(stage.core, Account(100 + number), last.token)
    await first_of_the_series(curator)
    await taps(curator, "Изменить", "Места")
    await curator.send("1")
    answer = await curator.tap("Эту и следующие")
    assert answer.text.startswith("Уже записаны 2 человека")
    assert {row.seats for row in await stored(stage.core, Meeting)} == {40}


@pytest.mark.parametrize(
    ("button", "cancelled"), [("Только эту", [True, False, False]), ("Эту и", [True, True, True])]
)
async def test_cancelling_is_for_one_or_for_all_that_follow(
    stage: Stage, curator: client.Person, button: str, cancelled: list[bool]
) -> None:
    await series_of(stage, curator, "2")
    maria = stage.person("Мария", 100)
    await maria.start()
    await make_person(stage.core, maria.id)
    await sign_up(stage.core, Account(maria.id), (await stored(stage.core, Meeting))[-1].token)
    await stage.tick()
    await first_of_the_series(curator)
    await curator.tap("Ещё")
    await curator.tap("Отменить встречу")
    await curator.send("Заболел ведущий")
    assert "Встреча повторяется. Какие отменить?" in curator.screen.text
    assert "Да, отменить" not in curator.screen.labels
    await curator.tap(button)
    rows = await stored(stage.core, Meeting)
    assert [row.status is MeetingStatus.CANCELLED for row in rows] == cancelled
    await stage.tick()
    told = any("Заболел ведущий" in screen.text for screen in maria.messages)
    assert told is cancelled[-1]
