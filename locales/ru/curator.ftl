# Организатор и куратор: новая встреча, встречи, вход, отзывы.

# Новая встреча
new-so-far =
    { $parts }
    { "" }

new-now = Сейчас:
new-keep = Оставить так
new-skip = Пропустить
new-municipality = <b>Где пройдёт встреча?</b>
new-title =
    <b>Как назвать встречу?</b>
    Например: «Инженеры будущего: кто строит мосты».
new-day =
    <b>В какой день?</b>
    Выберите в календаре или напишите: «14.03 в 15», «завтра 15:00».
new-time =
    <b>Во сколько начало?</b>
    Выберите час и минуты или напишите: «15:30».
new-length =
    <b>Сколько продлится?</b>
    Выберите или напишите: «1 ч 15».
new-audience =
    <b>С кем встреча?</b>
    От этого зависит строка отчёта. Записаться смогут и другие.
new-mode = <b>Как пройдёт встреча?</b>
new-place = { $mode ->
    [by_correspondence]
        <b>Где взять материалы и куда прислать ответ?</b>
        Например: «Материалы на сайте школы № 3, ответы до 1 апреля на почту школы».
   *[other]
        <b>Где собираемся?</b>
        Например: «Центральная библиотека, ул. Ленина, 12».
}
new-link =
    <b>Ссылка на встречу?</b>
    Её увидят те, кто записался. Например: https://telemost.yandex.ru/j/123
new-seats =
    <b>Сколько мест?</b>
    Выберите или напишите: «27 чел».
new-description =
    <b>О чём встреча?</b>
    Два-три предложения для участников. Например: «Инженер и технолог ответят на вопросы о работе и учёбе».
new-format = <b>Какой формат?</b>
new-admits =
    <b>Кто может записаться?</b>
    Нажмите, чтобы поставить или снять отметку.
new-admits-done = Готово
new-admits-all = Отметить всех
new-admits-parents = Родители
new-admits-employers = Работодатели
new-admits-others = Все остальные
length-minutes = { $minutes } мин
length-hours = { $hours } ч
length-both = { $hours } ч { $minutes } мин
seats-no-limit = Без ограничения
new-preview =
    { "" }
    <i>Так встречу увидят участники. Для отчёта: { $audience }, { $format }, { $counts ->
        [yes] входит в форму
       *[no] в форму не входит
    }.</i>
new-publish = Опубликовать
new-keep-draft = Оставить черновиком
new-change = Изменить
new-counts = { $counts ->
    [yes] Не включать в отчёт
   *[no] Включить в отчёт
}
new-fields =
    { "" }
    <i>Для отчёта: { $audience }, { $format }, { $counts ->
        [yes] входит в форму
       *[no] в форму не входит
    }.</i>
    Что изменить?
new-times-fixed = Время уже не поменять: встреча закончилась или кого-то уже отметили.
new-field-title = Название
new-field-when = Когда
new-field-audience = С кем
new-field-mode = Как и где
new-field-seats = Места
new-field-description = Описание
new-field-admits = Кто может записаться
new-field-format = Формат
new-audience-left-out =
    { "" }
    ⚠️ Встреча { $audience }, а записаться они не смогут. Проверьте, кто может записаться.
new-published = Опубликовано, запись открыта
new-stored = Черновик сохранён

# Встречи
manage-list = <b>Ваши встречи</b>
manage-none = { $tab ->
    [upcoming] Впереди встреч нет. Создайте новую или опубликуйте черновик.
    [past] Прошедших встреч пока нет. Они появятся здесь после окончания. Ту, что прошла без бота, добавьте кнопкой ниже.
    [open] Все списки закрыты. Здесь появятся прошедшие встречи, которые ждут «Состоялась».
   *[drafts] Черновиков нет. Новую встречу можно оставить черновиком и опубликовать позже.
}
manage-tab-upcoming = Ближайшие
manage-tab-past = Прошедшие
manage-tab-open = Не закрыты
manage-tab-drafts = Черновики
manage-row-signed-up = { $people ->
    [one] записан { $people }
    [few] записаны { $people }
    [many] записаны { $people }
   *[other] записаны { $people }
}{ $seats ->
    [0] { "" }
   *[other] { " " }из { $seats }
}
manage-row-came = { $people ->
    [one] пришёл { $people }
    [few] пришли { $people }
    [many] пришли { $people }
   *[other] пришли { $people }
}
manage-row-nobody = никто не отмечен
manage-row-unconfirmed = { manage-row-came }, не подтверждена
manage-new = Новая встреча
manage-title = <b>{ $title }</b> · { $state }
manage-state-draft = черновик
manage-state-published = идёт запись
manage-state-running = идёт сейчас
manage-state-unconfirmed = прошла, не подтверждена
manage-state-held = состоялась
manage-state-cancelled = отменена
manage-reason = Причина: { $reason }
manage-reason-again = Чтобы исправить причину, напишите её ещё раз.
manage-signed-up = 👥 Записались: { $people }{ $seats ->
    [0] , мест без ограничения
   *[other] { " " }из { $seats }
}
manage-came = ✅ { $turnout }
manage-rating = ⭐ { $average } · { $answers ->
    [one] { $answers } отзыв
    [few] { $answers } отзыва
    [many] { $answers } отзывов
   *[other] { $answers } отзыва
}
manage-photos-link = 📷 { $link }
manage-publish = Опубликовать
manage-door = Отметить пришедших
manage-close = Состоялась
manage-more = Ещё
manage-share = Поделиться
manage-edit = Изменить
manage-results = Отзывы
manage-photos = Ссылка на фото
manage-cancel = Отменить встречу
manage-throw-away = Удалить черновик
manage-to-list = ‹ К списку
manage-invitation = Записаться: { $link }
manage-shared = Приглашение готово, перешлите его
manage-answered = На этот вопрос уже ответили
manage-reason-ask =
    <b>{ $title }</b>
    Почему встречи не будет или не было? Причину увидят все, кто записался. Вернуть отменённую встречу нельзя.
    Например: «Заболел ведущий, новую дату сообщим».
