# Организации строки 2.11.

organisations = Организации
organisations-title = <b>Организации (строка 2.11) · { $place } · { $year }</b>
organisations-none = Пока пусто. Организации появятся здесь, когда на состоявшейся встрече отметят людей из «других организаций».
organisations-some =
    👥 Организаций: { $organisations }, участников: { $people }

    Нажмите на название, чтобы объединить его с другим или разделить.
organisations-unnamed = Без названия организации, человек: { $unnamed }
organisations-alike = Похожие названия: { $alike }
organisations-row = { $name } · { $people }
organisations-one =
    <b>{ $name }</b>
    👥 Участников: { $people }
organisations-merged-with =
    {""}
    Сюда же посчитаны:
organisations-merge = Объединить с другой
organisations-split = Разделить: { $name }
organisations-split-done = Снова считаются отдельно
organisations-which =
    <b>{ $name }</b>
    С каким названием это одна организация?
organisations-ask =
    <b>Это одна организация?</b>
    1. { $one }
    2. { $other }

    Похожих пар: { $left }. Ответ запомнится: и для этого названия в следующих встречах.
organisations-asked-all = Похожих названий больше нет. Любые два можно объединить в списке.
organisations-are-one = Это одно и то же
organisations-are-two = Разные
organisations-apart-done = Запомнили: это разные организации
organisations-stays =
    <b>Какое название оставить?</b>
    Под ним в отчёте будут все, человек: { $people }.
organisations-merged = Теперь это одна организация
