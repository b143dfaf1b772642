"""The words of a year's report over a chat: organisations, photos, notes and proposals."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.models import (
    AnnualReport,
    ConsolidatedReport,
    Feedback,
    FindingAnswer,
    Meeting,
    OrganisationName,
)
from bot.services import finding_answers
from bot.services.core import Account
from bot.vocabulary import MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, size_of, stored, taps, texts
from tests.services.factory import give_role, make_held_meeting, make_meeting


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """Анна, who writes the report of Ачинск."""
    person = stage.person("Анна")
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core))
    return person


async def open_draft(person: client.Person) -> None:
    await person.send("/report")
    await person.tap("Отчёт за 2026")


async def test_names_that_are_one_organisation(stage: Stage, curator: client.Person) -> None:
    achinsk = await municipality(stage.core)
    came = {"Школа № 5": 4, "МБОУ «Школа №5»": 2, "ООО «<Мост>»": 3, "Мост": 1, "Газета": 1}
    await make_held_meeting(stage.core, achinsk, {**came, "": 2})
    await open_draft(curator)
    await curator.tap("Организации")
    assert "Организаций: 5, участников: 13" in curator.screen.text
    assert "Без названия организации, человек: 2" in curator.screen.text
    assert "Школа № 5 · 4" in curator.screen.labels

    await curator.tap("Похожие названия: 2")
    assert "1. Школа № 5 · 4\n2. МБОУ «Школа №5» · 2" in curator.screen.text
    await curator.tap("Это одно и то же")
    assert "Какое название оставить?" in curator.screen.text
    answer = await curator.tap("МБОУ «Школа №5»")
    assert answer.text == "Теперь это одна организация"
    assert "1. ООО «<Мост>» · 3\n2. Мост · 1" in curator.screen.text
    answer = await curator.tap("Разные")
    assert answer.text == "Запомнили: это разные организации"
    assert "Похожих названий больше нет" in curator.screen.text
    await curator.tap("‹ Назад")
    assert not [label for label in curator.screen.labels if label.startswith("Похожие")]

    # By hand, what the bot would never suggest.
    await curator.tap("Газета · 1")
    await taps(curator, "Объединить с другой", "Мост · 1")
    await curator.tap("Мост")
    assert "Сюда же посчитаны:\n• Газета" in curator.screen.text
    rows = await stored(stage.core, OrganisationName)
    assert {row.name: row.counted_as for row in rows} == {
        "Школа № 5": "МБОУ «Школа №5»",
        "Газета": "Мост",
    }
    answer = await curator.tap("Разделить: Газета")
    assert answer.text == "Снова считаются отдельно"
    assert curator.screen.labels == ["Объединить с другой", "‹ Назад"]
    await curator.tap("‹ Назад")
    assert "Мост · 1" in curator.screen.labels
    assert "МБОУ «Школа №5» · 6" in curator.screen.labels
    await curator.tap("‹ Назад")
    assert "Файл xlsx" in curator.screen.labels


async def test_a_second_tap_decides_nothing_about_the_next_pair(
    stage: Stage, curator: client.Person
) -> None:
    achinsk = await municipality(stage.core)
    came = {"Школа № 5": 4, "МБОУ «Школа №5»": 2, "ООО «Мост»": 3, "Мост": 1}
    await make_held_meeting(stage.core, achinsk, came)
    await open_draft(curator)
    await taps(curator, "Организации", "Похожие названия: 2")
    screen = curator.screen
    apart, same = (
        (screen.button(label) or {})["callback_data"] for label in ("Разные", "Это одно и то же")
    )
    answer = await curator.tap_data(apart, screen.message_id)
    assert answer.text == "Запомнили: это разные организации"
    for old in (apart, same):
        await curator.tap_data(old, screen.message_id)
        assert "1. ООО «Мост» · 3\n2. Мост · 1" in curator.screen.text
        assert await size_of(stage.core, FindingAnswer) == 1
    await curator.tap("Это одно и то же")
    assert curator.screen.labels == ["ООО «Мост»", "Мост", "‹ Назад"]


async def test_without_organisations_the_screen_says_what_to_do(
    stage: Stage, curator: client.Person
) -> None:
    await open_draft(curator)
    await curator.tap("Организации")
    assert "появятся здесь, когда" in curator.screen.text
    assert curator.screen.labels == ["‹ Назад"]


async def test_the_photos_of_a_year(stage: Stage, curator: client.Person) -> None:
    achinsk = await municipality(stage.core)
    known = "https://yadi.sk/d/1"
    await make_held_meeting(stage.core, achinsk, {}, title="Первая", photo_link=known)
    bare = await make_held_meeting(stage.core, achinsk, {}, title="Вторая")
    await open_draft(curator)
    await curator.tap("Фотографии")
    assert "Со ссылкой: 1 из 2, без ссылки: 1" in curator.screen.text
    assert curator.screen.labels == [
        "Общая папка за год",
        "нет ссылки · вс 1 мар · Вторая",
        "есть ссылка · вс 1 мар · Первая",
        "‹ Назад",
    ]
    await curator.tap("нет ссылки · вс 1 мар · Вторая")
    await curator.send("https://school5.example/photos")
    assert "это не облако, которое мы знаем" in curator.messages[-2].text
    assert "Со ссылкой: 2 из 2" in curator.screen.text
    found = {row.id: row.photo_link for row in await stored(stage.core, Meeting)}
    assert found[bare] == "https://school5.example/photos"
    # Back from a meeting leads here as well, and a known cloud brings no warning.
    await taps(curator, "Вторая", "‹ Назад", "Вторая")
    assert "это не облако" in curator.screen.text
    said = len(curator.messages)
    await curator.send("https://disk.yandex.ru/d/2")
    assert len(curator.messages) == said + 2  # the link itself and the list

    # Why there is none is said, once somebody answered the finding.
    seminar = await make_held_meeting(stage.core, achinsk, {}, title="<Третья>")
    await make_held_meeting(stage.core, achinsk, {}, title="Четвёртая")
    await finding_answers.answer_finding(
        stage.core, Account(curator.id), achinsk, 2026, f"photos:{seminar}", "Просили\nне снимать"
    )
    await taps(curator, "‹ Назад", "Фотографии")
    assert (
        "Со ссылкой: 2 из 4, без ссылки: 1, объяснено, почему фото нет: 1\n"
        "· <Третья> (вс 1 мар): фото нет, потому что: «Просили не снимать»"
    ) in curator.screen.text
    assert curator.screen.labels[1:3] == [
        "нет ссылки · вс 1 мар · Четвёртая",
        "объяснено · вс 1 мар · <Третья>",
    ]
    await curator.tap("объяснено")
    await curator.send("https://yadi.sk/d/3")  # a link is more than a reason
    assert "Со ссылкой: 3 из 4, без ссылки: 1\n\n" in curator.screen.text

    await curator.tap("Общая папка за год")
    await curator.send("не ссылка")
    assert "Нужна ссылка на папку в облаке" in texts(curator)
    await curator.send("school5.example/year")
    assert "📷 Общая папка: https://school5.example/year" in curator.screen.text
    assert "это не облако" in curator.screen.text
    await curator.tap("Общая папка за год")
    await curator.send("https://cloud.mail.ru/public/year")
    assert "это не облако" not in curator.screen.text
    await taps(curator, "Общая папка за год", "Убрать ссылку")
    assert "Общей папки за год пока нет" in curator.screen.text
    (report,) = await stored(stage.core, AnnualReport)
    assert report.photo_folder == ""


async def test_notes_and_answers_become_a_draft(stage: Stage, curator: client.Person) -> None:
    achinsk = await municipality(stage.core)
    started = stage.clock.now() - timedelta(hours=2)
    meeting = await make_meeting(stage.core, achinsk, title="На заводе", starts_at=started)
    await open_draft(curator)
    await taps(curator, "Предложения", "Для муниципалитета")
    answer = await curator.tap("Собрать черновик")
    assert answer.text.startswith("Черновик собрать не из чего")
    assert answer.show_alert

    await curator.send("/manage")
    await taps(curator, "Прошедшие", "На заводе", "Состоялась", "Заметка для отчёта")
    assert "Что стоит изменить или повторить?" in curator.screen.text
    await curator.send("&" * 1000)  # as long as it may be, and five times that as HTML
    await curator.tap("Заметка для отчёта")
    assert "&" * 1000 in curator.screen.text
    await curator.send("Начинать <позже> & короче")
    assert "Заметка для отчёта" in curator.screen.labels  # closing goes on where it was
    await curator.tap("‹ Назад")
    await taps(curator, "Отзывы", "Заметка для отчёта")
    assert "Сейчас:\nНачинать <позже> & короче" in curator.screen.text
    await curator.tap("‹ Назад")
    assert curator.screen.text.startswith("Отзывы · На заводе")
    async with stage.core.db.write() as session:
        session.add_all(
            Feedback(
                meeting_id=meeting,
                answered_by=str(number),
                rating=5,
                comment="Нужна экскурсия",
                created_at=stage.clock.now(),
            )
            for number in range(5)
        )
        confirmed = {"status": MeetingStatus.HELD, "held_at": stage.clock.now()}
        await session.execute(update(Meeting).values(confirmed))

    await open_draft(curator)
    await taps(curator, "Предложения", "Для региона", "Собрать черновик")
    draft = (
        "В отзывах повторяется:\n– «нужна», отзывов: 5. Например: «Нужна экскурсия»\n\n"
        "Заметки о встречах:\n– «На заводе» (пн 2 мар): Начинать <позже> & короче"
    )
    assert draft in curator.screen.text
    assert await size_of(stage.core, AnnualReport) == 0  # nothing is stored by itself
    await curator.tap("Прислать для правки")
    assert curator.messages[-2].text == draft
    answer = await curator.tap("Записать как есть")
    assert answer.text == "Записано"
    (report,) = await stored(stage.core, AnnualReport)
    assert (report.proposals, report.proposals_for_region) == ("", draft)

    await curator.tap("Собрать черновик")
    assert "Он заменит то, что записано сейчас" in curator.screen.text
    await curator.send("Свой текст")
    assert "Ачинск: для региона" in curator.screen.text
    assert "\nСвой текст\n" in curator.screen.text
    await curator.tap("Вернуть прежний текст")
    assert draft in curator.screen.text
    await curator.tap("‹ Назад")
    assert "Для муниципалитета\nПока ничего не записано." in curator.screen.text
    await curator.tap("‹ Назад")
    assert "Файл xlsx" in curator.screen.labels


async def test_the_region_writes_from_what_municipalities_propose(
    stage: Stage, curator: client.Person
) -> None:
    chief = stage.person("Ольга")
    await give_role(stage.core, chief.id, Role.REGIONAL_CURATOR)
    await chief.send("/report")
    await taps(chief, "Весь край", "Отчёт за 2026", "Предложения")
    assert "Красноярский край: сводный отчёт" in chief.screen.text
    answer = await chief.tap("Собрать черновик")
    assert "муниципалитеты ещё не записали предложений" in answer.text

    await open_draft(curator)
    await taps(curator, "Предложения", "Для региона")
    await curator.send("Общий сайт встреч")
    await curator.send("/cancel")
    assert curator.messages[-2].text == "Ничего не было начато."  # the text is stored
    await chief.tap("Собрать черновик")
    assert "Ачинск: Общий сайт встреч" in chief.screen.text
    await chief.tap("Записать как есть")
    (report,) = await stored(stage.core, ConsolidatedReport)
    assert report.proposals == "Ачинск: Общий сайт встреч"
    await chief.tap("‹ Назад")
    assert "Файл xlsx" in chief.screen.labels
    # What is a municipality's own, the region only reads.
    assert "Организации" not in chief.screen.labels
    await chief.send("/report")
    await chief.send("ачинск")
    await taps(chief, "Ачинск", "Отчёт за 2026")
    assert not {"Организации", "Фотографии", "Предложения (строка 4)"} & {*chief.screen.labels}
