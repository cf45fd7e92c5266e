"""Give each speaker of a report one name: pronouns and short forms lead back to the fullest name in the report.

A pronoun is never a speaker: where nobody fits, the speaker is unknown. Nothing here tries to find out who an unnamed speaker
is; "an official" stays "an official". What a report introduces without naming it ("a monitoring group said") stays as it was
said, and only its origin is the body that the report names later, where one body alone fits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from headwater.lists import countries, newsrooms
from headwater.records import Credit
from headwater.stages.statements import mentions, phrases
from headwater.stages.statements.grammar import Attribution, Span
from headwater.stages.statements.mentions import Mention
from headwater.stages.statements.names import MADE_OF, usual_body
from headwater.stages.statements.nouns import HEADING, MEDIA, PERSONAL, PLURAL, PREPOSITIONS, SPEAKING_FOR
from headwater.stages.statements.register import ARTICLE, Register, in_full, parts, surname_of
from headwater.stages.words import fold

HE = frozenset({"he", "she", "him", "her", "his"})
IT = frozenset({"it", "its"})
RELATIVE = frozenset({"who", "which", "that", "whose"})
MONITORING = re.compile(r"\b(?:monitors?|monitoring|watchdog)\b", re.I)
PRIVATE = frozenset(
    """activists residents witnesses eyewitnesses people men women rebels fighters militants doctors medics survivors
    villagers volunteers neighbours neighbors refugees protesters rescuers relatives opponents others experts
    analysts journalists reporters observers soldiers accounts""".split()
)
"""people who belong to no authority: where they stand does not say whose word it is"""
ONE_OF_A_KIND = frozenset("ministry army military government presidency parliament navy".split())
"""bodies of which a state has one: "the health ministry" names whose word it is, "the group" does not"""
MEDIA_REPORTS = re.compile(
    r"\bmedia$|\b(?:media|press|news(?:paper)?) (?:reports?|accounts?|outlets?|agencies|websites)$", re.I
)
MEMBERS = frozenset("activists monitors workers volunteers members rescuers staff observers".split())
"""who speak for the body that they are said to belong to"""
CALLED_MEDIUM = re.compile(
    r"\s((?:[A-Z][\w’'-]{0,60}\s+){1,12}(?:(?:state|official|national|local|opposition)(?:-run|-owned)?\s+)?(?:media|television|TV|radio|newspapers?|websites?|channel)(?:\s+reports?)?)$"
)
SEATED = re.compile(r"-based\b")
"""of monitoring groups it is said where they sit"""
HEAD_OF = re.compile(
    r"^(?:head|director|chief|leader|founder|chairman|spokes(?:man|woman|person)) (?:of|for) (?P<whom>the (?:[\w-]+ ){0,2}[a-z]+)$"
)
QUANTIFIED = re.compile(
    r"^(?:many|some|several|most|all|both|other|a number|dozens|hundreds)\s+(?:of\s+)?(?:the\s+)?", re.I
)


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
    rule: str = ""
    """how the phrase was taken, or what it led back to"""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker of one attribution, and those who relay the words."""

    speaker: Speaker
    via: tuple[Speaker, ...] = ()


NOBODY = Speaker(None, "none", rule="nobody@1")
OUTLET = Speaker(None, "outlet", rule="own-voice@1")


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
    """Take a phrase by the first rule that fits, and say which."""
    for rule, speaker in _taken(mention, register, memory):
        if speaker is not None:
            return replace(speaker, rule=f"{rule}@1")
    raise AssertionError("the last rule takes everything")


def _taken(mention: Mention, register: Register, memory: _Memory) -> Iterator[tuple[str, Speaker | None]]:
    """Yield the rules in order, each with the speaker that it gives, or None where it does not fit."""
    if mention.pronoun:
        yield "pronoun", _pronoun(mention.pronoun, memory)
        return
    plain = _without_adjectives(QUANTIFIED.sub("", ARTICLE.sub("", mention.phrase)))
    if mention.person:
        yield "person", _person(register.person(mention.person), register)
    if mention.newsroom:
        yield "newsroom", _newsroom(mention.newsroom, _without_adjectives(ARTICLE.sub("", mention.phrase)))
    yield "newsroom-credited", _newsroom(plain) if fold(plain) in register.newsrooms else None
    alone = _known_surname(plain, register)
    yield "surname", _person(alone, register) if alone else None
    yield "head-of-what-was-described", _head_of(plain, register, memory)
    yield "described-before", _described(mention, plain, register, memory) if _may_lead_back(mention, plain) else None
    yield "monitor-named-elsewhere", _monitor(mention, plain, register)
    yield "medium", _medium(plain) if mention.noun in MEDIA or MEDIA_REPORTS.search(plain) else None
    yield "without-a-name", _unnamed(mention, plain, register)
    yield "body", _body(mention.body, plain, register) if mention.body else None
    yield "by-shape", _by_shape(mention, plain, register)


def _may_lead_back(mention: Mention, plain: str) -> bool:
    return mention.definite or plain == mention.phrase


