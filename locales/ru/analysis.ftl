# Анализ года: документ и то, что бот говорит рядом с ним.

analysis-make = Анализ (PDF)
analysis-hand-in = Отметить: сдан
analysis-file = Анализ — { $name } — { $year }
analysis-caption =
    <b>Анализ реализации Проекта · { $name } · { $year }</b>
    { $draft ->
        [yes] ⚠️ Черновик
       *[no] ✅ По подтверждённым данным
    }. { $state }
analysis-caption-how = Чтобы числа изменились, поправьте встречи и возьмите файл ещё раз.

# В документе
analysis-title = Анализ реализации Проекта
analysis-subtitle = на территории { $genitive }, { $year } год
analysis-basis-place = Положение инновационного проекта «Профориентационный нетворкинг», раздел 7.3, пункт 3.1 «Анализ реализации Проекта в муниципальном образовании»
analysis-basis-region = Положение инновационного проекта «Профориентационный нетворкинг», раздел 8 «Контроль реализации проекта»
analysis-goal = Цель Проекта (пункт 3.1)
analysis-coordinator = Координатор проекта
analysis-curator = Куратор проекта
analysis-made-label = Составлен
analysis-made = { $day }, по данным бота
analysis-unsigned = имя ещё не указано
analysis-state-draft = Черновик
analysis-state-confirmed = Подтверждённые данные
analysis-state-running = Год ещё идёт: посчитаны встречи, которые прошли к { $day }
analysis-state-over = Год закончился, посчитаны все его встречи.
analysis-state-sure = У прошедших встреч отмечено, что они состоялись и кто пришёл.
analysis-state-unconfirmed = { $number ->
    [one] { $number } встреча не подтверждена и не посчитана.
    [few] { $number } встречи не подтверждены и не посчитаны.
    [many] { $number } встреч не подтверждены и не посчитаны.
   *[other] { $number } встречи не подтверждены и не посчитаны.
}
analysis-state-nobody = { $number ->
    [one] На { $number } встрече никто не отмечен: посчитана она, но не люди.
    [few] На { $number } встречах никто не отмечен: посчитаны они, но не люди.
    [many] На { $number } встречах никто не отмечен: посчитаны они, но не люди.
   *[other] На { $number } встречах никто не отмечен: посчитаны они, но не люди.
}
analysis-state-empty = В боте нет ни одной встречи этого года, которая входит в отчёт.
analysis-total-meetings = встречи
analysis-total-people = участники встреч (кто был на трёх, посчитан три раза)
analysis-total-unique = разные люди из записавшихся сами
analysis-total-rating = средняя оценка из 5
analysis-tasks = Задачи Проекта (пункт 3.2 Положения)
analysis-results = Ожидаемые результаты Проекта (пункты 8.1–8.6 Положения)
analysis-form = Числа по форме Приложения 2
analysis-form-below = Текст — в разделе 5.
analysis-form-organisations = Разные организации: { $number }. Их названия — в сводном отчёте.
analysis-form-photos = Ссылки: { $number }. Все они — в конце документа.
analysis-pictures = Год в картинках
analysis-photos = Ссылки на фотографии
analysis-voices = Что говорили люди
analysis-proposals = Предложения по модернизации проекта
analysis-proposals-none = Предложения пока не записаны.
analysis-foot = Анализ реализации Проекта · { $name } · { $year } · { $day }
analysis-page = Страница

# Что видно по каждой задаче и каждому результату
analysis-nothing = Встреч, по которым это было бы видно, в этом году нет.
analysis-triangle = Встречи, на которых были и школьники, и родители, и работодатели: { $all } из { $meetings }. Ещё на { $two } были две стороны из трёх.
analysis-useful = После встреч полезным отметили: { $ticks }.
analysis-tick = «{ $name }» — { $times }
analysis-pupils = Встречи со школьниками: { $meetings }. Пришли школьники: { $people }{ $grades ->
    [none] .
   *[other] {" "}({ $grades }).
}
analysis-category = { $name } — { $people }
analysis-parents = Встречи с родителями: { $meetings }. Пришли родители: { $people }.
analysis-employers = Встречи с работодателями: { $meetings }. Пришли работодатели: { $people }, из них руководители — { $heads }, работники — { $workers }.
analysis-side = { $who ->
    [students] Средняя оценка школьников
    [parents] Средняя оценка родителей
   *[employers] Средняя оценка работодателей
}: { $average } ({ $answers ->
    [one] { $answers } отзыв
    [few] { $answers } отзыва
    [many] { $answers } отзывов
   *[other] { $answers } отзыва
}).
analysis-months = Месяцы, в которые были встречи: { $months } из 12.
analysis-again = Из тех, кто записывался сам, вместе с 5–6 классами: один раз были { $once }, два раза — { $twice }, три раза и больше — { $often }.
analysis-formats = Форматы встреч: { $formats }.
analysis-speakers = Спикеры и ведущие, которые пришли: { $people }.
analysis-organisations = Другие организации (строка 2.11), чьи люди пришли: { $number }.
analysis-venues = Площадки, где проходили очные встречи: { $number }.
analysis-reach = Муниципалитеты, где прошли встречи: { $number } из { $all }.
analysis-graduates = Пришли ученики 9 класса: { $nine }, 11 класса: { $eleven }.
analysis-volunteers = Волонтёры-профориентаторы, которые пришли: { $people }.
analysis-silent-interests = Какие интересы оказались общими, бот не знает: он видит, кто встретился и что люди отметили после встречи.
analysis-silent-views = Изменились ли представления, бот не измеряет: у него есть только отзывы после встреч.
analysis-silent-path = Повторные встречи видны только у тех, кто записывался сам: учеников, которые пришли с классом, бот не различает.
analysis-silent-graduates = Как выпускники пользуются тем, что узнали, бот не видит.
analysis-silent-ties = Какие связи остались после встреч, бот не видит.
analysis-silent-handbook = Данных об этом в боте нет. По Положению (пункт 4.4) методическое пособие готовит региональный куратор Проекта.

# Что говорили люди
analysis-nobody = Отзывов за этот год нет. Их дают те, чей приход отмечен, после встречи.
analysis-best = Лучше всего оценили: { $formats }.
analysis-weakest = Ниже всего оценили: { $formats }.
analysis-themes = Слова, которые повторяются в комментариях
analysis-themes-about = Это подсчёт слов, а не смысла. Всего комментариев: { $comments }. Слова, которые есть меньше чем в { $fewest } из них, не показаны, чтобы никого нельзя было узнать.
