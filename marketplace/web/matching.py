"""`ETag`, `If-None-Match` and `If-Match` of RFC 9110.

The tag of a thing has two parts, `"VERSION.DIGEST"`. The version is that of the row, whoever reads
it, and `If-Match` compares it: an act is done on what was read, and on nothing else. The digest is
that of the answer, which tells more than the row, such as what the reader may do: `If-None-Match`
compares both, so that whoever asks again gets everything that is new.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from marketplace.core.versions import ANY, expecting, version_of
from marketplace.web.errors import Problem

DIGITS = 32
"""How many hexadecimal digits of SHA-256 tell one answer from another."""


def tag_of(given: Any, row: Model | None) -> str:
    """Return the ETag of what is answered, with the version of the row that it is about."""
    digest = hashlib.sha256(JSONRenderer().render(given)).hexdigest()[:DIGITS]
    return f'"{digest}"' if row is None else f'"{version_of(row)}.{digest}"'


def is_known(request: Request, tag: str) -> bool:
    """Return whether `If-None-Match` names this very answer; a weak tag does so too."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return ANY in known or tag in {each.removeprefix("W/") for each in known}


@contextmanager
def keeping_to(request: Request, ids: Mapping[str, Any], *, compares: bool) -> Iterator[None]:
    """Let an act find the thing of its address only as one of the tags of `If-Match` names it.

    A weak tag names no version, so that it matches none. An act that does not compare is refused.

    Raises:
        ChangedMeanwhile: it is of another version (412).
        Problem: the act does not lock the row of its address, so that it cannot be compared (400,
            `if-match-not-kept`); what it did is undone.
    """
    header = request.headers.get("If-Match")
    if header is None:
        yield
        return
    if not compares:
        raise _not_kept()
    tags = parse_etags(header)
    versions = {tag[1:-1].partition(".")[0] for tag in tags if tag.startswith('"')} - {ANY}
    versions |= {ANY} & set(tags)
    with expecting(ids.get("pk", ""), versions) as expectation:
        yield
    if not expectation.is_compared:
        raise _not_kept()


def _not_kept() -> Problem:
    sentence = _("This address keeps to no If-Match. Read the thing again, and send without.")
    return Problem(400, "if-match-not-kept", sentence)
