# Tables to take along, and a year's feedback.

exports = Exports
exports-kind =
    <b>Exports · { $whose }</b>
    The table comes as a file that Excel opens. Which one?
exports-year = The year's feedback
exports-period =
    <b>{ $what } · { $whose }</b>
    { $holds }

    Of which time? Tap a year or type, for example: “March 2026” or “01.09.2025–31.05.2026”.
export-begun = Preparing the table
export-own = your meetings
export-file = { $what } — { $whose }{ $period ->
    [none] { "" }
   *[other] { " " }— { $period }
}.xlsx
export-caption =
    <b>{ $what } · { $whose }{ $period ->
        [none] { "" }
       *[other] { " " }· { $period }
    }</b>
    { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } · times: { $clock }

    The sheet “About” says what is in it.
refused-export-empty = There is nothing here for that time. Choose another time or another table.
refused-export-large = The table is too large for one file. Choose a shorter time, a month for example.
input-period = I could not read that. Type, for example, “2025”, “Q3”, “March 2026” or “01.09.2025–31.05.2026”.
results-table = Feedback as a table

export-meetings = Meetings
export-registrations = Sign-ups
export-feedback = Feedback
export-audit = Log
export-deadlines = Deadlines
export-holds-meetings = Meetings that begin on these days, with how many people came. No drafts. Of meetings without the bot only the day is known.
export-holds-registrations = Who is signed up, waits or was marked, for the meetings of these days. Cancelled sign-ups are left out, and so is whoever came without one: the table “Meetings” counts them. Organisations stand as people wrote them; row 2.11 of the report merges names.
export-holds-feedback = Feedback on the meetings of these days, without names. Only of people who were marked as there.
export-holds-audit = What staff did in the bot on these days, and refusals of the last 30 days.
export-holds-deadlines = Deadlines whose last day falls into this time: how they stand, who settled them and when.
export-names-shown = Names are seen by those who run these meetings.
export-names-hidden = Without names: only those who run the meetings see them.
export-few = Whoever does not run the meetings sees ratings and feedback only of meetings that at least { $fewest } people answered about, and no categories, so that nobody is recognised.

export-about = About
export-about-what = What
export-about-whose = Whose
export-about-period = Time
export-about-rows = Rows
export-about-made = Made
export-about-clock = Times are those of
export-about-holds = What is in it
export-about-names = Names
export-about-few = Small groups

export-yes = yes
export-no = no
export-no-staff = not staff
export-attempt = tried without the right to
export-attempt-command = tried without the right to: the command /{ $command }

export-column-starts = Begins
export-column-ends = Ends
export-column-municipality = Municipality
export-column-meeting = Meeting
export-column-state = State
export-column-audience = Audience
export-column-format = Format
export-column-mode = Mode
export-column-place = Place
export-column-in-form = In the report
export-column-seats = Seats
export-column-signed-up = Signed up
export-column-came = Came
export-column-outside = Without the bot
export-column-answers = Answers
export-column-average = Average rating
export-column-photos = Photos
export-column-reason = Why cancelled
export-column-code = Code
export-column-name = Name
export-column-category = Category
export-column-organisation = Organisation
export-column-kind = Kind
export-column-status = Sign-up
export-column-people = People
export-column-created = Signed up on
export-column-rating = Rating
export-column-useful = What was useful
export-column-comment = Comment
export-column-at = When
export-column-who = Who
export-column-deed = What was done
export-column-about = About
export-column-role = Role
export-seen-by-bot = seen by the bot
export-column-deadline = What to do
export-column-year = Year
export-column-territory = Where
export-column-due = Due
export-column-settled = How
export-column-settled-by = Settled by
export-column-settled-at = Settled on
deadline-state-late = late
deadline-state-open = ahead
deadline-state-nobody = nobody to do it
deadline-state-done = done
settled-done = done
settled-by-letter = sent by letter
settled-not-needed = not needed
export-column-refused = Refused
export-column-why = Reason

