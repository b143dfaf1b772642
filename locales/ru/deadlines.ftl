# Сроки года: /deadlines и напоминания о них.

command-deadlines = Сроки года
home-deadlines = Сроки года
forbidden-deadlines = Это действие для сотрудников: сроки года видят кураторы и координаторы своей территории. Роль даёт координатор: попросите у него приглашение.
forbidden-deadlines-organiser = Сроки года у кураторов и координаторов: они сдают отчёт муниципалитета. От вас для отчёта нужны встречи: подтвердите прошедшие и отметьте, кто пришёл. Откройте «Ваши встречи».

deadline-ahead = через { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
deadline-late = просрочено на { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
deadline-tomorrow = срок завтра
deadline-today = срок сегодня
deadline-nobody = нет ответственного: ни куратора, ни координатора
deadline-settled = { $how ->
    [sent] отправлен координатору
    [by-letter] отправлено письмом
    [not-needed] не нужно
   *[done] сделано
} · { $day }{ $name ->
    [none] { "" }
   *[other] , { $name }
}

deadline-gap-unconfirmed = { $number ->
    [one] { $number } встреча без «Состоялась»
    [few] { $number } встречи без «Состоялась»
    [many] { $number } встреч без «Состоялась»
   *[other] { $number } встречи без «Состоялась»
}
deadline-gap-nobody = { $number ->
    [one] { $number } встреча без отметки пришедших
    [few] { $number } встречи без отметки пришедших
    [many] { $number } встреч без отметки пришедших
   *[other] { $number } встречи без отметки пришедших
}
deadline-gap-groups = { $number ->
    [one] { $number } группа без числа
    [few] { $number } группы без числа
    [many] { $number } групп без числа
   *[other] { $number } группы без числа
}
deadline-gap-feedback = { $number ->
    [one] { $number } встреча, где отзывов больше, чем людей
    [few] { $number } встречи, где отзывов больше, чем людей
    [many] { $number } встреч, где отзывов больше, чем людей
   *[other] { $number } встречи, где отзывов больше, чем людей
}
deadline-gap-duplicates = { $number ->
    [one] { $number } пара похожих встреч
    [few] { $number } пары похожих встреч
    [many] { $number } пар похожих встреч
   *[other] { $number } пары похожих встреч
}
deadline-gap-photos = { $number ->
    [one] { $number } встреча без ссылки на фото
    [few] { $number } встречи без ссылки на фото
    [many] { $number } встреч без ссылки на фото
   *[other] { $number } встречи без ссылки на фото
}
deadline-gap-reports = { $number ->
    [one] { $number } муниципалитет без отчёта
    [few] { $number } муниципалитета без отчёта
    [many] { $number } муниципалитетов без отчёта
   *[other] { $number } муниципалитета без отчёта
}
deadline-gap-no-photos = нет папки с фото
deadline-gap-proposals = нет предложений
deadline-gap-returned = исправленный отчёт (его вернули)

# Часть ежедневного сообщения
deadlines-part = <b>Сроки года</b>
deadlines-part-line = 📅 { $name }, { $year }: { $due }
deadlines-part-missing = Не хватает: { $missing }
deadlines-part-more = И ещё сроков: { $number }
deadlines-because = Нет, потому что…
deadlines-no = Нет: { $name }
deadlines-done = Сделано: { $name }
deadlines-sent = Письмом: { $name }
deadlines-meetings = К прошедшим встречам
deadlines-all = Все сроки
deadlines-weekly = <b>Муниципалитеты и сроки</b>
deadlines-weekly-line = 📅 { $name }, { $year } ({ $due }): сделали { $done }{ $late ->
    [0] { "" }
   *[other] , просрочили { $late }
}{ $open ->
    [0] { "" }
   *[other] , впереди { $open }
}{ $nobody ->
    [0] { "" }
   *[other] , нет ответственного { $nobody }
}

# Отметка
deadline-no-reason = Напишите причину словами, например: «В этом году встреч не было».
deadline-already = { $name ->
    [none] Это уже отмечено.
   *[other] Это уже отмечено ({ $name }).
} Откройте срок ещё раз: там видно, когда и как. Отметку можно вернуть.
deadline-marked = Отмечено
deadline-taken-back = Отметка снята

# /deadlines
deadlines-whose =
    <b>Сроки года</b>
    Чьи сроки показать?
deadlines-territory = { $name }{ $late ->
    [0] { "" }
   *[other] { " " }· просрочено { $late }
}{ $open ->
    [0] { "" }
   *[other] { " " }· впереди { $open }
}
deadlines-list = <b>Сроки года: { $name }</b>
deadlines-row = { $state ->
    [done] ✅
    [late] ⚠️
   *[open] 📅
} { $name }, { $year }: { $due }
deadlines-none = Сейчас сроков нет. Их список задаёт администратор бота: если должно быть иначе, напишите ему.
deadlines-of-region = Все муниципалитеты
deadlines-place = { $name }: { $due }
deadlines-no-places = В этом списке никого. Выберите другой.
deadlines-tab-late = Опоздали: { $number }
deadlines-tab-open = Впереди: { $number }
deadlines-tab-nobody = Без ответственных: { $number }
deadlines-invite-hint = Чтобы пригласить ответственного, нажмите на муниципалитет.
deadlines-tab-done = Сделали: { $number }
deadline-title =
    <b>{ $name }, { $year }</b>
    📍 { $territory }
    { $state ->
        [done] ✅
        [late] ⚠️
       *[open] 📅
    } { $due }
deadline-source = По плану: { $source }
deadline-reason = Почему: { $reason }
deadline-missing =
    { "" }
    Не хватает: { $missing }
deadline-propose = Написать предложения
deadline-make = Сделать отчёт
deadline-invite = Пригласить
deadline-say-done = Сделано
deadline-say-sent = Отправлен письмом
deadline-take-back = Вернуть
deadline-why =
    <b>{ $name }, { $year }</b>
    Почему это не нужно? Напишите одним сообщением, например: «В этом году встреч не было».
