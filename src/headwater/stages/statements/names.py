"""Names in a speaker phrase: the body by its last word or the list, the person by what stands beside the capitals."""

import re
from collections.abc import Iterator, Sequence

from headwater.lists import bodies, countries, newsrooms
from headwater.stages.statements.cues import UNNAMED_ROLES
from headwater.stages.statements.nouns import (
    BODY_NOUNS,
    BY_BODY,
    DEFINITE,
    HEADING,
    NO_NAMES,
    PARTICLES,
    PERSONAL,
    SPEAKING_FOR,
    TITLES,
)
from headwater.stages.words import fold

MADE_OF = re.compile(r"-(?:based|linked|run|affiliated|aligned|backed|owned|controlled|funded|born|held)$", re.I)
TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?")
SOMEBODY_ELSE = frozenset(["to", "for", "close", "near", "with", "against"])
"""prepositions behind which another person is named: an aide to Mayor Mira Sol"""
BODY = re.compile(
    r"(?:(?:[A-Z][\w’'&-]{0,60}|[A-Z]\.[A-Z]\.|al-[A-Z]\w{0,60})\s+){0,6}(?:"
    + "|".join(sorted({noun.capitalize() for noun in BODY_NOUNS}, key=len, reverse=True))
    + r")\b"
    r"(?:\s+(?:for|of)(?:\s+the)?\s+[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?(?:\s+(?:and|of|in)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?){0,2})?"
)


def bodies_in(text: str) -> Iterator[str]:
    """Yield the names of bodies in a text, as far as their last word shows that they are bodies."""
    for match in BODY.finditer(text):
        name = _trimmed(match.group())
        if " " in name:
            yield name


def usual_body(name: str) -> str:
    """Return the body's name in its usual form: from the list, or with Syria's and Syrias read as Syrian, television as TV."""
    if listed := bodies.find(name):
        return listed
    words = re.sub(r"[’']s$", "", name.strip()).split()
    if len(words) > 1 and words[0] not in countries.places() and (demonym := countries.demonym_of(words[0])):
        words[0] = demonym if demonym != "American" else "US"
    words = [re.sub(r"^(?:[Tt]elevision)$", "TV", word) for word in words]
    return re.sub(r"\bstate-run (?=TV|media|radio)", "state ", " ".join(words))


def modifies(word: str) -> bool:
    """Tell whether a word says of what country something is: Syrian, Syria's, Syrias."""
    return countries.is_demonym(word) or countries.demonym_of(word) is not None


def body_of(words: Sequence[str], core: Sequence[str]) -> str | None:
    """The body that a phrase names: by its last word, by the list, or by its capitals beside a role."""
    name = " ".join(words)
    known = bodies.find(name)
    found = [
        m.group() for m in BODY.finditer(name) if " " in m.group() or (m.start() > 0 or len(words) > 1 or m.group())
    ]
    found = [_trimmed(each) for each in found]
    if found:
        return usual_body(max(found, key=len))
    if known:
        return known
    lower = [n for n, word in enumerate(core) if fold(word) in BY_BODY and word.islower()]
    if lower and lower[-1] == len(core) - 1:
        before = [word for word in core if not MADE_OF.search(word) or word.endswith("-led")]
        if len(before) > 1 and any(_capital(word) or word.endswith("-led") for word in before[:-1]):
            return usual_body(" ".join(before))
    role = next((n for n, word in enumerate(core) if fold(word) in PERSONAL and not _capital(word)), None)
    if role and _capital(core[role - 1]):  # Hezbollah spokesman
        run = next((list(run) for run in _runs(core[:role]) if run[-1] == core[role - 1]), [])
        run = [word for word in run if not modifies(word)] and run
        return usual_body(" ".join(run)) if run and not all(modifies(word) for word in run) else None
    behind = re.search(
        r"\b(?:for|of|from|at|with)\s+(?:the\s+)?((?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)(?:\s+(?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)){0,4})",
        name,
    )
    if behind and not MADE_OF.search(behind[1].split()[-1]) and fold(core[-1]) in SPEAKING_FOR | HEADING | {"leader"}:
        return usual_body(behind[1])
    return None


def _trimmed(body: str) -> str:
    """A body's name without a title or a person that BODY took along, and with no country's possessive in front."""
    words = body.split()
    while len(words) > 1 and (MADE_OF.search(words[0]) or fold(words[0]) in TITLES | DEFINITE):
        words = words[1:]
    return " ".join(words)


def person_of(words: Sequence[str], core: Sequence[str], body: str | None) -> str | None:
    """The person whom a phrase names: capitals behind an office, before one, behind a body, or alone."""
    runs = list(_runs(core))
    plain = [_unbodied(_unmodified(run), body) for run in runs]
    for run in reversed(plain):
        named = _behind_office(run)
        if _is_personal_name(named) and (len(named) > 1 or len(named) < len(run) or _office_before(core, named)):
            return " ".join(named)
    if (
        len(core) < len(words) and words[len(core)] not in SOMEBODY_ELSE and fold(core[-1]) in PERSONAL | UNNAMED_ROLES
    ):  # member of the National Council Mira Sol
        tail = words[len(core) + 1 :]
        behind = list(_runs(tail))[-1:]
        if behind and behind[0][-1] == words[-1]:
            named = _behind_office(_unbodied(_unmodified(behind[0]), body))
            whole = len(named) == len([word for word in tail if fold(word) not in DEFINITE])
            if len(named) > 1 and _is_personal_name(named) and not whole:
                return " ".join(named)
    return None


def _unmodified(run: list[str]) -> list[str]:
    while len(run) > 1 and (modifies(run[0]) or MADE_OF.search(run[0])):
        run = run[1:]
    return run


def _unbodied(run: list[str], body: str | None) -> list[str]:
    """The run without the body's words at its beginning or its end."""
    held = set(body.split()) if body else set()
    while run and run[0] in held:
        run = run[1:]
    while run and run[-1] in held:
        run = run[:-1]
    return run


def _behind_office(run: list[str]) -> list[str]:
    """Foreign Minister Ana Reyes → Ana Reyes; Ana Reyes Foreign Minister → Ana Reyes."""
    offices = [n for n, word in enumerate(run) if fold(word).rstrip(".") in PERSONAL or fold(word) in {"said"}]
    if not offices:
        return run
    behind = run[offices[-1] + 1 :]
    return behind or run[: offices[0]]


def _office_before(core: Sequence[str], named: Sequence[str]) -> bool:
    index = list(core).index(named[0])
    return index > 0 and fold(core[index - 1]).rstrip(".") in PERSONAL


def _is_personal_name(run: Sequence[str]) -> bool:
    if not run or any(fold(word) in BODY_NOUNS | NO_NAMES for word in run) or modifies(run[-1]):
        return False
    name = " ".join(run)
    if name in countries.places() or newsrooms.find(name) or bodies.find(name):
        return False
    return not any(len(word) > 1 and word.isupper() and "." not in word for word in run) and not any(
        character.isdigit() for character in name
    )


def _runs(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield maximal runs of capitalised words; particles inside a name do not end it."""
    run: list[str] = []
    for index, word in enumerate(words):
        joins = fold(word) in PARTICLES and bool(run) and index + 1 < len(words) and _capital(words[index + 1])
        if _capital(word) or joins:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _capital(word: str) -> bool:
    return word[:1].isupper() or bool(re.match(r"(?:al|el|as|ash|at|az|an)-[A-Z]", word))