manage-cancel-ask = { $draft ->
    [yes] Удалить черновик «{ $title }»?
   *[no] { "" }
    { $signed_up ->
        [0] Записей нет, сообщать некому. Отменить встречу?
        [one] Сообщим { $signed_up } участнику. Отменить встречу?
        [few] Сообщим { $signed_up } участникам. Отменить встречу?
        [many] Сообщим { $signed_up } участникам. Отменить встречу?
       *[other] Сообщим { $signed_up } участникам. Отменить встречу?
    }
}
manage-cancel-yes = { $draft ->
    [yes] Да, удалить
   *[no] Да, отменить
}
manage-cancelled = Встреча отменена, участникам сообщим
manage-thrown-away = Черновик удалён
manage-photos-ask =
    <b>{ $title }</b>
    Пришлите ссылку на фотографии в облаке: она войдёт в отчёт.
    Например: https://disk.yandex.ru/d/abc
manage-photos-now = Сейчас: { $photo_link }
manage-photos-remove = Убрать ссылку

# Отзывы
results-title = <b>Отзывы · { $title }</b>
results-none = Отзывов пока нет. Вопрос придёт каждому, кого отметили, через два часа после встречи.
results-numbers =
    ⭐ <b>{ $average }</b> · { $answers ->
        [one] { $answers } отзыв
        [few] { $answers } отзыва
        [many] { $answers } отзывов
       *[other] { $answers } отзыва
    }
    { $bars }
results-useful =
    { "" }
    <b>Что было полезно</b>
    { $useful }
results-waiting =
    { "" }
    { $waiting ->
        [one] Ещё { $waiting } отзыв ждёт
        [few] Ещё { $waiting } отзыва ждут
        [many] Ещё { $waiting } отзывов ждут
       *[other] Ещё { $waiting } отзыва ждут
    }: приход этих людей не отмечен.
results-comments = Комментарии: { $comments }
results-comments-title =
    <b>Комментарии · { $title }</b>
    { "" }

results-comment = { $rating } ⭐ · { $category }
results-unnamed = без имени

# Вход
door-numbers =
    <b>{ $title }</b>
    { $turnout }
numbers-came = { $beside ->
    [0] Пришли { $came } из { $signed_up }
   *[other] Пришли { $came }: по записи { $registered } из { $signed_up }{ $walk_ins ->
        [0] { "" }
       *[other] , без записи { $walk_ins }
    }{ $team ->
        [0] { "" }
       *[other] , в команде { $team }
    }
}
door-empty =
    { "" }
    На встречу никто не записан. Тех, кто пришёл, добавьте кнопкой «+1 без записи».
door-found =
    { "" }
    { $found ->
        [0] По «{ $query }» никого нет. Попробуйте другие буквы или код, либо «+1 без записи».
        [one] Нашлась { $found } запись
        [few] Нашлись { $found } записи
        [many] Нашлось { $found } записей
       *[other] Нашлось { $found } записи
    }
door-hint =
    { "" }
    Нажмите на имя, чтобы отметить. Найти: напишите буквы имени или код, например «А7».
