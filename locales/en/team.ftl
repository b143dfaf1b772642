# The team of a meeting: hosts, speakers, helpers, co-curators.

team-role-co-curator = co-curator
team-role-speaker = speaker
team-role-host = host
team-role-helper = helper
team-can-co-curator = Run the meeting together with its organiser: list, messages, checking people in (/manage).
team-can-speaker = Speak about your work.
team-can-host = Host the meeting.
team-can-helper = Help at the door and check people in. The organiser confirms your hours; they go into your portfolio.
team-you-co-curator = You run this meeting together with its organiser
team-you-speaker = You speak at this meeting
team-you-host = You host this meeting
team-you-helper = You help at this meeting
offering-talk = talk
offering-tour = tour
offering-stand = stand
offering-workshop = workshop
offering-other = something else

# The team's screen
team = Team
team-title =
    <b>Team · { $title }</b>
    { $total ->
        [0] { "" }
       *[other] People: { $total } · { $came } came
    }
team-none = Nobody yet. Invite a host, a speaker or a helper by a link: they need no seat.
team-hint =
    { "" }
    Tap a name to check them in, confirm hours or take them off the team.
team-hours-missing =
    { "" }
    ⏳ Helpers whose hours are not confirmed: { $without_hours }
team-invite = Invite
team-links = Not answered yet: { $links }
team-role-ask =
    <b>Whom to invite to “{ $title }”?</b>
    The link comes as a message of its own, ready to be forwarded.
team-invitation =
    🤝 We invite you to the team of “{ $title }”. Your role: { $role }.
    📅 { $when }

    { $link }

    The link is for one person, until { $until }.
team-link-sent = The link is ready, forward it
team-links-title = { $links ->
    [0]
        <b>No invitation waits for an answer</b>
        All links were accepted, revoked or have expired.
   *[other]
        <b>Not answered yet: { $links }</b>
        Tap an invitation to revoke it: its link stops working.
}
team-link-revoke = Revoke: { $role }, until { $until }
team-link-revoked = Invitation revoked

# One of the team
team-member =
    <b>{ $name }</b> · { $role }
    Meeting “{ $title }”
team-member-counted = 🏷 { $who }
team-member-came = { $came ->
    [yes] ✅ Checked in
   *[no] ⬜️ Not checked in
}
team-member-hours = { $hours ->
    [yes] ⏱ Hours confirmed: { $confirmed }
   *[no] ⏱ Hours not confirmed. How long did they help?
}
team-mark-came = Check in
team-mark-undo = Take the mark back
team-hours-less = −30 min
team-hours-more = +30 min
team-hours-yes = Confirm { $hours }
team-hours-confirmed = Confirmed: { $hours }
team-remove = Take off the team
team-remove-ask =
    <b>Take off the team?</b>
    { $name } · { $role }

    We will tell them; their rights for this meeting end. A new invitation brings them back.
team-remove-yes = Yes, take off
team-removed-toast = Done, we will tell them

# The invitation was opened
team-offer =
    🤝 <b>You are invited to the team of a meeting. Role: { $role }</b>
    { $can }
    { "" }

team-offer-seat =
    { "" }
    You are signed up for this meeting. Your seat goes to the next in line: on the team you need none.
team-what =
    <b>What will you offer?</b>
    Meeting “{ $title }”
team-words = { $offering ->
    [other]
        <b>What exactly?</b>
        Write one line, for example “A game about professions”.
   *[rest]
        <b>What about?</b>
        Write one line, for example “How bridges are built”, or skip this.
}
team-confirm =
    <b>Is this right?</b>
    “{ $title }”
    📅 { $when }
    🤝 { $role }{ $offers ->
        [nothing] { "" }
       *[something] { " " }· { $offer }
    }
    🏷 In the report: { $category }
team-confirm-yes = Confirm
team-count-otherwise = Count me differently
team-ways = <b>As whom shall we count you at “{ $title }”?</b>
team-joined-toast = You are on the team

# One's own place on a team
my-on-team = you: { $role }
my-teams-all = On a team: { $on_teams }
my-teams = { $which ->
    [past] <b>Past meetings whose team you were on</b>
   *[other] <b>Meetings whose team you are on</b>
}
my-teams-none = Meetings you are invited to as a speaker, host or helper will appear here.
team-place-title =
    <b>{ $title }</b>
    🤝 { $you }
team-place-offer = 🎤 { $offer }
team-place-came = { $hours ->
    [yes] ✅ You were at this meeting. Hours of help confirmed: { $confirmed }
   *[no] ✅ You were at this meeting.
}
team-place-door = You can check people in from { $opens }.
team-manage = Run the meeting
team-leave-ask =
    <b>You cannot come to “{ $title }”?</b>
    We will tell the organiser. A new invitation brings you back to the team.
team-leave-yes = Yes, I cannot come
team-left-toast = All right, we will tell the organiser
team-my-place = My role
card-on-team = 🤝 <b>{ $you }.</b> You need no seat of your own.

# Messages
team-reminder =
    ⏰ <b>{ $title }</b>
    📅 { $when }
    { $where }
    🤝 { $you } ({ $what })

    { $door ->
        [yes] You can check people in from 3 hours before the start, with the button below.
       *[no] We are looking forward to you. If your plans have changed, say so now.
    }
team-joined =
    🤝 <b>Invitation accepted: { $name }</b>
    { $role }
    “{ $title }”

    If this is the wrong person, take them off the team.
team-left =
    ⚠️ <b>Cannot come: { $name }</b>
    { $role }
    “{ $title }”
team-removed =
    The organiser took you off the team of “{ $title }” ({ $when }). You can come as a participant: /meetings

# When it does not work
team-link-gone = This link does not work: it was revoked or mistyped. Ask for a new one.
team-link-void = This link does not work any more: whoever invited you does not run this meeting now. Ask the organiser for a new one.
team-held-already = You are on the team of this meeting already: /my. The link stays good, you can pass it on.
team-place-gone = You are not on the team of this meeting: you declined, or the organiser took you off. Your meetings: /my
team-member-gone = They are not on the team any more.
refused-team = A published meeting has a team. Publish it first.
refused-team-cancelled = This meeting is cancelled and needs no team. Look at others: /meetings
refused-team-over = This meeting is over. See what comes next: /meetings
refused-team-came = They are checked in. Take that mark back first, then take them off the team.
refused-on-team = You are on the team of this meeting and need no seat. Your role: /my
refused-too-late-to-leave = It is too late for that: the meeting is over or cancelled, or you are checked in.
refused-hours = For one meeting, 30 minutes to 24 hours can be confirmed, by half hours.
refused-no-hours = Hours are confirmed to a helper who was checked in, once the meeting is over.
forbidden-lead = This is for the staff who answer for the meeting: its organiser, curator or coordinator. Ask them.

# Papers
certificate-title-co-curator = Co-curator’s Certificate
certificate-title-speaker = Speaker’s Certificate
certificate-title-host = Host’s Certificate
certificate-title-helper = Helper’s Certificate
certificate-for-co-curator = for running
certificate-for-speaker = for speaking at
certificate-for-host = for hosting
certificate-for-helper = for helping at
portfolio-helped = Hours of help
