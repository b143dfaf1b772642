# The analysis of a year: the document, and what the bot says beside it.

analysis-make = Analysis (PDF)
analysis-hand-in = Mark as handed in
analysis-file = Analysis — { $name } — { $year }
analysis-caption =
    <b>Analysis of the project · { $name } · { $year }</b>
    { $draft ->
        [yes] ⚠️ Draft
       *[no] ✅ From confirmed data
    }. { $state }
analysis-caption-how = To change the numbers, see to the meetings and take the file again.

# In the document
analysis-title = Analysis of the project
analysis-subtitle = in the territory of { $genitive }, { $year }
analysis-basis-place = The project's regulation, section 7.3, row 3.1
analysis-basis-region = The project's regulation, section 8
analysis-goal = The project's goal (3.1)
analysis-coordinator = Coordinator of the project
analysis-curator = Curator of the project
analysis-made-label = Made
analysis-made = { $day }, from the bot's data
analysis-unsigned = no name given yet
analysis-state-draft = Draft
analysis-state-confirmed = Confirmed data
analysis-state-running = The year is not over: meetings up to { $day } are counted.
analysis-state-over = The year is over, all of its meetings are counted.
analysis-state-sure = Of the meetings that are over it is marked that they took place and who came.
analysis-state-unconfirmed = { $number ->
    [one] { $number } meeting is not confirmed and not counted.
   *[other] { $number } meetings are not confirmed and not counted.
}
analysis-state-nobody = { $number ->
    [one] At { $number } meeting nobody is marked: it is counted, its people are not.
   *[other] At { $number } meetings nobody is marked: they are counted, their people are not.
}
analysis-state-empty = The bot has no meeting of this year that belongs to the report.
analysis-total-meetings = meetings
analysis-total-people = people at them (who came to three is counted three times)
analysis-total-unique = different people who signed up themselves
analysis-total-rating = average rating of 5
analysis-tasks = The project's tasks (3.2 of the regulation)
analysis-results = Expected results of the project (8.1–8.6 of the regulation)
analysis-form = The numbers of Appendix 2
analysis-form-below = The text is in section 5.
analysis-form-organisations = Different organisations: { $number }. The consolidated report names them.
analysis-form-photos = Links: { $number }. All of them stand at the end of the document.
analysis-pictures = The year in pictures
analysis-photos = Links to photos
analysis-voices = What people said
analysis-proposals = Proposals for modernising the project
analysis-proposals-none = No proposals are written yet.
analysis-foot = Analysis of the project · { $name } · { $year } · { $day }
analysis-page = Page

# What shows of each task and of each result
analysis-nothing = This year has no meetings that would show it.
analysis-triangle = Meetings with pupils, parents and employers together: { $all } of { $meetings }. At { $two } more, two of the three were there.
analysis-useful = What people ticked as useful afterwards: { $ticks }.
analysis-tick = “{ $name }” — { $times }
analysis-pupils = Meetings with students: { $meetings }. Students who came: { $people }{ $grades ->
    [none] .
   *[other] {" "}({ $grades }).
}
analysis-category = { $name } — { $people }
analysis-parents = Meetings with parents: { $meetings }. Parents who came: { $people }.
analysis-employers = Meetings with employers: { $meetings }. Employers who came: { $people }, heads — { $heads }, employees — { $workers }.
analysis-side = { $who ->
    [students] Average rating by students
    [parents] Average rating by parents
   *[employers] Average rating by employers
}: { $average } ({ $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
}).
analysis-months = Months with meetings: { $months } of 12.
analysis-again = Of those who signed up themselves, grades 5–6 among them: once { $once }, twice { $twice }, three times or more { $often }.
analysis-formats = Formats of the meetings: { $formats }.
analysis-speakers = Speakers and hosts who came: { $people }.
analysis-organisations = Other organisations (row 2.11) whose people came: { $number }.
analysis-venues = Venues of meetings in person: { $number }.
analysis-reach = Municipalities with meetings: { $number } of { $all }.
analysis-graduates = Grade 9 students who came: { $nine }, grade 11: { $eleven }.
analysis-volunteers = Career-guidance volunteers who came: { $people }.
analysis-silent-interests = Which interests they share, the bot does not know: it sees who met, and what people ticked afterwards.
analysis-silent-views = Whether views have changed is not measured: the bot has only what people answer after meetings.
analysis-silent-path = Only of those who signed up themselves does the bot see that they came again: it cannot tell the students of a class apart.
analysis-silent-graduates = How graduates use what they learnt, the bot does not see.
analysis-silent-ties = Which ties remain after the meetings, the bot does not see.
analysis-silent-handbook = The bot has no data on this. By the regulation (4.4) the regional curator of the project prepares the handbook.

# What people said
analysis-nobody = There are no answers this year. Whoever is marked as there gives them after a meeting.
analysis-best = Rated best: { $formats }.
analysis-weakest = Rated lowest: { $formats }.
analysis-themes = Words that recur in the comments
analysis-themes-about = Words are counted here, not what they mean. Comments in all: { $comments }. Words found in fewer than { $fewest } of them are left out, so that nobody can be recognised.
