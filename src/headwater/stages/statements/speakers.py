"""Give each speaker of a report one name: pronouns and short forms lead back to the fullest name in the report.

A pronoun is never a speaker: where nobody fits, the speaker is unknown. Nothing here tries to find out who an unnamed speaker
is; "an official" stays "an official". What a report introduces without naming it ("a monitoring group said") stays as it was
said, and only its origin is the body that the report names later, where one body alone fits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from headwater.lists import bodies, countries, newsrooms
from headwater.records import Credit
from headwater.stages.statements import mentions, phrases
from headwater.stages.statements.grammar import Attribution, Span
from headwater.stages.statements.mentions import MEDIA, Mention
from headwater.stages.words import fold

HE = frozenset({"he", "she", "him", "her", "his"})
IT = frozenset({"it", "its"})
RELATIVE = frozenset({"who", "which", "that", "whose"})
MONITORS = re.compile(r"\b(?:Observatory|Monitor(?:ing)?|Watch)\b")
MONITORING = re.compile(r"\b(?:monitors?|monitoring|watchdog)\b", re.I)
SHORT_FORM = re.compile(
    r"((?:[A-Z][\w’'-]*|al-[A-Z]\w*)(?:\s+(?:(?:of|for|the|and|in|to)\s+)*(?:[A-Z][\w’'-]*|al-[A-Z]\w*))+)\s*\(([A-Z][A-Za-z.-]{1,7})\)"
)
PRIVATE = frozenset(
    """activists residents witnesses eyewitnesses people men women rebels fighters militants doctors medics survivors
    villagers volunteers neighbours neighbors refugees protesters rescuers relatives opponents others experts
    analysts journalists reporters observers soldiers accounts""".split()
)
"""people who belong to no authority: where they stand does not say whose word it is"""
MEDIA_REPORTS = re.compile(
    r"\bmedia$|\b(?:media|press|news(?:paper)?) (?:reports?|accounts?|outlets?|agencies|websites)$", re.I
)
MEMBERS = frozenset("activists monitors workers volunteers members rescuers staff observers".split())
"""who speak for the body that they are said to belong to"""
QUANTIFIED = re.compile(
    r"^(?:many|some|several|most|all|both|other|a number|dozens|hundreds)\s+(?:of\s+)?(?:the\s+)?", re.I
)
ARTICLE = re.compile(r"^(?:the|its|his|her|their)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the fullest name in the report, the kind of speaker, and whose word it is."""

    name: str | None
    kind: str
    origin: str | None = None
    named: bool = False
    """whether the origin names one person or body"""
    newsroom: str | None = None
    """the speaker as a news organisation, when it is one"""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one attribution, and those who relay the words."""

    speaker: Speaker
    via: tuple[Speaker, ...] = ()


NOBODY = Speaker(None, "none")
OUTLET = Speaker(None, "outlet")


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
                self._body(mentions.usual_body(ARTICLE.sub("", match[1])), match[2])
        for name in mentions.bodies_in(self.text):
            self._body(mentions.usual_body(ARTICLE.sub("", name)))
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
        surname = fold(mention.person.split()[-1])
        name = max(
            (mention.person, *_in_full(self.text, mention.person)), key=lambda each: (len(each.split()) < 5, len(each))
        )
        if len(name) > len(self.persons.get(surname, "")):
            self.persons[surname] = name
        full = self.persons[surname]
        if mention.noun:
            self.offices.setdefault(mention.noun, full)
        if mention.speaks_for and mention.body and (mention.noun in mentions.SPEAKING_FOR or _no_state(mention.body)):
            self.speaks_for.setdefault(full, self.body(mention.body))

    def person(self, name: str) -> str:
        """Return the fullest name of a person."""
        full = self.persons.get(fold(name.split()[-1]), name)
        return full if set(_parts(name)) <= set(_parts(full)) or len(name.split()) == 1 else name

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


def _no_state(body: str) -> bool:
    """Tell whether a head's word is the body's: a monitor's, a group's; a minister's or a general's is his own."""
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


def _parts(name: str) -> list[str]:
    return [fold(part) for part in re.split(r"[\s-]+", name)]


def _in_full(text: str, name: str) -> list[str]:
    """Longer forms of a person's name in the text: Rami Haddad for Haddad."""
    pattern = rf"((?:[A-Z][a-z’'-]+\s+(?:(?:al|bin|ibn|abu|el)\s+)?){{1,2}}){re.escape(name)}\b"
    found = []
    for match in re.finditer(pattern, text):
        mention = mentions.read(match.group())
        if mention.person and mention.person.endswith(name) and "\n" not in match.group():
            found.append(mention.person)
    return found


@dataclass
class _Memory:
    """Who has spoken so far, for what comes after."""

    person: Speaker | None = None
    body: Speaker | None = None
    last: Speaker | None = None
    unnamed: list[tuple[Mention, Speaker]] = field(default_factory=list)

    def note(self, mention: Mention, speaker: Speaker) -> None:
        self.last = speaker
        if speaker.kind == "named person" or (speaker.kind == "unnamed person" and not _plural(mention)):
            self.person = speaker
        elif speaker.kind == "organisation":
            self.body = speaker
        if speaker.kind == "unnamed person":
            self.unnamed.append((mention, speaker))


