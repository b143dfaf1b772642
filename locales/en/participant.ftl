# Participants: consent, the few questions, meetings, signing up, feedback.

welcome = Hello! This bot is about career meetings in { $region }, where school students, parents and employers talk about professions. Taking part is free.
welcome-meeting =
    Hello! This bot is about career meetings in { $region }. Taking part is free.

    One more minute and you can sign up for “{ $title }”.
welcome-new-school-year = Happy new school year! Which grade are you in now?

operator-unnamed = the organisation that runs the meetings
operator-contact-unnamed = through the curator of a meeting
consent-yes = I agree
consent-no = I do not agree
consent-changed =
    The text of the consent has changed since you gave it. Please read it once more.
consent-tap-again = Thank you. Now tap the same button in the message above once more.

consent-text =
    <b>Consent to the processing of personal data</b>

    I allow the operator ({ $operator }) to keep and use my data to sign me up for meetings, tell me about them, mark who came and collect feedback.

    <b>Which data:</b> name, who I am (student and grade, parent, organisation), municipality, sign-ups, places on the team of a meeting and feedback, the number of my messenger account. We ask for no phone and no birthday.
    <b>Who sees them:</b> the organiser of a meeting and their helpers at the door, the curator and the coordinator of its municipality. Reports hold numbers only, no names.
    <b>How long:</b> until I take the consent back with /privacy. Then the data are erased; bare numbers and ratings stay.
    <b>Contact:</b> { $contact }.

    Version { $version }.
consent-below = You consent with the button below.

onboarding-declined = { $kept ->
    [nothing]
        All right, nothing about you was kept.

        You can look at the meetings anyway; consent is only needed to sign up.
   *[before]
        All right, we will keep nothing new.

        Your sign-ups stay valid, and you can look at the meetings anyway. New sign-ups and changes need the new consent. The earlier one can be taken back, then the data are erased.
}
onboarding-look = Look at the meetings
onboarding-occupation = <b>Who are you?</b>
onboarding-grade =
    <b>Which grade are you in?</b>
    Tap or write it, for example “9”.
onboarding-too-young =
    <b>Your parents can sign you up</b>
    In your grade you cannot sign up by yourself yet, { $kept ->
        [nothing] and we kept nothing about you
       *[before] so we did not keep this answer
    }.

    Ask them to sign up with “Me and my child”: you come to the meeting together. Or a teacher can bring your class with “Sign up a group”.
onboarding-too-small =
    <b>The meetings are for grades 5–11</b>
    We will be glad to see you once you are in the fifth. { $kept ->
        [nothing] We kept nothing about you.
       *[before] We did not keep this answer.
    }

    You can look at the meetings already.
onboarding-am-parent = I am a parent
onboarding-position = <b>Do you lead the company or work there?</b>
position-head = I lead it
position-employee = I work there
who-head = Head of a company
who-employee = Specialist
onboarding-organisation =
    <b>Which organisation are you from?</b>
    Write its name, for example School No. 5.
onboarding-confirm =
    <b>Is everything right?</b>
    👤 { $name }
    🏷 { $who }
    📍 { $municipality }
onboarding-missing = not given
onboarding-all-right = Yes, all right
onboarding-change-name = Change the name
onboarding-change-municipality = Change town or district
onboarding-change-who = Change who I am
onboarding-done = Done
onboarding-one-step = One step left: tap “Sign up”
onboarding-name =
    <b>What shall we call you?</b>
    A first name is enough, for example “Maria”.
onboarding-municipality = <b>Where do you live, study or work?</b>

# List and card
meetings-title = { $where ->
    [home] <b>Meetings: { $municipality }</b>
    [home-with-room] <b>Meetings with seats: { $municipality }</b>
    [region-with-room] <b>Meetings of the region with seats</b>
   *[region] <b>Meetings of the whole region</b>
}
meetings-none = { $where ->
    [home] Nothing is planned here yet. Look at the meetings of the whole region.
    [home-with-room] There are no free seats here now. Look at the meetings of the whole region.
    [region-with-room] There are no free seats anywhere now. Look in again in a few days.
   *[region] Nothing is planned yet. Look in again in a few days.
}
meetings-region = Meetings of the region
meetings-home = Only: { $municipality }
meetings-all = All meetings
list-signed-up = ✓ signed up
to-list = ‹ To the list

