"""The addresses of webhooks."""

from django.urls import path

from marketplace.outbound.endpoint import api as endpoint_api
from marketplace.outbound.endpoint import views as endpoint_views
from marketplace.outbound.message import api as message_api
from marketplace.outbound.message import views as message_views

urlpatterns = [
    path("webhooks/", endpoint_views.endpoint_list, name="endpoint_list"),
    path("webhooks/<uuid:pk>/", endpoint_views.endpoint_detail, name="endpoint_detail"),
    path("webhooks/<uuid:pk>/events/", endpoint_views.endpoint_events, name="endpoint_events"),
    path("webhooks/<uuid:pk>/rotate/", endpoint_views.endpoint_rotate, name="endpoint_rotate"),
    path("webhooks/<uuid:pk>/enable/", endpoint_views.endpoint_enable, name="endpoint_enable"),
    path("webhooks/<uuid:pk>/close/", endpoint_views.endpoint_close, name="endpoint_close"),
    path("webhooks/<uuid:pk>/try/", message_views.endpoint_try, name="endpoint_try"),
    path("webhooks/messages/<uuid:pk>/", message_views.message_detail, name="message_detail"),
    path(
        "webhooks/messages/<uuid:pk>/resend/", message_views.message_resend, name="message_resend"
    ),
]

api_patterns = [
    path("webhooks/", endpoint_api.Endpoints.as_view(), name="api_list_endpoints"),
    path(
        "webhooks/register/",
        endpoint_api.RegisterEndpoint.as_view(),
        name="api_register_endpoint",
    ),
    path("webhooks/<uuid:pk>/", endpoint_api.OneEndpoint.as_view(), name="api_get_endpoint"),
    path(
        "webhooks/<uuid:pk>/choose-events/",
        endpoint_api.ChooseEvents.as_view(),
        name="api_choose_endpoint_events",
    ),
    path(
        "webhooks/<uuid:pk>/rotate/",
        endpoint_api.RotateSecret.as_view(),
        name="api_rotate_endpoint_secret",
    ),
    path(
        "webhooks/<uuid:pk>/enable/",
        endpoint_api.EnableEndpoint.as_view(),
        name="api_enable_endpoint",
    ),
    path(
        "webhooks/<uuid:pk>/close/",
        endpoint_api.CloseEndpoint.as_view(),
        name="api_close_endpoint",
    ),
    path("webhooks/<uuid:pk>/try/", message_api.TryEndpoint.as_view(), name="api_try_endpoint"),
    path(
        "webhooks/<uuid:pk>/messages/",
        message_api.Messages.as_view(),
        name="api_list_endpoint_messages",
    ),
    path("webhooks/messages/<uuid:pk>/", message_api.OneMessage.as_view(), name="api_get_message"),
    path(
        "webhooks/messages/<uuid:pk>/resend/",
        message_api.ResendMessage.as_view(),
        name="api_resend_message",
    ),
]
