# “Limits”: seats by category, when signing up opens and closes

new-field-limits = Limits
limits-title =
    <b>Limits · { $title }</b>
    How many people of one category, and when people can sign up.
limits-list =
    { "" }
    { $limits }
limits-line = 👤 { $category }: at most { $limit }{ $over ->
    [yes] { " " }({ $people } are signed up already and stay)
   *[no] { "" }
}
limits-times =
    { "" }
    🕒 Signing up opens: { $opens_set ->
        [yes] { $opens }
       *[no] at once
    }
    🕒 Signing up closes: { $closes_set ->
        [yes] { $closes }
       *[no] at the end of the meeting
    }
limits-add = Limit a category
limits-remove = Remove: { $who }
limits-opens = When to open sign-up
limits-closes = When to close sign-up
limits-who =
    <b>Who is limited?</b>
    The other seats are for everybody else.
limits-seats =
    <b>{ $category }: how many at most?</b>
    Pick or write: “20 people”. Who is signed up stays.
limits-opens-ask =
    <b>When does signing up open?</b>
    Pick a day or write: “2 March 10:00”, “1 week before”.
limits-opens-now = At once
limits-closes-ask =
    <b>When does signing up close?</b>
    Pick a day or write: “13 March 18:00”, “2 hours before”.
limits-closes-end = When the meeting ends
limits-time-ask =
    <b>At what time?</b>
    Pick the hour and the minutes or write: “10:00”.
card-opens-at = 🕒 Signing up opens { $opens }.
card-closes-at = 🕒 Sign up until { $closes }.
card-limit = 👤 { $category }: at most { $limit }{ $left ->
    [all] { "" }
    [0] , no seats left
   *[other] { " " }· { $left } left
}
input-limit = { $category }: this can be from 1 to { $most }, the meeting has no more seats. Write another number, or change “Seats” first.
input-sign-up-order = Signing up has to open before it closes, and before the meeting ends. Pick another time.
input-sign-up-end = Signing up closes when the meeting ends at the latest. Pick an earlier time.
input-sign-up-when = That time is not clear. Write, for example, “2 March 10:00” or “2 hours before”.
