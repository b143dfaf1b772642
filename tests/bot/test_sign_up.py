"""Looking for a meeting, signing up in every way, being refused kindly, cancelling."""

from datetime import timedelta

import pytest

from bot.models import Registration
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import PUPILS, Category, MeetingStatus, RegistrationStatus
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import lines_of, municipality, stored, taps
from tests.services.factory import make_meeting, make_person, sign_up_someone

TOKEN = "Poster_1-2026"


async def known(
    stage: Stage, category: Category = Category.GRADE_9, name: str = "Мария", **fields: str
) -> client.Person:
    """Somebody from Ачинск who has answered all questions."""
    person = stage.person(name)
    achinsk = await municipality(stage.core)
    await make_person(
        stage.core, person.id, name=name, category=category, municipality_id=achinsk, **fields
    )
    return person


async def meeting_of(stage: Stage, **fields: object) -> int:
    return await make_meeting(stage.core, await municipality(stage.core), token=TOKEN, **fields)


async def test_the_list_shows_my_municipality_first_and_the_region_a_tap_away(stage: Stage) -> None:
    core, now = stage.core, stage.clock.now()
    achinsk, kansk = await municipality(core), await municipality(core, "Канск")
    await make_meeting(core, achinsk, title="Вторая", starts_at=now + timedelta(days=3), seats=None)
    await make_meeting(core, achinsk, title="Первая", starts_at=now + timedelta(days=2), seats=21)
    await make_meeting(core, kansk, title="Далёкая", starts_at=now + timedelta(days=1), seats=0 + 2)
    for status in (MeetingStatus.DRAFT, MeetingStatus.CANCELLED):
        await make_meeting(core, achinsk, title="Чужая", status=status)
    maria = await known(stage)

    await maria.send("/meetings")
    assert maria.screen.text == "Встречи: Ачинск"
    assert maria.screen.labels == [
        "ср 4 мар · Первая · 21 место",
        "чт 5 мар · Вторая",
        "Встречи всего края",
        "‹ Назад",
    ]
    await maria.tap("Встречи всего края")
    assert maria.screen.labels[0] == "вт 3 мар · Канск · Далёкая · 2 места"
    await maria.tap("Только: Ачинск")
    assert maria.screen.text == "Встречи: Ачинск"
    await maria.tap("Назад")
    assert maria.screen.text == "Здравствуйте, Мария. Что хотите сделать?"


async def test_a_long_list_is_paged_and_an_empty_one_says_what_to_do(stage: Stage) -> None:
    maria = await known(stage)
    await maria.send("/meetings")
    assert "Здесь пока ничего не запланировано. Посмотрите встречи всего края." in maria.screen.text
    for number in range(9):
        starts_at = stage.clock.now() + timedelta(days=number + 1)
        await meeting_of_number(stage, number, starts_at=starts_at)
    await maria.send("/meetings")
    assert [label.split(" · ")[1] for label in maria.screen.labels[:7]] == [
        f"Встреча {number}" for number in range(7)
    ]
    await maria.tap("›")
    assert [label.split(" · ")[1] for label in maria.screen.labels[:2]] == [
        "Встреча 7",
        "Встреча 8",
    ]
    assert "2/2" in maria.screen.labels


async def meeting_of_number(stage: Stage, number: int, **fields: object) -> int:
    achinsk = await municipality(stage.core)
    return await make_meeting(stage.core, achinsk, title=f"Встреча {number}", **fields)


async def test_a_teacher_comes_as_a_parent(stage: Stage) -> None:
    meeting = await meeting_of(stage)
    anna = await known(stage, Category.OTHER, organisation="Школа № 5")
    await anna.start(f"m_{TOKEN}")
    await anna.tap("Записаться иначе")
    assert anna.screen.labels[:3] == ["От своей организации", "Как родитель", "Как волонтёр"]
    await anna.tap("Как родитель")
    assert await lines_of(stage.core, meeting) == [("parent", "", 1)]


