"""The schema of a case file, and the steps from each older one; a case made by any release keeps opening.

`MIGRATIONS[n]` takes a case from version n to n + 1 and runs inside one transaction with the new version number.
"""

import sqlite3
from collections.abc import Callable

from headwater.records import RECORDS, Column, Record, columns

SQL_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", list[str]: "TEXT"}


def create_tables(connection: sqlite3.Connection) -> None:
    """Version 0 to 1: one table a record class, and the log of runs."""
    for record in RECORDS:
        connection.execute(table_ddl(record))
    connection.execute("CREATE TABLE done (stage TEXT, report TEXT, made_by TEXT, PRIMARY KEY (stage, report)) WITHOUT ROWID")
    connection.execute("CREATE TABLE runs (stage TEXT PRIMARY KEY, version INTEGER, settings TEXT, inputs TEXT, rows INTEGER) WITHOUT ROWID")
    for record in RECORDS:
        if "report" in {column.name for column in columns(record)}:
            connection.execute(f"CREATE INDEX {record.table}_report ON {record.table} (report)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (create_tables,)


def table_ddl(record: type[Record]) -> str:
    """Return the CREATE TABLE of a record class."""
    return f"CREATE TABLE {record.table} ({', '.join(_column_ddl(column) for column in columns(record))}) WITHOUT ROWID"


def _column_ddl(column: Column) -> str:
    rest = " PRIMARY KEY" if column.name == "id" else "" if column.unknown else " NOT NULL"
    return f'"{column.name}" {SQL_TYPES[column.type]}{rest}'
