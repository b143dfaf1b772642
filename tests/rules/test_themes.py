"""Words that recur in comments: forms together, each comment once, chance left out."""

from bot.themes import Theme, Themes


def counted(*comments: str, number: int = 8) -> tuple[Theme, ...]:
    themes = Themes()
    themes.add(comments)
    return themes.most_frequent(number)


def test_forms_of_a_word_go_together_and_a_comment_counts_once() -> None:
    found = counted(
        "Экскурсия была супер, экскурсия!",
        "Больше экскурсий",
        "Ещё одну ЭКСКУРСИЮ, спасибо",
        "Мало практики",
        "практика",
    )
    assert found == (Theme(("экскурсия", "экскурсий", "экскурсию"), 3),)


def test_words_that_say_nothing_are_no_theme() -> None:
    assert counted(*["Спасибо, всё очень понравилось!"] * 9) == ()


def test_the_most_frequent_come_first_and_no_more_than_asked_for() -> None:
    comments = ["мосты и заводы"] * 3 + ["Заводы"] + ["tours"] * 5
    assert [theme.comments for theme in counted(*comments)] == [5, 4, 3]
    assert [theme.words for theme in counted(*comments, number=1)] == [("tours",)]
