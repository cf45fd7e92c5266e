"""readings: numbers, bounds and deeds, by one-line cases; a number whose role is unclear is not read."""

import pytest

from handmade import worked
from headwater.stages.doings import led_back, spelt
from headwater.stages.readings import bound_of, number_of
from headwater.stages.readings.actors import named


def read(text: str, *kinds: str) -> list[tuple[str, str | None, str | None]]:
    """Return kind, value and bound of the readings of these kinds."""
    return sorted(
        {(each.kind, each.value, each.bound) for each in worked(text).readings if each.kind in kinds}, key=str
    )


COUNTS = [
    ("The blast killed 23 people.", [("killed", "23", "exactly")]),
    ("The blast killed nine people in the port.", [("killed", "9", "exactly")]),
    ("The blast killed at least nine people.", [("killed", "9", "at least")]),
    ("The blast killed more than 40 people.", [("killed", "40", "at least")]),
    ("The blast killed about 40 people.", [("killed", "40", "about")]),
    ("The blast killed up to 40 people.", [("killed", "40", "at most")]),
    ("The blast killed nearly 1,200 people.", [("killed", "1200", "about")]),
    ("Twenty-one people died in the explosion.", [("killed", "21", "exactly")]),
    ("Twenty three people were killed.", [("killed", "23", "exactly")]),
    ("Dozens of people were killed.", [("killed", "24", "vaguely")]),
    ("A dozen people were killed.", [("killed", "12", "exactly")]),
    ("The shelling left several dozen dead.", [("killed", "24", "vaguely")]),
    (
        "The death toll as gathered from the hospitals and clinics of the suburbs east of the river was 213.",
        [("killed", "213", "exactly")],
    ),
    ("Two hundred people were killed.", [("killed", "200", "exactly")]),
    ("Fourteen people are now known to have died.", [("killed", "14", "exactly")]),
    (
        "Nine dockers were killed and 40 people were wounded.",
        [("killed", "9", "exactly"), ("wounded", "40", "exactly")],
    ),
    ("Nine people were killed and 40 wounded.", [("killed", "9", "exactly"), ("wounded", "40", "exactly")]),
    (
        "The explosion killed at least nine people and injured more than 40.",
        [("killed", "9", "at least"), ("wounded", "40", "at least")],
    ),
    (
        "The silo exploded, killing 11 dockers and injuring more than 30.",
        [("killed", "11", "exactly"), ("wounded", "30", "at least")],
    ),
    ("The death toll rose to 26 on Friday.", [("killed", "26", "exactly")]),
    ("The toll stands at 14.", [("killed", "14", "exactly")]),
    ("Six soldiers were injured in the attack.", [("wounded", "6", "exactly")]),
    ("17 bodies lay in the corridor.", []),
    ("Some 4,000 people left the valley.", []),
    ("The army shelled three towns in 2021.", []),
    ("He was killed in 2015.", []),
    ("Two silos burned for 12 hours.", []),
    ("The police hold 21 names.", []),
    ("The war has injured 1.9 million others.", []),
    ("At least 73 civilians, mostly women and children, were killed.", [("killed", "73", "at least")]),
    (
        "The blast killed 16 people and wounded another 40 in the town.",
        [("killed", "16", "exactly"), ("wounded", "40", "exactly")],
    ),
    ("A bomber killed 16 and wounded 40 Tuesday.", [("killed", "16", "exactly"), ("wounded", "40", "exactly")]),
    ("The hospital received the bodies of 44 victims.", [("killed", "44", "exactly")]),
    ("It counted three deaths.", [("killed", "3", "exactly")]),
    ("More than 30,000 people have died since the war began in 2017.", []),
    ("The blast left one of the five gates of the dam damaged.", []),
    ("The blast left 40 windows broken.", []),
    ("The drought claimed two harvests.", []),
    ("No one was killed.", []),
    ("A 25-year-old man was shot to death in his car.", [("killed", "1", "exactly")]),
    ("A docker was wounded by glass.", []),
    ("A girl was critically wounded.", [("wounded", "1", "exactly")]),
    ("A man was killed and three others were injured.", [("killed", "1", "exactly"), ("wounded", "3", "exactly")]),
    ("A man was killed and a woman was killed.", []),
    ("The blast injured three adults and an 11-year-old child.", []),
    ("Two men and three women were injured.", []),
    ("A girl and two boys were injured.", [("wounded", "2", "at least")]),
    ("The driver and 30 passengers were killed.", [("killed", "30", "at least")]),
    ("12 people were killed and a child was wounded.", [("killed", "12", "exactly"), ("wounded", "1", "exactly")]),
    (
        "Twelve people were killed and three children were injured.",
        [("killed", "12", "exactly"), ("wounded", "3", "exactly")],
    ),
    ("A man injured several people with a knife.", []),
    ("A soldier killed protesters in the square.", []),
    ("The officer shot dead a dog.", []),
    ("A docker died in hospital.", []),
    ("A worker later died in hospital.", [("killed", "1", "exactly")]),
    ("So far this year 47 people have been killed in the port.", []),
    ("Four people were killed in a string of attacks on barges.", []),
    ("Six people were injured in two separate shootings.", []),
    ("No one was hurt in the blast.", []),
]


