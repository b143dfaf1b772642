"""What comments have in common, by nothing more than counting words.

The forms of a word go together by their stem («экскурсия», «экскурсии»), each comment counts once,
and words that say nothing of a theme are passed over. Nothing here understands a sentence: «было
скучно» and «не было скучно» both count for «скучно», and the screen says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.cleaning import fold

LEAST_COMMENTS = 3
"""In fewer comments a word is chance."""

_FORMS = 3
_WORD = re.compile(r"[а-яa-z]{3,}(?:-[а-яa-z]+)*")
_RUSSIAN = re.compile(r"[а-я]")
_SAYING_NOTHING = frozenset(
    """
    без больше меньше более был была были было быть вам вами вас ваш ваша ваше ваши весь вместе
    вообще вот все всегда всего всей всем всеми всему всех всю вся где даже для его если есть
    еще здесь или именно ими как какая какие какой когда конечно которая которого которое
    которой которую которые который которых кто куда лишь лучше между меня мне много мной могу
    может можно мой моя мое мои нам нами нас наш наша наше наши него нее ней некоторые нет ним
    ними них ничего один одна одно одни она они оно очень под пока после потом потому почему
    почти при про просто раз сам сама сами само свой своя свое свои своих себе себя сейчас
    слишком совсем спасибо так также такая такие такой такое там тебя тем теперь тоже только том
    тот тут уже хорошо хоть хотя чего чем что чтоб чтобы чуть эта эти это этого этой этом этому
    этот эту этих понравилось понравился понравилась понравились нравится благодарю благодарим
    большое огромное супер класс отлично отличный круто здорово хороший хотелось хотим хочу
    хочется about after all also and any are because been but can could did does for from good
    great had has have her his how into its just like liked lot many more most much not now only
    our out really she should some than thank thanks that the their them then there they this
    too very was well were what when where which who will with would you your
    """.split()  # noqa: SIM905 (three hundred quotation marks say nothing)
)


def find_words(comment: str) -> list[str]:
    """Return the words of a comment, in small letters."""
    return _WORD.findall(fold(comment))


@dataclass(frozen=True, slots=True)
class Theme:
    """Forms of one word, the most frequent first, and how many comments have one of them."""

    words: tuple[str, ...]
    comments: int


class Themes:
    """Counts the words of comments; slow for many of them, so call it off the event loop."""

    def __init__(self) -> None:
        from snowballstemmer import stemmer  # noqa: PLC0415 (half of its words are never needed)

        self._russian, self._english = stemmer("russian"), stemmer("english")
        self._stems: dict[str, str] = {}
        self._comments: Counter[str] = Counter()
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.total = 0

    def add(self, comments: Iterable[str]) -> None:
        """Count some more comments."""
        for comment in comments:
            self.total += 1
            words = [word for word in find_words(comment) if word not in _SAYING_NOTHING]
            for word in words:
                self._forms[self._stem(word)][word] += 1
            self._comments.update({self._stem(word) for word in words})

    def most_frequent(self, number: int, least: int = LEAST_COMMENTS) -> tuple[Theme, ...]:
        """Return up to so many themes that recur in so many comments, the most frequent first."""
        ranked = sorted(self._comments.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Theme(tuple(form for form, _ in self._forms[stem].most_common(_FORMS)), comments)
            for stem, comments in ranked[:number]
            if comments >= least
        )

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            language = self._russian if _RUSSIAN.search(word) else self._english
            stem = self._stems[word] = str(language.stemWord(word))
        return stem
