"""Links in: what they lead to goes out as items for cells; what has not changed since the last time is only counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from headwater.intake.crew import Coming
from headwater.intake.errand import LINK_BYTES, Errand
from headwater.intake.items import Came, Item
from headwater.intake.links import Ask, Unchanged, fetch, is_link, normal
from headwater.records import Problem


def fetched(links: Iterable[str], errand: Errand) -> Coming:
    """Yield what the links lead to, in the order in which it comes, each link once; None while nothing comes."""
    asks = (_ask(link, errand) for link in dict.fromkeys(map(normal, links)))
    for found in fetch(asks, errand.settings):
        errand.meter.done += LINK_BYTES if found is not None else 0
        if isinstance(found, Unchanged):
            errand.meter.again += 1
        else:
            yield found


def followed(entries: Sequence[Item], errand: Errand) -> Coming:
    """Yield the pages that a feed's entries lead to; an entry whose page cannot be had is read itself, beside the problem.

    Whatever is no entry, or leads nowhere, passes through. Entries whose page the case has are only counted.
    """
    led = {normal(entry.came.url): entry for entry in entries if _leads(entry) and entry.came and entry.came.url}
    yield from (entry for entry in entries if not _leads(entry))
    new = [link for link in led if not errand.known.has(_as_link(link))]
    errand.meter.again += len(led) - len(new)
    errand.meter.of += LINK_BYTES * len(new)
    for found in fetch((_of_entry(link, led[link]) for link in new), errand.settings):
        errand.meter.done += LINK_BYTES if found is not None else 0
        if isinstance(found, Problem):
            yield found
            yield led[found.thing] if found.thing in led else None
        elif not isinstance(found, Unchanged):
            yield found


def _leads(entry: Item) -> bool:
    return bool(entry.came and entry.came.way == "feed" and entry.came.url and is_link(entry.came.url))


def _as_link(link: str) -> Came:
    return Came(way="link", digest="", url=link)


def _ask(link: str, errand: Errand) -> Ask:
    known = errand.known.validators(link)
    return Ask(link, etag=known.etag, modified=known.modified) if known else Ask(link)


def _of_entry(link: str, entry: Item) -> Ask:
    assert entry.came
    return replace(Ask(link), clues=entry.clues, record=entry.came.record)


