"""The search index: words of reports, statements, and names of speakers and outlets, kept as SQLite's FTS5 (unicode61, accents folded).

Renewed at the end of every run, row by row: what is gone is taken out, what is new is put in. The words are a copy kept for speed; what a
search shows is always cut from the report itself. A claim has the words of its clearest statement.
"""

import re
from dataclasses import dataclass

from headwater.store import Store

NAME = "search"
"""under which the log of runs has it"""
MADE_FROM = ("statements", "voices")
"""stages whose rows it holds, beside the reports themselves"""
KINDS = ("report", "claim", "statement", "name")
MOST_WORDS, MOST_LETTERS = 32, 64  # of a search, by hand: nobody types more, and each word costs a pass over the index
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
WORD = re.compile(r"\w+")
WANTED = """
    SELECT 'report' AS kind, id AS its FROM reports UNION ALL SELECT 'statement', id FROM statements
    UNION ALL SELECT 'name', name FROM (
        SELECT DISTINCT speaker AS name FROM statements WHERE speaker NOT NULL AND id NOT IN (SELECT statement FROM voices)
        UNION SELECT DISTINCT origin FROM statements WHERE origin NOT NULL AND id NOT IN (SELECT statement FROM voices)
        UNION SELECT speaker FROM voices WHERE speaker NOT NULL UNION SELECT origin FROM voices WHERE origin NOT NULL
        UNION SELECT DISTINCT outlet FROM reports WHERE outlet NOT NULL)
"""
WORDS = {
    "report": "SELECT a.number, coalesce(r.title, '') || char(10) || r.text FROM added a JOIN reports r ON r.id = a.its",
    "statement": """
        SELECT a.number, substr(r.text, s.start + 1, s."end" - s.start)
        FROM added a JOIN statements s ON s.id = a.its JOIN reports r ON r.id = s.report
    """,
    "name": "SELECT a.number, a.its FROM added a",
}
"""by kind, the words of what is new"""
_FROM = "FROM sought_words f CROSS JOIN sought s ON s.number = f.rowid AND s.kind = '{kind}' {more} WHERE sought_words MATCH ?"
_OF = {kind: ("s.its", _FROM.format(kind=kind, more="")) for kind in KINDS} | {
    "claim": ("c.id", _FROM.format(kind="statement", more="CROSS JOIN claims c ON c.statement = s.its"))
}
"""by kind: the id, and where it is to be had; CROSS makes SQLite begin with the words"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in which the words stand: its kind and its id, or the name itself."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search looks for: words and runs of words, of which one that ends in * is a beginning; and what it leaves out."""

    terms: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def query(self) -> str:
        """The terms as FTS5 reads them: each in double quotes, which none of them holds, so that nothing typed is an operator."""
        return " ".join(f'"{term.rstrip("*")}"*' if term.endswith("*") else f'"{term}"' for term in self.terms)


def renew(store: Store) -> None:
    """Bring the index up to date with the tables."""
    with store.transaction():
        store.change(f"CREATE TEMP TABLE wanted AS {WANTED}")
        store.change("CREATE INDEX temp.wanted_its ON wanted (kind, its)")
        store.change(
            "CREATE TEMP TABLE gone AS SELECT number FROM sought s"
            " WHERE NOT EXISTS (SELECT 1 FROM wanted w WHERE w.kind = s.kind AND w.its = s.its)"
        )
        store.change("DELETE FROM sought_words WHERE rowid IN (SELECT number FROM gone)")
        store.change("DELETE FROM sought WHERE number IN (SELECT number FROM gone)")
        store.change(
            "CREATE TEMP TABLE added AS SELECT kind, its, row_number() OVER (ORDER BY kind, its)"
            " + (SELECT coalesce(max(number), 0) FROM sought) AS number FROM wanted w"
            " WHERE NOT EXISTS (SELECT 1 FROM sought s WHERE s.kind = w.kind AND s.its = w.its)"
        )
        store.change("INSERT INTO sought SELECT number, kind, its FROM added")
        for kind, words in WORDS.items():
            store.change(f"INSERT INTO sought_words (rowid, words) {words} WHERE a.kind = '{kind}'")
        for table in ("added", "gone", "wanted"):
            store.change(f"DROP TABLE {table}")


def size(store: Store) -> int:
    """Return the number of rows that are indexed."""
    return int(store.select("SELECT count(*) AS many FROM sought")[0]["many"])


def find(store: Store, words: str, kind: str, *, most: int) -> list[Hit]:
    """Return the rows of a kind that hold all these words, those that fit best first; words inside double quotes stand in a row."""
    asked = wanted(words).query
    rows = (
        store.select(f"SELECT {_OF[kind][0]} AS its {_OF[kind][1]} ORDER BY f.rank, 1 LIMIT ?", asked, most)
        if asked
        else []
    )
    return [Hit(kind, row["its"]) for row in rows]


def count(store: Store, words: str, kind: str) -> int:
    """Return in how many rows of a kind all these words stand."""
    asked = wanted(words).query
    return int(store.select(f"SELECT count(*) AS many {_OF[kind][1]}", asked)[0]["many"]) if asked else 0


def wanted(words: str) -> Wanted:
    """Return the terms that a search takes: distinct ones, of so many words of so many letters in all; the rest is left out."""
    taken, left_out, room = list[str](), list[str](), MOST_WORDS
    for term in dict.fromkeys(run or word for run, word in TERM.findall(words.replace("\x00", ""))):
        inside = WORD.findall(term[: (MOST_LETTERS + 1) * MOST_WORDS])
        if not inside:
            continue
        if len(inside) > room or len(term) > MOST_LETTERS * len(inside) or max(map(len, inside)) > MOST_LETTERS:
            left_out.append(term)
            continue
        taken.append(term)
        room -= len(inside)
    return Wanted(tuple(taken), tuple(left_out))
