"""What reports have to do with one another: what they share, which are alike, which came from which, and who gathered it."""

from dataclasses import dataclass
from typing import Annotated

from headwater.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse(Record):
    """A passage that two reports share, word for word."""

    table = "reuse"
    prefix = "u"
    id: Annotated[str, "made from both reports and both spans"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    a_start: Annotated[int, "first character in a"]
    a_end: Annotated[int, "one past the last character in a"]
    b_start: Annotated[int, "first character in b"]
    b_end: Annotated[int, "one past the last character in b"]
    words: Annotated[int, "length in words"]
    quoted: Annotated[int, "how many of them stand inside quotation marks, in the report where more do"]
    kind: Annotated[
        str,
        "text, agency (both credit one agency), quotation, boilerplate (an outlet's own stock), background (common to many days)",
    ]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness(Record):
    """Two reports that may tell of one happening, and how much each kind of evidence speaks for it."""

    table = "likenesses"
    prefix = "k"
    id: Annotated[str, "made from both reports"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    words: Annotated[float, "cosine of the words of their openings, rare words weighing more, 0 to 1"]
    names: Annotated[float, "the same for names"]
    counts: Annotated[int, "how many counts of killed or wounded they share, 2 at most"]
    copied: Annotated[float, "larger share of either report that stands in the other, 0 to 1"]
    days: Annotated[int | None, "days between their dates; unknown when either is undated"]
    same_day: Annotated[bool | None, "whether their openings name a common day; unknown when either names none"]
    place: Annotated[
        str | None,
        "what their openings name: same town, one region (and no common town), other town; where either names no town, same region or other"
        " region; unknown where either names neither",
    ]
    rarity: Annotated[
        float | None, "of the rarest town that both name: logarithm of reports in all by reports that name it"
    ]
    told_days: Annotated[
        int | None,
        "length in days of the time at which one says that it happened and the other appeared; unknown where neither does, or where both"
        " appeared within three days",
    ]
    told_first: Annotated[bool | None, "whether it says so in its opening"]
    evidence: Annotated[float, "log-odds that they tell of one happening: the sum of the columns before, weighted"]
    score: Annotated[float, "the same as a probability"]
    joined: Annotated[bool, "whether it is high enough to be looked at together"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording(Record):
    """Two sentences of two reports that say one thing in other words, in a pair of reports that does so in order."""

    table = "rewordings"
    prefix = "j"
    id: Annotated[str, "made from both reports and both sentences"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    a_start: Annotated[int, "first character in a"]
    a_end: Annotated[int, "one past the last character in a"]
    b_start: Annotated[int, "first character in b"]
    b_end: Annotated[int, "one past the last character in b"]
    likeness: Annotated[float, "share of their significant words, rare ones weighing more (Dice), 0 to 1"]
    mean: Annotated[float, "mean over the sentences of that report whose counterparts are closer, 0 to 1"]
    words: Annotated[list[str], "stems that both use, the rarest first"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation(Record):
    """A report's text comes from another's, or from a text that is not in the pile."""

    table = "derivations"
    prefix = "d"
    id: Annotated[str, "made from child and parent"]
    child: Annotated[str, "report id"]
    parent: Annotated[str | None, "report id; unknown when the parent is not in the pile"]
    unseen: Annotated[str | None, "name of a text that is not in the pile; 'unknown' when nobody names it"]
    kind: Annotated[str, "verbatim (over 80 % of the child), partial (20 to 80 %), paraphrase"]
    direction: Annotated[str, "certain, likely, undecidable"]
    sure: Annotated[bool, "false when it is only likely that there is a derivation at all"]
    overruled: Annotated[bool, "true where a person marked the two reports otherwise: kept, and passed over"]
    share: Annotated[float | None, "share of the child's words that the parent explains; unknown for an unseen parent"]
    given: Annotated[float | None, "share of the parent's words that stand in the child; unknown for an unseen parent"]
    odds: Annotated[float | None, "log-odds that there is one: the sum of weights; unknown where a person marked it"]
    evidence: Annotated[list[str], "what speaks for it or against it, one short sentence each"]
    weights: Annotated[list[float], "log-odds that each piece of evidence adds, in the same order"]
    way: Annotated[float | None, "log-odds of the direction: the sum of way_weights; unknown for an unseen parent"]
    way_evidence: Annotated[list[str], "what speaks for the child being the child, or against it"]
    way_weights: Annotated[list[float], "log-odds that each of them adds, in the same order"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of the reuse, rewording and credit rows, or of the correction, that it rests on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer(Record):
    """Who gathered a statement, where the pile shows it and the statement's own report does not."""

    table = "gatherers"
    prefix = "q"
    id: Annotated[str, "made from statement"]
    report: Annotated[str, "report id"]
    statement: Annotated[str, "statement id"]
    gatherer: Annotated[str, "news organisation; in exports and lines it takes the place of the statement's own"]
    sure: Annotated[bool, "false when it rests on derivations that are only likely"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of the derivations and passages that it rests on"]
