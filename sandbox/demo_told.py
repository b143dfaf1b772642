"""What the demo's reports are made of: meetings without the bot, who answers, what was sent."""

from dataclasses import dataclass
from datetime import timedelta

from bot.rules import SaidWalkIns
from bot.vocabulary import Audience, Category, Format, ReportStatus

S, P, E = Audience.STUDENTS, Audience.PARENTS, Audience.EMPLOYERS


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting that was held without the bot.

    Attributes:
        years_ago: before the year that reports are written about.
        part: how much of that year (up to today) was over, from 0 to 1.
        people: who came; row 2.11 with its organisation.
    """

    municipality: str
    years_ago: int
    part: float
    title: str
    audience: Audience
    format: Format
    place: str
    people: tuple[SaidWalkIns, ...]
    photo_link: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A version of a municipality's report.

    Attributes:
        ago: how long ago it was sent; the year before's versions were sent at its end.
        decided: how long ago, None where it still waits.
        comment: why it was returned.
    """

    municipality: str
    status: ReportStatus
    ago: timedelta
    decided: timedelta | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for the report of a municipality besides the home one."""

    municipality: str
    name: str
    full_name: str
    phone: str


def _came(
    grade_9: int = 0,
    grade_10: int = 0,
    grade_11: int = 0,
    parents: int = 0,
    heads: int = 0,
    employees: int = 0,
    **organisations: int,
) -> tuple[SaidWalkIns, ...]:
    told = (
        (Category.GRADE_9, grade_9),
        (Category.GRADE_10, grade_10),
        (Category.GRADE_11, grade_11),
        (Category.PARENT, parents),
        (Category.HEAD, heads),
        (Category.EMPLOYEE, employees),
    )
    return (
        *(SaidWalkIns(category, people) for category, people in told if people),
        *(SaidWalkIns(Category.OTHER, people, name) for name, people in organisations.items()),
    )


_PHOTOS = "https://disk.yandex.ru/d/demo-told-"

TOLD = (
    # The home municipality: a school is written in two more ways, and there are years to compare.
    Told("achinsk", 0, 0.35, "День открытых цехов", S, Format.EXCURSION, "Глинозёмный комбинат",
         _came(18, 12, 7, **{"МБОУ СОШ № 3": 3}), _PHOTOS + "1"),
    Told("achinsk", 0, 0.62, "Собрание о выборе предметов", P, Format.DISCUSSION, "Школа № 3",
         _came(parents=34, **{"Школа №3": 4}), _PHOTOS + "2"),
    Told("achinsk", 1, 0.25, "Профессии нашего города", S, Format.NETWORKING, "Школа № 5",
         _came(31, 14, 9, **{"Школа № 5": 4}), _PHOTOS + "3"),
    Told("achinsk", 1, 0.4, "Родителям девятиклассников", P, Format.ROUND_TABLE, "Школа № 3",
         _came(parents=41), _PHOTOS + "4"),
    Told("achinsk", 1, 0.8, "Кадры для комбината", E, Format.SEMINAR, "Центр занятости",
         _came(heads=6, employees=11), _PHOTOS + "5"),
    Told("achinsk", 2, 0.8, "Кем быть в Ачинске", S, Format.DISCUSSION, "Школа № 5",
         _came(27, 10, parents=5)),
    # Accepted this year, and a meeting told since.
    Told("kansk", 1, 0.3, "Лётчики и техники", S, Format.NETWORKING, "Школа № 19",
         _came(24, 16), _PHOTOS + "6"),
    Told("kansk", 0, 0.5, "Профессии железной дороги", S, Format.EXCURSION, "Локомотивное депо",
         _came(19, 15, 6), _PHOTOS + "7"),
    Told("kansk", 0, 0.99, "Канск выбирает", P, Format.DISCUSSION, "Библиотека им. Чехова",
         _came(parents=17)),
    Told("lesosibirsk", 1, 0.7, "Лесная отрасль сегодня", S, Format.EXCURSION, "ЛДК",
         _came(22, 9), _PHOTOS + "8"),
    Told("lesosibirsk", 0, 0.3, "Профессии леса", S, Format.EXCURSION, "ЛДК",
         _came(26, 18, 4, employees=3), _PHOTOS + "9"),
    Told("lesosibirsk", 0, 0.7, "Предприятия ищут молодых", E, Format.ROUND_TABLE,
         "Центр занятости", _came(heads=5, employees=12), _PHOTOS + "9"),
    Told("minusinsk", 1, 0.5, "Театр изнутри", S, Format.WORKSHOP, "Драматический театр",
         _came(15, 11, 3), _PHOTOS + "10"),
    Told("minusinsk", 0, 0.4, "Музейные профессии", S, Format.WORKSHOP, "Музей им. Мартьянова",
         _came(21, 13, 8), _PHOTOS + "11"),
    Told("minusinsk", 0, 0.6, "Семейный совет о профессии", P, Format.DISCUSSION, "Школа № 12",
         _came(parents=28), _PHOTOS + "11"),
    Told("norilsk", 1, 0.6, "Горное дело", S, Format.NETWORKING, "Индустриальный институт",
         _came(33, 21, 12), _PHOTOS + "12"),
    Told("norilsk", 0, 0.45, "Кем работают на Севере", S, Format.NETWORKING, "Дом культуры",
         _came(29, 24, 17)),
)  # fmt: skip

RETURNED = "Нет ни одной ссылки на фото и предложений. Добавьте, пожалуйста, и отправьте ещё раз."
SENT = (
    Sent("kansk", ReportStatus.ACCEPTED, timedelta(days=6), timedelta(days=5)),
    Sent("lesosibirsk", ReportStatus.ACCEPTED, timedelta(days=4), timedelta(days=3)),
    Sent("minusinsk", ReportStatus.RETURNED, timedelta(days=4), timedelta(days=3),
         "Проверьте встречу в театре: она есть в плане, а в отчёте её нет."),
    Sent("minusinsk", ReportStatus.SENT, timedelta(minutes=20)),
    Sent("norilsk", ReportStatus.RETURNED, timedelta(days=2), timedelta(days=1), RETURNED),
)  # fmt: skip

ANSWERS = (
    Answers("kansk", "Ирина", "Лаптева Ирина Олеговна", "+7 39161 7-00-21"),
    Answers("lesosibirsk", "Сергей", "Зимин Сергей Петрович", "+7 39145 7-00-22"),
    Answers("minusinsk", "Вера", "Кузнецова Вера Ильинична", "+7 39132 7-00-23"),
    Answers("norilsk", "Олег", "Савин Олег Юрьевич", "+7 3919 70-00-24"),
)
