"""What the buttons and answers of the first questions do, and which question comes next."""

from typing import Any

from aiogram import Bot
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.errors import NotFound, Refused
from bot.handlers.choices import as_id
from bot.handlers.navigation import open_screen, started_with
from bot.handlers.participant.arrival import arrival_messages
from bot.handlers.participant.joining_steps import go_on_joining
from bot.handlers.place_choice import forget_letters, keep_letters
from bot.i18n import as_typed
from bot.parsing import parse_grade
from bot.rules import RoomPass
from bot.sender import Outgoing
from bot.services import consent, people, profiles, regions, self_check_in
from bot.services.core import Account, Core
from bot.services.people import TEAM_LINK, GradeOutcome
from bot.services.profiles import Question
from bot.services.visitors import Visitor
from bot.states import Home, Meetings, Onboarding
from bot.vocabulary import Category
from bot.widgets import speech

CHANGING = "changing"  # somebody came to «Кто вы?» from the confirming screen
ANSWERING = "answering"  # somebody came from a button under a message, and can tap it again
IN_ROOM = "in_room"  # somebody scanned the code in the room
WINDOWS = {
    Question.CONSENT: Onboarding.consent,
    Question.OCCUPATION: Onboarding.occupation,
    Question.GRADE: Onboarding.grade,
    Question.POSITION: Onboarding.position,
    Question.ORGANISATION: Onboarding.organisation,
    Question.CONFIRM: Onboarding.confirm,
}


def window_for(profile: profiles.Profile) -> State | None:
    """Return the window of what is still to be asked; a place comes before the confirming one."""
    if profile.next_question is Question.CONFIRM and profile.municipality_id is None:
        return Onboarding.municipality
    return WINDOWS[profile.next_question] if profile.next_question else None


async def leave(manager: DialogManager, token: str | None) -> None:
    """Show what somebody came for, a meeting or an invitation to a team, or the list."""
    if token and token.startswith(TEAM_LINK):
        await go_on_joining(manager, *_core(manager), token.removeprefix(TEAM_LINK))
    elif token:
        await open_screen(manager, Meetings.card, {"token": token})
    else:
        await open_screen(manager, Meetings.list)


async def come_in_or_leave(manager: DialogManager, token: str | None) -> None:
    """Check somebody in who scanned the code in the room, then show the meeting, or the list.

    Where there is no room for them, they are told so above it.
    """
    if carried := started_with(manager, IN_ROOM):
        core, account = _core(manager)
        bot: Bot = manager.middleware_data["bot"]
        tr = speech(manager)
        try:
            arrived = await self_check_in.come_in(core, account, RoomPass(**carried))
            messages = await arrival_messages(core, account, tr, arrived)
        except (NotFound, Refused) as error:
            messages = [Outgoing(as_typed(tr.error(error)))]
        for said in messages:
            await bot.send_message(account.id, said.text, reply_markup=said.reply_markup)
        manager.show_mode = ShowMode.DELETE_AND_SEND
    await leave(manager, token)


def _core(manager: DialogManager) -> tuple[Core, Account]:
    return manager.middleware_data["core"], manager.middleware_data["account"]


async def go_on(manager: DialogManager) -> None:
    """Ask what is still to be asked, or leave."""
    profile = await profiles.get_profile(*_core(manager))
    if profile is None:
        await manager.switch_to(Onboarding.consent)
    elif (window := window_for(profile)) is not None:
        await manager.switch_to(window)
    elif started_with(manager, ANSWERING):
        if isinstance(manager.event, CallbackQuery):
            await manager.event.answer(speech(manager).plain("consent-tap-again"), show_alert=True)
        await open_screen(manager, Home.menu)
    else:
        await come_in_or_leave(manager, started_with(manager, "token"))


