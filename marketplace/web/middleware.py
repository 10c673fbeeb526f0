"""Refusals of page views become pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from marketplace.core.errors import Refusal
from marketplace.web.errors import refusal_page


class DomainErrorMiddleware:
    """Catch what an act refused, wherever a page let it through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the refusal page; leave everything else to Django."""
        return refusal_page(request, error) if isinstance(error, Refusal) else None
