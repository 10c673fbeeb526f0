"""Files of batches, and what Label Studio makes of them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

WHEN = "2026-03-31T08:00:00Z"


def items_of(content: bytes) -> list[dict[str, Any]]:
    """Read the tasks of a file of a batch."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found: list[dict[str, Any]] = json.loads(archive.read("tasks.json"))
    return found


def labelled_elsewhere(tasks: list[dict[str, Any]], code: str = "low") -> list[dict[str, Any]]:
    """Return tasks as Label Studio exports them, with one label each."""
    result = {
        "from_name": "label",
        "to_name": "text",
        "type": "choices",
        "origin": "manual",
        "value": {"choices": [code]},
    }
    said = {"completed_by": 7, "created_at": WHEN, "lead_time": 3.2, "result": [result]}
    return json.loads(json.dumps([{**task, "annotations": [said]} for task in tasks]))
