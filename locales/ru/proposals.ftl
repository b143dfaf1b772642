# Предложения по модернизации (строка 4) и заметки о встречах, из которых они складываются.

proposals = Предложения (строка 4)
proposals-title =
    <b>Предложения по модернизации проекта, { $year } год</b>
    { $place }

proposals-here =
    {""}
    <b>Для муниципалитета</b>
proposals-there =
    {""}
    <b>Для региона</b>
proposals-not = Пока ничего не записано.
proposals-for-municipality = Для муниципалитета
proposals-for-region = Для региона
proposals-text-title = <b>Предложения по модернизации проекта, { $year } год</b>
    { $whom ->
        [municipality] { $place }: для муниципалитета
        [region] { $place }: для региона
       *[all] { $place }: сводный отчёт
    }
proposals-empty =
    {""}
    Пока ничего не записано.

    Напишите одним сообщением, например: «Проводить встречи и летом, в лагерях». Если предложений нет, напишите «нет».
proposals-replace = Чтобы заменить, напишите новый текст целиком.
proposals-undo = Вернуть прежний текст
proposals-back = Прежний текст вернули
proposals-draft = Собрать черновик
proposals-nothing = Черновик собрать не из чего: за год мало отзывов, и нет заметок о встречах. Заметку можно записать на экране встречи, «Отзывы».
proposals-nothing-of-places = Черновик собрать не из чего: муниципалитеты ещё не записали предложений для региона.
proposals-draft-title = { $whom ->
    [municipality] <b>Черновик для муниципалитета, { $year } год</b>
    [region] <b>Черновик для региона, { $year } год</b>
   *[all] <b>Черновик для сводного отчёта, { $year } год</b>
}
proposals-draft-lost = Черновик уже записан или устарел. Соберите его ещё раз.
proposals-draft-what = Пока он нигде не записан. Запишите его так или пришлите свой текст: черновик можно взять отдельным сообщением, скопировать и поправить.
proposals-draft-replaces = ⚠️ Он заменит то, что записано сейчас. Прежний текст можно будет вернуть.
proposals-store = Записать как есть
proposals-stored = Записано
proposals-send = Прислать для правки
proposals-draft-formats = По отзывам за { $year } год (ответов: { $answers }) выше всего оценены: { $best }; ниже всего: { $weakest }.
proposals-draft-format = { $format } ({ $average })
proposals-draft-themes = В отзывах повторяется:
proposals-draft-theme = – «{ $word }», отзывов: { $comments }{ $comment ->
    [none] {""}
   *[other] . Например: «{ $comment }»
}
proposals-draft-notes = Заметки о встречах:
proposals-draft-note = – «{ $title }» ({ $day }): { $note }
proposals-draft-place = { $name }: { $text }
report-for-municipality = Для муниципалитета:
report-for-region = Для региона:

note-open = Заметка для отчёта
note-ask =
    <b>Заметка для отчёта · { $title }</b>
    Что стоит изменить или повторить? Напишите, например: «Начинать позже: школы не успевают после уроков».

    Из заметок складывается черновик предложений за год. Участники их не видят.
note-now =
    {""}
    Сейчас:
note-remove = Убрать заметку
