"""How fast the pages come on a large case: seconds on the server and bytes over the wire, for each view, once cold and then the median.

In: a case file that `headwater read` made. Out: a table on standard output.

    python bench/pages.py big.headwater
"""

import argparse
import gzip
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headwater import ask
from headwater.pages import Served, Shell, render
from headwater.settings import Settings
from headwater.store import Store
from headwater.web.views import VIEWS, Request

TIMES = 5


@dataclass(frozen=True)
class Took:
    """One view: milliseconds of the first answer, the median of the later ones, bytes as they are and compressed."""

    view: str
    first: float
    median: float
    plain: int
    wire: int


def measure(case: Path) -> Iterator[Took]:
    """Yield what each view takes."""
    settings = Settings()
    for name, (names, values) in _asked(case, settings).items():
        view, seconds, html = VIEWS[name], [], ""
        for _ in range(TIMES + 1):
            since = time.perf_counter()
            html = _answer(case, settings, name, names, values)
            seconds.append(time.perf_counter() - since)
        body = html.encode()
        yield Took(
            view.template or name,
            1000 * seconds[0],
            1000 * statistics.median(seconds[1:]),
            len(body),
            len(gzip.compress(body, 6)),
        )


def first_view(case: Path) -> str:
    """Answer what a browser asks for first."""
    return _answer(case, Settings(), "stories", (), {})


def _answer(case: Path, settings: Settings, name: str, names: tuple[str, ...], values: dict[str, str]) -> str:
    """What the server does for one request: open the case, ask, render."""
    view = VIEWS[name]
    with Store(case, create=False, only_read=True) as store, store.at_one_moment():
        request = Request(store, settings, names, values)
        page = view.page(request)
        shell = Shell(case=case.name, view=name, title=view.title(page))
        return render(view.template or name, shell, Served(), page=page, **view.more(request, page))


def _asked(case: Path, settings: Settings) -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
    """The heaviest address of each view: the story of most reports, its best claim, the speaker of most reports."""
    with Store(case, create=False, only_read=True) as store:
        story = ask.story_list(store, settings, ask.Asked()).stories[0].id
        page = ask.story_page(store, story)
        speaker, outlet = ask.speakers(store).speakers[0].name, ask.outlets(store).outlets[0].name
    pair = next((edge for edge in page.tree.edges if not edge.parent.startswith("unseen:")), None)
    asked: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
        "stories": ((), {}),
        "story": ((story,), {}),
        "claim": ((page.claims[0].id,), {}),
        "report": ((page.members[0].id,), {}),
        "speakers": ((), {}),
        "speaker": ((), {"name": speaker}),
        "outlets": ((), {}),
        "outlet": ((), {"name": outlet}),
        "disputes": ((), {}),
        "search": ((), {"q": "killed"}),
        "review": ((), {}),
    }
    return asked | ({"compare": ((pair.child, pair.parent), {})} if pair else {})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    case = parser.parse_args().case
    print(f"{'view':<10}{'first, ms':>11}{'then, ms':>10}{'kB':>8}{'kB wire':>9}")
    for each in measure(case):
        print(
            f"{each.view:<10}{each.first:>11.0f}{each.median:>10.0f}{each.plain / 1000:>8.0f}{each.wire / 1000:>9.1f}"
        )


if __name__ == "__main__":
    main()
