# Отчёт муниципалитета на пути к координатору края: отправлен, принят, возвращён.

report-versions = Отправка и версии
forbidden-report-decide = Принимает и возвращает отчёты региональный координатор. Если нужно изменить решение, напишите ему.
report-sent-meanwhile = Тем временем отправили версию { $number }{ $name ->
    [none] { "" }
   *[other] {" "}({ $name })
}. Посмотрите её и решите заново.
report-decided-meanwhile = Тем временем версию { $number } { $status ->
    [accepted] приняли
   *[returned] вернули с замечанием
}{ $name ->
    [none] { "" }
   *[other] {" "}({ $name })
}. Посмотрите, что написано, и решите заново.
input-scan-large = Файл больше 10 МБ. Пришлите фотографию вместо файла или PDF поменьше.
input-scan-strange = Это не похоже на скан. Пришлите фотографию подписанного листа или файл PDF.

version-title = <b>Отчёт за { $year } год · { $name }</b>
version-none = Координатору края отчёт ещё не отправляли.
version-nobody =
    { "" }
    ⚠️ Координатора края в боте пока нет: принять отчёт некому. Отправьте «Файл xlsx» письмом или попросите администратора бота пригласить координатора: тот увидит отчёт здесь.
version-state = { $state ->
    [accepted] ✅ Версия { $number } принята
    [returned] ↩️ Версию { $number } вернули с замечанием
    [replaced] 🗄 Версию { $number } заменила следующая
    [awaiting] 📤 Версия { $number } отправлена и ждёт координатора
    [yours] 📤 Версия { $number } ждёт вашего решения
   *[sent] 📤 Версия { $number } у координатора
}
version-sent = Отправлено: { $when }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
version-decided = { $state ->
    [accepted] Принято
   *[returned] Возвращено
}: { $when }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
version-comment = 💬 Замечание:
version-has-scan = 📎 Подписанный скан приложен

version-changed = <b>С тех пор изменилось:</b>
version-changed-before = <b>Отличия от версии { $number }:</b>
version-unchanged = С тех пор ничего не изменилось.
version-unchanged-before = От прошлой версии не отличается.
version-row = { $row } { $name }: { $before } → { $now }
version-more-rows = и ещё строк: { $number }
version-words-organisations = 2.11. список организаций
version-words-photos = 3. ссылки на фото
version-words-proposals = 4. предложения

version-send = Отправить координатору
version-send-again = Отправить новую версию
version-accept = Принять
version-return = Вернуть
version-get-file = Файл xlsx
version-get-scan = Скан
version-attach = Приложить скан
version-history = Все версии
version-history-title =
    <b>Отчёт за { $year } год · { $name }</b>
    Какую версию показать?
version-in-list = { $number } · { $day } · { $state ->
    [accepted] принята
    [returned] возвращена
    [replaced] заменена
    [awaiting] ждёт координатора
    [yours] ждёт вашего решения
   *[sent] у координатора
}

version-send-ask =
    <b>Отправить отчёт за { $year } год · { $name }?</b>
    Встреч { $meetings }, участников { $people }
version-send-lacking = ⚠️ До отправки стоит исправить: { $lacking }
version-send-then =
    { "" }
    Отправленная версия больше не меняется. После правок можно отправить следующую.
version-send-yes = Отправить
version-is-sent = Отправлено: версия { $number }
version-accept-ask =
    { "" }
    Принять эту версию? Муниципалитет получит сообщение.
version-is-accepted = Принято
version-comment-ask =
    { "" }
    Что нужно исправить? Напишите, например: «В строке 3 нет ссылки на фото». Муниципалитет получит Ваши слова.
version-comment-again =
    { "" }
    Чтобы изменить, напишите замечание заново целиком.
version-return-yes = Вернуть с замечанием
version-is-returned = Возвращено
version-scan-ask =
    <b>Скан версии { $number } · { $name }, { $year }</b>
    Пришлите фотографию подписанного листа или файл PDF до 10 МБ.
version-scan-again = Новый скан заменит тот, что приложен.
version-file = Приложение 2 — { $name } — { $year } — версия { $number }.xlsx
version-scan-file = Скан — { $name } — { $year } — версия { $number }

# Сообщения
report-sent =
    <b>{ $name }: отчёт за { $year } год, версия { $number }</b>
    Отправлено{ $by ->
        [none] { "" }
       *[other] : { $by }
    }
    Встреч { $meetings }, участников { $people }
report-accepted =
    ✅ <b>Отчёт за { $year } год принят · { $name }</b>
    Версия { $number }{ $by ->
        [none] { "" }
       *[other] , координатор: { $by }
    }
report-returned =
    ↩️ <b>Отчёт за { $year } год вернули · { $name }</b>
    Версия { $number }{ $by ->
        [none] { "" }
       *[other] , координатор: { $by }
    }
report-returned-then = Внесите правки и отправьте отчёт снова.
version-open = Открыть отчёт
