"""How ids and spans are shown to people: names of reports, the words of a statement."""

import re

from headwater.records import Claim, Correction, Derivation, Reading, Report, Statement, Version
from headwater.store import Store

QUOTED = 60  # characters of a statement that stand for it
REPORT_ID = re.compile(r"report (r-[0-9a-f]{16})")


def called(outlet: str | None, name: str) -> str:
    """Return what people call a report: the id that it came with (an address without its scheme), behind its outlet where that is known."""
    short = name.removeprefix("https://").removeprefix("http://")
    return f"{outlet} {short}" if outlet else short


def numbered(name: str, version: Version | None) -> str:
    """Return the name of a report with the number of its version, where it is one of several that came under one name."""
    return f"{name} (version {version.number})" if version and version.number else name


class Shown:
    """Look-ups over one case, read once for one answer."""

    def __init__(self, store: Store) -> None:
        self.reports = {report.id: report for report in store.all(Report)}
        self.statements = {statement.id: statement for statement in store.all(Statement)}
        self.versions = {version.report: version for version in store.all(Version)}
        self.claims = {claim.id: claim for claim in store.all(Claim)}

    def name(self, report: str) -> str:
        """Return the id that a report came with, behind its outlet where that is known."""
        its = self.reports[report]
        return numbered(called(its.outlet, its.name), self.versions.get(report))

    def one_page(self, derivation: Derivation) -> bool:
        """Tell whether both ends of a derivation are versions of one page."""
        child, parent = (self.versions.get(each or "") for each in (derivation.child, derivation.parent))
        return child is not None and parent is not None and child.page == parent.page

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


def names(store: Store) -> dict[str, str]:
    """Return what people call what corrections are about: reports by outlet and name, statements and readings by their first words."""
    shown = Shown(store)
    meant = {each for kept in store.all(Correction) for each in (kept.name, kept.into)}
    statements = {each.id: each.statement for each in store.all(Reading) if each.id in meant}
    statements |= {each: each for each in meant if each in shown.statements}
    quoted = {each: f"“{shown.content(statement)[:QUOTED]}”" for each, statement in statements.items()}
    return quoted | {report: shown.name(report) for report in shown.reports}
