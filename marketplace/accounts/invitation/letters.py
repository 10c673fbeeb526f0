"""What the centre writes to a mailbox that has no account yet."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.person.letters import date_in_letter
from marketplace.web.mail import absolute, send_plain


def write_invitation(invitation: Invitation, secret: str) -> None:
    """Send the link to whom it is for, in each language of the centre: nobody knows theirs yet.

    Raises:
        OSError: the mail server does not take it.
    """
    link = absolute(reverse("invitation_accept", args=[secret]))
    titles, parts = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            titles.append(_("You are invited to join"))
            sentence = _(
                "%(organization)s invites you to act for it here. Follow this link by %(until)s, "
                "and choose a password. It works once."
            )
            until = date_in_letter(invitation.expires_at)
            parts += [sentence % {"organization": invitation.organization, "until": until}, link]
            parts.append(_("If you know nothing of it, do nothing: then nobody joins."))
    send_plain(" / ".join(titles), parts, to=invitation.email)
