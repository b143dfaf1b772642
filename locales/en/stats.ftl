# Statistics in pictures: /stats

home-stats = Statistics
command-stats = Statistics in pictures
forbidden-stats = This is for staff: statistics are seen by those who run meetings and make the report. The coordinator gives roles: ask for an invitation.
stats-choose =
    <b>Statistics in pictures</b>
    Whose meetings shall we look at?
stats-other-period = Another period
stats-period =
    <b>{ $name }: which period?</b>
    Tap one, or write it: “01.09.{ $year }–31.12.{ $year }” or “Q3”.
stats-no-such-period = There are no statistics for such a period: it begins in 2018 at the earliest and today at the latest, lasts two years at most and ends within this year. Choose another one.

stats-year = { $year }
stats-half = { $number ->
    [1] First
   *[other] Second
} half of { $year }
stats-quarter = Q{ $number } { $year }

# Buttons
stats-picture-categories = Who came
stats-picture-months = By month
stats-picture-years = Year on year
stats-picture-turnout = Signed up and came
stats-picture-ratings = Ratings
stats-picture-again = Who comes again
stats-picture-ranking = Municipalities
stats-picture-map = Map by month

# On the pictures
stats-title-categories = Who came to the meetings
stats-title-months = People and meetings by month
stats-title-years = Year on year: people who came
stats-title-turnout = How many of those signed up came
stats-title-ratings = Ratings of the meetings
stats-title-again = Who comes again
stats-title-ranking = People who came, by municipality
stats-title-map = People by municipality and month
stats-pupils = Students: { $people }
stats-adults = Adults: { $people }
stats-people-panel = People
stats-meetings-panel = Meetings
stats-line = { $period }: { $people ->
    [one] { $people } person
   *[other] { $people } people
}
stats-by-category = Who signed up
stats-by-ahead = How long before
stats-share = { $came } of { $of }
stats-ahead-last-day = less than a day
stats-ahead-days = 1–3 days
stats-ahead-week = 4–7 days
stats-ahead-fortnight = 8–14 days
stats-ahead-longer = earlier
stats-distribution = How many gave each rating
stats-by-format = Average by format
stats-formats-together = other formats
stats-rated = { $average } · { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
}
stats-once = once
stats-twice = twice
stats-often = three times or more

# Under the pictures
stats-head =
    <b>{ $title }</b>
    📍 { $name } · { $period }{ $whose ->
    [own] . Only meetings that you made
   *[all] {""}
}
stats-meetings = { $number ->
    [one] { $number } meeting
   *[other] { $number } meetings
}
stats-people = { $number ->
    [one] { $number } person
   *[other] { $number } people
}
stats-said-categories = { $meetings }, { $people }: students { $pupils }, parents { $parents }, employers { $employers }, others { $others }.{ $young ->
    [0] {""}
   *[other] {" "}Of the students { $young } are in grades 5–6, which the report form has no row for.
}
stats-said-months = { $meetings }, { $people }. The busiest month: { $month }, { $most }.
stats-said-years = { $state ->
    [over] { $people } in the whole period, { $before } a year earlier.
   *[running] { $people } so far. A year earlier: { $by_now } by the same day, { $before } in the whole period.
}{ $change ->
    [more] {" "}That is { $percent }% more.
    [less] {" "}That is { $percent }% less.
   *[same] {""}
}
stats-said-turnout = Of { $signed_up } who signed up { $came } came, that is { $percent }%. { $absent } did not. Only meetings where somebody was checked in are counted.
stats-few-answers = Answers so far: { $answers }. Ratings are shown from { $fewest } answers on, so that nobody can be recognised.
stats-said-ratings = { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
}, { $average } on average. Formats with fewer than { $fewest } answers are not shown apart, so that nobody can be recognised.
stats-said-again = Different people of those who signed up: { $people }. { $once } came once, { $twice } twice, { $often } three times or more.
stats-said-places = { $people }. Municipalities with meetings: { $places }, without: { $without }. Most people: { $first }, { $most }.{ $more ->
    [0] {""}
   *[other] {" "}Another { $more } did not fit on the picture.
}
stats-empty = { $picture ->
    [ratings] There are no answers in this period. Everybody checked in at a meeting is asked for one. Choose another period.
    [turnout] Nobody who signed up in this period is checked in. Whoever runs the meeting checks people in: /manage, “Past”.
    [again] Nobody who signed up in this period is checked in. Whoever runs the meeting checks people in: /manage, “Past”.
   *[other] There is nothing to look at in this period yet. A meeting appears here once whoever runs it has confirmed it and checked people in: /manage, “Past”.
}
