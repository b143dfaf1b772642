# The year's deadlines: /deadlines and what recalls them.

command-deadlines = Deadlines of the year
home-deadlines = Deadlines
forbidden-deadlines = This is for staff: curators and coordinators see the deadlines of their own territory. The coordinator gives the role: ask for an invitation.

deadline-ahead = in { $days ->
    [one] { $days } day
   *[other] { $days } days
}
deadline-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
deadline-nobody = nobody to do it: no curator, no coordinator
deadline-settled = { $how ->
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
deadline-gap-photos = { $number ->
    [one] { $number } meeting without a link to photos
   *[other] { $number } meetings without a link to photos
}
deadline-gap-reports = { $number ->
    [one] the report of { $number } municipality
   *[other] the reports of { $number } municipalities
}
deadline-gap-no-photos = no photos at all
deadline-gap-proposals = no proposals

# A part of the day's message
deadlines-part = <b>Deadlines of the year</b>
deadlines-part-line = 📅 { $name }, { $year }: { $due }
deadlines-part-missing = Missing: { $missing }
deadlines-part-more = Further deadlines: { $number }
deadlines-because = No, because…
deadlines-meetings = To past meetings
deadlines-all = All deadlines
deadlines-weekly = <b>Municipalities and deadlines</b>
deadlines-weekly-line = 📅 { $name }, { $year } ({ $due }): done { $done }, late { $late }, ahead { $open }{ $nobody ->
    [0] { "" }
   *[other] , nobody there { $nobody }
}

# Settling
deadline-no-reason = Write the reason in words, for example: “There were no meetings this year”.
deadline-already = { $name ->
    [none] This is settled already.
   *[other] This is settled already, by { $name }.
} Open the deadline again to see when and how. It can be taken back.
