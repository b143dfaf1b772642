"""/deadlines as staff see it: their own list, one deadline and its marks, the whole region."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.callbacks import DeclineDeadline, OpenDeadline
from bot.deadline_messages import deadline_part, weekly_part
from bot.models import AuditEntry, DeadlineMark, Headcount, Invitation, StaffRole
from bot.services import deadlines, people
from bot.services.core import Account
from bot.vocabulary import Category, MeetingStatus, Role, Settled
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import everything, municipality, stored, taps, texts
from tests.services.factory import give_role, make_meeting, make_person

ANNA, PETR, BOSS = 10, 11, 12
NOVEMBER = datetime(2026, 11, 21, 5, tzinfo=UTC)  # a Saturday, noon in Krasnoyarsk


async def staff(
    stage: Stage, name: str, user_id: int, role: Role, where: int | None
) -> client.Person:
    person = stage.person(name, user_id)
    if not [each for each in await stored(stage.core, StaffRole) if each.person_id == user_id]:
        await make_person(stage.core, user_id, name=name, category=Category.JOB_CENTRE)
    await give_role(stage.core, user_id, role, where)
    return person


@pytest.fixture
async def anna(stage: Stage) -> client.Person:
    """The curator of Ачинск, in November; one meeting is not confirmed, one has no photos."""
    stage.clock.move_to(NOVEMBER)
    achinsk = await municipality(stage.core)
    person = await staff(stage, "Анна", ANNA, Role.CURATOR, achinsk)
    month_ago = NOVEMBER - timedelta(days=30)
    await make_meeting(stage.core, achinsk, starts_at=month_ago)
    held = await make_meeting(
        stage.core, achinsk, starts_at=month_ago, status=MeetingStatus.HELD, title="Мосты"
    )
    async with stage.core.db.write() as session:
        session.add(Headcount(meeting_id=held, category=Category.PARENT, people=3, organisation=""))
    return person


async def test_the_list_says_what_is_due_and_one_says_what_is_missing(
    stage: Stage, anna: client.Person
) -> None:
    await anna.send("/deadlines")
    assert anna.screen.text.splitlines() == [
        "Сроки года: Ачинск",
        "📅 Анализ года, 2026: вт, 15 декабря · через 24 дня",
        "📅 Предложения по модернизации, 2026: вт, 15 декабря · через 24 дня",
        "📅 Отчёт по Приложению 2, 2026: пт, 25 декабря · через 34 дня",
    ]
    assert anna.screen.labels == [
        "Анализ года",
        "Предложения по модернизации",
        "Отчёт по Приложению 2",
        "‹ Назад",
    ]
    await anna.tap("Отчёт")
    assert anna.screen.text.splitlines() == [
        "Отчёт по Приложению 2, 2026",
        "📍 Ачинск",
        "📅 пт, 25 декабря · через 34 дня",
        "По плану: раздел 7.3, пункт 3.3",
        "",
        "Не хватает: 1 встреча без «Состоялась», нет папки с фото, нет предложений",
    ]
    assert anna.screen.labels == [
        "К прошедшим встречам",
        "Написать предложения",
        "Сделать отчёт",
        "Отправлен письмом",
        "Нет, потому что…",
        "‹ Назад",
    ]


async def test_where_it_stands_is_said_in_the_readers_language(
    stage: Stage, anna: client.Person
) -> None:
    await people.choose_locale(stage.core, Account(ANNA), "en")
    await anna.send("/deadlines")
    await anna.tap("Analysis")
    assert "In the plan: section 7.3, item 3.1" in anna.screen.text


async def test_each_button_leads_there_and_back(stage: Stage, anna: client.Person) -> None:
    await anna.send("/deadlines")
    await taps(anna, "Отчёт", "К прошедшим")
    assert "· Прошедшие ·" in anna.screen.labels
    await taps(anna, "‹ Назад", "Сделать отчёт")
    assert anna.screen.text.startswith("Приложение 2 · Ачинск")
    await taps(anna, "‹ Назад", "Написать предложения")
    assert "Предложения по модернизации проекта, 2026 год" in anna.screen.text
    await anna.tap("Для муниципалитета")
    await anna.send("Проводить встречи летом")
    await taps(anna, "‹ Назад", "‹ Назад")
    assert "нет предложений" not in anna.screen.text
    await anna.tap("‹ Назад")
    assert "✅ Предложения по модернизации, 2026: сделано · сб, 21 ноября" in anna.screen.text
    await anna.tap("Предложения")
    # What the bot sees itself is no word that could be taken back.
    assert anna.screen.labels == ["‹ Назад"]
    await taps(anna, "‹ Назад", "‹ Назад")
    assert "Сроки года" in anna.screen.labels


async def test_it_is_marked_and_taken_back(stage: Stage, anna: client.Person) -> None:
    await anna.send("/deadlines")
    await anna.tap("Анализ")
    assert (await anna.tap("Сделано")).text == "Отмечено"
    assert "✅ сделано · сб, 21 ноября, Анна" in anna.screen.text
    assert anna.screen.labels == ["Анализ (PDF)", "Вернуть", "‹ Назад"]
    assert (await anna.tap("Вернуть")).text == "Отметка снята"
    assert "через 24 дня" in anna.screen.text
    await anna.tap("Нет, потому")
    assert "Почему это не нужно?" in anna.screen.text
    await anna.send("   ")
    assert "Напишите причину словами" in texts(anna)
    await anna.send("Встреч <не> было")
    assert "✅ не нужно · сб, 21 ноября, Анна" in anna.screen.text
    assert "Почему: Встреч <не> было" in anna.screen.text
    await anna.tap("‹ Назад")
    assert "✅ Анализ года, 2026: не нужно" in anna.screen.text
    (mark,) = await stored(stage.core, DeadlineMark)
    assert (mark.deadline, mark.year, mark.settled) == ("analysis", 2026, Settled.NOT_NEEDED)
    deeds = [each.action for each in await stored(stage.core, AuditEntry)]
    assert deeds == ["deadline.settle", "deadline.unsettle", "deadline.settle"]


async def test_an_overdue_report_is_said_so_and_sent_by_letter(
    stage: Stage, anna: client.Person
) -> None:
    stage.clock.move_to(datetime(2026, 12, 28, 5, tzinfo=UTC))
    await anna.send("/deadlines")
    assert "⚠️ Отчёт по Приложению 2, 2026: пт, 25 декабря · просрочено на 3 дня" in (
        anna.screen.text
    )
    await taps(anna, "Отчёт", "Отправлен письмом")
    assert "✅ отправлено письмом · пн, 28 декабря, Анна" in anna.screen.text


async def test_of_two_who_settle_it_the_second_is_told_who_was_first(
    stage: Stage, anna: client.Person
) -> None:
    petr = await staff(stage, "Пётр", PETR, Role.COORDINATOR, await municipality(stage.core))
    for person in (anna, petr):
        await person.send("/deadlines")
        await person.tap("Анализ")
    await anna.tap("Сделано")
    answer = await petr.tap("Сделано")
    assert answer.show_alert
    assert answer.text.startswith("Это уже отмечено (Анна).")
    assert "✅ сделано · сб, 21 ноября, Анна" in petr.screen.text
    await petr.tap("Вернуть")  # one of the two doing a thing does it for both
    assert await stored(stage.core, DeadlineMark) == []


async def test_several_municipalities_are_chosen_from(stage: Stage, anna: client.Person) -> None:
    kansk = await municipality(stage.core, "Канск")
    await give_role(stage.core, ANNA, Role.COORDINATOR, kansk)
    await anna.send("/deadlines")
    assert anna.screen.labels == ["Ачинск · впереди 3", "Канск · впереди 3", "‹ Назад"]
    await anna.tap("Канск")
    assert anna.screen.text.startswith("Сроки года: Канск")
    await taps(anna, "Анализ", "Сделано", "‹ Назад", "‹ Назад")
    assert anna.screen.labels[1] == "Канск · впереди 2"
    await anna.tap("‹ Назад")
    assert "Сроки года" in anna.screen.labels


async def test_the_regional_coordinator_sees_who_is_late(stage: Stage, anna: client.Person) -> None:
    boss = await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    stage.clock.move_to(datetime(2026, 12, 28, 5, tzinfo=UTC))
    await boss.send("/deadlines")
    assert boss.screen.text.splitlines() == [
        "Сроки года: Красноярский край",
        "📅 Сводный отчёт, 2026: пт, 15 января 2027 · через 18 дней",
    ]
    await boss.tap("Сводный")
    assert "Не хватает: 61 муниципалитет без отчёта" in boss.screen.text
    await boss.tap("Сделать отчёт")
    assert boss.screen.text.startswith("Приложение 2 · Красноярский край · 2026")
    await taps(boss, "‹ Назад", "Все муниципалитеты")
    assert (
        "📅 Отчёт по Приложению 2, 2026 (пт, 25 декабря, просрочено на 3 дня): "
        "сделали 0, просрочили 1, нет ответственного 60" in boss.screen.text
    )
    await boss.tap("Отчёт")
    assert boss.screen.labels[:4] == [
        "· Опоздали: 1 ·",
        "Впереди: 0",
        "Без ответственных: 60",
        "Сделали: 0",
    ]
    await boss.tap("Ачинск")
    assert "📍 Ачинск" in boss.screen.text
    assert "К прошедшим встречам" not in boss.screen.labels  # they run none there
    await boss.tap("Отправлен письмом")
    await boss.tap("‹ Назад")
    assert "В этом списке никого" in boss.screen.text
    await boss.tap("Сделали")
    assert "Ачинск: отправлено письмом · пн, 28 декабря, Ольга" in boss.screen.text
    await taps(boss, "‹ Назад", "‹ Назад")
    assert boss.screen.text.startswith("Сроки года: Красноярский край")


async def test_the_region_is_paged(stage: Stage, anna: client.Person) -> None:
    boss = await staff(stage, "Ольга", BOSS, Role.REGIONAL_CURATOR, None)
    await boss.send("/deadlines")
    await taps(boss, "Все муниципалитеты", "Анализ")
    assert "· Впереди: 1 ·" in boss.screen.labels
    await boss.tap("Без ответственных")
    assert "Абанский район: вт, 15 декабря · нет ответственного" in boss.screen.text
    assert "Чтобы пригласить ответственного, нажмите на муниципалитет." in boss.screen.text
    assert "1/10" in boss.screen.labels
    await boss.tap("›")
    assert "2/10" in boss.screen.labels
    await boss.tap("Впереди")
    await boss.tap("Ачинск")
    assert boss.screen.labels == [
        "Анализ (PDF)",
        "‹ Назад",
    ]  # the regional curator looks, and settles nothing


async def test_where_nobody_answers_somebody_is_invited(stage: Stage, anna: client.Person) -> None:
    boss = await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    await boss.send("/deadlines")
    await taps(boss, "Все муниципалитеты", "Анализ", "Без ответственных", "Абанский район")
    assert "📅 вт, 15 декабря · нет ответственного: ни куратора, ни координатора" in (
        boss.screen.text
    )
    await boss.tap("Пригласить")
    assert boss.screen.labels == ["Муниципальный куратор", "Муниципальный координатор", "‹ Назад"]
    await boss.tap("‹ Назад")
    assert boss.screen.text.startswith("Анализ года, 2026")
    await taps(boss, "Пригласить", "Муниципальный координатор")
    (invitation,) = await stored(stage.core, Invitation)
    aban = await municipality(stage.core, "Абанский район")
    assert (invitation.role, invitation.municipality_id) == (Role.COORDINATOR, aban)
    assert "Абанский район" in texts(boss)
    await boss.send("/deadlines")
    await taps(boss, "Все муниципалитеты", "Анализ", "Впереди", "Ачинск")
    assert "Пригласить" not in boss.screen.labels  # Анна answers for it there


async def test_the_last_day_and_the_day_after_are_said_so(
    stage: Stage, anna: client.Person
) -> None:
    for day, said in [(14, "срок завтра"), (15, "срок сегодня"), (16, "просрочено на 1 день")]:
        stage.clock.move_to(datetime(2026, 12, day, 5, tzinfo=UTC))
        await anna.send("/deadlines")
        (line,) = [each for each in anna.screen.text.splitlines() if "Анализ года" in each]
        assert line.endswith(f"· {said}")


async def test_what_is_recalled_leads_to_the_deadline(stage: Stage, anna: client.Person) -> None:
    stage.clock.move_to(datetime(2026, 12, 28, 3, tzinfo=UTC))
    core, tr = stage.core, stage.app.texts.speak("ru", stage.clock.now(), stage.core.timezone)
    owed = await deadlines.owed_for(core, Account(ANNA), stage.clock.now())
    words, buttons = deadline_part(tr, owed)
    assert words.splitlines() == [
        "<b>Сроки года</b>",
        "📅 Анализ года, 2026: вт, 15 декабря · просрочено на 13 дней",
        "📅 Предложения по модернизации, 2026: вт, 15 декабря · просрочено на 13 дней",
        "Не хватает: нет предложений",
        "📅 Отчёт по Приложению 2, 2026: пт, 25 декабря · просрочено на 3 дня",
        "Не хватает: 1 встреча без «Состоялась», нет папки с фото, нет предложений",
    ]
    assert [[button.text for button in row] for row in buttons] == [
        ["Сделано: Анализ года", "Нет: Анализ года"],
        ["Предложения по модерниза…", "Нет: Предложения по моде…"],
        ["Письмом: Отчёт по Прилож…", "Нет: Отчёт по Приложению…"],
        ["К прошедшим встречам", "Все сроки"],
    ]
    await anna.start()
    assert buttons[1][0].callback_data is not None
    await anna.tap_data(buttons[1][0].callback_data, anna.screen.message_id)
    assert anna.screen.text.startswith("Предложения по модернизации, 2026")
    await anna.tap("‹ Назад")
    assert anna.screen.text.startswith("Сроки года: Ачинск")
    assert buttons[2][1].callback_data is not None
    await anna.tap_data(buttons[2][1].callback_data, anna.screen.message_id)
    assert anna.screen.text.startswith("Отчёт по Приложению 2, 2026\nПочему это не нужно?")

    words, buttons = deadline_part(tr, owed[:1])
    assert [[button.text for button in row] for row in buttons] == [
        ["Анализ года"],
        ["Сделано", "Нет, потому что…"],
    ]
    assert buttons[1][1].callback_data is not None
    await anna.tap_data(buttons[1][1].callback_data, anna.screen.message_id)
    await anna.send("Не проводили")
    assert "✅ не нужно · пн, 28 декабря, Анна" in anna.screen.text
    await anna.tap_data(buttons[1][1].callback_data, anna.screen.message_id)
    assert "✅ не нужно" in anna.screen.text  # it is not asked again


async def test_the_weeks_part_counts_the_municipalities(stage: Stage, anna: client.Person) -> None:
    await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    now = stage.clock.now()
    assert await deadlines.weekly_for(stage.core, Account(ANNA), now) is None
    weekly = await deadlines.weekly_for(stage.core, Account(BOSS), now)
    assert weekly is not None
    english = stage.app.texts.speak("en", now, stage.core.timezone)
    assert weekly_part(english, weekly).splitlines()[1] == (
        "📅 Analysis of the year, 2026 (Tue, December 15, in 24 days): "
        "done 0, ahead 1, nobody responsible 60"
    )


@pytest.mark.parametrize("kind", [OpenDeadline, DeclineDeadline])
async def test_forged_buttons_show_and_change_nothing(
    stage: Stage, anna: client.Person, kind: type[OpenDeadline]
) -> None:
    achinsk = await municipality(stage.core)
    stranger = stage.person("Никто", 20)
    kansk = await staff(stage, "Пётр", PETR, Role.CURATOR, await municipality(stage.core, "Канск"))
    before = await everything(stage.core, AuditEntry)
    for person in (stranger, kansk):
        await person.start()
        forged = kind(code="analysis", year=2026, municipality_id=achinsk).pack()
        answer = await person.tap_data(forged, person.screen.message_id)
        assert answer.show_alert
        assert "Это действие для сотрудников" in answer.text
        assert "Анализ года" not in texts(person)
    await anna.start()
    for code, year, where in [
        ("analysis", 2031, achinsk),
        ("nothing", 2026, achinsk),
        ("consolidated", 2026, achinsk),
        ("addendum", 2026, achinsk),  # no meetings after the report
    ]:
        forged = kind(code=code, year=year, municipality_id=where).pack()
        answer = await anna.tap_data(forged, anna.screen.message_id)
        assert answer.show_alert, (code, year)
    after = await everything(stage.core, AuditEntry)
    assert after["deadline_marks"] == before["deadline_marks"] == []


async def test_a_role_that_was_taken_back_settles_nothing(
    stage: Stage, anna: client.Person
) -> None:
    await anna.send("/deadlines")
    await anna.tap("Анализ")
    async with stage.core.db.write() as session:
        role = await session.get_one(StaffRole, 1)
        role.revoked_at = stage.clock.now()
    answer = await anna.tap("Сделано")
    assert "сроки года видят кураторы и координаторы" in answer.text
    assert await stored(stage.core, DeadlineMark) == []
    assert await deadlines.owed_for(stage.core, Account(ANNA), stage.clock.now()) == []


async def test_an_empty_roadmap_says_what_to_do(stage: Stage, anna: client.Person) -> None:
    stage.app.dispatcher["core"] = replace(stage.core, deadlines=())
    await anna.send("/deadlines")
    assert "Сейчас сроков нет." in anna.screen.text
    assert anna.screen.labels == ["‹ Назад"]


async def test_who_makes_no_report_has_no_deadlines(stage: Stage, anna: client.Person) -> None:
    organiser = await staff(stage, "Пётр", PETR, Role.ORGANISER, await municipality(stage.core))
    await organiser.send("/deadlines")
    assert "Сроки года у кураторов и координаторов" in texts(organiser)
    assert "Сроки года" not in organiser.screen.labels
    await organiser.tap("Ваши встречи")  # where they do what the report needs of them
    assert "Прошедшие" in organiser.screen.labels
    stranger = stage.person("Никто", 20)
    await stranger.send("/deadlines")
    assert "сроки года видят кураторы и координаторы" in texts(stranger)
