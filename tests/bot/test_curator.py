"""An organiser makes a meeting, runs it and ends it, by tapping and typing in a real chat."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import HeldAnswer
from bot.models import AuditEntry, Feedback, Meeting, Person, RegistrationLine, StaffRole
from bot.services import meetings, regions
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab, get_overview, list_meetings
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    sign_up_someone,
)

CURATOR = 10


async def town(core: Core, letters: str = "Канск") -> int:
    today = core.clock.now().date()
    return (await regions.search_municipalities(core, letters, today))[0].id


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """The curator of Канск."""
    person = stage.person("Анна", CURATOR)
    await person.start()
    await give_role(stage.core, person.id, Role.CURATOR, await town(stage.core))
    return person


async def the_meeting(core: Core) -> Meeting:
    async with core.db.read() as session:
        return (await session.scalars(select(Meeting).order_by(Meeting.id.desc()))).one()


async def fill_in(curator: client.Person) -> None:
    await curator.send("/new")
    assert "Как назвать встречу?" in curator.screen.text
    await curator.send("Инженеры <будущего>")
    await curator.send("14.03 в 15")
    assert "Инженеры <будущего> · сб, 14 марта, 15:00" in curator.screen.text
    await curator.tap("1 ч 30 мин")
    await curator.tap("Со школьниками")
    await curator.tap("Очно")
    await curator.send("Центральная библиотека, ул. Ленина, 12")
    await curator.send("27 чел")
    await curator.send("Инженер ответит на вопросы.")


async def test_a_meeting_is_made_and_shared(stage: Stage, curator: client.Person) -> None:
    await fill_in(curator)
    preview = curator.screen
    assert preview.text.startswith(
        "Инженеры <будущего>\n📅 сб, 14 марта, 15:00–16:30\n📍 Центральная библиотека"
    )
    assert "осталось 27 мест из 27" in preview.text
    assert "нетворкинг-сессия, входит в форму" in preview.text
    answer = await curator.tap("Опубликовать")
    assert answer.text == "Опубликовано, запись открыта"
    assert curator.screen.text.startswith("Инженеры <будущего> · идёт запись")
    assert "Записались: 0 из 27" in curator.screen.text
    await curator.tap("Поделиться")
    meeting = await the_meeting(stage.core)
    invitation, screen = curator.messages[-2:]
    link = f"https://t.me/kras_networking_bot?start=m_{meeting.token}"
    assert invitation.text.endswith(f"Записаться: {link}")
    assert "Поделиться" in screen.labels
    assert (meeting.seats, meeting.ends_at - meeting.starts_at) == (27, timedelta(minutes=90))


async def test_back_keeps_what_was_typed(stage: Stage, curator: client.Person) -> None:
    await fill_in(curator)
    for question in ("О чём встреча?", "Сколько мест?", "Где собираемся?", "Как пройдёт", "С кем"):
        await curator.tap("‹ Назад")
        assert question in curator.screen.text
    assert "Сейчас: со школьниками" in curator.screen.text
    await curator.tap("С родителями")
    for _ in range(4):
        await curator.tap("Оставить так")
    assert "с родителями" in curator.screen.text
    assert "осталось 27 мест из 27" in curator.screen.text


async def test_what_is_not_understood_stays_on_its_step(
    stage: Stage, curator: client.Person
) -> None:
    await curator.send("/new")
    await curator.send("…")
    assert "Здесь нужны слова" in curator.messages[-2].text
    await curator.send("Встреча")
    for typed, sentence in [
        ("когда-нибудь", "Не получилось понять день"),
        ("31.02", "Такого дня в календаре нет"),
        ("сегодня в 11", "Это время уже прошло"),
        ("в 15", "Не получилось понять день"),
    ]:
        await curator.send(typed)
        assert sentence in curator.messages[-2].text
        assert "В какой день?" in curator.screen.text
    await curator.send("завтра")
    await curator.send("15:70")
    assert "Во сколько начало?" in curator.screen.text
    await curator.send("15")
    await curator.send("20 часов")
    assert "от 15 минут до 12 часов" in curator.messages[-2].text
    await curator.send("полтора часа")
    assert "завтра, 15:00–16:30" in curator.screen.text


async def test_calendar_time_and_choices_by_taps(stage: Stage, curator: client.Person) -> None:
    await curator.send("/new")
    await curator.send("Встреча")
    await curator.tap("20")
    assert "пт, 20 марта" in curator.screen.text
    await curator.tap("16")
    await curator.tap("45")
    await curator.tap("1 ч")
    await curator.tap("С работодателями")
    await curator.tap("Дистанционно")
    await curator.send("telemost.yandex.ru/j/1")
    await curator.tap("Без ограничения")
    await curator.tap("Пропустить")
    await curator.tap("Изменить")
    await curator.tap("Кто может записаться")
    for label in ("Все остальные", "5 класс", "6 класс", "7 класс", "8 класс"):
        await curator.tap(label)
    await curator.tap("Готово")
    assert "Для 9–11 классов, родителей" in curator.screen.text
    await curator.tap("Не включать в отчёт")
    assert "в форму не входит" in curator.screen.text
    await curator.tap("Оставить черновиком")
    assert "черновик" in curator.screen.text
    meeting = await the_meeting(stage.core)
    assert meeting.link == "https://telemost.yandex.ru/j/1"
    assert (meeting.status, meeting.seats, meeting.counts_in_form) == (
        MeetingStatus.DRAFT, None, False,
    )  # fmt: skip
    assert meeting.starts_at.isoformat() == "2026-03-20T09:45:00+00:00"


async def test_several_municipalities_are_asked_first(stage: Stage, curator: client.Person) -> None:
    await give_role(stage.core, curator.id, Role.ORGANISER, await town(stage.core, "Ачинск"))
    await curator.send("/new")
    assert "Где пройдёт встреча?" in curator.screen.text
    await curator.tap("Ачинск")
    assert "Как назвать" in curator.screen.text
    await curator.tap("‹ Назад")
    assert "Где пройдёт встреча?" in curator.screen.text


async def test_one_field_is_changed(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    meeting_id = await make_meeting(core, await town(core))
    for _ in range(3):
        await sign_up_someone(core, meeting_id, None, Category.GRADE_9)
    await curator.send("/manage")
    assert "пн 9 мар · Инженеры будущего · записаны 3 из 40" in curator.screen.labels
    await curator.tap("Инженеры будущего")
    assert "Записались: 3 из 40\n9 класс 3" in curator.screen.text
    await curator.tap("Изменить")
    await curator.tap("Места")
    assert "Сейчас: 40 мест" in curator.screen.text
    await curator.send("2")
    assert "Уже записаны 3 человека" in curator.messages[-2].text
    await curator.send("30")
    assert "Что изменить?" in curator.screen.text
    await curator.tap("Когда")
    await curator.send("10.03 в 12:30")
    await curator.tap("Оставить так")
    assert "вт, 10 марта, 12:30–14:00" in curator.screen.text
    await curator.tap("Как и где")
    await curator.tap("Дистанционно")
    await curator.tap("‹ Назад")
    await curator.tap("‹ Назад")
    assert "Центральная библиотека" in curator.screen.text  # nothing half-changed was stored
    await curator.tap("‹ Назад")
    assert "📅 вт, 10 марта, 12:30–14:00" in curator.screen.text
    plan = (await get_overview(core, Account(CURATOR), meeting_id)).plan
    assert (plan.seats, plan.mode.value) == (30, "in_person")


async def test_the_door(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    starts_at = stage.clock.now() + timedelta(minutes=30)
    meeting_id = await make_meeting(core, await town(core), starts_at=starts_at)
    for number, name in enumerate(["Алёна", "Борис", "Вера"]):
        person = await make_person(core, 100 + number, name=name)
        await sign_up_someone(core, meeting_id, person, Category.GRADE_9)
    await curator.send("/manage")
    await curator.tap("Инженеры будущего")
    await curator.tap("Отметить пришедших")
    assert curator.screen.labels[0] == "⬜️ Алёна · 9 класс · A1"
    answer = await curator.tap("Алёна")
    assert answer.text == "✅ Алёна"
    assert "Пришли 1 из 3\n9 класс 1" in curator.screen.text
    await curator.send("в")
    assert "Нашлась 1 запись" in curator.screen.text
    assert "«в»" not in curator.screen.text  # the words stand right above
    assert [label for label in curator.screen.labels if "класс" in label] == [
        "⬜️ Вера · 9 класс · A3"
    ]
    await curator.send("а2")
    answer = await curator.tap("Борис")
    await curator.tap("Показать всех")
    answer = await curator.tap("✅ Алёна")
    assert answer.text == "Отметка снята: Алёна"
    await curator.tap("+1 без записи")
    await curator.tap("Родители")
    assert "Последний без записи: родители" in curator.screen.text
    await curator.tap("Другие организации")
    await curator.send("Школа № 3")
    assert "другие организации (Школа № 3)" in curator.screen.text
    await curator.tap("Убрать последнего")
    await curator.tap("‹ Назад")
    numbers = "Пришли 2: по записи 1 из 3, без записи 1"
    assert f"{numbers}\n9 класс 1 · родители 1" in curator.screen.text
    await curator.tap("‹ Назад")
    assert f"✅ {numbers}" in curator.screen.text


async def test_it_was_held(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    meeting_id = await make_meeting(core, await town(core))
    overview = await get_overview(core, Account(CURATOR), meeting_id)
    stage.clock.move_to(overview.plan.ends_at)
    await curator.send("/manage")
    await curator.tap("Прошедшие")
    assert any("не подтверждена" in label for label in curator.screen.labels)
    await curator.tap("Инженеры будущего")
    await curator.tap("Состоялась")
    assert "никто не отмечен" in curator.screen.text
    answer = await curator.tap("Да, состоялась")
    assert answer.text == "Отмечено: состоялась"
    await curator.tap("Нет, не считать")
    assert curator.screen.text.startswith("Инженеры будущего · состоялась")
    assert "Отметить пришедших" in curator.screen.labels
    await curator.tap("Отзывы")
    assert "Отзывов пока нет" in curator.screen.text
    await curator.tap("‹ Назад")
    await curator.tap("Ещё")
    await curator.tap("Ссылка на фото")
    await curator.send("не ссылка")
    assert "https://disk.yandex.ru/d/abc" in curator.messages[-2].text
    await curator.send("disk.yandex.ru/d/1")
    assert "📷 https://disk.yandex.ru/d/1" in curator.screen.text


async def test_cancelling_asks_once_and_tells_everybody(
    stage: Stage, curator: client.Person
) -> None:
    core = stage.core
    pupil = stage.person("Пётр", 100)
    await pupil.start()
    meeting_id = await make_meeting(core, await town(core))
    person = await make_person(core, pupil.id, name="Пётр")
    await sign_up_someone(core, meeting_id, person, Category.GRADE_9)
    await curator.send("/manage")
    await curator.tap("Инженеры будущего")
    await curator.tap("Ещё")
    await curator.tap("Отменить встречу")
    await curator.send("Заболел ведущий")
    assert "Сообщим 1 участнику" in curator.screen.text
    await curator.tap("Да, отменить")
    assert "отменена" in curator.screen.text
    assert "Отменить встречу" not in curator.screen.labels
    await stage.tick()
    assert "Заболел ведущий" in pupil.messages[-2].text
    assert pupil.screen.document is not None  # what takes it out of the calendar


async def ask_held(stage: Stage) -> int:
    """Let a meeting of the curator's end, and the question after it arrive."""
    core = stage.core
    async with core.db.read() as session:
        person_id = await session.scalar(select(Person.id).where(Person.account_id == CURATOR))
    meeting_id = await make_meeting(
        core, await town(core), status=MeetingStatus.DRAFT, created_by_id=person_id
    )
    await meetings.publish_meeting(core, Account(CURATOR), meeting_id)
    overview = await get_overview(core, Account(CURATOR), meeting_id)
    await stage.wait_until(overview.plan.ends_at + timedelta(hours=1))
    return meeting_id