def _plural(mention: Mention) -> bool:
    return mention.noun.endswith(("s", "people", "men", "women")) and not mention.noun.endswith("ss")


def resolve(text: str, found: Sequence[Attribution], credits: Sequence[Credit]) -> list[Resolved]:
    """Return who speaks in each attribution, in order."""
    read = [[_mention(text, each, span) for span in (*each.via, each.speaker) if span] for each in found]
    register = Register(
        text, newsrooms=frozenset(fold(credit.name) for credit in credits if credit.kind not in ("photo", "possible"))
    )
    register.learn(mention for row in read for mention in row)
    memory, resolved = _Memory(), []
    for row, each in zip(read, found, strict=True):
        speakers = [_noted(mention, register, memory) for mention in row]
        if each.speaker is None:
            _note_subject(text, each, register, memory)
            resolved.append(Resolved(NOBODY if each.cue else OUTLET))
        else:
            resolved.append(Resolved(speakers[-1], tuple(speakers[:-1])))
    return resolved


def _note_subject(text: str, said: Attribution, register: Register, memory: _Memory) -> None:
    """Whom a sentence is about: "A diplomat was not convinced. “…,” he said." """
    opening = mentions.OPENING.match(text[said.start : said.end])
    tokens = phrases.tokens_of(text, said.start + (opening.end() if opening else 0), said.end)
    span = phrases.after(tokens, 0) if tokens else None
    if span is None or tokens[span[0]].folded in HE | IT:
        return
    mention = mentions.read(text[tokens[span[0]].start : tokens[span[1] - 1].end])
    if mention.person or (mention.unnamed and not _plural(mention)):
        memory.person = _one(mention, register, memory)
    elif mention.body and not mention.generic and not mention.unnamed:
        memory.body = _one(mention, register, memory)


def _noted(mention: Mention, register: Register, memory: _Memory) -> Speaker:
    speaker = _one(mention, register, memory)
    if speaker.name:
        memory.note(mention, speaker)
    return speaker


def _mention(text: str, said: Attribution, span: Span) -> Mention:
    mention = mentions.read(text[span[0] : span[1]])
    if mention.pronoun in RELATIVE:
        before = _antecedent(text, said.sentence.start, span[0])
        return mentions.read(before) if before else mention
    return mention


def _antecedent(text: str, start: int, end: int) -> str | None:
    """The name right before "which" or "who"."""
    tokens = phrases.tokens_of(text, start, end)
    span = phrases.before(tokens, len(tokens))
    return text[tokens[span[0]].start : tokens[span[1] - 1].end] if span else None


def _one(mention: Mention, register: Register, memory: _Memory) -> Speaker:
    if mention.pronoun:
        return _pronoun(mention.pronoun, memory)
    if mention.person:
        return _person(register.person(mention.person), register)
    if mention.newsroom:
        return _newsroom(mention.newsroom, _without_adjectives(ARTICLE.sub("", mention.phrase)))
    plain = _without_adjectives(QUANTIFIED.sub("", ARTICLE.sub("", mention.phrase)))
    if fold(plain) in register.newsrooms:
        return _newsroom(plain)
    if alone := _known_surname(plain, register):
        return _person(alone, register)
    if (mention.definite or plain == mention.phrase) and (back := _described(mention, plain, register, memory)):
        return back
    if MONITORING.search(plain) and not mention.body and (monitor := register.one_monitor()):
        name = monitor if mention.definite else mention.phrase
        return Speaker(name, "organisation", monitor, True)
    if mention.noun in MEDIA or MEDIA_REPORTS.search(plain):
        return _medium(plain)
    if mention.document:
        return Speaker(mention.phrase, "document", mention.body or _trimmed(plain), bool(mention.body))
    if mention.noun in mentions.SPEAKING_FOR and mention.body:
        body = register.body(mention.body)
        return Speaker(re.sub(r"^(?:an?|the|its|their)\s+", "", mention.phrase, flags=re.I), "organisation", body, True)
    if mention.unnamed and mention.body and mention.noun in MEMBERS:
        return Speaker(mention.phrase, "organisation", register.body(mention.body), True)
    if mention.unnamed:
        return Speaker(mention.phrase, "unnamed person", _trimmed(mention.phrase))
    if mention.body:
        body = register.body(mention.body)
        listed = newsrooms.find(body)
        if listed:
            return _newsroom(listed.name, plain)
        return Speaker(_as_written(body, plain, register), "organisation", body, True)
    return _by_shape(mention, plain, register)


def _without_adjectives(plain: str) -> str:
    """A name without what is said of where it sits and who runs it: Britain-based, ISIS run."""
    words = plain.split()
    while len(words) > 1:
        if mentions.MADE_OF.search(words[0]):
            words = words[1:]
        elif len(words) > 2 and fold(words[1]) in mentions.BEHIND_A_PLACE:
            words = words[2:]
        else:
            break
    return " ".join(words)


