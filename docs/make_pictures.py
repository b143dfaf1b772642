"""Make the pictures of the guides from the real demo: `make pictures`.

Needs Chromium, LibreOffice Calc and pdftoppm (poppler-utils). Starts the demo in a folder of its
own, lives through a small story in the browser and keeps what stands on the screen then.
"""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from sandbox.demo import TIMEZONE, demo
from sandbox.demo_cast import CAST, GROUP, PUPIL_ID

PICTURES = Path(__file__).parent / "pictures"
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 760}


def member(words: str) -> int:
    """Return the account of the ready person whose description has these words."""
    return next(one.user_id for one in CAST if words in f"{one.title} {one.about}")


class Chat:
    """Somebody's chat on the page; every step waits until the bot has answered."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def see(self, words: str) -> None:
        """Wait until a message says this; what is due comes with the next tick."""
        message = self.page.get_by_test_id("message").filter(has_text=words).last
        await expect(message).to_be_visible(timeout=30_000)

    async def write(self, text: str, answer: str) -> None:
        """Send a message and wait for the answer."""
        await self.page.get_by_test_id("input").fill(text)
        await self.page.get_by_test_id("input").press("Enter")
        await self.see(answer)

    async def tap(self, button: str, answer: str) -> None:
        """Tap the first button that begins so (after its date) of the newest message with one."""
        label = re.compile(f"(^|· ){re.escape(button)}", re.IGNORECASE)
        key = self.page.get_by_role("button", name=label)
        newest = self.page.get_by_test_id("message").filter(has=key).last
        await newest.get_by_role("button", name=label).first.click()
        await self.see(answer)

    async def keep(self, name: str, height: int = 0) -> None:
        """Keep the screen as a picture, once nothing moves any more; so high, if given."""
        if height:
            await self.page.set_viewport_size({"width": PHONE["width"], "height": height})
        await expect(self.page.get_by_test_id("toast")).to_have_count(0, timeout=15_000)
        await self.page.mouse.move(0, 0)
        await self.page.get_by_test_id("log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
        await self.page.wait_for_timeout(400)
        await self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        if height:
            await self.page.set_viewport_size(PHONE)


class Studio:
    """Opens chats of the demo."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address

    async def chat(self, user_id: int, size: ViewportSize) -> Chat:
        """Open the chat of a ready person at a size of the screen."""
        return Chat(await self._page(size, f"#/{user_id}"))

    async def group(self, name: str, speaker: str) -> Chat:
        """Open a group by its name, as somebody who is in it."""
        page = await self._page(PHONE)
        await page.get_by_text(name).first.click()
        await page.get_by_test_id("speaker").select_option(label=speaker)
        return Chat(page)

    async def newcomer(self, name: str) -> Chat:
        """Open the chat of somebody the bot has never heard of, and press «Начать»."""
        page = await self._page(PHONE)
        await page.get_by_test_id("new-person").click()
        await page.get_by_test_id("new-person-input").fill(name)
        await page.get_by_test_id("new-person-ok").click()
        await page.get_by_test_id("start").click()
        return Chat(page)

    async def _page(self, size: ViewportSize, place: str = "") -> Page:
        page = await self._browser.new_page(
            viewport=size,
            device_scale_factor=1 if size is LAPTOP else 1.5,
            color_scheme="light",
            locale="ru-RU",
        )
        await page.goto(f"{self._address}{place}")
        return page


async def take_participant(studio: Studio) -> None:
    """The pupil says what a meeting was worth, finds another one and signs up."""
    phone = await studio.chat(PUPIL_ID, PHONE)
    await phone.see("Вы были на встрече")
    await phone.tap("Да", "Оцените")
    await phone.tap("5", "Что было полезно?")
    await phone.keep("rating")
    pupil = await studio.chat(PUPIL_ID, LAPTOP)
    await pupil.write("/meetings", "Встречи: Ачинск")
    await pupil.tap("Инженеры будущего", "осталось")
    await pupil.tap("Записаться", "Вы записаны")
    await pupil.see("Встреча.ics")
    await pupil.keep("chat")
    newcomer = await studio.newcomer("Катя")
    await newcomer.see("Согласие на обработку")
    await newcomer.keep("consent")