card-when = 📅 { $when }
card-place = 📍 { $place }, { $municipality }
card-online = 💻 Online, the link opens once you sign up
card-link = 💻 Online: { $link }
card-by-correspondence = ✉️ By correspondence: { $place }
card-seats = { $free ->
    [0] no seats left of { $seats }
    [one] { $free } seat left of { $seats }
   *[other] { $free } seats left of { $seats }
}
card-seats-few = { $free ->
    [0] no seats left
    [one] { $free } seat left
   *[other] { $free } seats left
}
card-for = { $seats ->
    [open] 👥 For { $who }
   *[other] 👥 For { $who } · { $seats }
}
card-past = ✔️ This meeting is over
card-cancelled = 🚫 <b>This meeting was cancelled.</b> { $reason }
card-mine = { $state ->
    [came] ✅ <b>You were at this meeting.</b>
    [says-came] 🕓 <b>You said you were there.</b> The curator has yet to confirm it.
    [over] You were signed up for this meeting.
    [group] ✅ <b>Your group is signed up:</b> { $people ->
        [one] { $people } person
       *[other] { $people } people
    }.
    [together] ✅ <b>Both of you are signed up:</b> { $who }.
   *[waiting] ✅ <b>You are signed up.</b>
}
code-at-door = Code at the door: { $code }
who-with-child = you and your child, { $grade }
card-full =
    {""}
    { $why ->
        [held] The free seats are kept for those who have waited longest.
        [limit] The seats for participants like you are taken.
       *[full] There are no seats left.
    } Join the waiting list{ $waiting ->
        [0] {""}
       *[other] { " " }({ $waiting } waiting now)
    }: we will message you when there is a seat.
card-closed =
    {""}
    Signing up for this meeting is closed.
card-not-for-me =
    {""}
    This meeting has no sign-up for { $category ->
        [parent] parents
        [head] heads of companies
        [employee] company staff
        [university] universities and colleges
        [job_centre] job centres
        [youth_centre] youth centres
        [extra_education] after-school education
        [culture] cultural bodies
        [social] social services
        [volunteer] volunteers
        [other] teachers and other organisations
       *[pupil] grade { $grade }
    }.

sign-up = Sign up
sign-up-otherwise = Sign up differently
sign-up-cancel = Cancel my sign-up
sign-up-done = { $people ->
    [group] Your group is signed up.
    [two] Both of you are signed up.
   *[alone] You are signed up.
}
sign-up-already = { $people ->
    [group] Your group is already signed up.
    [two] Both of you are already signed up.
   *[alone] You are already signed up.
}
sign-up-cancelled = { $status ->
    [waiting] You left the waiting list
    [offered] All right, the seat goes to the next in line
   *[active] Sign-up cancelled
}
cancel-title = { $status ->
    [waiting] Leave the waiting list of “{ $title }”? You lose your place in it.
    [offered] Decline the seat at “{ $title }”? It goes to the next in line.
   *[active] Cancel your sign-up for “{ $title }”? The seat goes to somebody else.
}
cancel-yes = { $status ->
    [waiting] Yes, leave
    [offered] Yes, decline
   *[active] Yes, cancel
}

