"""What was decided for other data of the organization, as the beginning of a new policy.

Columns are matched by name. Nothing is decided by it: the officer confirms, and what the detectors
found of the new data counts as for every policy.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.core import Actor, Invalid, WrongState, visible
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.mask.words import mask_label
from marketplace.preparation.policy.checking import checked_policy
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.proposals import (
    hierarchies_by_column,
    proposed_policy,
    with_hierarchies,
)
from marketplace.preparation.policy.relabelling import taken_roles
from marketplace.preparation.policy.selectors import policies_to_copy_for

MOST_COMPARED: Final = 200
MOST_OFFERED: Final = 20
MOST_NAMED: Final = 12


@dataclass(frozen=True)
class Former:
    """A policy that can be copied, and how many of this version's columns it names."""

    policy: MaskingPolicy
    columns: int
    alike: int

    @property
    def key(self) -> UUID:
        return self.policy.pk

    @property
    def in_words(self) -> str:
        """Say whose policy it is, and how much of it is about columns of the same name."""
        version = self.policy.version
        return _("%(title)s, version %(number)d: %(alike)d of %(columns)d columns alike") % {
            "title": version.dataset.title,
            "number": version.number,
            "alike": self.alike,
            "columns": self.columns,
        }


@dataclass(frozen=True)
class CopiedPolicy:
    """What a policy becomes for other data, and in sentences what did not fit."""

    source: MaskingPolicy
    policy: Policy
    notes: tuple[str, ...]


def formers_of(version: DatasetVersion, *, by: Actor) -> list[Former]:
    """Return the policies that share a column with a version, those that share most first."""
    newest: dict[UUID, MaskingPolicy] = {}
    for one in policies_to_copy_for(version, by=by).defer("document")[:MOST_COMPARED]:
        newest.setdefault(one.version.dataset_id, one)
    if not newest:
        return []
    names: dict[UUID, set[str]] = {one.version_id: set() for one in newest.values()}
    names[version.pk] = set()
    rows = Column.objects.filter(version__in=list(names)).values_list("version_id", "name")
    for key, name in rows:
        names[key].add(name)
    here = names[version.pk]
    found = [Former(one, len(here), len(here & names[one.version_id])) for one in newest.values()]
    found = [one for one in found if one.alike]
    return sorted(found, key=lambda one: -one.alike)[:MOST_OFFERED]


def copied_policy(version: DatasetVersion, policy_id: UUID, *, by: Actor) -> CopiedPolicy:
    """Return what a policy of other data of the organization becomes for a classified version.

    Raises:
        NotFound: there is no such policy of the organization among those the actor may see.
        WrongState: the version is not classified yet (`not-classified`).
    """
    source = visible(policies_to_copy_for(version, by=by), pk=policy_id)
    findings = list(findings_of(version))
    if not findings:
        raise WrongState(
            _("The columns are not classified yet. Wait until the profile is done."),
            code="not-classified",
        )
    proposed = proposed_policy(findings)
    former = Policy.from_dict(source.document)
    rules = {rule.name: rule for rule in former.columns}
    taken, notes = _fitting(findings, rules)
    policy = _joined(former, proposed, taken, findings)
    for name, sentence in _refused(policy, findings).items():
        del taken[name]
        notes.append(sentence)
    policy = _joined(former, proposed, taken, findings)
    notes += _strangers(former, findings) + _to_explain(policy, findings)
    return CopiedPolicy(source, with_hierarchies(policy, hierarchies_by_column(version)), (*notes,))


def _fitting(
    findings: Sequence[ColumnFinding], rules: Mapping[str, ColumnRule]
) -> tuple[dict[str, ColumnRule], list[str]]:
    """Return the rules whose mask makes something of the new column, and of the others why not.

    Levels are left behind: they name the values of the other data.
    """
    here = {finding.name for finding in findings}
    taken: dict[str, ColumnRule] = {}
    notes = []
    for finding in findings:
        rule = rules.get(finding.name)
        if rule is None:
            continue
        misfit = _misfit(rule, finding, here)
        if misfit:
            notes.append(misfit)
            continue
        options = {name: one for name, one in rule.options.items() if name != "hierarchy"}
        taken[finding.name] = replace(rule, options=options)
    return taken, notes


def _misfit(rule: ColumnRule, finding: ColumnFinding, here: Collection[str]) -> str:
    """Say why a rule cannot be one for the column of its name here, "" where it can."""
    names = {"column": finding.name, "mask": mask_label(rule.mask)}
    described = MASKS[rule.mask].description
    if not described.fits(finding.profile["dtype"]):
        return _("“%(column)s”: the mask “%(mask)s” makes nothing of its type here.") % names
    if rule.mask == "hierarchy":
        return _("“%(column)s”: its levels name values of the other data. Set them here.") % names
    for one in described.options:
        other = rule.options.get(one.name) if one.kind == "column" else None
        if other is not None and other not in here:
            return _(
                "“%(column)s”: the mask “%(mask)s” needs the column “%(other)s”, which is not here."
            ) % {**names, "other": other}
    return ""


def _joined(
    former: Policy,
    proposed: Policy,
    taken: Mapping[str, ColumnRule],
    findings: Sequence[ColumnFinding],
) -> Policy:
    """Put copied rules in the place of proposed ones; the centre's limits are never left."""
    person = former.person if former.person in {finding.name for finding in findings} else None
    return replace(
        proposed,
        columns=tuple(taken.get(rule.name, rule) for rule in proposed.columns),
        smallest_class=max(former.smallest_class, proposed.smallest_class),
        suppression_limit=min(former.suppression_limit, proposed.suppression_limit),
        method=former.method,
        person=person,
    )


def _refused(policy: Policy, findings: Sequence[ColumnFinding]) -> dict[str, str]:
    """Return by column what the centre would refuse of a policy, in a sentence."""
    try:
        checked_policy(policy.to_dict(), findings)
    except Invalid as refusal:
        places = [place.split(".") for place in refusal.fields if place.startswith("columns.")]
        return {
            findings[int(place[1])].name: refusal.fields[".".join(place)][0] for place in places
        }
    return {}


def _strangers(former: Policy, findings: Sequence[ColumnFinding]) -> list[str]:
    """Say which columns stand on one side alone, and that who is a person is not known here."""
    here = [finding.name for finding in findings]
    there = [rule.name for rule in former.columns]
    notes = []
    gone = [name for name in there if name not in here]
    new = [name for name in here if name not in there]
    if gone:
        notes.append(_("Not in this table: %(columns)s.") % {"columns": _named(gone)})
    if new:
        notes.append(
            _("New in this table, and decided as proposed: %(columns)s.") % {"columns": _named(new)}
        )
    if former.person is not None and former.person not in here:
        notes.append(
            _("Each row counts as a person: the column “%(column)s” is not here.")
            % {"column": former.person}
        )
    return notes


def _to_explain(policy: Policy, findings: Sequence[ColumnFinding]) -> list[str]:
    return [
        _("“%(column)s” was found here to be: %(role)s. To take that away, write why.")
        % {"column": one.finding.name, "role": ColumnRole(one.found_as).label}
        for one in taken_roles(policy, findings)
        if one.needs_reason
    ]


def _named(names: Sequence[str]) -> str:
    more = [_("%(number)d more") % {"number": len(names) - MOST_NAMED}]
    return ", ".join([*names[:MOST_NAMED], *(more if len(names) > MOST_NAMED else [])])
