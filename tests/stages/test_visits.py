"""visits: a round-up's statements count for the claims of the stories that they are about, and the round-up stays where it is."""

from pathlib import Path

from headwater import Case
from headwater.records import Claim, Report, Statement, Story, Tally, Visit
from headwater.subsets import subset
from piles import a_case, write_lines

HOMS = "A car bomb outside a bakery in Homs killed 14 people on Tuesday, the Syrian Observatory for Human Rights said."
AGAIN = "Fourteen people were killed on Tuesday when a car bomb went off outside a bakery in Homs, Syria’s Health Ministry said."
FLOODS = (
    "Floods in Latakia swept away two bridges and closed the coast road, the Syrian governor’s office said on Tuesday.\n\n"
    "Water stood a metre deep in the market, where stallholders carried crates to the upper floors and rowed between the rows. "
    "The harbour was shut, ferries turned round at sea, and fishing boats broke from their moorings during the night.\n\n"
    "Schools stay closed until Thursday, the office said, and lorries with bread wait on the hill above the ring road. "
    "Engineers want to lay a bridge of pontoons as soon as the current slackens, which forecasters do not expect before the weekend. "
    "Orchards along the river lost their blossom, growers said, and the lemon harvest will be half of what it was last spring."
)
ROUND_UP = f"{FLOODS}\n\nElsewhere, a car bomb outside a bakery in Homs killed 14 people on Tuesday, a Syrian army officer said."


def a_pile(folder: Path, **texts: str) -> Case:
    """Read texts as reports of one Tuesday, but for one that is named later."""
    titles = {"h": "Car bomb outside bakery in Homs", "f": "Floods cut coast road in Latakia"}
    rows = [
        {
            "id": name,
            "outlet": f"Paper {name}",
            "title": titles[name[0]],
            "published": "2024-03-12" if "late" not in name else "2024-04-20",
            "text": text,
        }
        for name, text in texts.items()
    ]
    return a_case(folder / "made.headwater", write_lines(folder / "made.jsonl", rows))


def test_a_round_up_counts_for_both_stories_and_stands_in_one(tmp_path: Path) -> None:
    """The toll of the bomb rests on three statements; the story of the bomb has its two reports."""
    with a_pile(tmp_path, h1=HOMS, h2=AGAIN, f1=ROUND_UP, f2=FLOODS) as case:
        names = {each.id: each.name for each in case.store.all(Report)}
        homes = sorted(sorted(names[report] for report in each.reports) for each in case.store.all(Story))
        assert homes == [["f1", "f2"], ["h1", "h2"]]
        assert {names[each.report] for each in case.store.all(Visit)} >= {"f1"}
        said = {each.id: names[each.report] for each in case.store.all(Statement)}
        bomb = next(each.id for each in case.store.all(Story) if "h1" in {names[report] for report in each.reports})
        tolls = [each for each in case.store.all(Claim) if each.story == bomb and each.kind == "killed"]
        assert [{said[each] for each in claim.statements} for claim in tolls] == [{"h1", "h2", "f1"}]
        bombs = [each for each in case.store.all(Claim) if each.story == bomb and each.kind == "means"]
        assert [{said[each] for each in claim.statements} for claim in bombs] == [{"h1", "h2", "f1"}]
        tally = next(each for each in case.store.all(Tally) if each.claim == tolls[0].id)
        assert (tally.reports, tally.lines_max) == (3, 3)
        assert case.verify().faults == ()


def test_who_recalls_it_weeks_later_adds_nothing(tmp_path: Path) -> None:
    """What a report tells of a happening long known is no new evidence for it."""
    with a_pile(tmp_path, h1=HOMS, h2=AGAIN, f_late=ROUND_UP.replace("on Tuesday", "on March 12")) as case:
        assert case.store.all(Visit) == []


def test_corrections_hold_where_a_statement_visits(tmp_path: Path) -> None:
    """A visiting statement that a person takes out counts nowhere."""
    with a_pile(tmp_path, h1=HOMS, h2=AGAIN, f1=ROUND_UP, f2=FLOODS) as case:
        (visit,) = {each.statement for each in case.store.all(Visit)}
        (claim,) = [
            each
            for each in case.store.all(Claim)
            if visit in each.statements and each.kind == "killed" and len(each.statements) == 3
        ]
        case.exclude(visit, reason="the officer was not there")
        tally = next(each for each in case.store.all(Tally) if each.claim == claim.id)
        assert (tally.reports, tally.lines_max) == (2, 2)


def test_a_visitor_makes_no_claim_of_a_story_that_is_gone(tmp_path: Path) -> None:
    """Without its own reports nothing is left of the bomb's story; the round-up's own story still tells of it."""
    with a_pile(tmp_path, h1=HOMS, h2=AGAIN, f1=ROUND_UP, f2=FLOODS) as case:
        names = {each.id: each.name for each in case.store.all(Report)}
        left = frozenset(report for report, name in names.items() if name[0] == "f")
        with subset(case.store, case.settings, reports=left) as small:
            stories = {each.id for each in small.all(Story)}
            assert {each.story for each in small.all(Claim)} == stories
            assert small.all(Visit) == []
