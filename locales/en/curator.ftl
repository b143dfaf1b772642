# Organiser and curator: a new meeting, meetings, the door, feedback.

# A new meeting
new-so-far =
    { $parts }
    { "" }

new-now = Now:
new-keep = Keep it
new-skip = Skip
new-municipality = <b>Where will it be?</b>
new-title =
    <b>What is the meeting called?</b>
    For example: “Engineers of tomorrow: who builds bridges”.
new-day =
    <b>On which day?</b>
    Pick it in the calendar or write: “14.03 15:00”, “tomorrow at 15:00”.
new-time =
    <b>When does it start?</b>
    Pick the hour and the minutes or write: “15:30”.
new-length =
    <b>How long will it take?</b>
    Pick or write: “1 h 15”.
new-audience =
    <b>Whom is the meeting with?</b>
    It picks the row of the report. Others can sign up, too.
new-mode = <b>How will it be held?</b>
new-place = { $mode ->
    [by_correspondence]
        <b>Where are the materials, and where do the answers go?</b>
        For example: “The materials are on the site of school No. 3, answers until 1 April”.
   *[other]
        <b>Where do you meet?</b>
        For example: “Central Library, 12 Lenin St.”.
}
new-link =
    <b>The link to the meeting?</b>
    Those who sign up will see it. For example: “telemost.yandex.ru/j/123”.
new-seats =
    <b>How many seats?</b>
    Pick or write: “27 people”.
new-description =
    <b>What is it about?</b>
    Two or three sentences for participants. For example: “An engineer answers questions about work and study”.
new-format = <b>Which format?</b>
new-admits =
    <b>Who may sign up?</b>
    Tap to tick or untick.
new-admits-done = Done
new-admits-all = Tick everybody
new-admits-parents = Parents
new-admits-employers = Employers
new-admits-others = Everybody else
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes } min
seats-no-limit = No limit
new-preview =
    { "" }
    <i>This is what participants will see. For the report: { $audience }, { $format }, { $counts ->
        [yes] counts in the form
       *[no] does not count in the form
    }.</i>
new-publish = Publish
new-keep-draft = Keep as a draft
new-change = Change
new-counts = { $counts ->
    [yes] Leave out of the report
   *[no] Count in the report
}
new-fields =
    { "" }
    <i>For the report: { $audience }, { $format }, { $counts ->
        [yes] counts in the form
       *[no] does not count in the form
    }.</i>
    What shall be changed?
new-times-fixed = The time cannot be changed any more: the meeting is over or somebody is checked in.
new-field-title = Title
new-field-when = When
new-field-audience = With whom
new-field-mode = How and where
new-field-seats = Seats
new-field-description = Description
new-field-admits = Who may sign up
new-field-format = Format
new-audience-left-out =
    { "" }
    ⚠️ The meeting is { $audience }, but they cannot sign up for it. Check who may sign up.
new-published = Published, sign-up is open
new-stored = Draft kept

# Meetings
manage-list = <b>Your meetings</b>
manage-none = { $tab ->
    [upcoming] Nothing ahead. Make a new meeting or publish a draft.
    [past] No past meetings yet. They appear here once they are over. One held without the bot is added with the button below.
    [open] All lists are closed. Past meetings that nobody confirmed appear here.
   *[drafts] No drafts. A new meeting can be kept as a draft and published later.
}
manage-tab-upcoming = Upcoming
manage-tab-past = Past
manage-tab-open = Lists to close
manage-tab-drafts = Drafts
manage-row-signed-up = { $seats ->
    [0] { $people } signed up
   *[other] { $people } of { $seats } signed up
}
manage-row-came = { $people } came
manage-row-nobody = nobody is checked in
manage-row-unconfirmed = { manage-row-came }, unconfirmed
manage-new = New meeting
manage-title = <b>{ $title }</b> · { $state }
manage-state-draft = draft
manage-state-published = open for sign-up
manage-state-running = going on now
manage-state-unconfirmed = over, unconfirmed
manage-state-held = held
manage-state-cancelled = cancelled
manage-reason = Reason: { $reason }
manage-reason-again = To correct the reason, write it again.
manage-signed-up = 👥 { $people }{ $seats ->
    [0] { " " }signed up, no limit
   *[other] { " " }of { $seats } signed up
}
manage-came = ✅ { $turnout }
manage-rating = ⭐ { $average } · { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
}
manage-photos-link = 📷 { $link }
manage-publish = Publish
manage-door = Check people in
manage-close = It was held
manage-more = More
manage-share = Share
manage-edit = Change
manage-results = Feedback
manage-photos = Link to photos
manage-cancel = Cancel the meeting
manage-throw-away = Delete the draft
manage-to-list = ‹ To the list
manage-invitation = Sign up: { $link }
manage-shared = The invitation is ready to forward
manage-answered = This question is answered already
manage-reason-ask =
    <b>{ $title }</b>
    Why will it not take place, or why did it not? All who signed up will see the reason. A cancelled meeting cannot be brought back.
    For example: “The speaker is ill, a new date will follow”.
