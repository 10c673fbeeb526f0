"""The API of runs that only look: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.preparation import serializers
from marketplace.preparation.models import Run, Study
from marketplace.preparation.picturing import adopted
from marketplace.preparation.selectors import study_of_run
from marketplace.preparation.services.studies import start_comparison, start_tradeoff
from marketplace.web.api import ActView, ThingView


class StartTradeoff(ActView):
    """Compare what each method loses at each smallest class, by the policy as it stands."""

    gives = serializers.RunOut
    operation = "start_tradeoff"
    summary = "Start a risk-utility picture"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Run:
        return start_tradeoff(ids["pk"], by=by)


class StartComparison(ActView):
    """Compare one or two masked versions with their source."""

    takes = serializers.ComparisonIn
    gives = serializers.RunOut
    operation = "start_comparison"
    summary = "Start a comparison of versions"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Run:
        return start_comparison(ids["pk"], masked=data["masked"], by=by)


class OneStudy(ThingView):
    """The question and the answer of a run that only looks, by the run's number."""

    gives = serializers.StudyOut
    operation = "get_study"
    summary = "Get what a comparing run found"

    def thing(self, by: Actor, **ids: UUID) -> Study:
        return study_of_run(by, ids["pk"])


class TreatmentPolicy(ThingView):
    """The policy of a treatment, by the run that tried it and its place there, to be confirmed."""

    gives = serializers.PolicyDocumentOut
    operation = "get_treatment_policy"
    summary = "Get the policy of a treatment"

    def thing(self, by: Actor, **ids: Any) -> dict[str, Any]:
        policy = adopted(study_of_run(by, ids["pk"]), ids["place"])
        if policy is None:
            raise NotFound(_("There is no such treatment, or no policy makes it."))
        return policy.to_dict()
