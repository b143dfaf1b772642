"""Full name and phone for the report's signature lines, asked with a consent of their own."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.handlers.participant.onboarding_getters import consent_getter
from bot.services import signatures
from bot.services.core import Account, Core
from bot.signatures import read_full_name
from bot.states import Signature
from bot.widgets import Label, T, close_button, speech

NAME = "name"


async def _begin(_start_data: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    if await signatures.get_signature(data["core"], data["account"]) is None:
        await manager.switch_to(Signature.consent)


async def signature_getter(core: Core, account: Account, **_: Any) -> dict[str, Any]:
    """Return what the report prints about this person."""
    signature = await signatures.get_signature(core, account)
    if signature is None:
        return {"name": "", "phone": "", "given": "no"}
    return {"name": signature.name, "phone": signature.phone, "given": "yes"}


async def typed_name_getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the name typed a moment ago."""
    return {"name": dialog_manager.dialog_data.get(NAME, "")}


async def _type_name(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.dialog_data[NAME] = read_full_name(message.text or "")
    await manager.switch_to(Signature.phone)


async def _type_phone(message: Message, _input: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    await signatures.set_signature(
        data["core"], data["account"], manager.dialog_data[NAME], message.text or ""
    )
    await manager.switch_to(Signature.done)


async def _withdraw(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await signatures.withdraw_signature(data["core"], data["account"])
    await callback.answer(speech(manager).plain("signature-withdrawn"))
    await manager.done()


dialog = Dialog(
    Window(
        T("signature-consent"),
        SwitchTo(Label("signature-agree"), id="agree", state=Signature.name),
        close_button("signature-not-now"),
        state=Signature.consent,
        getter=consent_getter,
    ),
    Window(
        T("signature-name"),
        close_button("signature-not-now"),
        MessageInput(_type_name, content_types=ContentType.TEXT),
        state=Signature.name,
    ),
    Window(
        T("signature-phone"),
        SwitchTo(Label("back"), id="to_name", state=Signature.name),
        MessageInput(_type_phone, content_types=ContentType.TEXT),
        state=Signature.phone,
        getter=typed_name_getter,
    ),
    Window(
        T("signature-done"),
        SwitchTo(Label("signature-change"), id="change", state=Signature.name),
        SwitchTo(Label("signature-withdraw"), id="withdraw", state=Signature.withdraw),
        close_button(),
        state=Signature.done,
        getter=signature_getter,
    ),
    Window(
        T("signature-withdraw-sure"),
        Button(Label("signature-withdraw-yes"), id="yes", on_click=_withdraw),
        SwitchTo(Label("back"), id="to_done", state=Signature.done),
        state=Signature.withdraw,
    ),
    on_start=_begin,
)
