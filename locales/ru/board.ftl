# Доска региона: как муниципалитеты сдают отчёт за год. И сводный отчёт файлом.

board = Муниципалитеты
board-title =
    <b>Муниципалитеты · { $year }</b>
    Как сдают отчёт по Приложению 2
board-due = 📅 { $due }
board-count = { $mark } { $state }: { $number }
board-addenda = 📎 Ждём дополнений к отправленному: { $addenda }
board-addendum = 📎 { $addendum }: { $addendum_due }
board-nobody-existed = В этом году в регионе не было ни одного муниципалитета. Выберите другой год.
board-state-not-started = Не начат
board-state-draft = Черновик
board-state-returned = Возвращён
board-state-sent = Отправлен
board-state-accepted = Принят
board-state-not-needed = Не нужен
board-tab = { $state }: { $number }
board-places =
    <b>{ $state } · { $year }</b>
    { $number ->
        [one] { $number } муниципалитет
        [few] { $number } муниципалитета
        [many] { $number } муниципалитетов
       *[other] { $number } муниципалитета
    }
board-no-places = Здесь никого. Вернитесь и выберите другое состояние.
board-row = { $late ->
    [yes] ⚠️ { "" }
   *[no] { "" }
}{ $name }: { $words }{ $addendum ->
    [awaited] ; ждём дополнение
   *[none] { "" }
}
board-nothing-yet = ни встреч, ни слов для отчёта
board-words = встреч нет, слова для отчёта есть
board-held = { $held ->
    [one] { $held } встреча подтверждена
    [few] { $held } встречи подтверждены
    [many] { $held } встреч подтверждено
   *[other] { $held } встречи подтверждено
}{ $unconfirmed ->
    [0] { "" }
   *[other] , не подтверждено { $unconfirmed }
}
board-version = версия { $number }, { $status ->
    [accepted] принята
    [returned] возвращена
   *[sent] отправлена
} { $day }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
board-place =
    <b>{ $name } · { $year }</b>
    { $mark } { $state }: { $words }
board-comment = Почему возвращён: { $comment }
board-reason = Почему не нужен: { $reason }
board-nudged = Сегодня уже напомнили.
board-nobody-there = Напомнить некому: нет ни куратора, ни координатора, или они остановили бота. Пригласите: /invite.
board-decide = Принять или вернуть
board-open = Открыть отчёт
board-versions = Версии отчёта
board-nudge = Напомнить
board-nudge-all = Напомнить всем, кого ждём
board-nudge-asks = <b>Напомнить об отчёте за { $year } год?</b>
board-nudge-asked = Сообщение получат кураторы и координаторы: { $asked ->
    [one] { $asked } муниципалитет
    [few] { $asked } муниципалитета
    [many] { $asked } муниципалитетов
   *[other] { $asked } муниципалитета
}.
board-nudge-already = Сегодня уже напомнили, второй раз не придёт:
board-nudge-nobody = Нет ни куратора, ни координатора, или они остановили бота:
board-nudge-none = <b>Об отчёте за { $year } год сейчас напоминать некому</b>
board-nudge-all-sent = Все отчёты, которых ждали, уже отправлены или не нужны.
board-nudge-yes = Да, напомнить
board-nudge-done = { $asked ->
    [one] Напомнили: { $asked } муниципалитет
    [few] Напомнили: { $asked } муниципалитета
    [many] Напомнили: { $asked } муниципалитетов
   *[other] Напомнили: { $asked } муниципалитета
}
board-nudge-sent = Напомнили
board-nudged-today = Сегодня этому муниципалитету уже напомнили. Можно напомнить завтра.
board-nobody = Напомнить некому: там нет ни куратора, ни координатора. Пригласите их: /invite.
board-not-awaited = Этот отчёт уже не ждут: он отправлен или не нужен. Откройте муниципалитет ещё раз.

# Напоминание муниципалитету
report-nudge =
    <b>{ $place }: отчёт за { $year } год</b>
    Региональный координатор ждёт его.
report-nudge-due = 📅 { $due }

# Сводный отчёт
region-caption-accepted = По принятым отчётам: { $accepted } из { $places }.
region-caption-drafts = По черновикам: так бот считает сейчас, приняты отчёты или нет. Принято { $accepted } из { $places }.
region-caption-missing = Нет принятого отчёта, листы пустые:
region-from-drafts = Собрать из черновиков
region-file-drafts = Приложение 2 — { $name } — { $year } — из черновиков.xlsx
region-source-accepted = По принятым отчётам: { $accepted } из { $places }
region-source-drafts = По черновикам, посчитано { $day }. Принято отчётов: { $accepted } из { $places }
region-note-missing = Нет принятого отчёта, в сумму не вошли, муниципалитетов: { $number }. Их листы пустые: числа можно вписать, сводный пересчитается. Это:
region-remark-accepted = Версия { $number }, отправлена { $sent }, принята { $decided }
region-remark-draft = Черновик: посчитан { $day }
region-remark-missing = Принятого отчёта нет
status-by-letter = Отправлен письмом
status-in-sum = да
status-not-in-sum = нет
