from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.rights.hearing import views
from marketplace.rights.hearing.services import (
    attach_exhibit,
    decide_objection,
    object_to_claim,
    refer_objection,
)
from marketplace.rights.notice.selectors import published_claims
from marketplace.rights.objection.selectors import (
    exhibits_of,
    exhibits_visible_to,
    objections_visible_to,
)
from marketplace.rights.objection.serializers import ExhibitOut, ObjectionOut, OneObjectionOut
from marketplace.web.act_pages import asking_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import A_FILE, serializer_of

CLAIM = "claims/<uuid:pk>/"
OBJECTION = "objections/<uuid:pk>/"

urlpatterns = [
    asking_page(
        f"{CLAIM}object/",
        object_to_claim,
        views.object_page,
        of=lambda _by: published_claims(),
        done=_("Your objection is submitted. You will be notified of the decision."),
        onto="objection_detail",
        name="claim_object",
    ),
    thing_page(OBJECTION, objections_visible_to, views.objection_page, name="objection_detail"),
    form_page(
        f"{OBJECTION}decide/",
        decide_objection,
        done=_("The objection is decided."),
        onto="objection_detail",
        again=views.objection_page,
        of=objections_visible_to,
        form_as="decide",
        name="objection_decide",
    ),
    form_page(
        f"{OBJECTION}refer/",
        refer_objection,
        done=_("Recorded. The certificate stays frozen until the outcome."),
        onto="objection_detail",
        again=views.objection_page,
        of=objections_visible_to,
        form_as="refer",
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
        takes=serializer_of(
            object_to_claim, name="ObjectToClaimIn", about="What is held against a claim."
        ),
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
        takes=serializer_of(decide_objection, about="The decision and why."),
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
        takes=serializer_of(attach_exhibit, about=A_FILE),
        gives=ExhibitOut,
        creates=True,
        made_at="get_exhibit",
        parser_classes=[MultiPartParser],
        summary="Add a file to an objection",
        about="Add a file to an objection, as a multipart request.",
    ),
]
