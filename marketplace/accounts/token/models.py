from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.person.models import Person
from marketplace.core.records import Record


class EndedBecause(models.TextChoices):
    """Why a token opens nothing before its time."""

    REVOKED = "revoked", _("Revoked")
    MAKER = "maker", _("Ended with the token that made it")
    PASSWORD = "password", _("Ended by a new password")
    ROLES = "roles", _("Ended by other roles")
    FACTORS = "factors", _("Ended when the second factor was reset")
    DEACTIVATED = "deactivated", _("Ended when its person was deactivated")


class Token(Record):
    """A key to the API for one person; only its digest is kept.

    `made_by` is the token with which a program made it; whatever ends that one ends this one.
    `last_used_from` is a network and no address: enough to see a stranger, too little to follow
    somebody.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_because = models.CharField(
        _("why it ended"), max_length=12, choices=EndedBecause, blank=True
    )
    scopes = models.JSONField(_("scopes"), default=list)
    made_by = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    last_used_on = models.DateField(_("last used on"), null=True)
    last_used_from = models.CharField(_("last used from"), max_length=43, blank=True)
    with_second_factor = models.BooleanField(_("made with the second factor"), default=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_token_ends_for_a_reason",
                condition=models.Q(revoked_at=None, revoked_because="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_because="")),
            )
        ]

    def __str__(self) -> str:
        return self.name
