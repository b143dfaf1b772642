# Фотографии года (строка 3).

photos = Фотографии
photos-title = <b>Фотографии (строка 3) · { $place } · { $year }</b>
photos-folder-now = 📷 Общая папка: { $folder }
photos-no-folder = Общей папки за год пока нет. Если все фото лежат в одном месте, хватит одной ссылки.
photos-unknown-host = ⚠️ Ссылка записана, но это не облако, которое мы знаем (Яндекс Диск, ВК и подобные). Проверьте, что она открывается без пароля.
photos-none = Состоявшихся встреч за год пока нет.
photos-meetings = Со ссылкой: { $with_link } из { $total }, без ссылки: { $without_link }{ $explained ->
    [0] { "" }
   *[other] , объяснено, почему фото нет: { $explained }
}
photos-reason = · { $title } ({ $day }): фото нет, потому что: «{ $reason }»
photos-choose =
    { "" }
    Нажмите на встречу, чтобы указать её фото.
photos-row = { $link ->
    [yes] есть ссылка
    [explained] объяснено
   *[no] нет ссылки
} · { $day } · { $title }
photos-folder = Общая папка за год
photos-folder-ask =
    <b>Ссылка на папку с фото за { $year } год</b>
    Пришлите ссылку, например https://disk.yandex.ru/d/abc
