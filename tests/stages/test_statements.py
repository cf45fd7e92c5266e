"""statements: speaker, cue, content, stance, chain, gatherer and origin, by one-line cases.

The outlet is always Osrin Post. A case that must not depend on punctuation stands with and without its commas.
"""

import pytest

from handmade import worked

OUTLET = "Osrin Post"


def plain(name: str | None) -> str | None:
    """Return a name without its article."""
    return name and name.removeprefix("The ").removeprefix("the ")


# text, speaker, cue, content
SAID = [
    ("Police said two barges sank in the river.", "Police", "said", "two barges sank in the river"),
    ("Police said that two barges sank in the river.", "Police", "said", "two barges sank in the river"),
    (
        "Police said on Monday that two barges sank in the river.",
        "Police",
        "said",
        "two barges sank in the river",
    ),
    ("Two barges sank in the river, police said.", "police", "said", "Two barges sank in the river"),
    ("Nobody was hurt in the accident the mayor said.", "mayor", "said", "Nobody was hurt in the accident"),
    ("Two barges sank in the river, said mayor Ebba Tarn.", "Ebba Tarn", "said", "Two barges sank in the river"),
    (
        "Two barges sank in the river, Ebba Tarn said on Monday.",
        "Ebba Tarn",
        "said",
        "Two barges sank in the river",
    ),
    ("“Two barges sank in the river,” said Ebba Tarn.", "Ebba Tarn", "said", "“Two barges sank in the river,”"),
    ('"Two barges sank in the river," said Ebba Tarn.', "Ebba Tarn", "said", '"Two barges sank in the river,"'),
    ("“Two barges sank in the river,” Ebba Tarn said.", "Ebba Tarn", "said", "“Two barges sank in the river,”"),
    ("“Two barges sank in the river” Ebba Tarn said.", "Ebba Tarn", "said", "“Two barges sank in the river”"),
    (
        "“Two barges sank in the river,” Ebba Tarn, the mayor of Lower Korva, said.",
        "Ebba Tarn",
        "said",
        "“Two barges sank in the river,”",
    ),
    (
        "Ebba Tarn, the mayor of Lower Korva, said two barges sank in the river.",
        "Ebba Tarn",
        "said",
        "two barges sank in the river",
    ),
    (
        "Mayor Ebba Tarn told Harbour Voice that two barges sank in the river.",
        "Ebba Tarn",
        "told",
        "two barges sank in the river",
    ),
    (
        "Mayor Ebba Tarn told reporters two barges sank in the river.",
        "Ebba Tarn",
        "told",
        "two barges sank in the river",
    ),
    ("“Two barges sank in the river,” Ebba Tarn told AFP.", "Ebba Tarn", "told", "“Two barges sank in the river,”"),
    (
        "According to the Ministry of Water, two barges sank in the river.",
        "Ministry of Water",
        "According to",
        "two barges sank in the river",
    ),
    (
        "According to the Ministry of Water two barges sank in the river.",
        "Ministry of Water",
        "According to",
        "two barges sank in the river",
    ),
    (
        "Two barges sank in the river, according to the Ministry of Water.",
        "Ministry of Water",
        "according to",
        "Two barges sank in the river",
    ),
    (
        "Two barges sank in the river according to the Ministry of Water.",
        "Ministry of Water",
        "according to",
        "Two barges sank in the river",
    ),
    (
        "The Tesk Monitoring Network reported that two barges sank in the river.",
        "Tesk Monitoring Network",
        "reported",
        "two barges sank in the river",
    ),
    (
        "The Tesk Monitoring Network, a group based abroad, said two barges sank in the river.",
        "Tesk Monitoring Network",
        "said",
        "two barges sank in the river",
    ),
    (
        "Ebba Tarn was quoted as saying two barges sank in the river.",
        "Ebba Tarn",
        "was quoted as saying",
        "two barges sank in the river",
    ),
    ("The army denied that its guns shelled the market.", "army", "denied", "its guns shelled the market"),
    (
        "The army accused the Highland Front of shelling the market.",
        "army",
        "accused",
        "accused the Highland Front of shelling the market",
    ),
    (
        "The Highland Front claimed responsibility for the attack.",
        "Highland Front",
        "claimed",
        "claimed responsibility for the attack",
    ),
    (
        "The attack was claimed by the Free Water Brigade.",
        "Free Water Brigade",
        "was claimed",
        "The attack was claimed",
    ),
    (
        "The Ministry of Health put the toll at 14 on Wednesday.",
        "Ministry of Health",
        "put",
        "the toll at 14 on Wednesday",
    ),
    ("The Harbour Watch now counts 26 dead.", "Harbour Watch", "counts", "26 dead"),
    (
        "The lifeboat office recorded at least 12 drowned people.",
        "lifeboat office",
        "recorded",
        "at least 12 drowned people",
    ),
    ("But the ministry added that two barges sank in the river.", "ministry", "added", "two barges sank in the river"),
    ("A police officer said two barges sank in the river.", "A police officer", "said", "two barges sank in the river"),
    (
        "Residents of the old town said they heard an engine overhead.",
        "Residents of the old town",
        "said",
        "they heard an engine overhead",
    ),
    (
        "The spokesman of the Highland Front, Isko Damar, said two barges sank in the river.",
        "Isko Damar",
        "said",
        "two barges sank in the river",
    ),
    (
        "Isko Damar, spokesman of the Highland Front, said two barges sank in the river.",
        "Isko Damar",
        "said",
        "two barges sank in the river",
    ),
    (
        "Isko Damar spokesman of the Highland Front said two barges sank in the river.",
        "Isko Damar",
        "said",
        "two barges sank in the river",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "cue", "content"), SAID, ids=[each[0] for each in SAID])
