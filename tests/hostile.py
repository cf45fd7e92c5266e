"""Text made to keep a pattern busy: from its own parse tree, what its repeated parts take, many times over, and then what they do not.

In: a compiled pattern. Out: seeds, each a text before, a piece that is repeated to any size, and a text behind. The choice is made by a
seeded generator, so that the same pattern always gets the same seeds.
"""

import random
import re
import re._constants as codes  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

FAVOURITES = " aA0\n\t\"'.-(<"
"""characters that are taken wherever a pattern allows them, one after the other: what several parts take is what costs"""
CHARACTERS = FAVOURITES + ",;:!?)[]{}>/\\_=&%@#*+|~^`$zZ9’“”‘–—…é\x00\r\u00a0\u2028\u0431\u0627"
PLAIN = (
    " ", "\n", "\t", "\r\n", " \n", "a", "A", "0", "a ", "A ", "Aa ", "0 ", "0,", "a.", ". ", ", ", "a, ", "(", ")", "[", "]", "{", "<", ">",
    "<a ", "(a", '"', "'", "“", "”", '"a ', "“a” ", "-", "--", "—", "_", "/", "\\", ":", ";", "the ", "The ", "said ", "killed ", "a@", "é", "\x00",
)  # fmt: skip
MANY = 12  # a repeat that may go on at least so often counts as one that can be drawn out
MOST = 60  # seeds of a pattern


@dataclass(frozen=True)
class Seed:
    """A text that can be drawn out: `before`, then `piece` again and again, then `behind`."""

    before: str
    piece: str
    behind: str

    def drawn_out(self, size: int) -> str:
        """Return a text of about this many characters."""
        return self.before + self.piece * max(1, size // max(1, len(self.piece))) + self.behind


def seeds(pattern: re.Pattern[Any]) -> list[Seed]:
    """Return the seeds of a pattern: plain ones, and those made from its parts."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    chance = random.Random(source)
    tree = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    made = list(dict.fromkeys(seed for favourite in FAVOURITES for seed in _made(tree, favourite, chance)))
    chance.shuffle(made)
    return [*(Seed("", piece, behind) for piece in PLAIN for behind in ("", "\x00")), *made[:MOST]]


def _made(tree: Any, favourite: str, chance: random.Random) -> Iterator[Seed]:
    sampler = _Sampler(favourite, chance)
    for before, piece in _repeats(list(tree), "", sampler):
        for behind in ("", "\x00", "! "):
            yield Seed(before, piece, behind)
        yield Seed("", piece, "\x00")
        yield Seed("", before + piece, "")
        yield Seed("", before + piece * 3, "\x00")
    whole = sampler.text(list(tree))
    for end in {len(whole), len(whole) - 1, len(whole) // 2, len(whole) // 3}:
        if whole[:end]:
            yield Seed("", whole[:end], "")
            yield Seed("", whole[:end] + " ", "\x00")


def _repeats(nodes: list[Any], before: str, sampler: "_Sampler") -> Iterator[tuple[str, str]]:
    """Every repeat that can be drawn out, with a text that leads up to it."""
    for node in nodes:
        for inside in _inside(node):
            yield from _repeats(inside, before, sampler)
        if _is_repeat(node) and node[1][1] >= MANY and (piece := sampler.text(list(node[1][2]))):
            yield before, piece
        before += sampler.text([node])


def _is_repeat(node: Any) -> bool:
    return node[0] in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def _inside(node: Any) -> list[list[Any]]:
    """The sequences inside a node."""
    kind, value = node
    if _is_repeat(node):
        return [list(value[2])]
    if kind is codes.SUBPATTERN:
        return [list(value[3])]
    if kind is codes.ATOMIC_GROUP:
        return [list(value)]
    if kind is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    return []


@dataclass(frozen=True)
class _Sampler:
    """Makes text that a part of a pattern takes, with the favourite wherever it may stand."""

    favourite: str
    chance: random.Random

    def text(self, nodes: list[Any]) -> str:
        return "".join(self._one(node) for node in nodes)

    def _one(self, node: Any) -> str:
        kind, value = node
        if kind is codes.LITERAL:
            return chr(value)
        if kind is codes.NOT_LITERAL:
            return self._where(lambda c: c != chr(value))
        if kind is codes.ANY:
            return self._where(lambda c: c != "\n")
        if kind is codes.IN:
            return self._where(lambda c: _takes(value, c))
        if _is_repeat(node):
            return self.text(list(value[2])) * min(value[1], max(value[0], self.chance.choice((0, 1, 1, 2))))
        if kind is codes.BRANCH:
            return self.text(list(self.chance.choice(value[1])))
        if kind in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
            return ""
        return "".join(self.text(inside) for inside in _inside(node))

    def _where(self, takes: Callable[[str], bool]) -> str:
        if takes(self.favourite):
            return self.favourite
        able = [c for c in CHARACTERS if takes(c)]
        return able[0] if able and self.chance.random() < 0.7 else self.chance.choice(able or ["?"])


def _takes(items: list[Any], character: str) -> bool:
    negated = items[0][0] is codes.NEGATE
    return negated != any(_takes_one(item, character) for item in items if item[0] is not codes.NEGATE)


CATEGORIES = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    codes.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    codes.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def _takes_one(item: Any, character: str) -> bool:
    kind, value = item
    if kind is codes.LITERAL:
        return bool(chr(value) == character)
    if kind is codes.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return bool(CATEGORIES[value](character))
