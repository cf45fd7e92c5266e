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

from headwater.lists import bodies, countries, newsrooms
from headwater.stages.statements.cues import DOCUMENTS, PRONOUNS, ROLES, UNNAMED_ROLES
from headwater.stages.words import fold

PARTICLES = frozenset("al el bin ibn abu abd de la le van von der den da dos ben".split())
PREPOSITIONS = frozenset("of for from in at with near inside on to by close behind under against across around".split())
DEFINITE = frozenset("the its his her their this that these those".split())
INDEFINITE = frozenset(
    """a an one two three four five several some many other another numerous various multiple most both all any
    dozens hundreds""".split()
)
BODY_NOUNS = frozenset(
    """observatory council committee committees coalition commission network center centre organisation organization
    authority watch helmets defence defense ministry army force forces front union association party movement agency
    group nations cross crescent command institute foundation service department police patrol sheriffs brigade brigades battalion
    bureau cabinet congress parliament senate court tribunal embassy university hospital government administration
    federation league guard guards corps house office board bank company directorate municipality militia battalions
    unit units assembly alliance secretariat""".split()
)
BY_BODY = frozenset(  # lower-case nouns that make an organisation of the words before them
    """ministry army military police government coalition council parliament opposition authorities authority
    administration presidency embassy group network monitor observatory agency media television tv radio newspaper
    channel website websites broadcaster party militia command forces court judiciary directorate municipality office
    hospital department union organisation organization committee commission board company firm secretariat alliance
    regime embassy watchdog service committees""".split()
)
PERSONAL = frozenset(  # offices whose holder may be named right behind them
    """head director chief founder leader spokesman spokeswoman spokesperson president minister premier secretary
    ambassador envoy general colonel major captain lieutenant commander sergeant marshal governor mayor senator
    deputy doctor dr professor judge sheikh imam bishop pope king prince queen chancellor coordinator
    manager member activist analyst expert journalist reporter lawyer nurse medic resident officer official
    adviser advisor representative lawmaker mp chairman chairwoman editor researcher witness teacher engineer
    pilot diplomat inspector prosecutor superintendent sheriff coroner detective surgeon veterinarian priest
    farmer trader shopkeeper writer economist scholar author correspondent mr mrs ms sir lord gen col maj capt
    lt sgt sen rep gov prof rev master owner keeper councillor fighter veteran volunteer rescuer worker
    negotiator academic lecturer neighbour neighbor survivor driver politician vice speaker attorney emir
    patriarch rabbi cleric mufti archbishop cardinal congressman congresswoman brigadier admiral""".split()
)
SPEAKING_FOR = frozenset("spokesman spokeswoman spokesperson spokesmen spokespeople".split())
HEADING = frozenset("head director chief founder coordinator manager chairman chairwoman secretary".split())
TITLES = frozenset("mr mrs ms dr sir lord gen col maj capt lt sgt sen rep gov prof rev sheikh".split())
MEDIA = frozenset(
    "media television tv radio newspaper channel broadcaster website websites newswire daily weekly".split()
)
OPENING = re.compile(
    r"^(?:(?:and|but|meanwhile|however|earlier|later|also|still|separately|instead|yet|while|though|although|moreover"
    r"|furthermore|additionally|nevertheless|similarly|likewise|then|afterwards|initially|previously|recently|subsequently"
    r"|on \w+day|for (?:his|her|its|their) part|in turn|as|that|so|because|according to|both|even|only|just)\b[\s,:]*)+",
    re.I,
)
SHOUTED = re.compile(r"^(?:[A-Z]{4,}\s+){2,}(?=[A-Z][a-z])")
ASIDE = re.compile(
    r"\s*[,;:()\[\]–—]+\s*|\s+-\s+|\s+(?=(?:who|which|whose|that)\b)"
    r"|\s+(?=(?:in|via|through|on|by|during) (?:an?|the|his|her|its|their|comments?|remarks?|televised|written|separate|twitter|facebook|telegram|youtube|phone|telephone|skype|email|e-mail|whatsapp|social)\b"
    r"[^,]*\b(?:statements?|interviews?|comments?|remarks?|posts?|tweets?|messages?|twitter|facebook|telegram|youtube|phone|telephone|skype|email|e-mail|whatsapp|speech|conference|briefing|account|media|video|letter|call|address)\b)"
    r"|\s+(?=(?:quoted|quoting|cited|citing|speaking|posted|published|carried|released|issued|based in|located|operating|known|identified|describing|referring)\b)"
    r"|\s+(?=(?:on|late|early)\s+(?:\w+\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)",
    re.I,
)
APPOSED = re.compile(r"\s+(?=(?:a|an|the|one of)\s+[\w’'-]+)")
MADE_OF = re.compile(r"-(?:based|linked|run|affiliated|aligned|backed|owned|controlled|funded|born|held)$", re.I)
ANYBODY = frozenset(
    "anyone anybody everyone everybody somebody someone you one nobody nothing everything something".split()
)
PLURAL = frozenset("many some others several most both one those".split())
NO_NAMES = frozenset(
    """state house white street avenue road county sheriff sheriffs highway patrol city district school medical airport
    river lake mountain times post news press records record north south east west northern southern eastern western
    central national international federal republican democratic islamic christian muslim jewish catholic monday
    tuesday wednesday thursday friday saturday sunday president-elect""".split()
)
"""capitalised words that are never part of a person's name, though they stand in names of places and bodies"""
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
    r"\s+(?:state\s+)?(?:news(?:\s+(?:agency|website|site|channel|network|service|outlet))?|agency|newspaper|daily|tv|television|channel|radio|website|broadcaster|network|magazine)$",
    re.I,
)
TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?")


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
    if fold(plain.split(" ")[0]) in ANYBODY:
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
    for match in re.finditer(r"\s+(?:and|as well as)\s+", phrase):
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
    body, person = _body(words, core), None
    person = _person(words, core, body)
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