OTHERS = [
    ("The fighting displaced 12,000 people.", "displaced", "12000", "exactly", "people"),
    ("At least 40 civilians were displaced by the flood.", "displaced", "40", "at least", "civilians"),
    ("About 600 civilians fled on foot.", "displaced", "600", "about", "civilians"),
    ("Police arrested nine students.", "arrested", "9", "exactly", "students"),
    ("Some 30 fighters were captured at the bridge.", "arrested", "30", "about", "fighters"),
    ("The group kidnapped eight soldiers.", "abducted", "8", "exactly", "soldiers"),
    ("Nineteen miners’ wives said that 19 workers are still missing.", "missing", "19", "exactly", "workers"),
    ("More than 40,000 residents are trapped in the town.", "trapped", "40000", "at least", "residents"),
]
NO_QUANTITY = [
    "The blast destroyed three buildings and people were still missing.",
    "The police captured one of the principals of the group.",
    "The army captured 12 villages.",
    "Nearly 200 000 civilians are trapped.",
    "The war displaced 1.9 million people.",
    "The fighting displaced 500 families.",
]


@pytest.mark.parametrize(("text", "kind", "value", "bound", "unit"), OTHERS, ids=[each[0] for each in OTHERS])
def test_how_many_were_displaced_arrested_abducted_missing_or_trapped(
    text: str, kind: str, value: str, bound: str, unit: str
) -> None:
    """Number, bound and who was counted."""
    found = [each for each in worked(text).readings if each.kind == kind]
    assert [(each.value, each.bound, each.unit) for each in found] == [(value, bound, unit)]


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_what_is_no_number_of_people_is_refused(text: str) -> None:
    """Parts of numbers, villages and families are no people."""
    assert read(text, "displaced", "arrested", "abducted", "missing", "trapped") == []


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[each[0] for each in COUNTS])
def test_how_many_were_killed_or_wounded(text: str, expected: list[tuple[str, str, str]]) -> None:
    """A number is read by its role, with its bound; figures of other roles, years and background are not."""
    assert read(text, "killed", "wounded") == expected


DEEDS = [
    ("The Free Water Brigade claimed responsibility for the blast.", [("claimed", "Free Water Brigade")]),
    ("The army blamed the Highland Front for the blast.", [("doer", "Highland Front")]),
    ("Police said the shells were fired by the Highland Front.", [("doer", "Highland Front")]),
    ("Police said that the Highland Front was behind the explosion.", [("doer", "Highland Front")]),
    ("Police said on Monday evening that the Highland Front was behind the explosion.", [("doer", "Highland Front")]),
    ("Police said the Highland Front was responsible.", [("doer", "Highland Front")]),
    ("A statement said ISIS was behind the explosion.", [("doer", "Islamic State")]),
    ("Two barges sank in the river.", []),
]


@pytest.mark.parametrize(("text", "expected"), DEEDS, ids=[each[0] for each in DEEDS])
def test_who_claims_it_and_who_is_blamed(text: str, expected: list[tuple[str, str]]) -> None:
    """The doer is named without article and without the words around the name."""
    assert [(kind, value) for kind, value, _ in read(text, "claimed", "doer")] == expected


