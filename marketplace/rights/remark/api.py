"""Remarks on certificates in the API."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.remark import serializers
from marketplace.rights.remark.selectors import remarks_of, remarks_visible_to
from marketplace.rights.remark.services import decide_remark, enter_remark, lift_remark
from marketplace.web.api import act_view, list_view, thing_view

CertificateRemarks = list_view(
    remarks_of,
    of=certificates_visible_to,
    operation="list_remarks",
    gives=serializers.RemarkOut,
    summary="List the remarks on a certificate",
    about="The remarks on a certificate, those that were lifted too.",
)

EnterRemark = act_view(
    enter_remark,
    scope=Scope.ADMINISTER,
    takes=serializers.EnterRemarkIn,
    gives=serializers.RemarkOut,
    creates=True,
    made_at="get_remark",
    summary="Remark on a certificate",
    about="Remark on a certificate; a freeze or control waits for a second reviewer.",
)

DecideRemark = act_view(
    decide_remark,
    scope=Scope.ADMINISTER,
    takes=serializers.DecideRemarkIn,
    gives=serializers.RemarkOut,
    summary="Decide on a remark",
)

LiftRemark = act_view(
    lift_remark,
    scope=Scope.ADMINISTER,
    takes=serializers.LiftRemarkIn,
    gives=serializers.RemarkOut,
)

OneRemark = thing_view(
    remarks_visible_to,
    operation="get_remark",
    gives=serializers.RemarkOut,
    about="A remark on a certificate.",
)
