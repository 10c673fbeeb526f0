from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.measuring import views
from marketplace.trading.listings.measuring.serializers import MeasuringTermsOut
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("listings/<uuid:pk>/measuring/", views.measuring_allow, name="measuring_allow"),
]

api_patterns = [
    act_view(
        "listings/<uuid:pk>/allow-measuring/",
        allow_measuring,
        scope=Scope.TRADE,
        takes=serializer_of(
            allow_measuring,
            about="Whether buyers may measure, what it may spend, and who and what is told apart.",
        ),
        gives=MeasuringTermsOut,
        summary="Let buyers measure a listing",
        about="Say whether buyers may have measured what a listing would bring, for how much of ε.",
    ),
]
