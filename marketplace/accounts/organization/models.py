from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import OrganizationKind
from marketplace.core.records import Record
from marketplace.core.scopes import EVERY

LONGEST_LIFE_DAYS = 365
"""Of a token, whatever its organization's policy says."""


def every_scope() -> list[str]:
    """Return all scopes of tokens; migrations keep this function instead of the list."""
    return sorted(EVERY)


class Organization(Record):
    """A legal person that sells, buys, serves, runs or watches the market."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind)
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        help_text=_("18 characters of GB 32100, as on the certificate of registration."),
    )
    contact = models.CharField(
        _("public contact"), max_length=200, help_text=_("An office address, not a person's.")
    )
    is_abroad = models.BooleanField(
        _("from abroad"),
        default=False,
        help_text=_("Registered outside the mainland of China, or uses the data there."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OrganizationState, default=OrganizationState.PENDING
    )
    applied_by_id = models.UUIDField(_("applied by"), null=True)
    examined_by_id = models.UUIDField(_("examined by"), null=True)
    examined_at = models.DateTimeField(_("examined at"), null=True)
    checklist = models.JSONField(_("checklist"), default=list)
    documents = models.JSONField(_("digests of documents"), default=dict)
    evidence = models.CharField(_("documents seen"), max_length=1000, blank=True)
    verified_by_id = models.UUIDField(_("verified by"), null=True)
    verified_until = models.DateField(_("verified until"), null=True)
    reminded_on = models.DateField(_("reminded on"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    token_scopes = models.JSONField(_("scopes of tokens"), default=every_scope)
    token_days = models.PositiveSmallIntegerField(
        _("longest life of tokens in days"), default=LONGEST_LIFE_DAYS
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="accounts_organization_four_eyes",
                condition=models.Q(applied_by_id=None)
                | models.Q(verified_by_id=None)
                | ~models.Q(applied_by_id=models.F("verified_by_id")),
                violation_error_message=_("Who applies cannot verify."),
            ),
            # A refused application keeps nobody from applying with the code that is theirs.
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(state=OrganizationState.REFUSED),
                name="accounts_one_organization_of_code",
                violation_error_message=_("An organization with this code is registered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
