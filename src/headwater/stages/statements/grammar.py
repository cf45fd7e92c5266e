"""Find cue, speaker and content in a sentence by the shapes of news English, where the model marks nothing.

Shapes, in the order in which they are tried on each sentence:
    according to S, C  ·  C according to S  ·  S was quoted as saying C  ·  N quoted S as saying C
    "C" said S  ·  "C," S said  ·  C S said  ·  S said (that) C  ·  S V (accused, blamed, denied …) C  ·  S put the toll at C
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.records import Sentence
from headwater.stages.statements import phrases
from headwater.stages.statements.cues import CUES, NAMED_AFTER, NOUN_TOO, PASSIVE, SPEECH_NEEDS_CONTENT
from headwater.stages.statements.phrases import CLAUSE_STARTS, Token

Span = tuple[int, int]
CLOSING = frozenset('”"»')
BEING = frozenset("is are was were be been being".split())
FEW = 4  # words; a shorter remainder is an aside ("on Tuesday"), not content
SELDOM_SAY = frozenset(
    """called calls asked responded demanded demands counted counts recorded observed documented described describes
    believed believes thought thinks hoped hopes feared fears expects expected anticipates anticipated pointed urged
    appealed briefed informed posted recalled questioned questions replied""".split()
)
"""verbs that report where the model says so; without it they mostly do something else: police called an ambulance"""
MOST = 12  # attributions in a sentence; no sentence of prose has more, and a page of cues must not cost their square
TOLL = re.compile(
    r"\b(?:put(?:s|ting)?|gave|gives|raised|lowered|revised|set)\b(?= (?:the |a |its |their )?(?:\w+ ){0,2}(?:toll|number|figure|count|total|estimate)\b)"
)
COUNTING = re.compile(
    r"\b(?:counts|counted|tallied|recorded|documented|registered)\b(?= (?:(?:at least|at most|more than|up to|about|some|over|nearly|only) )?"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|hundreds of) (?:[a-z-]+ ){0,2}?"
    r"(?:dead|killed|deaths|dying|victims|fatalities|casualties|bodies|wounded|injured|missing|people|civilians|fighters|soldiers)\b)"
)
"""who counts the dead, or the living, says how many there are"""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement as found in the text: spans only, nothing resolved yet."""

    sentence: Sentence
    start: int
    end: int
    cue: Span | None
    speaker: Span | None
    rule: str
    via: tuple[Span, ...] = ()
    """those who relay the speaker's words, from the outlet's side: the agency in "the agency quoted a source as saying" """
    marks: tuple[str, ...] = ()
    """ids of the model's spans that it came from"""


def by_grammar(text: str, sentence: Sentence, quoted: Sequence[Span]) -> Iterator[Attribution]:
    """Yield the attributions of a sentence that the shapes find."""
    tokens = phrases.tokens_of(text, sentence.start, sentence.end)
    free = [n for n, t in enumerate(tokens) if not any(a < t.start and t.end < b for a, b in quoted)]
    found: list[Attribution] = []
    for index in free:
        if len(found) >= MOST:
            break
        if any(a.cue and a.cue[1] > tokens[index].start for a in found):
            continue
        made = (
            _according(sentence, tokens, index)
            or _quoted_as(sentence, tokens, index)
            or _said(text, sentence, tokens, index)
        )
        if made:
            found.extend(_one_each(text, tokens, made))
    yield from _without_overlap(text, found)


def _according(sentence: Sentence, tokens: list[Token], index: int) -> Attribution | None:
    """`according to S`, at either end of the sentence."""
    if tokens[index].folded != "according" or index + 2 >= len(tokens) or tokens[index + 1].folded != "to":
        return None
    span = phrases.after(tokens, index + 2)
    if span is None:
        return None
    cue = (tokens[index].start, tokens[index + 1].end)
    speaker = (tokens[span[0]].start, tokens[span[1] - 1].end)
    rest = _content_after(tokens, span[1])
    if index >= FEW and index >= len(tokens) - span[1]:
        return Attribution(sentence, sentence.start, _end_before(tokens, index), cue, speaker, "content-according-to@1")
    if rest is not None:
        return Attribution(sentence, tokens[rest].start, _sentence_end(tokens), cue, speaker, "according-to-content@1")
    return None


