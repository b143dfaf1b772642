# Сроки года: /deadlines и напоминания о них.

command-deadlines = Сроки года
home-deadlines = Сроки года
forbidden-deadlines = Это действие для сотрудников: сроки года видят кураторы и координаторы своей территории. Роль даёт координатор: попросите у него приглашение.

deadline-ahead = через { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
deadline-late = просрочен на { $days ->
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
deadline-nobody = некому сделать: нет ни куратора, ни координатора
deadline-settled = { $how ->
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
deadline-gap-photos = { $number ->
    [one] { $number } встреча без ссылки на фото
    [few] { $number } встречи без ссылки на фото
    [many] { $number } встреч без ссылки на фото
   *[other] { $number } встречи без ссылки на фото
}
deadline-gap-reports = { $number ->
    [one] нет отчёта { $number } муниципалитета
    [few] нет отчётов { $number } муниципалитетов
    [many] нет отчётов { $number } муниципалитетов
   *[other] нет отчётов { $number } муниципалитета
}
deadline-gap-no-photos = нет папки с фото
deadline-gap-proposals = нет предложений

# Часть ежедневного сообщения
deadlines-part = <b>Сроки года</b>
deadlines-part-line = 📅 { $name }, { $year }: { $due }
deadlines-part-missing = Не хватает: { $missing }
deadlines-part-more = И ещё сроков: { $number }
deadlines-because = Нет, потому что…
deadlines-meetings = К прошедшим встречам
deadlines-all = Все сроки
deadlines-weekly = <b>Муниципалитеты и сроки</b>
deadlines-weekly-line = 📅 { $name }, { $year } ({ $due }): сделали { $done }, просрочили { $late }, впереди { $open }{ $nobody ->
    [0] { "" }
   *[other] , некому { $nobody }
}

# Отметка
deadline-no-reason = Напишите причину словами, например: «В этом году встреч не было».
deadline-already = { $name ->
    [none] Это уже отмечено.
   *[other] Это уже сделано: отметка от { $name }.
} Откройте срок ещё раз: там видно, когда и как. Отметку можно вернуть.
