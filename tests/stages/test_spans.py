"""spans: the model's marks in a sentence, their confidences, and that nothing beside a sentence changes them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import SETTINGS, worked
from headwater.stages.spans import of_sentences
from headwater.stages.spans.tagger import Chain, shipped
from headwater.stages.statements import statements
from piles import REPORTS

SAID = "The harbour master said on Monday that two barges sank in the river."


def marks(text: str) -> list[tuple[str, str]]:
    """Return kind and words of the model's spans."""
    return [(each.kind, text[each.start : each.end]) for each in shipped().mark(text)]


def test_a_plain_sentence() -> None:
    """Speaker, reporting words and content."""
    assert marks(SAID) == [
        ("speaker", "The harbour master"),
        ("cue", "said"),
        ("content", "that two barges sank in the river"),
    ]


@pytest.mark.parametrize("text", ["", " ", ".", "Two barges sank.", "\u202e\x00", "word " * 600, "x" * 5000])
def test_nothing_breaks_it(text: str) -> None:
    """Empty, endless and odd texts give spans inside the text, or none."""
    assert all(0 <= each.start < each.end <= len(text) for each in shipped().mark(text))


def test_confidences_are_probabilities() -> None:
    """Between 0 and 1, and high for a plain sentence."""
    found = [each.confidence for each in shipped().mark(SAID)]
    assert all(0 <= each <= 1 for each in found)
    assert min(found) > 0.5


def test_a_sentence_is_marked_alike_in_any_company() -> None:
    """The same sentence in two reports has the same spans with the same confidences."""
    alone, among = worked(SAID), worked("It rained for three days. " + SAID + " Nobody was hurt.")
    start = among.report.text.index(SAID)
    theirs = [
        (s.kind, s.start - start, s.end - start, s.confidence)
        for s in among.spans
        if start <= s.start < start + len(SAID)
    ]
    assert [(s.kind, s.start, s.end, s.confidence) for s in alone.spans] == theirs


def test_a_content_in_which_somebody_speaks_is_read_again() -> None:
    """The inner speaker stands inside the outer content and names it."""
    made = worked("Harbour Voice reported that the mayor said that two barges sank in the river.")
    inner = [each for each in made.spans if each.inside]
    outer = {each.id: each for each in made.spans if not each.inside}
    assert any(each.kind == "speaker" and made.of(each) == "the mayor" for each in inner)
    assert all(outer[s.inside].start <= s.start and s.end <= outer[s.inside].end for s in inner if s.inside)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_chain_agrees_with_counting_all_sequences(words: int, seed: int) -> None:
    """Viterbi and forward-backward against every sequence of three tags, one by one."""
    import itertools

    chance = np.random.default_rng(seed)
    chain = Chain(("O", "B-x", "E-x"), *(chance.normal(size=shape) for shape in ((3, 3), 3, 3)))
    emissions = chance.normal(size=(words, 3))

    def score(path: tuple[int, ...]) -> float:
        inner = sum(chain.moves[a, b] for a, b in itertools.pairwise(path))
        return float(chain.first[path[0]] + chain.last[path[-1]] + inner + sum(emissions[range(words), path]))

    paths = list(itertools.product(range(3), repeat=words))
    assert tuple(chain.best(emissions)) == max(paths, key=score)
    whole = np.logaddexp.reduce([score(path) for path in paths])
    forward, forward_scale = chain.forward(emissions)
    backward, backward_scale = chain.backward(emissions)
    assert np.isclose(forward_scale[-1] + np.log(forward[-1] @ np.exp(chain.last)), whole)
    here = np.logaddexp.reduce([score(path) for path in paths if path[0] == 1])
    assert np.isclose(np.log(forward[0, 1] * backward[0, 1]) + forward_scale[0] + backward_scale[0], here)


def test_what_is_not_asked_of_the_model_changes_no_statement() -> None:
    """With the spans of every sentence, the newsroom's statements are what they are without those of sentences that no cue is in."""
    for path in sorted(Path(REPORTS).glob("*.txt")):
        made = worked(path.read_text(encoding="utf-8"))
        plain = [each for each in made.sentences if not each.heading]
        every = list(of_sentences(made.report, plain))
        again = statements(
            reports=[made.report],
            sentences=made.sentences,
            spans=every,
            credits=made.credits,
            dates=made.dates,
            settings=SETTINGS,
        )
        assert len(every) >= len(made.spans)
        assert list(again) == made.statements
