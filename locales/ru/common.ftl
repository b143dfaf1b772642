# Слова, которые нужны всем экранам.

language-name = Русский
back = ‹ Назад
day-today = сегодня
day-tomorrow = завтра
time-zone = (время: { $city })
list-and = { $head } и { $tail }
grade = { $grade } класс
seats-left = { $free ->
    [one] { $free } место
    [few] { $free } места
    [many] { $free } мест
   *[other] { $free } места
}
seats-none = мест нет

# Выбор муниципалитета
place-search = { $state ->
    [ask] Напишите первые буквы города, района или округа, например «ачи».
    [nothing] На «{ $letters }» ничего не нашлось. Напишите первые буквы иначе, например «ачи».
    [some] Выберите из списка или напишите другие буквы.
   *[mine] Выберите из списка.
}

# Команды меню
command-meetings = Встречи рядом
command-my = Мои записи
command-help = Что здесь можно
command-privacy = Мои данные
command-language = Язык
command-cancel = Прервать начатое
command-manage = Ваши встречи
command-new = Новая встреча
command-report = Отчёт по Приложению 2
command-invite = Сотрудники и приглашения

# Категории участников
category-grade-5 = 5 класс
category-grade-6 = 6 класс
category-grade-7 = 7 класс
category-grade-8 = 8 класс
category-grade-9 = 9 класс
category-grade-10 = 10 класс
category-grade-11 = 11 класс
category-parent = родители
category-head = руководители предприятий
category-employee = работники предприятий
category-university = вузы и колледжи
category-job-centre = центры занятости
category-youth-centre = молодёжные центры
category-extra-education = дополнительное образование
category-culture = организации культуры
category-social = социальная политика
category-volunteer = волонтёры-профориентаторы
category-other = другие организации

audience-students = со школьниками
audience-parents = с родителями
audience-employers = с работодателями

format-discussion = дискуссия
format-mastermind = мастермайнд-встреча
format-networking = нетворкинг-сессия
format-seminar = семинар
format-round-table = круглый стол
format-workshop = мастер-класс
format-excursion = экскурсия
format-other = другое

mode-in-person = очно
mode-online = дистанционно
mode-by-correspondence = заочно

role-organiser = организатор площадки
role-curator = муниципальный куратор
role-coordinator = муниципальный координатор
role-regional-curator = региональный куратор
role-regional-coordinator = региональный координатор
role-admin = администратор бота

# Для кого встреча: «Для …»
admits-everybody = всех желающих
admits-but = всех, кроме { $who }
admits-all-pupils = школьников
admits-grades = { $grades } классов
admits-parent = родителей
admits-employers = работодателей
admits-head = руководителей предприятий
admits-employee = работников предприятий
admits-university = вузов и колледжей
admits-job-centre = центров занятости
admits-youth-centre = молодёжных центров
admits-extra-education = дополнительного образования
admits-culture = организаций культуры
admits-social = социальных служб
admits-volunteer = волонтёров
admits-other = других организаций

# Меню
home = { $greeting ->
    [named] Здравствуйте, { $name }.
   *[other] Здравствуйте.
} Что хотите сделать?
home-go-on = Продолжить начатое
home-meetings = Найти встречу
home-my = Мои записи
home-manage = Ваши встречи
home-new = Новая встреча
home-report = Отчёт
home-invite = Сотрудники
home-help = Что здесь можно
home-privacy = Мои данные

help = <b>Что здесь можно</b>
help-command-meetings = /meetings — найти встречу и записаться
help-command-my = /my — мои записи и билеты
help-command-reminders = /reminders — о чём напоминать
help-command-privacy = /privacy — какие данные хранятся, отозвать согласие
help-command-language = /language — сменить язык
help-command-cancel = /cancel — прервать начатое
help-staff =
    {""}
    <b>Сотрудникам</b>
help-command-manage = /manage — встречи, отметка у входа, отзывы
help-command-new = /new — новая встреча
help-command-report = /report — отчёт по Приложению 2
help-command-stats = /stats — статистика в картинках
help-command-deadlines = /deadlines — сроки года и чего к ним не хватает
help-command-invite = /invite — приглашения и роли

language-title = На каком языке говорить?

# Когда что-то не так
unknown-words = Я понимаю кнопки и команды. Вот что можно сделать:
button-is-old = { $screen ->
    [open] Эта кнопка устарела. Вот где вы остановились.
   *[menu] Эта кнопка устарела, вот свежее меню.
}
dropped-nothing = Ничего не было начато.
dropped-comment = Отзыв словами не сохранён, оценка осталась.
dropped-consent = Хорошо, прервали. О вас ничего не сохранено.
dropped-onboarding = Анкету прервали. Ответы сохранены, можно продолжить позже.
dropped-newmeeting = Новую встречу не сохранили, введённое отброшено.
dropped-group = Группу не записали, введённое отброшено.
dropped-invite = Приглашение не создано.
dropped-invited = Хорошо, роль не приняли. Ссылку можно открыть ещё раз.
dropped-unchanged = Хорошо, всё осталось как было.

error-unknown = Не получилось. Попробуйте ещё раз или откройте меню: /start
error-set-aside = Простите, последнее действие не получилось, и мы об этом уже знаем. Попробуйте ещё раз: /start
error-not-found = Этого уже нет. Откройте меню: /start
error-forbidden = Это действие для сотрудников с нужной ролью. Роль даёт координатор: попросите у него приглашение.
forbidden-meetings = Это действие для сотрудников: встречи ведут организаторы, кураторы и координаторы. Роль даёт координатор: попросите у него приглашение.
forbidden-meeting = Это действие для сотрудников, которые ведут эту встречу. Если вы должны её вести, попросите у координатора приглашение.
forbidden-report = Это действие для сотрудников: отчёт делают кураторы и координаторы своей территории. Роль даёт координатор: попросите у него приглашение.
forbidden-invite = Это действие для сотрудников: приглашают кураторы, координаторы и администратор. Роль даёт координатор: попросите у него приглашение.
error-consent-required = Сначала нужно ваше согласие на обработку данных.
error-consent-outdated = Текст согласия изменился. Сначала прочитайте его ещё раз.
error-invalid-input = Не получилось понять. Попробуйте написать иначе.
error-refused = Сейчас так не получится.
input-too-long = Слишком длинно: { $length ->
    [one] { $length } знак
    [few] { $length } знака
    [many] { $length } знаков
   *[other] { $length } знака
}, а поместится { $limit }. Напишите короче.
input-empty = Здесь нужны слова или цифры. Напишите ещё раз.
input-name = Одной буквы мало: по имени вас узнают на входе. Напишите имя, например «Маша».
input-grade = Напишите класс цифрой, например «9» или «9б».
meeting-not-found = Такой встречи нет: ссылка устарела или встречу сняли с публикации.
registration-not-found = Этой записи уже нет.
