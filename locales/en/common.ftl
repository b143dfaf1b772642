# Words that every screen needs.

language-name = English
back = ‹ Back
day-today = today
day-tomorrow = tomorrow
time-zone = ({ $city } time)
list-and = { $head } and { $tail }
grade = Grade { $grade }
seats-left = { $free ->
    [one] { $free } seat
   *[other] { $free } seats
}
seats-none = full

# Choosing a municipality
place-search = { $state ->
    [ask] Type the first letters of a town, district or okrug in Russian, for example “ачи”.
    [nothing] Nothing begins with “{ $letters }”. Try other letters, for example “ачи”.
    [some] Choose from the list or type other letters.
   *[mine] Choose from the list.
}

# The command menu
command-meetings = Meetings near you
command-my = My sign-ups
command-help = What you can do here
command-privacy = My data
command-language = Language
command-cancel = Stop what was begun
command-manage = Your meetings
command-new = New meeting
command-report = Appendix 2 report
command-invite = Staff and invitations

# Categories of participants
category-grade-5 = grade 5
category-grade-6 = grade 6
category-grade-7 = grade 7
category-grade-8 = grade 8
category-grade-9 = grade 9
category-grade-10 = grade 10
category-grade-11 = grade 11
category-parent = parents
category-head = heads of companies
category-employee = company staff
category-university = universities and colleges
category-job-centre = job centres
category-youth-centre = youth centres
category-extra-education = extracurricular education
category-culture = cultural organisations
category-social = social services
category-volunteer = career volunteers
category-other = other organisations

audience-students = with school students
audience-parents = with parents
audience-employers = with employers

format-discussion = discussion
format-mastermind = mastermind meeting
format-networking = networking session
format-seminar = seminar
format-round-table = round table
format-workshop = workshop
format-excursion = excursion
format-other = other

mode-in-person = in person
mode-online = online
mode-by-correspondence = by correspondence

role-organiser = organiser
role-curator = municipal curator
role-coordinator = municipal coordinator
role-regional-curator = regional curator
role-regional-coordinator = regional coordinator
role-admin = administrator of the bot

# Whom a meeting is for: “For …”
admits-everybody = everybody
admits-but = everybody except { $who }
admits-all-pupils = school students
admits-grades = grades { $grades }
admits-parent = parents
admits-employers = employers
admits-head = heads of companies
admits-employee = company staff
admits-university = universities and colleges
admits-job-centre = job centres
admits-youth-centre = youth centres
admits-extra-education = extracurricular education
admits-culture = cultural organisations
admits-social = social services
admits-volunteer = volunteers
admits-other = other organisations

# The menu
home = { $greeting ->
    [named] Hello, { $name }.
   *[other] Hello.
} What would you like to do?
home-go-on = Pick up where I left off
home-meetings = Find a meeting
home-my = My sign-ups
home-manage = Your meetings
home-new = New meeting
home-report = Report
home-invite = Staff
home-help = What you can do
home-privacy = My data

help = <b>What you can do here</b>
help-command-meetings = /meetings — find a meeting and sign up
help-command-my = /my — my sign-ups and tickets
help-command-reminders = /reminders — what to remind you of
help-command-privacy = /privacy — what is stored, take your consent back
help-command-language = /language — change the language
help-command-cancel = /cancel — stop what was begun
help-staff =
    {""}
    <b>For staff</b>
help-command-manage = /manage — meetings, check-in at the door, feedback
help-command-new = /new — a new meeting
help-command-report = /report — the Appendix 2 report
help-command-stats = /stats — statistics in pictures
help-command-deadlines = /deadlines — deadlines of the year and what is missing
help-command-invite = /invite — invitations and roles

language-title = Which language shall we speak?

# When something is not right
unknown-words = I understand buttons and commands. Here is what you can do:
button-is-old = { $screen ->
    [open] That button is out of date. Here is where you were.
   *[menu] That button is out of date, here is a fresh menu.
}
dropped-nothing = Nothing had been begun.
dropped-comment = Your words were not kept, your rating was.
dropped-consent = All right, stopped. Nothing about you is stored.
dropped-onboarding = The questions were stopped. Your answers are kept, you can go on later.
dropped-newmeeting = The new meeting was not kept, what you typed is gone.
dropped-group = The group was not signed up, what you typed is gone.
dropped-invite = No invitation was made.
dropped-invited = All right, you did not take the role. The link can be opened again.
dropped-unchanged = All right, everything stays as it was.

error-unknown = That did not work. Try again or open the menu: /start
error-set-aside = Sorry, the last thing you did went wrong, and we already know. Please try again: /start
error-not-found = This is gone. Open the menu: /start
error-forbidden = This is for staff with the right role. The coordinator gives roles: ask for an invitation.
forbidden-meetings = This is for staff: organisers, curators and coordinators run meetings. The coordinator gives roles: ask for an invitation.
forbidden-meeting = This is for the staff who run this meeting. If you should be one of them, ask the coordinator for an invitation.
forbidden-report = This is for staff: curators and coordinators make the report of their own territory. The coordinator gives roles: ask for an invitation.
forbidden-invite = This is for staff: curators, coordinators and the administrator invite. The coordinator gives roles: ask for an invitation.
error-consent-required = First we need your consent to keep your data.
error-consent-outdated = The text of the consent has changed. Please read it again first.
error-invalid-input = I could not understand that. Try to put it another way.
error-refused = That is not possible now.
input-too-long = Too long: { $length ->
    [one] { $length } character
   *[other] { $length } characters
}, and { $limit } fit. Please write less.
input-empty = Words or numbers are needed here. Please write again.
input-name = One letter is too little: your name is how you are found at the door. Write it, for example “Masha”.
input-grade = Write the grade as a number, for example “9”.
meeting-not-found = There is no such meeting: the link is out of date or the meeting was taken down.
registration-not-found = This sign-up is gone.
