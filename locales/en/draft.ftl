# The draft of a year's report: its numbers and what is in the way.

draft-file = xlsx file
draft-folded = Empty rows: { $rows }
draft-people = 👥 Visits: { $visits }, different people among those who signed up: { $people }
draft-young = Outside the form, grades 5–6: { $people }
draft-outside = Outside the form, other meetings: { $meetings }, with people: { $people }
draft-provisional = ⏳ Not confirmed and not counted yet, meetings: { $meetings }
draft-of-region =
    { "" }
    These are the drafts of all municipalities. The file holds accepted reports only; a button below it makes it from drafts.

# What is in the way
draft-in-way = <b>In the way</b>
draft-clear = ✅ Nothing is in the way.
draft-findings = In the way: { $findings }
draft-rows = Open the numbers
draft-rows-title =
    <b>{ $name } · { $year }</b>
    Which number would you like to open?
draft-behind = <b>{ $row }, { $year }: { $number }</b>
    { $total ->
        [0] Nothing yet for this year. Go back to the numbers.
       *[other] These meetings add up to it. What each one adds stands first.
    }
draft-counts =
    <b>{ $title }</b>
    📅 { $when }
    📍 { $where }
    👥 Came: { $people }

findings-title =
    <b>In the way · { $name } · { $year }</b>
    { $state ->
        [none] Nothing is in the way: the report can be sent.
       *[some] Choose what to mend.
    }
findings-answered = Answered: { $answered }
findings-answered-title = <b>Answered</b>
    { $state ->
        [none] Nothing here. Go back to the list.
       *[some] Somebody said these are right as they are. Open one to take that back.
    }
findings-of-kind = { $kind ->
    [unconfirmed] <b>Not confirmed as held</b>
    [nobody] <b>Nobody marked</b>
    [groups] <b>Groups without a number</b>
    [feedback] <b>More answers than people</b>
    [duplicates] <b>Meetings that look alike</b>
   *[photos] <b>Without a link to photos</b>
    }
    { $state ->
        [none] All mended here. Go back to the list.
       *[some] Open a meeting to mend it or to answer.
    }
finding-kind-unconfirmed = Not confirmed: { $number }
finding-kind-nobody = Nobody marked: { $number }
finding-kind-groups = Uncounted groups: { $number }
finding-kind-feedback = Surplus answers: { $number }
finding-kind-duplicates = Look alike: { $number }
finding-kind-photos = Without photos: { $number }
finding-kind-proposals = Write proposals
finding-meeting =
    <b>{ $title }</b>
    📅 { $when }
finding-place = 📍 { $place }
finding-says-unconfirmed = It is over, but nobody confirmed that it was held. It is not counted yet.
finding-says-nobody = Nobody is marked: the meeting counts, its people do not.
finding-says-groups = Groups whose number nobody wrote down: { $number }. Their people are not in the report.
finding-says-feedback = { $answers } answered, { $people } are marked. It seems that somebody was not marked.
finding-says-duplicates = The same day, place and title: { $times }. It seems that one meeting was entered twice. The one too many can be taken out of the report: the marks of who came stay.
finding-says-photos = There is no link to photos, neither here nor for the whole year.
finding-answer = Your answer: { $answer }
finding-told-apart = Told apart: these are two meetings.
finding-gone = This has been mended. Go back to the list.
finding-open = Open the meeting ({ $time })
finding-mend = { $kind ->
    [unconfirmed] It was held
    [photos] Add a link to photos
    [groups] Write the number
   *[other] Mark who came
}
finding-leave-out = Leave out ({ $time })
finding-left-out = Left out of the report
finding-apart = Not a duplicate
finding-because = { $kind ->
    [photos] No photos, because…
   *[other] It is right, because…
}
finding-reopen = Back to the list of gaps
finding-kept = Noted
finding-reopened = It is back
finding-why = { $kind ->
    [photos]
        Why are there no photos? Send one message, for example: “The parents asked us not to take any”.
    [feedback]
        Why are there more answers? Send one message, for example: “People who watched the recording answered too”.
   *[other]
        Why is nobody marked? Send one message, for example: “Nobody came because of the frost”.
}
finding-answered-before = Somebody has answered this before. You can read it and take it back under “Answered”.

# Rows of the form, no longer than 21 characters
draft-row-1 = Meetings
draft-row-1-1 = with students
draft-row-1-2 = with parents
draft-row-1-3 = with employers
draft-row-2 = People
draft-row-2-1 = school students
draft-row-2-1-1 = grade 7
draft-row-2-1-2 = grade 8
draft-row-2-1-3 = grade 9
draft-row-2-1-4 = grade 10
draft-row-2-1-5 = grade 11
draft-row-2-2 = parents
draft-row-2-3 = employers
draft-row-2-3-1 = heads
draft-row-2-3-2 = staff
draft-row-2-4 = colleges
draft-row-2-5 = job centres
draft-row-2-6 = youth centres
draft-row-2-7 = extra education
draft-row-2-8 = culture
draft-row-2-9 = social services
draft-row-2-10 = volunteers
draft-row-2-11 = other organisations
