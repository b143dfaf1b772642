"""The ready people of the demo: who they are, and what the bot already knows about them."""

from dataclasses import dataclass

from bot.vocabulary import Category, Role


@dataclass(frozen=True, slots=True)
class Member:
    """One ready person.

    Attributes:
        user_id: their account in the local Telegram.
        first_name, last_name: of their messenger's profile.
        title: who they are, as the page's list says.
        about: what to try as this person.
        occupation, category, organisation: what they told the bot.
        role: a staff role, if any, in Ачинск or, for the region's, everywhere.
        full_name, phone: for the signature lines of the report.
    """

    user_id: int
    first_name: str
    last_name: str
    title: str
    about: str
    occupation: str
    category: Category
    organisation: str = ""
    role: Role | None = None
    full_name: str = ""
    phone: str = ""


ADMIN_ID = 110
PUPIL_ID = 101
TEACHER_ID = 105
EMPLOYER_ID = 103
VOLUNTEER_ID = 104
GROUP = "9 «Б», родители"
GROUP_IDS = (TEACHER_ID, 102, 107)
"""Who is in the ready group: the teacher, whose it is, a parent and the curator."""

CAST = (
    Member(
        PUPIL_ID,
        "Алина",
        "",
        "Ученица 9 класса",
        "Записывается на встречи, ставит оценки",
        "pupil",
        Category.GRADE_9,
    ),
    Member(
        102,
        "Елена",
        "Соколова",
        "Мама шестиклассника",
        "Записывает себя и ребёнка",
        "parent",
        Category.PARENT,
    ),
    Member(
        EMPLOYER_ID,
        "Игорь",
        "Власов",
        "Работодатель",
        "Инженер мостоотряда, выступает на встрече",
        "employer",
        Category.EMPLOYEE,
        "Мостоотряд № 7",
    ),
    Member(
        VOLUNTEER_ID,
        "Даша",
        "Ким",
        "Волонтёр «Твои горизонты»",
        "Помогает на встречах, отмечает у входа",
        "volunteer",
        Category.VOLUNTEER,
    ),
    Member(
        TEACHER_ID,
        "Ольга",
        "Петровна",
        "Учитель",
        "Приводит свой класс",
        "teacher",
        Category.OTHER,
        "Школа № 5",
    ),
    Member(
        106,
        "Марина",
        "Гейнц",
        "Организатор, библиотека",
        "Ведёт свои встречи",
        "culture",
        Category.CULTURE,
        role=Role.ORGANISER,
    ),
    Member(
        107,
        "Светлана",
        "Орлова",
        "Куратор Ачинска",
        "Все встречи города, отметка у входа",
        "job-centre",
        Category.JOB_CENTRE,
        role=Role.CURATOR,
        full_name="Орлова Светлана Викторовна",
        phone="+7 39151 7-00-17",
    ),
    Member(
        108,
        "Павел",
        "Никитин",
        "Координатор Ачинска",
        "Отчёт города по Приложению 2",
        "other",
        Category.OTHER,
        "Администрация города Ачинска",
        role=Role.COORDINATOR,
        full_name="Никитин Павел Андреевич",
        phone="+7 39151 7-00-18",
    ),
    Member(
        109,
        "Наталья",
        "Белова",
        "Региональный координатор",
        "Отчёты всех муниципалитетов и сводный",
        "other",
        Category.OTHER,
        "Агентство труда и занятости",
        role=Role.REGIONAL_COORDINATOR,
        full_name="Белова Наталья Сергеевна",
        phone="+7 391 200-00-19",
    ),
    Member(
        ADMIN_ID,
        "Артём",
        "Лисин",
        "Администратор бота",
        "Назначает сотрудников",
        "other",
        Category.OTHER,
        "Центр PROкарьеру",
    ),
)
