"""The API of runs that only look: one view an act."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotFound
from marketplace.preparation.policy import serializers as policy_serializers
from marketplace.preparation.study import serializers
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.presentation import adopted
from marketplace.preparation.study.selectors import study_of_run
from marketplace.web.api import ThingView


class OneStudy(ThingView):
    """The question and the answer of a run that only looks, by the run's number."""

    gives = serializers.StudyOut
    operation = "get_study"
    summary = "Get what a comparing run found"

    def thing(self, by: Actor, **ids: UUID) -> Study:
        return study_of_run(by, ids["pk"])


class TreatmentPolicy(ThingView):
    """The policy of a treatment, by the run that tried it and its place there, to be confirmed."""

    gives = policy_serializers.PolicyDocumentOut
    operation = "get_treatment_policy"
    summary = "Get the policy of a treatment"

    def thing(self, by: Actor, **ids: Any) -> dict[str, Any]:
        policy = adopted(study_of_run(by, ids["pk"]), ids["place"])
        if policy is None:
            raise NotFound(_("There is no such treatment, or no policy makes it."))
        return policy.to_dict()
