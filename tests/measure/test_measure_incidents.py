"""incidents: the number that most reports of an incident tell is the answer; a tie or nothing told is refused."""

from headwater.measure.incidents import Told, most_told, tolls


def test_the_number_that_most_reports_tell() -> None:
    """Two against one wins, one against one is refused, and so is nothing."""
    assert most_told([{3}, {3, 4}, {4, 3}]) == 3
    assert most_told([{3}, {4}]) is None
    assert most_told([set(), set()]) is None


def test_exact_answers_are_counted_among_the_answers_only() -> None:
    """An incident that nobody puts a number to is refused, not wrong; one that no report tells of is not asked."""
    rows = [{"id": name, "story": story} for name, story in (("a", 1), ("b", 1), ("c", 2), ("d", 3))]
    incidents = [{"incident_uri": str(n), "num_killed": n, "num_injured": 0} for n in (1, 2, 3, 4)]
    told = {
        "a": Told(frozenset({1}), frozenset()),
        "b": Told(frozenset({1, 7}), frozenset()),
        "c": Told(frozenset({9}), frozenset({0})),
        "d": Told(frozenset(), frozenset()),
    }
    assert tolls(rows, incidents, told) == {
        "killed.exact": 0.5,
        "killed.answered": 0.667,
        "wounded.exact": 1.0,
        "wounded.answered": 0.333,
        "tolls.exact": 0.667,
        "tolls.answered": 0.5,
    }
