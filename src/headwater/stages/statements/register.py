"""The persons and bodies that a report names, for its short forms to lead back to: Haddad → Rami Haddad, SNC → Syrian National Council."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from headwater.lists import bodies
from headwater.stages.statements import mentions
from headwater.stages.statements.mentions import Mention
from headwater.stages.statements.names import bodies_in, usual_body
from headwater.stages.statements.nouns import SPEAKING_FOR
from headwater.stages.words import fold

ARTICLE = re.compile(r"^(?:the|its|his|her|their)\s+", re.I)
MONITORS = re.compile(r"\b(?:Observatory|Monitor(?:ing)?|Watch)\b")
SHORT_FORM = re.compile(
    r"((?:[A-Z][\w’'-]{0,60}|al-[A-Z]\w{0,60})(?:\s+(?:(?:of|for|the|and|in|to)\s+){0,2}(?:[A-Z][\w’'-]{0,60}|al-[A-Z]\w{0,60})){1,9})\s*\(([A-Z][A-Za-z.-]{1,7})\)"
)


GENERATION = re.compile(r"(?<=\w)\s+(?:Jr|Sr)\b\.?$")
"""what tells a son from a father of the same name"""


@dataclass
class Register:
    """The persons and bodies that a report names, for its short forms to lead back to."""

    text: str
    bodies: dict[str, str] = field(default_factory=dict)
    """a body's short form, abbreviation or last word, folded → its fullest name"""
    persons: dict[str, str] = field(default_factory=dict)
    """surname, folded → fullest name"""
    speaks_for: dict[str, str] = field(default_factory=dict)
    """person → body whose word his or hers is"""
    offices: dict[str, str] = field(default_factory=dict)
    """office or trade, folded → person"""
    newsrooms: frozenset[str] = frozenset()
    """folded names that are credited as news organisations"""

    def learn(self, found: Iterable[Mention]) -> None:
        """Take in all speakers of a report, and the names that its text gives in full."""
        known = list(found)
        for match in SHORT_FORM.finditer(self.text):
            if _abbreviates(match[2], match[1]):
                self._body(usual_body(ARTICLE.sub("", match[1])), match[2])
        for name in bodies_in(self.text):
            self._body(usual_body(ARTICLE.sub("", name)))
        for each in known:
            if each.body:
                self._body(each.body)
            if each.person:
                self._person(each)

    def _body(self, name: str, short: str | None = None) -> None:
        words = [fold(word) for word in name.split()]
        for key in (" ".join(words), fold(short) if short else "", _last_of(words)):
            if key and len(name) > len(self.bodies.get(key, "")):
                self.bodies[key] = name

    def _person(self, mention: Mention) -> None:
        assert mention.person
        surname, junior = surname_of(mention.person), GENERATION.search(mention.person) is not None
        name = max(
            (mention.person, *in_full(self.text, mention.person)), key=lambda each: (len(each.split()) < 5, len(each))
        )
        known = self.persons.get(surname, "")
        if junior and known and not GENERATION.search(known):
            surname = f"{surname} junior"  # the surname alone is whoever needs nothing behind it
            known = self.persons.get(surname, "")
        if len(name) > len(known) or (GENERATION.search(known) and not GENERATION.search(name)):
            self.persons[surname] = name
        full = self.persons[surname]
        if mention.noun:
            self.offices.setdefault(mention.noun, full)
        if (
            mention.speaks_for
            and mention.body
            and (mention.noun in SPEAKING_FOR or _no_state(self.body(mention.body), mention.noun))
        ):
            self.speaks_for.setdefault(full, self.body(mention.body))

    def person(self, name: str) -> str:
        """Return the fullest name of a person."""
        full = self.persons.get(surname_of(name), name)
        return full if set(parts(name)) <= set(parts(full)) or len(name.split()) == 1 else name

    def body(self, name: str) -> str:
        """Return the fullest name of a body."""
        if known := bodies.find(name):
            return known
        if name.isupper() and (written_out := self._written_out(name)):
            return written_out
        words = [fold(word) for word in name.split()]
        for key in (" ".join(words), _last_of(words) if len(words) <= 3 else ""):
            full = self.bodies.get(key)
            if full and (set(words) <= set(map(fold, full.split())) or key == " ".join(words)):
                return full
        return name

    def _written_out(self, short: str) -> str | None:
        """The one body whose initials an abbreviation has, in whatever order: SOHR, and misspelt SORH."""
        if len(short) < 3:
            return None
        initials = sorted(short.replace(".", ""))
        found = {name for name in self.bodies.values() if sorted(re.findall(r"\b[A-Z]", name)) == initials}
        return found.pop() if len(found) == 1 else None

    def one_monitor(self) -> str | None:
        """Return the body that monitors, when the report names exactly one."""
        found = {name for name in self.bodies.values() if MONITORS.search(name)}
        longest = {
            name
            for name in found
            if not any(name != other and set(name.split()) <= set(other.split()) for other in found)
        }
        return longest.pop() if len(longest) == 1 else None


def _last_of(words: Sequence[str]) -> str:
    """The word that stands for a body: council for Syrian National Council, observatory for … Observatory for Human Rights."""
    kept = []
    for word in words:
        if word in ("for", "of"):
            break
        kept.append(word)
    return kept[-1] if kept else words[-1]


def _no_state(body: str, noun: str) -> bool:
    """Tell whether a head's word is the body's: a monitor's, a group's; a minister's or a general's is his own."""
    if " " not in body or (noun == "secretary" and not re.search(r"\b(?:Union|League|Association)\b", body)):
        return False
    return bool(
        re.search(
            r"\b(?:Observatory|Monitor|Watch|Network|Cent(?:re|er)|Committees?|Organi[sz]ation|Association|Foundation|Helmets|Defen[cs]e|Crescent|Cross|Union|League)\b",
            body,
        )
        and not re.search(r"\b(?:Ministry|Department|Army|Security Council|World Health)\b", body)
    )


def _abbreviates(short: str, name: str) -> bool:
    capitals = "".join(word[0] for word in re.findall(r"[A-Z]\w*", name))
    letters = [c for c in short if c.isupper()]
    return len(letters) >= 2 and letters[0] == capitals[:1] and all(c in capitals for c in letters)


def parts(name: str) -> list[str]:
    return [fold(part) for part in re.split(r"[\s-]+", name)]


def in_full_pattern(name: str) -> str:
    """Return the pattern of one or two capitalised words in front of a name, and of what tells a son from his father behind it."""
    return rf"((?:[A-Z][a-z’'-]{{1,60}}\s+(?:(?:al|bin|ibn|abu|el)\s+)?){{1,2}}){re.escape(name)}\b(?P<generation>\s{{1,3}}(?:Jr|Sr)\b)?"


def in_full(text: str, name: str) -> list[str]:
    """Longer forms of a person's name in the text: Rami Haddad for Haddad."""
    alone: list[str] = []
    with_generation: list[str] = []
    for match in re.finditer(in_full_pattern(name), text):
        mention = mentions.read(match.group())
        if mention.person and "\n" not in match.group() and GENERATION.sub("", mention.person).endswith(name):
            (with_generation if match["generation"] else alone).append(mention.person)
    return alone or with_generation


def surname_of(name: str) -> str:
    """Return the folded surname: of Amos Tallis Jr it is Tallis."""
    return fold(GENERATION.sub("", name).split()[-1])
