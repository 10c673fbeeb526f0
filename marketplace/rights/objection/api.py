"""Objections in the API."""

from __future__ import annotations

from rest_framework.parsers import MultiPartParser

from marketplace.core.scopes import Scope
from marketplace.rights.objection import serializers
from marketplace.rights.objection.selectors import (
    exhibits_of,
    exhibits_visible_to,
    objections_visible_to,
)
from marketplace.rights.objection.serializers import OneObjectionOut
from marketplace.rights.objection.services import (
    attach_exhibit,
    decide_objection,
    object_to_claim,
    refer_objection,
)
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

ObjectToClaim = act_view(
    object_to_claim,
    scope=Scope.TRADE,
    takes=serializers.ObjectToClaimIn,
    gives=serializers.ObjectionOut,
    creates=True,
    made_at="get_objection",
    summary="Object to a claim",
    about="Object to a claim in public notice, or to a certified one.",
)

Objections = list_view(
    objections_visible_to,
    operation="list_objections",
    gives=serializers.ObjectionOut,
    about="The objections that the caller may see.",
)

OneObjection = thing_view(
    objections_visible_to,
    operation="get_objection",
    gives=OneObjectionOut,
    about="An objection, with the acts on it that are open to whoever asks.",
)

DecideObjection = act_view(
    decide_objection,
    scope=Scope.ADMINISTER,
    takes=serializers.DecideObjectionIn,
    gives=serializers.ObjectionOut,
    about="Decide an objection.",
)

ReferObjection = act_view(
    refer_objection,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.ObjectionOut,
    about="Record that an objection to a certified right is before a court or arbitrator.",
)

ObjectionExhibits = list_view(
    exhibits_of,
    of=objections_visible_to,
    operation="list_exhibits",
    gives=serializers.ExhibitOut,
    summary="List the files of an objection",
    about="What both parties to an objection showed.",
)

AttachExhibit = act_view(
    attach_exhibit,
    scope=Scope.TRADE,
    takes=serializers.AttachExhibitIn,
    gives=serializers.ExhibitOut,
    creates=True,
    made_at="get_exhibit",
    parser_classes=[MultiPartParser],
    summary="Add a file to an objection",
    about="Add a file to an objection, as a multipart request.",
)

OneExhibit = thing_view(
    exhibits_visible_to,
    operation="get_exhibit",
    gives=serializers.ExhibitOut,
    summary="Get a file of an objection",
    about="A file that a party to an objection showed.",
)
