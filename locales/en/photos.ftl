# The photos of a year (row 3).

photos = Photos
photos-title = <b>Photos (row 3) · { $place } · { $year }</b>
photos-folder-now = 📷 Folder of the year: { $folder }
photos-no-folder = There is no folder of the year yet. If all photos are in one place, one link is enough.
photos-unknown-host = ⚠️ The link is kept, but we do not know this cloud (we know Yandex, Mail, Google, VK). Please check that it opens without a password.
photos-none = No meetings were held this year yet.
photos-meetings = With a link: { $with_link } of { $total }, without one: { $without_link }{ $explained ->
    [0] { "" }
   *[other] , explained why there are no photos: { $explained }
}
photos-reason = · { $title } ({ $day }): no photos, because: “{ $reason }”
photos-choose =
    { "" }
    Tap a meeting to give its photos.
photos-row = { $link ->
    [yes] has a link
    [explained] explained
   *[no] no link
} · { $day } · { $title }
photos-folder = Folder of the year
photos-folder-ask =
    <b>The link to the folder with the photos of { $year }</b>
    Send a link, for example https://disk.yandex.ru/d/abc
