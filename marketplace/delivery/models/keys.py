"""Keys by which programs of a buyer use one grant."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Person
from marketplace.core.records import Record
from marketplace.delivery.models.grants import Grant


class GrantKey(Record):
    """A key to one grant; only its digest is kept. It opens what its maker may open, no more."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="keys")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="grant_keys", verbose_name=_("made by")
    )
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_used_on = models.DateField(_("last used on"), null=True)
    with_second_factor = models.BooleanField(_("made with the second factor"), default=False)

    class Meta:
        verbose_name = _("key of a grant")
        verbose_name_plural = _("keys of grants")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant"],
                condition=models.Q(revoked_at=None),
                name="delivery_one_key_of_grant",
                violation_error_message=_("A grant has one key. A new one takes its place."),
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
