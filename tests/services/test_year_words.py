"""What a year's form says in words: photos (row 3), notes, both texts of row 4 and their drafts."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from bot import report_forms
from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.handlers.coordinator.proposals_words import draft_of_municipality, draft_of_region
from bot.i18n import Speech, Texts
from bot.models import AnnualReport, Feedback
from bot.rules import is_known_host
from bot.services import (
    meeting_notes,
    photos,
    proposal_material,
    proposals,
    reports,
)
from bot.services.consolidated import ConsolidatedFacts
from bot.services.core import Account, Core
from bot.services.counted import Proposals
from bot.services.proposals import Addressee
from bot.services.report_counting import ReportFacts
from bot.vocabulary import Category, Format, MeetingStatus, ReportSource, Role
from tests.bot.story import stored
from tests.services.factory import (
    KRASNOYARSK,
    give_role,
    make_held_meeting,
    make_meeting,
    make_person,
    make_region,
)

CURATOR, REGIONAL, OTHER, ORGANISER = (Account(each) for each in range(2, 6))
NOBODY = (Account(1), OTHER, ORGANISER, Account(99))


@pytest.fixture
async def places(core: Core) -> dict[str, int]:
    places = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_CURATOR)
    await give_role(core, OTHER.id, Role.COORDINATOR, places["kansk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, places["achinsk"])
    return places


@pytest.fixture
def russian(core: Core) -> Speech:
    return Texts().speak("ru", core.clock.now(), KRASNOYARSK)


def rows(report: ReportFacts | ConsolidatedFacts, sheet: str) -> dict[str, object]:
    """The last column of a form by its printed numbers."""
    book = openpyxl.load_workbook(BytesIO(report_forms.report_xlsx(Texts(), report)))
    return {str(row[0]): row[3] for row in book[sheet].iter_rows(values_only=True) if row[0]}


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ("https://disk.yandex.ru/d/abc", True),
        ("https://yadi.sk/d/abc", True),
        ("HTTPS://Cloud.Mail.RU:443/public/x", True),
        ("https://m.vk.com/album1", True),
        ("https://drive.google.com./drive", True),
        ("https://disk.yandex.ru.evil.example/d", False),
        ("https://notvk.com/album", False),
        ("https://school5.example/photos", False),
        ("https://evil.example/?disk.yandex.ru", False),
        ("http://[", False),
    ],
)
def test_the_clouds_we_know(link: str, known: bool) -> None:
    assert is_known_host(link) is known


async def test_row_3_lists_the_folder_of_the_year_and_the_links_each_once(
    core: Core, places: dict[str, int]
) -> None:
    achinsk = places["achinsk"]
    folder, own = "https://disk.yandex.ru/d/year", "https://yadi.sk/d/one"
    earlier = core.clock.now() - timedelta(days=9)
    with_link = await make_held_meeting(core, achinsk, {}, photo_link=own, starts_at=earlier)
    await make_held_meeting(core, achinsk, {}, photo_link=folder)
    without = await make_held_meeting(core, achinsk, {}, title="Без фото")
    await make_held_meeting(core, achinsk, {}, counts_in_form=False)
    await make_meeting(core, achinsk, status=MeetingStatus.PUBLISHED)

    kept = await photos.set_photo_folder(core, CURATOR, achinsk, 2026, "disk.yandex.ru/d/year")
    assert kept == folder
    found = await photos.get_year_photos(core, CURATOR, achinsk, 2026, 0, 2)
    assert (found.place, found.folder, found.total, found.with_link) == ("Ачинск", folder, 3, 2)
    assert [each.id for each in found.meetings] == [without, with_link]

    report = await reports.appendix2(core, CURATOR, 2026, achinsk)
    assert report.photo_links == (folder, own)
    assert rows(report, "Приложение 2")["3."] == f"{folder}\n{own}"
    region = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.DRAFTS)
    assert rows(region, "Ачинск")["3."] == f"{folder}\n{own}"

    await photos.set_photo_folder(core, CURATOR, achinsk, 2026, "")
    report = await reports.appendix2(core, CURATOR, 2026, achinsk)
    assert report.photo_links == (own, folder)
    with pytest.raises(InvalidInput, match="input-photos"):
        await photos.set_photo_folder(core, CURATOR, achinsk, 2026, "javascript:alert(1)")
    with pytest.raises(Refused):
        await photos.set_photo_folder(core, CURATOR, achinsk, 2027, folder)
    for account in (*NOBODY, REGIONAL):
        with pytest.raises(Forbidden):
            await photos.set_photo_folder(core, account, achinsk, 2026, folder)
        with pytest.raises(Forbidden):
            await photos.get_photo_folder(core, account, achinsk, 2026)
        with pytest.raises(Forbidden):
            await photos.get_year_photos(core, account, achinsk, 2026, 0, 2)


async def test_a_folder_is_no_proposal(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Лето")
    (before,) = await stored(core, AnnualReport)
    core.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    await photos.set_photo_folder(core, CURATOR, achinsk, 2026, "https://yadi.sk/d/one")
    (after,) = await stored(core, AnnualReport)
    assert (after.proposals, after.updated_at) == ("Лето", before.updated_at)
    await photos.set_photo_folder(core, OTHER, places["kansk"], 2026, "https://yadi.sk/d/two")
    kansk = await reports.appendix2(core, OTHER, 2026, places["kansk"])
    assert kansk.proposals == kansk.proposals_for_region == ""


async def test_row_4_has_a_text_for_the_municipality_and_one_for_the_region(
    core: Core, places: dict[str, int]
) -> None:
    achinsk, kansk = places["achinsk"], places["kansk"]
    sheet = "Приложение 2"

    async def row_4() -> object:
        return rows(await reports.appendix2(core, CURATOR, 2026, achinsk), sheet)["4."]

    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Лагерь", Addressee.REGION)
    assert await row_4() == "Для региона: Лагерь"
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Автобус")
    assert await row_4() == "Для муниципалитета: Автобус\nДля региона: Лагерь"
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "", Addressee.REGION)
    assert await row_4() == "Автобус"
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Лагерь", Addressee.REGION)
    await proposals.set_proposals(core, OTHER, kansk, 2026, "Сайт", Addressee.REGION)

    # The consolidated row names them under it until the region has a text of its own.
    region = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.DRAFTS)
    assert not rows(region, "Сводный")["4."]
    assert rows(region, "Канск")["4."] == "Для региона: Сайт"
    await proposals.set_proposals(core, REGIONAL, None, 2026, "=Одно на всех", Addressee.REGION)
    region = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.DRAFTS)
    assert rows(region, "Сводный")["4."] == "=Одно на всех"
    written = await proposals.get_proposals(core, REGIONAL, None, 2026)
    assert written.texts == Proposals(for_region="=Одно на всех")
    with pytest.raises(NotFound):
        await proposals.set_proposals(core, REGIONAL, None, 2026, "Кому")
    with pytest.raises(InvalidInput):
        await proposals.set_proposals(core, REGIONAL, None, 2026, "я" * 3001, Addressee.REGION)
    for account in (CURATOR, *NOBODY):
        with pytest.raises(Forbidden):
            await proposals.set_proposals(core, account, None, 2026, "Моё", Addressee.REGION)
        with pytest.raises(Forbidden):
            await proposals.get_proposals(core, account, None, 2026)
        with pytest.raises(Forbidden):
            await proposal_material.get_proposals_for_region(core, account, 2026)
    with pytest.raises(Forbidden):
        await proposals.set_proposals(core, REGIONAL, achinsk, 2026, "Моё", Addressee.REGION)


async def _answer(core: Core, meeting_id: int, *comments: str) -> None:
    """Somebody in the room answers, without a name."""
    async with core.db.write() as session:
        for number, comment in enumerate(comments):
            session.add(
                Feedback(
                    meeting_id=meeting_id,
                    answered_by=f"{meeting_id}:{number}",
                    rating=5 if number % 2 else 4,
                    comment=comment,
                    created_at=core.clock.now(),
                )
            )


async def test_a_draft_tells_of_the_year_and_of_nobody(
    core: Core, places: dict[str, int], russian: Speech
) -> None:
    achinsk = places["achinsk"]
    liked = await make_held_meeting(core, achinsk, {}, format=Format.EXCURSION, title="На заводе")
    weak = await make_held_meeting(core, achinsk, {}, format=Format.SEMINAR, title="Семинар")
    few = await make_held_meeting(core, achinsk, {}, format=Format.NETWORKING)
    silent = await make_held_meeting(core, achinsk, {}, format=Format.DISCUSSION)
    await _answer(core, liked, *["Хотим ещё экскурсию на завод"] * 4, "Экскурсия долгая", "Автобус")
    await _answer(core, weak, "Мало практики", "Нужна практика", "Практика", "", "")
    await _answer(core, few, "Экскурсия, Петров из 9 «Б»", "Экскурсии")
    await _answer(core, silent, "", "", "")
    outside = await make_held_meeting(core, achinsk, {}, counts_in_form=False)
    over = core.clock.now() - timedelta(days=1)
    unconfirmed = await make_meeting(core, achinsk, starts_at=over)
    for uncounted in (outside, unconfirmed):
        await _answer(core, uncounted, *["Экскурсия нужна"] * 6)
    await meeting_notes.set_note(core, CURATOR, liked, "Начинать\nпозже")
    await meeting_notes.set_note(core, CURATOR, few, "Лишнее")
    await meeting_notes.set_note(core, CURATOR, few, "")

    material = await proposal_material.get_material(core, CURATOR, achinsk, 2026)
    assert material.answers == 16
    formats, *lines = draft_of_municipality(russian, material, 2026).split("\n")
    assert formats == (
        "По отзывам за 2026 год (ответов: 16) выше всего оценены: экскурсия (4,5);"
        " ниже всего: семинар (4,4)."
    )
    assert lines == [
        "",
        "В отзывах повторяется:",
        # Seven say it; of the meeting with two answers nothing is quoted.
        "– «экскурсию», отзывов: 7. Например: «Экскурсия долгая»",
        "",
        "Заметки о встречах:",
        "– «На заводе» (вс 1 мар): Начинать позже",
    ]
    for account in (*NOBODY, REGIONAL):
        with pytest.raises(Forbidden):
            await proposal_material.get_material(core, account, achinsk, 2026)
    with pytest.raises(Refused):
        await proposal_material.get_material(core, CURATOR, achinsk, 2027)
    empty = await proposal_material.get_material(core, CURATOR, achinsk, 2025)
    assert draft_of_municipality(russian, empty, 2025) == ""


async def test_a_theme_is_illustrated_by_whole_words(
    core: Core, places: dict[str, int], russian: Speech
) -> None:
    meeting = await make_held_meeting(core, places["achinsk"], {})
    await _answer(core, meeting, "Сейчас поняла", "Нужен ещё один час", *["Часа мало-мало"] * 4)
    material = await proposal_material.get_material(core, CURATOR, places["achinsk"], 2026)
    examples = {each.theme.words[0]: each.comment for each in material.themes}
    assert examples["часа"] == "Часа мало-мало"
    assert "Сейчас" not in draft_of_municipality(russian, material, 2026)


async def test_drafts_fit_where_they_are_stored(
    core: Core, places: dict[str, int], russian: Speech
) -> None:
    achinsk = places["achinsk"]
    for _ in range(12):
        meeting = await make_held_meeting(core, achinsk, {}, title="Ж" * 120)
        await meeting_notes.set_note(core, CURATOR, meeting, "я 😀" * 200)
    material = await proposal_material.get_material(core, CURATOR, achinsk, 2026)
    draft = draft_of_municipality(russian, material, 2026)
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, draft)
    for number in (1, 2, 7, 61):
        texts = [(f"Район {place}", "Предлагаем. " * 160) for place in range(number)]
        drafted = draft_of_region(russian, texts)
        assert await proposals.set_proposals(core, REGIONAL, None, 2026, drafted, Addressee.REGION)
    assert draft_of_region(russian, []) == ""
    texts = [("Ачинск", "Лагерь"), ("Канск", "Сайт\nи чат")]
    assert draft_of_region(russian, texts) == "Ачинск: Лагерь\nКанск: Сайт и чат"


async def test_the_region_reads_what_is_for_it(core: Core, places: dict[str, int]) -> None:
    await proposals.set_proposals(core, OTHER, places["kansk"], 2026, "Сайт", Addressee.REGION)
    await proposals.set_proposals(core, CURATOR, places["achinsk"], 2026, "Автобус")
    await proposals.set_proposals(core, CURATOR, places["achinsk"], 2025, "Т", Addressee.REGION)
    found = await proposal_material.get_proposals_for_region(core, REGIONAL, 2026)
    assert found == (("Канск", "Сайт"),)


async def test_whoever_runs_a_meeting_notes_something_about_it(
    core: Core, places: dict[str, int]
) -> None:
    own = await make_person(core, 50, category=Category.CULTURE)
    await give_role(core, 50, Role.ORGANISER, places["achinsk"])
    meeting = await make_held_meeting(core, places["achinsk"], {}, created_by_id=own)
    await meeting_notes.set_note(core, Account(50), meeting, " Ещё\x00 раз ")
    noted = await meeting_notes.get_note(core, CURATOR, meeting)
    assert (noted.title, noted.note) == ("Инженеры будущего", "Ещё раз")
    for account in (*NOBODY, REGIONAL):
        with pytest.raises(Forbidden):
            await meeting_notes.set_note(core, account, meeting, "Чужое")
        with pytest.raises(Forbidden):
            await meeting_notes.get_note(core, account, meeting)
    with pytest.raises(InvalidInput):
        await meeting_notes.set_note(core, CURATOR, meeting, "я" * 1001)
    to_come = await make_meeting(core, places["achinsk"])
    with pytest.raises(Refused):
        await meeting_notes.set_note(core, CURATOR, to_come, "Рано")
