# Черновик отчёта за год: цифры и что мешает.

draft-file = Файл xlsx
draft-folded = Пустых строк: { $rows }
draft-people = 👥 Посещений: { $visits }, разных людей из записавшихся: { $people }
draft-young = Вне формы, 5–6 классы: { $people }
draft-outside = Вне формы, другие встречи: { $meetings }, на них людей: { $people }
draft-provisional = ⏳ Ещё не подтверждены и не посчитаны, встреч: { $meetings }
draft-of-region =
    { "" }
    Это черновики всех муниципалитетов. В файл входят только принятые отчёты, по черновикам его соберёт кнопка под ним.

# Что мешает
draft-in-way = <b>Что мешает</b>
draft-clear = ✅ Ничего не мешает.
draft-findings = Что мешает: { $findings }
draft-rows = Открыть цифры
draft-rows-title =
    <b>{ $name } · { $year }</b>
    Какое число раскрыть?
draft-behind = <b>{ $row }, { $year }: { $number }</b>
    { $total ->
        [0] За этот год пока ничего. Вернитесь к цифрам.
       *[other] Из этих встреч сложилось число. Первым стоит, сколько добавила встреча.
    }
draft-counts =
    <b>{ $title }</b>
    📅 { $when }
    📍 { $where }
    👥 Пришли: { $people }

findings-title =
    <b>Что мешает · { $name } · { $year }</b>
    { $state ->
        [none] Ничего не мешает: отчёт можно отправлять.
       *[some] Выберите, что исправить.
    }
findings-answered = Отвеченные: { $answered }
findings-answered-title = <b>Отвеченные</b>
    { $state ->
        [none] Здесь пусто. Вернитесь к списку.
       *[some] Про них сказано, что так и должно быть. Откройте, чтобы вернуть.
    }
findings-of-kind = { $kind ->
    [unconfirmed] <b>Без «Состоялась»</b>
    [nobody] <b>Никто не отмечен</b>
    [groups] <b>Группы без числа</b>
    [feedback] <b>Отзывов больше, чем людей</b>
    [duplicates] <b>Похожие встречи</b>
   *[photos] <b>Без ссылки на фото</b>
    }
    { $state ->
        [none] Здесь всё исправлено. Вернитесь к списку.
       *[some] Откройте встречу, чтобы исправить или ответить.
    }
finding-kind-unconfirmed = Без «Состоялась»: { $number }
finding-kind-nobody = Никто не отмечен: { $number }
finding-kind-groups = Группы без числа: { $number }
finding-kind-feedback = Лишние отзывы: { $number }
finding-kind-duplicates = Похожие встречи: { $number }
finding-kind-photos = Без фото: { $number }
finding-kind-proposals = Написать предложения
finding-meeting =
    <b>{ $title }</b>
    📅 { $when }
finding-place = 📍 { $place }
finding-says-unconfirmed = Встреча прошла, но «Состоялась» никто не нажал. Пока она не посчитана.
finding-says-nobody = Никто не отмечен: встреча посчитана, люди нет.
finding-says-groups = Групп, чьё число не записано: { $number }. Их людей в отчёте нет.
finding-says-feedback = Отзывов { $answers }, а отмечено людей { $people }. Похоже, отметили не всех.
finding-says-duplicates = В один день, в одном месте и с тем же названием: { $times }. Похоже, встречу записали дважды. Лишнюю можно убрать из отчёта: отметки о тех, кто пришёл, останутся.
finding-says-photos = Ссылки на фото нет ни у встречи, ни на весь год.
finding-answer = Ваш ответ: { $answer }
finding-told-apart = Сказано: это разные встречи.
finding-gone = Это уже исправлено. Вернитесь к списку.
finding-open = Открыть встречу ({ $time })
finding-mend = { $kind ->
    [unconfirmed] Состоялась
    [photos] Добавить ссылку на фото
    [groups] Записать число
   *[other] Отметить пришедших
}
finding-leave-out = Убрать из отчёта ({ $time })
finding-left-out = Убрали: встреча в отчёт не войдёт
finding-apart = Это не дубль
finding-because = { $kind ->
    [photos] Фото нет, потому что…
   *[other] Так и есть, потому что…
}
finding-reopen = Вернуть в список
finding-kept = Запомнили
finding-reopened = Вернули
finding-why = { $kind ->
    [photos]
        Почему фото нет? Напишите одним сообщением, например: «Родители просили не снимать».
    [feedback]
        Почему отзывов больше? Напишите одним сообщением, например: «Отвечали и те, кто смотрел запись».
   *[other]
        Почему никто не отмечен? Напишите одним сообщением, например: «Из-за мороза никто не пришёл».
}
finding-answered-before = Об этом уже ответили. Ответ можно прочитать и вернуть в разделе «Отвеченные».

# Строки формы, не длиннее 21 знака
draft-row-1 = Встречи
draft-row-1-1 = со школьниками
draft-row-1-2 = с родителями
draft-row-1-3 = с работодателями
draft-row-2 = Участники
draft-row-2-1 = школьники
draft-row-2-1-1 = 7 класс
draft-row-2-1-2 = 8 класс
draft-row-2-1-3 = 9 класс
draft-row-2-1-4 = 10 класс
draft-row-2-1-5 = 11 класс
draft-row-2-2 = родители
draft-row-2-3 = работодатели
draft-row-2-3-1 = руководители
draft-row-2-3-2 = работники
draft-row-2-4 = вузы и колледжи
draft-row-2-5 = центры занятости
draft-row-2-6 = молодёжные центры
draft-row-2-7 = доп. образование
draft-row-2-8 = культура
draft-row-2-9 = социальная сфера
draft-row-2-10 = волонтёры
draft-row-2-11 = другие организации
