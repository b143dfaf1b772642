"""What is lost when a screen is closed, and what /cancel says about it."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.services.visitors import Visitor
from bot.states import (
    Asking,
    Deadlines,
    Door,
    DoorPaper,
    Draft,
    GroupSignUp,
    GroupSize,
    Invite,
    Invited,
    Joining,
    Manage,
    Meetings,
    My,
    MyTeam,
    NewMeeting,
    Onboarding,
    Organisations,
    Outside,
    Papers,
    Photos,
    Privacy,
    Proposals,
    Signature,
    Staff,
    Stats,
    Versions,
)

_ASKED = (
    Papers.name,
    *(Meetings.ways, Meetings.child, Meetings.cancel, My.cancel, Privacy.withdraw),
    *(Manage.close, Manage.cancel, Manage.cancel_reason, Manage.photos),
    *(Manage.count_me, Manage.count_me_as, Manage.reopen),
    *(Door.confirm, Door.walk_in_organisation),
    *(DoorPaper.codes, DoorPaper.preview),
    *(Manage.message_to, Manage.message_text, Manage.message_preview, Asking.typing),
    *(Manage.repeat, Manage.repeat_times, Manage.repeat_days),
    *(Draft.reason, Staff.revoke, Stats.period, Deadlines.reason),
    *(Versions.send, Versions.accept, Versions.comment, Versions.scan),
    *(Manage.note, Proposals.text, Proposals.draft, Photos.folder),
    *(Organisations.alike, Organisations.stays),
    *(Manage.team_role, Manage.team_remove, MyTeam.leave),
    *GroupSize.__all_states__,
    *(Signature.consent, Signature.name, Signature.phone, Signature.withdraw),
)
"""Where something is asked that changes nothing unless it is answered."""

_SAYS: dict[State, str] = {
    **dict.fromkeys(_ASKED, "dropped-unchanged"),
    **dict.fromkeys(Onboarding.__all_states__, "dropped-onboarding"),
    **dict.fromkeys(NewMeeting.__all_states__, "dropped-newmeeting"),
    **dict.fromkeys(Outside.__all_states__, "dropped-outside"),
    **dict.fromkeys(GroupSignUp.__all_states__, "dropped-group"),
    **dict.fromkeys((Invite.role, Invite.municipality), "dropped-invite"),
    **dict.fromkeys((Invited.offer, Invited.consent), "dropped-invited"),
    **dict.fromkeys(Joining.__all_states__, "dropped-invited"),
}

_TYPED = frozenset(
    {
        *NewMeeting.__all_states__,
        *Outside.__all_states__,
        *GroupSignUp.__all_states__,
        *(GroupSize.people, GroupSize.rest),
        *(Manage.cancel, Manage.cancel_reason, Manage.photos, Manage.reopen),
        *(Joining.words, Joining.confirm, Joining.ways),
        *(Manage.message_text, Manage.message_preview, Asking.typing),
        *(Manage.repeat_times, Manage.repeat_days),
        *(DoorPaper.codes, DoorPaper.preview, Deadlines.reason, Draft.reason),
        *(Door.walk_in_organisation, Signature.name, Signature.phone),
        *(Manage.note, Proposals.text, Proposals.draft, Photos.folder),
        Versions.comment,
    }
)
"""Where something is typed, or waits to be stored: nothing leads away from here for good."""


def is_typed_in(state: State | None, dialog_data: Mapping[str, Any]) -> bool:
    """Whether a window would lose what somebody typed if its dialog were closed."""
    if state == NewMeeting.fields:  # each change of a meeting that is there is stored at once
        return "meeting_id" not in dialog_data
    return state in _TYPED


def what_is_dropped(manager: DialogManager, visitor: Visitor) -> str:
    """Return the key of the sentence for the window that is open, if any."""
    if not manager.has_context():
        return "dropped-nothing"
    state = manager.current_context().state
    key = _SAYS.get(state, "dropped-nothing")
    if key == "dropped-onboarding" and visitor.person_id is None:
        return "dropped-consent"
    if key == "dropped-newmeeting" and "meeting_id" in manager.dialog_data:
        # Each change of a meeting that is there is stored at once.
        return "dropped-nothing" if state == NewMeeting.fields else "dropped-unchanged"
    if key == "dropped-outside" and "meeting_id" in manager.dialog_data:
        return "dropped-unchanged"
    if state == Proposals.text and "replaced" in manager.dialog_data:
        return "dropped-nothing"  # what was typed here is stored, and nothing asks for more
    return key
