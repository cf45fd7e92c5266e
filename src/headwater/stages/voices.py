"""statements, corrections → voices: what a person's corrections make of the speakers, origins and stances of statements.

The machine's own value stays in `statements`; a voice stands beside it. A correction names a speaker or an origin as it is shown,
in one report or in all, and says what to call it: merging two names, renaming one and splitting one off in a report are all that.
Where several fit, the one about a report goes before the one about all, and a later one before an earlier one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from headwater.records import Correction, Statement, Voice, ident
from headwater.settings import Settings
from headwater.stages.words import fold

VERSION = 2
STATEMENTS = """
    SELECT s.*, s.report AS key FROM statements s
    WHERE EXISTS (
        SELECT 1 FROM corrections c
        WHERE c.kind IN ('merge', 'rename', 'split') AND (c.report IS NULL OR c.report = s.report)
            OR c.kind = 'stance' AND c.name = s.id)
"""
CORRECTIONS = """
    SELECT c.*, r.id AS key FROM corrections c JOIN reports r ON c.report IS NULL OR c.report = r.id
    WHERE c.kind IN ('merge', 'rename', 'split')
    UNION ALL SELECT c.*, s.report AS key FROM corrections c JOIN statements s ON s.id = c.name WHERE c.kind = 'stance'
"""


def voices(
    *, statements: Sequence[Statement], corrections: Sequence[Correction], settings: Settings
) -> Iterator[Voice]:
    """Yield the voices of a report's statements that a correction is about."""
    ranked = sorted(
        (each for each in corrections if each.kind != "stance"), key=lambda each: (each.report is None, -each.number)
    )
    stances = {each.name: each for each in sorted(corrections, key=lambda each: each.number) if each.kind == "stance"}
    for statement in statements:
        speaker, one = _corrected(statement.speaker, ranked)
        origin, two = _corrected(statement.origin, ranked)
        stance = stances.get(statement.id)
        used = sorted({each.id for each in (*one, *two, *((stance,) if stance else ()))})
        if used:
            yield Voice(
                id=ident("b", statement.id),
                report=statement.report,
                statement=statement.id,
                speaker=speaker,
                origin=origin,
                origin_named=statement.origin_named or origin != statement.origin,
                stance=stance.into if stance else statement.stance,
                because=used,
            )


def as_heard(statements: Sequence[Statement], voices: Sequence[Voice]) -> list[Statement]:
    """Return the statements with what a person put right about them."""
    heard = {each.statement: each for each in voices}
    return [_with(each, heard[each.id]) if each.id in heard else each for each in statements]


def _with(statement: Statement, voice: Voice) -> Statement:
    return replace(
        statement, speaker=voice.speaker, origin=voice.origin, origin_named=voice.origin_named, stance=voice.stance
    )


def _corrected(name: str | None, ranked: Sequence[Correction]) -> tuple[str | None, list[Correction]]:
    """The name that corrections lead to, one after the other, each at most once; and which were used."""
    used: list[Correction] = []
    while name is not None:
        fits = next((each for each in ranked if each not in used and fold(each.name) == fold(name)), None)
        if fits is None:
            break
        used.append(fits)
        name = fits.into
    return name, used
