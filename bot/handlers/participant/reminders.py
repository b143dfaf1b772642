"""Answers to a reminder: «Приду», «Нас будет меньше», «Не смогу», and the ticket once more."""

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager

from bot.callbacks import Coming, ReminderAnswer, ShowTicket
from bot.errors import Refused
from bot.handlers.participant.group_size import ask_for_number
from bot.handlers.pushed import turn_into
from bot.i18n import Speech
from bot.reminder_messages import cancelled_message, day_reminder, sure_question
from bot.sender import Outgoing
from bot.services import registrations, reminders, ticket_notices
from bot.services.core import Account, Core
from bot.ticket_messages import ticket_message

router = Router(name="reminders")


@router.callback_query(ReminderAnswer.filter())
async def answer_reminder(
    callback: CallbackQuery,
    callback_data: ReminderAnswer,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    dialog_manager: DialogManager,
) -> None:
    """Keep the answer; the message then says how things stand, and what can still be done."""
    registration_id, answer = callback_data.registration_id, callback_data.answer
    toast = ""
    match answer:
        case Coming.YES:
            reminder = await reminders.confirm(core, account, registration_id)
            standing, toast = day_reminder(tr, reminder), tr.plain("reminder-thanks")
        case Coming.FEWER:  # «Приду» stays open until the number is true
            reminder = await reminders.get_reminder(core, account, registration_id)
            standing = day_reminder(tr, reminder)
        case Coming.NO:
            standing = await _ask(core, account, tr, registration_id)
        case Coming.SURELY_NOT:
            standing = await _cancel(core, account, tr, registration_id)
            toast = tr.plain("sign-up-cancelled", status="active")
        case Coming.BACK:
            standing = day_reminder(
                tr, await reminders.get_reminder(core, account, registration_id)
            )
    await callback.answer(toast)
    if answer is Coming.FEWER and reminder.group:
        # First: the library takes the buttons off what was tapped.
        await ask_for_number(dialog_manager, registration_id, reminder.group)
    await turn_into(callback, bot, standing)


async def _ask(core: Core, account: Account, tr: Speech, registration_id: int) -> Outgoing:
    reminder = await reminders.get_reminder(core, account, registration_id)
    await registrations.check_cancel(core, account, registration_id)
    return sure_question(tr, reminder)


async def _cancel(core: Core, account: Account, tr: Speech, registration_id: int) -> Outgoing:
    await registrations.cancel(core, account, registration_id)
    return cancelled_message(tr, await ticket_notices.get_keepsake(core, account, registration_id))


@router.callback_query(ShowTicket.filter())
async def show_ticket(
    callback: CallbackQuery,
    callback_data: ShowTicket,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Send the ticket with its QR code once more: the first one is far above by now."""
    kept = await ticket_notices.get_keepsake(core, account, callback_data.registration_id)
    ticket = await ticket_message(tr, bot, kept)
    if ticket is None:
        raise Refused("refused-no-ticket")
    await callback.answer()
    chat_id = callback.from_user.id
    if ticket.attachment is None:
        await bot.send_message(chat_id, ticket.text, reply_markup=ticket.reply_markup)
    else:
        await bot.send_photo(
            chat_id,
            BufferedInputFile(ticket.attachment.content, ticket.attachment.name),
            caption=ticket.text,
            reply_markup=ticket.reply_markup,
        )
