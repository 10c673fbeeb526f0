"""What is refused is read to its end, so that the refusal arrives."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.web.middleware import HELD_BY_PROXY, UnreadBodyMiddleware

SIZE = 4_000_000


def left_of(body: BytesIO, *, status: int, reads: int = 0, length: str = "") -> int:
    """Return how much of a body is unread once a page has read some and answered."""

    def page(request: HttpRequest) -> HttpResponse:
        assert len(request.read(reads)) == reads
        return HttpResponse(status=status)

    size = len(body.getvalue())
    request = RequestFactory().post("/verify/", CONTENT_LENGTH=length or str(size))
    request = type(request)({**request.META, "wsgi.input": body})
    UnreadBodyMiddleware(page)(request)
    return size - body.tell()


@pytest.mark.parametrize("reads", [0, 1_000_000, SIZE])
def test_a_refused_body_is_read_to_its_end(reads: int) -> None:
    """Wherever the page left off, and no further than it is long."""
    assert left_of(BytesIO(bytes(SIZE)), status=429, reads=reads) == 0
    followed = BytesIO(bytes(SIZE) + b"the next request")
    assert left_of(followed, status=429, reads=reads, length=str(SIZE)) == len("the next request")


def test_what_the_proxy_does_not_hold_is_left() -> None:
    """A long upload would go on for as long as its sender likes."""
    assert left_of(BytesIO(bytes(10)), status=403, length=str(HELD_BY_PROXY + 1)) == 10
    assert left_of(BytesIO(bytes(10)), status=200) == 10
    assert left_of(BytesIO(bytes(10)), status=400, length="ten") == 10
