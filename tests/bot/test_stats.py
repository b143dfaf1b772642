"""/stats over a real chat: pictures by a tap, typed periods, and nothing without a role."""

import struct
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.models import AuditEntry, Feedback, Headcount, StaffRole
from bot.vocabulary import Category, Format, MeetingStatus, Role
from sandbox.client import Person
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import municipality, person_of
from tests.bot.test_windows import faults
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

PICTURES = [
    "Кто приходил", "По месяцам", "Год к году", "Записались и пришли", "Оценки",
    "Кто приходит снова",
]  # fmt: skip
OF_REGION = ["Муниципалитеты", "Карта по месяцам"]


async def _held(
    stage: Stage, day: datetime, came: dict[Category, int], *, place: str = "Ачинск",
    ratings: tuple[int, ...] = (), **fields: object,
) -> int:  # fmt: skip
    where = await municipality(stage.core, place)
    meeting_id = await make_meeting(
        stage.core, where, starts_at=day, status=MeetingStatus.HELD, **fields  # type: ignore[arg-type]
    )  # fmt: skip
    async with stage.core.db.write() as session:
        for category, people in came.items():
            session.add(Headcount(meeting_id=meeting_id, category=category, people=people,
                                  organisation=""))  # fmt: skip
        for number, rating in enumerate(ratings):
            session.add(Feedback(meeting_id=meeting_id, rating=rating, answered_by=f"{number}",
                                 created_at=day))  # fmt: skip
    return meeting_id


@pytest.fixture
async def year(stage: Stage) -> int:
    """It is 20 November 2026; Ачинск has held two meetings this year and one the year before."""
    stage.clock.move_to(datetime(2026, 11, 20, 5, tzinfo=UTC))
    person = await make_person(stage.core, 100)
    first = await _held(
        stage, datetime(2026, 3, 14, 8, tzinfo=UTC),
        {Category.GRADE_6: 3, Category.GRADE_9: 30, Category.PARENT: 11, Category.HEAD: 1},
        ratings=(5, 5, 4, 4, 1),
    )  # fmt: skip
    await _held(
        stage, datetime(2026, 9, 9, 8, tzinfo=UTC), {Category.GRADE_9: 5, Category.CULTURE: 2},
        format=Format.SEMINAR, ratings=(2, 3),
    )  # fmt: skip
    await _held(stage, datetime(2025, 5, 5, 8, tzinfo=UTC), {Category.GRADE_10: 26})
    await sign_up_someone(stage.core, first, person, Category.GRADE_9, came=1)
    await sign_up_someone(stage.core, first, None, Category.PARENT, came=0)
    return await municipality(stage.core)


async def _staff(stage: Stage, role: Role, place: int | None, user_id: int = 10) -> Person:
    person = stage.person("Анна", user_id)
    await give_role(stage.core, person.id, role, place)
    return person


def _is_a_picture(screen: Screen) -> bool:
    if screen.photo is None:
        return False
    assert screen.photo.data.startswith(b"\x89PNG")
    return bool(struct.unpack(">I", screen.photo.data[16:20])[0] == 1080)


async def test_a_curator_looks_at_one_picture_after_the_other(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.CURATOR, year)
    await person.send("/stats")
    screen = person.screen
    assert _is_a_picture(screen)
    assert screen.text == (
        "Кто приходил на встречи\n📍 Ачинск · 2026 год\n\n"
        "2 встречи, 52 человека: школьники 38, родители 11, работодатели 1, остальные 2. "
        "Среди школьников 5–6 классы — 3, в форме отчёта для них нет строки."
    )
    assert screen.labels == [*PICTURES[1:], "Другой период", "‹ Назад"]
    said = {}
    pictures = {}
    for name in (*PICTURES[1:], PICTURES[0]):
        await person.tap(name)
        assert person.screen.message_id == screen.message_id  # it changes in place
        assert person.screen.photo is not None
        said[name] = person.screen.text.partition("\n\n")[2]
        pictures[name] = person.screen.photo.data
    assert len(set(pictures.values())) == len(PICTURES)
    assert said["По месяцам"] == ("2 встречи, 52 человека. Больше всего людей: март, 45 человек.")
    assert said["Год к году"] == (
        "Пока 52 человека. Годом раньше к этому дню — 26 человек, за весь период — 26 человек. "
        "Стало больше на 100 %."
    )
    assert said["Записались и пришли"].startswith(
        "Из записавшихся пришли: 1 из 2, это 50 %. Не пришли: 1."
    )
    assert said["Оценки"].startswith("7 отзывов, средняя оценка 3,4. Форматы, у которых меньше 5")
    assert said["Кто приходит снова"] == (
        "Разных людей из записавшихся — 1: один раз были 1, два раза — 0, три и больше — 0."
    )
    assert said["Кто приходил"].startswith("2 встречи")
    await person.tap("‹ Назад")
    assert "Что хотите сделать?" in person.screen.text


