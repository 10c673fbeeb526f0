"""Remarks on certificates in the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.remark import serializers
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.selectors import remarks_of
from marketplace.rights.remark.services import decide_remark, enter_remark, lift_remark
from marketplace.web.api import ActView, ListView


class CertificateRemarks(ListView):
    """The remarks on a certificate, those that were lifted too."""

    gives = serializers.RemarkOut
    operation = "list_remarks"
    summary = "List the remarks on a certificate"

    def rows(self, by: Actor, request: Request, **ids: UUID) -> QuerySet[Remark]:
        return remarks_of(visible(certificates_visible_to(by), pk=ids["pk"]))


class EnterRemark(ActView):
    """Remark on a certificate; a freeze or control waits for a second reviewer."""

    takes = serializers.EnterRemarkIn
    gives = serializers.RemarkOut
    creates = True
    operation = "enter_remark"
    summary = "Remark on a certificate"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Remark:
        return enter_remark(ids["pk"], **data, by=by)


class DecideRemark(ActView):
    """Confirm a freeze or its lifting as the second reviewer, or do not."""

    takes = serializers.DecideRemarkIn
    gives = serializers.RemarkOut
    operation = "decide_remark"
    summary = "Decide on a remark"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Remark:
        return decide_remark(ids["pk"], is_confirmed=data["is_confirmed"], by=by)


class LiftRemark(ActView):
    """Lift a remark; a freeze or control once a second reviewer confirms it."""

    takes = serializers.LiftRemarkIn
    gives = serializers.RemarkOut
    operation = "lift_remark"
    summary = "Lift a remark"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Remark:
        return lift_remark(ids["pk"], **data, by=by)
