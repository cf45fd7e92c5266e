"""One report made by hand, and what each stage of its own makes of it, without a case."""

from dataclasses import dataclass

from headwater.intake.items import make_report
from headwater.records import Credit, Date, Opening, Reading, Report, Sentence, Span, Statement, Text
from headwater.settings import Settings
from headwater.stages.credits import credits
from headwater.stages.dates import dates
from headwater.stages.openings import openings
from headwater.stages.readings import readings
from headwater.stages.sentences import sentences
from headwater.stages.spans import spans
from headwater.stages.statements import statements
from headwater.stages.texts import texts

SETTINGS = Settings(workers=1)


@dataclass(frozen=True)
class Worked:
    """A report with the rows that the stages of one report make of it."""

    report: Report
    texts: list[Text]
    dates: list[Date]
    sentences: list[Sentence]
    credits: list[Credit]
    spans: list[Span]
    statements: list[Statement]
    readings: list[Reading]
    openings: list[Opening]

    def of(self, row: Text | Sentence | Credit | Statement | Reading) -> str:
        """Return the characters that a row points at."""
        return self.report.text[row.start : row.end]


def a_report(
    text: str,
    *,
    name: str = "made",
    outlet: str | None = "Osrin Post",
    published: str | None = None,
    title: str | None = None,
) -> Report:
    """Return a report; its outlet is one that no list knows."""
    return make_report(name=name, text=text, outlet=outlet, published=published, title=title)


def worked(
    text: str,
    *,
    name: str = "made",
    outlet: str | None = "Osrin Post",
    published: str | None = None,
    title: str | None = None,
) -> Worked:
    """Run the stages of one report over a text, in the order of the flow."""
    report = a_report(text, name=name, outlet=outlet, published=published, title=title)
    one, its_texts = [report], list(texts(reports=[report], settings=SETTINGS))
    its_dates = list(dates(reports=one, texts=its_texts, settings=SETTINGS))
    its_sentences = list(sentences(reports=one, texts=its_texts, settings=SETTINGS))
    its_credits = list(credits(reports=one, texts=its_texts, settings=SETTINGS))
    its_spans = list(spans(reports=one, sentences=its_sentences, settings=SETTINGS))
    its_statements = list(
        statements(
            reports=one,
            sentences=its_sentences,
            spans=its_spans,
            credits=its_credits,
            dates=its_dates,
            settings=SETTINGS,
        )
    )
    its_readings = list(readings(reports=one, statements=its_statements, dates=its_dates, settings=SETTINGS))
    its_openings = list(
        openings(
            reports=one,
            sentences=its_sentences,
            statements=its_statements,
            readings=its_readings,
            dates=its_dates,
            settings=SETTINGS,
        )
    )
    return Worked(
        report,
        its_texts,
        its_dates,
        its_sentences,
        its_credits,
        its_spans,
        its_statements,
        its_readings,
        its_openings,
    )
