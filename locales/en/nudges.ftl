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
    Open a meeting and say whether it was held: without that it is missing from the report.
digest-lists-all = Open lists: { $number }
digest-idle = <b>{ $places }: nothing is planned</b>
    No meeting was made in the last month, and none is to come.

# Which messages the bot sends by itself
switches = Messages of the bot
switches-meeting =
    <b>Messages of the bot · { $title }</b>
    The bot sends those with a tick by itself. Tap one to turn it off or on.
switches-region =
    <b>Messages of the bot in the region</b>
    The bot sends those with a tick by itself. A single meeting can have it otherwise: “More”, “Messages of the bot”.
switch-reminder-week = Remind a week before
switch-reminder-day = Remind the day before
switch-reminder-hours = Remind before the start
switch-feedback-question = Ask for feedback
switch-feedback-repeat = Ask for feedback again
switch-meeting-changed = Tell of a new time
switch-meeting-cancelled = Tell of a cancellation
switch-few-people = Curator: few sign-ups
switch-meeting-morning = Curator: day's numbers
switch-held-question = Curator: was it held?
switch-feedback-summary = Curator: sum of feedback
switch-digest-lists = Staff: open lists
switch-digest-deadlines = Staff: the deadlines
switch-digest-idle = Curator: no meetings
switch-digest-region = Coordinator: the week
switch-team-reminder = Team: a reminder
