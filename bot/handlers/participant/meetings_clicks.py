"""What the buttons of the list and of a card do: opening, signing up, cancelling."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.errors import ConsentRequired, NotFound, Refused
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.participant import onboarding
from bot.handlers.participant.meetings_getters import LIST, is_parent, token_of
from bot.handlers.participant.meetings_wait import wanted_of
from bot.handlers.refusing import explain
from bot.i18n import Speech
from bot.parsing import parse_grade
from bot.rules import category_of_grade
from bot.services import catalogue, profiles, registrations, waitlist
from bot.services.booking import SignedUp
from bot.services.core import Account, Core
from bot.states import Meetings, MyTeam
from bot.vocabulary import Category, Mode, RegistrationStatus
from bot.widgets import first_page, speech


async def open_card(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, token: str
) -> None:
    """Show a meeting of the list."""
    manager.dialog_data["token"] = token
    await manager.switch_to(Meetings.card)


async def open_place(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show one's place on the team of the meeting whose card is open; its Back leads here."""
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    card = await catalogue.get_card(core, account, token_of(manager))
    if card.member_id is None:
        raise NotFound("team-place-gone")
    await manager.start(MyTeam.place, {"member_id": card.member_id})


NO_ROOM = frozenset({"refused-full", "refused-held", "refused-limit", "refused-few-seats"})
"""Refusals that end with the waiting list."""


async def _sign_up(
    event: CallbackQuery | Message,
    manager: DialogManager,
    categories: Sequence[Category],
    *,
    wait: bool = False,
) -> None:
    """Sign up and show the card again; whoever still has to answer something does that first.

    Where there is no room for what was chosen, waiting for just that is offered.
    """
    core: Core = manager.middleware_data["core"]
    account: Account = manager.middleware_data["account"]
    tr = speech(manager)
    try:
        signed = await registrations.sign_up(
            core, account, token_of(manager), categories, wait=wait
        )
    except ConsentRequired:
        await onboarding.begin(manager, core, account, token_of(manager))
        return
    except Refused as error:
        if categories and error.key in NO_ROOM:
            manager.dialog_data["wanted"] = [category.value for category in categories]
            await manager.switch_to(Meetings.wait)
            return
        await explain(event, tr, error)
        await manager.switch_to(Meetings.card)
        return
    if isinstance(event, CallbackQuery):
        await event.answer(sign_up_toast(tr, signed))
    await manager.switch_to(Meetings.card)


def sign_up_toast(tr: Speech, signed: SignedUp) -> str:
    """Return what a tap on «Записаться» is answered with."""
    if signed.place is not None:
        already = "yes" if signed.already else "no"
        return tr.plain("wait-done", place=signed.place, already=already)
    coming = sum(number for _, number in signed.people)
    people = "alone" if coming == 1 else "two" if coming == 2 else "group"
    done = tr.plain("sign-up-already" if signed.already else "sign-up-done", people=people)
    if signed.mode is not Mode.IN_PERSON:
        return done
    return f"{done} {tr.plain('code-at-door', code=signed.code)}"


async def sign_up_as_usual(
    callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Sign up in the person's usual category."""
    await _sign_up(callback, manager, ())


async def sign_up_as(
    callback: CallbackQuery, _select: Any, manager: DialogManager, way: str
) -> None:
    """Sign up as a parent, a volunteer, …"""
    await _sign_up(callback, manager, [as_one_of(Category, way)])


async def sign_up_with_child(
    callback: CallbackQuery, _select: Any, manager: DialogManager, grade: str
) -> None:
    """Sign up a parent and a child of this grade."""
    await _sign_up(callback, manager, [Category.PARENT, category_of_grade(as_id(grade))])


async def type_child_grade(message: Message, _input: Any, manager: DialogManager) -> None:
    """The same for a grade that was typed."""
    grade = parse_grade(message.text or "")
    await _sign_up(message, manager, [Category.PARENT, category_of_grade(grade)])


async def join_waiting_list(
    callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Wait for a seat in the person's usual category."""
    await _sign_up(callback, manager, (), wait=True)


async def wait_as_wanted(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Wait for the seats that were just refused."""
    await _sign_up(callback, manager, wanted_of(manager), wait=True)


async def take_offer(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take the seats that are offered."""
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    card = await catalogue.get_card(core, account, token_of(manager))
    signed = await waitlist.accept(core, account, card.registration_id or 0)
    await callback.answer(sign_up_toast(speech(manager), signed))
    await manager.switch_to(Meetings.card)


async def back_from_child(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Go back to where «Я и ребёнок» was chosen: a parent's card, or the other ways."""
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    profile = await profiles.get_profile(core, account)
    await manager.switch_to(Meetings.card if is_parent(profile) else Meetings.ways)


async def ask_to_cancel(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask whether to cancel, if it still can be."""
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    card = await catalogue.get_card(core, account, token_of(manager))
    if card.registration_id is None:
        raise NotFound("registration-not-found")
    await registrations.check_cancel(core, account, card.registration_id)
    await manager.switch_to(Meetings.cancel)


async def show_others(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the other meetings."""
    manager.dialog_data["with_room"] = False
    await manager.switch_to(Meetings.list)
    await first_page(manager, LIST)


async def show_with_room(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the other meetings that have a free seat."""
    manager.dialog_data["with_room"] = True
    await manager.switch_to(Meetings.list)
    await first_page(manager, LIST)


async def show_all(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the full meetings too."""
    manager.dialog_data["with_room"] = False
    await first_page(manager, LIST)


async def cancel(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Cancel the registration and show the card again."""
    core: Core = manager.middleware_data["core"]
    account: Account = manager.middleware_data["account"]
    card = await catalogue.get_card(core, account, token_of(manager))
    if card.registration_id is not None:
        await registrations.cancel(core, account, card.registration_id)
    status = (card.own_status or RegistrationStatus.ACTIVE).value
    await callback.answer(speech(manager).plain("sign-up-cancelled", status=status))
    await manager.switch_to(Meetings.card)


async def show_region(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the meetings of the whole region."""
    manager.dialog_data["region"] = True
    await first_page(manager, LIST)


async def show_home(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the meetings of one's own municipality."""
    manager.dialog_data["region"] = False
    await first_page(manager, LIST)
