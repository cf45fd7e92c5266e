"""reports → texts: what each stretch of a report is: body, heading, dateline, credit, caption, or page furniture.

Nothing is removed. The stretches cover the report, later stages read only the kinds that they are about, and every offset
stays one into the text as it came. Furniture is kept because it can be evidence ("Original Source: …").

`lines.py` judges pages pasted as text line by line, `pages.py` holds what parts of a page say, `ends.py` finds what is glued to the
first and the last sentence, `printed.py` how dates are printed.
"""

from collections.abc import Iterator, Sequence

from headwater.records import Report, Text, ident
from headwater.settings import Settings
from headwater.stages.texts.ends import trim_end, trim_start
from headwater.stages.texts.lines import judged_lines
from headwater.stages.texts.stretches import joined

VERSION = 7


def texts(*, reports: Sequence[Report], settings: Settings) -> Iterator[Text]:
    """Yield the stretches of a report, in order; they touch and cover it."""
    for report in reports:
        stretches = trim_end(report.text, trim_start(report, judged_lines(report)))
        for stretch in joined(stretches):
            yield Text(
                id=ident("t", report.id, stretch.start, stretch.end),
                report=report.id,
                start=stretch.start,
                end=stretch.end,
                kind=stretch.kind,
                rule=stretch.rule,
            )
