"""reuse: runs of equal words, against a plain slow search for them."""

from hypothesis import given
from hypothesis import strategies as st

from handmade import SETTINGS, worked
from headwater.stages.reuse import Run, longest_runs, reuse
from headwater.stages.words import Word

WORDS = st.lists(st.sampled_from("abc"), max_size=14)


def words(letters: list[str]) -> list[Word]:
    """Return letters as words of a text."""
    return [Word(letter, place * 2, place * 2 + 1) for place, letter in enumerate(letters)]


def maximal(left: list[str], right: list[str]) -> set[Run]:
    """Return every run of equal words that cannot be made longer, by looking at all places of both."""
    found = set()
    for a in range(len(left)):
        for b in range(len(right)):
            if left[a] == right[b] and not (a and b and left[a - 1] == right[b - 1]):
                length = next(
                    (n for n in range(min(len(left) - a, len(right) - b)) if left[a + n] != right[b + n]),
                    min(len(left) - a, len(right) - b),
                )
                found.add(Run(a, b, length))
    return found


def apart(one: Run, two: Run) -> bool:
    """Tell whether two runs share no word in either report."""
    return (one.a + one.words <= two.a or two.a + two.words <= one.a) and (
        one.b + one.words <= two.b or two.b + two.words <= one.b
    )


@given(WORDS, WORDS)
def test_runs_are_maximal_apart_and_none_longer_is_left_out(left: list[str], right: list[str]) -> None:
    """With a seed at every equal pair, the runs kept are those of a greedy choice among all maximal runs, longest first."""
    seeds = [(a, b) for a in range(len(left)) for b in range(len(right)) if left[a] == right[b]]
    kept: list[Run] = []
    for run in sorted(maximal(left, right), key=lambda each: (-each.words, each.a, each.b)):
        if all(apart(run, other) for other in kept):
            kept.append(run)
    assert longest_runs(seeds, words(left), words(right)) == sorted(kept, key=lambda each: (each.a, each.b))


@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_seeds_changes_nothing(left: list[str], right: list[str], chance: object) -> None:
    """Runs are a function of the set of seeds."""
    seeds = [(a, b) for a in range(len(left)) for b in range(len(right)) if left[a] == right[b]]
    shuffled = list(seeds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert longest_runs(shuffled, words(left), words(right)) == longest_runs(seeds, words(left), words(right))


SHARED = "A diver who went down at noon saw both barges lying on their sides near the third pillar of the old bridge"


def test_a_passage_points_at_the_same_words_in_both() -> None:
    """A shared passage has its span in both reports, whatever the marks and capitals between the words."""
    one = worked(f"It was a cold morning. {SHARED}. Nobody was hurt.", name="one")
    two = worked(f"Divers were busy: {SHARED.upper()}; and then they left.", name="two")
    a, b = sorted((one, two), key=lambda each: each.report.id)
    seeds = [
        {"a_word": p.word, "b_word": q.word, "boilerplate": False, "background": False}
        for p in a.prints
        for q in b.prints
        if p.hash == q.hash
    ]
    (found,) = reuse(seeds=seeds, reports=[two.report, one.report], texts=[*one.texts, *two.texts], settings=SETTINGS)
    assert (found.a, found.b, found.kind, found.words) == (a.report.id, b.report.id, "text", len(SHARED.split()))
    assert a.report.text[found.a_start : found.a_end].casefold() == SHARED.casefold()
    assert b.report.text[found.b_start : found.b_end].casefold() == SHARED.casefold()


def test_a_shared_quotation_is_no_copied_text() -> None:
    """Words that stand between quotation marks in both reports are a quotation."""
    one = worked(f"“{SHARED},” the harbour master said.", name="one")
    two = worked(f"At the quay people waited. “{SHARED},” said Edrin Sollas.", name="two")
    a, b = sorted((one, two), key=lambda each: each.report.id)
    seeds = [
        {"a_word": p.word, "b_word": q.word, "boilerplate": False, "background": False}
        for p in a.prints
        for q in b.prints
        if p.hash == q.hash
    ]
    assert [
        each.kind
        for each in reuse(
            seeds=seeds, reports=[one.report, two.report], texts=[*one.texts, *two.texts], settings=SETTINGS
        )
    ] == ["quotation"]
