"""Does the tagger find who is speaking in the reports that Headwater is for? Speaker recall on the stories annotated
for origins.

In: a run's folder (or exported files), and the data folder. Out, on standard output: over gold statements that name a
speaker, how often some content span covers at least half of the statement (`content`), how often a speaker span shares
a word of the speaker's name in the statement or within 200 characters of it (`speaker`), and how often the linked
triple does both (`linked`). The gold normalises names, so `speaker` and `linked` have a ceiling below 100: compare
models by it, and nothing else.
Usage: `python training/evaluate_origins.py RUN_FOLDER --data ../shared/data`.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from linking import Triple, link
from polnear import Article, Span
from scoring import Tag, joined
from shipped import onnx_tagger, read_tokenizer
from windows import LONGEST, spans_of, windows

EMPTY_WORDS = frozenset(["the", "a", "an", "of", "for", "and", "to", "in", "on", "by", "an"])


@dataclass(frozen=True)
class Statement:
    """One gold statement with a named or described speaker."""

    report: str
    start: int
    end: int
    speaker: str


@dataclass(frozen=True)
class Shares:
    """Per cent of the `statements` found."""

    statements: int
    content: float
    speaker: float
    linked: float


def read_statements(data: Path) -> list[Statement]:
    found = set()
    for path in sorted((data / "origins-gold").glob("*.json")):
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            for row in claim["statements"]:
                if row["speaker"]:
                    found.add((row["report"], row["start"], row["end"], row["speaker"]))
    return [Statement(*row) for row in sorted(found)]


def read_reports(data: Path, wanted: set[str]) -> list[Article]:
    with (data / "syria-reports" / "reports.jsonl").open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return [Article(row["id"], row["text"]) for row in rows if row["id"] in wanted]


def find_spans(
    articles: Sequence[Article], tokenizer: Tokenizer, tag: Tag, *, room: int
) -> Iterator[tuple[str, list[Span]]]:
    for article in articles:
        parts = windows(article, tokenizer, first=room, rest=room)
        tags = joined(tag(parts))
        yield article.name, spans_of(tags, [place for window in parts for place in window.places])


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - EMPTY_WORDS


def covers(span: Span | None, statement: Statement) -> bool:
    if span is None:
        return False
    shared = min(span.end, statement.end) - max(span.start, statement.start)
    return shared >= 0.5 * min(span.end - span.start, statement.end - statement.start) > 0 and shared > 0


def score(statement: Statement, text: str, spans: Sequence[Span], triples: Sequence[Triple]) -> tuple[bool, bool, bool]:
    """Whether content, speaker and linked triple are found."""

    def names(span: Span | None) -> bool:
        return span is not None and bool(words_of(text[span.start : span.end]) & words_of(statement.speaker))

    near = (s for s in spans if s.kind == "speaker" and s.start < statement.end + 200 and s.end > statement.start - 200)
    content = any(span.kind == "content" and covers(span, statement) for span in spans)
    linked = any(names(triple[0]) and covers(triple[2], statement) for triple in triples)
    return content, any(names(span) for span in near), linked


def found_shares(data: Path, tokenizer: Tokenizer, tag: Tag, *, room: int) -> Shares:
    """Tag the annotated reports and score every statement."""
    statements = read_statements(data)
    articles = read_reports(data, {statement.report for statement in statements})
    texts = {article.name: article.text for article in articles}
    spans = dict(find_spans(articles, tokenizer, tag, room=room))
    links = {name: link(texts[name], found) for name, found in spans.items()}
    rows = [score(s, texts[s.report], spans[s.report], links[s.report]) for s in statements if s.report in texts]
    content, speaker, linked = (100 * sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Shares(len(rows), content, speaker, linked)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--room", type=int, default=LONGEST, help="word pieces per window; 0: each sentence alone")
    arguments = parser.parse_args(words)
    if (arguments.run / "model.onnx").exists():
        tag, tokenizer = onnx_tagger(arguments.run), read_tokenizer(arguments.run / "tokenizer.json")
    else:
        from evaluate import load_run, load_tokenizer, torch_tagger  # exported files are scored without torch

        tag, tokenizer = torch_tagger(load_run(arguments.run)), load_tokenizer()
    print(found_shares(arguments.data, tokenizer, tag, room=arguments.room))


if __name__ == "__main__":
    main()
