"""How ids and spans are shown to people: names of reports, the words of a statement."""

import re

from headwater.records import Claim, Report, Statement
from headwater.store import Store

REPORT_ID = re.compile(r"report (r-[0-9a-f]{16})")


class Shown:
    """Look-ups over one case, read once for one answer."""

    def __init__(self, store: Store) -> None:
        self.reports = {report.id: report for report in store.all(Report)}
        self.statements = {statement.id: statement for statement in store.all(Statement)}
        self.claims = {claim.id: claim for claim in store.all(Claim)}

    def name(self, report: str) -> str:
        """Return the id that a report came with, behind its outlet where that is known."""
        its = self.reports[report]
        return f"{its.outlet} {its.name}" if its.outlet else its.name

    def words(self, report: str, start: int, end: int) -> str:
        """Return a span of a report on one line."""
        return " ".join(self.reports[report].text[start:end].split())

    def content(self, statement: str) -> str:
        """Return the words of a statement's content."""
        its = self.statements[statement]
        return self.words(its.report, its.start, its.end)

    def gatherer(self, label: str) -> str:
        """Return the label of a gatherer or origin with report ids replaced by names."""
        return REPORT_ID.sub(
            lambda m: f"whoever wrote {self.name(m.group(1))}" if m.group(1) in self.reports else m.group(), label
        )
