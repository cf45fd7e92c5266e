"""Read the noun phrase next to a reporting verb as a speaker; None when it cannot be one.

No parser: news English puts speakers in a small set of shapes (a name, a role, a name with a role, a unit of a body), and the
shapes hold when commas have been stripped, which is where parsers fail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.stages.statements.cues import AUXILIARY, CUES, NOUN_TOO, PLURAL_PEOPLE, PRONOUNS, ROLES, TITLES
from headwater.stages.words import fold

TOKEN = re.compile(
    r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?(?<=\.[A-Za-z]\.)|[^\W_]+(?:[.'’&-][^\W_]+)*(?:(?<=s)['’](?=\s+[a-zA-Z]))?|[^\w\s]"
)
CONNECTORS = frozenset("of for in at to on with al bin ibn abu von de la and &".split())
DETERMINERS = frozenset(
    """the a an his her its their one two three some many several local other another this these""".split()
)
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december""".split()
)
CLAUSE_STARTS = frozenset(
    """but and while although though as where that which who when whereas because after before meanwhile however if
    so""".split()
)
PLACE_WORDS = frozenset("in at near from around outside inside across to into on against over".split())
NEVER = frozenset(
    """is are was were be been being has have had do does did will would could can may might must should not no
    than from by into over under about against during until since near between among killed wounded injured died
    dead left""".split()
)

