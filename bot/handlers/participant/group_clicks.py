"""What the buttons and answers of the questions about a group do."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot import rules
from bot.cleaning import clean_line
from bot.errors import ConsentRequired, NotFound, Refused
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.navigation import close_down_to_typing, open_on_top, open_screen
from bot.handlers.participant import onboarding
from bot.handlers.participant.group_draft import (
    ADDING,
    CATEGORY,
    ORGANISATION,
    OTHERS,
    TOKEN,
    WITH_ME,
    bringing_of,
    category_of,
    group_of,
    keep_people,
    part_of,
    people_of,
)
from bot.handlers.participant.meetings_getters import token_of
from bot.models import ORGANISATION_LENGTH
from bot.parsing import parse_people
from bot.services import group_room, groups
from bot.services.booking import SignedUp
from bot.services.group_room import TOO_FEW
from bot.services.groups import Group
from bot.states import GroupSignUp, Meetings, My
from bot.vocabulary import Category, Mode, RegistrationStatus
from bot.widgets import speech


async def begin(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask about a group for the meeting whose card is open."""
    core, account = manager.middleware_data["core"], manager.middleware_data["account"]
    token = token_of(manager)
    try:
        await group_room.get_bringing(core, account, token)
    except ConsentRequired:
        await onboarding.begin(manager, core, account, token)
        return
    await manager.start(GroupSignUp.organisation, {"token": token})


async def name_the_group(_data: Any, manager: DialogManager) -> None:
    """Give the group about to be described its token, so that a repeat is one group."""
    manager.dialog_data[TOKEN] = groups.new_group_token()


async def tap_organisation(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, which: str, /
) -> None:
    """Take the organisation said before, or the profile's."""
    said = manager.dialog_data.get(ORGANISATION, "")
    own = (await bringing_of(manager)).organisation
    await _keep_organisation(manager, said if which == "said" else own)


async def type_organisation(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take the organisation that was typed."""
    await _keep_organisation(manager, message.text or "")


async def _keep_organisation(manager: DialogManager, organisation: str) -> None:
    manager.dialog_data[ORGANISATION] = clean_line(organisation, ORGANISATION_LENGTH)
    await manager.switch_to(GroupSignUp.who)


async def show_other_people(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Show those who are no pupils."""
    manager.dialog_data[OTHERS] = True


async def tap_category(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    """Ask how many of a category come."""
    manager.dialog_data[CATEGORY] = as_one_of(Category, value).value
    await manager.switch_to(GroupSignUp.people)


async def tap_number(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    """Take the number on a button."""
    await _keep_number(manager, as_id(number))


async def type_number(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take the number that was typed: «27», «27 чел»."""
    await _keep_number(manager, parse_people(message.text or ""))


async def drop_category(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take a category out of the group."""
    category = category_of(manager)
    people = people_of(manager)
    people.pop(category, None)
    keep_people(manager, people)
    if people:
        await manager.switch_to(GroupSignUp.confirm)
    else:
        await manager.switch_to(GroupSignUp.who)


async def _keep_number(manager: DialogManager, number: int) -> None:
    people = people_of(manager) | {category_of(manager): number}
    rules.check_group_size(people)
    keep_people(manager, people)
    await _go_on(manager)


async def keep_number(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave the number as it was said before."""
    rules.check_group_size(people_of(manager))
    await _go_on(manager)


async def _go_on(manager: DialogManager) -> None:
    bringing = await bringing_of(manager)
    asked = WITH_ME in manager.dialog_data or not bringing.may_count
    await manager.switch_to(GroupSignUp.confirm if asked else GroupSignUp.with_me)


async def come_along(_callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Count the one who brings the group, or not."""
    manager.dialog_data[WITH_ME] = button.widget_id == "come_along"
    await manager.switch_to(GroupSignUp.confirm)


async def add_more(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask for one more category; Back leads to what was said."""
    manager.dialog_data[ADDING] = True
    await manager.switch_to(GroupSignUp.who)


async def back_from_who(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go back to the organisation, or to everything that was said."""
    adding = manager.dialog_data.pop(ADDING, False) and people_of(manager)
    await manager.switch_to(GroupSignUp.confirm if adding else GroupSignUp.organisation)


async def back_from_confirm(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Go back to the last question."""
    manager.dialog_data.pop(ADDING, None)
    asks = (await bringing_of(manager)).may_count
    await manager.switch_to(GroupSignUp.with_me if asks else GroupSignUp.people)


async def sign_up(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Sign the group up, or say how many can come."""
    group = group_of(manager, await bringing_of(manager))
    try:
        await _sign_up(callback, manager, group)
    except Refused as error:
        if error.key not in TOO_FEW:
            raise
        await manager.switch_to(GroupSignUp.few)


async def sign_up_part(
    callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    """Sign up so many of the group as the button said, and nobody when there are fewer by now."""
    group = group_of(manager, await bringing_of(manager))
    wanted = as_id(number)
    data = manager.middleware_data
    room = await group_room.find_room(
        data["core"], data["account"], token_of(manager), group, at_most=wanted
    )
    try:
        if room.fits == wanted:
            await _sign_up(callback, manager, part_of(group, dict(room.part)))
            return
    except Refused as error:
        if error.key not in TOO_FEW:
            raise
    await callback.answer(speech(manager).plain("group-fewer-by-now"), show_alert=True)


async def wait_for_all(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Put the whole group on the waiting list."""
    await _sign_up(callback, manager, group_of(manager, await bringing_of(manager)), wait=True)


async def _sign_up(
    callback: CallbackQuery, manager: DialogManager, group: Group, *, wait: bool = False
) -> None:
    data = manager.middleware_data
    if not (token := manager.dialog_data.get(TOKEN)):
        raise NotFound
    signed = await groups.sign_up_group(
        data["core"],
        data["account"],
        token_of(manager),
        group,
        group_token=token,
        wait=wait,
    )
    await _close_all_of_this_group(manager)
    await show_ticket(callback, manager, signed)


async def _close_all_of_this_group(manager: DialogManager) -> None:
    """Close the questions, and those below that were left half answered and asked anew.

    They name nobody else of the same meeting: nothing is left of them to sign up.
    """
    meeting, named = token_of(manager), people_of(manager).keys()
    await manager.mark_closed()
    while (
        await close_down_to_typing(manager)
        and manager.current_context().state.group is GroupSignUp
        and token_of(manager) == meeting
        and people_of(manager).keys() <= named
    ):
        await manager.mark_closed()


async def show_ticket(callback: CallbackQuery, manager: DialogManager, signed: SignedUp) -> None:
    """Say in a toast what came of it, and show the group's ticket; the questions are closed."""
    tr = speech(manager)
    total = sum(number for _, number in signed.people)
    if signed.status is RegistrationStatus.ACTIVE:
        text = tr.plain("group-signed-up", total=total)
        if signed.mode is Mode.IN_PERSON:
            text += f" {tr.plain('code-at-door', code=signed.code)}"
    else:
        text = tr.plain("group-waits", total=total, place=signed.place or 0)
    await callback.answer(text)
    await open_on_top(manager, My.ticket, {"registration_id": signed.registration_id})


async def show_with_room(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the meetings that have seats."""
    await open_screen(manager, Meetings.list, {"with_room": True})
