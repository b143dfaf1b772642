# График полугодия (пункт 1.7 плана).

timetable = График полугодия
timetable-ask =
    <b>График полугодия · { $whose }</b>
    Опубликованные встречи полугодия файлом. За какое?
timetable-which = <b>График · { $whose } · { $when }</b>
timetable-none = На это полугодие встреч пока нет. Опубликуйте их, и они появятся в графике.
timetable-some =
    { $meetings ->
        [one] { $meetings } встреча
        [few] { $meetings } встречи
        [many] { $meetings } встреч
       *[other] { $meetings } встречи
    }, без черновиков и отменённых. Каким файлом?
timetable-xlsx = Таблицей
timetable-pdf = PDF для печати
timetable-file = График — { $whose } — { $when }
timetable-caption =
    <b>График · { $whose } · { $when }</b>
    { $meetings ->
        [one] { $meetings } встреча
        [few] { $meetings } встречи
        [many] { $meetings } встреч
       *[other] { $meetings } встречи
    }{ $unnamed ->
        [0] { "" }
       *[other] . Ответственный указан не везде: его имя появится, когда он даст ФИО для отчёта.
    }
timetable-name = График
timetable-title = График работы коммуникативных площадок и мероприятий в рамках реализации проекта «Профориентационный нетворкинг» на территории { $genitive }
timetable-number = №
timetable-day = Дата
timetable-time = Время
timetable-topic = Тема
timetable-format = Формат
timetable-audience = Аудитория
timetable-place = Место
timetable-municipality = Муниципалитет
timetable-responsible = Ответственный
refused-timetable-empty = На это полугодие встреч пока нет. Опубликуйте их, и они появятся в графике.
