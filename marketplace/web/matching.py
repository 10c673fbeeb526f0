"""`If-Match` of RFC 9110: an act on what was read, and on nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.request import Request

from marketplace.core.versions import ANY, expecting
from marketplace.web.errors import Problem


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
    versions = {tag[1:-1] for tag in tags if tag.startswith('"')} - {ANY}
    versions |= {ANY} & set(tags)
    with expecting(ids.get("pk", ""), versions) as expectation:
        yield
    if not expectation.is_compared:
        raise _not_kept()


def _not_kept() -> Problem:
    sentence = _("This address keeps to no If-Match. Read the thing again, and send without.")
    return Problem(400, "if-match-not-kept", sentence)
