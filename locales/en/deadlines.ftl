# The year's deadlines: /deadlines and what recalls them.

command-deadlines = Deadlines of the year
home-deadlines = Deadlines
forbidden-deadlines = This is for staff: curators and coordinators see the deadlines of their own territory. The coordinator gives the role: ask for an invitation.
forbidden-deadlines-organiser = The year’s deadlines are for curators and coordinators, who hand in the report. What it needs of you is your meetings: confirm the past ones and check in who came. Open “Your meetings”.

deadline-ahead = in { $days ->
    [one] { $days } day
   *[other] { $days } days
}
deadline-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
deadline-tomorrow = due tomorrow
deadline-today = due today
deadline-nobody = nobody is responsible: no curator, no coordinator
deadline-settled = { $how ->
    [sent] sent to the coordinator
    [by-letter] sent by letter
    [not-needed] not needed
   *[done] done
} · { $day }{ $name ->
    [none] { "" }
   *[other] , { $name }
}

deadline-gap-unconfirmed = { $number ->
    [one] { $number } meeting not confirmed as held
   *[other] { $number } meetings not confirmed as held
}
deadline-gap-nobody = { $number ->
    [one] { $number } meeting with nobody marked
   *[other] { $number } meetings with nobody marked
}
deadline-gap-groups = { $number ->
    [one] { $number } group without a number
   *[other] { $number } groups without a number
}
deadline-gap-feedback = { $number ->
    [one] { $number } meeting with more answers than people
   *[other] { $number } meetings with more answers than people
}
deadline-gap-duplicates = { $number ->
    [one] { $number } pair of meetings that look alike
   *[other] { $number } pairs of meetings that look alike
}
deadline-gap-photos = { $number ->
    [one] { $number } meeting without a link to photos
   *[other] { $number } meetings without a link to photos
}
deadline-gap-reports = { $number ->
    [one] { $number } municipality without a report
   *[other] { $number } municipalities without a report
}
deadline-gap-no-photos = no photos at all
deadline-gap-proposals = no proposals
deadline-gap-returned = the corrected report (it was returned)

# A part of the day's message
deadlines-part = <b>Deadlines of the year</b>
deadlines-part-line = 📅 { $name }, { $year }: { $due }
deadlines-part-missing = Missing: { $missing }
deadlines-part-more = Further deadlines: { $number }
deadlines-because = No, because…
deadlines-no = No: { $name }
deadlines-done = Done: { $name }
deadlines-sent = By letter: { $name }
deadlines-meetings = To past meetings
deadlines-all = All deadlines
deadlines-weekly = <b>Municipalities and deadlines</b>
deadlines-weekly-line = 📅 { $name }, { $year } ({ $due }): done { $done }{ $late ->
    [0] { "" }
   *[other] , late { $late }
}{ $open ->
    [0] { "" }
   *[other] , ahead { $open }
}{ $nobody ->
    [0] { "" }
   *[other] , nobody responsible { $nobody }
}

# Settling
deadline-no-reason = Write the reason in words, for example: “There were no meetings this year”.
deadline-already = { $name ->
    [none] This is settled already.
   *[other] This is settled already, by { $name }.
} Open the deadline again to see when and how. It can be taken back.
deadline-marked = Noted
deadline-taken-back = Taken back

# /deadlines
deadlines-whose =
    <b>Deadlines of the year</b>
    Whose do you want to see?
deadlines-territory = { $name }{ $late ->
    [0] { "" }
   *[other] { " " }· late { $late }
}{ $open ->
    [0] { "" }
   *[other] { " " }· ahead { $open }
}
deadlines-list = <b>Deadlines: { $name }</b>
deadlines-row = { $state ->
    [done] ✅
    [late] ⚠️
   *[open] 📅
} { $name }, { $year }: { $due }
deadlines-none = Nothing is due now. The administrator of the bot sets the list: tell them if something is missing.
deadlines-of-region = All municipalities
deadlines-place = { $name }: { $due }
deadlines-no-places = Nobody is in this list. Choose another.
deadlines-tab-late = Late: { $number }
deadlines-tab-open = Ahead: { $number }
deadlines-tab-nobody = No one: { $number }
deadlines-invite-hint = To invite somebody who is responsible, tap a municipality.
deadlines-tab-done = Done: { $number }
deadline-title =
    <b>{ $name }, { $year }</b>
    📍 { $territory }
    { $state ->
        [done] ✅
        [late] ⚠️
       *[open] 📅
    } { $due }
deadline-source = In the plan: { $source }
deadline-reason = Why: { $reason }
deadline-missing =
    { "" }
    Missing: { $missing }
deadline-propose = Write proposals
deadline-make = Make the report
deadline-invite = Invite somebody
deadline-say-done = Done
deadline-say-sent = Sent by letter
deadline-take-back = Take back
deadline-why =
    <b>{ $name }, { $year }</b>
    Why is it not needed? Write it in one message, for example: “There were no meetings this year”.
