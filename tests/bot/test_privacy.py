"""What is stored about me, and taking the consent back."""

from datetime import timedelta

from bot.models import (
    DueMessage,
    Feedback,
    Headcount,
    Person,
    Registration,
    RegistrationLine,
    StaffRole,
)
from bot.services import attendance
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, RegistrationStatus, Role
from tests.bot.conftest import Stage
from tests.bot.story import dump, municipality, size_of, stored, taps, texts, the_answer
from tests.services.factory import give_role, make_meeting, make_person

CURATOR = Account(500)
SECRETS = ("Аэлита", "Школа у моста", "Слова отзыва", "+7 391 555", "Лось")
"""What only one person says of themselves in these tests."""


async def test_a_stranger_reads_the_consent_and_that_nothing_is_stored(stage: Stage) -> None:
    maria = stage.person("Мария")
    await maria.send("/privacy")
    assert maria.screen.labels == ["Прочитать согласие", "‹ Назад"]
    await maria.tap("Прочитать согласие")
    assert "Согласие на обработку персональных данных" in maria.screen.text
    assert "кнопкой ниже" not in maria.screen.text
    assert maria.screen.labels == ["‹ Назад"]
    assert await size_of(stage.core, Person) == 0


async def test_what_is_stored_is_shown_and_can_be_changed(stage: Stage) -> None:
    core = stage.core
    anna = stage.person("Анна")
    await anna.start()
    await taps(anna, "Даю согласие", "Учитель")
    await anna.send("Школа <5> & «Мост»")
    await anna.send("канск")
    await taps(anna, "Канск", "Да, всё верно")
    await make_meeting(core, await municipality(core), token="Poster_1-2026")
    await sign_up(core, Account(anna.id), "Poster_1-2026")

    await anna.send("/privacy")
    await anna.tap("Что обо мне хранится")
    assert anna.screen.text.splitlines() == [
        "Что о вас хранится",
        "👤 Имя: Анна",
        "🏷 Кто вы: Учитель, Школа <5> & «Мост»",
        "📍 Муниципалитет: Канск",
        "📋 Записей: 1 · отзывов: 0, из них со словами: 0",
        "🤝 В командах встреч: 0",
        "🗝 Роли: нет",
        "Согласие дано: сегодня, 12:00, версия 2026-11",
    ]
    await taps(anna, "Изменить", "Изменить имя")
    await anna.send("Анна Петровна")
    await anna.send("/privacy")
    await anna.tap("Что обо мне хранится")
    assert "👤 Имя: Анна Петровна" in anna.screen.text