def _quoted_as(sentence: Sentence, tokens: list[Token], index: int) -> Attribution | None:
    """`S was quoted as saying C`, and `N quoted S as saying C`, where N relays and S speaks."""
    if tokens[index].folded not in {"quoted", "cited", "quotes", "cites"}:
        return None
    saying = next(
        (
            n
            for n in range(index + 1, min(len(tokens) - 2, index + 18))
            if tokens[n].folded == "as" and tokens[n + 1].folded in {"saying", "telling"}
        ),
        None,
    )
    if saying is None:
        return None
    span = phrases.before(tokens, index) if saying == index + 1 else phrases.after(tokens, index + 1)
    rest = _content_after(tokens, saying + 2)
    if span is None or rest is None:
        return None
    cue = (tokens[index].start, tokens[saying + 1].end)
    return Attribution(
        sentence,
        tokens[rest].start,
        _sentence_end(tokens),
        cue,
        (tokens[span[0]].start, tokens[span[1] - 1].end),
        "quoted-as-saying@1",
    )


def _said(text: str, sentence: Sentence, tokens: list[Token], index: int) -> Attribution | None:
    token = tokens[index]
    counting = COUNTING.match(text, token.start, sentence.end)
    toll = counting or TOLL.match(text, token.start, sentence.end)
    if (passive := _by_agent(sentence, tokens, index)) is not None:
        return passive
    if (token.folded not in CUES or token.folded in SELDOM_SAY) and not toll:
        return None
    if token.folded in NOUN_TOO and not counting and not _is_verb(tokens, index):
        return None
    if index and tokens[index - 1].folded in BEING:  # one person is reported to be in hospital
        return None
    front = phrases.before(tokens, index)
    back = (
        phrases.after(tokens, index + 1)
        if token.folded in {"said", "says", "told", "added", "wrote", "reported"}
        else None
    )
    if front is not None and not _who_clause(tokens, front):
        return _speaker_first(sentence, tokens, index, front, strict=token.folded in SPEECH_NEEDS_CONTENT)
    if back is not None and index >= FEW - 1 and tokens[index].folded != "told":
        return _cue_first(sentence, tokens, index, back)
    return None


def _by_agent(sentence: Sentence, tokens: list[Token], index: int) -> Attribution | None:
    """`The attack was claimed by S`: what was claimed is the sentence up to the verb."""
    if tokens[index].folded not in PASSIVE or index + 2 >= len(tokens) or tokens[index + 1].folded != "by" or index < 2:
        return None
    span = phrases.after(tokens, index + 2)
    if span is None:
        return None
    speaker = (tokens[span[0]].start, tokens[span[1] - 1].end)
    return Attribution(
        sentence,
        sentence.start,
        tokens[index].end,
        (tokens[index].start, tokens[index + 1].end),
        speaker,
        "content-passive-by@1",
    )


def _is_verb(tokens: list[Token], index: int) -> bool:
    """`reports` and `claims` are verbs when a capitalised name stands before and no noun's company behind."""
    if index == 0 or not tokens[index - 1].capital or tokens[index - 1].folded == "united":
        return False
    following = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    return following in {"", ".", "that", "the", ",", "a", "an", "it", "its"} or index + 1 == len(tokens)


def _who_clause(tokens: list[Token], span: Span) -> bool:
    return span[1] - span[0] == 1 and tokens[span[0]].folded == "who"


def _speaker_first(
    sentence: Sentence, tokens: list[Token], index: int, front: Span, *, strict: bool
) -> Attribution | None:
    """The speaker stands before the verb; the content follows it, or stood before the speaker."""
    front = _from_closing_quote(tokens, front)
    cue, speaker = (tokens[index].start, tokens[index].end), (tokens[front[0]].start, tokens[front[1] - 1].end)
    rest = _content_after(tokens, _behind_addressee(tokens, index + 1))
    starts_clause = (
        front[0] == 0
        or tokens[front[0] - 1].folded in CLAUSE_STARTS
        or tokens[front[0] - 1].text in {";", ":", "(", "—", "–"}
    )
    closes_quote = front[0] > 0 and tokens[front[0] - 1].text in {"”", '"', "»", "’"}
    comma = front[0] > 0 and tokens[front[0] - 1].text == ","
    after_count = len(tokens) - rest if rest is not None else 0
    before_count = sum(t.word for t in tokens[: front[0]])
    if (
        before_count >= FEW
        and (closes_quote or not starts_clause)
        and (not comma or after_count < 2 * FEW or closes_quote)
    ):
        end = _sentence_end(tokens) if after_count > 2 * FEW and not closes_quote else _end_before(tokens, front[0])
        return Attribution(sentence, sentence.start, end, cue, speaker, "content-speaker-verb@1")
    if rest is None or after_count < (FEW if strict else 2):
        if before_count >= FEW:
            return Attribution(
                sentence, sentence.start, _end_before(tokens, front[0]), cue, speaker, "content-speaker-verb@1"
            )
        return None
    if tokens[index].folded in NAMED_AFTER and rest == index + 1:  # what is claimed or denied reads only with its verb
        rest = index
    return Attribution(sentence, tokens[rest].start, _sentence_end(tokens), cue, speaker, "speaker-verb-content@1")