async def take_curator(studio: Studio) -> None:
    """The curator makes a meeting, checks people in and looks at the answers."""
    curator = await studio.chat(member("Куратор"), PHONE)
    await curator.see("Встреча состоялась?")
    await curator.keep("held")
    await curator.write("/new", "Как назвать встречу?")
    await curator.write("Кто тушит пожары", "В какой день?")
    await curator.keep("new-day")
    await curator.write("завтра 15:00", "Сколько продлится?")
    await curator.tap("1 ч 30", "С кем встреча?")
    await curator.tap("со школьниками", "Как пройдёт встреча?")
    await curator.tap("очно", "Где собираемся?")
    await curator.write("Пожарная часть № 15, ул. Лебеденко, 3", "Сколько мест?")
    await curator.write("20 чел", "О чём встреча?")
    await curator.write("Спасатели покажут технику и расскажут, как к ним попасть.", "Для отчёта")
    await curator.keep("new-preview")
    await curator.tap("Опубликовать", "идёт запись")
    await curator.keep("manage")

    await curator.write("/manage", "Ваши встречи")
    await curator.tap("Профессии нашего завода", "идёт сейчас")
    await curator.tap("Отметить пришедших", "Пришли")
    await curator.keep("door")
    await curator.tap("QR у входа", "Код действует")
    await curator.keep("room-code")
    await curator.write("/manage", "Ваши встречи")
    await curator.tap("Прошедшие", "Ваши встречи")
    await curator.tap("Энергия Сибири", "не подтверждена")
    await curator.tap("Состоялась", "Встреча состоялась?")
    await curator.keep("closing")
    await curator.tap("Да, состоялась", "Посчитать вас?")
    await curator.tap("Нет, не считать", "· состоялась")
    await curator.write("/manage", "Ваши встречи")
    await curator.tap("Прошедшие", "Ваши встречи")
    await curator.tap("Профессии библиотеки", "8 отзывов")
    await curator.tap("Отзывы", "Что было полезно")
    await curator.keep("answers")


async def take_group(studio: Studio) -> None:
    """The teacher asks for meetings in the parents' group."""
    teacher = await studio.group(GROUP, "Ольга Петровна")
    await teacher.write("/meetings@kras_networking_bot", "Какую встречу показать?")
    await teacher.tap("Инженеры будущего", "осталось")
    await teacher.keep("group")


async def take_coordinator(studio: Studio, folder: Path) -> None:
    """The coordinator gets the report, and the report itself becomes a picture."""
    coordinator = await studio.chat(member("Координатор"), PHONE)
    await coordinator.write("/report", "За какой год")
    await coordinator.tap("Отчёт за", "Участники")
    await coordinator.keep("draft", 1400)
    await coordinator.tap("Файл xlsx", "Участников")
    file = coordinator.page.get_by_test_id("document").last
    await expect(file).to_be_visible()
    await coordinator.keep("report")
    async with coordinator.page.expect_download() as download:
        await file.click()
    form = folder / "appendix2.xlsx"
    await (await download.value).save_as(form)
    _print_form(form)
    await coordinator.write("/stats", "Кто приходил на встречи")
    await coordinator.tap("По месяцам", "Люди и встречи по месяцам")
    await coordinator.page.wait_for_timeout(6000)  # «бот отправляет фото…» goes by itself
    await coordinator.keep("stats", 1000)
    region = await studio.chat(member("Региональный"), PHONE)
    await region.write("/report", "Чей отчёт")
    await region.tap("Весь край", "За какой год")
    await region.tap("Отчёт за", "Участники")
    await region.tap("Муниципалитеты", "Как сдают отчёт")
    await region.keep("board")
    administrator = await studio.chat(member("Администратор"), PHONE)
    await administrator.write("/invite", "Приглашение")
    await administrator.keep("invite")


def _print_form(form: Path) -> None:
    """Turn the first page of a workbook into a picture, as it would be printed."""
    office = f"-env:UserInstallation={(form.parent / 'office').as_uri()}"
    to_pdf = ["soffice", office, "--headless", "--convert-to", "pdf", "--outdir"]
    to_png = ["pdftoppm", "-png", "-r", "90", "-singlefile"]
    for command in (
        [*to_pdf, str(form.parent), str(form)],
        [*to_png, str(form.with_suffix(".pdf")), str(PICTURES / form.stem)],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _december() -> datetime:
    """Return a noon before the reports are due: by night the bot asks nobody."""
    zone = ZoneInfo(TIMEZONE)
    return datetime(datetime.now(zone).year, 12, 10, 12, tzinfo=zone)


async def make() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            demo(folder / "demo", start=_december()) as address,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            studio = Studio(browser, address)
            await take_participant(studio)
            await take_curator(studio)
            await take_group(studio)
            await take_coordinator(studio, folder)
            await browser.close()


def main() -> int:
    """Make the pictures; return the exit code."""
    for tool in ("chromium", "soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            sys.stderr.write(f"The pictures need {tool} on the PATH.\n")
            return 1
    asyncio.run(make())
    return 0


if __name__ == "__main__":
    sys.exit(main())
