"""The pipeline API."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.pipeline import serializers
from marketplace.pipeline.filters import SetAsideFilters
from marketplace.pipeline.models import SetAside
from marketplace.pipeline.selectors import PipelineState, pipeline_state, set_asides_visible_to
from marketplace.pipeline.services import retry_all_set_asides, retry_set_aside
from marketplace.web.api import ActView, ThingView, act_view, list_view


class Pipeline(ThingView):
    """How many entries are sealed and reacted to, for the centre's staff.

    Besides, how the processes that read strangers' files are closed off.
    """

    gives = serializers.PipelineOut
    operation = "get_pipeline"
    summary = "Get the state of the pipeline"

    def thing(self, by: Actor, **ids: Any) -> PipelineState:
        return pipeline_state(by)


SetAsides = list_view(
    set_asides_visible_to,
    operation="list_set_asides",
    filters=SetAsideFilters,
    gives=serializers.SetAsideOut,
    summary="List reactions put aside",
    about="The reactions that were put aside, newest first, for the centre's staff.",
)

RetrySetAside = act_view(
    retry_set_aside,
    scope=Scope.ADMINISTER,
    gives=serializers.SetAsideOut,
    summary="Try a reaction again",
    about="Try a reaction again; where it fails again, it is answered as still put aside.",
)


class RetryAllSetAsides(ActView):
    """Try everything again that waits aside."""

    gives = serializers.RetriedOut
    compares = False
    scope = Scope.ADMINISTER
    operation = "retry_all_set_asides"
    summary = "Try every reaction again"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, list[SetAside]]:
        """Try all again."""
        return {"tried": retry_all_set_asides(by=by)}
