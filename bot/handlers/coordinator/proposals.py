"""Row 4: proposals for the municipality and for the region, written or drafted from the year."""

from typing import Any

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.cleaning import cut
from bot.handlers.coordinator.proposals_words import draft_of_municipality, draft_of_region
from bot.handlers.coordinator.report_year import place_and_year
from bot.i18n import Html, Speech, Texts, as_typed
from bot.services import proposal_material, proposals
from bot.services.core import Account, Core
from bot.services.proposals import Addressee
from bot.states import Proposals
from bot.widgets import Label, T, close_button, speech

FOR, REPLACED, DRAFTED = "for", "replaced", "drafted"

_SHOWN = 700
"""So much of each of the two texts is shown where both stand."""


def _addressee(manager: DialogManager) -> Addressee:
    """Return whose text is open: the consolidated report has one alone."""
    place, _ = place_and_year(manager)
    if place is None:
        return Addressee.REGION
    return Addressee(manager.dialog_data.get(FOR, Addressee.MUNICIPALITY))


async def texts_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return both texts, as far as there is room."""
    place, year = place_and_year(dialog_manager)
    found = await proposals.get_proposals(core, account, place, year)
    return {
        "place": found.place,
        "year": str(year),
        **{
            each.value: as_typed(cut(found.of(each), _SHOWN)) or tr("proposals-not")
            for each in Addressee
        },
    }


async def text_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return one text as it is stored."""
    place, year = place_and_year(dialog_manager)
    found = await proposals.get_proposals(core, account, place, year)
    addressee = _addressee(dialog_manager)
    text = found.of(addressee)
    return {
        "place": found.place,
        "year": str(year),
        "whom": "all" if place is None else addressee.value,
        "text": as_typed(text),
        "written": bool(text),
        "empty": not text,
        "replaced": bool(dialog_manager.dialog_data.get(REPLACED)),
        "of_region": place is None,
        "of_municipality": place is not None,
    }


async def draft_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the draft as it was put together, and whether it would replace a text."""
    place, year = place_and_year(dialog_manager)
    found = await proposals.get_proposals(core, account, place, year)
    drafted = dialog_manager.dialog_data.get(DRAFTED, "")
    return {
        "year": str(year),
        "draft": as_typed(drafted),
        "some": bool(drafted),
        "none": not drafted,
        "whom": "all" if place is None else _addressee(dialog_manager).value,
        "replaces": bool(drafted and found.of(_addressee(dialog_manager))),
    }


def _opens(addressee: Addressee) -> Any:
    async def click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        manager.dialog_data[FOR] = addressee.value
        manager.dialog_data.pop(REPLACED, None)
        await manager.switch_to(Proposals.text)

    return click


async def _type(message: Message, _input: Any, manager: DialogManager) -> None:
    await _keep(manager, message.text or "")


async def _keep(manager: DialogManager, text: str) -> None:
    data, addressee = manager.middleware_data, _addressee(manager)
    where = place_and_year(manager)
    before = await proposals.get_proposals(data["core"], data["account"], *where)
    await proposals.set_proposals(data["core"], data["account"], *where, text, addressee)
    manager.dialog_data[REPLACED] = before.of(addressee)
    await manager.switch_to(Proposals.text)


async def _bring_back(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    before = manager.dialog_data.pop(REPLACED, "")
    if before:
        await proposals.set_proposals(
            data["core"], data["account"], *place_and_year(manager), before, _addressee(manager)
        )
        await callback.answer(speech(manager).plain("proposals-back"))


async def _draft(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data[DRAFTED] = drafted = await _put_together(manager)
    if drafted:
        await manager.switch_to(Proposals.draft)
        return
    place, _ = place_and_year(manager)
    key = "proposals-nothing-of-places" if place is None else "proposals-nothing"
    await callback.answer(speech(manager).plain(key), show_alert=True)


async def _put_together(manager: DialogManager) -> str:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    texts: Texts = data["texts"]
    place, year = place_and_year(manager)
    now = core.clock.now()
    if place is None:
        written = await proposal_material.get_proposals_for_region(core, account, year)
        return draft_of_region(texts.speak("ru", now, core.timezone), written)
    material = await proposal_material.get_material(core, account, place, year)
    return draft_of_municipality(texts.speak("ru", now, material.timezone), material, year)


async def _store(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    drafted = manager.dialog_data.pop(DRAFTED, "")
    if drafted:
        await _keep(manager, drafted)
        await callback.answer(speech(manager).plain("proposals-stored"))


async def _send(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send the draft as a message of its own, which one tap copies."""
    bot: Bot = manager.middleware_data["bot"]
    drafted = manager.dialog_data.get(DRAFTED, "")
    if drafted:
        await bot.send_message(callback.from_user.id, Html(f"<code>{as_typed(drafted)}</code>"))
        manager.show_mode = ShowMode.DELETE_AND_SEND


dialog = Dialog(
    Window(
        T("proposals-title"),
        T("proposals-here"),
        Format("{municipality}"),
        T("proposals-there"),
        Format("{region}"),
        Button(
            Label("proposals-for-municipality"),
            id="for_municipality",
            on_click=_opens(Addressee.MUNICIPALITY),
        ),
        Button(Label("proposals-for-region"), id="for_region", on_click=_opens(Addressee.REGION)),
        close_button(),
        state=Proposals.texts,
        getter=texts_getter,
    ),
    Window(
        T("proposals-text-title"),
        T("proposals-empty", when="empty"),
        Format("\n{text}\n", when="written"),
        T("proposals-replace", when="written"),
        Button(Label("proposals-draft"), id="draft", on_click=_draft),
        Button(Label("proposals-undo"), id="undo", on_click=_bring_back, when="replaced"),
        SwitchTo(Label("back"), id="to_texts", state=Proposals.texts, when="of_municipality"),
        Cancel(Label("back"), id="close_only", when="of_region"),
        MessageInput(_type, content_types=ContentType.TEXT),
        state=Proposals.text,
        getter=text_getter,
    ),
    Window(
        T("proposals-draft-title"),
        Format("\n{draft}\n", when="some"),
        T("proposals-draft-lost", when="none"),
        T("proposals-draft-what", when="some"),
        T("proposals-draft-replaces", when="replaces"),
        Button(Label("proposals-store"), id="store", on_click=_store, when="some"),
        Button(Label("proposals-send"), id="send", on_click=_send, when="some"),
        SwitchTo(Label("back"), id="to_text", state=Proposals.text),
        MessageInput(_type, content_types=ContentType.TEXT),
        state=Proposals.draft,
        getter=draft_getter,
    ),
)
