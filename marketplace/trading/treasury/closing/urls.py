"""The addresses of closed days."""

from django.urls import path

from marketplace.trading.treasury.closing import api

api_patterns = [
    path("closings/", api.Closings.as_view(), name="api_list_closings"),
    path("closings/close/", api.CloseDay.as_view(), name="api_close_day"),
]
