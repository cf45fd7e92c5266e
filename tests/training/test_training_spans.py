"""What the trainings of the span model stand on, as far as no torch is needed: articles, windows, links, batches, rates and scores."""

import json
import random
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer

import evaluate_origins
from headwater import Case
from headwater.measure.piles import texts_of
from invented import invent
from linking import link
from piles import REPORTS, write_lines
from polnear import Article, Span, read_articles
from schedule import Settings, StudentSettings, add_settings, batches, cut_articles, rate_at, read_settings
from scoring import evaluate, table_row
from shipped import onnx_tagger, read_tokenizer
from windows import COMMAS, QUOTES, TAGS, Window, roughen, spans_of, tags_of, windows, without

SHIPPED = Path(__file__).parents[2] / "src" / "headwater" / "weights" / "spans"
TRUTH = REPORTS.parent / "truth"
TEN = 10


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer that ships, with nothing cut."""
    return read_tokenizer(SHIPPED / "tokenizer.json")


def gold_tags(items: Sequence[Window]) -> list[list[int]]:
    """Tag windows with what they were made with."""
    return [list(window.tags) for window in items]


def words(article: Article, spans: Sequence[Span]) -> list[tuple[str, str]]:
    """Return kind and characters of each span."""
    return [(span.kind, article.text[span.start : span.end]) for span in spans]


def test_invented_articles_hold_their_spans() -> None:
    """Ten invented reports are the same for one seed, with spans of all kinds that begin and end at characters that are no blanks."""
    articles = invent(TEN, 4)
    assert articles == invent(TEN, 4) != invent(TEN, 5)
    said = [pair for article in articles for pair in words(article, article.spans)]
    assert {kind for kind, _ in said} == {"speaker", "cue", "content"}
    assert all(text == text.strip() and "<" not in text and "{" not in text for _, text in said)


@pytest.mark.parametrize(("first", "rest"), [(256, 256), (40, 60), (256, 0)])
def test_windows_give_back_the_spans(tokenizer: Tokenizer, first: int, rest: int) -> None:
    """Cut whole, in small windows or sentence by sentence: ten articles keep every word, and each span that no cut goes through."""
    for article in invent(TEN, 1):
        whole, cut = windows(article, tokenizer), windows(article, tokenizer, first=first, rest=rest)
        starts = {window.places[0][0] for window in cut}
        kept = {span for span in article.spans if not any(span.start < start < span.end for start in starts)}
        assert _places(cut) == _places(whole)
        assert kept <= {span for window in cut for span in spans_of(window.tags, window.places)}


def _places(cut: Sequence[Window]) -> list[tuple[int, int]]:
    return [place for window in cut for place in window.places]


def test_tags_of_words_are_bioes() -> None:
    """Words of a span are tagged begin, inside, end; one word alone is single; of two spans over one word the earlier one wins."""
    places = [(0, 2), (3, 5), (6, 8), (9, 11)]
    spans = [Span(0, 8, "content"), Span(6, 11, "speaker"), Span(9, 11, "cue")]
    assert [TAGS[tag] for tag in tags_of(spans, places)] == ["B-content", "I-content", "E-content", "S-cue"]
    assert spans_of(tags_of(spans, places), places) == [Span(0, 8, "content"), Span(9, 11, "cue")]


def test_roughened_articles_keep_the_words_of_spans() -> None:
    """Without commas and quotation marks the spans of ten articles hold the same words."""
    for number, article in enumerate(invent(TEN, 2)):
        bare = without(article, COMMAS | QUOTES)
        plain = [
            (kind, "".join(c for c in text if c not in COMMAS | QUOTES)) for kind, text in words(article, article.spans)
        ]
        assert words(bare, bare.spans) == plain
        assert roughen(article, random.Random(number)) == roughen(article, random.Random(number))


@pytest.mark.parametrize(
    ("marked", "speaker", "content"),
    [
        ("[The mayor] (said) {the mill was shut}.", "The mayor", "the mill was shut"),
        ("{The mill was shut}, [the mayor] (said).", "the mayor", "The mill was shut"),
        ("{It is over.} He left. [Nadia] (said) {the mill was shut}.", "Nadia", "the mill was shut"),
        ("Nobody (expects) {a trial}." + " It rained." * 20 + " [The mayor] left.", None, "a trial"),
    ],
)
def test_a_cue_is_linked_to_the_nearest(marked: str, speaker: str | None, content: str) -> None:
    """A cue belongs to the nearest speaker and content; sentences between count as distance, and a speaker too far is none."""
    text, spans, begun = "", [], 0
    for character in marked:
        if character in "[({":
            begun = len(text)
        elif character in "])}":
            spans.append(Span(begun, len(text), {"]": "speaker", ")": "cue", "}": "content"}[character]))
        else:
            text += character
    ((linked, _, told),) = link(text, spans)
    assert (linked and text[linked.start : linked.end]) == speaker
    assert (told and text[told.start : told.end]) == content


def polnear(folder: Path) -> Path:
    """Write two annotated articles in the form of PolNeAR; one was annotated twice."""
    text = "The mayor said the mill was shut. “It is over,” she told us, “for good.”"
    lines = ["T1\tSource 0 9\tThe mayor", "T2\tCue 10 14\tsaid", "T3\tContent 15 32\tthe mill was shut"]
    lines += ["T4\tSource 48 51\tshe", "T5\tCue 52 56\ttold", "T6\tContent 34 47;61 72\t“It is over,” “for good.”"]
    lines += ["E1\tAttribution:T2 Source:T1 Content:T3", "E2\tAttribution:T5 Source:T4 Content:T6"]
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    for name in ("one", "two"):
        (folder / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "attributions" / f"{name}_ann1.ann").write_text("\n".join(lines), encoding="utf-8")
    (folder / "attributions" / "one_ann2.ann").write_text("", encoding="utf-8")
    return folder


def test_articles_of_polnear_are_read(tmp_path: Path) -> None:
    """Spans point into the text, a span in two parts becomes two, the first annotator counts, and attributions name their spans."""
    one, two = read_articles(polnear(tmp_path))
    assert (one.name, two.name, one.spans) == ("one", "two", two.spans)
    assert words(one, one.spans)[:3] == [("speaker", "The mayor"), ("cue", "said"), ("content", "the mill was shut")]
    assert sorted(map(len, one.attributions)) == [3, 4]


def test_gold_scores_all_and_nothing_scores_none(tokenizer: Tokenizer, tmp_path: Path) -> None:
    """Articles that are tagged as annotated score 100 on every count; untagged ones 0."""
    articles = read_articles(polnear(tmp_path))
    assert {score.f1 for score in evaluate(articles, tokenizer, gold_tags).values()} == {1.0}
    nothing = evaluate(articles, tokenizer, lambda items: [[0] * len(window.tags) for window in items])
    assert table_row(nothing) == " | ".join(["0.0"] * 8)


def test_batches_hold_every_window_once(tokenizer: Tokenizer) -> None:
    """An epoch cuts ten articles elsewhere than the next, the same for one seed, and batches hold each window once."""
    articles, settings = invent(TEN, 3), Settings(roughen=0.5, alone=0.5)
    cut = cut_articles(articles, tokenizer, settings, 0)
    assert cut == cut_articles(articles, tokenizer, settings, 0) != cut_articles(articles, tokenizer, settings, 1)
    rows = batches(cut, 3, random.Random(1))
    assert max(map(len, rows)) == 3
    assert sorted(window.pieces for row in rows for window in row) == sorted(window.pieces for window in cut)


def test_the_rate_rises_for_a_tenth_and_then_falls_to_nothing() -> None:
    """The rate is highest after a tenth of the steps and nothing at the end, never below."""
    rates = [rate_at(step, 100) for step in range(101)]
    assert rates[9] == max(rates) == 1.0
    assert rates[:10] == sorted(rates[:10])
    assert rates[9:] == sorted(rates[9:], reverse=True)
    assert rates[100] == 0.0 == min(rates)


def test_every_setting_of_a_run_is_an_option() -> None:
    """What is given on the command line is what the run goes by; the rest are the defaults."""
    parser = ArgumentParser()
    add_settings(parser, StudentSettings)
    assert read_settings(parser.parse_args([]), StudentSettings) == StudentSettings()
    given = parser.parse_args(["--head-rate", "0.5", "--epochs", "7", "--softness", "1"])
    assert read_settings(given, StudentSettings) == replace(StudentSettings(), head_rate=0.5, epochs=7, softness=1.0)
    assert read_settings(given, Settings) == replace(Settings(), head_rate=0.5, epochs=7)


def test_shipped_weights_are_scored_on_ten_statements(
    newsroom: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of ten statements of the newsroom the exported files find nearly all contents, without torch."""
    texts, truths = (
        texts_of(newsroom),
        [json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRUTH.glob("*"))],
    )
    statements = [
        said
        for truth in truths
        for claim in truth["claims"]
        for said in claim["statements"]
        if said.get("start") is not None and said["speaker"]
    ][:TEN]
    for folder in ("origins-gold", "syria-reports"):
        (tmp_path / folder).mkdir()
    gold = {"claims": [{"statements": statements}]}
    (tmp_path / "origins-gold" / "story.json").write_text(json.dumps(gold), encoding="utf-8")
    write_lines(
        tmp_path / "syria-reports" / "reports.jsonl", [{"id": name, "text": text} for name, text in texts.items()]
    )
    evaluate_origins.main([str(SHIPPED), "--data", str(tmp_path), "--room", "0"])
    printed = capsys.readouterr().out.removeprefix("Shares(").rstrip(")\n")
    shares = dict(part.split("=") for part in printed.split(", "))
    assert int(shares["statements"]) == TEN
    assert min(float(shares[name]) for name in ("content", "speaker", "linked")) >= 80


def test_a_tagger_of_exported_files_tags_each_word(tokenizer: Tokenizer) -> None:
    """The exported files give a lawful tag to each word of ten articles, and find who said it in a plain sentence."""
    tag = onnx_tagger(SHIPPED)
    cut = [window for article in invent(TEN, 6) for window in windows(article, tokenizer)]
    assert [len(tags) for tags in tag(cut)] == [len(window.places) for window in cut]
    plain = Article("plain", "The Health Ministry said nine people had been killed.")
    (window,) = windows(plain, tokenizer)
    found = words(plain, spans_of(tag([window])[0], window.places))
    assert found == [("speaker", "The Health Ministry"), ("cue", "said"), ("content", "nine people had been killed")]
