"""The API of the measuring of listings."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.listings.measuring.serializers import AllowMeasuringIn, MeasuringTermsOut
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.web.api import act_view

AllowMeasuring = act_view(
    allow_measuring,
    scope=Scope.TRADE,
    takes=AllowMeasuringIn,
    gives=MeasuringTermsOut,
    summary="Let buyers measure a listing",
    about="Say whether buyers may have measured what a listing would bring, for how much of ε.",
)
