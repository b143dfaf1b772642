# Черновик отчёта за год: цифры и что мешает.

draft-file = Файл xlsx
draft-folded = Пустых строк: { $rows }
draft-people = 👥 Посещений: { $visits }, разных людей из записавшихся: { $people }
draft-young = Вне формы, 5–6 классы: { $people }
draft-outside = Вне формы, другие встречи: { $meetings }, на них людей: { $people }
draft-provisional = ⏳ Ещё не подтверждены и не посчитаны, встреч: { $meetings }

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
