from django.urls import path

from marketplace.core import Scope
from marketplace.notices import api, views
from marketplace.notices.filters import FailedEmailFilters
from marketplace.notices.selectors import failed_emails, notices_visible_to
from marketplace.notices.serializers import FailedEmailOut, NoticeOut
from marketplace.notices.services import mark_notice_read, send_email_again
from marketplace.notices.tables import FailedEmailTable
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/choices/", views.notice_choices, name="notice_choices"),
    list_of(
        "notices/failed-emails/",
        failed_emails,
        FailedEmailTable,
        "notices/failed_emails.html",
        filters=FailedEmailFilters,
        name="failed_email_list",
    ),
    path("notices/<uuid:pk>/send-again/", views.email_send_again, name="email_send_again"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/<uuid:pk>/read/", views.notice_read, name="notice_read"),
]
api_patterns = [
    list_view(
        "notices/",
        notices_visible_to,
        operation="list_notices",
        gives=NoticeOut,
        about="The caller's notices, newest first.",
    ),
    path("notices/choices/", api.EmailChoices.as_view(), name="api_get_email_choices"),
    path("notices/choices/choose/", api.ChooseEmails.as_view(), name="api_choose_emails"),
    list_view(
        "notices/failed-emails/",
        failed_emails,
        operation="list_failed_emails",
        gives=FailedEmailOut,
        filters=FailedEmailFilters,
        summary="List the e-mails that failed",
        about="The notices whose e-mail failed, the latest first, to administrators; no addresses.",
    ),
    act_view(
        "notices/<uuid:pk>/send-again/",
        send_email_again,
        scope=Scope.ADMINISTER,
        gives=FailedEmailOut,
        summary="Send an e-mail again",
    ),
    path("notices/mark-all-read/", api.MarkAllRead.as_view(), name="api_mark_all_read"),
    act_view(
        "notices/<uuid:pk>/mark-read/",
        mark_notice_read,
        scope=Scope.ADMINISTER,
        gives=NoticeOut,
        summary="Mark a notice as read",
        about="Note that the caller has read a notice.",
    ),
]