async def agree(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Store the consent and begin to ask."""
    core, account = _core(manager)
    await consent.give_consent(core, account, speech(manager).locale, callback.from_user.first_name)
    visitor: Visitor = manager.middleware_data["visitor"]
    if (token := started_with(manager, "token")) and not visitor.profile_done:
        await people.remember_invitation(core, account, token)
    await go_on(manager)


async def choose_occupation(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, code: str
) -> None:
    """Store who somebody is."""
    await people.say_occupation(*_core(manager), code)
    manager.dialog_data.pop(CHANGING, None)
    await go_on(manager)


async def change_occupation(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Ask again who somebody is; Back leads here while nothing else was chosen."""
    manager.dialog_data[CHANGING] = True
    await manager.switch_to(Onboarding.occupation)


async def back_from_occupation(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Go back to the confirming screen, or to the menu: what was answered stays."""
    if manager.dialog_data.pop(CHANGING, False):
        await manager.switch_to(Onboarding.confirm)
    else:
        await manager.done()


async def back_from_confirm(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """Go back to the last question about who somebody is; a finished profile is just closed."""
    profile = await profiles.get_profile(*_core(manager))
    if profile is None or profile.next_question is None:
        await manager.done()
    elif profile.category is not None and profile.category.is_pupil:
        await manager.switch_to(Onboarding.grade)
    elif profile.organisation:
        await manager.switch_to(Onboarding.organisation)
    else:
        await manager.switch_to(Onboarding.occupation)


async def choose_grade(_callback: Any, _select: Any, manager: DialogManager, grade: str) -> None:
    """Store a pupil's grade, or say why it cannot be."""
    outcome = await people.say_grade(*_core(manager), as_id(grade))
    if outcome is GradeOutcome.NEEDS_PARENT:
        await manager.switch_to(Onboarding.too_young)
    elif outcome is GradeOutcome.BELOW_PROGRAMME:
        await manager.switch_to(Onboarding.too_small)
    else:
        await go_on(manager)


async def type_grade(message: Message, _input: Any, manager: DialogManager) -> None:
    """The same for a grade that was typed."""
    await choose_grade(message, None, manager, str(parse_grade(message.text or "")))


async def choose_position(_callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Store whether somebody heads a company or works there."""
    await people.say_position(*_core(manager), Category(button.widget_id or ""))
    await go_on(manager)


async def type_organisation(
    _message: Message, _input: Any, manager: DialogManager, value: str
) -> None:
    """Store the organisation."""
    await people.say_organisation(*_core(manager), value)
    await go_on(manager)


async def type_name(_message: Message, _input: Any, manager: DialogManager, value: str) -> None:
    """Store the name."""
    await people.say_name(*_core(manager), value)
    await manager.switch_to(Onboarding.confirm)


async def choose_municipality(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    """Store the municipality."""
    await people.choose_municipality(*_core(manager), as_id(municipality_id))
    forget_letters(manager)
    await manager.switch_to(Onboarding.confirm)


async def type_municipality(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take a whole name at once; show what other letters may mean."""
    core, account = _core(manager)
    found = await regions.find_by_whole_name(core, message.text or "", core.today())
    if found is None:
        keep_letters(manager, message.text or "")
        return
    await people.choose_municipality(core, account, found.id)
    forget_letters(manager)
    await manager.switch_to(Onboarding.confirm)


async def finish(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Close the questions, or ask what is missing."""
    core, account = _core(manager)
    profile = await profiles.get_profile(core, account)
    if profile is not None and not profile.name:
        await manager.switch_to(Onboarding.name)
        return
    if profile is not None and profile.municipality_id is None:
        await manager.switch_to(Onboarding.municipality)
        return
    token = await people.finish_profile(core, account) or started_with(manager, "token")
    one_step = token and not token.startswith(TEAM_LINK) and not started_with(manager, IN_ROOM)
    key = "onboarding-one-step" if one_step else "onboarding-done"
    await callback.answer(speech(manager).plain(key))
    await come_in_or_leave(manager, token)


async def decline(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Say what no consent means."""
    await manager.switch_to(Onboarding.declined)


async def back_to_grade(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask for the grade again; whoever was forgotten agrees first."""
    known = await profiles.get_profile(*_core(manager))
    await manager.switch_to(Onboarding.grade if known else Onboarding.consent)


async def start_over(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask anew who somebody is."""
    known = await profiles.get_profile(*_core(manager))
    await manager.switch_to(Onboarding.occupation if known else Onboarding.consent)


async def look(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Show the meetings without a sign-up."""
    token = started_with(manager, "token")
    await leave(manager, None if token and token.startswith(TEAM_LINK) else token)
