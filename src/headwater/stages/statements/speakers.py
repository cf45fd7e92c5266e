"""Give each speaker of a report one name: pronouns and short forms lead back to the fullest name before them.

A pronoun is never a speaker: where nobody fits, the speaker is unknown. Nothing here tries to find out who an unnamed speaker
is; "an official" stays "an official".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.lists import newsrooms
from headwater.stages.statements.attribution import Attribution
from headwater.stages.statements.cues import DOCUMENTS, GENERIC, PRONOUNS, ROLES, UNNAMED_ROLES
from headwater.stages.words import fold

PERSON_PRONOUNS = frozenset({"he", "she"})
BODY = re.compile(
    r"\b((?:[A-Z][\w’'-]*|[Aa]l-[A-Z]\w*)(?: (?:[A-Z][\w’'-]*|the|and|al-[A-Z]\w*)){0,6}? ?(?:Observatory|Council|Committees?|Coalition|Commission|Network|Center|Centre|Organi[sz]ation|Authority|Watch|Helmets|Defen[cs]e"
    r"|Ministry|Army|Force|Forces|Front|Union|Association|Party|Movement|Agency|Group|Nations|Cross|Crescent|Command|Institute|Foundation|Service|Department|Police)(?: (?:for|of)(?: the)? [A-Z]\w*(?: (?:and )?[A-Z]\w*)?)?)"
)
SPOKESMAN_OF = re.compile(
    r"(?:[Tt]he )?(?P<body>(?:[A-Z][\w’'-]*|al-[A-Z]\w*)(?: (?:of|the|[A-Z][\w’'-]*|al-[A-Z]\w*|[a-z]+)){0,6}?) spokes(?:man|woman|person)\b(?! (?:of|for)\b)"
)
SPEAKS_FOR = re.compile(r"\b(?:spokes(?:man|woman|person)|head|director|chief|founder|coordinator)\b", re.I)
MONITORS = re.compile(
    r"\b(?:observatory|monitor|watch|network|cent(?:re|er)|committees?|organi[sz]ation|association)\b", re.I
)
HEAD_OF_GROUP = re.compile(
    r"(?:head|director|chief|founder|leader|spokesman|spokeswoman) of the (?:[\w-]+ )?(?:group|observatory|monitor|organi[sz]ation|body)\b",
    re.I,
)
LOWER_START = re.compile(r"^(?:the|a|an|its|his|her|their)\s+", re.I)
POSSESSED = re.compile(r"^[A-Z][\w-]*(?:[’']s|s)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the fullest name in the report, what kind of speaker, and the body that he or she speaks for."""

    name: str | None
    kind: str
    body: str | None = None


@dataclass
class _Memory:
    """Who has spoken so far, for what comes after."""

    person: Speaker | None = None
    body: Speaker | None = None
    last: Speaker | None = None

    def note(self, speaker: Speaker) -> None:
        self.last = speaker
        if speaker.kind == "named person":
            self.person = speaker
        elif speaker.kind == "organisation":
            self.body = speaker


def resolve(text: str, found: Sequence[Attribution]) -> list[Speaker]:
    """Return the speaker of each attribution."""
    raw = [_clean(text[each.speaker[0] : each.speaker[1]]) if each.speaker else None for each in found]
    full = _full_names([name for name in raw if name])
    memory, resolved = _Memory(), []
    for name in raw:
        speaker = Speaker(None, "none") if name is None else _one(name, full, memory)
        if name is not None and speaker.name:
            memory.note(speaker)
        resolved.append(speaker)
    return resolved


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(' "“”,;:()')


