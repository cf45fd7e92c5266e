"""Take the pictures of the pages in docs/screens: the seven main views of the newsroom, at the width of a desk and of a phone.

python docs/screens.py
"""

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import headwater
from headwater import Case, ask
from headwater.web import Serving, serve

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
WIDTHS = {"desk": 1400, "phone": 390}
TALLEST = 1800  # pixels; what stands below is more of the same


def views(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the seven views with their addresses: the story of most reports, its best claim, its closest pair."""
    story = ask.story_list(case.store, case.settings, ask.Asked()).stories[0].id
    page = ask.story_page(case.store, story)
    pairs = [edge for edge in page.tree.edges if not edge.parent.startswith("unseen:")]
    pair = max(pairs, key=lambda edge: (edge.share or 0) if (edge.share or 0) < 1 else 0)
    yield "stories", "/"
    yield "story", f"/story/{story}"
    yield "claim", f"/claim/{page.claims[0].id}"
    yield "comparison", f"/compare/{pair.child}/{pair.parent}"
    yield "report", f"/report/{pair.child}"
    yield "disputes", "/disputes"
    yield "outlets", "/outlets"


def take(browser: Browser, server: Serving, wanted: dict[str, str]) -> None:
    """Write one PNG a view and width."""
    for size, width in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": 900}, device_scale_factor=1)
        page.goto(server.address)
        for name, address in wanted.items():
            page.goto(f"http://127.0.0.1:{server.port}{address}")
            tall = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
            clip = {"x": 0, "y": 0, "width": width, "height": tall}
            page.screenshot(path=str(SCREENS / f"{name}-{size}.png"), full_page=True, clip=clip)


def main() -> None:
    """Read the newsroom, serve it, and take the pictures."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("there is no Chromium here: `make browser` installs Debian's")
    SCREENS.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        path = Path(place) / "newsroom.headwater"
        with headwater.open(path) as case:
            case.read(ROOT / "tests" / "newsroom" / "reports")
            wanted = dict(views(case))
        server = serve(path, headwater.Settings())
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            take(browser, server, wanted)
            browser.close()


if __name__ == "__main__":
    main()
