"""Where stages run. An engine answers five calls over the tables of a case:

    put(record, rows)            keep rows
    get(record)                  all rows of a table, as Arrow
    groups(inputs)               rows that share a key; `digests` tells which have changed
    group(body, groups, …)       a function over them: rows in, records out
    sql(select)                  joining and counting, in; Arrow, out

Written means materialised: what `put` has returned from is on disk, and no function runs twice because a later step reads it.
The local engine (DuckDB for joins, processes for functions) is the default; a distributed one keeps the same contract.
"""

from headwater.engines.local import Groups, LocalEngine

__all__ = ["Groups", "LocalEngine"]