async def test_her_usual_category_carries_her_organisation(stage: Stage) -> None:
    meeting = await meeting_of(stage)
    anna = await known(stage, Category.OTHER, organisation="Школа № 5")
    await anna.start(f"m_{TOKEN}")
    await anna.tap("Записаться")
    assert await lines_of(stage.core, meeting) == [("other", "Школа № 5", 1)]


async def test_me_and_my_child_take_two_seats(stage: Stage) -> None:
    meeting = await meeting_of(stage, seats=3, admits=[*PUPILS, Category.PARENT])
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(f"m_{TOKEN}")
    assert "осталось 3 места из 3" in olga.screen.text
    assert olga.screen.buttons[0] == ["Записаться", "Я и ребёнок"]
    await taps(olga, "Я и ребёнок", "Назад", "Я и ребёнок")
    await olga.send("6 а")
    assert "✅ Вы записаны вдвоём: вы и ребёнок, 6 класс. Код для входа: A1" in olga.screen.text
    assert "осталось 1 место из 3" in olga.screen.text
    assert await lines_of(stage.core, meeting) == [("parent", "", 1), ("grade_6", "", 1)]

    irina = await known(stage, Category.VOLUNTEER, "Ирина")
    await irina.start(f"m_{TOKEN}")
    await irina.tap("Записаться иначе")
    await irina.tap("Как родитель")
    assert len(await lines_of(stage.core, meeting)) == 3

    await olga.send("/my")
    await olga.tap("Инженеры будущего")
    assert "👥 Вдвоём: вы и ребёнок, 6 класс" in olga.screen.text


async def test_two_seats_gone_meanwhile_are_refused_with_a_way_out(stage: Stage) -> None:
    meeting = await meeting_of(stage, seats=2)
    olga, petya = await known(stage, Category.PARENT, "Ольга"), await known(stage, name="Петя")
    await olga.start(f"m_{TOKEN}")
    await olga.tap("Я и ребёнок")
    await sign_up(stage.core, Account(petya.id), TOKEN)
    await olga.tap("9 класс")
    assert "Сейчас свободно 1 место, а вас 2." in olga.screen.text
    assert olga.screen.labels == ["Встать в лист ожидания", "Встречи с местами", "‹ Назад"]
    await olga.tap("Назад")
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]
    assert "Записаться" in olga.screen.labels


async def test_cancelling_is_two_taps_and_can_be_taken_back(stage: Stage) -> None:
    meeting = await meeting_of(stage)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await taps(maria, "Записаться", "Отменить запись")
    assert maria.screen.text.startswith("Отменить запись на встречу «Инженеры будущего»?")
    answer = await maria.tap("Да, отменить")
    assert answer.text == "Запись отменена"
    assert await lines_of(stage.core, meeting) == []

    answer = await maria.tap("Записаться")
    assert answer.text == "Вы записаны. Код для входа: A1"
    (registration,) = await stored(stage.core, Registration)
    assert registration.status is RegistrationStatus.ACTIVE


async def test_the_ticket_is_among_my_registrations_and_can_be_cancelled_there(
    stage: Stage,
) -> None:
    meeting = await meeting_of(stage)
    maria = await known(stage)
    await maria.send("/my")
    assert "Пока вы никуда не записаны" in maria.screen.text
    await taps(maria, "Найти встречу", "Инженеры", "Записаться")
    await maria.send("/my")
    await maria.tap("пн 9 мар · Инженеры будущего")
    assert maria.screen.text.splitlines() == [
        "Инженеры будущего",
        "📅 пн, 9 марта, 12:00–13:30",
        "📍 Центральная библиотека, ул. Ленина, 12",
        "👥 9 класс",
        "",
        "Код для входа: A1. Назовите его у входа.",
    ]
    await taps(maria, "Отменить запись", "Да, отменить")
    assert await lines_of(stage.core, meeting) == []
    assert "Пока вы никуда не записаны" in maria.screen.text


