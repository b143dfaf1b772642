# Напоминания тем, кто ведёт встречи.

few-people =
    <b>{ $title }</b>
    📅 { $when }
    👥 { $seats ->
        [0] Пока никто не записался
       *[other] Записались: { $people } из { $seats }
    }

    Поделитесь ссылкой или распечатайте афишу.
nudge-open = Открыть встречу
meeting-morning =
    <b>{ $title }</b>
    📅 { $when }
    👥 Записались: { $people }{ $seats ->
        [0] { "" }
       *[other] { " " }из { $seats }
    }{ $confirmed ->
        [0] { "" }
       *[other] , подтвердили { $confirmed }
    }
morning-groups = 🏫 Группы: { $groups }{ $more ->
    [0] { "" }
   *[other] { " " }и ещё { $more }
}
morning-team = 🤝 Команда: { $team }{ $more ->
    [0] { "" }
   *[other] { " " }и ещё { $more }
}
feedback-summary-read = Читать отзывы
digest-lists = <b>{ $number ->
    [one] Не закрыт список { $number } встречи
    [few] Не закрыты списки { $number } встреч
    [many] Не закрыты списки { $number } встреч
   *[other] Не закрыты списки { $number } встречи
}</b>
    Откройте встречу и ответьте, состоялась ли она: без этого её не будет в отчёте.
digest-lists-all = Открытые списки: { $number }
digest-idle = <b>{ $places }: ничего не запланировано</b>
    За последний месяц новых встреч не создали, и впереди ни одной.

# Какие сообщения бот отправляет сам
switches = Сообщения бота
switches-meeting =
    <b>Сообщения бота · { $title }</b>
    Отмеченные бот отправит сам. Нажмите, чтобы выключить или включить.
switches-region =
    <b>Сообщения бота в регионе</b>
    Отмеченные бот отправляет сам. У отдельной встречи их можно включить и выключить иначе: «Ещё», «Сообщения бота».
switch-reminder-week = Напомнить за неделю
switch-reminder-day = Напомнить накануне
switch-reminder-hours = Напомнить перед началом
switch-feedback-question = Спросить отзыв
switch-feedback-repeat = Спросить отзыв ещё раз
switch-meeting-changed = Сообщить о переносе
switch-meeting-cancelled = Сообщить об отмене
switch-few-people = Куратору: мало записей
switch-meeting-morning = Куратору: утро встречи
switch-held-question = Куратору: «Состоялась?»
switch-feedback-summary = Куратору: итог отзывов
switch-digest-lists = Сотрудникам: списки
switch-digest-deadlines = Сотрудникам: сроки года
switch-digest-idle = Куратору: нет встреч
switch-digest-region = Координатору: итог недели
switch-team-reminder = Команде: напоминание