async def test_a_period_is_tapped_or_typed(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.COORDINATOR, year)
    await person.send("/stats")
    await person.tap("По месяцам")
    await person.tap("Другой период")
    assert person.screen.labels == [
        "2026 год", "2025 год", "1 полугодие 2026", "2 полугодие 2026",
        "1 квартал 2026", "2 квартал 2026", "3 квартал 2026", "4 квартал 2026", "‹ Назад",
    ]  # fmt: skip
    await person.tap("1 квартал 2026")
    assert "Ачинск · 1 квартал 2026\n\n1 встреча, 45 человек." in person.screen.text
    await person.tap("Другой период")
    await person.send("ерунда")
    assert "Не удалось понять период" in person.messages[-2].text
    await person.send("01.01.2026–31.12.2027")
    assert "За такой период статистики нет" in person.messages[-2].text
    assert "за какой период?" in person.screen.text
    await person.send("01.09.2026–31.12.2026")
    assert _is_a_picture(person.screen)
    assert "· 1 сент. – 31 дек. 2026\u00a0г.\n\n1 встреча, 7 человек." in person.screen.text
    # Another picture keeps the period.
    await person.tap("Оценки")
    assert "Отзывов пока 2. Оценки видны от 5 отзывов" in person.screen.text
    assert person.screen.photo is None
    await person.tap("Другой период")
    await person.tap("2025 год")
    assert "Отзывов за этот период нет" in person.screen.text
    await person.tap("Кто приходил")
    assert _is_a_picture(person.screen)
    assert "1 встреча, 26 человек" in person.screen.text
    await person.tap("Другой период")
    await person.tap("‹ Назад")
    assert _is_a_picture(person.screen)


async def test_where_there_is_nothing_it_says_what_to_do(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.CURATOR, await municipality(stage.core, "Канск"))
    await person.send("/stats")
    for name in (*PICTURES[1:], PICTURES[0]):
        assert person.screen.photo is None
        assert "за этот период" in person.screen.text.lower()
        await person.tap(name)


async def test_an_organiser_sees_their_own_meetings_only(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.ORGANISER, year)
    me = await person_of(stage.core, person.id)
    assert me is not None
    await _held(
        stage, datetime(2026, 10, 1, 8, tzinfo=UTC), {Category.PARENT: 4}, created_by_id=me.id
    )
    await person.start()
    await person.tap("Статистика")
    assert _is_a_picture(person.screen)
    assert "Ачинск · 2026 год. Только встречи, которые создали вы" in person.screen.text
    assert "1 встреча, 4 человека" in person.screen.text


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_region_has_two_pictures_more(stage: Stage, year: int, language: str) -> None:
    await _held(stage, datetime(2026, 4, 1, 8, tzinfo=UTC), {Category.PARENT: 100}, place="Канск")
    person = stage.person("Анна", 10, language_code=language)
    await make_person(stage.core, person.id, locale=language)
    await give_role(stage.core, person.id, Role.REGIONAL_CURATOR)
    region, ranking, the_map = (
        ("Весь край", *OF_REGION)
        if language == "ru"
        else ("The whole region", "Municipalities", "Map by month")
    )
    await person.send("/stats")
    await person.tap(region)
    while True:
        assert _is_a_picture(person.screen)
        assert faults(person.screen, russian=language == "ru", calendar=False) == []
        if ranking in person.screen.labels:
            await person.tap(ranking)
            if language == "ru":
                assert "152 человека. Муниципалитеты со встречами: 2" in person.screen.text
                assert "Больше всего людей: Канск, 100 человек." in person.screen.text
            await person.tap(the_map)
            break
    assert _is_a_picture(person.screen)
    await person.tap("‹")
    await person.send("ачин" if language == "ru" else "ачинск")
    await person.tap("Ачинск")
    assert _is_a_picture(person.screen)
    assert ranking not in person.screen.labels


async def test_a_picture_that_the_messenger_has_is_not_sent_again(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.CURATOR, year)
    await person.send("/stats")
    first = person.screen.photo
    await person.tap("По месяцам")
    await person.tap("Кто приходил")
    assert first is not None
    assert person.screen.photo == first


async def test_nobody_else_sees_statistics(stage: Stage, year: int) -> None:
    for person in (stage.person("Никто", 20), stage.person("Админ", 1)):
        await person.send("/stats")
        assert "статистику видят те, кто ведёт встречи" in "".join(
            screen.text for screen in person.messages
        )
        assert all(screen.photo is None for screen in person.messages)
    async with stage.core.db.read() as session:
        refused = await session.scalars(select(AuditEntry.account_id).where(AuditEntry.refused))
        assert list(refused) == [20, 1]


async def test_a_role_that_was_taken_back_and_forged_buttons(stage: Stage, year: int) -> None:
    person = await _staff(stage, Role.CURATOR, await municipality(stage.core, "Канск"))
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core, "Боготол"))
    await person.send("/stats")
    button = person.screen.button("Канск")
    assert button is not None
    forged = button["callback_data"].rpartition(":")[0] + f":{year}"
    assert (await person.tap_data(forged, person.screen.message_id)).show_alert
    assert all("Ачинск ·" not in screen.text for screen in person.messages)

    await person.send("/stats")
    await person.tap("Канск")
    button = person.screen.button("По месяцам")
    assert button is not None
    stem = button["callback_data"].rpartition(":")[0]
    for wrong in ("map", "ranking", "никакая"):
        await person.tap_data(f"{stem}:{wrong}", person.screen.message_id)
        assert "Муниципалитеты со встречами" not in person.screen.text
        await person.send("/stats")
        await person.tap("Канск")
        stem = next(
            each["callback_data"] for row in person.screen.keyboard for each in row
        ).rpartition(":")[0]

    await person.tap("Другой период")
    async with stage.core.db.write() as session:
        for role in await session.scalars(select(StaffRole)):
            role.revoked_at = stage.clock.now() - timedelta(seconds=1)
    assert (await person.tap("2025 год")).show_alert
    assert "Канск" not in person.screen.text