def _as_written(body: str, plain: str, register: Register) -> str:
    """A body's fullest name as the report writes it; the phrase itself where only its usual name is fuller."""
    return body if body in register.text else plain


def _person(name: str, register: Register) -> Speaker:
    return Speaker(name, "named person", register.speaks_for.get(name, name), True)


def _newsroom(name: str, said: str | None = None) -> Speaker:
    return Speaker(said or name, "organisation", name, True, newsroom=name)


def _medium(plain: str) -> Speaker:
    """A news organisation by what it is called: state television is one, Kurdish media may be anybody."""
    name = mentions.usual_body(plain)
    name = re.sub(r"^(?:the|Other)\s+", "", name)
    many = (
        bool(re.search(r"\b(?:media|websites|outlets|agencies|newspapers|channels|reports?|accounts?)$", name))
        and "state" not in name.lower()
    )
    return Speaker(plain, "organisation", name, not many and any(c.isupper() for c in name), newsroom=name)


def _known_surname(plain: str, register: Register) -> str | None:
    words = plain.split()
    if len(words) <= 2 and all(word[:1].isupper() for word in words) and plain not in countries.places():
        full = register.persons.get(fold(words[-1]))
        return full if full and set(_parts(plain)) <= set(_parts(full)) else None
    return None


def _described(mention: Mention, plain: str, register: Register, memory: _Memory) -> Speaker | None:
    """The group, the observatory, the minister, the spokesman: whom the report described so before."""
    noun = mention.noun
    if not noun or (mention.body and not mention.generic and mention.noun not in mentions.SPEAKING_FOR):
        return None
    lower = plain == plain.lower() or len(plain.split()) == 1
    if not (mention.definite and lower) and not (lower and len(plain.split()) == 1):
        return None
    if noun in mentions.SPEAKING_FOR and (speaker := _spokesman(memory)):
        return speaker
    if mention.definite and (who := register.offices.get(noun)):
        return _person(who, register)
    if mention.definite:
        for earlier, speaker in reversed(memory.unnamed):
            if earlier.noun == noun:
                return speaker
    if noun in mentions.PERSONAL and mention.definite:
        return memory.person if noun in mentions.HEADING and memory.person else None
    named = register.bodies.get(noun)
    if named and len(plain.split()) <= 2:
        return Speaker(named, "organisation", named, True)
    if mention.definite and memory.body and noun in _generic_of(memory.body):
        return memory.body
    return None


def _spokesman(memory: _Memory) -> Speaker | None:
    for mention, speaker in reversed(memory.unnamed):
        if mention.noun in mentions.SPEAKING_FOR:
            return speaker
    return (
        memory.last
        if memory.last and memory.last.kind == "organisation" and memory.last.origin != memory.last.name
        else None
    )


def _generic_of(speaker: Speaker) -> set[str]:
    words = {fold(word) for word in (speaker.origin or speaker.name or "").split()}
    general = (
        {"group", "organisation", "organization", "body"}
        if not speaker.newsroom
        else {"agency", "channel", "newspaper", "website", "report"}
    )
    return words | general | ({"monitor", "watchdog"} if words & {"observatory", "monitor", "watch"} else set())


def _pronoun(folded: str, memory: _Memory) -> Speaker:
    if folded in HE:
        return memory.person or Speaker(None, "unnamed person")
    if folded in IT:
        return memory.body or Speaker(None, "organisation")
    if folded in ("they", "them", "their") and memory.last and memory.last.kind != "named person":
        return memory.last
    return Speaker(None, "unnamed person")


def _trimmed(phrase: str) -> str:
    """Whose word it is when nobody is named: without counting words, and of private people without what stands around them."""
    plain = QUANTIFIED.sub("", ARTICLE.sub("", phrase))
    words = plain.split()
    head = next((n for n, word in enumerate(words) if n and fold(word) in mentions.PREPOSITIONS), len(words))
    noun = fold(words[head - 1])
    if noun in PRIVATE and not (head < len(words) and fold(words[head]) in ("of", "for", "close")):
        return noun
    if len(words) > 2 and fold(words[0]) in ("a", "an") and head > 2:
        return " ".join(words[1:])
    return plain


def _by_shape(mention: Mention, plain: str, register: Register) -> Speaker:
    """A phrase that no list and no noun explains: capitals name, small letters describe."""
    if plain in countries.places():
        return Speaker(plain, "organisation", plain, True)
    body = register.body(plain)
    if body != plain:
        return Speaker(body, "organisation", body, True)
    if any(word[:1].isupper() for word in plain.split()) and fold(plain) not in mentions.PLURAL:
        return Speaker(plain, "organisation", mentions.usual_body(plain), True)
    described = fold(plain.split()[0]) not in mentions.PLURAL if plain else False
    return Speaker(mention.phrase, "organisation" if mention.noun and described else "unnamed person", plain, False)
