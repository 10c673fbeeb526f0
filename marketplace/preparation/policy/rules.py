from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.preparation.policy.models import MaskingPolicy, Relabelling, without_values
from marketplace.preparation.policy.relabelling import relabellings_of, unconfirmed_of
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.version import rules as version_rules
from marketplace.preparation.version.rules import may_mask, refuse_unless_looking
from marketplace.review.models import CaseKind
from marketplace.review.rules import check_decide_on


def may_confirm_roles(by: Actor, policy: MaskingPolicy) -> bool:
    """A reviewer agrees to what a policy relabels, who neither decided it nor belongs there."""
    return is_second(
        "policy",
        policy.confirmed_by_id,
        by,
        of=(policy.version.dataset.organization_id,),
    )


# What the acts on relabelled columns refuse, by right and state.


def check_confirm_roles(policy: MaskingPolicy, by: Actor) -> None:
    """Refuse to agree to what a policy relabels.

    Raises:
        NotAllowed: the actor is no reviewer, wrote a reason, or belongs to the organization.
        WrongState: nothing waits for a reviewer, or another policy was confirmed since.
    """
    _check_second_person(policy, unconfirmed_of(policy), by)


def check_return_roles(policy: MaskingPolicy, by: Actor) -> None:
    """Refuse to disagree with what a policy relabels.

    Raises:
        NotAllowed, WrongState: as for `check_confirm_roles`.
    """
    _check_second_person(policy, relabellings_of(policy), by)


def check_no_writer(rows: Iterable[Relabelling], by: Actor) -> None:
    """Refuse who wrote a reason of one of the columns.

    Raises:
        NotAllowed: the actor did.
    """
    if any(by.is_person(one.written_by_id) for one in rows):
        raise NotAllowed(_("Who wrote a reason does not confirm it: a second person does."))


def check_see_values(policy: MaskingPolicy, by: Actor) -> None:
    """Refuse to show values of relabelled columns.

    Auditors watch what was decided, and need no values for that.

    Raises:
        NotAllowed: the actor neither decides on the columns nor reviews them.
    """
    if not version_rules.may_mask(by, policy.version.dataset):
        _check_reviews(policy, by)


def _check_reviews(policy: MaskingPolicy, by: Actor) -> None:
    if not may_confirm_roles(by, policy):
        raise NotAllowed(_("Only a reviewer of the centre who did not decide it can confirm this."))


def _check_second_person(policy: MaskingPolicy, rows: Iterable[Relabelling], by: Actor) -> None:
    _check_reviews(policy, by)
    newest = policy_of(policy.version)
    if newest is None or newest.pk != policy.pk:
        raise WrongState(
            _("Another policy was confirmed since. Look at that one."), code="policy-replaced"
        )
    check_no_writer(rows, by)
    check_decide_on(CaseKind.ROLES, f"policy:{policy.pk}", by)


ACTS_ON_POLICY: Mapping[str, Rule[MaskingPolicy]] = MappingProxyType(
    {"confirm_roles": check_confirm_roles, "return_roles": check_return_roles}
)


def acts_on_policy(policy: MaskingPolicy, by: Actor) -> Allowed:
    return allowed(ACTS_ON_POLICY, policy, by)


def shown_policy(version: DatasetVersion, document: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """Return a policy to who decides on it, with the values of levels at which they have a look.

    Whoever decides gets it whole, so that it can be sent back; whoever only reads gets no values.

    Raises:
        WrongState: the actor decides, and has no look at a column whose levels it lists.
    """
    if not may_mask(by, version.dataset):
        return without_values(document)
    for rule in document["columns"]:
        if "hierarchy" in rule.get("options", {}):
            refuse_unless_looking(version, column=rule["name"], by=by)
    return document
