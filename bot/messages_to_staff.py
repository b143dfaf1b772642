"""What those with a role or a meeting to run are told: asked of the services, put in words."""

from collections.abc import Mapping

from bot.deadline_messages import report_nudge_message
from bot.digest_messages import digest_message
from bot.i18n import Speech
from bot.nudge_messages import (
    few_people_message,
    held_question,
    morning_message,
    summary_message,
)
from bot.role_messages import accepted_message, revoked_message
from bot.sender import Composer, Facts, Outgoing
from bot.services import (
    digests,
    meeting_notices,
    meeting_nudges,
    report_nudging,
    results,
    staff,
    team,
    version_screens,
)
from bot.services.core import Account, Core
from bot.team_messages import (
    joined_message,
)
from bot.version_messages import decided_message, sent_message
from bot.vocabulary import MessageKind


async def _held_question(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    asked = await meeting_notices.get_held_question(core, account, int(facts["meeting_id"]))
    return held_question(tr, asked) if asked else None


async def _few_people(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    found = await meeting_nudges.find_few_people(core, account, int(facts["meeting_id"]))
    return few_people_message(tr, found) if found else None


async def _meeting_morning(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    found = await meeting_nudges.find_morning(core, account, int(facts["meeting_id"]))
    return morning_message(tr, found) if found else None


async def _feedback_summary(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    meeting_id = int(facts["meeting_id"])
    return summary_message(
        tr, meeting_id, await results.get_results(core, account, meeting_id, page=0, per_page=0)
    )


async def _digest(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return digest_message(tr, await digests.get_digest(core, account, str(facts["day"])))


async def _report_nudge(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    place, year = int(facts["municipality_id"]), int(facts["year"])
    nudge = await report_nudging.find_nudge(core, account, place, year)
    return report_nudge_message(tr, nudge) if nudge else None


async def _role_accepted(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    """Tell who invited; a link that went astray is noticed at once."""
    member = await staff.get_staff_member(core, account, int(facts["role_id"]))
    return None if member.revoked else accepted_message(tr, member)


async def _role_revoked(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    held = await staff.get_revoked_role(core, account, int(facts["role_id"]))
    return revoked_message(tr, held, facts["contact"]) if held else None


async def _team_joined(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return joined_message(tr, await team.get_member(core, account, int(facts["member_id"])))


async def _report_sent(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    token = str(facts["token"])
    found = await version_screens.get_version(core, account, token)
    return sent_message(tr, found, await version_screens.get_file(core, account, token))


async def _report_decided(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    found = await version_screens.get_version(core, account, str(facts["token"]))
    return decided_message(tr, found)


TO_STAFF: Mapping[MessageKind, Composer] = {
    MessageKind.FEW_PEOPLE: _few_people,
    MessageKind.MEETING_MORNING: _meeting_morning,
    MessageKind.HELD_QUESTION: _held_question,
    MessageKind.FEEDBACK_SUMMARY: _feedback_summary,
    MessageKind.DIGEST: _digest,
    MessageKind.REPORT_NUDGE: _report_nudge,
    MessageKind.ROLE_ACCEPTED: _role_accepted,
    MessageKind.ROLE_REVOKED: _role_revoked,
    MessageKind.TEAM_JOINED: _team_joined,
    MessageKind.REPORT_SENT: _report_sent,
    MessageKind.REPORT_ACCEPTED: _report_decided,
    MessageKind.REPORT_RETURNED: _report_decided,
}
"""None: the condition of the kind, `MessageRule.unless`, does not hold any more."""