manage-cancel-ask = { $draft ->
    [yes] Delete the draft “{ $title }”?
   *[no] { "" }
    { $signed_up ->
        [0] Nobody is signed up, so nobody has to be told. Cancel the meeting?
        [one] We will tell { $signed_up } participant. Cancel the meeting?
       *[other] We will tell { $signed_up } participants. Cancel the meeting?
    }
}
manage-cancel-yes = { $draft ->
    [yes] Yes, delete it
   *[no] Yes, cancel it
}
manage-cancelled = Cancelled, participants will be told
manage-thrown-away = Draft deleted
manage-photos-ask =
    <b>{ $title }</b>
    Send the link to the photos in the cloud: it goes into the report.
    For example: “disk.yandex.ru/d/abc”.
manage-photos-now = Now: { $photo_link }
manage-photos-remove = Remove the link

# Feedback
results-title = <b>Feedback · { $title }</b>
results-none = No answers yet. Everybody who was checked in is asked two hours after the meeting.
results-numbers =
    ⭐ <b>{ $average }</b> · { $answers ->
        [one] { $answers } answer
       *[other] { $answers } answers
    }
    { $bars }
results-useful =
    { "" }
    <b>What was useful</b>
    { $useful }
results-waiting =
    { "" }
    { $waiting ->
        [one] { $waiting } more answer waits
       *[other] { $waiting } more answers wait
    }: these people were not checked in.
results-comments = Comments: { $comments }
results-comments-title =
    <b>Comments · { $title }</b>
    { "" }

results-comment = { $rating } ⭐ · { $category }
results-unnamed = without a name

# The door
door-numbers =
    <b>{ $title }</b>
    { $turnout }
numbers-came = { $beside ->
    [0] { $came } of { $signed_up } came
   *[other] { $came } came: { $registered } of { $signed_up } who signed up{ $walk_ins ->
        [0] { "" }
       *[other] , { $walk_ins } without sign-up
    }{ $team ->
        [0] { "" }
       *[other] , { $team } of the team
    }
}
door-empty =
    { "" }
    Nobody has signed up. Count those who came with “+1 without sign-up”.
door-found =
    { "" }
    { $found ->
        [0] Nobody found for “{ $query }”. Try other letters or the code, or “+1 without sign-up”.
        [one] { $found } line found
       *[other] { $found } lines found
    }
door-hint =
    { "" }
    Tap a name to check in. To find somebody, write letters of the name or the code, such as “A7”.
door-spoken-for =
    { "" }
    { $spoken_for ->
        [one] { $spoken_for } child of those who say they came is not checked in. If the child was there, tap the line.
       *[other] { $spoken_for } children of those who say they came are not checked in. If they were there, tap their lines.
    }
door-erased = (name erased)
door-says-came = to be confirmed
door-marked = ✅ { $name }
door-unmarked = Mark removed: { $name }
door-confirm = Confirm they came: { $unconfirmed }
door-confirm-ask = { $unconfirmed ->
    [0] There is nobody left to confirm: everybody is marked already.
   *[other] <b>They say they were there. Check them all in?</b>
}
door-confirm-more = and { $more } more
door-confirm-yes = Yes, check them in
door-confirmed = { $people ->
    [0] Everybody is marked already
    [one] { $people } person checked in
   *[other] { $people } people checked in
}
door-everybody = Show everybody
door-walk-in = +1 without sign-up
door-walk-in-more = Others…
door-walk-in-last =
    { "" }
    The last without sign-up: { $last }
door-added = +1: { $who }
door-undo = Remove the last one
door-taken-back = The last one is removed
door-organisation =
    <b>From which organisation?</b>
    It goes into the report. For example: “School No. 3”.

# Groups at the door
door-groups-uncounted =
    { "" }
    Groups: { $groups } not counted. Tap a group’s line and say how many came.
door-group =
    <b>{ $organisation } · { $category }</b>
    { $state ->
        [counted] Came: { $came } of { $seats }
       *[open] { $seats } signed up. How many came?
    }

    Tap or write a number, such as “23”.
door-group-came = { $came } of { $seats }
door-group-less = −1
door-group-more = +1
door-group-all = All came
door-group-nobody = Nobody
door-group-counted = { $people ->
    [0] Noted: nobody came
    [one] { $people } person counted
   *[other] { $people } people counted
}

# The waiting list
manage-waiting = Waiting list: { $listed }
waiting-room =
    <b>Waiting list · { $title }</b>
    { $waiting_people ->
        [one] { $waiting_people } person waits
       *[other] { $waiting_people } people wait
    } · offered: { $offered }{ $left ->
        [-1] { "" }
       *[other] { " " }· free seats: { $left }
    }
waiting-room-empty =
    { "" }
    The waiting list is empty. It begins when seats run out and somebody decides to wait.
waiting-room-how =
    { "" }
    { $automatic ->
        [yes] The bot offers free seats by itself, in order. Tap an entry to offer one out of turn.
       *[no] You offer the seats: tap an entry. Until you decide, nobody new can take them.
    }
