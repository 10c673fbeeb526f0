"""The pipeline API."""

from typing import Any

from marketplace.core import Actor, Scope
from marketplace.pipeline import serializers
from marketplace.pipeline.models import SetAside
from marketplace.pipeline.selectors import PipelineState, pipeline_state
from marketplace.pipeline.services import retry_all_set_asides
from marketplace.web.api import ActView, ThingView


class Pipeline(ThingView):
    """How many entries are sealed and reacted to, for the centre's staff.

    Besides, how the processes that read strangers' files are closed off.
    """

    gives = serializers.PipelineOut
    operation = "get_pipeline"
    summary = "Get the state of the pipeline"

    def thing(self, by: Actor, **ids: Any) -> PipelineState:
        return pipeline_state(by)


class RetryAllSetAsides(ActView):
    """Try everything again that waits aside."""

    gives = serializers.RetriedOut
    compares = False
    scope = Scope.ADMINISTER
    summary = "Try every reaction again"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, list[SetAside]]:
        """Try all again."""
        return {"tried": retry_all_set_asides(by=by)}
