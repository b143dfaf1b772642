# The list is closed and opened again; “Count you in?”

closing-title = <b>{ $title }</b>
closing-going-on = ⏳ The meeting is still going on, until { $until }. Whoever comes later can be checked in afterwards: the list stays open. The report counts meetings once they have ended.
closing-nobody = Nobody is checked in yet, so the report would have no participants for it. You can check people in first, or later.
closing-numbers =
    { $turnout }
    { $by_category }
closing-checks =
    { "" }
    <b>Look at this before you close the list:</b>
closing-groups = • { $groups ->
    [one] { $groups } group has no number.
   *[other] { $groups } groups have no number.
}
closing-said = • { $people ->
    [one] { $people } person says they were there and waits for your word.
   *[other] { $people } people say they were there and wait for your word.
}
closing-in-class = • { $category }: { $alone ->
    [one] { $alone } is checked in alone,
   *[other] { $alone } are checked in alone,
} and with a group{ $named ->
    [yes] { " " }({ $organisation })
   *[no] { "" }
} { $in_class ->
    [one] { $in_class } more came
   *[other] { $in_class } more came
}. Are they counted twice?
closing-walked-in = • { $category }: { $walk_ins } without a sign-up, and { $unmarked } signed up but not checked in. Are they the same people?
closing-twice = • Checked in twice, alone and with a group: { $names }.
closing-photos = • There is no link to photos for the report.
closing-question =
    { "" }
    Was the meeting held? Marks can still be corrected later.
closing-walk-ins = Walk-ins: take some back
manage-close-yes = Yes, it was held
manage-closed = Noted: it was held

count-me-title = <b>{ $title }</b> · { $state }
count-me-ask =
    { "" }
    <b>Count you in?</b>
    Those who run a meeting are in the report only if they say so.
count-me-counted =
    { "" }
    You are among the numbers: { $category }.
count-me-as =
    <b>What do we count you as?</b>
    It picks the row of the report.
count-me-yes = Yes: { $who }
count-me-other = Pick a category
count-me-no = No, leave me out
count-me-ready = Done
count-me-undo = Leave me out
count-me-done = You are counted
count-me-undone = You are not counted any more

manage-reopen = Open again
reopen-ask =
    <b>{ $title }</b>
    Why does the list have to be opened again? The reason stays in the log.
    No mark is lost, and the report has the meeting as unconfirmed until you say again that it was held.

    Pick or write. For example: “A class was counted twice”.
reopen-reason-unmarked = Not all are checked in
reopen-reason-numbers = Wrong numbers
reopen-done = The list is open again
refused-reopen = Only a meeting that was noted as held can be opened again.
