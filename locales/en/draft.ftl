# The draft of a year's report: its numbers and what is in the way.

draft-file = xlsx file
draft-folded = Empty rows: { $rows }
draft-people = 👥 Visits: { $visits }, different people among those who signed up: { $people }
draft-young = Outside the form, grades 5–6: { $people }
draft-outside = Outside the form, other meetings: { $meetings }, with people: { $people }
draft-provisional = ⏳ Not confirmed and not counted yet, meetings: { $meetings }

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
