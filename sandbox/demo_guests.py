"""Who comes to the demo's meetings besides the ready people, and what they say afterwards."""

import random
from datetime import datetime

from bot import rules
from bot.models import Feedback, Meeting, Municipality, Person, Registration
from bot.vocabulary import Audience, Category, Messenger
from sandbox.demo_meetings import Plan

NAMES = (
    "Аня", "Вика", "Глеб", "Дима", "Женя", "Захар", "Ира", "Кирилл", "Лена", "Максим",
    "Настя", "Олег", "Полина", "Рома", "Соня", "Тимур", "Ульяна", "Фёдор", "Юля", "Яна",
)  # fmt: skip
ORGANISATIONS = ("Школа № 3", "Администрация города", "Совет ветеранов")
_COMMENTS = (
    "Понравились живые примеры",
    "Хотелось больше времени на вопросы",
    "Теперь знаю, куда поступать",
    "Приду ещё с друзьями",
    "Было душно, откройте окна",
)
# Who signs up, in this order and then from the beginning: no row of Appendix 2 stays empty.
_GUESTS = {
    Audience.STUDENTS: (
        *(Category.GRADE_9, Category.GRADE_10, Category.GRADE_11, Category.GRADE_8),
        *(Category.GRADE_9, Category.GRADE_7, Category.PARENT, Category.GRADE_10),
        *(Category.VOLUNTEER, Category.GRADE_9, Category.GRADE_11, Category.EXTRA_EDUCATION),
        *(Category.GRADE_8, Category.EMPLOYEE, Category.GRADE_6, Category.GRADE_9),
        *(Category.PARENT, Category.GRADE_10, Category.OTHER, Category.GRADE_7),
    ),
    Audience.PARENTS: (
        *(Category.PARENT, Category.PARENT, Category.GRADE_9, Category.PARENT),
        *(Category.SOCIAL, Category.PARENT, Category.PARENT, Category.YOUTH_CENTRE),
        *(Category.PARENT, Category.OTHER, Category.PARENT, Category.JOB_CENTRE),
    ),
    Audience.EMPLOYERS: (
        *(Category.HEAD, Category.EMPLOYEE, Category.UNIVERSITY, Category.JOB_CENTRE),
        *(Category.EMPLOYEE, Category.YOUTH_CENTRE, Category.HEAD, Category.EXTRA_EDUCATION),
        *(Category.CULTURE, Category.SOCIAL, Category.OTHER, Category.VOLUNTEER),
        *(Category.EMPLOYEE, Category.UNIVERSITY),
    ),
}


def guests_of(plan: Plan) -> list[Category]:
    """Return as what the strangers of a meeting sign up, each as one that it is open to."""
    among = [
        category
        for category in _GUESTS[plan.audience]
        if not plan.admits or category in plan.admits
    ]
    return [among[index % len(among)] for index in range(plan.signed_up)]


def occupation_of(category: Category) -> str:
    """Return the code of an occupation that leads to this category."""
    if category.is_pupil:
        return "pupil"
    if category in {Category.HEAD, Category.EMPLOYEE}:
        return "employer"
    return category.value.replace("_", "-")


def new_person(
    now: datetime,
    account_id: int,
    name: str,
    category: Category,
    place: Municipality,
    **fields: str | datetime | None,
) -> Person:
    """Return somebody who has told the bot who they are, not yet stored.

    Args:
        now: when they did.
        account_id: in the local Telegram.
        name, category, place: what they told.
        fields: whatever else is known about them.
    """
    return Person(
        messenger=Messenger.TELEGRAM,
        account_id=account_id,
        name=name,
        category=category,
        grade=category.grade,
        grade_asked_on=now.date() if category.is_pupil else None,
        municipality_id=place.id,
        profile_done_at=now,
        consent_version=rules.CONSENT_VERSION,
        consented_at=now,
        created_at=now,
        **({"occupation": occupation_of(category)} | fields),
    )


def answer_of(
    dice: random.Random, meeting: Meeting, registration: Registration, category: Category
) -> Feedback:
    """Return what somebody says about a meeting: a rating, now and then a few words."""
    commented = dice.random() < 0.3
    return Feedback(
        meeting_id=meeting.id,
        registration_id=registration.id,
        category=category,
        rating=dice.choices((3, 4, 5), (1, 3, 6))[0],
        useful=[choice for choice in rules.useful_choices(category) if dice.random() < 0.4],
        comment=dice.choice(_COMMENTS) if commented else "",
        finished_at=meeting.ends_at,
        created_at=meeting.ends_at,
    )
