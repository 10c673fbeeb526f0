from django.urls import path

from marketplace.annotation.project.serializers import LabellingOut
from marketplace.annotation.renewal import views
from marketplace.annotation.renewal.services import renew_labelling
from marketplace.core import Scope
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

urlpatterns = [path("labelling/<uuid:pk>/renew/", views.labelling_renew, name="labelling_renew")]
api_patterns = [
    act_view(
        "labellings/<uuid:pk>/renew/",
        renew_labelling,
        scope=Scope.TRADE,
        takes=serializer_of(renew_labelling, about="The version made anew."),
        gives=LabellingOut,
        summary="Go on labelling over a version made anew",
        about="Let a project go on over a version made anew, with the items that are found in it.",
    )
]
