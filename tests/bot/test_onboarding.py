"""From a stranger to somebody signed up: the questions, interruptions, the consent."""

from datetime import timedelta

import pytest

from bot.models import Person
from bot.services.core import Core
from bot.vocabulary import Category
from tests.bot.conftest import Stage
from tests.bot.story import (
    agreed,
    from_poster,
    lines_of,
    municipality,
    person_of,
    size_of,
    taps,
    texts,
)
from tests.services.factory import make_meeting, make_person


@pytest.fixture
async def meeting(stage: Stage) -> int:
    """A meeting in Ачинск whose poster has a link."""
    return await make_meeting(stage.core, await municipality(stage.core), token="Poster_1-2026")


async def test_a_new_pupil_from_a_poster_is_signed_up(stage: Stage, meeting: int) -> None:
    maria = stage.person("Мария")
    await from_poster(maria)
    greeting, consent = maria.messages[-2:]
    assert "«Инженеры будущего»" in greeting.text
    assert "Согласие на обработку персональных данных" in consent.text

    await taps(maria, "Даю согласие", "Ученик", "9 класс")
    assert maria.screen.text.splitlines()[1:] == ["👤 Мария", "🏷 Ученик, 9 класс", "📍 Ачинск"]
    await maria.tap("Да, всё верно")
    assert maria.screen.text.startswith("Инженеры будущего\n📅 пн, 9 марта, 12:00–13:30")
    answer = await maria.tap("Записаться")

    assert answer.text == "Вы записаны. Код для входа: A1"
    assert not answer.show_alert
    assert "Вы записаны. Код для входа: A1" in maria.screen.text
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]


async def test_without_a_poster_it_is_six_taps_and_a_few_letters(
    stage: Stage, meeting: int
) -> None:
    maria = stage.person("Мария")
    await maria.start()
    await taps(maria, "Даю согласие", "Ученик")
    await maria.send("9б")
    assert "Где вы живёте, учитесь или работаете?" in maria.screen.text
    await maria.send("ачи")
    assert maria.screen.labels == ["Ачинск", "Ачинский район", "‹ Назад"]

    await taps(maria, "Ачинск", "Да, всё верно", "Инженеры", "Записаться")

    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]


async def test_a_known_person_signs_up_in_one_tap(stage: Stage, meeting: int) -> None:
    olga = stage.person("Ольга")
    await make_person(stage.core, olga.id, category=Category.PARENT)
    await from_poster(olga)
    await olga.tap("Записаться")
    assert await lines_of(stage.core, meeting) == [("parent", "", 1)]


async def test_an_employer_is_asked_for_position_and_organisation(
    stage: Stage, meeting: int
) -> None:
    pavel = await agreed(stage, "Павел")
    await taps(pavel, "Работодатель", "Руководитель")
    assert "Из какой вы организации?" in pavel.screen.text
    await pavel.send("ООО «Мост»")
    assert "🏷 Руководитель, ООО «Мост»" in pavel.screen.text
    await taps(pavel, "Да, всё верно", "Записаться")
    assert await lines_of(stage.core, meeting) == [("head", "ООО «Мост»", 1)]


async def test_on_the_confirming_screen_everything_can_be_changed(
    stage: Stage, meeting: int
) -> None:
    person = await agreed(stage)
    await taps(person, "Родитель", "Изменить имя")
    await person.send("М")
    assert "Одной буквы мало" in person.messages[-2].text
    await person.send("Мария Ивановна")
    await person.tap("Изменить город")
    await person.send("канск")
    await person.tap("Канск")
    await taps(person, "Изменить, кто я", "Ученик", "11 класс")
    assert person.screen.text.splitlines()[1:] == [
        "👤 Мария Ивановна",
        "🏷 Ученик, 11 класс",
        "📍 Канск",
    ]


