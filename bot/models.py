"""Tables and constraints only."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    Messenger,
    Mode,
    MunicipalityKind,
    Offering,
    Recipients,
    RegistrationKind,
    RegistrationStatus,
    ReportStatus,
    Role,
    Settled,
    TeamRole,
)

TITLE_LENGTH = 120
NAME_LENGTH = 80
ORGANISATION_LENGTH = 160
PLACE_LENGTH = 200
LINK_LENGTH = 500
TEXT_LENGTH = 2000
WORDS_LENGTH = 1000

AccountId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(values: type[StrEnum]) -> Enum:
    """Return a column type that the database itself restricts to the values of an enum."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(AsyncAttrs, DeclarativeBase):
    """The declarative base with a naming convention, so that migrations can name constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own way to declare it)
        datetime: UtcDateTime(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        Category: one_of(Category),
        Messenger: one_of(Messenger),
        Role: one_of(Role),
    }


class Region(Base):
    """The region that this installation serves; loaded from its data file."""

    __tablename__ = "regions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_en: Mapped[str] = mapped_column(String(NAME_LENGTH))
    genitive: Mapped[str] = mapped_column(String(NAME_LENGTH))
    timezone: Mapped[str] = mapped_column(String(40))
    switches: Mapped[dict[str, Any]] = mapped_column(default=dict)  # kinds of messages, on or off


class Municipality(Base):
    """A town, district or okrug; mergers are data (`valid_until`, `merged_into`)."""

    __tablename__ = "municipalities"
    __table_args__ = (
        CheckConstraint(
            "valid_until IS NULL OR valid_from IS NULL OR valid_from < valid_until", name="validity"
        ),
        CheckConstraint("merged_into_id IS NULL OR valid_until IS NOT NULL", name="merger"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    kind: Mapped[MunicipalityKind] = mapped_column(one_of(MunicipalityKind))
    genitive: Mapped[str] = mapped_column(String(NAME_LENGTH))
    timezone: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]  # the first day on which it is no more
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))


class Occupation(Base):
    """How people say who they are: everyday words, and the category behind them."""

    __tablename__ = "occupations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    name_ru: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))
    category: Mapped[Category | None]  # None where the answer to `asks` decides it
    asks: Mapped[list[str]]  # of "grade", "position", "organisation"


class Person(Base):
    """Someone who agreed to the processing of their data; an account is unique in a messenger."""

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("messenger", "account_id"),
        CheckConstraint("grade BETWEEN 1 AND 11", name="grade"),
        CheckConstraint("(staff_name = '') = (staff_consent_at IS NULL)", name="staff_consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[Messenger]
    account_id: Mapped[int] = mapped_column(AccountId)
    locale: Mapped[str] = mapped_column(String(8), default="ru")
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    occupation: Mapped[str] = mapped_column(String(40), default="")
    category: Mapped[Category | None]
    grade: Mapped[int | None]
    grade_asked_on: Mapped[date | None]  # when the grade was told; asked again after 1 September
    organisation: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH), default="")
    # The token of a poster's link, or after «h:» of an invitation to a team.
    invited_to: Mapped[str] = mapped_column(String(24), default="")
    profile_done_at: Mapped[datetime | None]
    consent_version: Mapped[str] = mapped_column(String(20))
    consented_at: Mapped[datetime]
    staff_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    staff_phone: Mapped[str] = mapped_column(String(40), default="")
    staff_consent_version: Mapped[str] = mapped_column(String(20), default="")
    staff_consent_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]  # the person blocked the bot
    switches: Mapped[dict[str, Any]] = mapped_column(default=dict)  # their choice of reminders
    reminder_hours: Mapped[int] = mapped_column(default=2)  # before the start, for the last one
    created_at: Mapped[datetime]


class StaffRole(Base):
    """A role somebody holds; municipal roles have a municipality, the others have none."""

    __tablename__ = "staff_roles"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('organiser', 'curator', 'coordinator')) = (municipality_id IS NOT NULL)",
            name="scope",
        ),
        Index(
            "uq_staff_roles_municipal",
            "person_id",
            "role",
            "municipality_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND municipality_id IS NOT NULL"),
            postgresql_where=text("revoked_at IS NULL AND municipality_id IS NOT NULL"),
        ),
        Index(
            "uq_staff_roles_regional",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND municipality_id IS NULL"),
            postgresql_where=text("revoked_at IS NULL AND municipality_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[Role]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None] = mapped_column(AccountId)
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    municipality: Mapped[Municipality | None] = relationship()


class Invitation(Base):
    """A link that gives a role once."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('organiser', 'curator', 'coordinator')) = (municipality_id IS NOT NULL)",
            name="scope",
        ),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    role: Mapped[Role]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    created_by: Mapped[int] = mapped_column(AccountId)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(AccountId)

    municipality: Mapped[Municipality | None] = relationship()


