# Статистика в картинках: /stats

home-stats = Статистика
command-stats = Статистика в картинках
forbidden-stats = Это действие для сотрудников: статистику видят те, кто ведёт встречи и делает отчёт. Роль даёт координатор: попросите у него приглашение.
stats-choose =
    <b>Статистика в картинках</b>
    Чьи встречи показать?
stats-other-period = Другой период
stats-period =
    <b>{ $name }: за какой период?</b>
    Выберите кнопкой или напишите, например «01.09.{ $year }–31.12.{ $year }» или «3 квартал».
stats-no-such-period = За такой период статистики нет: он начинается с 2018 года и не позже сегодняшнего дня, длится не больше двух лет и кончается не позже этого года. Выберите другой.

stats-year = { $year } год
stats-half = { $number } полугодие { $year }
stats-quarter = { $number } квартал { $year }

# Кнопки картинок
stats-picture-categories = Кто приходил
stats-picture-months = По месяцам
stats-picture-years = Год к году
stats-picture-turnout = Записались и пришли
stats-picture-ratings = Оценки
stats-picture-again = Кто приходит снова
stats-picture-ranking = Муниципалитеты
stats-picture-map = Карта по месяцам

# На картинках
stats-title-categories = Кто приходил на встречи
stats-title-months = Люди и встречи по месяцам
stats-title-years = Год к году: сколько людей пришло
stats-title-turnout = Сколько записавшихся пришло
stats-title-ratings = Оценки встреч
stats-title-again = Кто приходит снова
stats-title-ranking = Сколько людей пришло: муниципалитеты
stats-title-map = Люди по муниципалитетам и месяцам
stats-pupils = Школьники: { $people }
stats-adults = Взрослые: { $people }
stats-people-panel = Люди
stats-meetings-panel = Встречи
stats-line = { $period }: { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
}
stats-by-category = Кто записался
stats-by-ahead = За сколько до встречи
stats-share = { $came } из { $of }
stats-ahead-last-day = меньше чем за сутки
stats-ahead-days = за 1–3 дня
stats-ahead-week = за 4–7 дней
stats-ahead-fortnight = за 8–14 дней
stats-ahead-longer = раньше
stats-distribution = Сколько таких оценок
stats-by-format = Средняя по форматам
stats-formats-together = остальные форматы
stats-rated = { $average } · { $answers ->
    [one] { $answers } ответ
    [few] { $answers } ответа
    [many] { $answers } ответов
   *[other] { $answers } ответа
}
stats-once = один раз
stats-twice = два раза
stats-often = три раза и больше

# Подписи под картинками
stats-head =
    <b>{ $title }</b>
    📍 { $name } · { $period }{ $whose ->
    [own] . Только встречи, которые создали вы
   *[all] {""}
}
stats-meetings = { $number ->
    [one] { $number } встреча
    [few] { $number } встречи
    [many] { $number } встреч
   *[other] { $number } встречи
}
stats-people = { $number ->
    [one] { $number } человек
    [few] { $number } человека
    [many] { $number } человек
   *[other] { $number } человека
}
stats-said-categories = { $meetings }, { $people }: школьники { $pupils }, родители { $parents }, работодатели { $employers }, остальные { $others }.{ $young ->
    [0] {""}
   *[other] {" "}Среди школьников 5–6 классы — { $young }, в форме отчёта для них нет строки.
}
stats-said-months = { $meetings }, { $people }. Больше всего людей: { $month }, { $most }.
stats-said-years = { $state ->
    [over] За весь период — { $people }, годом раньше — { $before }.
   *[running] Пока { $people }. Годом раньше к этому дню — { $by_now }, за весь период — { $before }.
}{ $change ->
    [more] {" "}Стало больше на { $percent } %.
    [less] {" "}Стало меньше на { $percent } %.
   *[same] {""}
}
stats-said-turnout = Из записавшихся пришли: { $came } из { $signed_up }, это { $percent } %. Не пришли: { $absent }. Посчитаны встречи, на которых отмечали пришедших.
stats-few-answers = Отзывов пока { $answers }. Оценки видны от { $fewest } отзывов, чтобы никого нельзя было узнать.
stats-said-ratings = { $answers ->
    [one] { $answers } отзыв
    [few] { $answers } отзыва
    [many] { $answers } отзывов
   *[other] { $answers } отзыва
}, средняя оценка { $average }. Форматы, у которых меньше { $fewest } отзывов, отдельно не показываем, чтобы никого нельзя было узнать.
stats-said-again = Разных людей из записавшихся — { $people }: один раз были { $once }, два раза — { $twice }, три и больше — { $often }.
stats-said-places = { $people }. Муниципалитеты со встречами: { $places }, без встреч: { $without }. Больше всего людей: { $first }, { $most }.{ $more ->
    [0] {""}
   *[other] {" "}Ещё { $more } на картинку не поместились.
}
stats-empty = { $picture ->
    [ratings] Отзывов за этот период нет. Их просят у всех, кто отмечен на встрече. Выберите другой период.
    [turnout] За этот период никто из записавшихся не отмечен. Пришедших отмечает тот, кто ведёт встречу: /manage, «Прошедшие».
    [again] За этот период никто из записавшихся не отмечен. Пришедших отмечает тот, кто ведёт встречу: /manage, «Прошедшие».
   *[other] За этот период смотреть пока не на что. Встреча появится здесь, когда тот, кто её ведёт, подтвердит её и отметит пришедших: /manage, «Прошедшие».
}
