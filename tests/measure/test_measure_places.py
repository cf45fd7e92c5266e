"""places: names found, towns told apart by what stands around them, and the distance that decides."""

from pathlib import Path

import pytest

from headwater.lists.places import spelt
from headwater.measure.places import Located, kilometres, places

XML = """<articles><article><text>A fire in Springfield, Ohio, closed the mill. Mr Houston was unhurt in Nowhereville.</text><locations>
<location><name>Springfield</name><start>11</start><end>22</end><lat>39.92</lat><lon>-83.81</lon></location>
<location><name>Ohio</name><start>24</start><end>28</end><lat>40.4</lat><lon>-82.9</lon></location>
<location><name>Nowhereville</name><start>72</start><end>84</end><lat>0</lat><lon>0</lon></location>
</locations></article></articles>"""


def test_names_and_towns_are_scored(tmp_path: Path) -> None:
    """Two of three marked places are found, and the town behind the comma is Ohio's, not the largest of its name."""
    (tmp_path / "GeoVirus.xml").write_text(XML, encoding="utf-8")
    result = places(tmp_path)
    assert result.numbers["places.found.r"] == pytest.approx(2 / 3, abs=0.001)
    assert result.numbers["places.situated.p"] == 1.0
    assert result.numbers["places.towns.near"] == 1.0
    assert result.baselines["places.towns.near most populous"] == 0.0


def test_what_is_not_there_is_not_measured(tmp_path: Path) -> None:
    """A missing file is said, not scored."""
    assert not places(tmp_path).measured


def test_distance_is_along_the_great_circle() -> None:
    """Homs and Damascus lie some 140 km apart."""
    homs = next(each for each in spelt("Homs") if each.kind == "town")
    damascus = next(each for each in spelt("Damascus") if each.kind == "town")
    assert damascus.latitude is not None
    assert damascus.longitude is not None
    assert 120 < kilometres(homs, Located(0, 0, damascus.latitude, damascus.longitude)) < 160
