"""reports, likenesses, corrections → neighbourhoods: connected components of the joined pairs and those that a person joined, by passing the smallest id along."""

from collections.abc import Callable

import pyarrow as pa

from headwater.settings import Settings

VERSION = 3
EDGES = """
    WITH joined AS (SELECT a, b FROM likenesses WHERE joined UNION SELECT c.name, c."into" FROM corrections c WHERE c.kind = 'one-story')
    SELECT a AS here, b AS there FROM joined UNION ALL SELECT b, a FROM joined
"""

NAMED = "SELECT 'h-' || substr(md5(report), 1, 16) AS id, report, label AS neighbourhood FROM labels ORDER BY id"


def neighbourhoods(*, sql: Callable[..., pa.Table], settings: Settings) -> pa.Table:
    """Return the neighbourhood of every report; `sql` runs a select over the tables and any Arrow tables it is given by name."""
    labels = sql("SELECT id AS report, id AS label FROM reports ORDER BY id")
    while True:
        step = f"""
            WITH edges AS ({EDGES})
            SELECT l.report, least(l.label, coalesce(min(n.label), l.label)) AS label
            FROM labels l LEFT JOIN edges e ON e.here = l.report LEFT JOIN labels n ON n.report = e.there
            GROUP BY l.report, l.label ORDER BY l.report"""
        following = sql(step, labels=labels)
        if following.column("label").equals(labels.column("label")):
            break
        labels = following
    return sql(NAMED, labels=labels)