ways-title = <b>How will you come to “{ $title }”?</b>
way-grade-5 = As a student of grade 5
way-grade-6 = As a student of grade 6
way-grade-7 = As a student of grade 7
way-grade-8 = As a student of grade 8
way-grade-9 = As a student of grade 9
way-grade-10 = As a student of grade 10
way-grade-11 = As a student of grade 11
way-parent = As a parent
way-head = As head of a company
way-employee = As company staff
way-university = From university, college
way-job-centre = From a job centre
way-youth-centre = From a youth centre
way-extra-education = From a children’s centre
way-culture = From a cultural body
way-social = From a social service
way-volunteer = As a volunteer
way-other = From my organisation
way-usual = As usual: { $who }
way-with-child = Me and my child
child-title =
    <b>Which grade is your child in?</b>
    We sign up both of you for “{ $title }”. No name of the child is needed.

# My sign-ups
my-title = <b>My sign-ups</b>
my-none = You are not signed up for anything yet. Find a meeting you like.
my-find = Find a meeting
my-past = Past meetings
my-past-title = <b>Past meetings</b>
my-past-none = Meetings you signed up for will appear here.
my-cancelled = cancelled
my-says-came = awaits the curator
ticket =
    <b>{ $title }</b>
    📅 { $when }
    { $mode ->
        [online] 💻
        [by_correspondence] ✉️
       *[in_person] 📍
    } { $place }
    👥 { $people ->
        [two] Both: { $who }
       *[alone] { $who }
    }

    { $state ->
        [called-off] 🚫 The meeting was cancelled.
        [cancelled] 🚫 You cancelled your sign-up.
        [came] ✅ You were at this meeting.
        [says-came] 🕓 You said you were there. The curator has yet to confirm it.
        [over] The meeting is over.
        [waits] { $waits }
        [online] ✅ You are signed up. The meeting is online.
        [by_correspondence] ✅ You are signed up. There is nowhere to go: you take part by correspondence.
       *[in_person] Code at the door: <b>{ $code }</b>. Say it when you come in.
    }
ticket-open = Open the meeting

# Feedback
came-question = Were you at “{ $title }” ({ $when })?
came-yes = Yes
came-no = No
came-no-thanks = Thank you for answering. We would be glad to see you another time: /meetings
rate-question = How was “{ $title }”? Rate it with one tap.
rate-thanks = Thank you!
useful-question =
    Your rating of “{ $title }”: <b>{ $rating } ⭐</b>

    What was useful? You can tick several.
useful-professions = Learned about professions
useful-people = Met and talked to people
useful-choice = Helped me to choose
useful-practice = Tried things out
useful-next-step = I know my next step
useful-child = Understand my child more
useful-labour-market = Learned about jobs
useful-contacts = Useful contacts
useful-candidates = Met future colleagues
useful-methods = Methods for my work
useful-done = Go on
comment-question =
    A few words about “{ $title }”: what will you remember, what could be better?
    Write a message or skip. It is read without your name.
comment-skip = Skip
feedback-thanks = Thank you for your feedback on “{ $title }”. See you at other meetings: /meetings
feedback-thanks-unconfirmed = Thank you for your feedback on “{ $title }”. It counts once the curator confirms who came.

meeting-cancelled =
    🚫 <b>Meeting cancelled: { $title }</b>
    📅 { $when }
    Reason: { $reason }

    { $whose ->
        [team] You need not come. Thank you for being ready to help.
       *[registration] Your sign-up was removed. Look at other meetings.
    }
other-meetings = Other meetings

# Data
privacy-overview =
    <b>Your data</b>
    We keep only what signing up needs, and show you all of it.
    Feedback by the QR in the room is not tied to you: neither name nor account is on it.
privacy-read = Read the consent
privacy-data = What is stored about me
privacy-withdraw = Take my consent back
privacy-nothing = Nothing is stored about you.
privacy-stored =
    <b>What is stored about you</b>
    👤 Name: { $name }
    🏷 Who you are: { $who }
    📍 Municipality: { $municipality }
    📋 Sign-ups: { $registrations } · answers: { $answers }, with words: { $comments }
    🤝 On teams of meetings: { $on_teams }
    🗝 Roles: { $roles }
