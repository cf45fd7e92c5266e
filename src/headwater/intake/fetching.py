"""Links in: what they lead to goes out as items for cells; what has not changed since the last time is only counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from headwater.intake.crew import Coming
from headwater.intake.errand import LINK_BYTES, Errand
from headwater.intake.items import Came, Item
from headwater.intake.links import Ask, Links, Unchanged, is_link, normal
from headwater.records import Problem


def fetched(links: Iterable[str], errand: Errand, net: Links) -> Coming:
    """Yield what the links lead to, in the order in which it comes, each link once; None while nothing comes."""
    every = list(dict.fromkeys(map(normal, links)))
    new = [link for link in every if not errand.known.fresh(link)]
    errand.meter.again += len(every) - len(new)
    errand.meter.done += LINK_BYTES * (len(every) - len(new))
    for found in _heard((_ask(link, errand) for link in new), errand, net):
        if isinstance(found, Unchanged):
            errand.meter.again += 1
        else:
            yield found


def followed(entries: Sequence[Item], errand: Errand, net: Links) -> Coming:
    """Yield the pages that a feed's entries lead to; entries whose page cannot be had are read themselves, beside the problem.

    Whatever is no entry, or leads nowhere, passes through. Entries whose page the case has are only counted, and so are those beyond
    what is followed at once: the next time they are new still.
    """
    led = defaultdict[str, list[Item]](list)
    for entry in entries:
        if entry.came and entry.came.url and _leads(entry):
            led[normal(entry.came.url)].append(entry)
        else:
            yield entry
    new = [link for link, its in led.items() if not errand.known.has(_as_link(link, its[0]))]
    errand.meter.again += len(led) - len(new)
    most = errand.settings.follow_most
    errand.meter.left += max(0, len(new) - most)
    errand.meter.of += LINK_BYTES * len(new[:most])
    for found in _heard((_of_entry(link, led[link][0]) for link in new[:most]), errand, net):
        if isinstance(found, Problem):
            yield found
            yield from led.get(found.thing, ())
        elif not isinstance(found, Unchanged):
            yield found


def _heard(asks: Iterable[Ask], errand: Errand, net: Links) -> Iterator[Item | Problem | Unchanged | None]:
    """Yield what asks end as, and note what the servers said."""
    for found in net.fetch(asks):
        errand.meter.done += LINK_BYTES if found is not None else 0
        if isinstance(found, Item) and found.came and found.came.url:
            errand.heard.answered[found.came.url] = found.came
        elif isinstance(found, Unchanged):
            errand.heard.same.append(found.ask.url)
        elif isinstance(found, Problem):
            errand.heard.failed.append(found)
        yield found


def _leads(entry: Item) -> bool:
    return bool(entry.came and entry.came.way == "feed" and entry.came.url and is_link(entry.came.url))


def _as_link(link: str, entry: Item) -> Came:
    """How the page would have come, had it been fetched after the entry was last changed."""
    told = {clue.field: clue.value for clue in entry.clues if clue.place == "feed"}
    return Came(way="link", digest="", url=link, at=told.get("modified") or told.get("published"))


def _ask(link: str, errand: Errand) -> Ask:
    known = errand.known.validators(link)
    return Ask(link, etag=known.etag, modified=known.modified) if known else Ask(link)


def _of_entry(link: str, entry: Item) -> Ask:
    assert entry.came
    return replace(Ask(link), clues=entry.clues, record=entry.came.record)
