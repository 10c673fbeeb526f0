"""The procedures of a jurisdiction: data files, one a procedure, in `profiles/`.

`CN.json` is the default of jurisdiction CN, `CN-….json` its others. A file more is a procedure
more: claimants can choose it for the kinds of data that it names.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Profile:
    """How long each step may take, in working days, and how long a right is confirmed.

    `titles` names the procedure by language code, `source` is its legal text. `asset_kinds` are the
    kinds of data it is for; none means all. `duty_rights` are the rights that data collected in
    statutory duty can be registered with; none means not at all. Of the kinds of registration,
    `notice_kinds` are those that are published before they are confirmed; `evidence` names what
    each of the others needs that rests on a certificate, beside what was shown for that.
    """

    name: str
    titles: dict[str, str]
    source: str
    asset_kinds: tuple[str, ...]
    duty_rights: tuple[str, ...]
    reply_workdays: int
    supplement_workdays: int
    decision_workdays: int
    extension_workdays: int
    notice_workdays: int
    notice_counts_first_day: bool
    objection_workdays: int
    objection_notice_workdays: int
    longest_validity_years: int
    renewal_months: int
    notice_kinds: tuple[str, ...]
    evidence: dict[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """Name the procedure in the reader's language, else in English."""
        return self.titles.get(get_language() or "en", self.titles["en"])

    def is_for(self, asset_kind: str) -> bool:
        """Return whether data of a kind can be registered by this procedure."""
        return not self.asset_kinds or asset_kind in self.asset_kinds


def default_procedure() -> str:
    """Name the default procedure of the centre's jurisdiction."""
    return str(settings.CENTRE["JURISDICTION"])


def profile(procedure: str = "") -> Profile:
    """Load a procedure; the centre's default when none is named."""
    return _loaded(PROFILES / f"{procedure or default_procedure()}.json")


def procedures(asset_kind: str = "") -> list[Profile]:
    """Return the procedures of the centre's jurisdiction, the default first.

    `asset_kind` leaves out those that are not for data of that kind.
    """
    default = default_procedure()
    others = sorted(path.stem for path in PROFILES.glob(f"{default}-*.json"))
    found = [profile(name) for name in (default, *others)]
    return [each for each in found if not asset_kind or each.is_for(asset_kind)]


@cache
def _loaded(path: Path) -> Profile:
    data = json.loads(path.read_text(encoding="utf-8"))
    lists = {field: tuple(data[field]) for field in ("asset_kinds", "duty_rights", "notice_kinds")}
    evidence = {kind: tuple(needed) for kind, needed in data["evidence"].items()}
    return Profile(name=path.stem, **(data | lists | {"evidence": evidence}))
