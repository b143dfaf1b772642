# Reminders, the answers to them, and one’s own choice.

reminder-week =
    ⏰ <b>{ $days ->
        [7] In a week
       *[other] Soon
    }: { $title }</b>
    📅 { $when }
    { $where }

    If your plans have changed, cancel your sign-up: somebody else gets the seat.
reminder-day =
    ⏰ <b>{ $days ->
        [0] Today
        [1] Tomorrow
       *[other] Soon
    }: { $title }</b>
    📅 { $when }
    { $where }
    👥 { $who }

    { $answer ->
        [yes] ✅ You said that you will be there. Thank you. If your plans change, tell us here.
       *[none] { $mode ->
            [in_person] Are you coming? If you cannot, somebody else gets the seat.
           *[other] Will you take part? If you cannot, somebody else gets the seat.
        }
    }
reminder-hours =
    ⏰ <b>{ $hours ->
        [0] In less than an hour
        [one] In { $hours } hour
       *[other] In { $hours } hours
    }: { $title }</b>
    📅 { $when }
    { $where }

    { $mode ->
        [in_person] 🔑 Code: <b>{ $code }</b>. The organiser meets you at the door: show your ticket or say the code.
        [online] Open the link a few minutes before the start: the organiser is there to meet you.
       *[by_correspondence] No need to go anywhere: you take part by correspondence.
    }
reminder-yes = { $mode ->
    [in_person] I’m coming
   *[other] I’ll take part
}
reminder-no = I can’t
reminder-fewer = There will be fewer of us
reminder-ticket = Show my ticket
reminder-thanks = Thank you, see you there
reminder-cancelled = Your sign-up for “{ $title }” is cancelled. Thank you for telling us. Other meetings: /meetings
rate-again = If you have a minute, rate “{ $title }” with one tap: it makes the next ones better.

# One’s own choice
command-reminders = What to remind you of
home-reminders = Reminders
own-reminders =
    <b>Reminders</b>
    Tick when to write to you about the meetings you are signed up for or help to hold.

    Of changes and cancellations we tell you even if all of this is off.
own-reminders-barred = Turned off in the region at the moment: { $barred }.
own-reminder-week = A week before
own-reminder-day = The evening before
own-reminder-hours = { $hours ->
    [one] { $hours } hour before
   *[other] { $hours } hours before
}
own-reminder-feedback = How it was, afterwards
own-reminder-team = When you are on a team
hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
own-reminders-turn-off = Turn all off
own-reminders-off = No more reminders

# Who confirmed: the meeting and the list at the door
manage-confirmed = ✋ { $confirmed } of { $signed_up } confirmed
door-will-come = is coming

refused-not-signed-up = You are not signed up for this meeting any more. Open it: there may still be seats.
refused-begun = The meeting has begun, no answer is needed. If you are on your way, you are expected.
refused-no-ticket = This ticket is not needed any more: it was cancelled or used, or the meeting is over. Your sign-ups: /my
