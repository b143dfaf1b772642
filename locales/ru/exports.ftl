# Выгрузки таблицами и отзывы за год.

exports = Выгрузки
exports-kind =
    <b>Выгрузки · { $whose }</b>
    Таблица придёт файлом, её откроет Excel. Что выгрузить?
exports-year = Отзывы за год
exports-period =
    <b>{ $what } · { $whose }</b>
    { $holds }

    За какое время? Нажмите год или напишите, например: «март 2026» или «01.09.2025–31.05.2026».
export-begun = Готовим таблицу
export-own = ваши встречи
export-file = { $what } — { $whose }{ $period ->
    [none] { "" }
   *[other] { " " }— { $period }
}.xlsx
export-caption =
    <b>{ $what } · { $whose }{ $period ->
        [none] { "" }
       *[other] { " " }· { $period }
    }</b>
    { $rows ->
        [one] { $rows } строка
        [few] { $rows } строки
        [many] { $rows } строк
       *[other] { $rows } строки
    } · время: { $clock }

    Что вошло, сказано на листе «О файле».
refused-export-empty = За это время здесь ничего нет. Выберите другое время или другую таблицу.
refused-export-large = Таблица вышла слишком большой для одного файла. Выберите время короче, например один месяц.
input-period = Не удалось понять период. Напишите, например: «2025», «3 квартал», «март 2026» или «01.09.2025–31.05.2026».
results-table = Отзывы таблицей

export-meetings = Встречи
export-registrations = Записи
export-feedback = Отзывы
export-audit = Журнал
export-deadlines = Сроки года
export-holds-meetings = Встречи, которые начались или начнутся в эти дни, с числом пришедших. Черновиков нет. У встреч без бота известен только день.
export-holds-registrations = Кто записан, ждёт места или отмечен, на встречи этих дней. Отменённых записей нет, как и тех, кто пришёл без записи: они в числе пришедших в таблице «Встречи». Организации — как их написали люди; строка 2.11 отчёта объединяет названия.
export-holds-feedback = Отзывы о встречах этих дней без имён. Только тех, чей приход отмечен.
export-holds-audit = Что сотрудники делали в боте в эти дни, и отказы за последние 30 дней.
export-holds-deadlines = Сроки, последний день которых приходится на это время: как дело обстоит, кто и когда отметил.
export-names-shown = Имена видны тем, кто ведёт эти встречи.
export-names-hidden = Без имён: они видны только тем, кто ведёт встречи.
export-few = Тем, кто не ведёт встречи, оценки и отзывы видны только по встречам, о которых ответили хотя бы { $fewest } человек, и без категорий: никого не узнать.

export-about = О файле
export-about-what = Что
export-about-whose = Чьё
export-about-period = За какое время
export-about-rows = Строк
export-about-made = Сделано
export-about-clock = Время по часам
export-about-holds = Что вошло
export-about-names = Имена
export-about-few = Малые группы

export-yes = да
export-no = нет
export-no-staff = не сотрудник
export-attempt = попытка без права
export-attempt-command = попытка без права: команда /{ $command }

export-column-starts = Начало
export-column-ends = Окончание
export-column-municipality = Муниципалитет
export-column-meeting = Встреча
export-column-state = Состояние
export-column-audience = Аудитория
export-column-format = Формат
export-column-mode = Как проходит
export-column-place = Место
export-column-in-form = Входит в отчёт
export-column-seats = Мест
export-column-signed-up = Записано
export-column-came = Пришло
export-column-outside = Без бота
export-column-answers = Отзывов
export-column-average = Средняя оценка
export-column-photos = Фотографии
export-column-reason = Причина отмены
export-column-code = Код
export-column-name = Имя
export-column-category = Категория
export-column-organisation = Организация
export-column-kind = Вид записи
export-column-status = Запись
export-column-people = Человек
export-column-created = Дата записи
export-column-rating = Оценка
export-column-useful = Что было полезно
export-column-comment = Комментарий
export-column-at = Когда
export-column-who = Кто
export-column-deed = Что сделано
export-column-about = О чём
export-column-role = Роль
export-seen-by-bot = видно боту
export-column-deadline = Что сделать
export-column-year = За год
export-column-territory = Где
export-column-due = Срок
export-column-settled = Как
export-column-settled-by = Кто отметил
export-column-settled-at = Когда отметил
deadline-state-late = опоздали
deadline-state-open = впереди
deadline-state-nobody = некому сделать
deadline-state-done = сделано
settled-done = сделано
settled-by-letter = отправлен письмом
settled-not-needed = не нужно
export-column-refused = Отказано
export-column-why = Причина

