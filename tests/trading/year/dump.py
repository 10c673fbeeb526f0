"""Write plain tables of the database as CSV, as they are, and tamper with them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from tests.trading.year.checker import TABLES

IDS = ("id", "_id", "belongs_to", "held_for")


def dump(folder: Path) -> Path:
    """Write each table that the checker reads."""
    folder.mkdir(parents=True, exist_ok=True)
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            write(folder / f"{name}.csv", columns, cursor.fetchall())
    return folder


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow(
                [_text(column, value) for column, value in zip(columns, row, strict=True)]
            )


def _text(column: str, value: Any) -> str:
    """Write a value as both databases have it: SQLite keeps ids and moments as texts."""
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, (UUID, date)):
        return str(value)
    if isinstance(value, str) and len(value) == 32 and column.endswith(IDS):
        return str(UUID(value))
    return str(value)
