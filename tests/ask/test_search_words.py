"""What a search takes of what is typed: so many words of so many letters, none of them an operator; what it leaves out it says."""

import pytest

from headwater import Case, ask, searching

MANY = " ".join(f"w{n}" for n in range(10_000))


@pytest.mark.parametrize(
    ("typed", "terms", "left_out"),
    [
        ("gate dam", ["gate", "dam"], []),
        ("gate gate dam gate", ["gate", "dam"], []),
        ('"gate five" dam', ["gate five", "dam"], []),
        ("gat*", ["gat*"], []),
        ("* - ... gate", ["gate"], []),
        ("x" * 64, ["x" * 64], []),
        ("x" * 65 + " gate", ["gate"], ["x" * 65]),
        ('"' + "a b " * 17 + '" gate', ["gate"], ["a b " * 17]),
        ('"a' + " " * 5000 + 'b" gate', ["gate"], ["a" + " " * 5000 + "b"]),
        ("." * 5000 + " gate", ["gate"], []),
        ("gate" + "." * 5000 + " dam", ["dam"], ["gate" + "." * 5000]),
        (MANY, [f"w{n}" for n in range(32)], [f"w{n}" for n in range(32, 10_000)]),
    ],
)
def test_a_search_takes_32_words_of_64_letters(typed: str, terms: list[str], left_out: list[str]) -> None:
    """Distinct terms in the order in which they were typed; signs alone are no words."""
    wanted = searching.wanted(typed)
    assert (list(wanted.terms), list(wanted.left_out)) == (terms, left_out)


def test_ten_thousand_words_are_answered_and_what_was_left_out_is_said(newsroom: Case) -> None:
    """The page object holds every term that was not looked for."""
    found = ask.search(newsroom.store, MANY)
    assert (found.words, len(found.left_out)) == (MANY, 10_000 - 32)


@pytest.mark.parametrize(
    "typed",
    [
        "NEAR(a b, 2)",
        "words : gate",
        "a AND",
        "NOT",
        "- gate",
        "^gate",
        "{words} : x",
        "+ + +",
        'gate""*',
        '"*"*',
        '*"a',
        "a" + "*" * 40,
    ],
)
def test_no_syntax_of_the_index_is_reached(newsroom: Case, typed: str) -> None:
    """SQLite reads every term as a string in quotes: it never finds an error in what is typed."""
    query = searching.wanted(typed).query
    assert query.count('"') == 2 * len(searching.wanted(typed).terms)
    assert [hits.kind for hits in ask.search(newsroom.store, typed).hits] == list(searching.KINDS)