def _one(name: str, full: dict[str, str], memory: _Memory) -> Speaker:
    folded = fold(name)
    if folded in PRONOUNS:
        return _pronoun(folded, memory)
    plain = LOWER_START.sub("", name)
    if (known := _known_body(plain, full)) is not None:
        return known
    if re.match(r"(?:the|its|their)\b", name, re.I) and (who := full.get("role " + fold(plain))) is not None:
        return Speaker(who, "named person", _body_of(full.get("body of " + fold(who).split()[-1], "")))
    if memory.person and HEAD_OF_GROUP.match(plain):
        return memory.person
    if (
        memory.last
        and memory.last.kind == "unnamed person"
        and re.match(r"the\b", name, re.I)
        and _same_trade(plain, memory.last)
    ):
        return memory.last
    if (
        fold(plain) in GENERIC
        and memory.body
        and re.match(r"the\b", name, re.I)
        and fold(plain) in _generic_of(memory.body)
    ):
        return memory.body
    body = _body_of(name)
    person = _person_in(name)
    if person:
        whole = full.get(fold(person).split()[-1], person)
        longest = max((person, whole), key=len)
        speaks_for = body or _body_of(full.get("body of " + fold(longest).split()[-1], ""))
        return Speaker(longest, "named person", speaks_for)
    if newsrooms.find(plain) or _names_newsroom(plain):
        return Speaker(_names_newsroom(plain) or plain, "organisation", None)
    if body and (SPEAKS_FOR.search(name) or not _unnamed(plain)):
        return Speaker(full.get("org " + fold(body).split()[-1], body), "organisation", None)
    if _unnamed(plain):
        return Speaker(name, "unnamed person")
    if fold(plain).split()[-1] in DOCUMENTS:
        return Speaker(name, "document")
    if name[:1].isupper() or any(word[:1].isupper() for word in plain.split()):
        return Speaker(plain, "organisation" if _has_role(plain) or not _two_names(plain) else "named person")
    return Speaker(name, "organisation" if fold(plain).split()[-1] in ROLES else "unnamed person")


def _roles_before(name: str, person: str) -> list[str]:
    """Offices that stand before or behind a name: harbour master and master for "harbour master Edrin Sollas"."""
    before = [fold(word) for word in LOWER_START.sub("", name.split(person)[0]).replace(",", " ").split()]
    behind = re.match(r"\W*(?:the|a|an)\s+((?:[\w-]+\s+){0,2}[\w-]+)", name.partition(person)[2])
    found = [" ".join(before[start:]) for start in range(len(before)) if before[-1] in ROLES]
    return [*found, *([fold(behind[1])] if behind else [])]


def _known_body(plain: str, full: dict[str, str]) -> Speaker | None:
    """A body named in full elsewhere in the report: "the observatory", and "a monitoring group" where only one monitors."""
    words = fold(plain).split()
    if re.fullmatch(r"(?:[\w-]+ )?(?:monitors?|monitoring (?:group|organi[sz]ation)|watchdog)", " ".join(words)):
        monitors = {
            name
            for key, name in full.items()
            if key.startswith("org ") and re.search(r"\bObservatory|Monitor|Watch\b", name)
        }
        return Speaker(monitors.pop(), "organisation") if len(monitors) == 1 else None
    if plain == plain.lower() or re.match(r"[A-Z]\w+-based \w+$", plain):
        named = full.get("org " + words[-1])
        return Speaker(named, "organisation") if named and len(words) <= 2 else None
    return None


def _same_trade(plain: str, last: Speaker) -> bool:
    return fold(plain) in {fold(word) for word in (last.name or "").split()} and " " not in plain


def _pronoun(folded: str, memory: _Memory) -> Speaker:
    if folded in PERSON_PRONOUNS:
        return (
            memory.person
            or (memory.last if memory.last and memory.last.kind == "unnamed person" else None)
            or Speaker(None, "unnamed person")
        )
    if folded == "it":
        return memory.body or Speaker(None, "organisation")
    return memory.last if memory.last and folded == "they" else Speaker(None, "unnamed person")


def _generic_of(speaker: Speaker) -> set[str]:
    words = {fold(word) for word in (speaker.name or "").split()}
    return (
        words
        | ({"group", "monitor", "observatory"} if words & {"observatory", "monitor"} else set())
        | {"group", "agency"}
    )


