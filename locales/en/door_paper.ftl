# The list on paper: a sheet to print, codes, the filled sheet.

# The screen
paper-open = On paper
paper-desk =
    <b>{ $title } · on paper</b>
    Print the sheet and tick people with a pen.

    { $state ->
        [open] Then write the codes, such as “A7 A9 A1–A12”, or send the filled Excel sheet here. You will see what changes first.
       *[early] From 3 hours before the start you can bring the marks in: write the codes or send the filled Excel sheet here.
    }
paper-pdf = PDF sheet
paper-xlsx = Excel sheet
paper-type = Type the codes
paper-codes =
    <b>{ $title } · codes of the sheet</b>
    Write the codes of those who came, with spaces, commas or on lines. For example: “A7 A9 A1–A12”.
    A group with its number: “A14=24”. Without sign-up: “Y8=5”, the code is at the foot of the sheet.
    Codes only add marks and change numbers.

# What changes
paper-preview = <b>{ $title } · from the sheet</b>
paper-nothing = { $already ->
    [0] There is nothing to change.
   *[other] There is nothing to change: all of this is marked already.
}
paper-marked = ✅ To be checked in: { $rows }
paper-already = Marked already: { $rows }
paper-cleared = ⬜️ Mark to be removed: { $rows }
paper-walk-ins = ➕ Without sign-up, in all by the sheet:
paper-by-tap = { $people } counted with “+1 without sign-up” already: the sheet’s numbers come on top.
paper-unnumbered = ❔ How many came? Write, for example, “{ $code }=24”:
paper-impossible = ❔ This number cannot be:
paper-off-list = ❔ Cancelled or still waiting for a seat. If they came, add “+1 without sign-up”:
paper-unknown = ❔ There are no such codes:
paper-strange = ❔ Could not be understood:
paper-was = { $people }, was { $before }
paper-confirm = Confirm
paper-done = Done. Rows checked in: { $rows }{ $cleared ->
    [0] { "" }
   *[other] , marks removed: { $cleared }
}{ $walk_ins ->
    [0] { "" }
   *[other] , without sign-up: { $walk_ins }
}
paper-done-before = All of this is in already, nothing changed

# Words in the files
sheet-name = Check-in sheet
sheet-code = Code
sheet-who = Participant or group
sheet-category = Category
sheet-seats = Signed up
sheet-came = Came
sheet-empty = Nobody has signed up.
sheet-walk-ins = Without sign-up: how many came
sheet-hint = Tick those who came, write the number of a group. Then bring the codes into the bot.
sheet-file-hint = Fill in the coloured cells: “+” for somebody who came, for a group a number. An empty cell changes nothing, a mark that you take out is removed. Then send the file to the bot.
sheet-ready-pdf = Check-in sheet: { $title }
sheet-ready-xlsx = The same sheet to fill in on a computer: { $title }. Fill it in and send it back.

# When it does not work
refused-paper = A published meeting that was not cancelled has a sheet. If this is a draft, publish it first.
input-codes = No code found. Write, for example, “A7 A9 A1–A12”: the codes are on the left of the sheet.
input-sheet-strange = This is no check-in sheet. Get it with “Excel sheet”, fill it in and send the same file.
input-sheet-broken = The file cannot be opened. Save it as xlsx once more and send it again, or write the codes.
input-sheet-large = The file is too large: a sheet is smaller than 1 MB. Send the one that the bot gave you, without pictures and more rows.
input-sheet-other = This is the sheet of another meeting. Open that meeting and send it there, and here the sheet of this one.
