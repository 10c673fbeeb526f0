from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.invitation.states import InvitationState
from marketplace.accounts.organization.models import Organization
from marketplace.core import MoneyField, clock
from marketplace.core.records import Record
from marketplace.web.mail import MailFailure


class Invitation(Record):
    """An offer to join an organization, sent to the mailbox of whom it is for.

    The secret is made when the e-mail is sent and stands in it alone: `secret_digest` is None until
    then. Sent again, it has another, and the one before opens nothing any more. `asked_at` is when
    it was last asked to be sent; `signing_limit` what the person may sign for alone once they have
    joined, as `invited_by_id` said, None for the centre's own limit.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    roles = models.JSONField(_("roles"), default=list)
    signing_limit = MoneyField(_("limit"), null=True)
    invited_by_id = models.UUIDField(_("invited by"), null=True)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    secret_digest = models.CharField(max_length=64, unique=True, null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    letter_failure = models.CharField(
        _("why the e-mail failed"), max_length=11, choices=MailFailure, blank=True
    )
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_ends_once",
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        if self.expires_at <= clock.now():
            return InvitationState.EXPIRED
        if self.sent_at is not None:
            return InvitationState.SENT
        return InvitationState.UNDELIVERED if self.letter_failure else InvitationState.WAITING
