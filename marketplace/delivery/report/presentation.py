"""A report as a file."""

from __future__ import annotations

from django.http import HttpResponse

from marketplace.delivery.services.reports import OpenedReport


def file_response(opened: OpenedReport) -> HttpResponse:
    """Return the very bytes whose digest the credential signs."""
    answer = HttpResponse(opened.content.as_bytes(), content_type="application/json")
    name = f"report-{opened.sha256[:12]}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = f'"{opened.sha256}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
