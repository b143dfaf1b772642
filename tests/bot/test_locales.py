"""The texts of both languages: the same keys and arguments, all of them used, whole plurals."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.appendix2 import FORM, Words
from bot.errors import DomainError
from bot.handlers.curator.closed import UsualReason
from bot.handlers.curator.new import FIELDS
from bot.handlers.curator.new_what import GROUPS
from bot.handlers.curator.outside_clicks import FIELDS as OUTSIDE_FIELDS
from bot.handlers.curator.team_member import Mark
from bot.handlers.export_words import DEEDS
from bot.i18n import LOCALES
from bot.menu import EVERYBODY, commands_of
from bot.rules import (
    MESSAGE_RULES,
    BoardState,
    DeadlineState,
    Grant,
    MeetingAction,
    Switch,
    kinds_switched_by,
    useful_choices,
)
from bot.services.finding_facts import FindingKind
from bot.services.meeting_lists import Tab
from bot.services.own_reminders import OwnReminder
from bot.services.period_counting import Ahead
from bot.services.statistic_facts import Picture
from bot.vocabulary import (
    PUPILS,
    Audience,
    Category,
    ExportKind,
    Format,
    MeetingStatus,
    MessageKind,
    Mode,
    Offering,
    Recipients,
    RegistrationKind,
    RegistrationStatus,
    ReportSource,
    Rhythm,
    Role,
    Settled,
    TeamRole,
)

BOT = Path(__file__).parents[2] / "bot"
LONGEST_BUTTON = 25
SPEAKING = {"T", "Label", "tr", "plain", "close_button"}
"""What takes a key as its first argument; domain errors do too."""
BUTTONS = {"Label", "close_button", "button", "InlineKeyboardButton"}

CHECKS = {"check_possible", "_check_possible"}
"""What refuses an action with a key of its own."""

ALL_STAFF = [Grant(role, 1) for role in Role]
FAMILIES: dict[str, Iterable[str]] = {
    "admits": set(Category) - set(PUPILS),
    "audience": Audience,
    "board-state": BoardState,
    "came": ("yes", "no"),
    "category": Category,
    "certificate-for": TeamRole,
    "certificate-title": TeamRole,
    "command": (*EVERYBODY, *commands_of(ALL_STAFF)),
    "deadline-gap": (*(set(FindingKind) - {FindingKind.PROPOSALS}), "reports"),
    "deadline-state": DeadlineState,
    "deadlines-tab": DeadlineState,
    "deed": {deed.replace(".", "-") for deed in DEEDS},
    "draft-row": {
        row.number.rstrip(".").replace(".", "-")
        for row in FORM
        if not isinstance(row.counted, Words)
    },
    "export": ExportKind,
    "export-holds": ExportKind,
    "finding-kind": FindingKind,
    "finding-says": set(FindingKind) - {FindingKind.PROPOSALS},
    "format": Format,
    "help-command": {*EVERYBODY, *commands_of(ALL_STAFF)} - {"help"},
    "manage-state": {*MeetingStatus, "running", "unconfirmed"},
    "manage-tab": Tab,
    "mode": Mode,
    "new-admits": set(GROUPS) - {category.value for category in PUPILS},
    "new-field": FIELDS,
    "offering": Offering,
    "outside-field": OUTSIDE_FIELDS,
    "own-reminder": OwnReminder,
    "recipients": Recipients,
    "reopen-reason": UsualReason,
    "region-caption": ReportSource,
    "region-source": ReportSource,
    "registration-kind": RegistrationKind,
    "registration-status": RegistrationStatus,
    "rhythm": Rhythm,
    "role": Role,
    "role-can": Role,
    "settled": Settled,
    "stats-ahead": Ahead,
    "stats-picture": Picture,
    "stats-title": Picture,
    "switch": kinds_switched_by(Switch.MEETING, Switch.REGION),
    "team-can": TeamRole,
    "team-mark": Mark,
    "team-role": TeamRole,
    "team-you": TeamRole,
    "useful": {choice for category in Category for choice in useful_choices(category)},
    "way": Category,
    "who": (Category.HEAD, Category.EMPLOYEE),
}
"""Keys that code puts together out of a first part and a value, with all the values."""

# Latin letters that Russian text may have: tags, commands, links, formats, the name of a setting.
FOREIGN = re.compile(r"</?\w+>|/[a-z]+|https?://\S*|\b(?:xlsx|PDF|Excel|QR|ADMIN_IDS)\b")
# Russian that English text may have: what is typed or printed in Russian in any case.
RUSSIAN = re.compile(r"ачи|Приложение|Иванова Мария Петровна")


class Facts(Visitor):
    """What a text asks for and consists of."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.words: list[str] = []
        self.selects: list[ftl.SelectExpression] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.words.append(node.value)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        self.selects.append(node)
        self.generic_visit(node)


