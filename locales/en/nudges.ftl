# Reminders to those who run meetings.

few-people =
    <b>{ $title }</b>
    📅 { $when }
    👥 { $seats ->
        [0] Nobody has signed up yet
       *[other] { $people } of { $seats } seats are taken
    }

    Share the link or print the poster.
nudge-open = Open the meeting
meeting-morning =
    <b>{ $title }</b>
    📅 { $when }
    👥 { $people }{ $seats ->
        [0] { "" }
       *[other] { " " }of { $seats }
    } signed up{ $confirmed ->
        [0] { "" }
       *[other] , { $confirmed } confirmed
    }
morning-groups = 🏫 Groups: { $groups }{ $more ->
    [0] { "" }
   *[other] { " " }and { $more } more
}
morning-team = 🤝 Team: { $team }{ $more ->
    [0] { "" }
   *[other] { " " }and { $more } more
}
feedback-summary-read = Read the answers
digest-lists = <b>{ $number ->
    [one] { $number } list is still open
   *[other] { $number } lists are still open
}</b>
    Tap a meeting and say whether it was held: without that it is missing from the report.
digest-lists-more = { $number } more
digest-idle = <b>{ $places }: nothing is planned</b>
    No meeting was made in the last month, and none is to come.
