"""Who may do what: roles in force, and whose meeting, report or role it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.vocabulary import MUNICIPAL_ROLES, REGIONAL_ROLES, Role, TeamRole

INVITATION_LIFE = timedelta(days=7)

_MEETING_MAKERS = frozenset({Role.ORGANISER, Role.CURATOR, Role.COORDINATOR})

_WHOLE_MUNICIPALITY = frozenset({Role.CURATOR, Role.COORDINATOR})

# What each role gives and takes back: within its own municipality, or everywhere if it has none.
MAY_GIVE: Mapping[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset(Role),
    Role.REGIONAL_COORDINATOR: MUNICIPAL_ROLES,
    Role.REGIONAL_CURATOR: MUNICIPAL_ROLES,
    Role.COORDINATOR: frozenset({Role.CURATOR, Role.ORGANISER}),
    Role.CURATOR: frozenset({Role.ORGANISER}),
    Role.ORGANISER: frozenset(),
}

# Whose names the signature lines of Appendix 2 can show.
SIGNING_ROLES = _WHOLE_MUNICIPALITY | REGIONAL_ROLES


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in force; `municipality_id` is None for roles over the whole region."""

    role: Role
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    """What decides who may touch a meeting: where it is and who made it (a person's id)."""

    municipality_id: int
    created_by_id: int | None


def is_regional(grants: Iterable[Grant]) -> bool:
    """Whether one of the grants sees the whole region."""
    return any(grant.role in REGIONAL_ROLES for grant in grants)


def municipalities_with(grants: Iterable[Grant], roles: Collection[Role]) -> frozenset[int]:
    """Return the municipalities in which one of `roles` is held."""
    return frozenset(
        grant.municipality_id
        for grant in grants
        if grant.role in roles and grant.municipality_id is not None
    )


def where_may_create_meetings(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities in which somebody may create meetings."""
    return municipalities_with(grants, _MEETING_MAKERS)


def whole_municipalities(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities all of whose meetings somebody runs."""
    return municipalities_with(grants, _WHOLE_MUNICIPALITY)


def may_manage_meeting(
    grants: Iterable[Grant],
    person_id: int | None,
    meeting: Ownership,
    team_role: TeamRole | None = None,
) -> bool:
    """Whether somebody may edit, open the door of and close this meeting.

    Those who lead it may, and the co-curators on its team.
    """
    return team_role is TeamRole.CO_CURATOR or may_lead_meeting(grants, person_id, meeting)


def may_lead_meeting(grants: Iterable[Grant], person_id: int | None, meeting: Ownership) -> bool:
    """Whether somebody may also cancel this meeting and choose its co-curators.

    Curators and coordinators have all meetings of their municipality, organisers their own.
    """
    grants = tuple(grants)
    if meeting.municipality_id in whole_municipalities(grants):
        return True
    own = person_id is not None and meeting.created_by_id == person_id
    return own and meeting.municipality_id in where_may_create_meetings(grants)


def may_see_report(grants: Iterable[Grant], municipality_id: int | None) -> bool:
    """Whether somebody may have a municipality's report, or the region's (None).

    3.3 and 3.4 of the plan: municipal coordinator and curator, regional curator and coordinator.
    """
    grants = tuple(grants)
    return is_regional(grants) or municipality_id in report_places(grants)


def report_places(grants: Iterable[Grant]) -> frozenset[int]:
    """Return the municipalities whose report somebody makes."""
    return municipalities_with(grants, _WHOLE_MUNICIPALITY)


def may_see_statistics(grants: Iterable[Grant]) -> bool:
    """Whether somebody has meetings to look back at: the region's, a municipality's, their own."""
    grants = tuple(grants)
    return is_regional(grants) or bool(where_may_create_meetings(grants))


def may_write_proposals(grants: Iterable[Grant], municipality_id: int | None) -> bool:
    """Whether somebody may write row 4 of a municipality's form, or of the region's (None).

    3.2 of the plan: the municipal coordinator and curator. The region's is theirs who make its
    report (3.4): the regional curator and coordinator.
    """
    grants = tuple(grants)
    if municipality_id is None:
        return is_regional(grants)
    return municipality_id in report_places(grants)


def may_send_report(grants: Iterable[Grant], municipality_id: int) -> bool:
    """Whether somebody may send a municipality's report to the regional coordinator.

    3.3 of the plan: the municipal coordinator and curator.
    """
    return municipality_id in report_places(grants)


def may_decide_on_reports(grants: Iterable[Grant]) -> bool:
    """Whether somebody may accept the municipalities' reports or return them.

    3.3 of the plan: they are sent to the project's coordinator.
    """
    return Grant(Role.REGIONAL_COORDINATOR) in grants


def may_switch_in_region(grants: Iterable[Grant]) -> bool:
    """Whether somebody may turn kinds of messages off for the whole region."""
    return any(grant.role in {Role.REGIONAL_COORDINATOR, Role.ADMIN} for grant in grants)


def signs_reports(grants: Iterable[Grant]) -> bool:
    """Whether Appendix 2 has a line for the name of somebody with these roles."""
    return any(grant.role in SIGNING_ROLES for grant in grants)


def roles_one_may_give(grants: Iterable[Grant], municipality_id: int | None) -> tuple[Role, ...]:
    """Return the roles that somebody may give (and take back) in a municipality, or region-wide.

    The administrator appoints anybody; regional staff the municipal roles; a municipal coordinator
    curators and organisers; a curator organisers.
    """
    may_give: set[Role] = set()
    for grant in grants:
        if grant.municipality_id in {None, municipality_id}:
            may_give |= MAY_GIVE[grant.role]
    fitting = MUNICIPAL_ROLES if municipality_id is not None else set(Role) - MUNICIPAL_ROLES
    return tuple(role for role in Role if role in may_give and role in fitting)
