"""With what a deed was done, by the words for weapons and ways; the kinds are those that incident databases tell apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VEHICLE = r"(?:booby-trapped|explosives?(?: |-)(?:laden|packed|filled|rigged)|bomb-laden|rigged)"
KINDS = {
    "suicide bomber": r"suicide (?:bomb(?:er|ers|ing|ings)?|attack(?:er|s)?|blast|car|truck|driver)|bl(?:ew|own|ow|owing) (?:him|her|it|them)sel(?:f|ves) up|blew up (?:his|her) (?:explosive )?(?:belt|vest)|explosive (?:belt|vest)",
    "car bomb": rf"car[ -]bomb(?:s|ing|ings|er)?|{VEHICLE} (?:car|vehicle|van|suv)|vehicle[- ]borne",
    "truck bomb": rf"truck[ -]bomb(?:s|ing|ings)?|{VEHICLE} (?:truck|lorry|tanker)",
    "motorcycle bomb": rf"(?:motorcycle|motorbike) bomb(?:s|er|ing)?|{VEHICLE} (?:motorcycle|motorbike)|on (?:a|his) motor(?:cycle|bike)",
    "two bombs": r"(?:twin|double|dual|two)(?: (?!barrels?\b|cluster\b)\w+)? (?:bomb(?:s|ing|ings)?|blasts?|explosions?)",
    "planted bomb": r"(?:roadside|planted|sticky|time|remote-controlled) (?:bomb|device|charge)s?|improvised explosive devices?|\bieds?\b|(?:bomb|charge|device|explosives?) (?:\w+ ){0,2}planted|planted (?:\w+ ){0,3}(?:bomb|charge|device|explosives?)",
    "chlorine": r"chlorine",
    "sarin": r"sarin",
    "nerve agent": r"nerve (?:gas|agents?)",
    "mustard gas": r"(?:mustard|sulfur) (?:gas|agent)",
    "barrel bombs": r"barrel[ -]bombs?",
    "cluster bombs": r"cluster (?:bombs?|munitions?)",
    "technical fault": r"(?:technical|mechanical) (?:fault|failure|malfunction|problem)s?|malfunction(?:ed)?",
}
"""kinds that desks dispute; air strikes, rockets and shells are left to the words of the event"""
PATTERNS = {kind: re.compile(rf"\b(?:{pattern})\b", re.I) for kind, pattern in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Means:
    """A kind of weapon or way, with the characters that tell it."""

    kind: str
    start: int
    end: int


def means(content: str) -> Iterator[Means]:
    """Yield the kinds that a content tells, each once."""
    for kind, pattern in PATTERNS.items():
        if m := pattern.search(content):
            yield Means(kind, m.start(), m.end())