class Meeting(Base):
    """One dated meeting that people register for."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint(
            "sign_up_opens_at IS NULL OR sign_up_closes_at IS NULL"
            " OR sign_up_opens_at < sign_up_closes_at",
            name="sign_up_times",
        ),
        CheckConstraint("(status = 'held') = (held_at IS NOT NULL)", name="held"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index(  # with what a year's sums ask of each meeting: they need not look into the table
            "ix_meetings_municipality_start",
            "municipality_id",
            "starts_at",
            "ends_at",
            "status",
            "counts_in_form",
            "audience",
        ),
        Index("ix_meetings_series", "series_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    created_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    status: Mapped[MeetingStatus] = mapped_column(one_of(MeetingStatus))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(one_of(Audience))
    counts_in_form: Mapped[bool] = mapped_column(default=True)
    format: Mapped[Format] = mapped_column(one_of(Format))
    mode: Mapped[Mode] = mapped_column(one_of(Mode))
    place: Mapped[str] = mapped_column(String(PLACE_LENGTH), default="")
    link: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    photo_link: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    note: Mapped[str] = mapped_column(Text, default="")  # the curator's own, for row 4 of the year
    outside: Mapped[bool] = mapped_column(default=False)  # held without the bot, added afterwards
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    seats: Mapped[int | None]  # None: no limit
    sign_up_opens_at: Mapped[datetime | None]
    sign_up_closes_at: Mapped[datetime | None]
    offers_automatic: Mapped[bool] = mapped_column(default=True)
    tickets_issued: Mapped[int] = mapped_column(default=0)
    waiting_numbers_issued: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)  # of time or place, since it was published
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    series_id: Mapped[str | None] = mapped_column(String(24))  # the same for meetings made together
    switches: Mapped[dict[str, Any]] = mapped_column(default=dict)  # kinds of messages, on or off

    municipality: Mapped[Municipality] = relationship()
    admits: Mapped[list["Admission"]] = relationship(
        cascade="all, delete-orphan", order_by="Admission.category"
    )
    seat_limits: Mapped[list["SeatLimit"]] = relationship(
        cascade="all, delete-orphan", order_by="SeatLimit.category"
    )


class Admission(Base):
    """A category that may sign up for a meeting; no rows at all mean everybody."""

    __tablename__ = "admissions"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[Category] = mapped_column(primary_key=True)


class SeatLimit(Base):
    """How many people of one category there is room for, within the seats of the meeting."""

    __tablename__ = "seat_limits"
    __table_args__ = (CheckConstraint("seats > 0", name="seats"),)

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[Category] = mapped_column(primary_key=True)
    seats: Mapped[int]


class TeamInvitation(Base):
    """A link that makes somebody a speaker, host, helper or co-curator of one meeting, once."""

    __tablename__ = "team_invitations"
    __table_args__ = (CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[TeamRole] = mapped_column(one_of(TeamRole))
    created_by: Mapped[int] = mapped_column(AccountId)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(AccountId)


class TeamMember(Base):
    """Who speaks at, hosts, helps with or runs a meeting beside those who made it; takes no seat.

    Kept with a `left_at` when they leave, and without a person once that one is erased: what was
    counted stays.
    """

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    role: Mapped[TeamRole] = mapped_column(one_of(TeamRole))
    offering: Mapped[Offering | None] = mapped_column(one_of(Offering))
    offer: Mapped[str] = mapped_column(String(PLACE_LENGTH), default="")  # what it is about
    category: Mapped[Category]
    organisation: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH), default="")
    came_at: Mapped[datetime | None]  # when it was marked that they came
    minutes: Mapped[int | None]  # confirmed volunteer time
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    meeting: Mapped[Meeting] = relationship()


class Registration(Base):
    """A person signed up for a meeting, with a line for each kind of people they bring.

    Of a person there is one personal registration per meeting, and any number of groups.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        Index(
            "uq_registrations_personal",
            "meeting_id",
            "person_id",
            unique=True,
            sqlite_where=text("kind = 'personal'"),
            postgresql_where=text("kind = 'personal'"),
        ),
        Index("ix_registrations_status_offered_until", "status", "offered_until"),
        UniqueConstraint("meeting_id", "code"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        CheckConstraint("(status = 'offered') = (offered_until IS NOT NULL)", name="offered"),
        CheckConstraint(
            "status NOT IN ('waiting', 'offered') OR waiting_number IS NOT NULL", name="waiting"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    # NULL once the person is erased: what the registration counted stays.
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    code: Mapped[str] = mapped_column(String(8))
    kind: Mapped[RegistrationKind] = mapped_column(
        one_of(RegistrationKind), default=RegistrationKind.PERSONAL
    )
    status: Mapped[RegistrationStatus] = mapped_column(one_of(RegistrationStatus))
    sign_ups: Mapped[int] = mapped_column(default=0)  # how often it became active
    waiting_number: Mapped[int | None]  # the order of the waiting list; a new one each time
    passed_over: Mapped[int] = mapped_column(default=0)
    offers_made: Mapped[int] = mapped_column(default=0)
    offered_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]  # answered a reminder with «Приду»
    says_came_at: Mapped[datetime | None]  # the person's own word, until the curator confirms

    person: Mapped[Person | None] = relationship()
    meeting: Mapped[Meeting] = relationship()
    lines: Mapped[list["RegistrationLine"]] = relationship(
        cascade="all, delete-orphan", order_by="RegistrationLine.id", back_populates="registration"
    )


class RegistrationLine(Base):
    """So many people of one category from one organisation; `came` is NULL until marked."""

    __tablename__ = "registration_lines"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("came IS NULL OR came >= 0", name="came"),
        CheckConstraint("(came IS NULL) = (marked_at IS NULL)", name="marked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    category: Mapped[Category]
    organisation: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH), default="")
    is_own: Mapped[bool] = mapped_column(default=False)  # the one who made the registration
    seats: Mapped[int] = mapped_column(default=1)
    came: Mapped[int | None]
    marked_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship(back_populates="lines")


