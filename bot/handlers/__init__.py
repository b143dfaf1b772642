"""The conversations, in the order in which they are asked whether an update is theirs."""

from aiogram import Dispatcher, Router

from bot.handlers import (
    blocking,
    commands,
    errors,
    group_sign_up,
    groups,
    home,
    inline,
)
from bot.handlers.coordinator import (
    board,
    consolidated,
    deadlines,
    draft,
    exporting,
    invite,
    invited,
    organisations,
    photos,
    proposals,
    report,
    roles,
    signature,
    stats,
    switches,
    timetable,
    upkeep,
    versions,
)
from bot.handlers.curator import (
    broadcast_counter,
    door,
    held,
    manage,
    new,
    nudged,
    outside,
    paper,
    room_code,
    team,
)
from bot.handlers.participant import (
    answers,
    group,
    group_size,
    joining,
    meetings,
    my,
    my_team,
    offers,
    onboarding,
    own_reminders,
    papers,
    privacy,
    question,
    reminders,
    room,
    ticket,
)


def all_routers() -> list[Router]:
    """Return every router and dialog; what nobody wants reaches the fallback at the end."""
    return [
        errors.router,
        blocking.router,
        answers.router,
        offers.router,
        reminders.router,
        ticket.router,
        room.router,
        room_code.router,
        question.router,
        my_team.router,
        team.router,
        commands.router,
        new.router,
        manage.router,
        held.router,
        nudged.router,
        broadcast_counter.router,
        report.router,
        consolidated.router,
        deadlines.router,
        versions.router,
        stats.router,
        invite.router,
        commands.unexpected,
        home.dialog,
        home.language,
        onboarding.dialog,
        meetings.dialog,
        group.dialog,
        group_size.dialog,
        my.dialog,
        my_team.dialog,
        joining.dialog,
        papers.dialog,
        question.dialog,
        privacy.dialog,
        own_reminders.dialog,
        new.dialog,
        outside.dialog,
        manage.dialog,
        door.dialog,
        paper.dialog,
        report.dialog,
        draft.dialog,
        versions.dialog,
        board.dialog,
        organisations.dialog,
        photos.dialog,
        proposals.dialog,
        deadlines.dialog,
        stats.dialog,
        exporting.dialog,
        timetable.dialog,
        invite.dialog,
        invited.dialog,
        roles.dialog,
        signature.dialog,
        switches.dialog,
        upkeep.dialog,
        commands.fallback,
    ]


def public_routers() -> list[Router]:
    """Return what the bot does outside of private chats; none of it is a dialog."""
    return [groups.router, group_sign_up.router, inline.router, groups.dead_ends]


def detach(dispatcher: Dispatcher) -> None:
    """Take the conversations off a dispatcher that has ended, so that another can have them."""
    for router in dispatcher.sub_routers:
        router._parent_router = None  # noqa: SLF001 (aiogram itself never lets go of a router)
    dispatcher.sub_routers.clear()
