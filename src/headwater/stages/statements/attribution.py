"""Find who says what in the sentences of a report: the model's spans linked, relays unwound, joined speakers told apart.

A sentence without any attribution is the report's own voice, unless it is all content: then a quotation goes on, and its
speaker with it. Where the model marks nothing, the shapes of `grammar.py` are tried.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from headwater.records import Sentence, Span
from headwater.stages.statements import mentions, phrases
from headwater.stages.statements.believed import believable, is_no_statement, tells_nothing
from headwater.stages.statements.cues import NAMED_AFTER
from headwater.stages.statements.grammar import Attribution, by_grammar
from headwater.stages.statements.links import by_sentence, linked
from headwater.stages.statements.names import MADE_OF, modifies
from headwater.stages.statements.posts import posts
from headwater.stages.statements.relays import relayed
from headwater.stages.words import quotations

MOST = 12  # attributions in a sentence; no sentence of prose has more
QUOTED_LONGEST = 900  # characters from a quoted sentence to the words of the one who says it
THAT = re.compile(r"that,?\s+", re.I)
WITH_VERB = re.compile(r"\b(?:" + "|".join(sorted(NAMED_AFTER)) + r")\b", re.I)
PASSIVE_BY = re.compile(r"(?<=by)|\s+by\b")
AND = re.compile(r"and\s")
CLAUSE = re.compile(r"(?:but|while|whereas|although|though|and|as|when|after|before)\s", re.I)
SUBORDINATE = re.compile(
    r"(?:even|only|just|when|while|whereas|as|after|before|if|although|though|since|because|by|in|on|at|during|with|without|despite|amid|following|like|unlike|for|to|from|under|until|unless|once|where)\b",
    re.I,
)
"""how a stretch begins that only says when, where or why of what is attributed behind it"""
NO_SENTENCE = re.compile(r"[;,—–-]|\([^()]*\)\W*$|[^.!]*\?[\"'”’)\s]*$")
"""the end of a list, a note in brackets, a question: none asserts anything"""
SHORTEST = 3  # words of a sentence in the report's own voice
FEW, REST = 7, 0.4
"""words, and share of its sentence, from which what is left beside attributions is a statement of the report's own"""
WORD_BEFORE = re.compile(r"[\w’'.-]{1,80} ?$")
SILENT = re.compile(
    r"\b(?:not|never|declin\w+|refus\w+)\b(?: \w+){0,3}? (?:specify|elaborate|say|give|provide|identify|name|disclose|comment|explain)\b",
    re.I,
)
SHAPED = re.compile(r"\b(?:by|according|quoted|cited)\b", re.I)
SURE_SHAPES = frozenset(["content-passive-by", "content-according-to", "according-to-content", "quoted-as-saying"])


