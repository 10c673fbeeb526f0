"""Addresses at which organizations want to be told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.records import Record
from marketplace.outbound.endpoint.states import EndpointState
from marketplace.outbound.posting import LONGEST_ADDRESS


class Endpoint(Record):
    """An address of an organization, and of which kinds of events it is told.

    The secrets are wrapped by the centre's key-encryption key, and emptied when it is closed;
    `wrapped_secret_before` goes on signing until `secret_before_until`. `failures` counts the tries
    that failed in a row, the first of them at `failing_since`. Until `busy_until` one worker posts
    there, and after that it is when one last did; until `rests_until` nobody does. `disabled_code`
    says why the centre disabled it.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="endpoints", verbose_name=_("organization")
    )
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    events: models.JSONField[Any, Any] = models.JSONField(_("events"))
    state = models.CharField(
        _("state"), max_length=8, choices=EndpointState, default=EndpointState.IN_USE
    )
    wrapped_secret = models.BinaryField()
    wrapped_secret_before = models.BinaryField(default=b"")
    secret_before_until = models.DateTimeField(_("old secret signs until"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    busy_until = models.DateTimeField(_("busy until"), null=True)
    rests_until = models.DateTimeField(_("rests until"), null=True)
    disabled_code = models.CharField(_("why it is disabled"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "address"],
                condition=~models.Q(state=EndpointState.CLOSED),
                name="outbound_endpoint_once",
                violation_error_message=_("This address is registered already."),
            )
        ]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """Return what names it to others: the path of an address can be one more secret."""
        return urlsplit(self.address).netloc

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (f"organization:{self.organization_id}",)
