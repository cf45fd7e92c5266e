"""Who says what: spans of speaker, cue and content in news articles (PolNeAR, Newell and others 2018).

In: a folder with `text/*.txt` and `attributions/*.ann` (brat standoff; their Source is our speaker). Where several
people annotated an article the first file by name counts, and a span in several parts counts as its parts, as for a
tagger. Out: a `Result` with precision, recall and F1 a role, over the distinct spans of an article that the model marks, as
the flow reads it, sentence by sentence. Overlap: a span is right when it shares a character with one of the other side.
Linked: speaker, cue and content of a statement, right when each shares a character with its counterpart in one attribution.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.case import open as open_case
from headwater.measure.ratios import f1, harmonic, ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Report, Sentence, Statement
from headwater.records import Span as Marked
from headwater.stages.spans import of_sentences

Span = tuple[int, int]
Spans = Mapping[str, frozenset[Span]]
"""article to the spans of one role"""
Group = dict[str, set[Span]]
"""spans of one attribution by role"""
Triple = dict[str, Span]
ROLES = {"Source": "speaker", "Cue": "cue", "Content": "content"}
SPAN_LINE = re.compile(r"(T\d+)\t(Source|Cue|Content) ([\d ;]+)\t")
EVENT_LINE = re.compile(r"E\d+\t(.*)")
PUBLISHED: dict[str, Number] = {  # rules and best (CofeNet-BERT) as published for this set
    "exact.speaker.f rules": 0.107,
    "exact.cue.f rules": 0.228,
    "exact.content.f rules": 0.056,
    "exact.speaker.f best": 0.832,
    "exact.cue.f best": 0.753,
    "exact.content.f best": 0.729,
}


def polnear(folder: Path) -> Result:
    """Score the statements stage on a folder of annotated articles."""
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        return not_measured("polnear", folder)
    gold, (system, triples) = read_gold(folder / "attributions"), read_flow(folder / "text")
    numbers: dict[str, Number] = {}
    for role in ROLES.values():
        numbers |= exact(role, gold[role], system[role]) | overlapping(role, gold[role], system[role])
    numbers |= linked(read_groups(folder / "attributions"), triples)
    note = f"{len(gold['cue'])} articles; rules and best are F1 as published"
    return Result("polnear", named("polnear", numbers), named_baselines("polnear", PUBLISHED), note)


def exact(role: str, gold: Spans, system: Spans) -> dict[str, Number]:
    """Return precision, recall and F1 of spans that must agree to the character."""
    hit = sum(len(spans & system.get(article, frozenset())) for article, spans in gold.items())
    return f1(f"exact.{role}", hit=hit, said=_size(system, gold), gold=_size(gold, gold))


def overlapping(role: str, gold: Spans, system: Spans) -> dict[str, Number]:
    """Return precision, recall and F1 of spans that must share a character."""
    right = sum(_touched(system.get(article, frozenset()), spans) for article, spans in gold.items())
    found = sum(_touched(spans, system.get(article, frozenset())) for article, spans in gold.items())
    said, wanted = _size(system, gold), _size(gold, gold)
    precision, recall = right / said if said else 0.0, found / wanted if wanted else 0.0
    numbers: dict[str, Number] = {"p": ratio(right, said), "r": ratio(found, wanted)}
    numbers["f"] = round(harmonic(precision, recall), 3) if said or wanted else None
    return {f"overlap.{role}.{key}": value for key, value in numbers.items()}


def read_gold(folder: Path) -> dict[str, dict[str, frozenset[Span]]]:
    """Return, by role and article, the spans that take part in an attribution."""
    found: dict[str, dict[str, frozenset[Span]]] = {role: {} for role in ROLES.values()}
    for article, path in _files(folder).items():
        spans = annotated(path.read_text(encoding="utf-8"))
        for role in found:
            found[role][article] = frozenset(spans[role])
    return found


def read_groups(folder: Path) -> dict[str, list[Group]]:
    """Return, by article, the attributions that have a speaker, a cue and a content."""
    read = {article: groups(path.read_text(encoding="utf-8")) for article, path in _files(folder).items()}
    return {
        article: [each for each in its if all(each[role] for role in ROLES.values())] for article, its in read.items()
    }


def _files(folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    return files


def annotated(standoff: str) -> dict[str, set[Span]]:
    """Return the spans of one annotation file by role; a discontinuous span is its parts."""
    found: dict[str, set[Span]] = defaultdict(set)
    for group in groups(standoff):
        for role, spans in group.items():
            found[role] |= spans
    return found


def groups(standoff: str) -> list[Group]:
    """Return the attributions of one annotation file: for each its spans by role."""
    parts: dict[str, tuple[str, list[Span]]] = {}
    events: list[list[str]] = []
    for line in standoff.split("\n"):
        if span := SPAN_LINE.match(line):
            parts[span[1]] = (ROLES[span[2]], [_span(place) for place in span[3].split(";")])
        elif event := EVENT_LINE.match(line):
            events.append([role.partition(":")[2] for role in event[1].split()])
    found = []
    for keys in events:
        group: Group = {role: set() for role in ROLES.values()}
        for key in keys:
            if key in parts:
                group[parts[key][0]].update(parts[key][1])
        found.append(group)
    return found


def linked(gold: Mapping[str, list[Group]], system: Mapping[str, list[Triple]]) -> dict[str, Number]:
    """Return precision, recall and F1 of speaker, cue and content that belong together."""
    right = sum(any(_fits(t, g) for g in gold.get(article, [])) for article, its in system.items() for t in its)
    found = sum(any(_fits(t, g) for t in system.get(article, [])) for article, its in gold.items() for g in its)
    said, wanted = sum(map(len, system.values())), sum(map(len, gold.values()))
    precision, recall = right / said if said else 0.0, found / wanted if wanted else 0.0
    harmonic_mean = round(harmonic(precision, recall), 3) if said or wanted else None
    return {"linked.p": ratio(right, said), "linked.r": ratio(found, wanted), "linked.f": harmonic_mean}


def _fits(triple: Triple, group: Group) -> bool:
    return all(_touched([triple[role]], group[role]) for role in ROLES.values())


def read_flow(folder: Path) -> tuple[dict[str, Spans], dict[str, list[Triple]]]:
    """Run the flow as far as statements over a folder of texts; return the model's spans and the statements' triples."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "articles.headwater") as case:
        case.read(folder, run=False)
        case.run(last="statements")
        articles = {report.id: Path(report.name).stem for report in case.store.all(Report)}
        by_report: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in case.store.all(Sentence):
            if not sentence.heading:
                by_report[sentence.report].append(sentence)
        marked = [
            span for report in case.store.all(Report) for span in of_sentences(report, by_report[report.id])
        ]  # of all sentences, also of those that the flow leaves out since no statement could come of them
        return spans_of(marked, articles), triples_of(case.store.all(Statement), articles)


