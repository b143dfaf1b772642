# The organisations of row 2.11.

organisations = Organisations
organisations-title = <b>Organisations (row 2.11) · { $place } · { $year }</b>
organisations-none = Nothing yet. Organisations appear here once people from “other organisations” are marked at a meeting that was held.
organisations-some =
    👥 Organisations: { $organisations }, people: { $people }

    Tap a name to join it with another one, or to take it apart.
organisations-unnamed = People without an organisation: { $unnamed }
organisations-alike = Similar names: { $alike }
organisations-row = { $name } · { $people }
organisations-one =
    <b>{ $name }</b>
    👥 People: { $people }
organisations-merged-with =
    {""}
    Counted here as well:
organisations-merge = Join with another
organisations-split = Take apart: { $name }
organisations-split-done = Counted apart again
organisations-which =
    <b>{ $name }</b>
    Which name means the same organisation?
organisations-ask =
    <b>Is this one organisation?</b>
    1. { $one }
    2. { $other }

    Similar pairs: { $left }. The answer is remembered, for these names at later meetings too.
organisations-asked-all = No more similar names. Any two can be joined in the list.
organisations-are-one = They are the same
organisations-are-two = Different
organisations-apart-done = Remembered: two organisations
organisations-stays =
    <b>Which name stays?</b>
    The report will list all of them under it, people: { $people }.
organisations-merged = They are one organisation now
