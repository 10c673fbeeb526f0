"""Columns whose class a policy takes away: which they are, and what each needs."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import rfc8785
from django.utils.translation import gettext as _

from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy
from desensitize.risk.scan import CERTAIN
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.presentation import evidence_of
from marketplace.preparation.policy.models import (
    LONGEST_REASON,
    MaskingPolicy,
    Relabelling,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.policy.proposals import proposed_policy

LEAST_LETTERS, LEAST_DIFFERENT = 20, 6
"""What a reason has at least; a letter beyond ASCII, such as a Chinese one, counts for two."""


@dataclass(frozen=True)
class Taken:
    """A column whose class a rule takes away: what was found, as what it counts, and the rule.

    Where the finding is a guess, a reason may be given, so that a reviewer can agree; else it must.
    `is_drawn` says that a synthetic copy goes out in place of the values.
    """

    finding: ColumnFinding
    found_as: str
    rule: ColumnRule
    is_drawn: bool = False

    @property
    def needs_reason(self) -> bool:
        """Return whether detectors are too sure for the class to be taken away without a word."""
        return self.finding.is_fairly_sure

    def digest(self, reason: str) -> str:
        """Return the digest of all that a second person confirms."""
        rule = self.rule.to_dict()
        confirmed: list[Any] = [str(self.finding.version_id), self.found_as, rule, reason]
        # Whoever agrees that invented values go out has not agreed to true ones.
        confirmed += ["synthetic"] if self.is_drawn else []
        return hashlib.sha256(rfc8785.dumps(confirmed)).hexdigest()


def taken_roles(policy: Policy, findings: Sequence[ColumnFinding]) -> list[Taken]:
    """Return the columns that the policy takes for less than was found or proposed.

    What the library proposes takes nothing, nor does a mask that leaves nothing of a column.
    """
    proposed = proposed_policy(findings)
    taken = []
    for finding in findings:
        rule, untouched = policy.rule(finding.name), proposed.rule(finding.name)
        found_as = expected_role(finding, untouched)
        if (
            not found_as
            or rule.role in (found_as, ColumnRole.DIRECT)
            or (rule.role, rule.mask) == (untouched.role, untouched.mask)
            or not rule.in_release
            or MASKS[rule.mask].description.one_value
        ):
            continue
        taken.append(Taken(finding, found_as, rule, policy.synthetic is not None))
    return taken


def expected_role(finding: ColumnFinding, untouched: ColumnRule) -> str:
    """Return the class that a policy would take away by another one, "" where there is none."""
    found = finding.role if finding.role != ColumnRole.OTHER else untouched.role
    return "" if found == ColumnRole.OTHER else found


def cleaned_reason(reason: str) -> str:
    """Return a reason with its blanks made one."""
    return " ".join(reason.split())


def reason_fault(taken: Taken, reason: str) -> str:
    """Say what is wrong with the cleaned reason for a relabelling, "" where nothing is."""
    if len(reason) > LONGEST_REASON:
        return _("Use at most %(most)d characters.") % {"most": LONGEST_REASON}
    if not reason.isprintable():
        return _("The reason holds signs that cannot be kept. Write letters and digits.")
    told = pl.Series([reason])
    if any(detector.found_within(told).any() for detector in CERTAIN):
        return _(
            "The reason holds a number that names a person. Anybody may read it: leave it out."
        )
    letters = [sign for sign in reason if sign.isalnum()]
    weight = sum(1 if sign.isascii() else 2 for sign in letters)
    if weight >= LEAST_LETTERS and len(set(letters)) >= LEAST_DIFFERENT:
        return ""
    return _(
        "Column “%(column)s” was taken for this: %(role)s. %(evidence)s To take that away, write "
        "in a sentence what the values are and why they tell nothing of a person. A reviewer and "
        "whoever publishes the data will compare it with the values."
    ) % {
        "column": taken.finding.name,
        "role": ColumnRole(taken.found_as).label,
        "evidence": evidence_of(taken.finding),
    }


def unreasoned(policy: MaskingPolicy, findings: Sequence[ColumnFinding]) -> list[str]:
    """Name the columns that a confirmed policy relabels and of which it holds no reason."""
    held = {one.column for one in relabellings_of(policy)}
    taken = taken_roles(Policy.from_dict(policy.document), findings)
    return [one.finding.name for one in taken if one.needs_reason and one.finding.name not in held]


def relabellings_of(policy: MaskingPolicy) -> list[Relabelling]:
    """Return what a policy relabels, in the order of the columns."""
    return list(policy.relabellings.all())


def confirmed_of(digests: Iterable[str], station: Station, subject: str = "") -> frozenset[str]:
    """Return which of these relabellings a station has confirmed, for a subject or for any."""
    rows = RoleConfirmation.objects.filter(digest__in=list(digests), station=station)
    if subject:
        rows = rows.filter(subject=subject)
    return frozenset(rows.values_list("digest", flat=True))


def unconfirmed_of(policy: MaskingPolicy) -> list[Relabelling]:
    """Return what a policy relabels and no reviewer has confirmed."""
    rows = relabellings_of(policy)
    confirmed = confirmed_of((one.digest for one in rows), Station.REVIEWER) if rows else ()
    return [one for one in rows if one.digest not in confirmed]


@dataclass(frozen=True)
class CountedRoles:
    """What released columns count as in a measurement: as found, until a reviewer agrees.

    `roles` are by column, `cleared` those that count as nothing personal because a reviewer agreed,
    `identifying` those that were found to identify directly and to which none has agreed;
    `relabelled` is what a report keeps of every relabelling.
    """

    roles: Mapping[str, str]
    cleared: tuple[str, ...]
    identifying: tuple[str, ...]
    relabelled: tuple[Mapping[str, object], ...]

    @property
    def quasi_identifiers(self) -> tuple[str, ...]:
        """Name the columns by which somebody could be found."""
        return tuple(name for name, role in self.roles.items() if role == ColumnRole.QUASI)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Name the columns that somebody wants to learn."""
        return tuple(name for name, role in self.roles.items() if role == ColumnRole.SENSITIVE)