privacy-staff = ✍️ For the report: { $staff }
privacy-consented = Consent given: { $consented }, version { $version }
privacy-not-stored = not stored
privacy-no-roles = none
privacy-change = Change
privacy-withdraw-sure =
    <b>Take your consent back?</b>
    Coming sign-ups and places on teams are cancelled; your name, your answers about yourself and the words of your feedback are erased.{ $on_staff ->
        [yes] { " " }Staff roles go as well.
       *[no] { "" }
    }

    Without a name stay: numbers and categories of those who came, ratings{ $on_staff ->
        [yes] , and names of organisations for row 2.11 of the report. Meetings you ran and their log stay, too, but without you.
       *[no] { " " }and names of organisations.
    } This cannot be undone.
privacy-withdraw-yes = Yes, erase my data
privacy-withdrawn =
    <b>Done, your data are erased.</b>
    Coming sign-ups are cancelled; only numbers, ratings and names of organisations without yours stay. If you change your mind: /start

# Why not
refused-cancelled = This meeting was cancelled. Look at others: /meetings
refused-past = Sign-up is closed: the meeting is over. Look at others: /meetings
refused-full = There are no seats left. Look at other meetings: /meetings
refused-few-seats = { $free ->
    [one] { $free } seat is
   *[other] { $free } seats are
} left, and you are { $wanted }. One of you can sign up, or choose another meeting.
refused-not-admitted = This meeting does not admit { $category }. Try “Sign up differently” or another meeting.
refused-way = You cannot sign up this way. Choose another.
refused-profile-unfinished = First answer a few questions about yourself.
refused-no-name = Write what we shall call you.
refused-no-municipality = Choose a town or district.
input-no-such-grade = Grades go from 1 to 11. Write, for example, “9”.
refused-small-grade = The meetings are for grades 5–11. See you in a few years.
refused-too-late-to-cancel = It is too late to cancel: the meeting is over or you were checked in.
refused-not-there = Only those who were at the meeting can rate it.
refused-rating = A rating is from 1 to 5.
refused-too-early-to-rate = You can rate the meeting after it.
refused-too-late-to-rate = The time for feedback on this meeting is over. Thank you for wanting to answer.

# The waiting list
wait-join = Join the waiting list
wait-leave = Leave the waiting list
wait-elsewhere = Meetings with seats
wait-done = { $already ->
    [yes] You are on the waiting list already. Your place: { $place }
   *[no] You are on the waiting list. Your place: { $place }
}
wait-place =
    🕓 <b>You are on the waiting list.</b> Your place: { $place }.
    { $people ->
        [1] We will message you when there is a seat.
       *[other] We will message you when there are seats for all { $people }.
    }
wait-ask =
    <b>{ $title }</b>
    { $why ->
        [short] { $free ->
            [one] { $free } seat is left, and there are { $people } of you.
           *[other] { $free } seats are left, and there are { $people } of you.
        }
        [limit] All seats for such participants are taken.
        [room] A seat has just become free.
       *[full] There are no free seats now.
    }
wait-ask-how =
    { "" }
    { $people ->
        [1] You can join the waiting list: we will message you when there is a seat.
       *[other] Both of you can join the waiting list: we will message you when there are seats.
    }
offer-take = Confirm
offer-refuse = Decline
offer-holds = { $people ->
    [1] 🔔 <b>There is a seat for you.</b> Confirm by { $until }, or it goes to the next in line.
   *[other] 🔔 <b>There are seats for all { $people } of you.</b> Confirm by { $until }, or they go to the next in line.
}
offer-is-over = ⌛ The time to answer is over; the seat goes to the next in line.
my-waiting = on the waiting list: { $place }
my-offered = confirm by { $until }
seat-offer =
    🔔 <b>{ $title }</b>
    📅 { $when }

    { $people ->
        [1] There is a seat for you. Confirm by { $until }, or it goes to the next in line.
       *[other] There are seats for all { $people } of you. Confirm by { $until }, or they go to the next in line.
    }
