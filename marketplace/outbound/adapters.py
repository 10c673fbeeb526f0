"""Say in the reader's language why an address cannot be told anything."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "bad-address": _(
        "Write a whole address that begins with https://, without a name, a password or a “#”, "
        "such as https://hooks.example.org/centre."
    ),
    "bad-host": _(
        "This is no host name or address in full. Write a name such as hooks.example.org."
    ),
    "refused-port": _("The centre posts to no address on port %(port)s. Allowed are: %(allowed)s."),
    "unresolved": _("The name “%(host)s” is not known. Check how it is written."),
    "refused-address": _(
        "The address of “%(host)s” is none that the centre posts to: it is private, or no network "
        "that the administrator has opened."
    ),
    "connection-refused": _("Nothing listens at this address and port."),
    "unreachable": _("The address could not be reached, or the connection broke off."),
    "silent": _("There was no whole answer within 15 seconds."),
    "tls-untrusted": _(
        "The certificate cannot be trusted: it is not of this host, out of date, or of an unknown "
        "authority."
    ),
    "tls-missing": _("It offers no encrypted connection (TLS 1.2 or later)."),
    "unreadable": _("What answered speaks no HTTP."),
    "redirected": _("It was redirected elsewhere, which the centre does not follow."),
    "refused": _("It answered with another status than 200 to 299."),
    "gone": _("It answered 410: nobody wants messages there any more."),
    "worker-lost": _("The try broke off: whether it arrived is not known."),
}
"""One sentence a code: of an address that is registered, and of a try."""


def sentence_of(code: str, parameters: Mapping[str, str | int]) -> str:
    return str(SENTENCES[code]) % parameters
