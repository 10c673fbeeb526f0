"""Messages to people, of what waits for them or has happened to what is theirs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Person
from marketplace.core.records import Record
from marketplace.notices.kinds import kinds_to_choose
from marketplace.web.mail import MailFailure


class Notice(Record):
    """One message to one person.

    `email_tries` is how often it was sent by e-mail; `email_failed_at` when that failed last, and
    `email_failure` why, until a later try succeeds.

    `parameters` fill the text of the kind: numbers and titles of things, never a secret, never a
    person's name. `url` is an address of the site, without its host.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=40, choices=kinds_to_choose)
    subject = models.CharField(_("subject"), max_length=80)
    parameters = models.JSONField(_("parameters"), default=dict)
    url = models.CharField(_("address"), max_length=300)
    read_at = models.DateTimeField(_("read at"), null=True)
    emailed_at = models.DateTimeField(_("e-mailed at"), null=True)
    email_tries = models.PositiveIntegerField(_("tries by e-mail"), default=0)
    email_failed_at = models.DateTimeField(_("e-mail failed at"), null=True)
    email_failure = models.CharField(
        _("why the e-mail failed"), max_length=11, choices=MailFailure, blank=True
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["person", "read_at", "-created_at"]),
            models.Index(
                fields=["-email_failed_at"],
                condition=models.Q(email_failed_at__isnull=False),
                name="notices_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class EmailChoice(Record):
    """Whether a person wants a kind of notice by e-mail too, once they have said so."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="email_choices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=40, choices=kinds_to_choose)
    is_wanted = models.BooleanField(_("wanted by e-mail"))

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_email_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.is_wanted}"