@pytest.mark.parametrize("restart", [False, True], ids=["a new start", "a restart of the bot"])
async def test_interrupted_anywhere_it_goes_on_from_there(
    stage: Stage, meeting: int, *, restart: bool
) -> None:
    """Before each answer the person goes away; the bot may be restarted meanwhile."""
    pavel = await agreed(stage, "Павел")
    steps = [
        ("Кто вы?", "Работодатель"),
        ("Вы руководитель или специалист?", "Специалист"),
        ("Из какой вы организации?", "ООО «Мост»"),
        ("Всё верно?", "Да, всё верно"),
    ]
    for question, reply in steps:
        await pavel.send("/meetings")
        if restart:
            await stage.restart()
        await pavel.start()
        assert pavel.screen.text.startswith(question)
        if question.startswith("Из какой"):
            await pavel.send(reply)
        else:
            await pavel.tap(reply)
    assert pavel.screen.text.startswith("Инженеры будущего\n")
    await pavel.tap("Записаться")
    assert await lines_of(stage.core, meeting) == [("employee", "ООО «Мост»", 1)]


async def test_a_question_survives_a_restart_without_a_new_start(
    stage: Stage, meeting: int
) -> None:
    person = await agreed(stage)
    await person.tap("Ученик")
    await stage.restart()
    await taps(person, "9 класс", "Да, всё верно", "Записаться")
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]


async def test_no_to_the_consent_keeps_nothing_and_still_shows_meetings(
    stage: Stage, meeting: int
) -> None:
    maria = stage.person("Мария")
    await from_poster(maria)
    await maria.tap("Не даю")
    assert "мы ничего о вас не сохранили" in maria.screen.text
    await maria.tap("Посмотреть встречи")
    assert maria.screen.text.startswith("Инженеры будущего\n")
    await maria.send("/meetings")
    assert "Инженеры будущего" in maria.screen.labels[0]
    assert await size_of(stage.core, Person) == 0

    await taps(maria, "Инженеры", "Записаться")
    assert "Согласие на обработку персональных данных" in maria.screen.text
    assert await size_of(stage.core, Person) == 0


async def test_every_question_has_a_way_back(stage: Stage, meeting: int) -> None:
    pavel = await agreed(stage, "Павел")
    await taps(pavel, "Работодатель", "Специалист")
    await pavel.send("ООО «Мост»")
    await pavel.tap("Назад")
    assert pavel.screen.text.startswith("Из какой вы организации?")
    await taps(pavel, "Назад", "Назад")
    assert pavel.screen.text.startswith("Здравствуйте, Павел.")

    await pavel.start()
    assert "🏷 Специалист, ООО «Мост»" in pavel.screen.text  # nothing was lost
    await taps(pavel, "Изменить, кто я", "Назад")
    assert pavel.screen.text.startswith("Всё верно?")
    await pavel.tap("Да, всё верно")
    await pavel.send("/privacy")
    await taps(pavel, "Что обо мне хранится", "Изменить", "Назад")
    assert pavel.screen.text.startswith("Здравствуйте, Павел.")


async def test_back_from_no_consent_is_the_consent(stage: Stage, meeting: int) -> None:
    maria = stage.person("Мария")
    await from_poster(maria)
    await maria.tap("Не даю")
    assert maria.screen.labels == ["Посмотреть встречи", "‹ Назад"]
    await maria.tap("Назад")
    assert "Согласие даётся кнопкой ниже." in maria.screen.text


async def test_a_whole_name_of_a_municipality_needs_no_tap(stage: Stage) -> None:
    maria = stage.person("Мария")
    await maria.start()
    await taps(maria, "Даю согласие", "Ученик", "9 класс")
    await maria.send("ачинск")  # the district begins so, too
    assert maria.screen.labels == ["Ачинск", "Ачинский район", "‹ Назад"]
    await maria.send("г. НОРИЛЬСК")
    assert "📍 Норильск" in maria.screen.text
    await maria.tap("Изменить город")
    assert maria.screen.labels == ["‹ Назад"]
    await maria.send("краснояр")
    assert maria.screen.labels == ["Красноярск", "‹ Назад"]


