# Бумаги: афиша, сертификат, портфолио. Большая часть этих слов печатается в файлах.

paper-project = Профориентационный нетворкинг
paper-date = Дата
paper-length = Продолжительность
paper-municipality = Муниципалитет
paper-name-ask =
    <b>{ $paper ->
        [certificate] Сертификат участника
       *[portfolio] Портфолио участника
    }: как напечатать имя?</b>
    { $named ->
        [yes] Нажмите на имя или напишите другое, например «Мария Иванова».
       *[no] Напишите, например, «Мария Иванова».
    }

    Имя будет только в файле, бот его не сохранит.

# Афиша
manage-poster = Афиша
poster-name = Афиша
poster-when = Когда
poster-where = Где
poster-for = Для кого
poster-online = Онлайн, ссылка откроется после записи
poster-by-correspondence = Заочно: { $place }
poster-call = Наведите камеру телефона, чтобы записаться
poster-free = Участие бесплатное
poster-for-chats =
    Афиша для чатов, её можно переслать.
    Записаться: { $link }
poster-for-print = Та же афиша для печати на листе А4.

# Сертификат
certificate-get = Получить сертификат
certificate-name = Сертификат
certificate-title = Сертификат участника
certificate-given = выдан на имя
certificate-reason = за участие во встрече
certificate-ready = 🎓 Сертификат: { $title }
refused-certificate = Сертификат получает тот, чей приход отмечен, когда встреча закончилась. Если вы были, а отметки нет, скажите куратору встречи.

# Портфолио
portfolio-get = Собрать портфолио
portfolio-name = Портфолио
portfolio-title = Портфолио участника
portfolio-meetings = Встреч
portfolio-in-all = Всего времени
portfolio-meeting = Встреча
portfolio-length = Время
portfolio-page = Страница
portfolio-made = Составлено { $day }
portfolio-ready = 🎓 Ваше портфолио: все встречи, на которых отмечен ваш приход.
refused-portfolio = В портфолио входят встречи, на которых отмечен ваш приход. Пока таких нет.
