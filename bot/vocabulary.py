"""The closed lists of the domain, named as in `docs/glossary.md`."""

from enum import StrEnum


class Messenger(StrEnum):
    """Where an account lives; an identity is a messenger and an account id in it."""

    TELEGRAM = "telegram"


class Category(StrEnum):
    """Who a participant is: the leaf rows 2.1.1–2.11 of Appendix 2, and grades outside the form."""

    GRADE_5 = "grade_5"
    GRADE_6 = "grade_6"
    GRADE_7 = "grade_7"
    GRADE_8 = "grade_8"
    GRADE_9 = "grade_9"
    GRADE_10 = "grade_10"
    GRADE_11 = "grade_11"
    PARENT = "parent"
    HEAD = "head"
    EMPLOYEE = "employee"
    UNIVERSITY = "university"
    JOB_CENTRE = "job_centre"
    YOUTH_CENTRE = "youth_centre"
    EXTRA_EDUCATION = "extra_education"
    CULTURE = "culture"
    SOCIAL = "social"
    VOLUNTEER = "volunteer"
    OTHER = "other"

    @property
    def grade(self) -> int | None:
        """The grade of a pupil's category, None for everybody else."""
        return int(self.value.removeprefix("grade_")) if self.is_pupil else None

    @property
    def is_pupil(self) -> bool:
        """Whether this is a school student."""
        return self.value.startswith("grade_")

    @classmethod
    def of_grade(cls, grade: int) -> "Category":
        """Return the category of a pupil of `grade` (5–11).

        Raises:
            ValueError: no category exists for this grade.
        """
        return cls(f"grade_{grade}")


PUPILS = tuple(category for category in Category if category.is_pupil)
OUTSIDE_FORM = (Category.GRADE_5, Category.GRADE_6)


class Audience(StrEnum):
    """Whom a meeting is held with: picks row 1.1, 1.2 or 1.3 of Appendix 2, blocks nobody."""

    STUDENTS = "students"
    PARENTS = "parents"
    EMPLOYERS = "employers"


class Format(StrEnum):
    """How a meeting is run (5.5 of the regulation names the first five)."""

    DISCUSSION = "discussion"
    MASTERMIND = "mastermind"
    NETWORKING = "networking"
    SEMINAR = "seminar"
    ROUND_TABLE = "round_table"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"
    OTHER = "other"


class Mode(StrEnum):
    """Очно, дистанционно, заочно (5.5 of the regulation)."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BY_CORRESPONDENCE = "by_correspondence"


class MeetingStatus(StrEnum):
    """A meeting's life: draft → published → held, or cancelled on the way."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"


class RegistrationKind(StrEnum):
    """Who a registration is for: the one who made it (and a child), or a group they bring."""

    PERSONAL = "personal"
    GROUP = "group"


class RegistrationStatus(StrEnum):
    """A registration's life: in at once, or waiting → offered → active; cancelled on the way."""

    ACTIVE = "active"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"


TAKING_SEATS = (RegistrationStatus.ACTIVE, RegistrationStatus.OFFERED)
IN_FORCE = (*TAKING_SEATS, RegistrationStatus.WAITING)
ON_WAITING_LIST = (RegistrationStatus.WAITING, RegistrationStatus.OFFERED)


class Role(StrEnum):
    """What somebody on the staff may do; the first three within one municipality."""

    ORGANISER = "organiser"
    CURATOR = "curator"
    COORDINATOR = "coordinator"
    REGIONAL_CURATOR = "regional_curator"
    REGIONAL_COORDINATOR = "regional_coordinator"
    ADMIN = "admin"


class TeamRole(StrEnum):
    """What somebody does for one meeting, without a seat; invited by a link."""

    CO_CURATOR = "co_curator"
    SPEAKER = "speaker"
    HOST = "host"
    HELPER = "helper"


class Offering(StrEnum):
    """What a speaker or host brings to a meeting."""

    TALK = "talk"
    TOUR = "tour"
    STAND = "stand"
    WORKSHOP = "workshop"
    OTHER = "other"


