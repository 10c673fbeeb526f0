"""The register in the API: public notices, objections, certificates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.rights.certificate import serializers
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.serializers import OneCertificateOut
from marketplace.rights.certificate.services.freezing import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.serializers import ReasonIn


class Certificates(ListView):
    """The certificates that the caller may see."""

    gives = serializers.CertificateOut
    operation = "list_certificates"
    summary = "List certificates"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Certificate]:
        return certificates_visible_to(by)


class OneCertificate(ThingView):
    """A certificate, with the acts on it and its remarks that are open to whoever asks."""

    gives = OneCertificateOut
    operation = "get_certificate"
    summary = "Get a certificate"

    def thing(self, by: Actor, **ids: UUID) -> Certificate:
        return visible(certificates_visible_to(by), pk=ids["pk"])


class FreezeCertificate(ActView):
    """Freeze a certificate by order of the centre."""

    takes = ReasonIn
    gives = serializers.CertificateOut
    operation = "freeze_certificate"
    summary = "Freeze a certificate"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Certificate:
        return freeze_certificate(ids["pk"], reason=data["reason"], by=by)


class UnfreezeCertificate(ActView):
    """Let a certificate go that the centre froze."""

    gives = serializers.CertificateOut
    operation = "unfreeze_certificate"
    summary = "Unfreeze a certificate"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Certificate:
        """Let go."""
        return unfreeze_certificate(ids["pk"], by=by)


class CancelCertificate(ActView):
    """End a certificate for good."""

    takes = ReasonIn
    gives = serializers.CertificateOut
    operation = "cancel_certificate"
    summary = "Cancel a certificate"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Certificate:
        return cancel_certificate(ids["pk"], reason=data["reason"], by=by)
