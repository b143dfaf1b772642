# Proposals (row 4), and the notes about meetings that they grow from.

proposals = Proposals (row 4)
proposals-title =
    <b>Proposals for the project, { $year }</b>
    { $place }

proposals-here =
    {""}
    <b>For the municipality</b>
proposals-there =
    {""}
    <b>For the region</b>
proposals-not = Nothing is written yet.
proposals-for-municipality = For the municipality
proposals-for-region = For the region
proposals-text-title = <b>Proposals for the project, { $year }</b>
    { $whom ->
        [municipality] { $place }: for the municipality
        [region] { $place }: for the region
       *[all] { $place }: consolidated report
    }
proposals-empty =
    {""}
    Nothing is written yet.

    Send one message, for example: “Hold meetings in summer camps too”. If there are none, write “none”.
proposals-replace = To replace this, send the whole new text.
proposals-undo = Bring the old text back
proposals-back = The old text is back
proposals-draft = Put a draft together
proposals-nothing = There is nothing to draft from: few answers this year, and no notes about meetings. A note can be written on a meeting’s screen, “Feedback”.
proposals-nothing-of-places = There is nothing to draft from: no municipality has written proposals for the region yet.
proposals-draft-title = { $whom ->
    [municipality] <b>Draft for the municipality, { $year }</b>
    [region] <b>Draft for the region, { $year }</b>
   *[all] <b>Draft for the consolidated report, { $year }</b>
}
proposals-draft-lost = This draft is stored already, or out of date. Put it together once more.
proposals-draft-what = It is stored nowhere yet. Store it as it is, or send a text of your own: the draft can be taken as a message, copied and edited. It is in Russian, as the form is.
proposals-draft-replaces = ⚠️ It would replace what is written now. The old text can be brought back.
proposals-store = Store as it is
proposals-stored = Stored
proposals-send = Send it to edit
proposals-draft-formats = By the answers of { $year } ({ $answers } of them), liked most: { $best }; liked least: { $weakest }.
proposals-draft-format = { $format } ({ $average })
proposals-draft-themes = What recurs in the answers:
proposals-draft-theme = – “{ $word }”, comments: { $comments }{ $comment ->
    [none] {""}
   *[other] . For example: “{ $comment }”
}
proposals-draft-notes = Notes about meetings:
proposals-draft-note = – “{ $title }” ({ $day }): { $note }
proposals-draft-place = { $name }: { $text }
report-for-municipality = For the municipality:
report-for-region = For the region:

note-open = A note for the report
note-ask =
    <b>A note for the report · { $title }</b>
    What should change, or be done again? For example: “Begin later: schools are not there in time after lessons”.

    The draft of the year’s proposals grows from these notes. Participants do not see them.
note-now =
    {""}
    Now:
note-remove = Take the note away
