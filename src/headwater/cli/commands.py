"""The commands: each opens a case, asks one question of the Python API and hands the answer to `show`."""

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import headwater
from headwater.case import Case, take_over
from headwater.cli import show
from headwater.cli.progress import Progress
from headwater.cli.spans import Place, Span
from headwater.corrections import MARKS, STANCES, TEXT_MARKS
from headwater.exports import EVERY
from headwater.records import Problem, Report
from headwater.settings import Settings

CASE = click.argument("case", type=click.Path(dir_okay=False, path_type=Path))
AS_OF = click.option(
    "--as-of", "moment", metavar="TIME", help="Count only what was out by this day or time (ISO 8601)."
)
AUTHOR = click.option("--author", help="Who says so, as you sign.")
REASON = click.option("--reason", help="Why, in your words.")
PORT = 8642
REACH = click.option(
    "--reach",
    multiple=True,
    type=Place(),
    metavar="HOST:PORT",
    help="Let links lead to this place of your own network, such as a mirror.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(headwater.__version__, prog_name="headwater")
def commands() -> None:
    """For every claim in a pile of reports: who says so, through whom, and on how many independent lines of evidence.

    It says how independently a thing is reported, not whether it is so. Nothing is sent anywhere. `--debug` shows the whole error.
    """


@commands.command()
@CASE
@click.argument("paths", nargs=-1, required=True)
@click.option("--follow", is_flag=True, help="Read the pages that feeds’ entries lead to, in place of the entries.")
@click.option("--no-run", is_flag=True, help="Only read; run the stages later.")
@REACH
@JSON
def read(case: Path, paths: tuple[str, ...], follow: bool, no_run: bool, reach: tuple[str, ...], as_json: bool) -> None:
    """Read files, folders and links (`-` is standard input) into CASE and work out what they say.

    Text, pages, mail, PDF, Word, feeds, web archives, JSON Lines, JSON and CSV; a text of nothing but links is fetched. Only links
    that you give are connected to. Reading the same thing again adds nothing; a page that has changed is a new version.
    """
    with headwater.open(case, settings=Settings(reach=reach)) as opened, Progress(as_json=as_json) as progress:
        before = set(opened.store.ids(Problem))
        done = opened.read(*paths, follow=follow, run=not no_run, listen=progress.step)
        news = opened.store.some(Problem, "id", set(opened.store.ids(Problem)) - before)
    _answer(asdict(done), show.reading(done, news, str(case)), as_json=as_json)
    if done.problems and not done.reports:
        sys.exit(1)


@commands.command()
@CASE
@click.argument("feeds", nargs=-1, required=True)
@click.option(
    "--every", type=Span(), default="10m", show_default=True, help="Pause between two looks: 30s, 10m, 2h, 1d."
)
@click.option("--follow", is_flag=True, help="Read the pages that entries lead to, in place of the entries.")
@click.option("--claim", "claims", multiple=True, metavar="ID", help="Watch this claim only; may be given again.")
@click.option("--times", type=click.IntRange(1), help="Look so many times, then end; without it, until Ctrl-C.")
@REACH
@JSON
def watch(
    case: Path,
    feeds: tuple[str, ...],
    every: float,
    follow: bool,
    claims: tuple[str, ...],
    times: int | None,
    reach: tuple[str, ...],
    as_json: bool,
) -> None:
    """Look at FEEDS (or pages) again and again, read what is new into CASE, and say which claims got other lines by it.

    It goes on where it was after any end, asks servers only for what has changed, and what fails less and less often.
    """
    from headwater.watching import watch as watching

    with headwater.open(case, settings=Settings(reach=reach)) as opened, Progress(as_json=as_json) as progress:
        for each in watching(
            opened, feeds, every=every, follow=follow, claims=claims, rounds=times, listen=progress.seen
        ):
            progress.clear()
            click.echo(json.dumps(asdict(each), ensure_ascii=False) if as_json else show.watched(each))


@commands.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--no-run", is_flag=True, help="Only take the rows; run the stages later.")
@JSON
def import_(source: Path, target: Path, no_run: bool, as_json: bool) -> None:
    """Make the new case TARGET of what the file SOURCE holds: for a case that came from somebody else, or that is refused.

    Reports, problems, corrections and how reports came in are taken row by row, each checked; what no run makes becomes a problem.
    Everything else is worked out again. Files beside SOURCE are not looked into, but for a WAL of its own.
    """
    with Progress(as_json=as_json) as progress:
        done = take_over(source, target, run=not no_run, listen=progress.step)
    _answer(asdict(done), show.imported(done), as_json=as_json)


@commands.command()
@CASE
@click.option("--from", "first", metavar="STAGE", help="Run this stage again, and those after it.")
@click.option("--until", "last", metavar="STAGE", help="Stop behind this stage.")
@JSON
def run(case: Path, first: str | None, last: str | None, as_json: bool) -> None:
    """Bring the stages of CASE up to date."""
    with _opened(case) as opened, Progress(as_json=as_json) as progress:
        ran = opened.run(first=first, last=last, listen=progress.step)
    _answer({"ran": ran}, f"ran {', '.join(ran)}" if ran else "everything is up to date", as_json=as_json)


@commands.command()
@JSON
def flow(as_json: bool) -> None:
    """Print the stages, with what each reads and writes."""
    stages = show.stages()
    _answer(stages, show.flow(stages), as_json=as_json)


@commands.command()
@CASE
@click.argument("name")
@click.option("--limit", default=20, show_default=True, help="Rows shown; 0 shows all.")
@JSON
def table(case: Path, name: str, limit: int, as_json: bool) -> None:
    """Show a table of CASE; `headwater flow` names them."""
    with _asked(case) as opened:
        found = opened.table(name)
    rows = found.slice(0, limit or None).to_pylist()
    _answer(rows, show.table(name, rows, found.num_rows), as_json=as_json)


@commands.command()
@CASE
@AS_OF
@JSON
def brief(case: Path, moment: str | None, as_json: bool) -> None:
    """Per story: what is claimed, on how many lines, resting on whom; disputes; who copied whom; what stands apart."""
    with _asked(case) as opened, _then(opened, moment) as seen:
        found = seen.brief()
        every, undated = opened.store.count(Report), opened.brief().undated if moment else 0
    then = f"As of {moment}: {found.reports} of {every} reports, {undated} without a date left out.\n" if moment else ""
    _answer(asdict(found), then + show.brief(found), as_json=as_json)


@commands.command()
@CASE
@click.option("--limit", default=30, show_default=True, help="Claims shown; 0 shows all.")
@AS_OF
@JSON
def claims(case: Path, limit: int, moment: str | None, as_json: bool) -> None:
    """List the claims of CASE, those on most independent lines first."""
    with _asked(case) as opened, _then(opened, moment) as seen:
        found = seen.claims()
    rows = found.slice(0, limit or None).to_pylist()
    _answer(rows, show.claims(rows, found.num_rows), as_json=as_json)


@commands.command()
@CASE
@click.argument("story", required=False)
@AS_OF
@JSON
def tree(case: Path, story: str | None, moment: str | None, as_json: bool) -> None:
    """Draw the family tree of STORY, or of every story with more than one report."""
    with _asked(case) as opened, _then(opened, moment) as seen:
        found = seen.tree(story)
    _answer([asdict(each) for each in found], show.trees(found, every=story is not None), as_json=as_json)


@commands.command()
@CASE
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--outlet", "outlets", multiple=True, help="Withdraw every report of this outlet; may be given again.")
@click.option("--speaker", "speakers", multiple=True, help="Withdraw what this speaker says; may be given again.")
@JSON
def withdraw(
    case: Path, reports: tuple[str, ...], outlets: tuple[str, ...], speakers: tuple[str, ...], as_json: bool
) -> None:
    """Show which claims of CASE would fall or lose lines without a REPORT, an outlet or a speaker. Nothing is deleted."""
    if not (reports or outlets or speakers):
        raise click.UsageError("name a report, an --outlet or a --speaker")
    with _asked(case) as opened:
        found = opened.withdraw(*reports, outlets=outlets, speakers=speakers)
    _answer(asdict(found), show.withdrawal(found), as_json=as_json)


@commands.command()
@CASE
@click.argument("story", required=False)
@JSON
def outline(case: Path, story: str | None, as_json: bool) -> None:
    """Show what texts outside the pile must have said: the sentences that their children in STORY share."""
    with _asked(case) as opened:
        found = opened.outlines(story)
    _answer([asdict(each) for each in found], show.outlines(found), as_json=as_json)


@commands.command()
@CASE
@click.argument("one", metavar="A")
@click.argument("two", metavar="B")
@JSON
def compare(case: Path, one: str, two: str, as_json: bool) -> None:
    """Show reports A and B side by side: copied words in bold, altered words coloured, and how much each has of the other."""
    with _asked(case) as opened:
        found = opened.compare(one, two)
    _answer(asdict(found), show.comparison(found), as_json=as_json)


@commands.command()
@CASE
@click.argument("page", required=False)
@JSON
def versions(case: Path, page: str | None, as_json: bool) -> None:
    """Show what changed in pages that are in CASE in several versions, and which claims only older ones make.

    PAGE is the address of one, or a report by its id or name; without it all are shown.
    """
    with _asked(case) as opened:
        found = opened.versions(page)
    _answer([asdict(each) for each in found], show.versions(found), as_json=as_json)


@commands.command()
@CASE
@click.argument("id_", metavar="ID")
@JSON
def explain(case: Path, id_: str, as_json: bool) -> None:
    """Show the rows, rules and characters that any ID of CASE rests on."""
    with _asked(case) as opened:
        found = opened.explain(id_)
    _answer(asdict(found), show.explanation(found), as_json=as_json)


@commands.command()
@CASE
@click.argument("name")
@click.argument("into")
@AUTHOR
@REASON
@JSON
def merge(case: Path, name: str, into: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the speakers NAME and INTO of CASE are one, called INTO. Every later run keeps to it.

    Two ids of stories or of claims say that these are one.
    """
    with _opened(case) as opened:
        kept, names = opened.merge(name, into, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("name")
@click.argument("into")
@AUTHOR
@REASON
@JSON
def rename(case: Path, name: str, into: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the speaker NAME of CASE is called INTO."""
    with _opened(case) as opened:
        kept = opened.rename(name, into, author=author, reason=reason)
    _answer(asdict(kept), show.correction(kept), as_json=as_json)


@commands.command()
@CASE
@click.argument("name")
@click.argument("report")
@click.argument("into", required=False)
@AUTHOR
@REASON
@JSON
def split(
    case: Path, name: str, report: str, into: str | None, author: str | None, reason: str | None, as_json: bool
) -> None:
    """Say that the speaker NAME of REPORT is another one than the NAME of other reports, called INTO.

    With the id of a story as NAME, REPORT is taken out of it; with the id of a claim, the statement whose id stands for REPORT.
    """
    with _opened(case) as opened:
        kept, names = opened.split(name, report, into, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("one", metavar="A")
@click.argument("two", metavar="B")
@click.argument("kind", type=click.Choice((*MARKS, *TEXT_MARKS)))
@AUTHOR
@REASON
@JSON
def mark(case: Path, one: str, two: str, kind: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say of reports A and B of CASE that A is copied from B, that both are cuts of one text, or that they stand apart.

    With `from` and `not-from` B is the name of a text that is not in the pile: "mark CASE A AFP from".
    """
    with _opened(case) as opened:
        kept = opened.mark(one, two, kind, author=author, reason=reason)
        names = opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("statement")
@click.argument("claim")
@AUTHOR
@REASON
@JSON
def move(case: Path, statement: str, claim: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the STATEMENT of CASE, named by its id, is of this CLAIM."""
    with _opened(case) as opened:
        kept, names = opened.move(statement, claim, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("statement")
@click.argument("stance", type=click.Choice(STANCES))
@AUTHOR
@REASON
@JSON
def stance(case: Path, statement: str, stance: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the STATEMENT of CASE, named by its id, asserts, denies, doubts or forecasts."""
    with _opened(case) as opened:
        kept, names = opened.stance(statement, stance, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("statement")
@AUTHOR
@REASON
@JSON
def exclude(case: Path, statement: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the STATEMENT of CASE, named by its id, counts for no line."""
    with _opened(case) as opened:
        kept, names = opened.exclude(statement, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command(name="own-line")
@CASE
@click.argument("statement")
@AUTHOR
@REASON
@JSON
def own_line(case: Path, statement: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the STATEMENT of CASE, named by its id, is a line of evidence of its own."""
    with _opened(case) as opened:
        kept, names = opened.own_line(statement, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command(name="one-line")
@CASE
@click.argument("one", metavar="A")
@click.argument("two", metavar="B")
@AUTHOR
@REASON
@JSON
def one_line(case: Path, one: str, two: str, author: str | None, reason: str | None, as_json: bool) -> None:
    """Say that the statements A and B of CASE, named by their ids, are one line of evidence."""
    with _opened(case) as opened:
        kept, names = opened.one_line(one, two, author=author, reason=reason), opened.names()
    _answer(asdict(kept), show.correction(kept, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@AUTHOR
@REASON
@JSON
def aliases(case: Path, file: Path, author: str | None, reason: str | None, as_json: bool) -> None:
    """Keep every correction of the alias FILE in CASE: CSV with the columns kind, name, into, report."""
    with _opened(case) as opened:
        kept = opened.aliases(file, author=author, reason=reason)
    _answer([asdict(each) for each in kept], "\n".join(map(show.correction, kept)), as_json=as_json)


@commands.command()
@CASE
@JSON
def corrections(case: Path, as_json: bool) -> None:
    """List what was put right in CASE: who said so, when and why; `undo` takes one back."""
    with _asked(case) as opened:
        found, names = opened.corrections(), opened.names()
    _answer([asdict(each) for each in found], show.corrections(found, names), as_json=as_json)


@commands.command()
@CASE
@click.argument("id_", metavar="ID")
@JSON
def undo(case: Path, id_: str, as_json: bool) -> None:
    """Take the correction ID of CASE back; `headwater corrections CASE` lists them."""
    with _opened(case) as opened:
        kept, names = opened.undo(id_), opened.names()
    _answer(asdict(kept), f"taken back: {show.correction(kept, names)}", as_json=as_json)


@commands.command()
@CASE
@JSON
def problems(case: Path, as_json: bool) -> None:
    """List what could not be read."""
    with _asked(case) as opened:
        rows = opened.problems().to_pylist()
    _answer(rows, show.problems(rows), as_json=as_json)


@commands.command()
@CASE
@JSON
def verify(case: Path, as_json: bool) -> None:
    """Check that CASE is whole and that every stored span holds what is shown from it."""
    with _asked(case) as opened:
        found = opened.verify()
    _answer(asdict(found), show.verdict(found), as_json=as_json)
    if found.faults:
        sys.exit(1)


@commands.command()
@CASE
@click.option(
    "--port",
    default=PORT,
    type=click.IntRange(0, 65535),
    show_default=True,
    help="Port; another one where it is taken, 0 any.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in your browser.")
def serve(case: Path, port: int, open_it: bool) -> None:
    """Show CASE as pages in your browser, on this machine only, until Ctrl-C.

    The address holds a token that is good until then. A run may be working on the case meanwhile.
    """
    from headwater.web import serve as serving  # what only this command needs takes time to import
    from headwater.web import way_in

    server = serving(case, Settings(), port=port)
    click.echo(server.address)
    click.echo("Ctrl-C ends it.", err=True)
    with way_in(server.address) if open_it else nullcontext() as page, suppress(KeyboardInterrupt):
        if page is not None:
            click.launch(str(page))
        server.run()
    click.echo("headwater: stopped; a correction that was being worked in is finished by the next run", err=True)
    os._exit(130)  # at once: what is still at work has nothing to say to anybody


@commands.command()
@CASE
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(EVERY), default="jsonl", show_default=True)
@JSON
def export(case: Path, folder: Path, form: str, as_json: bool) -> None:
    """Write the tables of CASE into FOLDER, one file a table, with a codebook.

    `graphml` and `dot` are the family trees, `html` pages that open from disk without a server.
    """
    with _asked(case) as opened:
        files = opened.export(folder, form=form)
    _answer([str(file) for file in files], f"{len(files)} files in {folder}", as_json=as_json)


@commands.command()
@JSON
def doctor(as_json: bool) -> None:
    """Print versions, processor and threads, and whether the model gives on this machine the answers that came with it.

    Ends with 1 when it does not.
    """
    from headwater.doctor import diagnose  # loads the model, which few commands need

    found = diagnose()
    _answer({**asdict(found), "sound": found.sound}, show.diagnosis(found), as_json=as_json)
    if not found.sound:
        sys.exit(1)


@commands.command()
@click.argument("words", nargs=-1, metavar="[NAME]... [FOLDER]")
@click.option(
    "--data", default="../shared/data", show_default=True, type=click.Path(path_type=Path), help="Where the gold is."
)
@click.option("--gate", is_flag=True, help="Fail when a number is below its floor.")
@click.option(
    "--raise-floors", is_flag=True, help="Raise the floors to what was measured, less a margin; none is lowered."
)
@click.option("--reason", default="measured", show_default=True, help="Why floors that rise stand where they do.")
@click.option("--write", is_flag=True, help="Keep the numbers in `measured.json`, from which docs/quality.md is made.")
@JSON
def measure(
    words: tuple[str, ...], data: Path, gate: bool, raise_floors: bool, reason: str, write: bool, as_json: bool
) -> None:
    """Score every stage, or each NAME, on its gold; with FOLDER, on any folder of the same form.

    `origins` and `world` stand side by side, with the agreement of second readers beside each number.
    """
    from headwater import measure as scorers  # reads gold and trees, which no other command needs

    given = len(words) > 1 and words[-1] not in scorers.NAMES and Path(words[-1]).exists()
    folder = Path(words[-1]) if given else None
    results = (
        tuple(scorers.run_one(name, folder) for name in words[:-1])
        if folder
        else scorers.run(words, data, Path("tests/newsroom"))
    )
    breaches = scorers.gate(results) if gate else ()
    if raise_floors:
        scorers.write_floors(scorers.raised(scorers.read_floors(), results, reason=reason), scorers.FLOORS)
    if write:
        occasion = scorers.today(headwater.__version__, Path())
        scorers.write_measured(scorers.keep(scorers.read_measured(), results, occasion))
    measured = {name for result in results for name in result.numbers}
    answer = {
        "results": [asdict(result) for result in results],
        "ceilings": [asdict(one) for name, one in scorers.read_ceilings().items() if name in measured],
        "breaches": [asdict(breach) for breach in breaches],
    }
    _answer(answer, "\n".join([scorers.table(results), *map(str, breaches)]), as_json=as_json)
    if breaches:
        sys.exit(1)


@commands.command()
@click.argument("name")
@click.argument("bound", type=float)
@click.option("--reason", required=True, help="Why it may be worse than it was; kept beside the floor.")
def lower_floor(name: str, bound: float, reason: str) -> None:
    """Lower the quality floor NAME to BOUND, for a reason that is kept."""
    from headwater import measure as scorers

    scorers.write_floors(scorers.lowered(scorers.read_floors(), name, bound, reason=reason), scorers.FLOORS)
    click.echo(f"{name} is now {bound}: {reason}")


def _opened(case: Path) -> Case:
    """A case that is there, to be changed."""
    return headwater.open(case, create=False)


def _asked(case: Path) -> Case:
    """A case to be asked: its bytes, its time and what lies beside it stay as they are."""
    return headwater.open(case, mode="read")


def _then(case: Case, moment: str | None) -> AbstractContextManager[Case]:
    """The case as it was at a moment, or as it is."""
    return case.as_of(moment) if moment else nullcontext(case)


def _answer(value: Any, text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str) if as_json else text)
