"""Objections in the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.rights.objection import serializers
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.objection.selectors import exhibits_of, objections_visible_to
from marketplace.rights.objection.serializers import OneObjectionOut
from marketplace.rights.objection.services.attaching import attach_exhibit
from marketplace.rights.objection.services.objecting import (
    decide_objection,
    object_to_claim,
    refer_objection,
)
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class ObjectToClaim(ActView):
    """Object to a claim in public notice, or to a certified one."""

    takes = serializers.ObjectToClaimIn
    gives = serializers.ObjectionOut
    creates = True
    operation = "object_to_claim"
    summary = "Object to a claim"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Objection:
        return object_to_claim(ids["pk"], text=data["text"], by=by)


class Objections(ListView):
    """The objections that the caller may see."""

    gives = serializers.ObjectionOut
    operation = "list_objections"
    summary = "List objections"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Objection]:
        return objections_visible_to(by)


class OneObjection(ThingView):
    """An objection, with the acts on it that are open to whoever asks."""

    gives = OneObjectionOut
    operation = "get_objection"
    summary = "Get an objection"

    def thing(self, by: Actor, **ids: UUID) -> Objection:
        return visible(objections_visible_to(by), pk=ids["pk"])


class DecideObjection(ActView):
    """Decide an objection."""

    takes = serializers.DecideObjectionIn
    gives = serializers.ObjectionOut
    operation = "decide_objection"
    summary = "Decide an objection"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Objection:
        return decide_objection(
            ids["pk"], is_upheld=data["is_upheld"], reason=data["reason"], by=by
        )


class ReferObjection(ActView):
    """Record that an objection to a certified right is before a court or arbitrator."""

    takes = ReasonIn
    gives = serializers.ObjectionOut
    operation = "refer_objection"
    summary = "Refer an objection"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Objection:
        return refer_objection(ids["pk"], reason=data["reason"], by=by)


class ObjectionExhibits(ListView):
    """What both parties to an objection showed."""

    gives = serializers.ExhibitOut
    operation = "list_exhibits"
    summary = "List the files of an objection"

    def rows(self, by: Actor, request: Request, **ids: UUID) -> QuerySet[Exhibit]:
        return exhibits_of(visible(objections_visible_to(by), pk=ids["pk"]))


class AttachExhibit(ActView):
    """Add a file to an objection, as a multipart request."""

    takes = serializers.AttachExhibitIn
    gives = serializers.ExhibitOut
    creates = True
    parser_classes = [MultiPartParser]
    operation = "attach_exhibit"
    summary = "Add a file to an objection"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Exhibit:
        return attach_exhibit(ids["pk"], title=data["title"], upload=data["upload"], by=by)