waiting-room-waits = { $place }. { $name }{ $people ->
    [1] { "" }
   *[other] { " " }· group of { $people }
}
waiting-room-offered = ⏳ { $name }{ $people ->
    [1] { "" }
   *[other] { " " }· group of { $people }
} · by { $until }
waiting-room-automatic = Offer automatically
waiting-room-by-hand = Offer by hand
waiting-offered = Offered, the message is on its way
waiting-offered-already = Offered already, the answer is due by { $until }
waiting-offer-ask =
    <b>Offer a seat out of turn?</b>
    { $name } · { $who }
    Place in the line: { $place }. Those ahead go on waiting.
waiting-offer-yes = Yes, offer it

# Repeat a meeting
manage-repeat = Repeat
repeat-ask =
    <b>Repeat “{ $title }”</b>
    Everything stays as it is, only the day is new. Once, or as a series?
repeat-once = Once
rhythm-weekly = every week
rhythm-fortnightly = every two weeks
rhythm-monthly = every month
repeat-times =
    <b>Repeat { $rhythm }: how many times?</b>
    Choose from 2 to 12, or write the last day, for example “until 30 May”.
    Every month means the same weekday by its number, every second Saturday for example.
repeat-days =
    <b>“{ $title }” · { $rhythm }, { $time }</b>
    { $days }

    { $meetings ->
        [0] No days yet: go back and choose how many times.
        [one] { $meetings } meeting will be made. Holidays are not checked: look at the days.
       *[other] { $meetings } meetings will be made. Holidays are not checked: look at the days.
    }
repeat-publish = Publish all
repeat-keep-drafts = Keep as drafts
repeat-published = Meetings published: { $meetings }
repeat-stored = Drafts kept: { $meetings }
reach-ask =
    <b>“{ $title }” comes again</b>
    { $what ->
        [times] Where should the time change? The days stay as they are.
       *[other] Where should it change?
    }
reach-this = Only this one
reach-following = This and the next: { $following }
manage-cancel-series = This meeting comes again. Which ones should be cancelled?
input-repeats = It can be repeated from 2 to 12 times. Write a number, for example “4”, or the last day, for example “until 30 May”.
input-repeats-many = At most 12 meetings can be made at once. Choose an earlier day.
input-repeats-none = The meeting doesn’t come again before that day. Choose a later one.

# Write to participants
manage-write = Write to participants
message-to =
    <b>Who should get it?</b>
    “{ $title }”
message-to-nobody = There is nobody to write to yet: no one has signed up. Come back when someone has.
recipients-signed-up = Signed up: { $people }
recipients-came = Those who came: { $people }
recipients-waiting = Waiting for a seat: { $people }
message-last = The last message
message-ask =
    <b>{ $to_whom }. What do you want to tell them?</b>
    Up to 1,000 characters. For example: “Enter from the yard and bring indoor shoes”.
message-preview =
    { "" }
    <i>This is what people will see. { $to_whom }.</i>
message-send = Send to { $people ->
    [one] { $people } person
   *[other] { $people } people
}

# When something cannot be done
refused-write = This is a draft: it has no participants yet. Publish the meeting first.
refused-nobody-to-write-to = There is nobody left to write to: these people are no longer on the list.
input-when = The day was not understood. Write, for example, “14.03 15:00” or “tomorrow at 15:00”.
input-time = The time was not understood. Write, for example, “15:30”.
input-no-such-day = There is no such day. Check the day and the month.
input-length = A meeting takes from 15 minutes to 12 hours. Write, for example, “1 h 30” or “90 min”.
input-seats = There can be 1 to 10,000 seats. Write a number, for example “27”.
input-link = A web address is needed, for example “telemost.yandex.ru/j/123”.
input-photos = A link to a folder in the cloud is needed, for example “disk.yandex.ru/d/abc”.
input-past = That time has passed. Choose another one.
input-place-not-yet = There is no municipality “{ $name }” on that day yet. Choose a later day.
input-place-gone = There is no municipality “{ $name }” on that day any more. Choose an earlier day.
input-place-merged = There is no municipality “{ $name }” on that day any more: it became part of “{ $successor }”. Choose an earlier day or make the meeting there.
refused-admits-nobody = Somebody must be able to sign up: tick others first.
refused-publish = Only a draft of a meeting that has not begun can be published. Change its time: “Change”.
refused-edit = This meeting cannot be changed any more: it was held or cancelled.
refused-move = The time cannot be changed any more: the meeting is over or somebody is checked in. The rest can.
refused-photos = The link to photos can be added once the meeting has begun.
refused-share = Only a published meeting that is not over can be shared.
refused-results = Feedback appears once the meeting has begun.
refused-door = People can be checked in from 3 hours before the start, unless the meeting is cancelled.
refused-close = “It was held” can be tapped after the start of a published meeting.
refused-cancel = It cannot be cancelled: the meeting was held.
refused-seats-taken = { $taken ->
    [one] { $taken } person is signed up
   *[other] { $taken } people are signed up
} already, and there would be { $seats } seats. Give at least as many.
refused-registration-cancelled = This registration was cancelled. If the person came, use “+1 without sign-up”.
refused-came = Of this group 0 to { $most } people can be counted. Add the others with “+1 without sign-up”.
