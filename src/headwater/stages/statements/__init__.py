"""reports, sentences, credits → statements: who is said to have said what, with which stance, through whom.

`cues.py` holds the words, `phrases.py` reads a noun phrase as a speaker, `attribution.py` finds cue, speaker and content in a
sentence, `speakers.py` gives each speaker one fullest name within the report, `chains.py` follows the ladder from outlet to
origin, `stances.py` reads the stance, `hedges.py` its hedges and its basis, `horizons.py` by when a forecast is to come true. This file runs them over a report.
"""

from collections.abc import Iterator, Sequence

from headwater.records import Credit, Date, Report, Sentence, Span, Statement, ident
from headwater.settings import Settings
from headwater.stages.statements.attribution import attributions
from headwater.stages.statements.chains import Ladder, ladder
from headwater.stages.statements.grammar import Attribution
from headwater.stages.statements.hedges import basis, hedge
from headwater.stages.statements.horizons import horizon
from headwater.stages.statements.speakers import Speaker, resolve
from headwater.stages.statements.stances import stance

VERSION = 26
NOT_ITS_CUE = ("reports-that", "quotation-goes-on", "quotation-begins")
"""rules whose cue says nothing of the stance: who denied one thing asserts the next"""


def statements(
    *,
    reports: Sequence[Report],
    sentences: Sequence[Sentence],
    spans: Sequence[Span],
    credits: Sequence[Credit],
    dates: Sequence[Date],
    settings: Settings,
) -> Iterator[Statement]:
    """Yield the statements of a report, in order; a sentence that attributes nothing is said in the report's own voice."""
    for report in reports:
        ordered = sorted((each for each in sentences if not each.heading), key=lambda each: each.number)
        found = attributions(report.text, ordered, spans)
        resolved = resolve(report.text, found, credits)
        seen: set[str] = set()
        day = next((date.last for date in dates), None)
        before: Ladder | None = None
        for said, who in zip(found, resolved, strict=True):
            links = ladder(report, said, who, credits, others=found, before=before)
            before = links if who.speaker.name else before
            statement = _statement(report, said, who.speaker, links, day)
            if statement.id not in seen:
                seen.add(statement.id)
                yield statement


def _statement(report: Report, said: Attribution, speaker: Speaker, links: Ladder, day: str | None) -> Statement:
    content = report.text[said.start : said.end]
    cue = report.text[said.cue[0] : said.cue[1]] if said.cue else ""
    taken = stance(content, "" if said.rule.startswith(NOT_ITS_CUE) else cue)
    hedged, likelihood = hedge(report.text, said.start, said.end)
    by_when = horizon(content, day) if taken == "forecasts" else None
    return Statement(
        id=ident("s", report.id, said.start, said.end, said.cue, said.speaker),
        report=report.id,
        sentence=said.sentence.id,
        start=said.start,
        end=said.end,
        cue_start=said.cue[0] if said.cue else None,
        cue_end=said.cue[1] if said.cue else None,
        speaker_start=said.speaker[0] if said.speaker else None,
        speaker_end=said.speaker[1] if said.speaker else None,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        basis=basis(content, cue, speaker.name),
        stance=taken,
        hedge_start=hedged[0] if hedged else None,
        hedge_end=hedged[1] if hedged else None,
        likelihood=likelihood,
        horizon_first=by_when[0] if by_when else None,
        horizon_last=by_when[1] if by_when else None,
        chain=links.chain,
        gatherer=links.gatherer,
        gatherer_sure=links.sure,
        origin=links.origin,
        origin_named=links.named,
        rule=said.rule,
        speaker_rule=speaker.rule,
        chain_rule=links.rule,
        because=[said.sentence.id, *said.marks, *links.because],
    )
