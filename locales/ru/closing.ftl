# Список закрывают, открывают снова; «Посчитать вас?»

closing-title = <b>{ $title }</b>
closing-going-on = ⏳ Встреча ещё идёт, до { $until }. Кто придёт позже, отметите потом: список остаётся открытым.
closing-nobody = Пока никто не отмечен, и в отчёт встреча войдёт без участников. Можно сначала отметить пришедших, можно и потом.
closing-numbers =
    { $turnout }
    { $by_category }
closing-checks =
    { "" }
    <b>Посмотрите, прежде чем закрыть:</b>
closing-groups = • { $groups ->
    [one] { $groups } группа без числа.
    [few] { $groups } группы без числа.
    [many] { $groups } групп без числа.
   *[other] { $groups } группы без числа.
}
closing-said = • { $people ->
    [one] { $people } человек сам сообщил, что был, и ждёт подтверждения.
    [few] { $people } человека сами сообщили, что были, и ждут подтверждения.
    [many] { $people } человек сами сообщили, что были, и ждут подтверждения.
   *[other] { $people } человека сами сообщили, что были, и ждут подтверждения.
}
closing-in-class = • { $category }: { $alone ->
    [one] { $alone } отмечен сам,
    [few] { $alone } отмечены сами,
    [many] { $alone } отмечены сами,
   *[other] { $alone } отмечены сами,
} а с группой{ $named ->
    [yes] { " " }({ $organisation })
   *[no] { "" }
} { $in_class ->
    [one] пришёл ещё { $in_class }
    [few] пришли ещё { $in_class }
    [many] пришли ещё { $in_class }
   *[other] пришли ещё { $in_class }
}. Не посчитаны ли они дважды?
closing-walked-in = • { $category }: без записи { $walk_ins }, а из записанных не отмечены { $unmarked }. Не одни ли это люди?
closing-twice = • Отмечены дважды, сами и с группой: { $names }.
closing-photos = • Нет ссылки на фотографии для отчёта.
closing-question =
    { "" }
    Встреча состоялась? Отметки можно будет поправить и потом.
closing-walk-ins = Без записи: убрать лишних
manage-close-yes = Да, состоялась
manage-closed = Отмечено: состоялась

count-me-title = <b>{ $title }</b> · { $state }
count-me-ask =
    { "" }
    <b>Посчитать вас?</b>
    Те, кто ведёт встречу, входят в отчёт, только если сами так решат.
count-me-counted =
    { "" }
    Вы в числах встречи: { $category }.
count-me-as =
    <b>Кем вас посчитать?</b>
    От этого зависит строка отчёта.
count-me-yes = Да: { $who }
count-me-other = Выбрать категорию
count-me-no = Нет, не считать
count-me-ready = Готово
count-me-undo = Не считать меня
count-me-done = Посчитали вас
count-me-undone = Убрали вас из чисел

manage-reopen = Открыть снова
reopen-ask =
    <b>{ $title }</b>
    Почему список надо открыть снова? Причина останется в журнале.
    Отметки не пропадут, а в отчёте встреча будет неподтверждённой, пока вы снова не нажмёте «Состоялась».

    Выберите или напишите. Например: «Класс посчитали дважды».
reopen-reason-unmarked = Не всех отметили
reopen-reason-numbers = Ошибка в числах
reopen-done = Список снова открыт
refused-reopen = Открыть снова можно встречу, которую отметили как состоявшуюся.
