"""Read one speaker phrase: whether it names a person, a body, a news organisation, or describes somebody without a name.

    Observatory director Rami Haddad            person, speaks for the Observatory
    Mira Sol a doctor at the Lower Korva clinic person, a doctor
    Ruritanias Ministry of Water                body: Ruritanian Ministry of Water, where the list knows Ruritania
    a police source                             unnamed, a source
    state television                            news organisation by what it is called

No parser, since parsers fail where commas have been stripped: English builds such phrases from few parts, and the parts can be
told by their words. Countries, news organisations and some bodies are known by lists, everything else by its shape.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from headwater.lists import newsrooms
from headwater.stages.statements.cues import DOCUMENTS, PRONOUNS, ROLES, UNNAMED_ROLES
from headwater.stages.statements.names import MADE_OF, TOKEN, body_of, modifies, person_of
from headwater.stages.statements.nouns import (
    ANYBODY,
    BODY_NOUNS,
    BY_BODY,
    DEFINITE,
    HEADING,
    INDEFINITE,
    MEDIA,
    PARTICLES,
    PERSONAL,
    PLURAL,
    PREPOSITIONS,
    SPEAKING_FOR,
)
from headwater.stages.statements.phrases import DAYS
from headwater.stages.words import fold

OPENING = re.compile(
    r"^(?:(?:and|but|meanwhile|however|earlier|later|also|still|separately|instead|yet|while|though|although|moreover"
    r"|furthermore|additionally|nevertheless|similarly|likewise|then|afterwards|initially|previously|recently|subsequently"
    r"|on \w+day|after|before|since|during|amid|for (?:his|her|its|their) part|in turn|as|that|so|because|according to|both|even|only|just)\b[\s,:]*)+",
    re.I,
)
SHOUTED = re.compile(r"^(?:[A-Z]{4,}\s+){2,}(?=[A-Z][a-z])")
ASIDE = re.compile(
    r"(?:(?<!\s)\s++)?[,;:()\[\]–—]++\s*+|(?<!\s)\s++(?:-\s++|(?=(?:who|which|whose|that)\b)"
    r"|(?=(?:in|via|through|on|by|during) (?:an?|the|his|her|its|their|comments?|remarks?|televised|written|separate|twitter|facebook|telegram|youtube|phone|telephone|skype|email|e-mail|whatsapp|social)\b"
    r"[^,]{0,300}\b(?:statements?|interviews?|comments?|remarks?|posts?|tweets?|messages?|twitter|facebook|telegram|youtube|phone|telephone|skype|email|e-mail|whatsapp|speech|conference|briefing|account|media|video|letter|call|address)\b)"
    r"|(?=(?:quoted|quoting|cited|citing|speaking|posted|published|carried|released|issued|based in|located|operating|known|identified|describing|referring)\b)"
    r"|(?=(?:on|late|early)\s+(?:\w+\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b))",
    re.I,
)
APPOSED = re.compile(r"(?<!\s)\s++(?=(?:a|an|the|one of)\s+[\w’'-])")
CALLED = re.compile(
    r"(?:agency|newspaper|daily|broadcaster|channel|station|website|newswire)\s+((?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)(?:\s+(?:[A-Z][\w’'-]*|al-[A-Z][\w-]*)){0,3})$"
)
OFFICE_OF = re.compile(
    r"\b(Secretary|Minister|Chief|Director|Chairman|Commissioner)(?: General)? of (?:the )?(?:State|Staff|Defen[cs]e|Police|Justice|Health|Interior"
    r"|Intelligence|Foreign Affairs|Homeland Security|Information|War|Finance|Education|Agriculture|Culture|Energy)(?=\s+[A-Z])"
)
BEHIND_A_PLACE = frozenset("based linked run affiliated aligned backed owned controlled funded".split())
ADJECTIVE_OF_BODY = re.compile(
    r"^(?:official|local|own|pan-\w+|semi-official|affiliated|prominent|leading|main|so-called)$", re.I
)
NEWS_TAIL = re.compile(
    r"(?<!\s)\s++(?:state\s++)?(?:news(?:\s++(?:agency|website|site|channel|network|service|outlet))?|agency|newspaper|daily|tv|television|channel|radio|website|broadcaster|network|magazine)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """What a phrase says of its speaker; `noun` is the folded noun that describes him, her, them or it."""

    phrase: str
    person: str | None = None
    body: str | None = None
    newsroom: str | None = None
    noun: str = ""
    pronoun: str = ""
    definite: bool = False
    indefinite: bool = False
    generic: bool = False
    """a description without a name of its own: the group, a monitor, the foreign ministry"""

    @property
    def speaks_for(self) -> bool:
        """A spokesman, or the head of a body that is no state: his word is the body's."""
        return self.noun in SPEAKING_FOR or self.noun in HEADING

    @property
    def unnamed(self) -> bool:
        """A trade without a name: an official, two residents of the town."""
        return not self.person and not self.newsroom and self.noun in UNNAMED_ROLES

    @property
    def document(self) -> bool:
        return not self.person and not self.newsroom and self.noun in DOCUMENTS


