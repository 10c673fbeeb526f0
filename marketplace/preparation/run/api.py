"""The API of runs."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.preparation.run import serializers
from marketplace.preparation.run.filters import RunFilters
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.run.services import cancel_run, start_masking, start_profile
from marketplace.web.api import act_view, list_view, thing_view

StartProfile = act_view(
    start_profile,
    scope=Scope.TRADE,
    gives=serializers.RunOut,
    about="Profile and classify the columns of a source version whose content is approved.",
)


StartMasking = act_view(
    start_masking,
    scope=Scope.TRADE,
    gives=serializers.RunOut,
    summary="Start a masking run",
    about="Desensitize a source version by its confirmed policy, and measure the result.",
)


CancelRun = act_view(
    cancel_run,
    scope=Scope.TRADE,
    gives=serializers.RunOut,
    about="End a run that waits or works.",
)


Runs = list_view(
    runs_visible_to,
    operation="list_runs",
    filters=RunFilters,
    gives=serializers.RunOut,
    about="The runs that the caller may see.",
)

OneRun = thing_view(
    runs_visible_to,
    operation="get_run",
    gives=serializers.OneRunOut,
    about="A run, and the acts on it that are open to the caller.",
)
