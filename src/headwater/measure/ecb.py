"""Same claim: event mentions of different reports that are one event (ECB+, Cybulska and Vossen 2014).

In: a folder with one folder a topic and `ECBplus_coreference_sentences.csv`; only the sentences listed there are used,
and the gold mentions are given. Of the topics those customary for development (2, 5, 12, 18, 21, 23, 34, 35) are
scored, or all where none of them is there. Out: a `Result` with pairwise precision, recall and F1, and the CoNLL F1.

The choice made: our claims join statements inside a story, so a subtopic (the `ecb` or the `ecbplus` reports of a
topic: two look-alike happenings) stands for a story, and only pairs from two reports of one subtopic count. A mention
is given to the claims stage as an event whose words are those of its sentence, since a statement is what we compare;
two mentions in one sentence are therefore one to us, which `same` counts against us. `heads_too` also asks that the
heads of the mentions are equal, and `sentences` counts pairs of sentences, which say the same when they share an event. `deeds`
gives each mention to the claims stage as a deed instead: its value is its head, heads near in meaning being one (`NEAR`, found on these
topics; on the 25 others it is ahead of equal heads by .043 in pairs and .007 in CoNLL F1).
The baseline joins mentions whose heads are equal.
"""

import csv
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

from headwater.intake.items import make_report
from headwater.measure.partitions import conll
from headwater.measure.ratios import f1
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Reading, Report, Statement, Story
from headwater.settings import Settings
from headwater.stages.claims import claims
from headwater.stages.clusters import cluster
from headwater.stages.readings import names_in
from headwater.stages.spans.vectors import shipped_encoder
from headwater.stages.words import significant, stem, words_of

DEV_TOPICS = ("2", "5", "12", "18", "21", "23", "34", "35")
PARTICLES = frozenset("in up out off down on over away back into for to of at with by after about".split())
NEAR = 0.6  # mean cosine of heads from which they are one deed
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """An event mention: where it stands, its head, its sentence, and the event that it is one of."""

    id: str
    report: str
    number: str
    """of the sentence in the report"""
    head: str
    sentence: str
    event: str


def ecb(folder: Path) -> Result:
    """Score the claims stage on the gold event mentions of a folder in the form of ECB+."""
    listed = folder / "ECBplus_coreference_sentences.csv"
    if not listed.is_file():
        return not_measured("ecb", listed)
    subtopics = read_subtopics(folder, listed)
    gold, heads = ([same(mentions) for mentions in subtopics] for same in (same_events, same_heads))
    ours = [same_sentences(mentions, Settings()) for mentions in subtopics]
    both = [mine & its for mine, its in zip(ours, heads, strict=True)]
    deeds = [same_deeds(mentions, Settings()) for mentions in subtopics]
    numbers = compare("same", gold, ours) | compare("deeds", gold, deeds) | compare("heads_too", gold, both)
    numbers |= compare("sentences", *(_of_sentences(subtopics, pairs) for pairs in (gold, ours)))
    numbers |= {f"{name}.conll": _conll(subtopics, its) for name, its in (("same", ours), ("deeds", deeds))}
    by_heads = compare("same", gold, heads)
    by_heads |= compare("sentences", *(_of_sentences(subtopics, pairs) for pairs in (gold, heads)))
    baselines = {f"{name}.f same heads": by_heads[f"{name}.f"] for name in ("same", "sentences")}
    baselines |= {"deeds.f same heads": by_heads["same.f"]}
    baselines |= {f"{name}.conll same heads": _conll(subtopics, heads) for name in ("same", "deeds")}
    note = f"{sum(map(len, subtopics))} event mentions in {len(subtopics)} subtopics"
    return Result("ecb", named("ecb", numbers), named_baselines("ecb", baselines), note)


def compare(name: str, gold: Sequence[frozenset[Pair]], said: Sequence[frozenset[Pair]]) -> dict[str, Number]:
    """Return precision, recall and F1 of pairs, subtopic by subtopic in the same order."""
    hit = sum(len(ours & its) for ours, its in zip(said, gold, strict=True))
    return f1(name, hit=hit, said=sum(map(len, said)), gold=sum(map(len, gold)))


