"""The brief as text."""

from collections.abc import Iterator

from headwater.ask import Brief, ClaimBrief, CopyBrief, DisputeBrief, StoryBrief
from headwater.cli.show.plain import dim, heading, inert, lines, many, short, wrapped

SMALLEST = 2  # reports; smaller stories are listed, not told
SHOWN = 6  # disputes, copies and look-alikes of a story; more are counted
TOLD = {
    "doer": "done by",
    "claimed": "claimed by",
    "means": "means:",
    "killed": "killed",
    "wounded": "wounded",
    "displaced": "displaced",
    "arrested": "arrested",
    "abducted": "abducted",
    "missing": "missing",
    "trapped": "trapped",
}
"""how the kind of a claim reads before its value"""
OLDER = "only in an older version · "


def brief(found: Brief) -> str:
    """Return the brief of a case."""
    told = [story for story in found.stories if len(story.reports) >= SMALLEST]
    alone = [story for story in found.stories if len(story.reports) < SMALLEST]
    return "\n".join([*_head(found), *(line for story in told for line in _story(story)), *_alone(alone)])


def _head(found: Brief) -> Iterator[str]:
    unknown = f"{found.undated} undated, {found.unknown_outlets} without outlet"
    yield heading(f"{found.case}: {many(found.reports, 'report')} ({unknown}), {many(len(found.stories), 'story', 'stories')}, "
                  f"{many(found.problems, 'problem')}")  # fmt: skip
    yield dim(
        "Lines count how independently a claim is reported, not whether it is so. `headwater explain` takes any id."
    )
    if found.stale:
        yield f"! these stages are older than the reports: {', '.join(found.stale)}; `headwater run` brings them up to date"
    yield ""


def _story(story: StoryBrief) -> Iterator[str]:
    when = (
        "undated"
        if story.first is None
        else story.first
        if story.first == story.last
        else f"{story.first} to {story.last}"
    )
    outlets = many(story.outlets, "outlet") + (f" and {story.unknown_outlets} unknown" if story.unknown_outlets else "")
    yield heading(f"━━ {short(story.title, 90)}")
    yield dim(f"   {when} · {many(len(story.reports), 'report')} from {outlets} · {story.id}")
    yield from _section("Claimed", [line for claim in story.claims for line in _claim(claim)])
    if story.left_out:
        yield dim(f"     … and {many(story.left_out, 'claim')} more: `headwater claims`")
    yield from _section(
        "Many reports, one line",
        [f"     {short(each.text, 80)} ({many(each.reports, 'report')})" for each in story.one_line],
    )
    yield from _section("Forecast", [f"     {short(each.text, 96)}" for each in story.forecasts])
    yield from _section("Disputed", _cut([_dispute(each) for each in story.disputes]))
    yield from _section("Who copied whom", _cut([_copy(each) for each in story.copies]))
    yield from _section("Stands apart", _cut([f"     {inert(each)}" for each in story.apart]))
    yield ""


def _section(title: str, body: list[str]) -> Iterator[str]:
    if body:
        yield f"   {heading(title)}"
        yield from body


def _cut(body: list[str]) -> list[str]:
    return body if len(body) <= SHOWN else [*body[:SHOWN], dim(f"     … and {len(body) - SHOWN} more")]


def _claim(claim: ClaimBrief) -> Iterator[str]:
    label = f"{lines(claim.lines_min, claim.lines_max)}, {many(claim.reports, 'report')}"
    yield from wrapped(short(claim.text, 200), "     ", f"{label:<27} ")
    others = [
        f"{count} {verb}"
        for count, verb in ((claim.denies, "deny"), (claim.doubts, "doubt"), (claim.forecasts, "forecast"))
        if count
    ]
    value = f"{TOLD.get(claim.kind, claim.kind)} {claim.value} · " if claim.value else ""
    rests = ", ".join(claim.rests_on) or "nobody who asserts it"
    yield from (
        dim(line)
        for line in wrapped(
            f"{value}{OLDER if claim.older else ''}rests on {rests}{''.join(f' · {each} it' for each in others)} · {claim.id}",
            " " * 33,
        )
    )


def _dispute(dispute: DisputeBrief) -> str:
    return f"     {dispute.kind}: {short(dispute.why, 60)} — “{short(dispute.a, 60)}” / “{short(dispute.b, 60)}”"


def _copy(copy: CopyBrief) -> str:
    arrow = {"certain": "from", "likely": "likely from", "undecidable": "shares text with"}[copy.direction]
    if copy.unseen:
        arrow = "from" if copy.direction == "certain" else "likely from"
    share = f", {copy.share:.0%} of it" if copy.share is not None else ""
    parent = f"{copy.parent} (not in the pile)" if copy.unseen else copy.parent
    return f"     {inert(copy.child)} {arrow} {inert(parent)}: {copy.kind}{share}{'' if copy.sure else ', not sure'}"


def _alone(stories: list[StoryBrief]) -> Iterator[str]:
    if stories:
        yield heading(f"━━ {many(len(stories), 'report')} alone in {'its' if len(stories) == 1 else 'their'} story")
        for story in stories[:12]:
            yield f"     {story.first or 'undated':<12}{short(story.title, 80)}"
            for each in story.apart[:2]:
                yield dim(f"     {'':<12}looks like {inert(each)}")
            yield from (f"     {'':<12}forecast: {short(each.text, 84)}" for each in story.forecasts[:2])
        if len(stories) > 12:
            yield dim(f"     … and {len(stories) - 12} more")