seat-offer-yes = I will come
seat-offer-no = I cannot
seat-taken =
    ✅ <b>You are signed up: { $title }</b>
    📅 { $when }
seat-refused = All right, the seat at “{ $title }” goes to the next in line. Other meetings: /meetings
seat-offer-over = This offer is over: the seat at “{ $title }” went to the next in line. Look at the meeting, there may still be seats.
seat-offer-lapsed =
    ⌛ <b>{ $title }</b>
    📅 { $when }

    The time to answer is over, and the seat went to the next in line. If you still want to come, join the list again.
wait-again = Join again
wait-again-done =
    🕓 <b>You are on the waiting list again: { $title }</b>
    📅 { $when }

    Your place: { $place }. We will message you when there is a seat.

# Groups and the waiting list
refused-too-many = You are { $wanted }, and there are { $seats } seats in all. Split the group or choose another meeting.
refused-over-limit = { $category }: { $limit } at most at this meeting. Sign up fewer.
refused-limit = { $category }: their seats ({ $limit }) are taken. You can join the waiting list.
refused-held = The seats that became free are held for those who have waited longest. You can join the waiting list.
refused-not-open-yet = Signing up has not begun: it opens { $opens_at }. Come back then, or see other meetings: /meetings
refused-closed = Signing up for this meeting is closed. See the others: /meetings
refused-pupil-brings = A group is signed up by the adult who brings it: a teacher or a parent.
refused-group-size = A group has 1 to { $most } people.
refused-no-group = This group is not signed up any more.
refused-group-marked = The group was checked in at the door. If the number is wrong, tell the curator.
refused-waiting-grows = A group on the waiting list can only become smaller. To wait for more seats, sign it up anew.
refused-offer-gone = This offer is over. Look at the meeting: there may still be seats.
refused-offer-taken = You are signed up for this meeting already. If you cannot come, cancel on your ticket: /my
refused-not-waiting = This entry is not on the waiting list any more.
refused-too-late-to-offer = A seat can be offered until a published meeting begins.
refused-too-few-to-offer = Free seats: { $free }, and { $wanted } are needed. Add seats with “Change”. For somebody other than the first in the line, tap “Offer by hand” before that.

held-question =
    <b>{ $title }</b> · { $when }
    { $beside ->
        [0] Checked in: { $came } of { $signed_up }.
       *[other] Checked in: { $came }, that is { $registered } of { $signed_up } signed up{ $walk_ins ->
            [0] { "" }
           *[other] , { $walk_ins } without sign-up
        }{ $team ->
            [0] { "" }
           *[other] , { $team } of the team
        }.
    }

    Did the meeting take place?
held-yes = It did
held-no = It did not

# Ticket, calendar, changes
ticket-message =
    🎫 <b>{ $title }</b>
    📅 { $when }
    { $where }
    👥 { $who }
    { $door ->
        [yes] 🔑 Code: <b>{ $code }</b>. Show the QR code or say the code at the door.
       *[no] You are signed up. Your code: { $code }
    }
calendar-name = Meeting
calendar-entry = “{ $title }”: open the file to put the meeting into your calendar.
calendar-removal = “{ $title }”: open the file to take the cancelled meeting out of your calendar.
changed =
    ✏️ <b>A meeting has changed: { $title }</b>
    { $changes }
changed-when =
    📅 It was: { $before }
    📅 It is now: <b>{ $now }</b>
changed-place =
    📍 It was: { $before }
    📍 It is now: <b>{ $now }</b>
changed-link = 💻 New link: { $now }
cannot-come = I cannot come
scan-own = This is your ticket. Show its QR code at the door: the curator points a camera at it.
scan-foreign = This is a ticket to “{ $title }”. It is shown to the curator at the door.
scan-in =
    ✅ <b>{ $name }</b>
    { $who }
    { $title }
scan-already =
    ☑️ <b>{ $name }</b>: checked in at { $time } already
    { $who }
    { $title }
