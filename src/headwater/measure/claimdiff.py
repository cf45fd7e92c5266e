"""Does one claim strengthen or weaken another: what the evidence for "same claim" tells of it (ClaimDiff, Ko and others 2022).

In: a folder with `ClaimDiff-strength-train.json` and `ClaimDiff-weak-train.json`: pairs of sentences of two outlets on one topic, each with
a relation or none. Out: a `Result` with the mean F1 of yes and no for each, and the F1 of yes. Headwater itself only asks whether two
statements say the same, so its evidence (meaning, words, names, numbers, negation, length) is weighed for this question by a
regression on four fifths of the topics, which answers on the fifth, five times. Baseline: always the commoner answer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np

from headwater.measure.logistic import Columns, Truths, fit, macro_f1, score
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.stages.bags import shared
from headwater.stages.readings import in_figures, names_in
from headwater.stages.spans.vectors import shipped_encoder
from headwater.stages.words import significant, words_of

FOLDS = 5
CUTS = 41  # thresholds that are tried on the topics of the fit
RELATIONS = {"strengthens": "ClaimDiff-strength-train.json", "weakens": "ClaimDiff-weak-train.json"}
AGAINST = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied|ying)|but|however|despite|although|contrary"
    r"|disput\w+|reject\w+|critic\w+)\b|n[’']t\b",
    re.I,
)


def claimdiff(folder: Path) -> Result:
    """Score both relations of a folder in the form of ClaimDiff."""
    numbers: dict[str, Number] = {}
    baselines: dict[str, Number] = {}
    count = 0
    for name, file in RELATIONS.items():
        if not (folder / file).is_file():
            return not_measured("claimdiff", folder / file)
        pairs = json.loads((folder / file).read_text(encoding="utf-8"))["data"]
        gold = np.array([pair["relation"] == 1 for pair in pairs])
        said = answers(features(pairs), gold, [pair["topic"] for pair in pairs])
        hit = int((gold & said).sum())
        numbers |= {
            f"{name}.macro_f": round(macro_f1(gold, said), 3),
            f"{name}.f": round(2 * hit / max(1, int(gold.sum() + said.sum())), 3),
        }
        commoner = np.full(len(gold), bool(gold.mean() > 0.5))
        baselines[f"{name}.macro_f always one answer"] = round(macro_f1(gold, commoner), 3)
        count += len(pairs)
    return Result("claimdiff", named("claimdiff", numbers), named_baselines("claimdiff", baselines), f"{count} pairs")


def features(pairs: Sequence[Mapping[str, str]]) -> Columns:
    """Return the evidence of every pair, `[pairs, 11]`."""
    texts = sorted({pair[side] for pair in pairs for side in ("claim_a", "claim_b")})
    vectors = {text: shipped_encoder().vector(text) for text in texts}
    bags = {text: frozenset(in_figures(word) for word in significant(words_of(text))) for text in texts}
    rows = []
    for pair in pairs:
        a, b = pair["claim_a"], pair["claim_b"]
        names = (bags[a] & names_in(a)) | (bags[b] & names_in(b))
        said, named_ = shared(bags[a] - names, bags[b] - names), shared(bags[a] & names, bags[b] & names)
        left, right = ({word for word in bags[text] if word.isdigit()} for text in (a, b))
        against = [bool(AGAINST.search(text)) for text in (a, b)]
        rows.append(
            [
                float(vectors[a] @ vectors[b]),
                said.dice,
                said.overlap,
                named_.dice,
                float(bool(left & right)),
                float(bool(left and right and not left & right)),
                *map(float, against),
                float(against[0] != against[1]),
                log(len(a)),
                log(len(b)),
            ]
        )
    return np.array(rows)


def answers(x: Columns, gold: Truths, topics: Sequence[str]) -> Truths:
    """Return the answer for every pair from a fit that saw none of its topic; the threshold is the best on the fit's topics."""
    order = sorted(set(topics))
    fold = np.array([order.index(topic) % FOLDS for topic in topics])
    said = np.zeros(len(gold), dtype=np.bool_)
    for number in range(FOLDS):
        seen = fold != number
        if seen.all() or not seen.any():
            continue
        odds = score(fit(x[seen], gold[seen]), x)
        cuts = np.quantile(odds[seen], np.linspace(0.1, 0.9, CUTS))
        best = max(cuts, key=lambda cut: macro_f1(gold[seen], odds[seen] > cut))
        said[~seen] = odds[~seen] > best
    return said
