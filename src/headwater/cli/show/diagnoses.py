"""What was found on this machine, as text: a line a fact, and at the end whether the model answers here as it should."""

from collections.abc import Iterator

from headwater.cli.show.plain import heading, inert, many, short
from headwater.doctor import Diagnosis, Processor

UNKNOWN = "unknown: this system does not tell"
WIDTH = 18


def diagnosis(found: Diagnosis) -> str:
    """Return the answer."""
    return "\n".join([*(f"{name:<{WIDTH}}{inert(value)}" for name, value in _facts(found)), "", *_verdict(found)])


def _facts(found: Diagnosis) -> Iterator[tuple[str, str]]:
    yield "Headwater", found.version
    yield "Python", found.python
    yield "system", found.system
    yield "processor", f"{found.processor.name or UNKNOWN} ({found.processor.machine})"
    yield "it has", _features(found.processor)
    count = many(found.processors, "processor") if found.processors else UNKNOWN
    yield "threads", f"{count}, {many(found.workers, 'worker process', 'worker processes')}, 1 thread a model"
    yield "SQLite", found.sqlite
    yield from sorted(found.libraries.items())
    exact = "asked for exactly, since they overflow here" if found.exact_products else "exact as they are"
    yield "products of bytes", exact


def _features(processor: Processor) -> str:
    if processor.features is None:
        return UNKNOWN
    return ", ".join(processor.features) or "none of what the model could use"


def _verdict(found: Diagnosis) -> Iterator[str]:
    sentences = many(found.sentences, "sentence")
    if found.sound:
        yield heading(f"The model gives the stored answers here: {sentences}, to the last bit.")
        return
    yield heading(f"The model answers {len(found.differences)} of {sentences} otherwise than where it was made:")
    for difference in found.differences:
        what = f"{many(difference.tags, 'tag')}, {many(difference.vector, 'component')} of the vector"
        yield f"   {short(difference.text, 60)}: {what if difference.tags or difference.vector else 'only last bits'}"
    yield "Rows made here may differ from those of other machines. Please report this with all lines above."
