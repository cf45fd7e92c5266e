"""Posts pasted into a text, each with its author, handle and day behind it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from headwater.records import Sentence
from headwater.stages.statements.grammar import Attribution

POST = re.compile(
    r"(?:[—–-]\s{0,9})?(?P<name>[A-Z][\w’'.-]{0,60}(?: [A-Z][\w’'.-]{0,60}){0,4}) \(\s?@?\s?\w{2,20}\s?\)\s+"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\s?,?\s+\d{4}|\d{1,2} \S+ \d{4})"
)
LINK_OF_POST = re.compile(r"(?:https?:\S+|pic\.twitter\.com\S*|twitter\.com\S*)\s*$")
POST_LONGEST = 280  # characters


def posts(text: str, sentence: Sentence, found: list[Attribution]) -> Iterator[Attribution]:
    """Posts pasted into a text, each with its author, handle and day behind it: `C — Name (@handle) February 5, 2015`.

    Sentences before it that nobody else says belong to the post while it stays as short as a post can be.
    """
    position = sentence.start
    for match in POST.finditer(text, sentence.start, sentence.end):
        begin = position
        if position == sentence.start:
            for number in range(len(found) - 1, -1, -1):
                before = found[number]
                if (
                    before.speaker
                    or before.sentence.start < match.start() - POST_LONGEST
                    or "\n" in text[before.end : begin]
                ):
                    break
                found[number] = replace(before, speaker=match.span("name"), rule="post@1")
                begin = before.start
        end = LINK_OF_POST.sub("", text[position : match.start()].rstrip(" —–-")).rstrip()
        if end:
            yield Attribution(sentence, position, position + len(end), None, match.span("name"), "post@1")
        position = match.end()
        while position < sentence.end and text[position].isspace():
            position += 1