def _from_closing_quote(tokens: list[Token], front: Span) -> Span:
    """`… finished,” harbour master Edrin Sollas said`: what stands between quotation and verb is all the speaker."""
    for position in range(front[0] - 1, max(-1, front[0] - 6), -1):
        if tokens[position].text in CLOSING:
            return (position + 1, front[1]) if all(t.word for t in tokens[position + 1 : front[0]]) else front
        if not tokens[position].word or tokens[position].folded in CLAUSE_STARTS:
            return front
    return front


def _cue_first(sentence: Sentence, tokens: list[Token], index: int, back: Span) -> Attribution:
    cue, speaker = (tokens[index].start, tokens[index].end), (tokens[back[0]].start, tokens[back[1] - 1].end)
    return Attribution(sentence, sentence.start, _end_before(tokens, index), cue, speaker, "content-verb-speaker@1")


def _behind_addressee(tokens: list[Token], start: int) -> int:
    """Skip whom it was told to and when: `told AFP on Tuesday that`."""
    position = start
    if start > 0 and tokens[start - 1].folded in {"told", "tells", "informed", "briefed"}:
        span = phrases.after(tokens, start)
        position = span[1] if span else start
    while (
        position < len(tokens)
        and tokens[position].folded
        in phrases.DAYS
        | {
            "on",
            "late",
            "early",
            "by",
            "via",
            "phone",
            "telephone",
            "internet",
            "earlier",
            "also",
            "in",
            "a",
            "statement",
            "and",
        }
        and position - start < 9
    ):
        if tokens[position].folded in {"in", "a", "and"} and not any(
            t.folded == "statement" for t in tokens[position : position + 3]
        ):
            break
        position += 1
    return position


def _content_after(tokens: list[Token], start: int) -> int | None:
    """Return the token at which content begins at or after `start`, past "that" and marks; None when nothing is left."""
    position = start
    while position < len(tokens) and (
        tokens[position].folded == "that" or tokens[position].text in {",", ":", "-", "–", "—", "’", ")"}
    ):
        position += 1
    words = sum(token.word for token in tokens[position:])
    figure = any(token.text[0].isdigit() for token in tokens[position:])
    return position if words >= 2 or figure else None


def _end_before(tokens: list[Token], index: int) -> int:
    end = index - 1
    while end > 0 and (tokens[end].text in {",", "-", "–", "—"} or tokens[end].folded in {"and"}):
        end -= 1
    return tokens[max(end, 0)].end


def _sentence_end(tokens: list[Token]) -> int:
    end = len(tokens) - 1
    while end > 0 and tokens[end].text in {".", ",", ";"}:
        end -= 1
    return tokens[end].end


def _one_each(text: str, tokens: list[Token], made: Attribution) -> list[Attribution]:
    """Two bodies joined by "and" said it: one attribution each."""
    assert made.speaker is not None
    inside = [t for t in tokens if made.speaker[0] <= t.start < made.speaker[1]]
    for position, token in enumerate(inside):
        left, right = inside[:position], inside[position + 1 :]
        if (
            token.folded == "and"
            and left
            and right
            and phrases.role(left[-1])
            and phrases.role(right[-1])
            and "of" not in {t.folded for t in left}
        ):
            spans = ((left[0].start, left[-1].end), (right[0].start, right[-1].end))
            return [Attribution(made.sentence, made.start, made.end, made.cue, span, made.rule) for span in spans]
    return [made]


def _without_overlap(text: str, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield attributions of a sentence; one whose content only repeats an earlier one's, or is a word and no figure, is left out."""
    kept: list[Attribution] = []
    for each in found:
        twin = any((k.start, k.end) == (each.start, each.end) and k.speaker == each.speaker for k in kept)
        if not twin and not (each.cue and _words(each) < 2 and not text[each.start].isdigit()):
            kept.append(each)
    yield from kept


def _words(each: Attribution) -> int:
    return (each.end - each.start) // 4
