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