door-spoken-for =
    { "" }
    { $spoken_for ->
        [one] Не отмечен { $spoken_for } ребёнок тех, кто сообщил о приходе. Если он был, нажмите на его строку.
        [few] Не отмечены { $spoken_for } ребёнка тех, кто сообщил о приходе. Если они были, нажмите на их строки.
        [many] Не отмечены { $spoken_for } детей тех, кто сообщил о приходе. Если они были, нажмите на их строки.
       *[other] Не отмечены { $spoken_for } ребёнка тех, кто сообщил о приходе. Если они были, нажмите на их строки.
    }
door-erased = (имя удалено)
door-says-came = ждёт подтверждения
door-marked = ✅ { $name }
door-unmarked = Отметка снята: { $name }
door-confirm = Подтвердить, что были: { $unconfirmed }
door-confirm-ask = { $unconfirmed ->
    [0] Подтверждать больше некого: все уже отмечены.
   *[other] <b>Сами сообщили, что были. Отметить всех?</b>
}
door-confirm-more = и ещё { $more }
door-confirm-yes = Да, отметить
door-confirmed = { $people ->
    [0] Все уже отмечены
    [one] Отмечен { $people } человек
    [few] Отмечены { $people } человека
    [many] Отмечены { $people } человек
   *[other] Отмечены { $people } человека
}
door-everybody = Показать всех
door-walk-in = +1 без записи
door-walk-in-more = Другие…
door-walk-in-last =
    { "" }
    Последний без записи: { $last }
door-added = +1: { $who }
door-undo = Убрать последнего
door-taken-back = Последний убран
door-organisation =
    <b>Из какой организации?</b>
    Она войдёт в отчёт. Например: «Школа № 3» или «газета „Причулымье“».

# Группы у входа
door-groups-uncounted =
    { "" }
    Группы: { $groups } без числа. Нажмите на строку группы и укажите, сколько пришло.
door-group =
    <b>{ $organisation } · { $category }</b>
    { $state ->
        [counted] Пришли: { $came } из { $seats }
       *[open] Записаны { $seats }. Сколько пришло?
    }

    Нажмите или напишите число, например «23».
door-group-came = { $came } из { $seats }
door-group-less = −1
door-group-more = +1
door-group-all = Все пришли
door-group-nobody = Никто
door-group-counted = { $people ->
    [0] Отмечено: никто не пришёл
    [one] Отмечен { $people } человек
    [few] Отмечены { $people } человека
    [many] Отмечены { $people } человек
   *[other] Отмечены { $people } человека
}

# Лист ожидания
manage-waiting = Лист ожидания: { $listed }
waiting-room =
    <b>Лист ожидания · { $title }</b>
    { $waiting_people ->
        [one] Ждёт { $waiting_people } человек
        [few] Ждут { $waiting_people } человека
        [many] Ждут { $waiting_people } человек
       *[other] Ждут { $waiting_people } человека
    } · предложено { $offered }{ $left ->
        [-1] { "" }
       *[other] { " " }· свободно мест { $left }
    }
waiting-room-empty =
    { "" }
    Лист ожидания пуст. Он появится, когда мест не хватит и кто-то решит подождать.
waiting-room-how =
    { "" }
    { $automatic ->
        [yes] Освободившиеся места бот предлагает сам, по очереди. Нажмите на запись, чтобы предложить вне очереди.
       *[no] Места предлагаете вы: нажмите на запись. Пока вы не решили, новые участники их не займут.
    }
waiting-room-waits = { $place }. { $name }{ $people ->
    [1] { "" }
   *[other] { " " }· группа, { $people }
}
waiting-room-offered = ⏳ { $name }{ $people ->
    [1] { "" }
   *[other] { " " }· группа, { $people }
} · до { $until }
waiting-room-automatic = Предлагать автоматически
waiting-room-by-hand = Предлагать вручную
waiting-offered = Место предложено, сообщение отправим
waiting-offered-already = Место уже предложено, ждём ответа до { $until }
waiting-offer-ask =
    <b>Предложить место вне очереди?</b>
    { $name } · { $who }
    Место в очереди: { $place }. Те, кто впереди, подождут ещё.
waiting-offer-yes = Да, предложить

# Повторить встречу
manage-repeat = Повторить
repeat-ask =
    <b>Повторить «{ $title }»</b>
    Всё останется как есть, поменяется только день. Один раз или серией?
repeat-once = Один раз
rhythm-weekly = каждую неделю
rhythm-fortnightly = каждые две недели
rhythm-monthly = каждый месяц
repeat-times =
    <b>Повторять { $rhythm }: сколько раз?</b>
    Выберите от 2 до 12 или напишите последний день, например «до 30 мая».
    Каждый месяц — это тот же день недели по счёту, например каждая вторая суббота.
