"""The tables of the store (SQLAlchemy Core), as the newest migration leaves them.

Events and issues are never changed: triggers of the migration refuse it, whoever asks.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

HEAD: Final = "0001"
"""The newest migration in `migrations/versions`."""

metadata = MetaData()

sequences = Table(
    "sequences",
    metadata,
    Column("letter", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
"""The last number given out for each letter and year."""

issues = Table(
    "issues",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("definition", Text, nullable=False),
    Column("issued_on", Text, nullable=False),
    Column("document", Text, nullable=False),
)
"""One row for each issue; `document` is its versioned JSON (`documents.dump_issue`)."""

events = Table(
    "events",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("issue", Text, ForeignKey("issues.id"), index=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("once", Text, unique=True),
    Column("data", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Append-only; `once` is null or unlike all others; `data` is JSON."""
