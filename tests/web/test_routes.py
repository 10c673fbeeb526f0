"""Addresses by their first word are the addresses they were."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from marketplace.web.routes import Route, by_first_word


def view(request: HttpRequest) -> HttpResponse:
    """Return nothing."""
    return HttpResponse()


def test_routes_of_one_word_come_together_in_their_order() -> None:
    """Whatever has no word of its own stays where it is."""
    below = path("things/below/", include([path("a/", view, name="below")]))
    routes: list[Route] = [
        path("", view, name="home"),
        path("things/", view, name="list"),
        path("others/<int:pk>/", view, name="other"),
        path("things/<uuid:pk>/", view, {"kept": True}, name="thing"),
        path("<slug:word>/", view, name="any"),
        path("plain", view, name="plain"),
        below,
    ]
    found = by_first_word(routes)
    assert [str(route.pattern) for route in found] == [
        *("", "things/", "others/", "<slug:word>/", "plain", "things/below/")
    ]
    root = URLResolver(RegexPattern("^/"), found)
    for address, name, kwargs in (
        ("/", "home", {}),
        ("/things/", "list", {}),
        ("/others/3/", "other", {"pk": 3}),
        ("/word/", "any", {"word": "word"}),
        ("/plain", "plain", {}),
        ("/things/below/a/", "below", {}),
    ):
        match = root.resolve(address)
        assert (match.url_name, match.kwargs) == (name, kwargs)
    match = root.resolve("/things/8e03978e-40d5-43dd-bc93-6894a57f9324/")
    assert (match.url_name, match.kwargs["kept"]) == ("thing", True)
    assert match.route.endswith("things/<uuid:pk>/")
    assert root.reverse("other", pk=3) == "others/3/"
