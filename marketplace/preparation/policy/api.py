"""The API of policies: confirm one, agree to it."""

from typing import Any
from uuid import UUID

from marketplace.core import Actor, Scope
from marketplace.preparation.policy import serializers
from marketplace.preparation.policy.copying import copied_policy, formers_of
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.proposals import policy_to_decide
from marketplace.preparation.policy.rules import shown_policy
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.version.selectors import source_visible_to
from marketplace.web.api import ActView, ThingView


class ConfirmPolicy(ActView):
    """Decide on each column, with a reason where it is taken for less than was found."""

    takes = serializers.PolicyIn
    gives = serializers.ConfirmedPolicyOut
    scope = Scope.TRADE
    summary = "Confirm a masking policy"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> MaskingPolicy:
        reasons = {rule["name"]: rule["reason"] for rule in data["columns"] if "reason" in rule}
        columns = [
            {name: value for name, value in rule.items() if name != "reason"}
            for rule in data["columns"]
        ]
        policy = {**data, "columns": columns}
        return confirm_policy(ids["pk"], policy=policy, reasons=reasons, by=by)


class PolicyToDecide(ThingView):
    """The policy of a source version, as confirmed or proposed, in the form in which it is sent.

    Levels that were set list values of the data: an officer needs a look at those columns, and
    whoever only reads gets the policy without them.
    """

    gives = serializers.PolicyToDecideOut
    operation = "get_policy"
    summary = "Get the masking policy"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        version = source_visible_to(by, ids["pk"])
        decided = policy_to_decide(version)
        document = shown_policy(version, decided.policy.to_dict(), by=by)
        return {"is_confirmed": decided.is_confirmed, "document": document}


class FormerPolicies(ThingView):
    """The policies of other data of the organization whose columns have names of this version's."""

    gives = serializers.FormerPoliciesOut
    operation = "list_policies_to_copy"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        return {"policies": formers_of(source_visible_to(by, ids["pk"]), by=by)}


class CopiedPolicy(ThingView):
    """What a policy of other data becomes for a source version, to be looked over and confirmed.

    Columns are matched by name. Levels stay where they are, for they list values of that data;
    reasons are given anew.
    """

    gives = serializers.CopiedPolicyOut
    operation = "get_copied_policy"
    summary = "Copy a policy"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        version = source_visible_to(by, ids["pk"])
        copied = copied_policy(version, ids["policy"], by=by)
        document = shown_policy(version, copied.policy.to_dict(), by=by)
        return {"source": copied.source, "notes": copied.notes, "document": document}