async def test_cancel_says_what_was_dropped(stage: Stage, meeting: int) -> None:
    maria = stage.person("Мария")
    await from_poster(maria)
    await maria.send("/cancel")
    assert maria.messages[-2].text == "Хорошо, прервали. О вас ничего не сохранено."

    await from_poster(maria)
    await taps(maria, "Даю согласие", "Ученик")
    await maria.send("/cancel")
    assert "Ответы сохранены, можно продолжить позже" in maria.messages[-2].text
    await maria.start()
    assert maria.screen.text.startswith("В каком вы классе?")

    await taps(maria, "9 класс", "Да, всё верно")
    await maria.send("/cancel")
    assert maria.messages[-2].text == "Ничего не было начато."


async def test_a_link_that_leads_nowhere_says_so_and_goes_on(stage: Stage) -> None:
    core: Core = stage.core
    draft = await make_meeting(core, await municipality(core), token="x" * 20, status="draft")
    assert draft
    for payload in ("m_nothing", "m_" + "x" * 20, "whatever"):
        maria = stage.person("Мария")
        await maria.start(payload)
        assert "Инженеры" not in texts(maria)
        assert ("Такой встречи нет" in texts(maria)) == payload.startswith("m_")
        assert "Согласие на обработку" in maria.screen.text


async def test_each_language_is_spoken_to_a_stranger_and_remembered(
    stage: Stage, meeting: int
) -> None:
    john = stage.person("John", language_code="en")
    await from_poster(john)
    assert any("career meetings in Krasnoyarsk Krai" in each.text for each in john.messages)
    assert "Consent" in john.screen.text
    await john.send("/language")
    await john.tap("Русский")
    assert await person_of(stage.core, john.id) is None
    await stage.restart()
    await from_poster(john)
    assert "Согласие" in john.screen.text
    await john.tap("Даю согласие")
    person = await person_of(stage.core, john.id)
    assert person is not None
    assert person.locale == "ru"

    await john.send("/language")
    await john.tap("English")
    person = await person_of(stage.core, john.id)
    assert person is not None
    assert person.locale == "en"
    assert stage.sandbox.world.commands(john.id)[0].description == "Meetings near you"
    await stage.wait_until(stage.clock.now() + timedelta(hours=1))
    await john.start()
    assert john.screen.text.startswith("Who are you?")


async def test_a_changed_text_is_asked_again_before_the_next_sign_up(
    stage: Stage, meeting: int
) -> None:
    core = stage.core
    olga = stage.person("Ольга")
    await make_person(
        core, olga.id, name="Ольга", category=Category.PARENT, consent_version="2025-09"
    )
    await from_poster(olga)
    await olga.tap("Записаться")
    assert olga.screen.text.startswith("Текст согласия изменился с тех пор, как вы его дали.")
    await olga.tap("Не даю")
    assert "нового мы ничего не сохраним" in olga.screen.text
    await olga.tap("Отозвать согласие")
    assert olga.screen.text.startswith("Отозвать согласие?")
    assert await lines_of(core, meeting) == []

    await from_poster(olga)
    await taps(olga, "Записаться", "Даю согласие")
    assert olga.screen.text.startswith("Инженеры будущего\n")
    await olga.tap("Записаться")
    assert await lines_of(core, meeting) == [("parent", "", 1)]
    person = await person_of(core, olga.id)
    assert person is not None
    assert (person.name, person.invited_to) == ("Ольга", "")


async def test_a_changed_text_is_asked_again_before_a_change_of_the_profile(
    stage: Stage,
) -> None:
    olga = stage.person("Ольга")
    await make_person(
        stage.core,
        olga.id,
        category=Category.PARENT,
        municipality_id=await municipality(stage.core),
        consent_version="2025-09",
    )
    await olga.send("/privacy")
    await taps(olga, "Что обо мне хранится", "Изменить")
    assert olga.screen.text.startswith("Текст согласия изменился")
    await olga.tap("Даю согласие")
    await olga.send("/privacy")
    await taps(olga, "Что обо мне хранится", "Изменить")
    assert olga.screen.text.startswith("Всё верно?")
    answer = await olga.tap("Да, всё верно")
    assert "Сначала" not in (answer.text or "")
