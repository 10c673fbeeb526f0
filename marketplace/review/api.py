"""Cases that wait for a second person, and documents of organizations, in the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.core import Actor, visible
from marketplace.review import serializers
from marketplace.review.models import Case, OrganizationDocument
from marketplace.review.selectors import documents_visible_to, open_cases
from marketplace.web.api import ListView
from marketplace.web.pagination import CursorPages


class OldestFirst(CursorPages):
    """The queue: who waits longest comes first."""

    ordering = ("created_at", "pk")


class OpenCases(ListView):
    """The review queue: the open cases that the caller may see, oldest first."""

    gives = serializers.CaseOut
    pages = OldestFirst
    operation = "list_open_cases"
    summary = "List the review queue"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Case]:
        return open_cases(by)


class Documents(ListView):
    """The documents by which an organization is verified, newest first."""

    gives = serializers.OrganizationDocumentOut
    operation = "list_documents"
    summary = "List the documents of an organization"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[OrganizationDocument]:
        organization = visible(organizations_visible_to(by), pk=ids["pk"])
        return documents_visible_to(by).filter(organization=organization)
