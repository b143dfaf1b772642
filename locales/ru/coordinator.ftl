# Координатор: отчёт, приглашения, сотрудники, подписи.

municipality-not-found = Такого муниципалитета в списке нет.

# /report
report-region = Весь край
report-choose =
    <b>Отчёт по форме Приложения 2</b>
    Чей отчёт нужен?
report-year =
    <b>Приложение 2 · { $name }</b>
    За какой год отчёт?
report-of-year = Отчёт за { $year }
report-proposals = Предложения (строка 4)
report-signature = Подписи
report-proposals-title = <b>Предложения по модернизации проекта, { $year } год</b>
report-proposals-empty =
    Пока ничего не записано.

    Напишите одним сообщением, например: «Проводить встречи и летом, в лагерях». Если предложений нет, напишите «нет».
report-proposals-replace = Чтобы заменить, напишите новый текст целиком.
report-no-such-year = За этот год отчёта ещё нет. Выберите другой год.
report-not-that-year = { $name }: в { $year } году такого муниципалитета не было. Выберите другой год.

report-file = Приложение 2 — { $name } — { $year }.xlsx
report-meeting = «{ $title }» ({ $day }{ $place ->
    [none] {""}
   *[other] , { $place }
})
report-and-more = и ещё { $number }
report-organisation-unnamed = организация не указана
report-proposals-undo = Вернуть прежний текст
report-proposals-back = Прежний текст вернули
report-caption-empty = За этот год в боте нет ни одной встречи.
report-caption-title = <b>Приложение 2 · { $name } · { $year }</b>
report-caption-meetings = Встреч <b>{ $total }</b>: со школьниками { $students }, с родителями { $parents }, с работодателями { $employers }
report-caption-people = Участников <b>{ $total }</b>: 7–11 классы { $pupils }, родители { $parents }, работодатели { $employers }, остальные { $others }
report-caption-unique = Кто был на трёх встречах, посчитан три раза. Разных людей из записавшихся: { $people }
report-caption-young = Были и ученики 5–6 классов: { $people }. В форме для них нет строки.
report-caption-outside = Встречи, которые не идут в отчёт: { $meetings }, на них людей: { $people }
report-caption-unconfirmed = ⚠️ Не подтверждено, что встреча была: { $number }. Пока не посчитаны.
report-caption-nobody = ⚠️ Никто не отмечен: { $number }. Посчитаны встречи, но не люди.
report-caption-unsigned = { $missing ->
    [both] Внизу нет имён координатора и куратора.
    [coordinator] Внизу нет имени координатора.
   *[curator] Внизу нет имени и телефона куратора.
} Их вносят сами: «Отчёт», «Подписи».
report-open-meetings = Открыть встречи
report-note-unique = Кто был на трёх встречах, посчитан три раза. Разных людей из записавшихся: { $people }.
report-note-young = Вне формы: обучающиеся 5–6 классов, человек: { $people }.
report-note-outside = Вне формы: встреч, которые не входят в отчёт: { $meetings }, участников на них: { $people }.
report-note-unconfirmed = Не подтверждены и не посчитаны, встреч: { $number }:
report-note-nobody = Без отметки о приходе, только в строке 1, встреч: { $number }:

# /invite
invite-overview =
    <b>Сотрудники</b>
    { $total ->
        [0] Пока никого с ролью, которую даёте вы.
       *[other] Сотрудников: { $total }
    }

    Приглашение — это ссылка на один раз, она действует 7 дней.
invite-begin = Пригласить
invite-staff = Кто есть, забрать роль
invite-upkeep = Необработанное: { $set_aside }
invite-role = <b>Кого пригласить?</b>
invite-municipality =
    <b>Приглашение: { $role }</b>
    Где?
invite-message =
    Приглашение в бот профориентационных встреч: { $role }.

    { $link }

    Ссылка для одного человека, до { $until }.
invite-link =
    <b>Ссылка готова: { $role }</b>
    Она в отдельном сообщении ниже: перешлите его тому, кого приглашаете. Роль получит первый, кто примет.
invite-again = Пригласить ещё

# Сотрудники
staff-people = { $total ->
    [0]
        <b>Сотрудники</b>
        Пока никого. Пригласить можно ссылкой на прошлом экране.
   *[other]
        <b>Сотрудники: { $total }</b>
        Нажмите, чтобы забрать роль.
}
staff-revoke-sure =
    <b>Забрать роль?</b>
    { $name }
    { $role }

    Вернуть её можно новым приглашением.
