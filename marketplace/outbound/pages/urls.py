from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.endpoint.services import choose_events
from marketplace.outbound.pages import views
from marketplace.web.act_pages import form_page

urlpatterns = [
    path("webhooks/", views.endpoint_list, name="endpoint_list"),
    path("webhooks/<uuid:pk>/", views.endpoint_detail, name="endpoint_detail"),
    form_page(
        "webhooks/<uuid:pk>/events/",
        choose_events,
        done=_("The choice of events is saved."),
        onto="endpoint_detail",
        again=views.endpoint_page,
        of=endpoints_visible_to,
        name="endpoint_events",
    ),
    path("webhooks/<uuid:pk>/rotate/", views.endpoint_rotate, name="endpoint_rotate"),
]
