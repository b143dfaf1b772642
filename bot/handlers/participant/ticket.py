"""A ticket's QR code that a camera opened, and the answer to a change: «Не смогу прийти»."""

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager

from bot.buttons import button, to_meeting
from bot.callbacks import CannotCome, OpenDoor, UndoScan
from bot.handlers.navigation import open_on_top
from bot.i18n import Speech
from bot.people_words import people_text
from bot.services import registrations, ticket_scan
from bot.services.core import Account, Core
from bot.services.ticket_scan import Scan, ScanOutcome
from bot.states import My

router = Router(name="ticket")


async def show_scan(
    message: Message,
    manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
    token: str,
) -> None:
    """Check the ticket's owner in, if one runs the meeting; else say what was scanned.

    Raises:
        NotFound, Refused: as `ticket_scan.scan_ticket`.
    """
    scan = await ticket_scan.scan_ticket(core, account, token)
    if scan.outcome is ScanOutcome.OWN:
        await message.answer(tr("scan-own"))
        await open_on_top(manager, My.ticket, {"registration_id": scan.registration_id})
        return
    await message.answer(_scan_text(tr, scan), reply_markup=_scan_buttons(tr, scan))


def _scan_text(tr: Speech, scan: Scan) -> str:
    if scan.outcome is ScanOutcome.FOREIGN:
        return tr("scan-foreign", title=scan.title)
    return tr(
        "scan-in" if scan.outcome is ScanOutcome.IN else "scan-already",
        name=scan.name or tr.plain("door-erased"),
        who=people_text(tr, scan.people),
        title=scan.title,
        time=tr.time(scan.since, scan.timezone) if scan.since else "",
    )


def _scan_buttons(tr: Speech, scan: Scan) -> InlineKeyboardMarkup:
    if scan.outcome is ScanOutcome.FOREIGN:
        rows = [[to_meeting(tr, scan.meeting_token)]]
    else:
        rows = [
            [button(tr.plain("scan-door"), OpenDoor(meeting_id=scan.meeting_id).pack())],
            [button(tr.plain("scan-undo"), UndoScan(registration_id=scan.registration_id).pack())],
        ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


@router.callback_query(UndoScan.filter())
async def undo(
    callback: CallbackQuery, callback_data: UndoScan, core: Core, account: Account, tr: Speech
) -> None:
    """Take the check-in back; the message says so and loses its buttons."""
    await ticket_scan.undo_scan(core, account, callback_data.registration_id)
    await callback.answer()
    if isinstance(callback.message, Message):
        await callback.message.edit_text(tr("scan-undone"))


@router.callback_query(CannotCome.filter())
async def cannot_come(
    callback: CallbackQuery, callback_data: CannotCome, core: Core, account: Account, tr: Speech
) -> None:
    """Cancel the registration in one tap; what is free goes to whoever waits."""
    await registrations.cancel(core, account, callback_data.registration_id)
    await callback.answer(tr.plain("sign-up-cancelled", status="active"))
    if isinstance(callback.message, Message):
        await callback.message.edit_reply_markup()
