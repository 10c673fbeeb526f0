"""The policy that an officer starts from: proposed by the library, within the centre's limits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import gettext as _

from desensitize.detectors import Proposal
from desensitize.policy import Policy, policy_from_template
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import WrongState
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.selectors import findings_of, hierarchies_of
from marketplace.preparation.policy.selectors import policy_of

STANDARD = "standard"
Rows = Sequence[Sequence[str]]


def proposed_policy(findings: Iterable[ColumnFinding], preset: str = STANDARD) -> Policy:
    """Propose a policy for what was found in each column, by one of the library's templates."""
    policy = policy_from_template(
        preset,
        [
            Proposal(
                name=finding.name,
                role=finding.role,
                kind=finding.kind or None,
                confidence=finding.confidence,
                evidence="",
                evidence_code=finding.evidence_code,
                evidence_parameters=finding.evidence_parameters,
            )
            for finding in findings
        ],
    )
    return replace(
        policy,
        smallest_class=max(policy.smallest_class, settings.CENTRE["SMALLEST_CLASS"]),
        suppression_limit=settings.CENTRE["LARGEST_SUPPRESSION"],
    )


@dataclass(frozen=True)
class PolicyToDecide:
    """The policy that an officer sees: as confirmed last, else as proposed.

    `hierarchies` are the rows of those that are set now, by column; `reasons` what was written of
    columns that it takes for less than was found.
    """

    policy: Policy
    is_confirmed: bool
    hierarchies: Mapping[str, Rows]
    reasons: Mapping[str, str] = field(default_factory=dict)


def policy_to_decide(version: DatasetVersion) -> PolicyToDecide:
    """Return the policy of a classified source version.

    Raises:
        WrongState: it is not classified yet.
    """
    confirmed, hierarchies = policy_of(version), hierarchies_by_column(version)
    if confirmed is not None:
        reasons = {one.column: one.reason for one in confirmed.relabellings.all()}
        return PolicyToDecide(Policy.from_dict(confirmed.document), True, hierarchies, reasons)
    findings = list(findings_of(version))
    if not findings:
        raise WrongState(
            _("The columns are not classified yet. Wait until the profile is done."),
            code="not-classified",
        )
    policy = with_hierarchies(proposed_policy(findings), hierarchies)
    return PolicyToDecide(policy, False, hierarchies)


def policy_of_next_run(version: DatasetVersion) -> Policy:
    """Return the policy to decide, with the hierarchies as they are set now.

    Raises:
        WrongState: it is not classified yet.
    """
    decided = policy_to_decide(version)
    return with_hierarchies(decided.policy, decided.hierarchies)


def with_hierarchies(policy: Policy, hierarchies: Mapping[str, Rows]) -> Policy:
    """Give the generalized columns of a policy the hierarchies that were set."""
    return replace(
        policy,
        columns=tuple(
            replace(rule, options={**rule.options, "hierarchy": hierarchies[rule.name]})
            if rule.mask == "generalize" and rule.name in hierarchies
            else rule
            for rule in policy.columns
        ),
    )


def hierarchies_by_column(version: DatasetVersion) -> dict[str, Rows]:
    return {one.name: one.rows for one in hierarchies_of(version)}
