# The coordinator: report, invitations, staff, signatures.

municipality-not-found = There is no such municipality on the list.

# /report
report-region = The whole region
report-choose =
    <b>Report on the form of Appendix 2</b>
    Whose report do you need?
report-year =
    <b>Appendix 2 · { $name }</b>
    Which year?
report-of-year = Report for { $year }
report-signature = Signatures
report-no-such-year = There is no report for that year yet. Choose another one.
report-not-that-year = { $name } did not exist in { $year }. Choose another year.

report-file = Приложение 2 — { $name } — { $year }.xlsx
report-meeting = “{ $title }” ({ $day }{ $place ->
    [none] {""}
   *[other] , { $place }
})
report-and-more = and { $number } more
report-organisation-unnamed = organisation not named
report-caption-empty = The bot has no meetings of this year.
report-caption-title = <b>Appendix 2 · { $name } · { $year }</b>
report-caption-meetings = Meetings <b>{ $total }</b>: with students { $students }, with parents { $parents }, with employers { $employers }
report-caption-people = Participants <b>{ $total }</b>: grades 7–11 { $pupils }, parents { $parents }, employers { $employers }, others { $others }
report-caption-unique = Who came to three meetings is counted three times. Different people among those signed up: { $people }
report-caption-young = Students of grades 5–6 came too: { $people }. The form has no row for them.
report-caption-outside = Meetings that do not enter the report: { $meetings }, people there: { $people }
report-caption-unconfirmed = ⚠️ Nobody confirmed that it was held: { $number }. Not counted yet.
report-caption-nobody = ⚠️ Nobody was checked in: { $number }. Counted as meetings, without people.
report-caption-unsigned = { $missing ->
    [both] The names of the coordinator and the curator are missing at the bottom.
    [coordinator] The coordinator's name is missing at the bottom.
   *[curator] The curator's name and phone are missing at the bottom.
} They fill them in themselves: “Report”, “Signatures”.
report-open-meetings = Open the meetings
report-note-unique = Visits of one person to several meetings are counted separately. Different people with a profile: { $people }.
report-note-young = Outside the form: students of grades 5–6: { $people }.
report-note-outside = Outside the form: meetings that do not enter the report: { $meetings }, participants: { $people }.
report-note-unconfirmed = Not confirmed and not counted, meetings: { $number }:
report-note-nobody = Without attendance, in row 1 only, meetings: { $number }:

# /invite
invite-overview =
    <b>Staff</b>
    { $total ->
        [0] Nobody yet with a role that you can give.
        [one] { $total } person
       *[other] { $total } people
    }

    An invitation is a link that works once, within 7 days.
invite-begin = Invite
invite-staff = Who is there, take back
invite-upkeep = Not processed: { $set_aside }
invite-role = <b>Whom do you want to invite?</b>
invite-municipality =
    <b>Invitation: { $role }</b>
    Where?
invite-message =
    An invitation to the bot of career-guidance meetings: { $role }.

    { $link }

    The link is for one person, until { $until }.
invite-link =
    <b>The link is ready: { $role }</b>
    It is in a message of its own below: forward it to whom you invite. The first to accept gets the role.
invite-again = Invite somebody else

# Staff
staff-people = { $total ->
    [0]
        <b>Staff</b>
        Nobody yet. You can invite people by a link from the previous screen.
   *[other]
        <b>Staff: { $total }</b>
        Tap somebody to take the role back.
}
staff-revoke-sure =
    <b>Take the role back?</b>
    { $name }
    { $role }

    A new invitation can return it.
staff-revoke-yes = Take it back
staff-revoked = The role is taken back
staff-role-gone = This role was taken back already.
role-accepted =
    <b>The invitation was accepted: { $name }</b>
    { $role }

    If this is not the person you meant, take the role back.
role-accepted-staff = Staff
role-revoked =
    <b>Your role was taken back: { $role }</b>
    You can sign up for meetings as before.

    If this is a mistake, ask the person who invited you{ $contact ->
        [none] .
       *[other] , or write to { $contact }
    }
role-revoked-menu = Open the menu
staff-admin-by-settings = This administrator is named in the bot's settings (ADMIN_IDS): the role is changed there.

# Accepting an invitation
invited-offer =
    <b>You are offered a role: { $role }</b>
    { $can }

    One person can accept it.
invited-gone = { $reason }
invited-accept = Accept
invited-not-now = Not now
invited-agree = I agree, accept
invited-toast = The role is yours
invited-accepted =
    <b>Your role now: { $role }</b>
    { $can }
invited-sign =
    {""}
    The report has a line for your name. You can fill it in now, or later from “Report”.
invited-give-name = Give name and phone
invited-to-menu = ‹ To the menu
role-can-organiser = Create your own meetings (/new), check people in and see the feedback (/manage).
role-can-curator = Run all meetings of the municipality (/manage, /new), make the report (/report), invite organisers (/invite).
role-can-coordinator = Make the municipality's report (/report), run its meetings (/manage, /new), invite curators and organisers (/invite).
role-can-regional-curator = See the reports of all municipalities and the consolidated one (/report), invite municipal staff (/invite).
role-can-regional-coordinator = Receive the reports of all municipalities and the consolidated one (/report), invite municipal staff (/invite).
role-can-admin = Appoint and remove any staff (/invite), see what the bot could not process.
invitation-not-found = There is no such link. Ask for the invitation once more.
invitation-used = Somebody has accepted this link: it is for one person. Ask for a new one.
invitation-expired = The link worked for 7 days, and they are over. Ask for a new one.
invitation-void = The link works no more: whoever made it has lost the right to. Ask the coordinator for a new one.
invitation-held-already = You hold this role already. The link is still good, you can pass it on.

# Signatures
signature-consent =
    <b>Name and phone for the report</b>

    Below Appendix 2 stand the coordinator's full name and the curator's full name and phone. I allow the operator ({ $operator }) to keep my full name and work phone and to print them in the report.

    <b>Who sees them:</b> whoever receives the report.
    <b>How long:</b> while I hold such a role, or until I take this consent back right here. In a report that was sent to the regional coordinator already, they stay.
    <b>Contact:</b> { $contact }.
signature-agree = I agree
signature-not-now = Not now
signature-name =
    <b>Your full name</b>
    Type it, for example: Иванова Мария Петровна
signature-phone =
    { $name }

    <b>Work phone</b>
    Type it with the area code, for example: 8 (391) 123-45-67
signature-done = { $given ->
    [yes]
        <b>The report will say</b>
        { $name }
        { $phone }
   *[no] Name and phone for the report are not given.
}
signature-change = Give them again
signature-withdraw = Take the consent back
signature-withdraw-sure =
    <b>Take the consent back?</b>
    Name and phone will be erased, the report's line will stay empty. In reports that were sent already, they stay.
signature-withdraw-yes = Erase
signature-withdrawn = Name and phone are erased
signature-name-invalid = At least a first and a last name are needed, in letters only. For example: Иванова Мария Петровна
signature-phone-invalid = This is no phone number with an area code. For example: 8 (391) 123-45-67

# For administrators
upkeep = { $number ->
    [0]
        <b>No unprocessed messages</b>
        Here you see what the bot could not deal with in the last 7 days.
   *[other] <b>Unprocessed messages: { $number }</b>
}
upkeep-kept =
    {""}
    They are kept for 7 days. The bot has told the people that it did not work.
upkeep-update = No. { $number } · { $when } · attempts { $attempts }: { $error }
