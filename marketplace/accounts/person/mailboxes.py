"""Which e-mail addresses end in one mailbox."""

import unicodedata
from contextlib import suppress

WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Providers that read a local part without its dots, and the name that they all mean.

Source: Gmail Help, "Dots don't matter in Gmail addresses".
"""


def mailbox_of(address: str) -> str:
    """Return the mailbox of an address: two addresses with one mailbox reach one person.

    Case, width and what stands behind a plus sign make no other mailbox (RFC 5233 names the part
    behind it the detail of an address); international domains are compared as IDNA writes them.
    """
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    domain = domain.rstrip(".")
    # Else it is compared as it is written.
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    local = local.partition("+")[0] or local
    if domain in WITHOUT_DOTS:
        domain, local = WITHOUT_DOTS[domain], local.replace(".", "")
    return f"{local}@{domain}"
