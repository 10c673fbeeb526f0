"""What endpoints are told, and each try to tell it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.records import Record
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.message.states import MessageState

LONGEST_ANSWER = 200


class Message(Record):
    """One thing that one endpoint is told. The same bytes are sent each time, by the same id.

    `cause` is what it follows from and `subject` what it is about: together they make it once for
    an endpoint. `body` is JSON of ids and addresses, never a row of data or something of a person.
    `tries` counts since it was last queued, `attempts` from the beginning.
    """

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="messages")
    event = models.CharField(_("event"), max_length=40)
    cause = models.CharField(_("cause"), max_length=80)
    subject = models.CharField(_("subject"), max_length=80)
    body = models.TextField(_("content"))
    happened_at = models.DateTimeField(_("happened at"))
    state = models.CharField(
        _("state"), max_length=9, choices=MessageState, default=MessageState.WAITING
    )
    tries = models.PositiveIntegerField(_("tries"), default=0)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next try"), default=clock.now)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "cause", "subject"], name="outbound_message_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_at"],
                condition=models.Q(state=MessageState.WAITING),
                name="outbound_message_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.webhook_id}"

    @property
    def webhook_id(self) -> str:
        """Return the id by which a receiver knows that it has it already."""
        return f"msg_{self.pk.hex}"


class Try(Record):
    """One attempt to send a message, from `created_at` on.

    `ended_at` is None while it is under way, and for ever where its worker was killed. `status` is
    of the answer, None where there was none; `code` says what was wrong, "" where it was taken.
    `answer` is the beginning of what was answered.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="log")
    number = models.PositiveIntegerField(_("attempt"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    code = models.CharField(_("what was wrong"), max_length=20, blank=True)
    answer = models.CharField(_("answer"), max_length=LONGEST_ANSWER, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="outbound_try_number")
        ]

    def __str__(self) -> str:
        return f"{self.message} #{self.number}"
