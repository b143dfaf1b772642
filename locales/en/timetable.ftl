# The timetable of a half-year (1.7 of the plan).

timetable = Timetable
timetable-ask =
    <b>Timetable of a half-year · { $whose }</b>
    The published meetings of a half-year as a file, in Russian. Which one?
timetable-which = <b>Timetable · { $whose } · { $when }</b>
timetable-none = No meetings in this half-year yet. Publish them, and they will stand in the timetable.
timetable-some =
    { $meetings ->
        [one] { $meetings } meeting
       *[other] { $meetings } meetings
    }, without drafts and cancelled ones. As what file?
timetable-xlsx = Table
timetable-pdf = PDF to print
timetable-file = Timetable — { $whose } — { $when }
timetable-caption =
    <b>Timetable · { $whose } · { $when }</b>
    { $meetings ->
        [one] { $meetings } meeting
       *[other] { $meetings } meetings
    }{ $unnamed ->
        [0] { "" }
       *[other] . Not every meeting names who is responsible: a name appears once they give it for the report.
    }
timetable-name = Timetable
timetable-title = Timetable of the meetings of the project “Career-guidance networking” in { $genitive }
timetable-number = No.
timetable-day = Day
timetable-time = Time
timetable-topic = Topic
timetable-format = Format
timetable-audience = Audience
timetable-place = Place
timetable-municipality = Municipality
timetable-responsible = Responsible
refused-timetable-empty = No meetings in this half-year yet. Publish them, and they will stand in the timetable.
