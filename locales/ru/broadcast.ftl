# Сколько дошло из сообщения участникам
message-night =
    { "" }
    🌙 Сейчас ночь: сообщение уйдёт в { $time }.
message-going = Принято. Сколько дошло, видно ниже.
sent-counter =
    ✉️ <b>Сообщение участникам</b>
    «{ $title }»
sent-waits = Уйдёт { $when }. Получателей: { $total }
sent-numbers = Отправлено { $delivered } из { $total }{ $missed ->
    [0] { "" }
   *[other] { " " }· не дошло { $missed }
}{ $unknown ->
    [0] { "" }
   *[other] { " " }· неизвестно { $unknown }
}
sent-stop = Остановить
sent-stop-question =
    { "" }
    Остановить отправку? Кому сообщение ещё не ушло, тот его не получит.
sent-stop-now = Да, остановить
sent-stopped = Остановлено. Не отправлено: { $withheld }
sent-over = Отправка закончена.
sent-unknown =
    { "" }
    Был сбой, и неизвестно, дошло ли сообщение до { $undecided ->
        [one] { $undecided } человека
        [few] { $undecided } человек
        [many] { $undecided } человек
       *[other] { $undecided } человека
    }. Отправить им ещё раз?
sent-again = Отправить ещё раз
sent-leave = Оставить так
refused-stopped = Отправку уже остановили. Чтобы написать снова, откройте встречу и выберите «Написать участникам».
