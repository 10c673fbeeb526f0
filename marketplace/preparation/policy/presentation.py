"""Relabelled columns in words and on a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from desensitize.detectors import DETECTORS
from desensitize.detectors.cleaning import as_text, cleaned
from desensitize.policy import ColumnRule, Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Refusal
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.presentation import (
    Labels,
    certainty_of,
    evidence_of,
    kind_label,
)
from marketplace.preparation.mask.words import chosen_in_words, mask_label
from marketplace.preparation.policy.models import (
    MaskingPolicy,
    Relabelling,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.policy.relabelling import relabellings_of
from marketplace.preparation.version.forms import LookForm
from marketplace.preparation.version.models import LookReason
from marketplace.preparation.version.selectors import look_in_force
from marketplace.preparation.version.values import BATCH_ROWS, MOST_SHOWN_ROWS
from marketplace.vault.services import open_stored

# A few values of one column, cut short, by which a second person judges what it is.
#
# Of that column alone, so that no two values of a person stand beside each other.

MOST_ROWS = 1_000_000
LONGEST = 16
NUMBER = re.compile(r"(\d{3})(\d{2,})")
MAILBOX = re.compile(r"(\S)[^\s@]*@")


@dataclass(frozen=True)
class Examples:
    """Values that show what was found, cut short; `problem` says why there are none."""

    values: tuple[str, ...]
    problem: str = ""


def examples_of(row: Relabelling, version: DatasetVersion) -> Examples:
    """Return up to five different values of a relabelled column, those that were found first.

    Where values say nothing, because the header spoke or they lie too far down, they are the first
    ones. The caller has checked that the actor confirms the column or may see the source.
    """
    if version.raw_destroyed_at is not None:
        return Examples((), _("The raw data was destroyed, so that no values can be shown."))
    found, first = _Different(), _Different()
    detector = DETECTORS.get(row.kind or str(row.evidence_parameters.get("kind", "")))
    read = 0
    try:
        with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
            for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=[row.column]):
                values = cleaned(as_text(pl.DataFrame(batch).to_series())).drop_nulls()
                first.add(values)
                read += batch.num_rows
                if detector is not None:
                    found.add(values.filter(detector.found_within(values)))
                if detector is None or found.is_full or read >= MOST_ROWS:
                    break
    except Refusal as refusal:
        return Examples((), refusal.sentence)
    return Examples(found.shown or first.shown)


def cut_short(value: str) -> str:
    """Return so much of a value as tells what it is, and not whose: numbers lose their ends."""
    hidden = NUMBER.sub(lambda run: run[1] + "•" * len(run[2]), value)
    hidden = MAILBOX.sub(r"\1•••@", hidden)
    return hidden if len(hidden) <= LONGEST else hidden[: LONGEST - 1] + "…"


class _Different:
    """The first different values that were seen."""

    def __init__(self) -> None:
        self._values: dict[str, None] = {}

    def add(self, values: pl.Series) -> None:
        for value in values.unique(maintain_order=True).head(2 * MOST_SHOWN_ROWS).to_list():
            if not self.is_full:
                self._values[cut_short(value)] = None

    @property
    def is_full(self) -> bool:
        return len(self._values) >= MOST_SHOWN_ROWS

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(self._values)


@dataclass(frozen=True)
class Agreed:
    """Who agreed, by their function, and when."""

    station: str
    label: str
    at: datetime


@dataclass(frozen=True)
class RoleInWords:
    """A relabelled column as a page or an answer shows it."""

    row: Relabelling
    agreed: tuple[Agreed, ...]
    examples: Examples | None = None

    @property
    def column(self) -> str:
        return self.row.column

    @property
    def evidence(self) -> str:
        """Say why it was taken for what it was found as."""
        return evidence_of(self.row)

    @property
    def certainty(self) -> str:
        return certainty_of(self.row.confidence)

    @property
    def kind(self) -> str:
        """Say what kind of field it was taken for, "" for none."""
        return kind_label(self.row.kind)

    @property
    def mask(self) -> str:
        return mask_label(self.row.mask)

    @property
    def found_as(self) -> str:
        return str(ColumnRole(self.row.found_as).label)

    @property
    def decided_as(self) -> str:
        """Say for what the officer takes it."""
        return str(ColumnRole(self.row.decided_as).label)

    @property
    def is_reviewed(self) -> bool:
        """Return whether a reviewer agreed, without whom it counts as what was found."""
        return any(one.station == Station.REVIEWER for one in self.agreed)


def roles_in_words(
    policy: MaskingPolicy | None, *, source: DatasetVersion | None = None
) -> list[RoleInWords]:
    """Return what a policy relabels, in two queries, with values where a source is given."""
    rows = relabellings_of(policy) if policy is not None else []
    agreed = _agreed(rows)
    return [
        RoleInWords(
            row, tuple(agreed[row.digest]), None if source is None else examples_of(row, source)
        )
        for row in rows
    ]


def _agreed(rows: Sequence[Relabelling]) -> dict[str, list[Agreed]]:
    found: dict[str, list[Agreed]] = {row.digest: [] for row in rows}
    if not rows:
        return found
    for one in RoleConfirmation.objects.filter(digest__in=list(found)):
        if all(agreed.station != one.station for agreed in found[one.digest]):
            station = Station(one.station)
            found[one.digest].append(Agreed(station.value, str(station.label), one.created_at))
    return found


# Relabelled columns on a page: with values for who confirms them and has said why they look.


def roles_on_page(
    policy: MaskingPolicy | None, source: DatasetVersion | None, *, by: Actor, onward: str
) -> dict[str, Any]:
    """Return what a policy relabels, and the form that asks why somebody looks, where it has to.

    `source` is the version whose values the actor may see, None where they need none; `onward` is
    the address of the page.
    """
    is_open = source is not None and look_in_force(source, by=by) is not None
    roles = roles_in_words(policy, source=source if is_open else None)
    asks = bool(roles) and source is not None and not is_open and not source.raw_destroyed_at
    first = {"reason": LookReason.ROLES, "onward": onward}
    # Beside forms that ask for a reason too.
    look = LookForm(initial=first, auto_id="look_%s") if asks else None
    return {"roles": roles, "looked_at": source, "look": look}


@dataclass(frozen=True)
class RuleInWords:
    column: str
    role: str
    role_label: str
    mask: str
    mask_label: str
    settings: str
    label: str = ""


def rules_in_words(policy: Policy, labels: Labels) -> list[RuleInWords]:
    """Return what happens to each column, in their order."""
    return [_rule(rule, labels.get(rule.name, "")) for rule in policy.columns]


def _rule(rule: ColumnRule, label: str = "") -> RuleInWords:
    return RuleInWords(
        column=rule.name,
        role=rule.role,
        role_label=str(ColumnRole(rule.role).label),
        mask=rule.mask,
        mask_label=mask_label(rule.mask),
        settings=chosen_in_words(rule),
        label=label,
    )