def counted_roles(kept: MaskingPolicy) -> CountedRoles:
    """Return as what the released columns of a policy count at this moment.

    What identifies people directly and is released all the same helps to find them.
    """
    policy, rows = Policy.from_dict(kept.document), relabellings_of(kept)
    waiting = {one.column: one for one in unconfirmed_of(kept)}
    roles = {rule.name: rule.role for rule in policy.columns if rule.in_release}
    for name, one in waiting.items():
        is_sensitive = one.found_as == ColumnRole.SENSITIVE
        roles[name] = ColumnRole.SENSITIVE if is_sensitive else ColumnRole.QUASI
    agreed = [one for one in rows if one.column not in waiting]
    return CountedRoles(
        roles,
        tuple(one.column for one in agreed if one.decided_as == ColumnRole.OTHER),
        tuple(name for name, one in waiting.items() if one.found_as == ColumnRole.DIRECT),
        tuple(
            {"column": one.column, "digest": one.digest, "is_confirmed": one.column not in waiting}
            for one in rows
        ),
    )


def with_reason(taken: Taken, reason: str, *, policy: MaskingPolicy) -> Relabelling:
    """Make the row of a relabelling, not saved, of whoever confirms the policy."""
    finding = taken.finding
    return Relabelling(
        policy=policy,
        position=finding.position,
        column=finding.name,
        found_as=taken.found_as,
        decided_as=taken.rule.role,
        mask=taken.rule.mask,
        kind=finding.kind,
        confidence=finding.confidence,
        evidence_code=finding.evidence_code,
        evidence_parameters=finding.evidence_parameters,
        reason=reason,
        digest=taken.digest(reason),
        written_by_id=policy.confirmed_by_id,
        written_at=policy.created_at,
    )