MUNICIPAL_ROLES = frozenset({Role.ORGANISER, Role.CURATOR, Role.COORDINATOR})
REGIONAL_ROLES = frozenset({Role.REGIONAL_CURATOR, Role.REGIONAL_COORDINATOR})


class MunicipalityKind(StrEnum):
    """What a municipality is called in law."""

    CITY_OKRUG = "city_okrug"
    MUNICIPAL_OKRUG = "municipal_okrug"
    MUNICIPAL_DISTRICT = "municipal_district"


class MessageKind(StrEnum):
    """Kinds of messages the bot sends of its own accord."""

    FEEDBACK_QUESTION = "feedback_question"
    MEETING_CANCELLED = "meeting_cancelled"
    HELD_QUESTION = "held_question"
    TICKET = "ticket"
    CALENDAR_FILE = "calendar_file"
    MEETING_CHANGED = "meeting_changed"
    SEAT_OFFER = "seat_offer"
    SEAT_OFFER_LAPSED = "seat_offer_lapsed"
    ROLE_ACCEPTED = "role_accepted"
    ROLE_REVOKED = "role_revoked"
    BROADCAST = "broadcast"
    QUESTION = "question"
    TEAM_REMINDER = "team_reminder"
    TEAM_JOINED = "team_joined"
    TEAM_LEFT = "team_left"
    REMINDER_WEEK = "reminder_week"
    REMINDER_DAY = "reminder_day"
    REMINDER_HOURS = "reminder_hours"
    FEEDBACK_REPEAT = "feedback_repeat"
    FEW_PEOPLE = "few_people"
    MEETING_MORNING = "meeting_morning"
    FEEDBACK_SUMMARY = "feedback_summary"
    DIGEST = "digest"
    DIGEST_LISTS = "digest_lists"  # what a digest consists of, never sent alone
    DIGEST_DEADLINES = "digest_deadlines"
    DIGEST_IDLE = "digest_idle"
    DIGEST_REGION = "digest_region"
    REPORT_SENT = "report_sent"
    REPORT_ACCEPTED = "report_accepted"
    REPORT_RETURNED = "report_returned"
    REPORT_NUDGE = "report_nudge"


class Rhythm(StrEnum):
    """How often a meeting of a series comes again."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Recipients(StrEnum):
    """Whom those who run a meeting write to."""

    SIGNED_UP = "signed_up"
    CAME = "came"
    WAITING = "waiting"


class BroadcastDeed(StrEnum):
    """What whoever runs a meeting may do about a message to many that is on its way."""

    ASK = "ask"  # whether it shall be stopped
    STOP = "stop"
    GO_ON = "go_on"
    AGAIN = "again"  # to those of whom a crash hid whether it reached them
    LEAVE = "leave"  # it at that


class MessageStatus(StrEnum):
    """A due message's life: planned → on_wire → sent, or dropped / failed with a reason."""

    PLANNED = "planned"
    ON_WIRE = "on_wire"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Settled(StrEnum):
    """How something with a deadline was settled outside of what the bot can see."""

    DONE = "done"
    BY_LETTER = "by_letter"
    NOT_NEEDED = "not_needed"  # «нет, потому что…»


class DoneWhen(StrEnum):
    """What shows that something with a deadline is done."""

    MARKED = "marked"  # somebody said so
    ANALYSIS = "analysis"  # somebody said so, or that the document of the analysis is handed in
    PROPOSALS = "proposals"  # the proposals of the year are written
    REPORT = "report"  # the report was sent


class ReportStatus(StrEnum):
    """What became of a version of a municipality's report: sent → returned or accepted."""

    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReportSource(StrEnum):
    """What the consolidated report sums."""

    ACCEPTED = "accepted"  # the versions that were accepted, as they were sent
    DRAFTS = "drafts"  # what the bot counts at this moment, whether it was sent or not


class ExportKind(StrEnum):
    """What staff can take along as a table."""

    MEETINGS = "meetings"
    REGISTRATIONS = "registrations"
    FEEDBACK = "feedback"
    AUDIT = "audit"
    DEADLINES = "deadlines"
