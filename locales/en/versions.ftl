# A municipality's report on its way to the regional coordinator: sent, accepted, returned.

report-versions = Sending and versions
forbidden-report-decide = Reports are accepted and returned by the regional coordinator. If a decision has to change, write to them.
report-sent-meanwhile = Meanwhile version { $number } was sent{ $name ->
    [none] { "" }
   *[other] {" "}({ $name })
}. Have a look at it and decide again.
report-decided-meanwhile = Meanwhile version { $number } was { $status ->
    [accepted] accepted
   *[returned] returned with a comment
}{ $name ->
    [none] { "" }
   *[other] {" "}({ $name })
}. Read what it says and decide again.
input-scan-large = The file is larger than 10 MB. Send a photo instead of a file, or a smaller PDF.
input-scan-strange = This does not look like a scan. Send a photo of the signed page or a PDF file.

version-title = <b>Report for { $year } · { $name }</b>
version-none = Nothing has been sent to the regional coordinator yet.
version-nobody =
    { "" }
    ⚠️ The region has no coordinator in the bot yet: nobody can accept the report. Send the xlsx file by mail, or ask the bot’s administrator to invite a coordinator, who will then see the report here.
version-state = { $state ->
    [accepted] ✅ Version { $number } is accepted
    [returned] ↩️ Version { $number } was returned with a comment
    [replaced] 🗄 Version { $number } was replaced by the next one
    [awaiting] 📤 Version { $number } is sent and waits for a coordinator
    [yours] 📤 Version { $number } waits for your decision
   *[sent] 📤 Version { $number } is with the coordinator
}
version-sent = Sent: { $when }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
version-decided = { $state ->
    [accepted] Accepted
   *[returned] Returned
}: { $when }{ $name ->
    [none] { "" }
   *[other] , { $name }
}
version-comment = 💬 Comment:
version-has-scan = 📎 The signed scan is attached

version-changed = <b>Changed since then:</b>
version-changed-before = <b>Differs from version { $number } in:</b>
version-unchanged = Nothing has changed since then.
version-unchanged-before = The same as the version before.
version-row = { $row } { $name }: { $before } → { $now }
version-more-rows = and more rows: { $number }
version-words-organisations = 2.11. the list of organisations
version-words-photos = 3. links to photos
version-words-proposals = 4. proposals

version-send = Send to the coordinator
version-send-again = Send a new version
version-accept = Accept
version-return = Return
version-get-file = The xlsx file
version-get-scan = The scan
version-attach = Attach the scan
version-history = All versions
version-history-title =
    <b>Report for { $year } · { $name }</b>
    Which version do you want to see?
version-in-list = { $number } · { $day } · { $state ->
    [accepted] accepted
    [returned] returned
    [replaced] replaced
    [awaiting] waits for a coordinator
    [yours] waits for your decision
   *[sent] with the coordinator
}

version-send-ask =
    <b>Send the report for { $year } · { $name }?</b>
    Meetings { $meetings }, participants { $people }
version-send-lacking = ⚠️ Better mended before it is sent: { $lacking }
version-send-then =
    { "" }
    A version that was sent never changes. After corrections you can send the next one.
version-send-yes = Send
version-is-sent = Sent: version { $number }
version-accept-ask =
    { "" }
    Accept this version? The municipality will be told.
version-is-accepted = Accepted
version-comment-ask =
    { "" }
    What has to be corrected? Write, for example: “Row 3 has no link to photos”. The municipality will get your words.
version-comment-again =
    { "" }
    To change it, write the whole comment again.
version-return-yes = Return with the comment
version-is-returned = Returned
version-scan-ask =
    <b>Scan of version { $number } · { $name }, { $year }</b>
    Send a photo of the signed page or a PDF file up to 10 MB.
version-scan-again = A new scan replaces the one that is attached.
version-file = Appendix 2 — { $name } — { $year } — version { $number }.xlsx
version-scan-file = Scan — { $name } — { $year } — version { $number }

# Messages
report-sent =
    <b>{ $name }: report for { $year }, version { $number }</b>
    Sent{ $by ->
        [none] { "" }
       *[other] : { $by }
    }
    Meetings { $meetings }, participants { $people }
report-accepted =
    ✅ <b>The report for { $year } is accepted · { $name }</b>
    Version { $number }{ $by ->
        [none] { "" }
       *[other] , coordinator: { $by }
    }
report-returned =
    ↩️ <b>The report for { $year } was returned · { $name }</b>
    Version { $number }{ $by ->
        [none] { "" }
       *[other] , coordinator: { $by }
    }
report-returned-then = Make the corrections and send the report again.
version-open = Open the report
