"""What every panel of the pages says about itself: how it knows, and what it cannot tell.

A panel that is not in this table cannot be drawn, and a test fails where one of its two lines is empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel's heading, how it knows what it shows, and what it cannot tell."""

    title: str
    how: str
    cannot: str


PANELS: dict[str, Panel] = {
    "stories": Panel(
        "Stories",
        "Reports whose openings share rare words, names, counts, days and towns are one story; each kind of evidence is a column of its own in the table likenesses.",
        "Late follow-ups that share little wording may stand as stories of their own. A report stands in one story; what a round-up says of others counts there as well.",
    ),
    "facets": Panel(
        "Narrow",
        "Numbers count the stories that fit everything else that is chosen.",
        "Reports without a date, an outlet or a listed place are in none of these values.",
    ),
    "claims": Panel(
        "Claims",
        "Statements that say the same thing are one claim. Its lines are the largest number of statements of which no two share a gatherer or an origin.",
        "Whether a claim is so. And the wording of a claim is that of its clearest statement: others may say a little more or less.",
    ),
    "family": Panel(
        "Family tree",
        "Drawn from shared passages, reworded sentences and credits. Full lines are derivations that are sure, dotted ones only likely; without an arrowhead, which came first cannot be told.",
        "Texts that were rewritten freely and credit nobody, and who copied first where clocks and wording leave it open. Of many copies of one text only the closest pairs are drawn.",
    ),
    "derivations": Panel(
        "Derivations, with their evidence",
        "Each piece of evidence adds to the log-odds that one text comes from the other, or that both come from one; the sum decides.",
        "How a text travelled: by wire, by a colleague or by copying. Only that the words did.",
    ),
    "members": Panel(
        "Reports",
        "Dates are those that came with a report or stand in its text; statements are found by a model and linked by rules.",
        "When a report without a date came out, and whether a date was changed later.",
    ),
    "disputes": Panel(
        "Disputes",
        "Two claims of one story that cannot both hold: numbers that exclude one another, denials, other doers, times, places. A count that the same origin or a later time moved on is an update, not a disagreement.",
        "Who is right. And two claims about different things may stand here when their wording does not tell them apart.",
    ),
    "apart": Panel(
        "Looks alike, kept apart",
        "Reports that share words with this story, and the reason why they are not counted in it.",
        "Whether an editor used one of them as background.",
    ),
    "statements": Panel(
        "Who says it",
        "A model marks speaker, reporting words and content; rules follow the chain from the outlet to the last link that the text names.",
        "Who an unnamed speaker is: it never tries. A chain is as long as the text says, and may be longer.",
    ),
    "against": Panel(
        "Denials, doubts and forecasts",
        "Statements of the same content with another stance. They are counted apart and make no line.",
        "How firmly a denial was meant, beyond its words.",
    ),
    "graph": Panel(
        "Gatherers and origins",
        "Each curve is a statement between who collected it and whose word it is. Names joined by = are one gatherer here, since their texts come from one. Thick curves are the witnesses: no two of them share an end. Filled dots are the fewest names without which no line is left.",
        "Whether two names that nobody ties together are one. At the upper end unknown origins count as different, at the lower end they are left out, and so is a name that could be another’s.",
    ),
    "counted": Panel(
        "How this was counted",
        "A maximum matching of the graph of gatherers and origins, once with everything that is only likely taken for copied, once with none of it.",
        "A single number. Where the two ends differ, the evidence does not say which holds.",
    ),
    "siblings": Panel(
        "Put this right",
        "What you say is kept beside what was worked out, with your name and reason, holds through every later run, and can be taken back.",
        "Whether you are right: a correction is your word, and is shown as that.",
    ),
    "text": Panel(
        "Text",
        "The text as it came, every character of it. Marks show what was found in it; page furniture is greyed, and counts for nothing.",
        "What stood on the page and did not come with the text: pictures, captions in pictures, later edits.",
    ),
    "about": Panel(
        "About this report",
        "As it came with the report, or as its text says, with the words that say so.",
        "Whether an outlet, a name or a date that came with the file is the real one.",
    ),
    "shared": Panel(
        "Shared with other reports",
        "Words that stand in both in one run, or sentences that say one thing in other words. Quotations, an outlet’s own stock and phrases common to many days are told apart.",
        "Where both have it from, unless a derivation or a credit says so.",
    ),
    "versions": Panel(
        "Other versions",
        "Reports of this case that came with the same address, which is compared without www, fragment and tracking words. They are put in order by when they were captured, else by the dates that they give.",
        "Versions that nobody put into the pile, and the order of those that were neither captured nor dated.",
    ),
    "came": Panel(
        "How it came in",
        "Noted when it was fetched, or found in a feed, an archive or a mail. The digest is the SHA-256 of the bytes as they came.",
        "Whether the server shows others the same, and what it showed before.",
    ),
    "told": Panel(
        "What it says of itself",
        "Every value that the page, the server, the feed, the archive or the mail gives. One of each kind is taken, and it is said why.",
        "Whether a page tells the truth of itself: dates are changed afterwards, and bylines are borrowed.",
    ),
    "comparison": Panel(
        "Side by side",
        "Sentences that are counterparts stand beside one another. Tinted words stand in both; underlined ones were altered, added or dropped.",
        "Which of the two came first, unless a derivation says so.",
    ),
    "speakers": Panel(
        "Whose word it is",
        "Whose word a statement rests on, by the fullest name that its report gives; names that a person merged are one.",
        "Whether two spellings are one person, where nobody said so. Unnamed speakers are never taken for one another.",
    ),
    "said": Panel(
        "What they said",
        "Statements of which this name is the speaker or the origin, in the order of days.",
        "What they said to outlets that are not in the pile.",
    ),
    "rests": Panel(
        "Claims with a line from here",
        "Claims in which one of these statements is a witness.",
        "Whether a claim would fall without them: `headwater withdraw` counts that.",
    ),
    "outlets": Panel(
        "Whose text they carry",
        "Reports whose text comes, surely or likely, from another report or from an unseen text that somebody names; the share of words counts what stands in another outlet’s report of the pile.",
        "What an outlet wrote itself: text from a source that is not in the pile and that nobody names looks like its own.",
    ),
    "board": Panel(
        "Disputes board",
        "A row is what is disputed, a column a line (an origin, and through whom it came), a cell what that line says and since when.",
        "Who is right. Lines that carry none of the disputed claims have no column.",
    ),
    "search": Panel(
        "Search",
        "Every word must stand in the row; words in double quotes stand in a row, and a word that ends in * is a beginning.",
        "Other forms and spellings of a word: try a beginning, such as kill*.",
    ),
    "review": Panel(
        "Worth your eyes",
        "Questions whose answer would move most lines come first: the lines of the story were counted again as if each had been answered.",
        "Questions that nobody thought to ask. Only doubtful derivations and names that look alike are asked about.",
    ),
    "corrections": Panel(
        "What people said",
        "What a person said, in the order in which it was said. Of two that are about the same thing the later counts.",
        "Whether a correction is right. What was worked out without it is kept, and comes back when it is taken back.",
    ),
    "problems": Panel(
        "What, and why",
        "Every file or row that became no report, with the code of what went wrong. What came in is reports and problems together.",
        "What stood in them.",
    ),
    "explain": Panel(
        "From here to the characters",
        "The row itself, the rule that made it, the characters at which it points, and the rows that it came from.",
        "Why a model marked what it marked: only how sure it was.",
    ),
}

DATED = {
    "published": "as the text says when it was published",
    "printed": "as printed in the text",
    "updated": "as the text says when it was changed",
    "film": "from the caption of a film",
    "address": "from its address",
    "beside": "as it came with the report",
    "unknown": "nothing says it",
}
"""where a report's date is from, by the rule that found it"""
