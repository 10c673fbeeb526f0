from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.rights.hearing import views
from marketplace.rights.hearing.serializers import (
    AttachExhibitIn,
    DecideObjectionIn,
    ObjectToClaimIn,
)
from marketplace.rights.hearing.services import (
    attach_exhibit,
    decide_objection,
    object_to_claim,
    refer_objection,
)
from marketplace.rights.objection.selectors import (
    exhibits_of,
    exhibits_visible_to,
    objections_visible_to,
)
from marketplace.rights.objection.serializers import ExhibitOut, ObjectionOut, OneObjectionOut
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

CLAIM = "claims/<uuid:pk>/"
OBJECTION = "objections/<uuid:pk>/"

urlpatterns = [
    path(f"{CLAIM}object/", views.claim_object, name="claim_object"),
    path(OBJECTION, views.objection_detail, name="objection_detail"),
    path(f"{OBJECTION}decide/", views.objection_decide, name="objection_decide"),
    form_page(
        f"{OBJECTION}refer/",
        refer_objection,
        done=_("Recorded. The certificate stays frozen until the outcome."),
        onto="objection_detail",
        again=views.objection_page,
        of=objections_visible_to,
        name="objection_refer",
    ),
    path(f"{OBJECTION}exhibits/", views.exhibit_attach, name="exhibit_attach"),
    path(
        f"{OBJECTION}exhibits/<uuid:exhibit_pk>/",
        views.exhibit_download,
        name="exhibit_download",
    ),
]

api_patterns = [
    act_view(
        f"{CLAIM}object/",
        object_to_claim,
        scope=Scope.TRADE,
        takes=ObjectToClaimIn,
        gives=ObjectionOut,
        creates=True,
        made_at="get_objection",
        summary="Object to a claim",
        about="Object to a claim in public notice, or to a certified one.",
    ),
    list_view(
        "objections/",
        objections_visible_to,
        operation="list_objections",
        gives=ObjectionOut,
        about="The objections that the caller may see.",
    ),
    thing_view(
        OBJECTION,
        objections_visible_to,
        operation="get_objection",
        gives=OneObjectionOut,
        about="An objection, with the acts on it that are open to whoever asks.",
    ),
    act_view(
        f"{OBJECTION}decide/",
        decide_objection,
        scope=Scope.ADMINISTER,
        takes=DecideObjectionIn,
        gives=ObjectionOut,
        about="Decide an objection.",
    ),
    act_view(
        f"{OBJECTION}refer/",
        refer_objection,
        scope=Scope.ADMINISTER,
        gives=ObjectionOut,
        about="Record that an objection to a certified right is before a court or arbitrator.",
    ),
    list_view(
        f"{OBJECTION}exhibits/",
        exhibits_of,
        of=objections_visible_to,
        operation="list_exhibits",
        gives=ExhibitOut,
        summary="List the files of an objection",
        about="What both parties to an objection showed.",
    ),
    thing_view(
        "exhibits/<uuid:pk>/",
        exhibits_visible_to,
        operation="get_exhibit",
        gives=ExhibitOut,
        summary="Get a file of an objection",
        about="A file that a party to an objection showed.",
    ),
    act_view(
        f"{OBJECTION}attach/",
        attach_exhibit,
        scope=Scope.TRADE,
        takes=AttachExhibitIn,
        gives=ExhibitOut,
        creates=True,
        made_at="get_exhibit",
        parser_classes=[MultiPartParser],
        summary="Add a file to an objection",
        about="Add a file to an objection, as a multipart request.",
    ),
]