class WalkIn(Base):
    """People at the door without a registration: one row a tap, so that each can be undone."""

    __tablename__ = "walk_ins"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    category: Mapped[Category]
    organisation: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH), default="")
    people: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(AccountId)
    tap: Mapped[str | None] = mapped_column(String(80), unique=True)  # it counts once, ever


class Headcount(Base):
    """How many people of a category came: the one table that every report sums."""

    __tablename__ = "headcounts"
    __table_args__ = (
        CheckConstraint("people > 0", name="people"),
        {"sqlite_with_rowid": False},  # summed meeting by meeting: its rows lie together
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[Category] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH), primary_key=True)
    people: Mapped[int]


class Feedback(Base):
    """A rating and words after a meeting; without a name once the person is erased.

    Given for a registration, or without a name by somebody in the room.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("registration_id"),
        UniqueConstraint("meeting_id", "answered_by"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("(registration_id IS NULL) <> (answered_by IS NULL)", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE")
    )
    # Of an answer without a name: a keyed hash of the account, so that it counts once.
    answered_by: Mapped[str | None] = mapped_column(String(64))
    category: Mapped[Category | None]
    rating: Mapped[int]
    useful: Mapped[list[str]] = mapped_column(default=list)
    comment: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class AnnualReport(Base):
    """What a municipality's report of a year says besides its numbers (rows 3 and 4)."""

    __tablename__ = "annual_reports"
    __table_args__ = (UniqueConstraint("municipality_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    year: Mapped[int]
    proposals: Mapped[str] = mapped_column(Text, default="")
    proposals_for_region: Mapped[str] = mapped_column(Text, default="")
    photo_folder: Mapped[str] = mapped_column(String(LINK_LENGTH), default="")
    updated_at: Mapped[datetime]


class ConsolidatedReport(Base):
    """What the region's report of a year says besides its numbers."""

    __tablename__ = "consolidated_reports"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposals: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]


class FindingAnswer(Base):
    """Why something that looks like a gap in a year's report is none: said once, for good."""

    __tablename__ = "finding_answers"
    __table_args__ = (
        UniqueConstraint("municipality_id", "year", "finding"),
        CheckConstraint("answer <> ''", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    year: Mapped[int]
    finding: Mapped[str] = mapped_column(String(80))  # "photos:12", "duplicates:12:14"
    answer: Mapped[str] = mapped_column(String(WORDS_LENGTH))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime]


class OrganisationName(Base):
    """A way to write an organisation's name, and the one it is counted as (row 2.11)."""

    __tablename__ = "organisation_names"
    __table_args__ = (
        UniqueConstraint("municipality_id", "name"),
        CheckConstraint("name <> counted_as", name="differs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    name: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH))
    counted_as: Mapped[str] = mapped_column(String(ORGANISATION_LENGTH))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]


class ReportVersion(Base):
    """A municipality's report as it was sent to the regional coordinator; it never changes.

    Only what the coordinator makes of it is written later. Who sent it stands in words as well,
    so that it outlives them.
    """

    __tablename__ = "report_versions"
    __table_args__ = (
        UniqueConstraint("municipality_id", "year", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(status = 'sent') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    year: Mapped[int]
    number: Mapped[int]
    status: Mapped[ReportStatus] = mapped_column(one_of(ReportStatus))
    facts: Mapped[dict[str, Any]]  # the numbers and words of the form
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # the xlsx as it was sent
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    sent_by: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_by: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    comment: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")  # of the coordinator

    municipality: Mapped[Municipality] = relationship()


class ReportScan(Base):
    """The signed paper of a version, as a picture or PDF."""

    __tablename__ = "report_scans"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("report_versions.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    attached_at: Mapped[datetime]
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class DeadlineMark(Base):
    """Somebody's word that something with a deadline is settled, where the bot cannot see it."""

    __tablename__ = "deadline_marks"
    __table_args__ = (
        UniqueConstraint("deadline", "year", "territory"),
        CheckConstraint("(settled = 'not_needed') = (reason <> '')", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline: Mapped[str] = mapped_column(String(40))  # its code in the region's file
    year: Mapped[int]  # that it is about, not the one it falls in
    territory: Mapped[str] = mapped_column(String(40))  # "municipality:12", or "region"
    settled: Mapped[Settled] = mapped_column(one_of(Settled))
    reason: Mapped[str] = mapped_column(String(WORDS_LENGTH), default="")
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    marked_at: Mapped[datetime]


class DueMessage(Base):
    """A message that the bot owes somebody; the unique key names the thing, not the time."""

    __tablename__ = "due_messages"
    __table_args__ = (
        UniqueConstraint("account_id", "messenger", "kind", "subject", "occurrence"),
        Index("ix_due_messages_status_due_at", "status", "due_at"),
        Index("ix_due_messages_subject_kind", "subject", "kind"),
        CheckConstraint("attempts >= 0", name="attempts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[Messenger]
    account_id: Mapped[int] = mapped_column(AccountId)
    kind: Mapped[MessageKind] = mapped_column(one_of(MessageKind))
    subject: Mapped[str] = mapped_column(String(40))  # "meeting:12", "registration:7"
    occurrence: Mapped[str] = mapped_column(String(40), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime]
    # The time zone whose quiet hours it waits out; empty: it goes at any hour.
    quiet_in: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[MessageStatus] = mapped_column(
        one_of(MessageStatus), default=MessageStatus.PLANNED
    )
    claimed_by: Mapped[str] = mapped_column(String(32), default="")  # a process of the bot
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Broadcast(Base):
    """What those who run a meeting wrote to its participants, once; its messages are due ones."""

    __tablename__ = "broadcasts"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)  # a tap sends once, ever
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    recipients: Mapped[Recipients] = mapped_column(one_of(Recipients))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class BroadcastCounter(Base):
    """A message that tells somebody of the staff how far one to many has come, and is kept true."""

    __tablename__ = "broadcast_counters"
    __table_args__ = (Index("ix_broadcast_counters_over", "over"),)

    broadcast_id: Mapped[int] = mapped_column(
        ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True
    )
    messenger: Mapped[Messenger] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(AccountId, primary_key=True)
    message_id: Mapped[int] = mapped_column(AccountId)
    asks: Mapped[bool] = mapped_column(default=False)  # «Остановить?»
    shown: Mapped[str] = mapped_column(String(64), default="")  # a hash of what it says
    over: Mapped[bool] = mapped_column(default=False)
    followed_at: Mapped[datetime]


class Question(Base):
    """Words about a meeting, of a participant or in answer to one; erased with either of them."""

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        Index("ix_questions_author_created", "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)  # asked once, ever
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    # The participant, or whoever answered them.
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    is_answer: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()


class GroupChat(Base):
    """A group of people that the bot was added to; it speaks there only when asked."""

    __tablename__ = "group_chats"
    __table_args__ = (UniqueConstraint("messenger", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    messenger: Mapped[Messenger]
    chat_id: Mapped[int] = mapped_column(AccountId)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    locale: Mapped[str] = mapped_column(String(8), default="ru")
    added_by: Mapped[int | None] = mapped_column(AccountId)
    may_post: Mapped[bool] = mapped_column(default=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class GroupCard(Base):
    """A meeting's card in a group, whose «seats left» is kept true until the meeting is over."""

    __tablename__ = "group_cards"
    __table_args__ = (
        UniqueConstraint("group_chat_id", "message_id"),
        Index("ix_group_cards_stopped_at", "stopped_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_chat_id: Mapped[int] = mapped_column(ForeignKey("group_chats.id", ondelete="CASCADE"))
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[int] = mapped_column(AccountId)
    shown: Mapped[str] = mapped_column(String(64))  # a hash of what the card says
    posted_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]

    group_chat: Mapped[GroupChat] = relationship()
    meeting: Mapped[Meeting] = relationship()


class IncomingUpdate(Base):
    """An update, stored before it is acknowledged; once done only its number stays for a day."""

    __tablename__ = "incoming_updates"
    __table_args__ = (
        Index("ix_incoming_updates_done_at", "done_at"),
        Index("ix_incoming_updates_chat", "chat"),
    )

    bot_id: Mapped[int] = mapped_column(AccountId, primary_key=True)
    update_id: Mapped[int] = mapped_column(AccountId, primary_key=True)
    chat: Mapped[str] = mapped_column(String(40))  # empty once it is done
    payload: Mapped[str | None] = mapped_column(Text)  # NULL once it is done
    received_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


class DialogState(Base):
    """What the bot remembers of a conversation, so that a restart loses nothing."""

    __tablename__ = "dialog_states"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[str] = mapped_column(Text, default="{}")
    updated_at: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Base):
    """What staff did, and what somebody tried without the right to it."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    messenger: Mapped[Messenger]
    account_id: Mapped[int] = mapped_column(AccountId)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60), default="")
    refused: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
