"""Nobody is to be recognised in what was answered without a name."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

FEWEST_ANSWERS = 5

K = TypeVar("K")


def shown_apart(groups: Mapping[K, Sequence[int]]) -> tuple[dict[K, Sequence[int]], list[int]]:
    """Return whose ratings may stand for themselves, and the sum of all the others.

    A group of fewer than five answers is shown only together with others. Were those others fewer
    than five even then, they could be read off by taking the shown groups from the whole: so the
    smallest of the shown ones joins them.

    Args:
        groups: of each group, how many gave 1, 2, 3, 4 and 5.

    Returns:
        The groups shown, the one with the most answers first; and how many of the rest gave each
        rating, empty where there is no rest.
    """
    ranked = sorted(groups.items(), key=lambda item: (-sum(item[1]), str(item[0])))
    apart = [item for item in ranked if sum(item[1]) >= FEWEST_ANSWERS]
    rest = ranked[len(apart) :]
    if apart and 0 < sum(sum(ratings) for _, ratings in rest) < FEWEST_ANSWERS:
        rest.append(apart.pop())
    together = [sum(numbers) for numbers in zip(*(ratings for _, ratings in rest), strict=True)]
    return dict(apart), together