NUMBERS = [
    ("0", 0), ("7", 7), ("1,200", 1200), ("1.200.000", 1200000), ("nine", 9), ("Nineteen", 19), ("twenty-one", 21), ("ninety nine", 99),
    ("a dozen", 12), ("two dozen", 24), ("a hundred", 100), ("three hundred", 300), ("dozens", 24), ("hundreds", 200), ("many", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_numbers(text: str, number: int | None) -> None:
    """Digits and number words give their number; a vague plural the least that it allows; other words none."""
    assert number_of(text) == number


@pytest.mark.parametrize("number", range(1, 100))
def test_every_number_word_below_a_hundred(number: int) -> None:
    """Number words and digits agree."""
    small = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    word = small[number] if number < 20 else tens[number // 10 - 2] + (f"-{small[number % 10]}" if number % 10 else "")
    assert number_of(word) == number
    assert read(f"The blast killed {word} people.", "killed") == [("killed", str(number), "exactly")]


@pytest.mark.parametrize(
    ("phrase", "number", "bound"),
    [
        (None, "9", "exactly"),
        ("at least", "9", "at least"),
        ("More than", "9", "at least"),
        ("about", "9", "about"),
        ("up to", "9", "at most"),
        ("less than", "9", "at most"),
        (None, "dozens", "vaguely"),
    ],
)
def test_bounds(phrase: str | None, number: str, bound: str) -> None:
    """The words before a number say whether it is exact, a floor, a ceiling or a guess."""
    assert bound_of(phrase, number) == bound


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("the Highland Front", "Highland Front"),
        ("Highland Front militants", "Highland Front"),
        ("ISIL", "Islamic State"),
        ("Daesh", "Islamic State"),
    ],
)
def test_group_names_meet(name: str, plain: str) -> None:
    """Spellings of one group become one name."""
    assert named(name) == plain


ACTORS = [
    ("government forces", "government"),
    ("Ardavian warplanes", "Ardavian government"),
    ("Syrian regime forces", "Syrian government"),
    ("Russian warplanes", "Russian government"),
    ("the forces of President Ode Marr", "government"),
    ("Marr’s army", "government"),
    ("US-led coalition", "US-led coalition"),
    ("the international coalition", "coalition"),
    ("rebel fighters", "rebels"),
    ("unidentified gunmen", "gunmen"),
    ("Free Syrian Army", "Free Syrian Army"),
    ("Kurdish forces", "Kurdish forces"),
    ("Tuesday", None),
    ("the blast", None),
]


@pytest.mark.parametrize(("phrase", "name"), ACTORS)
def test_who_acts_has_one_name(phrase: str, name: str | None) -> None:
    """A state's arms are its government, those who bear arms go by the usual noun, a name stays a name, a thing is nobody."""
    assert named(phrase) == name


DONE = [
    ("Government forces shelled the market on Monday.", [("doer", "government")]),
    ("The market was shelled by government forces.", [("doer", "government")]),
    ("Nine people died in Russian air strikes on the market.", [("doer", "Russian government")]),
    ("Nine people died in air strikes by the US-led coalition.", [("doer", "US-led coalition")]),
    ("The Highland Front executed two lock keepers.", [("doer", "Highland Front (execution)")]),
    ("A fighter from the Highland Front killed the lock keeper.", [("doer", "Highland Front")]),
    ("Nine dockers were killed in northern Syria.", []),
    ("The army used chlorine in the valley.", [("doer", "government"), ("means", "chlorine")]),
    ("The army used the bridge at night.", []),
    ("A suicide bomber blew himself up in a car bomb attack.", [("means", "car bomb"), ("means", "suicide bomber")]),
    ("Syrian fighter jets bombed the harbour.", [("doer", "Syrian government")]),
    ("The army has repeatedly shelled the harbour.", []),
    ("The army is responsible for the shelling and other attacks.", []),
    ("The Highland Front has used mortars before.", []),
    ("The army shelled the harbour in the past 24 hours.", [("doer", "government")]),
    ("The blast was claimed by the Highland Front.", [("claimed", "Highland Front")]),
]


@pytest.mark.parametrize(("text", "expected"), DONE, ids=[each[0] for each in DONE])
def test_who_did_it_and_with_what(text: str, expected: list[tuple[str, str]]) -> None:
    """The words beside the verb or the weapon name the doer; who suffers it, and where, do not."""
    assert [(kind, value) for kind, value, _ in read(text, "doer", "claimed", "means")] == expected


def test_the_doers_of_a_story_lead_back_to_one_name_each() -> None:
    """Bare government and coalition are the story's own, a coalition's leader is the coalition, spellings meet."""
    told = "government,Syrian government,coalition,US-led coalition,American government,Russian government"
    back = led_back([*told.split(","), "Jaysh al-Islam", "Jaish al-Islam", "Jaish al-Islam", "Syrian government"])
    assert back["government"] == "Syrian government"
    assert back["coalition"] == back["American government"] == "US-led coalition"
    assert back["Jaysh al-Islam"] == "Jaish al-Islam"
    assert back["Russian government"] == "Russian government"


def test_whose_government_is_meant_is_the_country_that_is_named_most_or_open() -> None:
    """A foreign air force that is told of does not turn the government into its own; two countries named alike leave it open."""
    words = ["syria", "syrian", "damascus", "syria", "russian", "bomb"]
    assert led_back(["government", "Russian government"], words)["government"] == "Syrian government"
    assert led_back(["government", "Russian government"], ["syria", "russian"])["government"] == "government"
    assert led_back(["government"])["government"] == "government"
    assert led_back(["government"], ["turkish", "border", "shell"])["government"] == "government"


@pytest.mark.parametrize(
    ("one", "two"),
    [("Hasakah", "Hassakeh"), ("Jaish al-Islam", "Jaysh al Islam"), ("US-led coalition", "U.S.-led coalition")],
)
def test_spellings_out_of_another_script_are_one(one: str, two: str) -> None:
    """Vowels, doubled letters and articles differ between spellings; consonants do not."""
    assert spelt(one) == spelt(two)


@pytest.mark.parametrize("text", [text for text, *_ in [*COUNTS, *DEEDS]])
def test_every_statement_tells_something_definite_or_an_event(text: str) -> None:
    """A statement has one event where it tells no toll and no doer, else none; a reading's span lies inside its statement."""
    made = worked(text)
    said = {each.id: each for each in made.statements}
    events = [each.statement for each in made.readings if each.kind == "event"]
    definite = {each.statement for each in made.readings if each.kind not in ("event", "means")}
    assert sorted({*events, *definite}) == sorted(said)
    assert not set(events) & definite
    assert len(events) == len(set(events))
    assert all(
        said[each.statement].start <= each.start < each.end <= said[each.statement].end for each in made.readings
    )
