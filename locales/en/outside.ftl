# A meeting that was held without the bot: telling of it, correcting it, taking it away.

outside = Meeting without the bot
outside-ask-municipality = <b>Where was the meeting?</b>
outside-ask-title =
    <b>What was the meeting called?</b>
    It was held without the bot and will be in the report. For example: “Engineers of the future”.
outside-ask-day =
    <b>On which day was it?</b>
    Choose in the calendar or write “14.03”, “yesterday”, “14 March 2025”.
outside-ask-audience =
    <b>Whom was the meeting with?</b>
    It decides the row of the report.
outside-ask-format = <b>What was the format?</b>
outside-ask-mode = <b>How was the meeting held?</b>
outside-ask-place = { $mode ->
    [by_correspondence]
        <b>Where were the materials?</b>
        For example: “The website of school No. 3”.
   *[other]
        <b>Where did you meet?</b>
        For example: “Central library, 12 Lenin St”.
}
outside-ask-people =
    <b>How many people came?</b>
    Write who and how many, with commas: “grade 9: 25, parents 10, employees 3, school No. 3: 2”. Several messages will do: a new number takes the place of the old one.
outside-strange =
    { "" }
    Not understood: { $strange }. Write students by grade, employers as “heads 2” or “employees 3”, everybody else as “others: name of the organisation 4”.
outside-people-done = Go on
outside-people-anew = Start over
outside-ask-photos =
    <b>Where are the photos?</b>
    Send a link to a folder in the cloud, for example https://disk.yandex.ru/d/abc
outside-no-photos = No photos
outside-title = <b>{ $title }</b> · without the bot
outside-day = 📅 { $day }
outside-place = 📍 { $place }, { $municipality }
outside-kind = 👥 A meeting { $audience }: { $format }, { $mode }
outside-came = ✅ { $people }
outside-look =
    { "" }
    There will be no sign-up and no messages. These numbers go into the report.
outside-add = Add
outside-save = Save
outside-remove = Remove
outside-fields =
    { "" }
    What shall be corrected?
outside-field-title = Title
outside-field-day = Day
outside-field-audience = With whom
outside-field-format = Format
outside-field-mode = How and where
outside-field-people = How many came
outside-field-photos = Photos
outside-remove-ask =
    <b>Remove “{ $title }”?</b>
    The meeting and its numbers leave the report. To have them back, the meeting has to be added anew.
outside-remove-yes = Yes, remove
outside-correct = Correct
outside-added = Added, the meeting will be in the report
outside-corrected = Corrected
outside-removed = The meeting has left the report
outside-row = without the bot · { manage-row-came }
dropped-outside = The meeting without the bot was not added; what was typed is gone.

input-past-day = That day was not understood. Write, for example, “14.03” or “yesterday”.
input-not-yet = That day is not over yet. Past meetings are added here; for one to come use “New meeting”.
input-headcounts = It was not understood who and how many. Write, for example, “grade 9: 25, parents 10, school No. 3: 2”.
input-too-many-came = That makes { $people } people in one row, and there can be { $most } at most. Check the numbers and write them again.
input-outside-place = One thing is left, where the meeting was: “Change”, then “How and where”.
refused-correct = Only a meeting held without the bot can be corrected like this. Open it in the list “Past”.
refused-remove = Only a meeting held without the bot can be removed like this. An ordinary one is opened again or cancelled.
