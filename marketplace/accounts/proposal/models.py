"""Proposals to change who a person is to an organization."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.proposal.states import PENDING, ProposalState
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record


@named_in_api("ChangeKind")
class ProposalKind(models.TextChoices):
    JOIN_CENTRE = "join-centre", _("Invite somebody to the centre")
    CENTRE_ROLES = "centre-roles", _("Set roles at the centre")
    LEAVE_CENTRE = "leave-centre", _("Deactivate somebody of the centre")
    RETURN_TO_CENTRE = "return-to-centre", _("Reactivate somebody of the centre")
    RESET_FACTORS = "reset-factors", _("Reset lost second factors")
    REMOVE_OWNER = "remove-owner", _("Remove an owner")
    APPOINT_OWNER = "appoint-owner", _("Make a person an owner, by the centre")
    INVITE_OWNER = "invite-owner", _("Invite an owner, by the centre")


class ChangeProposal(Record):
    """One change that one person proposes and another decides.

    `proposed_by_id` is None where whoever runs the centre proposed it by a command. `is_by_centre`
    says who decides: an administrator of the centre, else an owner of the organization.
    `takes_effect_at` is None until it is approved.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=ProposalKind)
    organization = models.ForeignKey(
        "accounts.Organization", models.CASCADE, related_name="change_proposals"
    )
    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, null=True, related_name="change_proposals"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    roles = models.JSONField(_("roles"), default=list)
    reason = models.CharField(_("reason and evidence"), max_length=1000)
    is_by_centre = models.BooleanField(_("decided by the centre"))
    proposed_by_id = models.UUIDField(_("proposed by"), null=True)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    lapses_at = models.DateTimeField(_("lapses at"))
    takes_effect_at = models.DateTimeField(_("takes effect at"), null=True)
    answer = models.CharField(_("what was answered"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )

    class Meta:
        verbose_name = _("change of people")
        verbose_name_plural = _("changes of people")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person"],
                condition=models.Q(state__in=sorted(PENDING), person__isnull=False),
                name="accounts_one_open_proposal",
            ),
            models.CheckConstraint(
                name="accounts_proposal_takes_two",
                condition=models.Q(decided_by_id=None)
                | models.Q(proposed_by_id=None)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who proposes does not decide."),
            ),
            models.CheckConstraint(
                name="accounts_proposal_not_on_oneself",
                condition=models.Q(person=None)
                | (
                    (models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("person")))
                    & (models.Q(proposed_by_id=None) | ~models.Q(proposed_by_id=models.F("person")))
                ),
                violation_error_message=_("Nobody decides on themselves."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
