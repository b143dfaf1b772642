# The code in the room: checking oneself in, and saying how the meeting was.

# For those who run the meeting
door-code = QR at the door
room-code =
    <b>{ $title }</b>
    { $use ->
        [in] Point your phone's camera here: the bot marks that you came. Not signed up yet? It does both at once.
        [both] Point your phone's camera here: the bot marks that you came and asks how the meeting was.
       *[answer] <b>Feedback without a name.</b> Point your phone's camera here and say how the meeting was.
    }

    ⏳ The code works until { $until }.
room-code-renew = Renew the code
room-code-renewed = The new code works until { $until }
door-crowded = ⚠️ { $came } came, with { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
}
door-confirm-undo = Undo the confirmation
door-unconfirmed = { $people ->
    [0] These marks are taken back already
   *[other] Confirmation undone, people: { $people }
}
door-group-undo = Take the mark back
door-group-cleared = Mark taken back: the group has no number
results-without-name = 👤 Without a name, by the QR in the room: { $unnamed }

# For those who pointed the camera
room-welcome =
    Hello! You are at the meeting “{ $title }”. Answer a few questions, and we will check you in at once.

    Came with a class or a group? Then there is no need to sign up: you are counted with it.
room-in =
    ✅ <b>You are checked in</b>
    { $title }
    👥 { $who }

    Enjoy the meeting. If this is a mistake, tell the curator.
room-team =
    ✅ <b>You are checked in</b>
    { $title }

    You are on the team of this meeting, and you are marked as here. If this is a mistake, tell the curator.
room-already = ☑️ You have been checked in at “{ $title }” since { $time }.
room-not-signed-up =
    <b>{ $title }</b>
    You are not signed up for this meeting. Sign you up and check you in now?

    Came with a class or a group? Then there is no need: you are counted with it.
room-come-in = Sign up and check in
room-waits = “{ $title }” has no free seats, you are on the waiting list. Speak to the curator at the door, who decides.
room-group = Your group is signed up for “{ $title }”. The curator counts it: tell them how many of you came.
room-too-young =
    { "" }
    At the meeting already? Speak to the curator at the door, who can count you without a sign-up.
room-rate-question =
    How was the meeting “{ $title }”? One tap is enough.

    No name on it: neither your name nor your account is kept with the answer.
room-answered = You have already told us about “{ $title }”. Thank you.

# Why not
room-code-unknown = This code does not fit. Scan the QR at the door once more, or speak to the curator.
refused-room-code-old = The code has been renewed. Please scan it on the screen once more.
refused-room-early = The QR at the door works from half an hour before the start: { $opens_at }. Until then the curator marks who came.
refused-room-closed = The list is closed already. The QR is needed again near the end, for feedback: { $opens_at }.
refused-room-over = Too late to check in: the meeting is over or the list is closed. If you were there, tell the curator.
refused-room-late = The QR works no longer than two hours after the meeting. You can still mark people on the list.
refused-room-full = There are no free seats. Speak to the curator at the door, who decides and can count you without a sign-up.
refused-room-no-sign-up = Signing up for this meeting is closed now. Speak to the curator at the door, who decides and can count you without a sign-up.
refused-room-not-admitted = This meeting takes no sign-ups from: { $category }. Speak to the curator at the door, who decides.
refused-answered = You have already told us about this meeting. Thank you.
