"""/report in the chat: numbers that open, and what stands in the way until it is mended."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.models import AuditEntry, FindingAnswer, Headcount, Meeting, Registration
from bot.vocabulary import Category, MeetingStatus, RegistrationKind, Role
from sandbox.client import Person
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, sign_up_someone

STARTS = datetime(2026, 3, 14, 8, tzinfo=UTC)


@pytest.fixture
async def achinsk(stage: Stage) -> int:
    """Ачинск in December: a good meeting, one twice without photos, one that nobody confirmed."""
    stage.clock.move_to(datetime(2026, 12, 10, 5, tzinfo=UTC))
    place = await municipality(stage.core)
    held = {"status": MeetingStatus.HELD}
    for title, days, hours, link in (
        ("Мосты", 0, 0, "https://disk.yandex.ru/d/1"),
        ("Кто строит <дома>", 1, 0, ""),
        ("кто строит <дома>", 1, 3, "https://disk.yandex.ru/d/1"),
    ):
        starts_at = STARTS + timedelta(days=days, hours=hours)
        meeting = await make_meeting(
            stage.core, place, title=title, starts_at=starts_at, photo_link=link, **held
        )
        async with stage.core.db.write() as session:
            for category, people in ((Category.GRADE_9, 20), (Category.GRADE_5, 3)):
                session.add(
                    Headcount(meeting_id=meeting, category=category, people=people, organisation="")
                )
    await make_meeting(stage.core, place, title="Забытая", starts_at=STARTS + timedelta(days=2))
    return place


@pytest.fixture
async def anna(stage: Stage, achinsk: int) -> Person:
    """The curator at the draft of the year."""
    person = stage.person("Анна", 10)
    await give_role(stage.core, person.id, Role.CURATOR, achinsk)
    await person.send("/report")
    await person.tap("Отчёт за 2026")
    return person


async def test_the_draft_fits_a_phone_and_says_what_is_in_the_way(anna: Person) -> None:
    assert anna.screen.text.splitlines() == [
        "Приложение 2 · Ачинск · 2026",
        "1.     Встречи                   3",
        "1.1.   со школьниками            3",
        "1.2.   с родителями              0",
        "1.3.   с работодателями          0",
        "2.     Участники                60",
        "2.1.   школьники                60",
        "2.1.3. 9 класс                  60",
        "Пустых строк: 15",
        "👥 Посещений: 60, разных людей из записавшихся: 0",
        "Вне формы, 5–6 классы: 9",
        "⏳ Ещё не подтверждены и не посчитаны, встреч: 1",
        "",
        "Что мешает",
        "• 1 встреча без «Состоялась»",
        "• 1 пара похожих встреч",
        "• 1 встреча без ссылки на фото",
        "• нет предложений",
    ]
    assert anna.screen.labels == [
        "Что мешает: 4",
        "Открыть цифры",
        "Файл xlsx",
        "Анализ (PDF)",
        "Организации",
        "Фотографии",
        "Предложения (строка 4)",
        "Отправка и версии",
        "Встреча без бота",
        "‹ Назад",
    ]
    # What is about to be sent says the same.
    await taps(anna, "Отправка и версии", "Отправить координатору")
    assert "исправить: 1 встреча без «Состоялась», 1 пара похожих встреч" in anna.screen.text


async def test_a_number_opens_down_to_a_meeting(anna: Person) -> None:
    await anna.tap("Открыть цифры")
    assert anna.screen.labels == [
        "1. Встречи · 3",
        "1.1. со школьниками · 3",
        "2. Участники · 60",
        "2.1. школьники · 60",
        "2.1.3. 9 класс · 60",
        "‹ Назад",
    ]
    await anna.tap("2.1.3.")
    assert anna.screen.text.startswith("2.1.3. 9 класс, 2026: 60")
    assert anna.screen.labels == [
        "20 · сб 14 мар · Мосты",
        "20 · вс 15 мар · Кто строит <дома>",
        "20 · вс 15 мар · кто строит <дома>",
        "‹ Назад",
    ]
    await anna.tap("20 · вс 15 мар · Кто")
    assert "👥 Пришли: 23\n5 класс 3 · 9 класс 20" in anna.screen.text
    await anna.tap("Открыть встречу")
    assert "Кто строит <дома> · " in anna.screen.text
    await taps(anna, "‹ Назад", "‹ Назад", "‹ Назад", "‹ Назад")
    assert anna.screen.text.startswith("Приложение 2 · Ачинск · 2026\n1.")


async def test_what_is_mended_is_in_the_way_no_more(stage: Stage, anna: Person) -> None:
    await taps(anna, "Что мешает", "Без фото: 1")
    assert "Без ссылки на фото" in anna.screen.text
    await anna.tap("вс 15 мар · Кто строит")
    assert anna.screen.text == (
        "Кто строит <дома>\n📅 вс, 15 марта, 15:00\n📍 Центральная библиотека, ул. Ленина, 12\n\n"
        "Ссылки на фото нет ни у встречи, ни на весь год."
    )
    await anna.tap("Добавить ссылку на фото")
    await anna.send("https://disk.yandex.ru/d/2")
    await anna.tap("‹ Назад")
    assert anna.screen.text == "Это уже исправлено. Вернитесь к списку."
    await anna.tap("‹ Назад")
    assert "Здесь всё исправлено" in anna.screen.text

    await taps(anna, "‹ Назад", "Без «Состоялась»: 1", "пн 16 мар · Забытая", "Состоялась")
    await taps(anna, "Да, состоялась", "Нет, не считать", "‹ Назад", "‹ Назад", "‹ Назад")
    assert anna.screen.labels == [
        "Никто не отмечен: 1",
        "Похожие встречи: 1",
        "Без фото: 1",
        "Написать предложения",
        "‹ Назад",
    ]
    await taps(anna, "Написать предложения", "Для муниципалитета")
    await anna.send("нет")
    await taps(anna, "‹ Назад", "‹ Назад", "‹ Назад")
    assert "• нет предложений" not in anna.screen.text
    assert "1.     Встречи                   4" in anna.screen.text


async def test_a_finding_is_answered_for_good_and_taken_back(stage: Stage, anna: Person) -> None:
    await taps(anna, "Что мешает", "Похожие встречи: 1", "вс 15 мар · 15:00, 18:00 · Кто")
    assert "записали дважды" in anna.screen.text
    assert anna.screen.labels == [
        "Открыть встречу (15:00)",
        "Открыть встречу (18:00)",
        "Убрать из отчёта (15:00)",
        "Убрать из отчёта (18:00)",
        "Это не дубль",
        "‹ Назад",
    ]
    assert (await anna.tap("Это не дубль")).text == "Запомнили"
    assert "Здесь всё исправлено" in anna.screen.text
    await taps(anna, "‹ Назад", "Без фото: 1", "вс 15 мар", "Фото нет, потому что")
    assert "«Родители просили не снимать»" in anna.screen.text
    await anna.send("…")
    await anna.send("Не снимали <совсем>")
    assert [each.answer for each in await stored(stage.core, FindingAnswer)] == [
        "not a duplicate",
        "Не снимали <совсем>",
    ]
    await taps(anna, "‹ Назад", "Отвеченные: 2", "вс 15 мар · Кто строит")
    assert "Ваш ответ: Не снимали <совсем>" in anna.screen.text
    assert (await anna.tap("Вернуть в список")).text == "Вернули"
    await anna.tap("вс 15 мар")
    assert "это разные встречи" in anna.screen.text
    await taps(anna, "‹ Назад", "‹ Назад")
    assert "Без фото: 1" in anna.screen.labels
    assert "Похожие встречи: 1" not in anna.screen.labels


async def test_a_held_duplicate_is_left_out_without_opening_its_list(
    stage: Stage, anna: Person
) -> None:
    before = await stored(stage.core, Headcount)
    await taps(anna, "Что мешает", "Похожие встречи: 1", "вс 15 мар · 15:00, 18:00 · Кто")
    out = anna.screen.button("Убрать из отчёта (18:00)")
    assert out is not None
    answer = await anna.tap("Убрать из отчёта (18:00)")
    assert answer.text == "Убрали: встреча в отчёт не войдёт"
    assert anna.screen.text == "Это уже исправлено. Вернитесь к списку."
    await anna.tap_data(out["callback_data"], anna.screen.message_id)
    (left,) = [each for each in await stored(stage.core, Meeting) if not each.counts_in_form]
    assert (left.title, left.status) == ("кто строит <дома>", MeetingStatus.HELD)
    assert len(await stored(stage.core, Headcount)) == len(before)
    deeds = [each for each in await stored(stage.core, AuditEntry) if each.subject.startswith("m")]
    assert [(each.action, each.subject) for each in deeds] == [
        ("meeting.edit", f"meeting:{left.id}")
    ]
    await taps(anna, "‹ Назад", "‹ Назад", "‹ Назад")
    assert "1.     Встречи                   2" in anna.screen.text
    assert "Вне формы, другие встречи: 1, на них людей: 23" in anna.screen.text


async def test_a_group_without_a_number_is_one_tap_away(stage: Stage, anna: Person) -> None:
    (bridges,) = [each.id for each in await stored(stage.core, Meeting) if each.title == "Мосты"]
    for _ in range(9):  # the group's line is on the second page of the list
        await sign_up_someone(stage.core, bridges, None, Category.PARENT, came=1)
    group = await sign_up_someone(
        stage.core, bridges, None, Category.OTHER, Category.GRADE_10, organisation="Школа № 5"
    )
    async with stage.core.db.write() as session:
        (await session.get_one(Registration, group)).kind = RegistrationKind.GROUP
    await taps(anna, "Что мешает", "Группы без числа: 1", "сб 14 мар · Мосты")
    assert anna.screen.labels == ["Школа № 5 · 10 класс · 1", "Открыть встречу (15:00)", "‹ Назад"]
    await anna.tap("Школа № 5")
    assert anna.screen.text.startswith("Школа № 5 · 10 класс\nЗаписаны 1.")
    await taps(anna, "Все пришли", "‹ Назад", "‹ Назад")
    assert anna.screen.text == "Это уже исправлено. Вернитесь к списку."


async def test_the_region_sees_and_mends_nothing(stage: Stage, achinsk: int, anna: Person) -> None:
    boss = stage.person("Олег", 20)
    await give_role(stage.core, boss.id, Role.REGIONAL_COORDINATOR)
    await boss.send("/report")
    await taps(boss, "Весь край", "Отчёт за 2026")
    assert boss.screen.labels == [
        "Открыть цифры",
        "Файл xlsx",
        "Анализ (PDF)",
        "Предложения (строка 4)",
        "Муниципалитеты",
        "‹ Назад",
    ]
    assert "встреч: 1" in boss.screen.text
    assert "\n\nЭто черновики всех муниципалитетов." in boss.screen.text
    await taps(boss, "Открыть цифры", "1. Встречи · 3", "1 · сб 14 мар · Ачинск · Мосты")
    assert boss.screen.labels == ["‹ Назад"]
    await boss.send("/report")
    await boss.send("ачи")
    await taps(boss, "Ачинск", "Отчёт за 2026", "Что мешает: 4")
    assert boss.screen.labels == [
        "Без «Состоялась»: 1",
        "Похожие встречи: 1",
        "Без фото: 1",
        "‹ Назад",
    ]
    await taps(boss, "Без фото: 1", "вс 15 мар")
    assert boss.screen.labels == ["‹ Назад"]


async def test_whoever_was_slower_is_told(stage: Stage, achinsk: int, anna: Person) -> None:
    await taps(anna, "Что мешает", "Без фото: 1", "вс 15 мар")
    async with stage.core.db.write() as session:
        for meeting in await stored(stage.core, Meeting):
            (await session.get_one(Meeting, meeting.id)).photo_link = "https://disk.yandex.ru/d/3"
    await anna.tap("Добавить ссылку")
    assert anna.screen.text == "Это уже исправлено. Вернитесь к списку."
