# How far a message to participants has come
message-night =
    { "" }
    🌙 It is night: the message goes out at { $time }.
message-going = Done. The numbers are below.
sent-counter =
    ✉️ <b>Message to participants</b>
    “{ $title }”
sent-waits = Goes out { $when }. Recipients: { $total }
sent-numbers = Sent { $delivered } of { $total }{ $missed ->
    [0] { "" }
   *[other] { " " }· not reached { $missed }
}{ $unknown ->
    [0] { "" }
   *[other] { " " }· unknown { $unknown }
}
sent-stop = Stop
sent-stop-question =
    { "" }
    Stop sending? Whoever it has not gone out to yet will not get it.
sent-stop-now = Yes, stop
sent-stopped = Stopped. Not sent: { $withheld }
sent-over = Sending is finished.
sent-unknown =
    { "" }
    Something broke, and nobody knows whether the message reached { $undecided ->
        [one] { $undecided } person
       *[other] { $undecided } people
    }. Send it to them again?
sent-again = Send again
sent-leave = Leave it
refused-stopped = Sending was stopped already. To write again, open the meeting and choose “Write to participants”.