def _names_newsroom(name: str) -> str | None:
    """The listed news organisation that a phrase such as "the state news agency SANA" names."""
    for piece in (
        name,
        *reversed(re.findall(r"(?:[A-Z][\w’'-]*|al-[A-Z]\w*)(?: (?:[A-Z][\w’'-]*|al-[A-Z]\w*))*", name)),
    ):
        if listed := newsrooms.find(re.sub(r" (?:news agency|agency|newspaper|TV|television|channel)$", "", piece)):
            return listed.name
    return None


def _body_of(name: str) -> str | None:
    if m := SPOKESMAN_OF.match(name):
        return m["body"]
    found = [LOWER_START.sub("", m.group(1)) for m in BODY.finditer(name)]
    return max(found, key=len) if found else None


def _person_in(name: str) -> str | None:
    """The personal name inside a phrase, read off by its shape: two or more capitalised words that are no body and no place."""
    plain = LOWER_START.sub("", name)
    body = _body_of(plain)
    if body:
        plain = plain.replace(body, " | ")
    pieces = re.split(r"\s(?:of|for|in|at|with|from)\s|\||,", plain)
    for piece in pieces:
        words = piece.split()
        while words and (
            fold(words[0]) in ROLES
            or (POSSESSED.match(words[0]) and len(words) > 2 and not _plain_name(words[1]))
            or not words[0][:1].isupper()
            or _demonym(words[0])
        ):
            words.pop(0)
        while words and not words[-1][:1].isupper():
            words.pop()
        if words and fold(words[-1]) in ROLES:  # Free Water Brigade: a body's name ends in what it is
            continue
        if any(fold(word) in ROLES for word in words) or not words:
            words = _after_role(words)
        if (
            len(words) >= 2
            and all(
                word[:1].isupper() or word in {"al", "bin", "abu", "ibn"} or word.startswith("al-") for word in words
            )
            and not newsrooms.find(" ".join(words))
        ):
            return " ".join(words)
        if (
            len(words) == 1
            and len(pieces) == 1
            and piece == words[0]
            and re.fullmatch(r"(?:[Aa]l-)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?", words[0])
            and not newsrooms.find(words[0])
            and not _demonym(words[0])
        ):
            return words[0]
    return None


def _plain_name(word: str) -> bool:
    return word[:1].isupper() and fold(word) not in ROLES and not _demonym(word)


def _after_role(words: list[str]) -> list[str]:
    roles = [n for n, word in enumerate(words) if fold(word) in ROLES]
    return words[roles[-1] + 1 :] if roles else words


def _demonym(word: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:[A-Z][a-z]+(?:ian|ish|ese|ean|can|aeli|aqi|emeni|audi|rab|urdish|utch|rench|reek|nglish|ni|sh)s?|US|U\.S\.?|UN|U\.N\.?|EU|UK|British|State|Syrias|White)",
            word,
        )
    )


def _two_names(name: str) -> bool:
    return len([word for word in name.split() if word[:1].isupper()]) >= 2


def _has_role(name: str) -> bool:
    return any(fold(word) in ROLES for word in name.split())


def _unnamed(name: str) -> bool:
    """A trade without a name: an official, two residents of the town, Syrian activists."""
    words = re.split(r"\s(?:of|for|in|at|with|from|near|who|close)\b", name)[0].split()
    return bool(words) and fold(words[-1]).rsplit("-", 1)[-1] in UNNAMED_ROLES and not _body_of(name)


def _full_names(names: Sequence[str]) -> dict[str, str]:
    """Fullest form of every person (by last name) and body (by last word), and the body that a person speaks for."""
    full: dict[str, str] = {}
    for name in sorted(names, key=len, reverse=True):
        person, body = _person_in(name), _body_of(name)
        if person:
            last = fold(person).split()[-1]
            full[last] = max(full.get(last, ""), person, key=lambda each: (len(each), each))
            if body and MONITORS.search(body) and SPEAKS_FOR.search(name):
                full["body of " + last] = body
        if person:
            for role in _roles_before(name, person):
                full.setdefault("role " + role, person)
        if body:
            last = fold(body).split()[-1]
            full["org " + last] = max(full.get("org " + last, ""), body, key=lambda each: (len(each), each))
    return full
