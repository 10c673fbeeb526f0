"""The terms of a jurisdiction: data files, one a place, in `profiles/`."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from django.conf import settings

PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Profile:
    """How long each step may take, in working days, and how long a right is confirmed."""

    reply_workdays: int
    supplement_workdays: int
    decision_workdays: int
    extension_workdays: int
    notice_workdays: int
    notice_counts_first_day: bool
    objection_workdays: int
    longest_validity_years: int
    renewal_months: int


@cache
def profile(jurisdiction: str = "") -> Profile:
    """Load the terms of a jurisdiction; the centre's own when none is named."""
    path = PROFILES / f"{jurisdiction or settings.CENTRE['JURISDICTION']}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Profile(**{field.name: data[field.name] for field in fields(Profile)})
