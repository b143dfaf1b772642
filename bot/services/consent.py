"""Consent to the processing of personal data (152-ФЗ): given, given anew, taken back."""

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_line
from bot.errors import InvalidInput
from bot.models import (
    NAME_LENGTH,
    Feedback,
    GroupChat,
    Invitation,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
    StaffRole,
    TeamInvitation,
    TeamMember,
    WalkIn,
)
from bot.services import (
    audit,
    broadcast_counters,
    dialog_states,
    due_messages,
    meeting_notices,
    team_leaving,
    unnamed_answers,
    updates,
)
from bot.services.access import find_person, lock_meeting
from bot.services.attendance import FROM_PAPER
from bot.services.core import ERASED_ACCOUNT_ID, Account, Core
from bot.services.inserting import insert_into
from bot.services.offers import offer_seats
from bot.vocabulary import IN_FORCE, Category, RegistrationStatus


async def give_consent(core: Core, account: Account, locale: str, name: str) -> None:
    """Store that a person agreed to the processing of their data; harmless when repeated.

    Somebody who agreed to an older text agrees to the one of now, and stays as they are otherwise.

    Args:
        core: what every use case is given.
        account: who agreed.
        locale: the language they read the text in.
        name: the first name of their messenger's profile, offered later and theirs to change.
    """
    try:
        name = clean_line(name, NAME_LENGTH)
    except InvalidInput:
        name = ""
    now = core.clock.now()
    async with core.db.write() as session:
        insert = insert_into(session, Person).values(
            messenger=account.messenger,
            account_id=account.id,
            locale=locale,
            name=name,
            consent_version=rules.CONSENT_VERSION,
            consented_at=now,
            created_at=now,
        )
        await session.execute(
            insert.on_conflict_do_update(
                index_elements=["messenger", "account_id"],
                set_={"consent_version": rules.CONSENT_VERSION, "consented_at": now},
                where=Person.consent_version < rules.CONSENT_VERSION,
            )
        )


async def withdraw_consent(core: Core, account: Account) -> None:
    """Take the consent back: cancel what is to come, erase the person, keep the bare numbers.

    Headcounts and ratings stay, without anything that leads to the person: registrations lose
    their owner, comments their words. What they did as staff stays, too, done by nobody. Harmless
    when repeated.
    """
    async with core.db.write() as session:
        person = await find_person(session, account)
        if person is None:
            return
        freed = await _strip_registrations(session, core, person)
        await team_leaving.strip_memberships(session, core, person)
        await due_messages.forget(session, account)
        await broadcast_counters.forget(session, account)
        await dialog_states.forget(session, account)
        await updates.forget(session, account)
        await audit.forget(session, account, person.id)
        await _forget_hand(session, account)
        await unnamed_answers.forget_words(session, core, account)
        await session.execute(delete(Person).where(Person.id == person.id))
        await meeting_notices.hand_over(session, core)
        for meeting in freed:
            await offer_seats(session, core, meeting)


async def _strip_registrations(session: AsyncSession, core: Core, person: Person) -> list[Meeting]:
    """Leave of somebody's registrations what counts; return the meetings that get seats free."""
    now = core.clock.now()
    meetings = await _lock_meetings_of(session, core, person)
    mine = select(Registration.id).where(Registration.person_id == person.id)
    to_come = select(Meeting.id).where(Meeting.ends_at > now)
    await session.execute(
        update(Feedback).where(Feedback.registration_id.in_(mine)).values(comment="")
    )
    await session.execute(
        update(Registration)
        .where(
            Registration.person_id == person.id,
            Registration.status.in_(IN_FORCE),
            Registration.meeting_id.in_(to_come),
            ~Registration.lines.any(RegistrationLine.came > 0),
        )
        .values(
            status=RegistrationStatus.CANCELLED,
            cancelled_at=now,
            offered_until=None,
            confirmed_at=None,
        )
    )
    # Row 2.11 of Appendix 2 names the organisations of those who came, and a meeting is counted
    # anew from its lines whenever a mark changes: there, and only there, the name stays.
    await session.execute(
        update(RegistrationLine)
        .where(
            RegistrationLine.registration_id.in_(mine),
            or_(
                RegistrationLine.category != Category.OTHER,
                func.coalesce(RegistrationLine.came, 0) == 0,
            ),
        )
        .values(organisation="")
    )
    return meetings


async def _lock_meetings_of(session: AsyncSession, core: Core, person: Person) -> list[Meeting]:
    """Take the rows of the meetings to come before anything of theirs changes, in one order.

    Also of those on whose team they are or were: what is counted there may be changing now.
    """
    signed_up = (
        select(Registration.meeting_id)
        .join(Meeting)
        .where(
            Registration.person_id == person.id,
            Registration.status.in_(IN_FORCE),
            Meeting.ends_at > core.clock.now(),
        )
    )
    on_team = select(TeamMember.meeting_id).where(TeamMember.person_id == person.id)
    ids = await session.scalars(
        select(Meeting.id)
        .where(or_(Meeting.id.in_(signed_up), Meeting.id.in_(on_team)))
        .order_by(Meeting.id)
    )
    return [await lock_meeting(session, meeting_id) for meeting_id in ids.all()]


async def _forget_hand(session: AsyncSession, account: Account) -> None:
    """Put nobody where the account stands as who gave a role, used a link or counted people."""
    for giver in (
        *(StaffRole.granted_by, Invitation.created_by, Invitation.used_by),
        *(TeamInvitation.created_by, TeamInvitation.used_by),
    ):
        await session.execute(
            update(giver.class_).where(giver == account.id).values({giver: ERASED_ACCOUNT_ID})
        )
    await session.execute(
        update(GroupChat)
        .where(GroupChat.messenger == account.messenger, GroupChat.added_by == account.id)
        .values(added_by=None)
    )
    await session.execute(
        update(WalkIn)
        .where(WalkIn.created_by == account.id)
        .values(
            created_by=ERASED_ACCOUNT_ID,
            # A total of a paper list is found again by its tap; any other tap is named by its chat.
            tap=case((WalkIn.tap.startswith(FROM_PAPER, autoescape=True), WalkIn.tap)),
        )
    )