def _monitor(mention: Mention, plain: str, register: Register) -> Speaker | None:
    """A monitoring group, where the report names one body that monitors."""
    if not MONITORING.search(plain) or mention.body:
        return None
    monitor = register.one_monitor()
    return Speaker(monitor if mention.definite else mention.phrase, "organisation", monitor, True) if monitor else None


def _unnamed(mention: Mention, plain: str, register: Register) -> Speaker | None:
    """A document, a spokesman, members of a body, and those of whom only the trade is told."""
    if mention.document:
        return Speaker(mention.phrase, "document", mention.body or _trimmed(plain), bool(mention.body))
    if mention.body and mention.noun in SPEAKING_FOR:
        phrase = re.sub(r"^(?:an?|the|its|their)\s+", "", mention.phrase, flags=re.I)
        return Speaker(phrase, "organisation", register.body(mention.body), True)
    if not mention.unnamed:
        return None
    if mention.body and mention.noun in MEMBERS:
        return Speaker(mention.phrase, "organisation", register.body(mention.body), True)
    return Speaker(mention.phrase, "unnamed person", _trimmed(mention.phrase))


def _body(name: str, plain: str, register: Register) -> Speaker:
    body = register.body(name)
    listed = newsrooms.find(body)
    if listed:
        return _newsroom(listed.name, plain)
    return Speaker(_as_written(body, plain, register), "organisation", body, True)


def _without_adjectives(plain: str) -> str:
    """A name without what is said of where it sits and who runs it: Britain-based, ISIS run."""
    words = plain.split()
    while len(words) > 1:
        if MADE_OF.search(words[0]):
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
    if (called := CALLED_MEDIUM.search(plain)) and plain[:1].islower():  # the incident Syrian state media
        plain = called[1]
    name = usual_body(plain)
    name = re.sub(r"^(?:the|Other)\s+", "", name)
    many = (
        bool(re.search(r"\b(?:media|websites|outlets|agencies|newspapers|channels|reports?|accounts?)$", name))
        and "state" not in name.lower()
    )
    return Speaker(plain, "organisation", name, not many and any(c.isupper() for c in name), newsroom=name)


def _known_surname(plain: str, register: Register) -> str | None:
    words = plain.split()
    if len(words) <= 2 and all(word[:1].isupper() for word in words) and plain not in countries.places():
        full = register.persons.get(surname_of(plain))
        return full if full and set(parts(plain)) <= set(parts(full)) else None
    return None


def _described(mention: Mention, plain: str, register: Register, memory: _Memory) -> Speaker | None:
    """The group, the observatory, the minister, the spokesman: whom the report described so before."""
    noun = mention.noun
    if not noun or (mention.body and not mention.generic and mention.noun not in SPEAKING_FOR):
        return None
    lower = plain == plain.lower() or len(plain.split()) == 1
    if not (mention.definite and lower) and not (lower and len(plain.split()) == 1):
        return None
    if noun in SPEAKING_FOR and (speaker := _spokesman(memory)):
        return speaker
    if mention.definite and (who := register.offices.get(noun)):
        return _person(who, register)
    if mention.definite:
        for earlier, speaker in reversed(memory.unnamed):
            if earlier.noun == noun:
                return speaker
    if noun in PERSONAL and mention.definite:
        return memory.person if noun in HEADING and memory.person else None
    named = register.bodies.get(noun)
    if named and len(plain.split()) <= 2:
        return Speaker(named, "organisation", named, True)
    if mention.definite and memory.body and noun in _generic_of(memory.body):
        return memory.body
    return None


def _head_of(plain: str, register: Register, memory: _Memory) -> Speaker | None:
    """The head of the group, where the group is one that the report named before: it speaks for that."""
    said = HEAD_OF.match(plain)
    if said is None:
        return None
    if (monitor := register.one_monitor()) and SEATED.search(said["whom"]):
        return Speaker(plain, "organisation", monitor, True)
    mention = mentions.read(said["whom"])
    if mention.noun == "group":  # of armed groups a report names many
        return None
    body = _described(mention, _without_adjectives(ARTICLE.sub("", mention.phrase)), register, memory)
    return replace(body, name=plain) if body and body.kind == "organisation" and body.named else None


def _spokesman(memory: _Memory) -> Speaker | None:
    for mention, speaker in reversed(memory.unnamed):
        if mention.noun in SPEAKING_FOR:
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
    head = next((n for n, word in enumerate(words) if n and fold(word) in PREPOSITIONS), len(words))
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
    if " " not in plain and plain.istitle() and not mention.definite and not mention.noun and len(plain) > 2:
        full = max(in_full(register.text, plain), key=len, default=plain)  # a surname, as far as nothing else is known
        return Speaker(full, "named person", register.speaks_for.get(full, full), True)
    written = plain.split()[1:] if mention.indefinite else plain.split()  # "A group": the capital is the sentence's
    if any(word[:1].isupper() for word in written) and fold(plain) not in PLURAL:
        return Speaker(plain, "organisation", usual_body(plain), True)
    if mention.definite and mention.noun in ONE_OF_A_KIND:
        return Speaker(mention.phrase, "organisation", plain, True)
    described = fold(plain.split()[0]) not in PLURAL if plain else False
    return Speaker(mention.phrase, "organisation" if mention.noun and described else "unnamed person", plain, False)