def test_who_says_what(text: str, speaker: str, cue: str, content: str) -> None:
    """One statement, with its speaker, the words that attribute it, and its content up to the full stop."""
    made = worked(text)
    assert len(made.statements) == 1
    (found,) = made.statements
    assert found.cue_start is not None
    assert (plain(found.speaker), text[found.cue_start : found.cue_end], made.of(found)) == (speaker, cue, content)


NOT_SAID = [
    "Two barges sank in the river.",
    "The said barges sank in the river.",
    "Reports of a drone went round the port.",
    "The states of the north sent help.",
    "“The Hour of Flour” is a play about a silo.",
    "The toll on the bridge is six crowns a day.",
    "Fears of a second blast kept the crews away.",
    "No group has said that it was behind the explosion.",
    "The video did not show any bodies in the street.",
    "Neither the army nor the mayor blamed the Front for the blast.",
    "Nobody reported injuries after the flood in Korva.",
    "The Front did not claim the attack on the bridge.",
    "The government raised its alert last week from medium to high.",
    "One sailor is reported to be in critical condition at the hospital.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_a_sentence_that_attributes_nothing_is_the_reports_own_voice(text: str) -> None:
    """Without reporting words the speaker is unknown and so is the origin: the outlet is never put in their place."""
    (found,) = worked(text).statements
    assert (
        found.speaker,
        found.speaker_kind,
        found.cue_start,
        found.speaker_start,
        found.origin,
        found.origin_named,
    ) == (None, "outlet", None, None, None, False)
    assert found.chain == [OUTLET, "unknown"]


@pytest.mark.parametrize(
    "text",
    ["What became of the barges?", "(Photo by A. Tarn)", "; Ode Marr, Korva; Ilse Obrecht, Selmet", "More soon."],
)
def test_what_asserts_nothing_is_no_statement(text: str) -> None:
    """A question, a credit in brackets, the tail of a list: nobody says anything by them."""
    made = worked(f"Two barges sank in the river on Monday.\n{text}\nThe crews swam to the bank in the dark.")
    assert text not in [made.of(each) for each in made.statements]


KINDS = [
    ("Mayor Ebba Tarn said two barges sank in the river.", "named person", True),
    ("The Ministry of Water said two barges sank in the river.", "organisation", True),
    ("The Tesk Monitoring Network said two barges sank in the river.", "organisation", True),
    ("An official said two barges sank in the river.", "unnamed person", False),
    ("A senior army officer said two barges sank in the river.", "unnamed person", False),
    ("Three residents of the town said two barges sank in the river.", "unnamed person", False),
    ("Witnesses said two barges sank in the river.", "unnamed person", False),
    ("A diplomat in Selmet who asked not to be named said two barges sank in the river.", "unnamed person", False),
    ("A security official said two barges sank in the river.", "unnamed person", False),
    ("An aide to Mayor Ebba Tarn said two barges sank in the river.", "unnamed person", False),
]


@pytest.mark.parametrize(("text", "kind", "named"), KINDS)
def test_what_kind_of_speaker(text: str, kind: str, named: bool) -> None:
    """A name or a body can be told from others; somebody unnamed cannot, and nobody tries."""
    (found,) = worked(text).statements
    assert (found.speaker_kind, found.origin_named) == (kind, named)


STANCES = [
    ("Police said two barges sank in the river.", "asserts"),
    ("Police said a drone may have hit the silo.", "asserts"),
    ("The Highland Front is reportedly responsible, police said.", "asserts"),
    ("The army denied that its guns shelled the market.", "denies"),
    ("The army rejected the accusation that its guns shelled the market.", "denies"),
    ("The army said it was not behind the shelling of the market.", "denies"),
    ("The Front said it had nothing to do with the blast.", "denies"),
    ("No one has claimed responsibility for the attack.", "denies"),
    ("The figures could not be independently verified.", "doubts"),
    ("Norgate could not independently verify the figures.", "doubts"),
    ("It was not immediately clear who fired.", "doubts"),
    ("Diplomats doubted that the fragments came from a drone.", "doubts"),
    ("The count will rise, the doctor said.", "forecasts"),
    ("The count was likely to rise, the doctor said.", "forecasts"),
    ("The commission warned that the dam is going to fail.", "forecasts"),
    ("The mayor did not believe that the dam was unsafe.", "denies"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_the_stance(text: str, stance: str) -> None:
    """Denial beats doubt, doubt beats forecast; a hedge alone still asserts."""
    assert [each.stance for each in worked(text).statements] == [stance]


# text, chain, gatherer, sure, origin
CHAINS = [
    ("Two barges sank in the river.", [OUTLET, "unknown"], OUTLET, True, None),
    ("Mayor Ebba Tarn said two barges sank in the river.", [OUTLET, "Ebba Tarn"], OUTLET, True, "Ebba Tarn"),
    (
        "Mayor Ebba Tarn told AFP that two barges sank in the river.",
        [OUTLET, "AFP", "Ebba Tarn"],
        "AFP",
        True,
        "Ebba Tarn",
    ),
    (
        "SELMET (AFP) — Mayor Ebba Tarn said two barges sank in the river.",
        [OUTLET, "AFP", "Ebba Tarn"],
        "AFP",
        True,
        "Ebba Tarn",
    ),
    (
        "SELMET (Norgate) — Mayor Ebba Tarn said two barges sank in the river.",
        [OUTLET, "Norgate", "Ebba Tarn"],
        "Norgate",
        True,
        "Ebba Tarn",
    ),
    (
        "Mayor Ebba Tarn said two barges sank in the river. (AFP)",
        [OUTLET, "AFP", "Ebba Tarn"],
        "AFP",
        True,
        "Ebba Tarn",
    ),
    (
        "Mayor Ebba Tarn said two barges sank in the river.\nWith AFP and Reuters",
        [OUTLET, "Ebba Tarn"],
        OUTLET,
        False,
        "Ebba Tarn",
    ),
    ("The state news agency SANA said two barges sank in the river.", [OUTLET, "SANA"], "SANA", True, "SANA"),
    ("According to Reuters, two barges sank in the river.", [OUTLET, "Reuters"], "Reuters", True, "Reuters"),
    ("An official said two barges sank in the river.", [OUTLET, "An official"], OUTLET, True, "An official"),
    (
        "Isko Damar, spokesman of the Highland Front, said two barges sank in the river.",
        [OUTLET, "Highland Front"],
        OUTLET,
        True,
        "Highland Front",
    ),
]


@pytest.mark.parametrize(("text", "chain", "gatherer", "sure", "origin"), CHAINS, ids=[each[0] for each in CHAINS])
def test_the_chain(text: str, chain: list[str], gatherer: str, sure: bool, origin: str | None) -> None:
    """From the outlet through every news organisation named to whose word it is; joint credits leave the gatherer open."""
    found = worked(text).statements[0]
    assert (found.chain, found.gatherer, found.gatherer_sure, found.origin) == (chain, gatherer, sure, origin)


def test_one_word_to_an_agency_covers_a_short_text_and_no_long_one() -> None:
    """Who told AFP something in a long article told it one thing; a short text may be AFP's whole, which is not sure."""
    short = "A resident told AFP that two barges sank. The crews swam to the bank in the dark."
    filler = " ".join(f"The ferry of row {number} kept to its hours all winter." for number in range(150))
    brief, long = (worked(text).statements[1] for text in (short, f"{short} {filler}"))
    assert (brief.gatherer, brief.gatherer_sure) == ("AFP", False)
    assert (long.gatherer, long.gatherer_sure) == (OUTLET, True)


def test_a_report_without_outlet_has_no_gatherer() -> None:
    """Where nobody is known to have published or gathered it, the gatherer is unknown and the chain says so."""
    (found,) = worked("Mayor Ebba Tarn said two barges sank in the river.", outlet=None).statements
    assert (found.chain, found.gatherer, found.origin) == (["unknown", "Ebba Tarn"], None, "Ebba Tarn")


FOLLOWED = [
    ("Mayor Ebba Tarn said two barges sank. She said nobody was hurt in the accident.", ["Ebba Tarn", "Ebba Tarn"]),
    ("Mayor Ebba Tarn said two barges sank. Tarn said nobody was hurt in the accident.", ["Ebba Tarn", "Ebba Tarn"]),
    ("Tarn said nobody was hurt in the accident. Mayor Ebba Tarn said two barges sank.", ["Ebba Tarn", "Ebba Tarn"]),
    (
        "The Tesk Monitoring Network said two barges sank. The network said nobody was hurt at all.",
        ["Tesk Monitoring Network"] * 2,
    ),
    ("She said nobody was hurt in the accident.", [None]),
    ("He said that the gallery came down on the early shift.", [None]),
    ("They said that two barges sank in the river.", [None]),
    ("It said that two barges sank in the river.", [None]),
    ("“Nobody was hurt in the accident,” he said.", [None]),
]


@pytest.mark.parametrize(("text", "speakers"), FOLLOWED)
def test_a_pronoun_leads_back_or_is_unknown(text: str, speakers: list[str | None]) -> None:
    """Short forms and pronouns mean the fullest name in the report; where nobody fits, the speaker is unknown."""
    assert [plain(each.speaker) for each in worked(text).statements] == speakers


@pytest.mark.parametrize("pronoun", ["He", "She", "They", "It", "We", "I", "Who"])
@pytest.mark.parametrize(
    "shape",
    [
        "{} said the silo went up at dawn.",
        "“The silo went up at dawn,” {} said.",
        "According to {}, the silo went up at dawn.",
        "An official came. {} told AFP the silo went up at dawn.",
    ],
)
def test_a_pronoun_is_never_a_speaker(pronoun: str, shape: str) -> None:
    """No speaker and no origin is ever a pronoun."""
    pronouns = {"he", "she", "they", "it", "we", "i", "who", "him", "her", "them"}
    for found in worked(shape.format(pronoun)).statements:
        assert (found.speaker or "").casefold() not in pronouns
        assert (found.origin or "").casefold() not in pronouns


@pytest.mark.parametrize(("open_", "close"), [("“", "”"), ('"', '"')])
def test_a_quotation_over_several_paragraphs_keeps_its_speaker(open_: str, close: str) -> None:
    """A paragraph that opens a quotation and leaves it open is said by whoever says the next one."""
    text = (
        f"{open_}The water rose in the night,{close} mayor Ebba Tarn said. {open_}We left with what we had on.\n\n"
        f"{open_}Nobody came to ask how many we were. There were many children.{close}"
    )
    made = worked(text)
    assert {each.speaker for each in made.statements} == {"Ebba Tarn"}
    assert len(made.statements) == 4


def test_a_quotation_that_goes_on_in_the_next_sentence() -> None:
    """Further sentences inside quotation marks keep the speaker; what follows outside them does not."""
    made = worked(
        "“We have nine dead,” harbour master Edrin Sollas told reporters. “The gallery came down.” The terminal is closed."
    )
    assert [each.speaker for each in made.statements] == ["Edrin Sollas", "Edrin Sollas", None]


def test_a_quotation_belongs_to_who_is_named_in_it() -> None:
    """“A. B,” said S, behind words of somebody else: the whole quotation is S's."""
    made = worked(
        "Residents said the crowd made them uneasy. “It was a little odd. There were too many of them,” said Edrin Sollas."
    )
    assert [each.speaker for each in made.statements] == ["Residents", "Edrin Sollas", "Edrin Sollas"]


def test_two_bodies_that_say_one_thing_are_two_statements() -> None:
    """`A and B said` gives a statement to each."""
    made = worked("The Health Ministry and the Tesk Monitoring Network said two barges sank in the river.")
    assert {plain(each.speaker) for each in made.statements} == {"Health Ministry", "Tesk Monitoring Network"}
    assert len(made.statements) == 2


@pytest.mark.parametrize("body", ["Tesk Monitoring Network", "Ministry of Health", "Highland Front"])
def test_a_body_has_one_name_wherever_it_stands(body: str) -> None:
    """An article at the head of a sentence is no part of a name."""
    names = {
        each.origin
        for shape in ("The {} said two barges sank.", "Two barges sank in the river, according to the {}.")
        for each in worked(shape.format(body)).statements
    }
    assert names == {body}


SPANS = [text for text, *_ in [*SAID, *KINDS, *STANCES, *CHAINS, *FOLLOWED]]


@pytest.mark.parametrize("text", SPANS)
def test_spans_of_a_statement_hold_what_is_shown(text: str) -> None:
    """Content, cue and speaker lie inside the report; a speaker's last word stands in its text."""
    made = worked(text)
    for found in made.statements:
        edges = [(found.start, found.end), (found.cue_start, found.cue_end), (found.speaker_start, found.speaker_end)]
        assert all(a is None or (b is not None and 0 <= a < b <= len(text)) for a, b in edges)
        assert found.speaker is None or found.speaker.split()[-1] in made.report.text
        assert found.chain[0] == OUTLET