@lru_cache(maxsize=20_000)
def read(phrase: str) -> Mention:
    """Read a speaker phrase as it stands in the text."""
    plain = cleaned(phrase)
    if fold(plain) in PRONOUNS | {"him", "her", "them", "its", "his", "their", "this", "that", "who", "which", "whose"}:
        return Mention(plain, pronoun=fold(plain))
    parts = [_part(each) for each in _segments(plain)]
    if not parts:
        return Mention(plain)
    first = parts[0]
    for other in parts[1:]:  # what stands beside a name tells more of it
        first = replace(
            first,
            person=first.person or (other.person if first.noun or first.generic else None),
            body=first.body or (other.body if first.person or first.noun else None),
            newsroom=first.newsroom or (other.newsroom if first.generic else None),
            noun=first.noun or other.noun if first.person or first.body else first.noun,
        )
    return first


def can_speak(phrase: str) -> bool:
    """Tell whether a phrase can name or describe a speaker: not a bare figure, nor a thing ("an allegation", "shops")."""
    plain = cleaned(phrase)
    if fold(plain.split(" ")[0]) in ANYBODY or fold(plain) in DAYS:
        return False
    if not re.search(r"[^\W\d_]", plain):
        return False
    if any(word[:1].isupper() for word in plain.split()[1:]) or fold(plain) in PRONOUNS or len(plain.split()) == 1:
        return True
    words = TOKEN.findall(plain)
    core = _core([word for word in words if fold(word) not in DEFINITE | INDEFINITE] or words)
    nouns = ROLES | PERSONAL | BY_BODY | BODY_NOUNS | MEDIA | DOCUMENTS | UNNAMED_ROLES
    return (
        any(fold(word).rsplit("-", 1)[-1] in nouns for word in core)
        or any(word[:1].isupper() for word in core)
        or fold(words[0]) in PLURAL
    )


def cleaned(phrase: str) -> str:
    """Return the phrase on one line, without what opens the sentence and without a heading glued to it."""
    plain = re.sub(r"\s+", " ", phrase).strip(" \"“”'‘’,;:()-–—.")
    return SHOUTED.sub("", OPENING.sub("", plain) or plain)


def together(phrase: str) -> list[tuple[int, int]]:
    """Return the spans of the speakers that a phrase joins with "and": the ministry and two witnesses.

    A name that has "and" inside stays whole (the Ministry of Health and Population): both sides must be able to speak alone.
    """
    for match in re.finditer(r"(?<!\s)\s++(?:and|as well as)\s++", phrase):
        left, right = phrase[: match.start()], phrase[match.end() :]
        if _stands_alone(left, right) and "between" not in left.lower():
            rest = [(start + match.end(), end + match.end()) for start, end in together(right)]
            start = next((m.end() for m in [re.match(r"both\s+", left, re.I)] if m), 0)
            return [(start, match.start()), *rest]
    return [(0, len(phrase))]


