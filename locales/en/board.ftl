# The region's board: how municipalities hand in the report of a year. And the consolidated file.

board = Municipalities
board-title =
    <b>Municipalities · { $year }</b>
    How they hand in the Appendix 2 report
board-due = 📅 { $due }
board-count = { $mark } { $state }: { $number }
board-addenda = 📎 Addenda awaited to what was sent: { $addenda }
board-addendum = 📎 { $addendum }: { $addendum_due }
board-nobody-existed = The region had no municipality in that year. Choose another one.
board-state-not-started = Not begun
board-state-draft = Draft
board-state-returned = Returned
board-state-sent = Sent
board-state-accepted = Accepted
board-state-not-needed = Not needed
board-tab = { $state }: { $number }
board-places =
    <b>{ $state } · { $year }</b>
    { $number ->
        [one] { $number } municipality
       *[other] { $number } municipalities
    }
board-no-places = Nobody here. Go back and choose another state.
board-row = { $late ->
    [yes] ⚠️ { "" }
   *[no] { "" }
}{ $name }: { $words }{ $addendum ->
    [awaited] ; an addendum is awaited
   *[none] { "" }
}
board-nothing-yet = no meetings and no words for the report
board-words = no meetings, words for the report are there
board-held = { $held ->
    [one] { $held } meeting confirmed
   *[other] { $held } meetings confirmed
}{ $unconfirmed ->
    [0] { "" }
   *[other] , { $unconfirmed } not confirmed
}
board-version = version { $number }, { $status ->
    [accepted] accepted
    [returned] returned
   *[sent] sent
} { $day }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
board-place =
    <b>{ $name } · { $year }</b>
    { $mark } { $state }: { $words }
board-comment = Why it was returned: { $comment }
board-reason = Why it is not needed: { $reason }
board-nudged = Reminded today already.
board-nobody-there = There is nobody to remind: no curator and no coordinator, or they have stopped the bot. Invite them: /invite.
board-decide = Accept or return
board-open = Open the report
board-versions = Versions of the report
board-nudge = Remind
board-nudge-all = Remind all who owe it
board-nudge-asks = <b>Remind of the report for { $year }?</b>
board-nudge-asked = The message goes to the curators and coordinators of { $asked ->
    [one] { $asked } municipality
   *[other] { $asked } municipalities
}.
board-nudge-already = Reminded today already, and not a second time:
board-nudge-nobody = No curator and no coordinator there, or they have stopped the bot:
board-nudge-none = <b>There is nobody to remind of the report for { $year } now</b>
board-nudge-all-sent = All reports that were awaited are sent by now or not needed.
board-nudge-yes = Yes, remind them
board-nudge-done = { $asked ->
    [one] Reminded: { $asked } municipality
   *[other] Reminded: { $asked } municipalities
}
board-nudge-sent = Reminded
board-nudged-today = This municipality has been reminded today. You can remind it tomorrow.
board-nobody = There is nobody to remind: no curator and no coordinator there. Invite them: /invite.
board-not-awaited = This report is no longer awaited: it is sent or not needed. Open the municipality again.

# What a municipality is told
report-nudge =
    <b>{ $place }: report for { $year }</b>
    The regional coordinator is waiting for it.
report-nudge-due = 📅 { $due }

# The consolidated report
region-caption-accepted = From accepted reports: { $accepted } of { $places }.
region-caption-drafts = From drafts: what the bot counts now, accepted or not. Accepted: { $accepted } of { $places }.
region-caption-missing = No accepted report, their sheets are empty:
region-from-drafts = Make it from drafts
region-file-drafts = Appendix 2 — { $name } — { $year } — from drafts.xlsx
region-source-accepted = From accepted reports: { $accepted } of { $places }
region-source-drafts = From drafts, counted on { $day }. Accepted reports: { $accepted } of { $places }
region-note-missing = Without an accepted report and not in the sum, municipalities: { $number }. Their sheets are empty: type the numbers in and the sums follow. They are:
region-remark-accepted = Version { $number }, sent { $sent }, accepted { $decided }
region-remark-draft = Draft: counted on { $day }
region-remark-missing = No accepted report
status-by-letter = Sent by letter
status-in-sum = yes
status-not-in-sum = no