def attributions(text: str, sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[Attribution]:
    """Return the attributions of a report, in order of their sentences."""
    found: list[Attribution] = []
    quoted = quotations(text, sentences[0].start, sentences[-1].end) if sentences else []
    for sentence, marked in by_sentence(sentences, spans):
        here = list(_marked(text, sentence, marked))
        if not here or SHAPED.search(text, sentence.start, sentence.end):
            shaped = [each for each in by_grammar(text, sentence, quoted) if not _withheld(text, each)]
            here += [each for each in shaped if not here or _beside(each, here)]
        here = [each for one in _without_silence(text, here) for each in _each_speaker(text, one)][:MOST]
        here = list(posts(text, sentence, found)) or here
        if not here:
            here = [
                each
                for each in [_without_cue(sentence, quoted, found)]
                if each.speaker or not _is_no_sentence(text, sentence)
            ]
        elif (rest := _rest(text, sentence, here)) is not None:
            here.append(rest)
        found.extend(here)
    return _begun_before(found, quoted)


def _begun_before(found: Sequence[Attribution], quoted: Sequence[tuple[int, int]]) -> list[Attribution]:
    """Give the first sentences of a quotation to the speaker who is named behind it: “A. B,” she said."""
    done, later = list(found), None
    for number in range(len(done) - 1, -1, -1):
        each = done[number]
        if each.speaker is not None and each.cue is not None and each.rule != "quotation-goes-on@1":
            later = each
        elif (
            each.rule in ("own-voice@1", "quotation-goes-on@1")
            and later is not None
            and later.start < each.sentence.end + QUOTED_LONGEST
        ):
            inside = next((q for q in quoted if q[0] <= each.start + 1 and each.end <= q[1] + 1), None)
            if inside and later.start < inside[1] and later.end <= inside[1] + 1:
                done[number] = replace(
                    each,
                    cue=later.cue,
                    speaker=later.speaker,
                    rule="quotation-begins@1",
                    via=later.via,
                    marks=later.marks,
                )
    return done


def _rest(text: str, sentence: Sentence, here: Sequence[Attribution]) -> Attribution | None:
    """What a sentence says beside what it attributes, in the report's own voice, where that is much of it."""
    taken = sorted(
        (min(a for a, _ in spans), max(b for _, b in spans))
        for spans in ([(each.start, each.end), *filter(None, (each.cue, each.speaker))] for each in here)
    )
    free, position = [], sentence.start
    for start, end in (*taken, (sentence.end, sentence.end)):
        if start > position:
            free.append((position, start))
        position = max(position, end)
    start, end = max(free, key=lambda span: span[1] - span[0], default=(0, 0))
    words = text[start:end].split()
    if len(words) < FEW or end - start < REST * (sentence.end - sentence.start):
        return None
    while words and not text[start].isalnum():
        start += 1
    if start > min(a for a, _ in taken) and not CLAUSE.match(text, start):
        return None  # it goes on from what is attributed
    if start < min(a for a, _ in taken) and _only_when_or_where(text[start:end]):
        return None
    if SILENT.search(text, start, end):
        return None  # what a speaker leaves out is no statement of the report's
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,;:—–-"))
    return Attribution(sentence, start, end, None, None, "own-voice-rest@1")


def _only_when_or_where(stretch: str) -> bool:
    """Tell whether every part of a stretch only says when, where or why: "Even on Monday, while taping a talk,"."""
    return all(SUBORDINATE.match(part.strip()) for part in stretch.split(",") if part.strip())


def _is_no_sentence(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence that nobody is said to have said asserts nothing: a question, a credit, the tail of a list."""
    words = re.findall(r"[^\W\d_]+", text[sentence.start : sentence.end])
    return len(words) < SHORTEST or NO_SENTENCE.match(text, sentence.start, sentence.end) is not None


def _withheld(text: str, said: Attribution) -> bool:
    return said.cue is not None and said.speaker is not None and tells_nothing(text, said.cue, said.speaker)


def _marked(text: str, sentence: Sentence, spans: Sequence[Span]) -> Iterator[Attribution]:
    """What the model's spans of a sentence say, one attribution a cue."""
    outer = believable(text, [span for span in spans if span.inside is None])
    links = linked(text, outer)
    for link in links:
        if link.speaker is None or is_no_statement(text, link):
            continue
        speaker = _whole(text, sentence, link.speaker)
        start, end = min(each.start for each in link.contents), max(each.end for each in link.contents)
        if start < speaker[0] < end <= speaker[1]:  # what turned out to be the speaker's is not content
            end = speaker[0]
        start, end = _readable(text, link.cue, start, end)
        said = Attribution(
            sentence,
            start,
            end,
            (link.cue.start, link.cue.end),
            speaker,
            "marked@1",
            marks=tuple(each.id for each in (link.speaker, link.cue, *link.contents)),
        )
        inner = linked(text, [span for span in spans if span.inside in {each.id for each in link.contents}])
        yield from relayed(text, said, [each for each in inner if each.speaker is not None])


def _readable(text: str, cue: Span, start: int, end: int) -> tuple[int, int]:
    """The content as it reads alone: without "that", and with the verb where what is claimed or denied needs it."""
    if that := THAT.match(text, start, end):
        return that.end(), end
    verbs = list(WITH_VERB.finditer(text, cue.start, cue.end))
    if verbs and cue.end <= start <= cue.end + 2:
        return verbs[-1].start(), end
    if verbs and end <= cue.start <= end + 2 and PASSIVE_BY.match(text, cue.end):
        return start, verbs[-1].end()
    return start, end


def _whole(text: str, sentence: Sentence, speaker: Span) -> tuple[int, int]:
    """The speaker's span with the words before it that belong to it: the model sees "state-run" and "al-Norda" as three words."""
    start = speaker.start
    while start > sentence.start and (before := WORD_BEFORE.search(text, sentence.start, start)):
        word = before[0].rstrip()
        apart = before.end() > before.start() + len(word)
        particle = re.match(r"(?:al|el|as|ash|at|az|an)-", text[start : speaker.end])
        if apart and not (MADE_OF.search(word) or modifies(word) or (particle and word[:1].isupper())):
            break
        start = before.start()
    if AND.match(text, start):  # one of the joined speakers was missed
        tokens = phrases.tokens_of(text, sentence.start, start)
        span = phrases.before(tokens, len(tokens))
        start = tokens[span[0]].start if span else start
    return start, speaker.end


def _beside(found: Attribution, here: Sequence[Attribution]) -> bool:
    """Tell whether the grammar finds what the model missed altogether: "the figure of 23 given by the network, which …"."""
    if found.rule.split("@")[0] not in SURE_SHAPES or found.cue is None or found.speaker is None:
        return False
    spans = [span for each in here for span in ((each.start, each.end), each.cue, each.speaker) if span]
    return not any(
        (a < found.cue[1] and found.cue[0] < b) or (a < found.speaker[1] and found.speaker[0] < b) for a, b in spans
    )


def _without_silence(text: str, here: Sequence[Attribution]) -> Iterator[Attribution]:
    """Leave out what a speaker does not say beside what he says: "reported the blast but did not specify its cause"."""
    for each in here:
        silent = each.cue is not None and SILENT.search(text[each.cue[0] : each.cue[1]])
        if not silent or not any(other is not each and other.speaker == each.speaker for other in here):
            yield each


def _each_speaker(text: str, said: Attribution) -> Iterator[Attribution]:
    """One attribution for each of the speakers that a phrase joins."""
    if said.speaker is None:
        yield said
        return
    start, end = said.speaker
    for first, last in mentions.together(text[start:end]):
        yield replace(said, speaker=(start + first, start + last))


def _without_cue(sentence: Sentence, quoted: Iterable[tuple[int, int]], found: Sequence[Attribution]) -> Attribution:
    """A sentence inside a quotation whose speaker was named before, or nobody's words but the report's."""
    last = found[-1] if found else None
    inside = any(a <= sentence.start + 1 and sentence.end <= b + 1 for a, b in quoted)
    if inside and last and last.speaker and sentence.start - last.sentence.end < 4:
        return Attribution(
            sentence, sentence.start, sentence.end, last.cue, last.speaker, "quotation-goes-on@1", last.via, last.marks
        )
    return Attribution(sentence, sentence.start, sentence.end, None, None, "own-voice@1")