def _conll(subtopics: Sequence[Sequence[Mention]], said: Sequence[frozenset[Pair]]) -> float | None:
    """The CoNLL F1 of the groups that pairs make, over all mentions, those of no pair alone."""
    gold: dict[str, Hashable] = {m.id: f"{n} {m.event}" for n, mentions in enumerate(subtopics) for m in mentions}
    group = {each: each for each in gold}

    def root(each: str) -> str:
        while group[each] != each:
            each = group[each]
        return each

    for pairs in said:
        for pair in sorted(map(sorted, pairs)):
            low, high = sorted(map(root, pair))
            group[high] = low
    return conll(gold, {each: root(each) for each in gold})


def _of_sentences(subtopics: Sequence[Sequence[Mention]], said: Sequence[frozenset[Pair]]) -> list[frozenset[Pair]]:
    """Turn pairs of mentions into pairs of the sentences in which they stand."""
    place = {mention.id: f"{mention.report}:{mention.number}" for mentions in subtopics for mention in mentions}
    return [frozenset(frozenset(place[id_] for id_ in pair) for pair in pairs) for pairs in said]


def same_events(mentions: Sequence[Mention]) -> frozenset[Pair]:
    """Return the pairs of mentions, from two reports, that are one event in the gold."""
    return _pairs((m, m.event) for m in mentions)


def same_heads(mentions: Sequence[Mention]) -> frozenset[Pair]:
    """Return the pairs of mentions, from two reports, with equal heads."""
    return _pairs((m, m.head) for m in mentions)


def same_sentences(mentions: Sequence[Mention], settings: Settings) -> frozenset[Pair]:
    """Return the pairs of mentions, from two reports, that the claims stage takes for one event by their sentences."""
    return _in_claims(mentions, dict.fromkeys((mention.id for mention in mentions), ("event", None)), settings)


def same_deeds(mentions: Sequence[Mention], settings: Settings) -> frozenset[Pair]:
    """Return the pairs that it takes for one deed: near in meaning by their heads, and told alike."""
    heads = sorted({mention.head for mention in mentions})
    vectors = {head: shipped_encoder().vector(head) for head in heads}
    near = {(a, b): max(float(vectors[a] @ vectors[b]), 0.0) for a, b in combinations(heads, 2)}
    value = {head: group[0] for group in cluster(heads, near, NEAR) for head in group}
    return _in_claims(mentions, {mention.id: ("doer", value[mention.head]) for mention in mentions}, settings)


def _in_claims(
    mentions: Sequence[Mention], told: Mapping[str, tuple[str, str | None]], settings: Settings
) -> frozenset[Pair]:
    by_id = {mention.id: mention for mention in mentions}
    reports = {report.id: report for report in _reports(mentions)}
    found = claims(
        stories=[_story(mentions)],
        readings=[_reading(mention, reports[mention.report].text, *told[mention.id]) for mention in mentions],
        statements=[_statement(mention, reports[mention.report].text) for mention in mentions],
        reports=list(reports.values()),
        voices=[],
        marks=[],
        settings=settings,
    )
    return _pairs((by_id[reading], claim.id) for claim in found for reading in claim.readings)


def _pairs(placed: Iterable[tuple[Mention, object]]) -> frozenset[Pair]:
    groups: dict[object, list[Mention]] = defaultdict(list)
    for mention, group in placed:
        groups[group].append(mention)
    pairs = (pair for members in groups.values() for pair in combinations(members, 2))
    return frozenset(frozenset((a.id, b.id)) for a, b in pairs if a.report != b.report)


def _story(mentions: Iterable[Mention]) -> Story:
    return Story(
        id="y",
        title="",
        reports=sorted({mention.report for mention in mentions}),
        first=None,
        last=None,
        apart=[],
        apart_why=[],
        rule="gold-subtopic@1",
        because=[],
    )


def _reports(mentions: Iterable[Mention]) -> Iterator[Report]:
    """The reports, as far as their sentences are listed."""
    sentences: dict[str, dict[str, None]] = defaultdict(dict)
    for mention in mentions:
        sentences[mention.report][mention.sentence] = None
    for name, its in sentences.items():
        yield replace(make_report(name=name, text="\n".join(its)), id=name)


