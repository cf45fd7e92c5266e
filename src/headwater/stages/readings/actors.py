"""One name for a doer however the phrase tells it: a state's army, jets, regime and president are its government."""

import re
from collections.abc import Sequence

from headwater.lists import countries
from headwater.lists.bodies import usual

GOVERNMENT = frozenset(
    """government regime army military navy forces troops soldiers warplanes warplane planes jets jet aircraft helicopters
    helicopter artillery tanks president authorities police administration loyalists army’s army's""".split()
)
ARMED = {
    "rebels": "rebels", "rebel": "rebels", "insurgents": "rebels", "insurgent": "rebels", "opposition": "rebels",
    "militants": "militants", "militant": "militants", "terrorists": "militants", "terrorist": "militants",
    "jihadists": "militants", "jihadist": "militants", "extremists": "militants", "extremist": "militants",
    "gunmen": "gunmen", "gunman": "gunmen", "attackers": "gunmen", "fighters": "fighters", "militiamen": "militia",
    "militia": "militia", "fighter": "fighters", "militias": "militia",
}  # fmt: skip
"""nouns of those who bear arms, and the value for them where no name stands beside"""
AIRCRAFT = frozenset("jet jets plane planes aircraft bomber bombers".split())
COALITION = frozenset("coalition alliance".split())
DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|(?:january|february|march|april|june|july|august|september|october|november|december)$",
    re.I,
)
WORD = re.compile(r"[^\W_]+(?:[.’'-]{1,2}[^\W_]+)*")
POSSESSIVE = re.compile(r"[’']s?$")
SMALL = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands few many".split()
)
THING = re.compile(
    r"(?:shells?|mortars?|rockets?|missiles?|bombs?|drones?|raids?|strikes?|airstrikes?|attacks?|explosions?|blasts?)$",
    re.I,
)
"""what is fired, and the attack itself, does nothing by itself, also where a sentence begins with it"""
LEADING = frozenset("the a an and so-called several some other".split())
RULING_TAIL = frozenset("regime government forces army troops warplanes jets".split())
NO_NAME = GOVERNMENT | frozenset(ARMED) | frozenset(["president", "security", "air", "force"])
GROUP_TAIL = re.compile(
    r"(?<!\s)\s++(?:terrorist group|group|terrorists?|militants?|fighters|rebels?|insurgents?|gunmen|organi[sz]ation|extremists?|forces|troops|militia)$"
)
ADJECTIVES = re.compile(r"^(?:(?!al-|el-|as-|ash-)[a-z][\w-]*\s+)+(?=[A-Z]|al-)")


def named(phrase: str) -> str | None:
    """Return the one name of a doer's phrase, None where it names nobody who could do a deed."""
    words = WORD.findall(phrase)
    while words and words[0].lower() in LEADING:
        words = words[1:]
    if not words or any(DAY.match(POSSESSIVE.sub("", word)) or THING.match(word) for word in words):
        return None
    if words[0].lower() in SMALL or words[0].isdigit():  # Four shells, Two bombers
        return None
    if any(word.lower() in AIRCRAFT for word in words):
        words = [word for word in words if word.lower() != "fighter"]
    if listed := usual(" ".join(words)):
        return listed
    return _coalition(words) or _by_words(words)


def _coalition(words: Sequence[str]) -> str | None:
    if leader := next((word for word in words if word.lower().endswith("-led")), None):
        return f"{leader} coalition"
    if not any(word.lower() in COALITION for word in words):
        return None
    own = words[0][:1].isupper() and not words[0].lower().startswith("intern")
    return f"{words[0]} coalition" if own else "coalition"


def _by_words(words: Sequence[str]) -> str | None:
    low = [POSSESSIVE.sub("", word.lower()) for word in words]
    state = next((demonym for word in words if (demonym := _demonym(word))), None) or _by_ending(words)
    people = state in countries.PEOPLES
    names = [
        word
        for word in words
        if word[:1].isupper() and not _demonym(word) and word.lower() not in NO_NAME and word != state
    ]
    if (armed := next((ARMED[word] for word in low if word in ARMED), None)) and not names:
        return f"{state} {armed}" if people else armed
    if "president" in low:
        return f"{state} government" if state else "government"
    if any(word in GOVERNMENT for word in low) and _rules(words, low, names):
        return f"{state} {'forces' if people else 'government'}" if state else "government"
    if state and not names:
        return f"{state} government" if len(words) <= 2 and not people else None
    if names and not (set(names) & countries.places()) and len(" ".join(names)) > 2:
        return _group(words)
    return None


def _rules(words: Sequence[str], low: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether the phrase is a state's: no name but a ruler's beside it, and not itself the name of an army."""
    if words[-1][:1].isupper() and names:  # Free Syrian Army, Syrian Democratic Forces
        return False
    return not names or POSSESSIVE.search(names[-1]) is not None or low[-1] in RULING_TAIL


def _by_ending(words: Sequence[str]) -> str | None:
    """A demonym that no list has, right before what only states have: Ardavian warplanes."""
    if len(words) == 2 and words[1] in GOVERNMENT and re.match(r"[A-Z][a-z]{2,}(?:ian|ean|ese|ish|i)$", words[0]):
        return words[0]
    return None


def _demonym(word: str) -> str | None:
    if word.rstrip(".") in ("US", "U.S", "USA"):
        return "American"
    return word if countries.is_demonym(word) else countries.demonym_of(word)


def _group(words: Sequence[str]) -> str | None:
    name = ADJECTIVES.sub("", GROUP_TAIL.sub("", POSSESSIVE.sub("", " ".join(words))))
    return usual(name) or (name if name[:1].isupper() or name.startswith("al-") else None)