def spans_of(spans: Iterable[Marked], articles: Mapping[str, str]) -> dict[str, Spans]:
    """Return the outer spans by role and article; `articles` maps report id to article."""
    found: dict[str, dict[str, set[Span]]] = {role: defaultdict(set) for role in ROLES.values()}
    for each in spans:
        if each.inside is None:
            found[each.kind][articles[each.report]].add((each.start, each.end))
    return {role: {article: frozenset(its) for article, its in spans.items()} for role, spans in found.items()}


def triples_of(statements: Iterable[Statement], articles: Mapping[str, str]) -> dict[str, list[Triple]]:
    """Return speaker, cue and content of the statements that have all three, by article."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for each in statements:
        if each.cue_start is None or each.cue_end is None or each.speaker_start is None or each.speaker_end is None:
            continue
        triple = {
            "speaker": (each.speaker_start, each.speaker_end),
            "cue": (each.cue_start, each.cue_end),
            "content": (each.start, each.end),
        }
        found[articles[each.report]].append(triple)
    return found


def _span(place: str) -> Span:
    start, end = place.split()
    return int(start), int(end)


def _size(spans: Spans, articles: Iterable[str]) -> int:
    return sum(len(spans.get(article, frozenset())) for article in articles)


def _touched(spans: Iterable[Span], others: Iterable[Span]) -> int:
    fixed = list(others)
    return sum(any(start < other_end and other_start < end for other_start, other_end in fixed) for start, end in spans)
