"""Readers of the sets whose licence lets trained weights ship: MEANTIME, GUM's free genres, GeoVirus, and the sets of
names.

In: the data folder. Out: plain text in paragraphs (for labelling, or to be counted). Nothing read here is ever written out.
What may be read stands in `licences.csv`; a set whose licence does not allow it stops the reading.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterator
from pathlib import Path

from licences import Licence, free

PROSE = ("news", "interview", "bio", "speech", "voyage", "textbook")
"""genres of GUM that are written, or prepared, as news is; its vlogs and conversations are not"""
NAMED = ("crossner-politics", "wikigold")
"""sets of sentences in which names are marked"""
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")


def geovirus_texts(data: Path) -> list[str]:
    """Wikinews paragraphs, those of one article joined, in file order."""
    free("geovirus")
    articles: dict[str, list[str]] = {}
    for article in ElementTree.parse(data / "place" / "GeoVirus.xml").iter("article"):
        paragraphs = articles.setdefault(article.findtext("source") or "", [])
        paragraphs.append((article.findtext("text") or "").strip())
    return ["\n\n".join(dict.fromkeys(paragraphs)) for paragraphs in articles.values()]


def geovirus_sentences(data: Path) -> Iterator[str]:
    """Sentences of 20 to 400 characters, for comparing encoders."""
    for text in geovirus_texts(data):
        for paragraph in text.split("\n\n"):
            yield from (part for part in SENTENCE_END.split(paragraph) if 20 < len(part) < 400)


def meantime_texts(data: Path) -> list[str]:
    """The 60 English Wikinews articles, words put back into running text, one sentence after another."""
    free("meantime")
    texts = []
    for path in sorted((data / "attribution" / "meantime" / "intra-doc_annotation").glob("*/*.xml")):
        sentences: dict[str, list[str]] = {}
        for token in ElementTree.parse(path).iter("token"):
            sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
        title, *body = (running(words) for words in sentences.values())
        texts.append(f"{title}\n\n{' '.join(body)}")
    return texts


def gum_texts(data: Path, genres: Collection[str] = PROSE) -> list[str]:
    """Documents of GUM of these genres, with their paragraphs."""
    for genre in genres:
        free("gum", genre)
    texts: list[str] = []
    for name in ("en_gum-ud-train.rebuilt.conllu", "en_gum-ud-dev.conllu"):
        for line in (data / "attribution" / "gum" / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("# newdoc id"):
                wanted = line.split("_")[1] in genres
                texts += [""] if wanted else []
            elif wanted and line.startswith("# newpar") and not line.startswith("# newpar_block"):
                texts[-1] += "\n\n"
            elif wanted and line.startswith("# text = "):
                texts[-1] += line.removeprefix("# text = ") + " "
    return [text.strip() for text in texts]


def name_texts(data: Path) -> list[str]:
    """CrossNER politics and Wikigold without their tags: sentences of Wikipedia, eight to a text."""
    for name in NAMED:
        free(name)
    files = (
        "crossner-politics/train.txt",
        "crossner-politics/dev.txt",
        "wikigold/CONLL-format/data/wikigold.conll.txt",
    )
    sentences = []
    for file in files:
        blocks = (data / "names" / file).read_text(encoding="utf-8").split("\n\n")
        rows = ([line.split()[0] for line in block.splitlines() if line.strip()] for block in blocks)
        sentences += [running(words) for words in rows if words and words[0] != "-DOCSTART-"]
    return [" ".join(sentences[start : start + 8]) for start in range(0, len(sentences), 8)]


def running(words: list[str]) -> str:
    """Words with the spaces that print has; straight quotation marks are taken as opening and closing in turn."""
    text, opened, glue = "", False, True
    for word in words:
        word = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}.get(word, word)
        closes = word == '"' and opened
        stuck = glue or closes or re.fullmatch(r"[.,;:!?%)\]”]+|[’']\w{0,2}|n[’']t", word) is not None
        text += word if stuck else " " + word
        if word == '"':
            opened = not opened
        glue = word in "([“$£€" or (word == '"' and opened)
    return text


def texts_used() -> list[Licence]:
    """Return the sets, and the parts of sets, that `free_texts` reads."""
    return [free("geovirus"), free("meantime"), *(free("gum", genre) for genre in PROSE), *map(free, NAMED)]


def free_texts(data: Path) -> list[str]:
    """Everything that a student which ships may learn from."""
    return [*geovirus_texts(data), *meantime_texts(data), *gum_texts(data), *name_texts(data)]