def modifies(word: str) -> bool:
    """Tell whether a word says of what country something is: Syrian, Syria's, Syrias."""
    return countries.is_demonym(word) or countries.demonym_of(word) is not None


def _core(words: Sequence[str]) -> list[str]:
    """The words up to the first preposition that is no part of a name."""
    end = next((n for n, word in enumerate(words) if n and word in PREPOSITIONS and word not in PARTICLES), len(words))
    return list(words[:end])


def _is_noun(word: str) -> bool:
    last = fold(word).rsplit("-", 1)[-1].rstrip(".")
    return last in ROLES or last in PERSONAL or last in BY_BODY or last in BODY_NOUNS


def _capital(word: str) -> bool:
    return word[:1].isupper() or bool(re.match(r"(?:al|el|as|ash|at|az|an)-[A-Z]", word))


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


BODY = re.compile(
    r"(?:(?:[A-Z][\w’'&-]*|[A-Z]\.[A-Z]\.|al-[A-Z]\w*)\s+){0,6}(?:"
    + "|".join(sorted({noun.capitalize() for noun in BODY_NOUNS}, key=len, reverse=True))
    + r")\b"
    r"(?:\s+(?:for|of)(?:\s+the)?\s+[A-Z][\w’'-]*(?:\s+(?:(?:and|of|in)\s+(?:the\s+)?)?[A-Z][\w’'-]*){0,3})?"
)


def bodies_in(text: str) -> Iterator[str]:
    """Yield the names of bodies in a text, as far as their last word shows that they are bodies."""
    for match in BODY.finditer(text):
        if " " in match.group():
            yield match.group()


def _body(words: Sequence[str], core: Sequence[str]) -> str | None:
    """The body that a phrase names: by its last word, by the list, or by its capitals beside a role."""
    name = " ".join(words)
    known = bodies.find(name)
    found = [
        m.group() for m in BODY.finditer(name) if " " in m.group() or (m.start() > 0 or len(words) > 1 or m.group())
    ]
    found = [_trimmed(each, name) for each in found]
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


def _trimmed(body: str, name: str) -> str:
    """A body's name without a title or a person that BODY took along, and with no country's possessive in front."""
    words = body.split()
    while len(words) > 1 and (MADE_OF.search(words[0]) or fold(words[0]) in TITLES | DEFINITE):
        words = words[1:]
    return " ".join(words)


def usual_body(name: str) -> str:
    """Return the body's name in its usual form: from the list, or with Syria's and Syrias read as Syrian, television as TV."""
    if listed := bodies.find(name):
        return listed
    words = re.sub(r"[’']s$", "", name.strip()).split()
    if len(words) > 1 and words[0] not in countries.places() and (demonym := countries.demonym_of(words[0])):
        words[0] = demonym if demonym != "American" else "US"
    words = [re.sub(r"^(?:[Tt]elevision)$", "TV", word) for word in words]
    return re.sub(r"\bstate-run (?=TV|media|radio)", "state ", " ".join(words))


def _inside(body: str, person: str) -> bool:
    return set(person.split()) <= set(body.split())


def _person(words: Sequence[str], core: Sequence[str], body: str | None) -> str | None:
    """The person whom a phrase names: capitals behind an office, before one, behind a body, or alone."""
    runs = list(_runs(core))
    plain = [_unbodied(_unmodified(run), body) for run in runs]
    for run in reversed(plain):
        named = _behind_office(run)
        if _is_personal_name(named) and (len(named) > 1 or len(named) < len(run) or _office_before(core, named)):
            return " ".join(named)
    if len(core) < len(words) and fold(core[-1]) in PERSONAL | UNNAMED_ROLES:  # member of the National Council Mira Sol
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