async def test_the_same_tap_twice_does_nothing_twice(stage: Stage) -> None:
    meeting = await meeting_of(stage, seats=1)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    card = maria.screen
    button = card.button("Записаться")
    assert button is not None
    await maria.tap("Записаться")
    answer = await maria.tap_data(button["callback_data"], card.message_id)
    assert answer.text == "Вы уже записаны. Код для входа: A1"  # and not "full"
    assert len(await stored(stage.core, Registration)) == 1
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]


@pytest.mark.parametrize(
    ("fields", "sentence", "ways_on"),
    [
        (
            {"seats": 1},
            "Мест больше нет. Встаньте в лист ожидания: место предложим сообщением.",
            ["Встать в лист ожидания", "Встречи с местами"],
        ),
        ({"status": MeetingStatus.CANCELLED, "cancel_reason": "Заболел ведущий"}, "отменена", []),
        (
            {"admits": [Category.PARENT]},
            "Для 9 класса записи на эту встречу нет.",
            ["Другие встречи"],
        ),
    ],
    ids=["full", "cancelled", "not admitted"],
)
async def test_the_card_says_why_one_cannot_sign_up(
    stage: Stage, fields: dict[str, object], sentence: str, ways_on: list[str]
) -> None:
    meeting = await meeting_of(stage, **fields)
    if "seats" in fields:
        await sign_up_someone(stage.core, meeting, None, Category.PARENT)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    assert sentence in maria.screen.text
    assert maria.screen.labels == [*ways_on, "‹ К списку"]


async def test_a_past_meeting_says_so(stage: Stage) -> None:
    await meeting_of(stage)
    maria = await known(stage)
    stage.clock.move_to(stage.clock.now() + timedelta(days=8))
    await maria.start(f"m_{TOKEN}")
    assert "Встреча уже прошла" in maria.screen.text
    assert maria.screen.labels == ["‹ К списку"]


async def become_full(stage: Stage, meeting: int) -> None:
    await sign_up_someone(stage.core, meeting, None, Category.PARENT)


async def become_past(stage: Stage, _meeting: int) -> None:
    stage.clock.move_to(stage.clock.now() + timedelta(days=8))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (become_full, "Мест больше нет. Посмотрите другие встречи: /meetings"),
        (become_past, "Запись закрыта: встреча уже прошла. Посмотрите другие: /meetings"),
        (MeetingStatus.CANCELLED, "Эта встреча отменена. Посмотрите другие: /meetings"),
        (MeetingStatus.DRAFT, "Такой встречи нет: ссылка устарела или встречу сняли"),
        (Category.PARENT, "На эту встречу не записывают: 9 класс."),
    ],
    ids=["full", "past", "cancelled", "draft", "not admitted"],
)
async def test_what_changed_after_the_card_was_shown_is_told_in_an_alert(
    stage: Stage, change: object, sentence: str
) -> None:
    """The button is on the screen still, the seat is not."""
    meeting = await meeting_of(stage, seats=1)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await change_meeting(stage, meeting, change)

    answer = await maria.tap("Записаться")

    assert answer.show_alert
    assert answer.text.startswith(sentence)
    assert "Записаться" not in maria.screen.labels
    assert ("grade_9", "", 1) not in await lines_of(stage.core, meeting)


async def change_meeting(stage: Stage, meeting: int, change: object) -> None:
    from bot.models import Admission, Meeting

    if callable(change) and not isinstance(change, str):
        await change(stage, meeting)
        return
    async with stage.core.db.write() as session:
        row = await session.get_one(Meeting, meeting)
        if isinstance(change, MeetingStatus):
            row.status = change
            row.published_at = None if change is MeetingStatus.DRAFT else row.published_at
            row.cancelled_at = stage.clock.now() if change is MeetingStatus.CANCELLED else None
        else:
            session.add(Admission(meeting_id=meeting, category=change))
