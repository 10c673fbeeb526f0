"""What is answered to somebody is kept nowhere, at any address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from tests.architecture.test_house import sources
from tests.conftest import ApiClients, PageClients
from tests.given.world import World

FOR_ALL = {
    *("log_checkpoint", "log_checkpoint_of_size", "log_keys", "log_tile", "log_entries"),
    *("status_list", "did_document", "verifier"),
}
"""Signed or public bytes, the same for whoever asks; caches on the way may keep them."""
VALUES = {"UUIDConverter": UUID(int=1), "IntConverter": 1}


def addresses() -> dict[str, str]:
    """Return an address of each module of views, of a thing that need not exist, and of FOR_ALL."""
    found = list(_addresses(get_resolver(), "/"))
    chosen = {module: (name, path) for module, name, path in found}
    return dict(chosen.values()) | {name: path for _module, name, path in found if name in FOR_ALL}


def _addresses(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str, str]]:
    for pattern in resolver.url_patterns:
        route = pattern.pattern
        if isinstance(route, RegexPattern):
            path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route.regex.pattern).strip("^$")
        else:
            path = str(route)
            for name, converter in route.converters.items():
                value = str(VALUES.get(type(converter).__name__, "x"))
                path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, prefix + path)
        elif isinstance(pattern, URLPattern):
            module = getattr(pattern.callback, "__module__", "")
            yield module, pattern.name or prefix + path, prefix + path


def test_what_somebody_is_answered_is_not_kept(world: World, page_of: PageClients) -> None:
    """By no module of views, whether the thing exists or not, but where it is the same for all."""
    client, kept = page_of("officer"), set()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for name, address in addresses().items():
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        answer = client.get(address)
        assert answer.status_code < 500, address
        if "no-store" not in answer.get("Cache-Control", ""):
            kept.add(name)
    assert kept <= FOR_ALL


def test_what_may_be_kept_is_said_in_few_places() -> None:
    """No other view tells caches that its answer is the same for all."""
    said = re.compile(r"\bpublic, max-age|cache_control\([^)]*public=True")
    found = {
        str(path.relative_to(path.cwd()))
        for path in sources("marketplace")
        if said.search(path.read_text())
    }
    views = ("credentials/views", "ledger/views")
    assert found == {f"marketplace/{view}.py" for view in views}


def test_what_a_token_is_answered_is_not_kept(api_of: ApiClients, world: World) -> None:
    """Nor what is refused to one."""
    client = api_of("")
    for name in ("api_list_datasets", "api_search_market"):
        answer = client.get(reverse(name), headers={"Authorization": "Bearer dtc_unknown"})
        assert answer["Cache-Control"] == "private, no-store"


def test_what_is_for_all_may_be_kept(client: Client, page_of: PageClients) -> None:
    """A visitor's browser goes back without asking anew; the log is the same for all who ask."""
    assert "no-store" not in client.get("/market/").get("Cache-Control", "")
    for asker in (client, page_of("officer")):
        assert asker.get(reverse("log_keys"))["Cache-Control"].startswith("public")


def test_signing_in_is_not_kept(client: Client, world: World) -> None:
    """The answer that begins a session, too."""
    answer = client.post(reverse("account_login"), {"login": "x@example.org", "password": "x"})
    assert "no-store" in answer["Cache-Control"]