async def test_taking_the_consent_back_erases_the_person_and_keeps_the_numbers(
    stage: Stage,
) -> None:
    core = stage.core
    achinsk = await municipality(core)
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    past = await make_meeting(
        core, achinsk, token="past", starts_at=stage.clock.now() + timedelta(hours=1)
    )
    await make_meeting(core, achinsk, token="future")
    aelita = stage.person("Лось", user_id=777_000_777)
    await aelita.start()
    await make_person(
        core,
        aelita.id,
        name="Аэлита",
        category=Category.OTHER,
        organisation="Школа у моста",
        municipality_id=achinsk,
        staff_name="Аэлита",
        staff_phone="+7 391 555",
        staff_consent_at=stage.clock.now(),
        staff_consent_version="1",
    )
    await give_role(core, aelita.id, Role.ORGANISER, achinsk)
    for token in ("past", "future"):
        await sign_up(core, Account(aelita.id), token)
    await stage.wait_until(stage.clock.now() + timedelta(hours=1, minutes=5))
    await attendance.mark(core, CURATOR, 1, came=True)
    await stage.wait_until(stage.clock.now() + timedelta(hours=4))
    await taps(aelita, "5 ⭐", "Дальше")
    await aelita.send("Слова отзыва")
    await aelita.send("/privacy")
    await aelita.tap("Что обо мне хранится")
    assert "📋 Записей: 2 · отзывов: 1, из них со словами: 1" in aelita.screen.text
    assert "🗝 Роли: организатор площадки, Ачинск" in aelita.screen.text
    before = await dump(core)
    assert all(secret in before for secret in SECRETS[:4])

    await aelita.send("/privacy")
    await aelita.tap("Отозвать согласие")
    assert "Вернуть данные нельзя" in aelita.screen.text
    await aelita.tap("Да, стереть мои данные")
    assert aelita.screen.text.startswith("Готово, данные стёрты.")
    assert aelita.screen.labels == []

    assert await size_of(core, Person) == 1  # the curator
    assert [row.role for row in await stored(core, StaffRole)] == [Role.CURATOR]
    attended, to_come = await stored(core, Registration)
    assert (attended.status, attended.person_id) == (RegistrationStatus.ACTIVE, None)
    assert (to_come.status, to_come.person_id) == (RegistrationStatus.CANCELLED, None)
    assert [line.came for line in await stored(core, RegistrationLine)] == [1, None]
    assert [(row.meeting_id, row.people) for row in await stored(core, Headcount)] == [(past, 1)]
    answer = await the_answer(core)
    assert (answer.rating, answer.comment) == (5, "")
    assert [
        row.account_id for row in await stored(core, DueMessage) if row.account_id == 777_000_777
    ] == []

    after = await dump(core)
    for secret in (*SECRETS[:1], *SECRETS[2:], "777000777"):
        assert secret not in after
    names = [line.organisation for line in await stored(core, RegistrationLine)]
    assert names == ["Школа у моста", ""]  # row 2.11 names who came
    assert aelita.menu == ["meetings", "my", "reminders", "help", "privacy", "language", "cancel"]

    await stage.wait_until(stage.clock.now() + timedelta(days=10))
    assert aelita.screen.text.startswith("Готово, данные стёрты.")
    await aelita.start()
    assert "Согласие на обработку персональных данных" in aelita.screen.text


async def test_nothing_of_the_conversation_is_left_either(stage: Stage) -> None:
    aelita = stage.person("Лось", user_id=777_000_777)
    await aelita.start()
    await taps(aelita, "Даю согласие", "Учитель")
    await aelita.send("Школа у моста")
    await aelita.send("/privacy")
    await taps(aelita, "Отозвать согласие", "Да, стереть мои данные")
    left = await dump(stage.core)
    assert not any(secret in left for secret in SECRETS)
    conversations = [line for line in left.splitlines() if line.startswith("dialog_states")]
    assert "777000777" not in "".join(conversations)


async def test_taking_it_back_asks_first_and_works_twice(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    await maria.send("/privacy")
    await maria.tap("Отозвать согласие")
    yes = maria.screen.button("Да, стереть мои данные")
    assert yes is not None
    await maria.tap("Назад")
    assert await size_of(stage.core, Person) == 1
    await taps(maria, "Отозвать согласие", "Да, стереть мои данные")
    await maria.tap_data(yes["callback_data"], maria.screen.message_id)
    assert await size_of(stage.core, Person) == 0
    assert await size_of(stage.core, Feedback) == 0
    assert "Простите" not in texts(maria)


async def test_staff_who_never_signed_up_are_asked_what_is_missing(stage: Stage) -> None:
    anna = stage.person("Анна")
    await make_person(
        stage.core, anna.id, name="Анна", category=None, occupation="", profile_done_at=None
    )
    await give_role(stage.core, anna.id, Role.CURATOR, await municipality(stage.core))
    await anna.send("/privacy")
    await taps(anna, "Что обо мне хранится", "Изменить")
    assert anna.screen.text.startswith("Кто вы?")
    await anna.tap("‹ Назад")
    assert "Что хотите сделать?" in anna.screen.text


async def test_the_consent_says_who_sees_the_names_and_promises_no_more_than_is_done(
    stage: Stage,
) -> None:
    for language, who, promised in (
        ("ru", "организатору встречи и его помощникам у входа, куратору и", "напоминать"),
        ("en", "the organiser of a meeting and their helpers at the door, the curator", "remind"),
    ):
        person = stage.person("Мария", language_code=language)
        await person.start()
        assert who in person.screen.text
        assert promised not in person.screen.text