staff-revoke-yes = Забрать роль
staff-revoked = Роль забрана
staff-role-gone = Эту роль уже забрали.
role-accepted =
    <b>Приглашение приняли: { $name }</b>
    { $role }

    Если это не тот человек, заберите роль.
role-accepted-staff = Сотрудники
role-revoked =
    <b>Ваша роль снята: { $role }</b>
    Записываться на встречи можно как прежде.

    Если это ошибка, спросите того, кто вас приглашал{ $contact ->
        [none] .
       *[other] , или напишите: { $contact }
    }
role-revoked-menu = Открыть меню
staff-admin-by-settings = Этот администратор записан в настройках бота (ADMIN_IDS): роль меняют там.

# Принять приглашение
invited-offer =
    <b>Вам предлагают роль: { $role }</b>
    { $can }

    Принять может один человек.
invited-gone = { $reason }
invited-accept = Принять
invited-not-now = Не сейчас
invited-agree = Даю согласие, принять
invited-toast = Роль ваша
invited-accepted =
    <b>Теперь у вас роль: { $role }</b>
    { $can }
invited-sign =
    {""}
    В отчёте есть строка для вашего имени. Заполнить её можно сейчас или позже, из «Отчёта».
invited-give-name = Указать имя и телефон
invited-to-menu = ‹ В меню
role-can-organiser = Создавать свои встречи (/new), отмечать пришедших и видеть отзывы (/manage).
role-can-curator = Вести все встречи муниципалитета (/manage, /new), делать отчёт (/report), приглашать организаторов (/invite).
role-can-coordinator = Делать отчёт муниципалитета (/report), вести его встречи (/manage, /new), приглашать кураторов и организаторов (/invite).
role-can-regional-curator = Видеть отчёты всех муниципалитетов и сводный (/report), приглашать муниципальных сотрудников (/invite).
role-can-regional-coordinator = Получать отчёты всех муниципалитетов и сводный (/report), приглашать муниципальных сотрудников (/invite).
role-can-admin = Назначать и снимать любых сотрудников (/invite), видеть, что бот не смог обработать.
invitation-not-found = Такой ссылки нет. Попросите прислать приглашение ещё раз.
invitation-used = Эту ссылку уже приняли: она для одного человека. Попросите прислать новую.
invitation-expired = Ссылка действовала 7 дней, и срок вышел. Попросите прислать новую.
invitation-void = Ссылка больше не действует: у пригласившего уже нет этого права. Попросите новую у координатора.
invitation-held-already = Эта роль у вас уже есть. Ссылка осталась целой, её можно передать другому.

# Подписи
signature-consent =
    <b>Имя и телефон для отчёта</b>

    Под Приложением 2 стоят ФИО координатора, ФИО и телефон куратора. Я разрешаю оператору ({ $operator }) хранить мои ФИО и рабочий телефон и печатать их в отчёте.

    <b>Кому видны:</b> тем, кто получает отчёт.
    <b>Сколько:</b> пока у меня есть такая роль или пока я не отзову это согласие здесь же.
    <b>Связаться:</b> { $contact }.
signature-agree = Даю согласие
signature-not-now = Не сейчас
signature-name =
    <b>Ваши ФИО полностью</b>
    Напишите, например: Иванова Мария Петровна
signature-phone =
    { $name }

    <b>Рабочий телефон</b>
    Напишите с кодом, например: 8 (391) 123-45-67
signature-done = { $given ->
    [yes]
        <b>В отчёте будет стоять</b>
        { $name }
        { $phone }
   *[no] Имя и телефон для отчёта не указаны.
}
signature-change = Указать заново
signature-withdraw = Отозвать согласие
signature-withdraw-sure =
    <b>Отозвать согласие?</b>
    ФИО и телефон сотрутся, строка в отчёте останется пустой.
signature-withdraw-yes = Стереть
signature-withdrawn = ФИО и телефон стёрты
signature-name-invalid = Нужны хотя бы имя и фамилия, только буквами. Например: Иванова Мария Петровна
signature-phone-invalid = Это не похоже на номер с кодом. Например: 8 (391) 123-45-67

# Администратору
upkeep = { $number ->
    [0]
        <b>Необработанных сообщений нет</b>
        Здесь видно то, с чем бот не справился, за последние 7 дней.
   *[other] <b>Необработанные сообщения: { $number }</b>
}
upkeep-kept =
    {""}
    Они хранятся 7 дней. Людям бот уже сказал, что не получилось.
upkeep-update = № { $number } · { $when } · попыток { $attempts }: { $error }