scan-door = Who came
scan-undo = Undo the check-in
scan-undone = The check-in was undone.
ticket-not-found = There is no such ticket. Find the person by name or code in the list at the door.
refused-still-waits = This person is on the waiting list and has no seat yet.

# Signing up a group
group-begin = Sign up a group
group-organisation =
    <b>A group for “{ $title }”</b>
    Which school or organisation? Choose or write it, for example School No. 3.
group-who =
    <b>Who is in the group?</b>
    No names of children: just the grade and how many.
group-others = Others
group-people =
    <b>{ $who }: how many?</b>
    Tap or write it, for example “27”. Leave yourself out for now.
group-keep = Keep { $now }
group-drop = Take out of the group
group-with-me = <b>Are you coming with the group?</b>
group-with-me-yes = Yes
group-with-me-no = No
group-with-you = with you
group-line = { $who } — { $people }
group-confirm =
    <b>Is everything right?</b>
    🏫 { $organisation }
    👥 { $lines }

    “{ $title }”: this takes { $total ->
        [one] { $total } seat
       *[other] { $total } seats
    }.
group-sign-up = Sign up { $total }
group-add = Add more
group-signed-up = The group is signed up: { $total ->
    [one] { $total } person
   *[other] { $total } people
}.
group-waits = The group is on the waiting list, number { $place } in line.
group-few = { $shortage ->
    [full] There are no free seats now, and you are { $wanted }.
    [held] The seats that became free are held for those who have waited longest. You are { $wanted }.
    [limit] Not enough seats: { $who }. { $fits } of { $wanted } can be signed up now.
    [none] There are seats for all { $wanted } by now.
   *[some] { $free ->
        [one] { $free } seat is
       *[other] { $free } seats are
    } free now, and you are { $wanted }.
}
group-few-part = You can sign up a part: { $lines }.
group-wait = Wait for { $wanted } seats
group-fewer-by-now = Fewer seats are left by now. See how many can be signed up.

# A group’s ticket
my-group = group of { $people }
group-resize = Change the number
group-size-lines =
    <b>{ $title }</b>
    🏫 { $organisation }
    👥 { $lines }

    Which number changes?
group-size-people =
    <b>{ $who }: { $now } now. How many will come?</b>
    Tap or write it, for example “23”.
group-size-fewer = { $people ->
    [0] The number stays the same
    [one] { $people } seat given back
   *[other] { $people } seats given back
}
group-size-more = { $people ->
    [one] { $people } seat added
   *[other] { $people } seats added
}
group-size-rest =
    { $more ->
        [one] { $more } more seat
       *[other] { $more } more seats
    } ({ $who }) cannot be found now. Your sign-up is as it was.

    The others can wait as a group of their own: we will offer them seats in a message.
group-wait-rest = Wait for { $more } seats
input-people = That is no number we understand. Write, for example, “27”.

# A question to the organiser, and messages about a meeting
broadcast-message =
    ✉️ <b>A message from the organiser</b>
    “{ $title }” · { $when }
question-begin = Ask the organiser
question-ask =
    <b>“{ $title }” · { $when }</b>
    { $step ->
        [ask] What do you want to ask the organiser? One message, up to 1,000 characters. They won’t see your name.
        [ask-on] Write to the organiser, up to 1,000 characters. They won’t see your name.
       *[answer] Write your answer in one message, up to 1,000 characters. The participant won’t see your name.
    }
question-sent = ✅ Your question is on its way. The answer will come here.
question-answer-sent = ✅ Sent.
question-message =
    ❓ <b>A question from a participant</b>
    “{ $title }” · { $when }
question-answer =
    💬 <b>The organiser’s answer</b>
    “{ $title }” · { $when }
question-reply = Reply
question-answered = This message has been answered already.
question-gone = This message is gone: whoever wrote it has erased their data.
refused-questions = Five of your questions today are waiting for an answer. Wait for one, or ask tomorrow.
refused-nobody-answers = Nobody runs this meeting at the moment, so there is nobody to answer. Try tomorrow.
