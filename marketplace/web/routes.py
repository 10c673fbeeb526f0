"""Addresses by their first word, so that a request tries the few that begin like its own."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path

Route = URLPattern | URLResolver


def by_first_word(routes: Iterable[Route]) -> list[Route]:
    """Return the same routes, those of one first word under one resolver, in their order.

    Django tries routes one after the other. Only what begins with a word and a slash is put
    together: such routes match no address that begins with another word.
    """
    groups: dict[str, list[URLPattern]] = {}
    found: list[tuple[str, Route | None]] = []
    for route in routes:
        word, slash, _rest = str(route.pattern).partition("/")
        if not slash or "<" in word or not isinstance(route, URLPattern):
            found.append(("", route))
            continue
        if word not in groups:
            found.append((word, None))
        groups.setdefault(word, []).append(route)
    return [route or _under(word, groups[word]) for word, route in found]


def _under(word: str, routes: list[URLPattern]) -> Route:
    below = [
        path(
            str(route.pattern).removeprefix(f"{word}/"),
            route.callback,
            route.default_args,
            name=route.name,
        )
        for route in routes
    ]
    return path(f"{word}/", include(below))