def read(locale: str) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for path in sorted((LOCALES / locale).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                facts = found[entry.id.name] = Facts()
                facts.visit(entry.value)
    return found


@pytest.fixture(scope="module")
def ru() -> dict[str, Facts]:
    return read("ru")


@pytest.fixture(scope="module")
def en() -> dict[str, Facts]:
    return read("en")


class Code:
    """The keys that the program names."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.families: set[str] = set()
        self.on_buttons: set[str] = set()
        self.strings: set[str] = set()
        self.refusals: set[str] = set()
        self.prefixes: set[str] = set()
        speaking = SPEAKING | {"DomainError", *_names(DomainError)}
        for path in BOT.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    self.strings.add(node.value)
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    self.prefixes.add(str(node.values[0].value).removesuffix("-"))
                if not isinstance(node, ast.Call):
                    continue
                name = _name(node.func)
                if name in speaking and node.args:
                    self._take(node.args[0])
                if name in CHECKS:
                    self.refusals |= {
                        f"refused-{MeetingAction[each.attr]}"
                        for each in ast.walk(node)
                        if isinstance(each, ast.Attribute)
                        and each.attr in MeetingAction.__members__
                    }
                if name == "name_of":
                    assert isinstance(node.args[0], ast.Constant)
                    self.families.add(str(node.args[0].value))
                if name in BUTTONS:
                    self.on_buttons |= {
                        each.value
                        for each in ast.walk(node)
                        if isinstance(each, ast.Constant) and isinstance(each.value, str)
                    }

    def _take(self, key: ast.expr) -> None:
        for node in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.keys.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                self.families.add(str(node.values[0].value).removesuffix("-"))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _names(kind: type[DomainError]) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield each.__name__
        yield from _names(each)


def _family(name: str) -> set[str]:
    return {f"{name}-{str(value).replace('_', '-')}" for value in FAMILIES[name]}


@pytest.fixture(scope="module")
def code() -> Code:
    return Code()


def test_both_languages_have_the_same_keys_with_the_same_arguments(
    ru: dict[str, Facts], en: dict[str, Facts]
) -> None:
    assert sorted(ru) == sorted(en)
    assert {key: sorted(ru[key].variables) for key in ru} == {
        key: sorted(en[key].variables) for key in ru
    }


def test_every_key_that_code_names_exists(ru: dict[str, Facts], code: Code) -> None:
    errors = {kind.key for kind in (DomainError, *DomainError.__subclasses__())}
    assert sorted((code.keys | code.refusals | errors) - set(ru)) == []


def test_every_key_put_together_in_code_exists(ru: dict[str, Facts], code: Code) -> None:
    assert code.families - {"refused"} <= set(FAMILIES), "tell this test the values of the family"
    assert sorted(set(FAMILIES) - code.families - code.prefixes) == [], "no code needs this family"
    assert sorted(key for name in FAMILIES for key in _family(name) if key not in ru) == []


def test_every_key_that_exists_is_used(ru: dict[str, Facts], code: Code) -> None:
    families = {key for name in FAMILIES for key in _family(name)}
    referred = {key for facts in ru.values() for key in facts.references}
    assert sorted(set(ru) - code.strings - code.refusals - families - referred) == []


@pytest.mark.parametrize(
    ("locale", "forms"), [("ru", {"one", "few", "many", "other"}), ("en", {"one", "other"})]
)
def test_every_plural_has_all_its_forms(locale: str, forms: set[str]) -> None:
    broken = []
    for key, facts in read(locale).items():
        for select in facts.selects:
            names = {v.key.name for v in select.variants if isinstance(v.key, ftl.Identifier)}
            if names & {"one", "few", "many"} and names != forms:
                broken.append(f"{key}: {sorted(names)}")
    assert broken == []


@pytest.mark.parametrize("locale", ["ru", "en"])
def test_no_text_begins_with_an_empty_line_that_is_lost(locale: str) -> None:
    """Fluent drops it; `{ "" }` on a line of its own keeps it."""
    source = "\n".join(path.read_text("utf-8") for path in sorted(LOCALES.glob(f"{locale}/*.ftl")))
    assert re.findall(r"^([a-z][\w-]*) =\n\n", source, flags=re.MULTILINE) == []


def test_russian_text_has_no_latin_letters(ru: dict[str, Facts]) -> None:
    found = {
        key: foreign
        for key, facts in ru.items()
        if (foreign := re.findall(r"[A-Za-z]+", FOREIGN.sub(" ", " ".join(facts.words))))
    }
    assert found == {}


def test_english_text_has_no_russian_letters(en: dict[str, Facts]) -> None:
    found = {
        key: foreign
        for key, facts in en.items()
        if (foreign := re.findall(r"[А-Яа-яЁё]+", RUSSIAN.sub(" ", " ".join(facts.words))))
    }
    assert found == {}


@pytest.mark.parametrize("locale", ["ru", "en"])
def test_labels_of_buttons_are_short(locale: str, code: Code) -> None:
    texts = read(locale)
    labels = {key for key in code.on_buttons if key in texts} | {
        key for name in ("came", "useful", "way") for key in _family(name)
    }
    too_long = [
        f"{key} = {label}"
        for key in sorted(labels)
        if not texts[key].variables and len(label := "".join(texts[key].words)) > LONGEST_BUTTON
    ]
    assert too_long == []


def test_what_each_message_says_exists_and_is_said(
    ru: dict[str, Facts], en: dict[str, Facts]
) -> None:
    composers = "".join(path.read_text("utf-8") for path in BOT.glob("*.py"))
    for kind, rule in MESSAGE_RULES.items():
        if rule.says is None:
            assert kind is MessageKind.DIGEST
            continue
        assert rule.says in ru, kind
        assert rule.says in en, kind
        assert f'"{rule.says}"' in composers, kind
