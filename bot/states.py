"""The windows of every conversation. Their names are stored data: renaming one is a migration."""

from aiogram.fsm.state import State, StatesGroup


class Home(StatesGroup):
    """The menu that every Back leads to at last."""

    menu = State()
    help = State()


class Onboarding(StatesGroup):
    """From a stranger to somebody who can sign up."""

    consent = State()
    declined = State()
    occupation = State()
    grade = State()
    too_young = State()
    too_small = State()
    position = State()
    organisation = State()
    confirm = State()
    name = State()
    municipality = State()


class Meetings(StatesGroup):
    """Looking for a meeting and signing up."""

    list = State()
    card = State()
    ways = State()
    child = State()
    wait = State()
    cancel = State()


class My(StatesGroup):
    """What somebody signed up for and attended."""

    list = State()
    past = State()
    ticket = State()
    cancel = State()


class Joining(StatesGroup):
    """Joining the team of a meeting by the link of an invitation."""

    offer = State()
    what = State()
    words = State()
    confirm = State()
    ways = State()


class MyTeam(StatesGroup):
    """The teams that somebody is on, and their place on one of them."""

    list = State()
    place = State()
    leave = State()


class Papers(StatesGroup):
    """Getting a certificate or a portfolio."""

    name = State()


class GroupSignUp(StatesGroup):
    """Signing up a class or a delegation."""

    organisation = State()
    who = State()
    people = State()
    with_me = State()
    confirm = State()
    few = State()


class GroupSize(StatesGroup):
    """Changing how many come with a group."""

    lines = State()
    people = State()
    rest = State()


class Privacy(StatesGroup):
    """What is stored, and taking the consent back."""

    overview = State()
    consent = State()
    data = State()
    withdraw = State()


class Reminders(StatesGroup):
    """What somebody wants to be reminded of, and when."""

    choose = State()


class Language(StatesGroup):
    """Choosing a language."""

    choose = State()


class Comment(StatesGroup):
    """A few words after a rating; outlives dialogs, since the question is a pushed message."""

    typing = State()


class Asking(StatesGroup):
    """A question about a meeting to whoever runs it, or the answer."""

    typing = State()


class Outside(StatesGroup):
    """A meeting that was held without the bot: telling of it, correcting it, taking it away."""

    municipality = State()
    title = State()
    day = State()
    audience = State()
    format = State()
    mode = State()
    place = State()
    people = State()
    photos = State()
    look = State()
    fields = State()
    remove = State()


class HalfYear(StatesGroup):
    """The timetable of a half-year: which one, then as what file."""

    choose = State()
    file = State()


class NewMeeting(StatesGroup):
    """The wizard of a new meeting; started at `fields` it changes a meeting that is there."""

    municipality = State()
    title = State()
    day = State()
    time = State()
    length = State()
    audience = State()
    mode = State()
    place = State()
    link = State()
    seats = State()
    description = State()
    preview = State()
    admits = State()
    format = State()
    fields = State()
    reach = State()
    limits = State()
    limit_who = State()
    limit_seats = State()
    opens = State()
    opens_time = State()
    closes = State()
    closes_time = State()


class Manage(StatesGroup):
    """The meetings of a curator or organiser, and one meeting's screen."""

    list = State()
    meeting = State()
    close = State()
    cancel = State()
    cancel_reason = State()
    photos = State()
    results = State()
    comments = State()
    note = State()
    waiting = State()
    waiting_offer = State()
    message_to = State()
    message_text = State()
    message_preview = State()
    repeat = State()
    repeat_times = State()
    repeat_days = State()
    count_me = State()
    count_me_as = State()
    reopen = State()
    team = State()
    team_role = State()
    team_links = State()
    team_member = State()
    team_remove = State()
    more = State()
    to_group = State()
    to_group_sure = State()
    switches = State()


class Door(StatesGroup):
    """The list at the door."""

    list = State()
    confirm = State()
    walk_in = State()
    walk_in_all = State()
    walk_in_organisation = State()
    group = State()


class DoorPaper(StatesGroup):
    """The list on paper: sheets to print, typed codes, a filled sheet that comes back."""

    sheet = State()
    codes = State()
    preview = State()


class Report(StatesGroup):
    """Appendix 2."""

    municipality = State()
    year = State()


class Draft(StatesGroup):
    """A year's report as it stands, and what is in its way."""

    numbers = State()
    rows = State()
    behind = State()
    counts = State()
    findings = State()
    kind = State()
    answered = State()
    finding = State()
    reason = State()


class Versions(StatesGroup):
    """A municipality's report on its way to the regional coordinator: sent, accepted, returned."""

    version = State()
    send = State()
    accept = State()
    comment = State()
    history = State()
    scan = State()


class Board(StatesGroup):
    """How the municipalities of the region stand with their reports of a year."""

    states = State()
    places = State()
    place = State()
    nudge = State()


class Organisations(StatesGroup):
    """The organisations of row 2.11, and names that are one of them."""

    list = State()
    one = State()
    other = State()
    alike = State()
    stays = State()


class Photos(StatesGroup):
    """The photos of a year (row 3)."""

    list = State()
    folder = State()


class Proposals(StatesGroup):
    """Row 4: both texts, one of them, and its draft."""

    texts = State()
    text = State()
    draft = State()


class Deadlines(StatesGroup):
    """The year's deadlines: one's own, the region's, and one of them."""

    territories = State()
    list = State()
    region = State()
    places = State()
    one = State()
    reason = State()


class Stats(StatesGroup):
    """Statistics in pictures."""

    place = State()
    picture = State()
    period = State()


class Exports(StatesGroup):
    """Tables to take along, and what a year's answers say."""

    kind = State()
    period = State()
    year = State()


class Invite(StatesGroup):
    """Giving a role: which one, where, and the link."""

    overview = State()
    role = State()
    municipality = State()
    link = State()


class Staff(StatesGroup):
    """Who holds a role, and taking it back."""

    people = State()
    revoke = State()


class Invited(StatesGroup):
    """Accepting a role that a link gives."""

    offer = State()
    consent = State()
    accepted = State()


class Signature(StatesGroup):
    """Full name and phone for the report's signature lines, with a consent of their own."""

    consent = State()
    name = State()
    phone = State()
    done = State()
    withdraw = State()


class RegionSwitches(StatesGroup):
    """Which messages the bot sends of its own accord in the region."""

    list = State()


class Upkeep(StatesGroup):
    """What an administrator sees of the bot itself."""

    set_aside = State()
