"""The meetings of the demo as data: a year behind, some weeks ahead, in local time."""

from dataclasses import dataclass

from bot.vocabulary import Audience, Category, Format, Mode

_SCHOOL = (Category.GRADE_9, Category.GRADE_10, Category.GRADE_11)
_FAMILY = (*_SCHOOL, Category.PARENT)


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting: how many days from today, when, where, for whom, and how it went.

    Attributes:
        day: days from today; negative is past.
        hour: of its start; None: it is under way.
        signed_up: how many strangers signed up (the cast aside), the last of them waiting.
        waiting: how many of them are on the waiting list.
        group: the class that the teacher of the cast brings, by grade.
        speaker: what the employer of the cast speaks about, if he does.
        helped: whether the volunteer of the cast helps.
        came: how many of them came.
        walk_ins: how many came without signing up, as parents.
        confirmed: whether the curator said «Состоялась» and closed the list.
        note: what the curator keeps for the year's proposals.
    """

    municipality: str
    day: int
    hour: int | None
    title: str
    description: str
    audience: Audience
    format: Format
    place: str
    seats: int | None
    signed_up: int
    came: int = 0
    walk_ins: int = 0
    waiting: int = 0
    group: tuple[tuple[Category, int], ...] = ()
    speaker: str = ""
    helped: bool = False
    admits: tuple[Category, ...] = ()
    mode: Mode = Mode.IN_PERSON
    confirmed: bool = True
    counts_in_form: bool = True
    by_organiser: bool = False
    with_cast: bool = False
    cancelled: str = ""
    photo_link: str = ""
    note: str = ""


LIBRARY = "Центральная библиотека, ул. Ленина, 12"
SCHOOL = "Школа № 5, актовый зал"
JOB_CENTRE = "Центр занятости, ул. Свердлова, 8"
PHOTOS = "https://disk.yandex.ru/d/demo-"

MEETINGS = (
    Plan("achinsk", -250, 15, "Кто лечит город", "Врачи и медсёстры о работе и учёбе.",
         Audience.STUDENTS, Format.DISCUSSION, SCHOOL, 40, 26, 21, 2,
         photo_link=PHOTOS + "1"),
    Plan("achinsk", -190, 18, "Родители и выбор: без давления",
         "Разговор с психологом и кадровиками.",
         Audience.PARENTS, Format.ROUND_TABLE, LIBRARY, 30, 18, 15, 4,
         photo_link=PHOTOS + "2"),
    Plan("achinsk", -160, 11, "Кадры для комбината",
         "Предприятия рассказывают, кого ждут через пять лет.",
         Audience.EMPLOYERS, Format.SEMINAR, JOB_CENTRE, 25, 14, 12),
    Plan("achinsk", -60, 15, "День с электриком", "Экскурсия на подстанцию, каски выдают.",
         Audience.STUDENTS, Format.EXCURSION, "Подстанция «Западная»", 20, 20, 18,
         admits=_SCHOOL, photo_link=PHOTOS + "3", with_cast=True,
         note="Спрашивали про целевое обучение: позвать техникум"),
    Plan("achinsk", -40, 12, "Методический семинар кураторов", "Обмен опытом, вне отчёта.",
         Audience.EMPLOYERS, Format.SEMINAR, JOB_CENTRE, 15, 9, 9, counts_in_form=False),
    Plan("achinsk", -18, 15, "Профессии библиотеки", "Библиотекарь, архивист, реставратор.",
         Audience.STUDENTS, Format.NETWORKING, LIBRARY, 30, 17, 14, 1, by_organiser=True),
    Plan("achinsk", -9, 17, "Айти в маленьком городе", "Разработчики о работе из дома.",
         Audience.STUDENTS, Format.MASTERMIND, LIBRARY, 30, 12, 0, confirmed=True),
    Plan("achinsk", -1, 15, "Энергия Сибири", "Энергетики отвечают на вопросы.",
         Audience.STUDENTS, Format.NETWORKING, SCHOOL, 40, 16, 11, confirmed=False,
         with_cast=True),
    Plan("achinsk", 0, None, "Профессии нашего завода",
         "Мастера цехов показывают, что делают, и отвечают на вопросы.",
         Audience.STUDENTS, Format.NETWORKING, "Дворец культуры, малый зал", 60, 21, 8,
         confirmed=False, group=((Category.GRADE_9, 20), (Category.GRADE_10, 5)),
         helped=True),
    Plan("achinsk", 2, 15, "Инженеры будущего: кто строит мосты",
         "Инженер и технолог мостоотряда ответят на вопросы о работе и учёбе.",
         Audience.STUDENTS, Format.NETWORKING, LIBRARY, 40, 8, admits=_FAMILY, by_organiser=True,
         group=((Category.GRADE_9, 18),), speaker="Как строят мосты зимой"),
    Plan("achinsk", 5, 18, "Мой ребёнок выбирает профессию", "Как поддержать и не мешать.",
         Audience.PARENTS, Format.DISCUSSION, SCHOOL, 30, 8),
    Plan("achinsk", 7, 14, "Экскурсия в пожарную часть",
         "Группа небольшая, места кончаются быстро.",
         Audience.STUDENTS, Format.EXCURSION, "Пожарная часть № 15", 12, 15, waiting=3,
         admits=_SCHOOL),
    Plan("achinsk", 12, 16, "Поступить и не пожалеть", "Приёмная комиссия отвечает онлайн.",
         Audience.STUDENTS, Format.SEMINAR, "", None, 5, mode=Mode.ONLINE),
    Plan("achinsk", 20, 15, "Профессии на колёсах", "Водители, логисты, диспетчеры.",
         Audience.STUDENTS, Format.WORKSHOP, "Автовокзал, зал ожидания", 25, 3,
         cancelled="Автовокзал закрыт на ремонт"),
    Plan("achinsky-district", 9, 13, "Агроном, ветеринар, механик", "Профессии села без скуки.",
         Audience.STUDENTS, Format.NETWORKING, "Дом культуры, п. Горный", 35, 11),
    Plan("achinsky-district", -75, 13, "Село зовёт", "Хозяйства района о работе.",
         Audience.STUDENTS, Format.DISCUSSION, "Дом культуры, п. Горный", 35, 19, 17,
         photo_link=PHOTOS + "4"),
    Plan("krasnoyarsk", -30, 15, "Космос рядом", "Инженеры спутников о своём пути.",
         Audience.STUDENTS, Format.NETWORKING, "Молодёжный центр «Форум»", 60, 48, 41, 3,
         photo_link=PHOTOS + "5"),
    Plan("krasnoyarsk", 4, 16, "Медиа и реклама", "Журналисты и дизайнеры о профессии.",
         Audience.STUDENTS, Format.DISCUSSION, "Молодёжный центр «Форум»", 50, 22),
    Plan("kansk", -120, 14, "Работа в лётном городе", "Авиатехники и диспетчеры.",
         Audience.STUDENTS, Format.ROUND_TABLE, "Библиотека им. Чехова", 30, 21, 19),
    Plan("kansk", 15, 14, "Кто нужен Канску", "Работодатели города знакомятся со школьниками.",
         Audience.EMPLOYERS, Format.NETWORKING, "Центр занятости Канска", 40, 7),
    # What stands in the way of the year's report: written down twice, a class without its number.
    Plan("achinsk", -33, 15, "Ярмарка профессий", "Двенадцать предприятий в одном зале.",
         Audience.STUDENTS, Format.NETWORKING, SCHOOL, 60, 30, 26, photo_link=PHOTOS + "6",
         note="Столов не хватило: в следующий раз взять спортзал"),
    Plan("achinsk", -33, 16, "Ярмарка профессий", "Двенадцать предприятий в одном зале.",
         Audience.STUDENTS, Format.NETWORKING, SCHOOL, 60, 7, 6, photo_link=PHOTOS + "6"),
    Plan("achinsk", -26, 14, "Медицина: с чего начать", "Студенты колледжа о первых годах.",
         Audience.STUDENTS, Format.DISCUSSION, LIBRARY, 50, 10, 9, photo_link=PHOTOS + "7",
         group=((Category.GRADE_8, 22),)),
)  # fmt: skip