@pytest.mark.parametrize("held", [True, False])
async def test_the_question_after_the_end(stage: Stage, curator: client.Person, held: bool) -> None:
    meeting_id = await ask_held(stage)
    question = curator.screen
    assert question.labels == ["Состоялась", "Не состоялась"]
    await curator.tap("Состоялась" if held else "Не состоялась")
    if held:
        assert "Встреча состоялась?" in curator.screen.text
        await curator.tap("Да, состоялась")
    else:
        assert "Почему встречи не будет или не было?" in curator.screen.text
        await curator.send("Отключили свет")
        await curator.tap("Да, отменить")
    status = (await get_overview(stage.core, Account(CURATOR), meeting_id)).status
    assert status is (MeetingStatus.HELD if held else MeetingStatus.CANCELLED)
    assert not any("Не состоялась" in screen.labels for screen in curator.messages)
    answer = await curator.tap_data(
        HeldAnswer(meeting_id=meeting_id, held=False).pack(), question.message_id
    )
    assert answer.text == "На этот вопрос уже ответили"
    assert (await get_overview(stage.core, Account(CURATOR), meeting_id)).status is status


async def test_strangers_reach_nothing(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    meeting_id = await ask_held(stage)
    question = curator.screen
    stranger = stage.person("Чужой", 200)
    await stranger.start()
    elsewhere = stage.person("Ольга", 201)
    await give_role(core, elsewhere.id, Role.CURATOR, await town(core, "Ачинск"))
    for person in (stranger, elsewhere):
        await person.send("/start")
        answer = await person.tap_data(
            HeldAnswer(meeting_id=meeting_id, held=True).pack(), question.message_id
        )
        assert "для сотрудников, которые ведут эту встречу" in answer.text
    for command in ("/new", "/manage"):
        await stranger.send(command)
        assert not any("Инженеры" in screen.text for screen in stranger.messages)
    assert (await get_overview(core, Account(CURATOR), meeting_id)).status is (
        MeetingStatus.PUBLISHED
    )
    async with core.db.read() as session:
        refused = await session.scalars(
            select(AuditEntry.account_id).where(AuditEntry.refused.is_(True))
        )
        assert sorted(refused) == [200, 200, 200, 201]


async def test_a_role_taken_back_closes_open_screens(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    starts_at = stage.clock.now() + timedelta(minutes=30)
    meeting_id = await make_meeting(core, await town(core), starts_at=starts_at)
    await sign_up_someone(core, meeting_id, None, Category.GRADE_9)
    await curator.send("/manage")
    await curator.tap("Инженеры будущего")
    await curator.tap("Отметить пришедших")
    async with core.db.write() as session:
        for role in await session.scalars(select(StaffRole)):
            role.revoked_at = stage.clock.now()
    answer = await curator.tap("9 класс")
    assert "для сотрудников, которые ведут эту встречу" in answer.text
    async with core.db.read() as session:
        assert list(await session.scalars(select(RegistrationLine.came))) == [None]
    assert "Инженеры" not in curator.screen.text


async def test_drafts_can_be_thrown_away(stage: Stage, curator: client.Person) -> None:
    await make_meeting(stage.core, await town(stage.core), status=MeetingStatus.DRAFT)
    await curator.send("/manage")
    await curator.tap("Черновики")
    await curator.tap("Инженеры будущего")
    await curator.tap("Ещё")
    await curator.tap("Удалить черновик")
    await curator.tap("Да, удалить")
    assert "Черновиков нет" in curator.screen.text
    drafts = await list_meetings(stage.core, Account(CURATOR), Tab.DRAFTS, 0, 8)
    assert drafts.total == 0


async def test_feedback_is_shown_without_names(stage: Stage, curator: client.Person) -> None:
    core = stage.core
    starts_at = stage.clock.now() - timedelta(days=1)
    meeting_id = await make_meeting(
        core, await town(core), starts_at=starts_at, status=MeetingStatus.HELD
    )
    for number in range(6):
        person = await make_person(core, 100 + number, name="Секретова")
        registration = await sign_up_someone(
            core, meeting_id, person, Category.GRADE_9, came=1 if number else None
        )
        async with core.db.write() as session:
            session.add(
                Feedback(
                    meeting_id=meeting_id,
                    registration_id=registration,
                    category=Category.GRADE_9,
                    rating=5 if number else 1,
                    useful=["professions"],
                    comment=f"<b>{number}</b> {'я' * 1990}",
                    created_at=stage.clock.now(),
                )
            )
    await curator.send("/manage")
    await curator.tap("Прошедшие")
    await curator.tap("Инженеры будущего")
    await curator.tap("Отзывы")
    assert "⭐ 5,0 · 5 отзывов\n5 ⭐ ▇▇▇▇▇▇▇▇▇▇ 5\n4 ⭐ 0" in curator.screen.text
    assert "Узнали о профессиях — 5" in curator.screen.text
    assert "Ещё 1 отзыв ждёт" in curator.screen.text
    await curator.tap("Комментарии: 5")
    assert "5 ⭐ · 9 класс\n<b>5</b> яяя" in curator.screen.text
    assert "Секретова" not in curator.screen.text


async def test_the_wizard_and_the_door_speak_english(stage: Stage) -> None:
    core = stage.core
    anna = stage.person("Anna", CURATOR)
    await anna.start()
    await make_person(core, anna.id, name="Anna", category=Category.JOB_CENTRE, locale="en")
    await give_role(core, anna.id, Role.CURATOR, await town(core))
    begun = len(anna.messages)
    await anna.send("/new")
    for step in ("Bridges", "March 14, 3 pm"):
        await anna.send(step)
    for tap in ("1 h 30 min", "With", "In person"):
        await anna.tap(tap)
    for step in ("Central Library", "27 people", "An engineer answers."):
        await anna.send(step)
    for tap in ("Change", "Who may", "Parents", "Done", "Publish"):
        await anna.tap(tap)
    meeting = await the_meeting(core)
    await sign_up_someone(core, meeting.id, None, Category.GRADE_9)
    stage.clock.move_to(meeting.starts_at)
    await anna.send("/manage")
    for tap in ("Bridges", "Check people in", "grade", "+1", "Parents", "Remove", "‹", "‹"):
        await anna.tap(tap)
    for tap in ("It was held", "Yes", "No, leave", "Feedback", "‹", "More", "Link to photos", "‹"):
        await anna.tap(tap)
    shown = [screen for screen in anna.messages[begun:] if screen.by_bot]
    words = " ".join(f"{screen.text} {' '.join(screen.labels)}" for screen in shown)
    assert not re.findall(r"[а-яё]+", words.replace("Канск", ""))