repeat-days =
    <b>«{ $title }» · { $rhythm }, { $time }</b>
    { $days }

    { $meetings ->
        [0] Дней пока нет: вернитесь и выберите, сколько раз повторить.
        [one] Появится { $meetings } встреча. Праздники не проверяем: посмотрите на дни.
        [few] Появятся { $meetings } встречи. Праздники не проверяем: посмотрите на дни.
        [many] Появятся { $meetings } встреч. Праздники не проверяем: посмотрите на дни.
       *[other] Появятся { $meetings } встречи. Праздники не проверяем: посмотрите на дни.
    }
repeat-publish = Опубликовать все
repeat-keep-drafts = Оставить черновиками
repeat-published = Опубликовано встреч: { $meetings }
repeat-stored = Черновиков сохранено: { $meetings }
reach-ask =
    <b>«{ $title }» повторяется</b>
    { $what ->
        [times] Где поменять время? Дни останутся прежними.
       *[other] Где поменять?
    }
reach-this = Только эту
reach-following = Эту и следующие: { $following }
manage-cancel-series = Встреча повторяется. Какие отменить?
input-repeats = Повторить можно от 2 до 12 раз. Напишите число, например «4», или последний день, например «до 30 мая».
input-repeats-many = За раз получится не больше 12 встреч. Выберите день раньше.
input-repeats-none = До этого дня встреча ни разу не повторится. Выберите день позже.

# Сообщение участникам
manage-write = Написать участникам
message-to =
    <b>Кому написать?</b>
    Встреча «{ $title }»
message-to-nobody = Писать пока некому: никто не записан. Когда появятся записи, вернитесь сюда.
recipients-signed-up = Тем, кто записан: { $people }
recipients-came = Тем, кто пришёл: { $people }
recipients-waiting = Тем, кто ждёт места: { $people }
message-last = Прошлое сообщение
message-ask =
    <b>{ $to_whom }. Что им написать?</b>
    До 1 000 знаков. Например: «Вход со двора, возьмите сменную обувь».
message-preview =
    { "" }
    <i>Так сообщение увидят люди. { $to_whom }.</i>
message-send = Отправить { $people ->
    [one] { $people } человеку
    [few] { $people } людям
    [many] { $people } людям
   *[other] { $people } людям
}

# Когда не получается
refused-write = Это черновик: участников у него ещё нет. Сначала опубликуйте встречу.
refused-nobody-to-write-to = Писать уже некому: этих людей в списке больше нет.
input-when = Не получилось понять день. Напишите, например, «14.03 в 15» или «завтра 15:00».
input-time = Не получилось понять время. Напишите, например, «15:30».
input-no-such-day = Такого дня в календаре нет. Проверьте число и месяц.
input-length = Встреча длится от 15 минут до 12 часов. Напишите, например, «1 ч 30» или «90 мин».
input-seats = Мест бывает от 1 до 10 000. Напишите число, например «27».
input-link = Нужна ссылка, например https://telemost.yandex.ru/j/123
input-photos = Нужна ссылка на папку в облаке, например https://disk.yandex.ru/d/abc
input-past = Это время уже прошло. Выберите другое.
input-place-not-yet = В этот день муниципалитета «{ $name }» ещё нет. Выберите день позже.
input-place-gone = В этот день муниципалитета «{ $name }» уже нет. Выберите день раньше.
input-place-merged = В этот день муниципалитета «{ $name }» уже нет: он вошёл в «{ $successor }». Выберите день раньше или создайте встречу там.
refused-admits-nobody = Записаться должен хотя бы кто-то: сначала отметьте других.
refused-publish = Опубликовать можно черновик встречи, которая ещё не началась. Поменяйте время: «Изменить».
refused-edit = Эту встречу уже не изменить: она состоялась или отменена.
refused-move = Время уже не поменять: встреча закончилась или кого-то уже отметили. Остальное изменить можно.
refused-photos = Ссылку на фото можно добавить, когда встреча началась.
refused-share = Поделиться можно опубликованной встречей, которая ещё не закончилась.
refused-results = Отзывы появятся, когда встреча начнётся.
refused-door = Отмечать можно за 3 часа до начала и позже, пока встреча не отменена.
refused-close = «Состоялась» можно нажать после начала опубликованной встречи.
refused-cancel = Отменить нельзя: встреча уже состоялась.
refused-seats-taken = Уже { $taken ->
    [one] записан { $taken } человек
    [few] записаны { $taken } человека
    [many] записаны { $taken } человек
   *[other] записаны { $taken } человека
}, а мест стало бы { $seats }. Укажите не меньше.
refused-registration-cancelled = Эту запись отменили. Если человек пришёл, добавьте его кнопкой «+1 без записи».
refused-came = В этой группе можно отметить от 0 до { $most }. Остальных добавьте кнопкой «+1 без записи».