VERBS = NEVER - PLACE_WORDS - {"by", "from", "between", "among", "over", "under", "near", "against"}
AFTER_NOUN = PLACE_WORDS | {"of", "from", "with", "close", "based", "by"}
OPENERS = frozenset({",", ";", ":", "”", '"', "(", "—", "–"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a sentence; offsets count from the start of the report."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or bool(re.match(r"al-[A-Z]", self.text))

    @property
    def word(self) -> bool:
        return self.text[:1].isalnum()


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens between two offsets."""
    return [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]


def role(token: Token) -> bool:
    """Tell whether a word is a noun that speaks: an office, a body, a trade; Syrias and state-run count by their parts."""
    return token.folded in ROLES or token.folded.rsplit("-", 1)[-1] in ROLES


def before(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """Return the token span of a speaker that ends just before `stop`, walking back from the reporting verb."""
    last = stop - 1
    while last >= 0 and _between(tokens[last]):
        last -= 1
    if last >= 0 and tokens[last].text in {",", ")"}:
        return _before_apposition(tokens, last)
    if last < 0:
        return None
    if not _head(tokens[last]):
        return _named_before_trade(tokens, last) or _clause_subject(tokens, last)
    start = _walk_back(tokens, last)
    if start > 0 and tokens[start - 1].folded in PLACE_WORDS:
        return _before_relative_clause(tokens, start) or _clause_subject(tokens, last)
    return start, last + 1


def _between(token: Token) -> bool:
    """Words that may stand between a speaker and the verb: has, also, strongly, on Tuesday."""
    return (
        token.folded in AUXILIARY
        or token.folded in DAYS
        or token.folded in {"on", "late", "early", "today", "yesterday"}
        or (token.folded.endswith("ly") and not token.capital and len(token.text) > 4)
    )


def _clause_subject(tokens: Sequence[Token], last: int) -> tuple[int, int] | None:
    """`Medical sources in the city told`: all that stands before the verb in its clause, if it names a speaker and no other verb."""
    start = last
    while start > 0 and last - start < 11 and tokens[start - 1].folded not in CLAUSE_STARTS and tokens[start - 1].word:
        start -= 1
    inside = tokens[start : last + 1]
    opens = start == 0 or tokens[start - 1].folded in CLAUSE_STARTS or tokens[start - 1].text in OPENERS
    verb = any(token.folded in VERBS or token.folded in CUES - NOUN_TOO for token in inside)
    return (start, last + 1) if opens and not verb and _names_speaker(inside) else None


def _names_speaker(phrase: Sequence[Token]) -> bool:
    """Tell whether the noun before the first preposition can speak."""
    head = next((n for n, token in enumerate(phrase) if token.folded in AFTER_NOUN), len(phrase))
    if head == 0:
        return False
    noun = phrase[head - 1]
    named = noun.capital and noun.folded not in DETERMINERS
    return role(noun) or named or phrase[0].folded in {"many", "some", "several", "others", "one"}


def _named_before_trade(tokens: Sequence[Token], last: int) -> tuple[int, int] | None:
    """`Suleiman Youssef a writer told`: a name, then what he is, with the commas gone."""
    article = next((n for n in range(last, max(0, last - 4), -1) if tokens[n].folded in {"a", "an", "the"}), None)
    if article is None or article == last or not tokens[last].word or not _full_name_ends(tokens, article):
        return None
    return _walk_back(tokens, article - 1), last + 1


def _full_name_ends(tokens: Sequence[Token], stop: int) -> bool:
    """Tell whether a name of two words or more, which no preposition turns into a place, ends before `stop`."""
    start = stop
    while start > 0 and tokens[start - 1].capital and tokens[start - 1].folded not in DAYS:
        start -= 1
    return stop - start >= 2 and (start == 0 or tokens[start - 1].folded not in PLACE_WORDS | {"of"})


def _before_relative_clause(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """`the Observatory which monitors violence in Syria said`: the speaker stands before the relative clause."""
    for position in range(stop - 1, max(0, stop - 14), -1):
        if tokens[position].folded in {"which", "who", "that", "whose"}:
            last = position - 1 if tokens[position - 1].text != "," else position - 2
            return (_walk_back(tokens, last), last + 1) if last >= 0 and _head(tokens[last]) else None
        if tokens[position].folded in CUES:
            return None
    return None


def _before_apposition(tokens: Sequence[Token], last: int) -> tuple[int, int] | None:
    """Speaker followed by an apposition in commas or brackets: "Omar Haddad, the mayor, said"."""
    opener = "(" if tokens[last].text == ")" else ","
    start = next((n for n in range(last - 1, max(-1, last - 16), -1) if tokens[n].text == opener), None)
    if start is None or start == 0 or any(t.folded in CUES for t in tokens[start:last]):
        return None
    return (_walk_back(tokens, start - 1), last) if _head(tokens[start - 1]) else None


def _head(token: Token) -> bool:
    if token.folded in PRONOUNS:
        return token.folded != "who"
    if not token.word or token.folded in NEVER | DAYS | DETERMINERS | CLAUSE_STARTS:
        return False
    return (token.capital or role(token)) and (token.folded not in CUES or (token.folded in NOUN_TOO and role(token)))


def _walk_back(tokens: Sequence[Token], last: int) -> int:
    """Return the first token of the phrase that ends at `last`."""
    if tokens[last].folded in PRONOUNS:
        return last
    start, loose = last, 0
    while start > 0:
        token, right = tokens[start - 1], tokens[start]
        if not token.word or token.folded in DAYS or token.folded in NEVER or token.folded in PRONOUNS:
            break
        if token.folded in CONNECTORS:
            if (
                start < 2
                or not (right.capital or role(right) or right.folded in DETERMINERS)
                or not _joins(tokens[start - 2], token)
            ):
                break
        elif token.folded in DETERMINERS:
            if right.folded in DETERMINERS:
                break
        elif right.folded in DETERMINERS:
            apposition = token.folded in TITLES and right.folded == "the"  # "the monitoring group the Observatory"
            if not apposition and not (right.folded in {"a", "an", "the"} and _full_name_ends(tokens, start)):
                break
        elif (
            role(token)
            and not token.capital
            and right.capital
            and (token.folded in PLURAL_PEOPLE or token.folded in CUES)
        ):
            break
        elif not (token.capital or role(token)):
            loose += 1
            if (
                loose > 2
                or token.folded in CLAUSE_STARTS
                or token.folded in CUES
                or not (role(right) or loose > 1 or "-" in token.text)
            ):
                break
        start -= 1
    while start < last and tokens[start].folded in CONNECTORS | CLAUSE_STARTS:
        start += 1
    return start


def _joins(left: Token, connector: Token) -> bool:
    if connector.folded == "and":
        return left.word and (left.capital or role(left)) and left.folded not in DAYS
    return left.word and (role(left) or left.capital) and left.folded not in NEVER and left.folded not in DAYS


def after(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Return the token span of a speaker that begins at `start`, just behind the reporting verb or "according to"."""
    end, seen_head = start, False
    while end < len(tokens):
        token = tokens[end]
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        if (
            token.folded in DAYS
            or (token.folded in NEVER and seen_head)
            or token.folded in CUES
            or (token.folded in PRONOUNS and end > start)
        ):
            break
        if (
            token.text == ","
            and seen_head
            and following
            and (following.folded in {"the", "a", "an", "head", "director", "who"} or role(following))
        ):
            break
        if not token.word and token.text not in {"’", "'"}:
            break
        if token.folded in CONNECTORS and seen_head:
            if (
                not following
                or not (following.capital or role(following) or following.folded in DETERMINERS)
                or token.folded in {"on", "to", "with"}
            ):
                break
            if token.folded == "in" and not following.capital:
                break
        elif (token.folded in DETERMINERS and seen_head and tokens[end - 1].folded not in CONNECTORS) or (
            not (token.capital or role(token))
            and token.folded not in DETERMINERS | CONNECTORS
            and (seen_head or end - start > 3 or token.folded in CLAUSE_STARTS or not following)
        ):
            break
        if token.capital or role(token) or token.folded in PRONOUNS:
            seen_head = True
        end += 1
    while end > start and tokens[end - 1].folded in CONNECTORS | DETERMINERS:
        end -= 1
    while start < end and tokens[start].folded in CONNECTORS | NEVER:
        start += 1
    return (start, end) if seen_head and end > start else None