def _statement(mention: Mention, text: str) -> Statement:
    """The sentence of a mention, as a statement in the report's own voice."""
    return Statement(
        id=mention.id,
        report=mention.report,
        sentence=f"{mention.report}:{mention.number}",
        start=text.index(mention.sentence),
        end=text.index(mention.sentence) + len(mention.sentence),
        cue_start=None,
        cue_end=None,
        speaker_start=None,
        speaker_end=None,
        speaker=None,
        speaker_kind="none",
        basis=None,
        hedge_start=None,
        hedge_end=None,
        likelihood=None,
        horizon_first=None,
        horizon_last=None,
        stance="asserts",
        chain=[],
        gatherer=None,
        gatherer_sure=True,
        origin=None,
        origin_named=False,
        speaker_rule="",
        chain_rule="",
        rule="gold-mention@1",
        because=[],
    )


def _reading(mention: Mention, text: str, kind: str, value: str | None) -> Reading:
    return Reading(
        id=mention.id,
        report=mention.report,
        statement=mention.id,
        kind=kind,
        value=value,
        bound=None,
        recalled=False,
        unit=None,
        words=list(dict.fromkeys(significant(words_of(mention.sentence)))),
        names=sorted(names_in(mention.sentence)),
        first=None,
        last=None,
        when_start=None,
        when_end=None,
        place=None,
        place_name=None,
        place_start=None,
        place_end=None,
        start=text.index(mention.sentence),
        end=text.index(mention.sentence) + len(mention.sentence),
        rule="gold-mention@1",
    )


def read_subtopics(folder: Path, listed: Path) -> list[list[Mention]]:
    """Return the event mentions in the listed sentences, a list for each subtopic, in order."""
    sentences: dict[tuple[str, str], set[str]] = defaultdict(set)
    with listed.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            sentences[row["Topic"], row["File"]].add(row["Sentence Number"])
    present = {topic for topic, _ in sentences if (folder / topic).is_dir()}
    chosen = present & set(DEV_TOPICS) or present
    subtopics: dict[tuple[int, bool], list[Mention]] = defaultdict(list)
    for (topic, name), kept in sorted(sentences.items()):
        if topic in chosen:
            path = folder / topic / f"{topic}_{name}.xml"
            subtopics[int(topic), name.endswith("plus")] += read_mentions(path, kept)
    return [mentions for _, mentions in sorted(subtopics.items())]


def read_mentions(path: Path, kept: Iterable[str]) -> list[Mention]:
    """Return the event mentions of one report that stand in the sentences kept."""
    root = ElementTree.parse(path).getroot()
    words, numbers = _tokens(root, "text"), _tokens(root, "sentence")
    events, wanted, found = _events(root), set(kept), []
    for markable in root.find("Markables") or ():
        inside = [anchor.get("t_id", "") for anchor in markable.findall("token_anchor")]
        if "ACTION" in markable.tag and inside and numbers[inside[0]] in wanted:
            id_, number = f"{path.stem}:{markable.get('m_id')}", numbers[inside[0]]
            sentence = " ".join(word for token, word in words.items() if numbers[token] == number)
            head = head_of([words[token] for token in inside])
            found.append(Mention(id_, path.stem, number, head, sentence, events.get(markable.get("m_id", ""), id_)))
    return found


def _tokens(root: ElementTree.Element, what: str) -> dict[str, str]:
    """Map token id to its text or an attribute of it, in order."""
    return {t.get("t_id", ""): (t.text or "") if what == "text" else t.get(what, "") for t in root.iter("token")}


def _events(root: ElementTree.Element) -> Mapping[str, str]:
    """Map mention to event: the instance that cross-document relations name, or the relation itself within a report."""
    found: dict[str, str] = {}
    name = root.get("doc_name", "")
    for relation in root.find("Relations") or ():
        across = relation.tag == "CROSS_DOC_COREF"
        event = relation.get("note", "") if across else f"{name}:{relation.get('r_id')}"
        for source in relation.findall("source"):
            found[source.get("m_id", "")] = event
    return found


def head_of(words: Sequence[str]) -> str:
    """Return the stem of a mention's head: its last word, or what stands before its first particle ("roped in")."""
    before = next((n for n, word in enumerate(words) if n and word.lower() in PARTICLES), len(words))
    return stem(words[before - 1].lower())
