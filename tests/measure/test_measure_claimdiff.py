"""claimdiff: the regression finds what tells the labels apart, and no answer comes from a fit that saw its topic."""

import numpy as np

from headwater.measure.claimdiff import answers
from headwater.measure.logistic import fit, macro_f1, score


def test_a_column_that_tells_the_labels_apart_is_found() -> None:
    """The first column decides, the second is noise: the first gets the weight, and the order of labels follows it."""
    x = np.array([[n % 2, n % 3] for n in range(60)], dtype=float)
    gold = x[:, 0] > 0
    w = fit(x, gold)
    assert w[1] > 5 * abs(w[2])
    assert macro_f1(gold, score(w, x) > 0) == 1.0


def test_answers_come_from_other_topics() -> None:
    """A column that tells only the topic helps no topic that was not seen, and one that tells the label helps all."""
    topics = [f"topic {n // 12}" for n in range(120)]
    telling = np.array([[float(n % 2)] for n in range(120)])
    gold = telling[:, 0] > 0
    assert macro_f1(gold, answers(telling, gold, topics)) == 1.0
    by_topic = np.array([[float(n // 12 == 3)] for n in range(120)])
    of_one_topic = by_topic[:, 0] > 0
    assert not answers(by_topic, of_one_topic, topics)[of_one_topic].any()
