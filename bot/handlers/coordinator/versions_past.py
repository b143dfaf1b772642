"""The versions of a report one by one: the list, the files as they were sent, the signed paper."""

from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction, ContentType
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message, PhotoSize
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.errors import InvalidInput, NotFound
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.i18n import Speech, Texts
from bot.services import report_scans, version_screens
from bot.services.core import Account, Core
from bot.services.report_versions import Version
from bot.services.version_screens import SentReport
from bot.states import Versions
from bot.version_messages import version_file
from bot.version_words import state_of
from bot.widgets import PAGE, Label, Pager, T, choice, fetch_page, stub_scroll

OPENED = "version"
"""The token of the version that is looked at; empty: the last one."""
_PAGES = "versions"


async def read_report(core: Core, account: Account, manager: DialogManager) -> SentReport:
    """Return what was sent of the report that is open, and the version that is looked at."""
    token = manager.dialog_data.get(OPENED, "")
    return await version_screens.get_sent_report(
        core, account, *municipality_and_year(manager), token=token
    )


async def history_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the versions, the last one first."""
    dialog_manager.dialog_data[OPENED] = ""
    found = await read_report(core, account, dialog_manager)

    async def page_of(page: int) -> tuple[Version, ...]:
        return found.versions[page * PAGE : (page + 1) * PAGE]

    rows, pager = await fetch_page(dialog_manager, _PAGES, page_of, lambda _: len(found.versions))
    return {
        "name": found.name,
        "year": str(municipality_and_year(dialog_manager)[1]),
        "versions": [
            (
                tr.plain(
                    "version-in-list",
                    number=each.number,
                    day=tr.short_day(each.sent_at, each.timezone),
                    state=state_of(found, each),
                ),
                str(each.number),
            )
            for each in rows
        ],
        **pager,
    }


async def scan_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return which version the signed paper is for."""
    version = await _opened(core, account, dialog_manager)
    return {
        "name": version.name,
        "year": str(version.year),
        "number": version.number,
        "has_scan": version.has_scan,
    }


async def _opened(core: Core, account: Account, manager: DialogManager) -> Version:
    found = await read_report(core, account, manager)
    if found.opened is None:
        raise NotFound
    return found.opened


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: str
) -> None:
    data = manager.middleware_data
    manager.dialog_data[OPENED] = ""
    found = await read_report(data["core"], data["account"], manager)
    version = next((each for each in found.versions if str(each.number) == number), None)
    if version is None:
        raise NotFound
    manager.dialog_data[OPENED] = version.token if version is not found.last else ""
    await manager.switch_to(Versions.version)


async def _send_file(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core, account, texts = data["core"], data["account"], data["texts"]
    version = await _opened(core, account, manager)
    content = await version_screens.get_file(core, account, version.token)
    russian = _russian(texts, version)
    await _deliver(callback, manager, content, version_file(russian, version))


async def _send_scan(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    version = await _opened(data["core"], data["account"], manager)
    scan = await report_scans.get_scan(data["core"], data["account"], version.token)
    await _deliver(callback, manager, scan.content, scan.name)


async def _deliver(
    callback: CallbackQuery, manager: DialogManager, content: bytes, name: str
) -> None:
    """Send a file as a message of its own; the screen follows it."""
    bot: Bot = manager.middleware_data["bot"]
    chat_id = callback.from_user.id
    await callback.answer()
    await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
    await bot.send_document(chat_id, BufferedInputFile(content, name))
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def _take_scan(message: Message, _input: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    core, account, bot = data["core"], data["account"], data["bot"]
    version = await _opened(core, account, manager)
    sent: Document | PhotoSize | None = message.photo[-1] if message.photo else message.document
    if sent is None:
        raise InvalidInput("input-scan-strange")
    if (sent.file_size or 0) > report_scans.LARGEST_SCAN:
        raise InvalidInput("input-scan-large")
    await bot.send_chat_action(message.chat.id, ChatAction.TYPING)
    content = BytesIO()
    await bot.download(sent, content)
    name = _russian(data["texts"], version).plain(
        "version-scan-file", name=version.name, year=str(version.year), number=version.number
    )
    await report_scans.attach_scan(core, account, version.token, content.getvalue(), name)
    await manager.switch_to(Versions.version)


async def _say_what_fits(_message: Message, _input: Any, _manager: DialogManager) -> None:
    raise InvalidInput("input-scan-strange")


def _russian(texts: Texts, version: Version) -> Speech:
    """Return the voice for the names of files, which go on to others."""
    return texts.speak("ru", version.sent_at, version.timezone)


TO_VERSION = SwitchTo(Label("back"), id="to_version", state=Versions.version)

of_version = (
    Row(
        Button(Label("version-get-file"), id="file", on_click=_send_file, when="some"),
        Button(Label("version-get-scan"), id="get_scan", on_click=_send_scan, when="has_scan"),
    ),
    SwitchTo(Label("version-attach"), id="scan", state=Versions.scan, when="some"),
)
"""The buttons of a version, last or not."""

windows = (
    Window(
        T("version-history-title"),
        Column(choice("number", "versions", _choose)),
        stub_scroll(_PAGES),
        Pager(_PAGES),
        TO_VERSION,
        state=Versions.history,
        getter=history_getter,
    ),
    Window(
        T("version-scan-ask"),
        T("version-scan-again", when="has_scan"),
        TO_VERSION,
        MessageInput(_take_scan, content_types=[ContentType.PHOTO, ContentType.DOCUMENT]),
        MessageInput(_say_what_fits, content_types=ContentType.TEXT),
        state=Versions.scan,
        getter=scan_getter,
    ),
)
