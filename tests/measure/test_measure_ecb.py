"""Same claim by gold event mentions, on an invented topic of two reports."""

from pathlib import Path

import pytest

from headwater.measure.ecb import compare, ecb, head_of, read_mentions, same_events, same_heads

REPORT = """<Document doc_name="{name}.xml">
<token t_id="1" sentence="0" number="0">Shells</token>
<token t_id="2" sentence="0" number="1">{verb}</token>
<token t_id="3" sentence="0" number="2">Osrin</token>
<token t_id="4" sentence="0" number="3">harbour</token>
<token t_id="5" sentence="1" number="0">Nobody</token>
<token t_id="6" sentence="1" number="1">fled</token>
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="2"><token_anchor t_id="6"/></NEG_ACTION_OCCURRENCE>
<LOC_GEO m_id="3"><token_anchor t_id="3"/></LOC_GEO>
<ACTION_OCCURRENCE m_id="4" instance_id="ACT1" TAG_DESCRIPTOR="t2_hit"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="9" note="ACT1"><source m_id="1"/><target m_id="4"/></CROSS_DOC_COREF>
</Relations>
</Document>"""


@pytest.fixture
def topic(tmp_path: Path) -> Path:
    """A topic whose first sentences tell of one event with two different verbs."""
    (tmp_path / "2").mkdir()
    listed = ["Topic,File,Sentence Number"]
    for name, verb in (("1ecb", "hit"), ("2ecb", "struck")):
        path = tmp_path / "2" / f"2_{name}.xml"
        path.write_text(REPORT.format(name=f"2_{name}", verb=verb), encoding="utf-8")
        listed.append(f"2,{name},0")
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text("\n".join(listed) + "\n", encoding="utf-8")
    return tmp_path


def test_mentions(topic: Path) -> None:
    """Only event mentions with words, in listed sentences, are read; a relation across reports names the event."""
    (mention,) = read_mentions(topic / "2" / "2_1ecb.xml", ["0"])
    assert (mention.head, mention.sentence, mention.event) == ("hit", "Shells hit Osrin harbour", "ACT1")
    assert [each.event for each in read_mentions(topic / "2" / "2_1ecb.xml", ["1"])] == ["2_1ecb:2"]


def test_scores(topic: Path) -> None:
    """Sentences with the same names join the pair that different verbs keep apart for the baseline."""
    result = ecb(topic)
    assert (result.numbers["ecb.same.f"], result.numbers["ecb.heads_too.f"]) == (1.0, 0.0)
    assert result.baselines["ecb.same.f same heads"] == 0.0
    assert result.numbers["ecb.deeds.f"] == 1.0
    assert result.numbers["ecb.same.conll"] == 1.0


def test_pairs_of_two_reports_only(topic: Path) -> None:
    """Two mentions of one report never make a pair."""
    one = read_mentions(topic / "2" / "2_1ecb.xml", ["0", "1"])
    other = read_mentions(topic / "2" / "2_2ecb.xml", ["0", "1"])
    assert same_events(one) == frozenset()
    assert len(same_events([*one, *other])) == 1
    assert same_heads([*one, *other]) == {frozenset({"2_1ecb:2", "2_2ecb:2"})}


def test_known_mistake() -> None:
    """One right pair of two said, of three in the gold: precision 1/2, recall 1/3, F1 2/5."""
    gold, said = ([frozenset(frozenset(pair) for pair in pairs.split())] for pairs in ("ab ac bc", "ab ad"))
    assert compare("x", gold, said) == {"x.p": 0.5, "x.r": 0.333, "x.f": 0.4, "x.gold": 3}


@pytest.mark.parametrize(
    ("words", "expected"), [("roped in", "rope"), ("Academy Awards ceremony", "ceremoni"), ("shot", "shot")]
)
def test_head(words: str, expected: str) -> None:
    """The head is the last word, or the word before a particle."""
    assert head_of(words.split()) == expected
