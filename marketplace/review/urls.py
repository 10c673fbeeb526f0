"""The addresses of the review app. Cases have no pages but those of what is decided on."""

from django.urls import path
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.review import api, views
from marketplace.review.selectors import cases_visible_to, documents_visible_to
from marketplace.review.serializers import CaseOut, OrganizationDocumentOut
from marketplace.review.services import attach_document
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import A_FILE, serializer_of

urlpatterns = [
    path(
        "organizations/<uuid:pk>/documents/",
        views.organization_documents,
        name="organization_documents",
    ),
    path("organizations/<uuid:pk>/attach/", views.document_attach, name="document_attach"),
    path("documents/<uuid:pk>/", views.document_download, name="document_download"),
]
api_patterns = [
    path(
        "organizations/<uuid:pk>/documents/",
        api.Documents.as_view(),
        name="api_list_documents",
    ),
    act_view(
        "organizations/<uuid:pk>/attach/",
        attach_document,
        scope=Scope.ADMINISTER,
        takes=serializer_of(attach_document, about=A_FILE),
        gives=OrganizationDocumentOut,
        creates=True,
        made_at="get_document",
        parser_classes=[MultiPartParser],
        summary="Attach a document of an organization",
        about="Attach a document by which an organization is verified, as a multipart request.",
    ),
    thing_view(
        "documents/<uuid:pk>/",
        documents_visible_to,
        operation="get_document",
        gives=OrganizationDocumentOut,
        summary="Get a document of an organization",
        about="A document by which an organization is verified.",
    ),
    path("review/queue/", api.OpenCases.as_view(), name="api_list_open_cases"),
    list_view(
        "review/cases/",
        cases_visible_to,
        operation="list_cases",
        gives=CaseOut,
        about="Every case that the caller may see, the decided ones too, newest first.",
    ),
    thing_view(
        "review/cases/<uuid:pk>/",
        cases_visible_to,
        operation="get_case",
        gives=CaseOut,
        about="A case that the caller may see.",
    ),
]
