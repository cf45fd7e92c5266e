"""Who says what: spans of speaker, cue and content in news articles (PolNeAR, Newell and others 2018).

In: a folder with `text/*.txt` and `attributions/*.ann` (brat standoff; their Source is our speaker). Where several
people annotated an article the first file by name counts, and a span in several parts counts as its parts, as for a
tagger. Out: a `Result` with precision, recall and F1 a role, over the distinct spans of an article; a statement in the
report's own voice has no cue and is not counted. Overlap: a span is right when it shares a character with one of the
other side.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.case import open as open_case
from headwater.measure.ratios import f1, harmonic, ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Report, Statement

Span = tuple[int, int]
Spans = Mapping[str, frozenset[Span]]
"""article to the spans of one role"""
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
    gold, system = read_gold(folder / "attributions"), read_statements(folder / "text")
    numbers: dict[str, Number] = {}
    for role in ROLES.values():
        numbers |= exact(role, gold[role], system[role]) | overlapping(role, gold[role], system[role])
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
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    found: dict[str, dict[str, frozenset[Span]]] = {role: {} for role in ROLES.values()}
    for article, path in files.items():
        spans = annotated(path.read_text(encoding="utf-8"))
        for role in found:
            found[role][article] = frozenset(spans[role])
    return found


def annotated(standoff: str) -> dict[str, set[Span]]:
    """Return the spans of one annotation file by role; a discontinuous span is its parts."""
    parts: dict[str, tuple[str, list[Span]]] = {}
    used: set[str] = set()
    for line in standoff.split("\n"):
        if span := SPAN_LINE.match(line):
            parts[span[1]] = (ROLES[span[2]], [_span(place) for place in span[3].split(";")])
        elif event := EVENT_LINE.match(line):
            used.update(role.partition(":")[2] for role in event[1].split())
    found: dict[str, set[Span]] = defaultdict(set)
    for key in used & parts.keys():
        found[parts[key][0]].update(parts[key][1])
    return found


def read_statements(folder: Path) -> dict[str, dict[str, frozenset[Span]]]:
    """Run the flow as far as statements over a folder of texts; return their spans by role and article."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "articles.headwater") as case:
        case.read(folder, run=False)
        case.run(last="statements")
        articles = {report.id: Path(report.name).stem for report in case.store.all(Report)}
        return spans_of(case.store.all(Statement), articles)


def spans_of(statements: Iterable[Statement], articles: Mapping[str, str]) -> dict[str, dict[str, frozenset[Span]]]:
    """Return the spans of statements that have a cue, by role and article; `articles` maps report id to article."""
    found: dict[str, dict[str, set[Span]]] = {role: defaultdict(set) for role in ROLES.values()}
    for each in statements:
        if each.cue_start is not None and each.cue_end is not None:
            article = articles[each.report]
            found["cue"][article].add((each.cue_start, each.cue_end))
            found["content"][article].add((each.start, each.end))
            if each.speaker_start is not None and each.speaker_end is not None:
                found["speaker"][article].add((each.speaker_start, each.speaker_end))
    return {role: {article: frozenset(its) for article, its in spans.items()} for role, spans in found.items()}


def _span(place: str) -> Span:
    start, end = place.split()
    return int(start), int(end)


def _size(spans: Spans, articles: Iterable[str]) -> int:
    return sum(len(spans.get(article, frozenset())) for article in articles)


def _touched(spans: Iterable[Span], others: Iterable[Span]) -> int:
    fixed = list(others)
    return sum(any(start < other_end and other_start < end for other_start, other_end in fixed) for start, end in spans)
