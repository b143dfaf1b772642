# Напоминания, ответы на них и свой выбор.

reminder-week =
    ⏰ <b>{ $days ->
        [7] Через неделю
       *[other] Скоро
    }: { $title }</b>
    📅 { $when }
    { $where }

    Если планы изменились, отмените запись: место достанется другому.
reminder-day =
    ⏰ <b>{ $days ->
        [0] Сегодня
        [1] Завтра
       *[other] Скоро
    }: { $title }</b>
    📅 { $when }
    { $where }
    👥 { $who }

    { $answer ->
        [yes] ✅ Вы ответили, что будете. Спасибо. Если планы изменятся, скажите об этом здесь.
       *[none] { $mode ->
            [in_person] Придёте? Если не сможете, место достанется другому.
           *[other] Будете участвовать? Если не сможете, место достанется другому.
        }
    }
reminder-hours =
    ⏰ <b>{ $hours ->
        [0] Меньше чем через час
        [one] Через { $hours } час
        [few] Через { $hours } часа
        [many] Через { $hours } часов
       *[other] Через { $hours } часа
    }: { $title }</b>
    📅 { $when }
    { $where }

    { $mode ->
        [in_person] 🔑 Код: <b>{ $code }</b>. У входа вас встретит организатор: покажите ему билет или назовите код.
        [online] Откройте ссылку за несколько минут до начала, организатор вас встретит.
       *[by_correspondence] Приходить не нужно: участие заочное.
    }
reminder-yes = { $mode ->
    [in_person] Приду
   *[other] Буду участвовать
}
reminder-no = Не смогу
reminder-fewer = Нас будет меньше
reminder-ticket = Показать билет
reminder-thanks = Спасибо, ждём вас
reminder-cancelled = Хорошо, запись на встречу «{ $title }» отменена. Спасибо, что предупредили. Другие встречи: /meetings
rate-again = Если найдётся минута, оцените встречу «{ $title }» в одно касание: так следующие станут лучше.

# Свой выбор
command-reminders = О чём напоминать
home-reminders = Напоминания
own-reminders =
    <b>Напоминания</b>
    Отметьте, когда писать вам о встречах, на которые вы записаны.

    Об изменениях и отмене встреч сообщаем всегда.
own-reminders-barred = В регионе сейчас отключено: { $barred }.
own-reminder-week = За неделю
own-reminder-day = За день, вечером
own-reminder-hours = { $hours ->
    [one] За { $hours } час до начала
    [few] За { $hours } часа до начала
    [many] За { $hours } часов до начала
   *[other] За { $hours } часа до начала
}
own-reminder-feedback = Отзыв после встречи
hours = { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
    [many] { $hours } часов
   *[other] { $hours } часа
}
own-reminders-turn-off = Выключить всё
own-reminders-off = Напоминаний не будет

# Кто подтвердил: встреча и список у входа
manage-confirmed = ✋ Подтвердили { $confirmed } из { $signed_up }
door-will-come = придёт

refused-not-signed-up = Вы уже не записаны на эту встречу. Откройте её: может быть, места ещё есть.
refused-begun = Встреча уже началась, отвечать больше не нужно. Если вы в пути, вас ждут.
refused-no-ticket = Этот билет уже не нужен: запись отменена, приход отмечен или встреча прошла. Ваши записи: /my