def _stands_alone(left: str, right: str) -> bool:
    one, two = read(left), read(right)
    words = right.split()
    determined = fold(words[0]) in DEFINITE | INDEFINITE if words else False
    able = bool(two.person or two.newsroom or two.noun in UNNAMED_ROLES | BY_BODY or two.body)
    if one.pronoun:  # he and his advisers
        return bool(two.noun or two.person or two.body)
    known = bool(one.person or one.newsroom or one.body or one.noun or one.generic)
    inside = re.search(r"\b(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]*$", left) and not determined and not two.person
    return able and known and not inside and not re.search(r"\b(?:of|for|between|the|a|an)$", left)


def _segments(plain: str) -> Iterator[str]:
    """Yield the phrase's parts: before and behind commas, and an apposition whose commas are lost."""
    for piece in ASIDE.split(plain):
        rest = (piece or "").strip(" ,;:-–—\"“”'‘’")
        while rest:
            cut = next((m for m in APPOSED.finditer(rest) if m.start() and _ends_name(rest[: m.start()])), None)
            yield (rest[: cut.start()] if cut else rest).strip()
            rest = rest[cut.end() :].strip() if cut else ""


def _ends_name(text: str) -> bool:
    last = TOKEN.findall(text)[-1:] or [""]
    return last[0][:1].isupper() and fold(last[0]) not in PREPOSITIONS | DEFINITE


def _part(segment: str) -> Mention:
    words = TOKEN.findall(OFFICE_OF.sub(r"\1", segment))
    definite = bool(words) and fold(words[0]) in DEFINITE
    indefinite = bool(words) and (fold(words[0]) in INDEFINITE or words[0].isdigit())
    while words and (fold(words[0]) in DEFINITE | INDEFINITE or words[0].isdigit()):
        words = words[1:]
    while len(words) > 2 and fold(words[1]) in BEHIND_A_PLACE:  # London based, ISIS run, with the hyphen lost
        words = words[2:]
    if len(words) > 1 and fold(words[0]) == "of":  # many of the residents
        words = [word for word in words[1:] if fold(word) not in DEFINITE]
    base = Mention(segment, definite=definite, indefinite=indefinite)
    name = " ".join(words)
    if listed := _newsroom(name):
        return replace(base, newsroom=listed)
    if called := CALLED.search(name):  # the state news agency SANA
        return replace(base, newsroom=_newsroom(called[1]) or called[1])
    core = _core(words)
    noun = next((fold(word) for word in reversed(core) if _is_noun(word)), "")
    body, person = body_of(words, core), None
    person = person_of(words, core, body)
    if person and body and _inside(body, person):
        person = None
    if noun and person and fold(person.split()[-1]) == noun:
        noun = ""
    generic = not person and not body and bool(noun)
    return replace(base, person=person, body=body, noun=noun, generic=generic)


def _newsroom(name: str) -> str | None:
    """The listed news organisation that the whole phrase names: with or without adjectives, and what it is called behind it."""
    words = name.split()
    for start in range(len(words)):
        if start and not _before_a_newsroom(words[start - 1]):
            return None
        tried = " ".join(words[start:])
        while tried:
            if listed := newsrooms.find(tried):
                return listed.name
            shorter = NEWS_TAIL.sub("", tried)
            tried = shorter if shorter != tried else ""
    return None


def _before_a_newsroom(word: str) -> bool:
    return bool(MADE_OF.search(word) or ADJECTIVE_OF_BODY.match(word) or modifies(word) or word.islower())


def _core(words: Sequence[str]) -> list[str]:
    """The words up to the first preposition that is no part of a name."""
    end = next((n for n, word in enumerate(words) if n and word in PREPOSITIONS and word not in PARTICLES), len(words))
    return list(words[:end])


def _is_noun(word: str) -> bool:
    last = fold(word).rsplit("-", 1)[-1].rstrip(".")
    return last in ROLES or last in PERSONAL or last in BY_BODY or last in BODY_NOUNS


def _inside(body: str, person: str) -> bool:
    return set(person.split()) <= set(body.split())