registration-kind-personal = личная
registration-kind-group = группа
registration-status-active = записан
registration-status-waiting = ждёт места
registration-status-offered = место предложено
registration-status-cancelled = отменена

# Журнал: что сделано
deed-attendance-code = открыт код в зале
deed-attendance-confirm = подтверждён приход по слову людей
deed-attendance-confirm-undo = подтверждение прихода снято
deed-attendance-count = указано число в группе
deed-attendance-count-undo = число в группе снято
deed-attendance-mark = отмечен приход
deed-attendance-paper = отмечено по бумажному листу
deed-attendance-scan = отмечен приход по билету
deed-attendance-scan-undo = отметка по билету снята
deed-attendance-self-check-in = отметился сам по коду в зале
deed-attendance-staff = посчитан тот, кто вёл встречу
deed-attendance-staff-undo = тот, кто вёл встречу, больше не посчитан
deed-attendance-unmark = отметка о приходе снята
deed-attendance-walk-in = добавлен человек без записи
deed-attendance-walk-in-undo = человек без записи убран
deed-deadline-settle = отмечен срок
deed-deadline-unsettle = отметка о сроке снята
deed-export-take = выгружена таблица
deed-meeting-cancel = отменена встреча
deed-meeting-create = создана встреча
deed-meeting-edit = изменена встреча
deed-meeting-hold = подтверждено, что встреча состоялась
deed-meeting-outside-add = добавлена встреча без бота
deed-meeting-outside-correct = исправлена встреча без бота
deed-meeting-outside-remove = убрана встреча без бота
deed-meeting-note = записана заметка о встрече
deed-meeting-photos = указана ссылка на фотографии
deed-meeting-publish = опубликована встреча
deed-meeting-reopen = список открыт снова
deed-meeting-repeat = встреча повторена
deed-meeting-to-group = карточка отправлена в чат
deed-meeting-write = написано участникам
deed-meeting-write-again = сообщение отправлено ещё раз
deed-meeting-write-leave = сообщение ещё раз не отправляли
deed-meeting-write-stop = остановлена отправка сообщения
deed-messages-switch = переключены сообщения бота
deed-question-answer = дан ответ на вопрос
deed-finding-answer = сказано, почему пробел в отчёте не пробел
deed-finding-reopen = снят ответ о пробеле в отчёте
deed-report-accept = принят отчёт
deed-report-nudge = муниципалитету напомнили об отчёте
deed-report-apart = решено: это разные организации
deed-report-merge = решено: это одна организация
deed-report-photos = указана папка с фотографиями за год
deed-report-propose = записаны предложения
deed-report-return = возвращён отчёт
deed-report-scan = приложен скан отчёта
deed-report-send = отправлен отчёт
deed-report-split = организации снова считаются отдельно
deed-role-accept = принята роль
deed-role-invite = создано приглашение на роль
deed-role-revoke = снята роль
deed-signature-give = даны имя и телефон для отчёта
deed-signature-withdraw = отозваны имя и телефон для отчёта
deed-team-hours = подтверждены часы помощи
deed-team-invite = создано приглашение в команду
deed-team-join = вступил в команду
deed-team-leave = вышел из команды
deed-team-mark = отмечен приход члена команды
deed-team-remove = убран из команды
deed-team-revoke = отозвано приглашение в команду
deed-team-unmark = отметка о приходе члена команды снята
deed-waitlist-automatic = переключена раздача мест
deed-waitlist-offer = предложено место вне очереди

# Отзывы за год
year-title =
    <b>Отзывы за { $year } · { $whose }</b>
    О подтверждённых встречах, которые входят в отчёт
year-none = Таких отзывов за этот год пока нет. Их дают те, чей приход отмечен, после встречи.
year-none-confirm = Подтвердить встречу: /manage, «Прошедшие».
year-formats-few =
    <b>Форматы</b>
    Сравнить пока нечего: среднюю считаем от пяти отзывов на формат.
year-formats =
    <b>Форматы</b> (средняя от пяти отзывов)
    Выше всего: { $best }
    Ниже всего: { $weakest }
year-format = { $format } { $average } ({ $answers ->
    [one] { $answers } отзыв
    [few] { $answers } отзыва
    [many] { $answers } отзывов
   *[other] { $answers } отзыва
})
year-themes =
    { "" }
    <b>О чём пишут</b>
    Это просто подсчёт слов, { $comments ->
        [one] { $comments } комментарий
        [few] { $comments } комментария
        [many] { $comments } комментариев
       *[other] { $comments } комментария
    }:
year-theme = { $words } — { $comments }
year-themes-none =
    { "" }
    Слов, которые повторяются хотя бы в { $fewest } комментариях, пока нет.
