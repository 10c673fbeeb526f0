"""The addresses of the vault app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