registration-kind-personal = personal
registration-kind-group = group
registration-status-active = signed up
registration-status-waiting = waiting
registration-status-offered = seat offered
registration-status-cancelled = cancelled

# The log: what was done
deed-attendance-code = opened the code in the room
deed-attendance-confirm = confirmed that people came, by their own word
deed-attendance-confirm-undo = took that confirmation back
deed-attendance-count = counted a group
deed-attendance-count-undo = took a group's number back
deed-attendance-mark = marked somebody as there
deed-attendance-paper = marked by the list on paper
deed-attendance-scan = marked by a ticket
deed-attendance-scan-undo = took a ticket's mark back
deed-attendance-self-check-in = checked in by the code in the room
deed-attendance-staff = counted somebody who ran the meeting
deed-attendance-staff-undo = no longer counted somebody who ran the meeting
deed-attendance-unmark = took a mark back
deed-attendance-walk-in = added somebody who had not signed up
deed-attendance-walk-in-undo = took somebody without a sign-up away
deed-deadline-settle = deadline marked
deed-deadline-unsettle = mark of a deadline taken back
deed-export-take = took a table along
deed-meeting-cancel = cancelled a meeting
deed-meeting-create = made a meeting
deed-meeting-edit = changed a meeting
deed-meeting-hold = confirmed that a meeting was held
deed-meeting-outside-add = added a meeting without the bot
deed-meeting-outside-correct = corrected a meeting without the bot
deed-meeting-outside-remove = removed a meeting without the bot
deed-meeting-note = wrote a note about the meeting
deed-meeting-photos = gave the link to photos
deed-meeting-publish = published a meeting
deed-meeting-reopen = opened a list again
deed-meeting-repeat = repeated a meeting
deed-meeting-to-group = sent a card to a chat
deed-meeting-write = wrote to participants
deed-meeting-write-again = message sent once more
deed-meeting-write-leave = message not sent once more
deed-meeting-write-stop = sending stopped
deed-messages-switch = messages of the bot switched
deed-question-answer = answered a question
deed-finding-answer = said why a gap in the report is none
deed-finding-reopen = took back an answer about a gap in the report
deed-report-accept = accepted a report
deed-report-nudge = reminded a municipality of its report
deed-report-apart = decided: two different organisations
deed-report-merge = decided: one organisation
deed-report-photos = gave the folder with the photos of the year
deed-report-propose = wrote proposals
deed-report-return = returned a report
deed-report-scan = attached the scan of a report
deed-report-send = sent a report
deed-report-split = organisations are counted apart again
deed-role-accept = accepted a role
deed-role-invite = made an invitation to a role
deed-role-revoke = took a role back
deed-signature-give = gave a name and phone for the report
deed-signature-withdraw = withdrew a name and phone for the report
deed-team-hours = confirmed a helper's hours
deed-team-invite = made an invitation to a team
deed-team-join = joined a team
deed-team-leave = left a team
deed-team-mark = marked one of the team as there
deed-team-remove = took somebody off a team
deed-team-revoke = withdrew an invitation to a team
deed-team-unmark = took a mark of one of the team back
deed-waitlist-automatic = switched how seats are offered
deed-waitlist-offer = offered a seat out of turn

# The year's feedback
year-title =
    <b>Feedback of { $year } · { $whose }</b>
    On confirmed meetings that the report counts
year-none = There is no such feedback for this year yet. It is given after a meeting by people who were marked as there.
year-none-confirm = To confirm a meeting: /manage, “Past”.
year-formats-few =
    <b>Formats</b>
    There is nothing to compare yet: a format has an average from five answers on.
year-formats =
    <b>Formats</b> (averages from five answers on)
    Highest: { $best }
    Lowest: { $weakest }
year-format = { $format } { $average } ({ $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
})
year-themes =
    { "" }
    <b>What they write about</b>
    This is nothing but counting words, in { $comments ->
        [one] { $comments } comment
       *[other] { $comments } comments
    }:
year-theme = { $words } — { $comments }
year-themes-none =
    { "" }
    No word recurs in { $fewest } comments yet.
