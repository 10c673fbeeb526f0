"""What a page offers: its links, and its forms as somebody would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from marketplace.core import clock
from tests.given.world import PASSWORD

TYPED = {
    "email": "somebody@example.org",
    "number": "1",
    "url": "https://data.example.org/",
    "password": PASSWORD,
    "text": "For a reason.",
    "search": "",
}


@dataclass
class Form:
    """A form that sends by POST: where to, with what; a file is not made up."""

    address: str
    data: dict[str, list[str]] = field(default_factory=dict)
    takes_file: bool = False


class Offered(HTMLParser):
    """Reads the links and the forms of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form, or what a form sends."""
        own = {name: value or "" for name, value in attrs}
        if tag == "a" and (to := self._ours(own.get("href", ""))):
            self.links.append(to)
        elif tag == "form":
            to = self._ours(own.get("action", "") or self.address)
            posts = own.get("method", "get").lower() == "post"
            self._form = Form(to) if posts and to else None
        elif self._form is not None and "disabled" not in own:
            self._note(self._form, tag, own)

    def handle_endtag(self, tag: str) -> None:
        """Close a form, or a field with an end of its own."""
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        """Keep what stands in a text field."""
        if self._text and self._form is not None and data.strip():
            self._form.data[self._text] = [data.strip()]

    def _ours(self, to: str) -> str:
        parts = urlsplit(urljoin(self.address, to))
        if not to or to.startswith("#") or parts.scheme or parts.netloc:
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _note(self, form: Form, tag: str, own: dict[str, str]) -> None:
        name, kind = own.get("name", ""), own.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in own or (own.get("value") and not any(form.data.get(self._select, []))):
                form.data[self._select] = [own.get("value", "")]
        elif tag == "textarea":
            self._text = name
            form.data[name] = ["For a reason."]
        elif tag == "input" and kind == "file":
            form.takes_file = True
        elif tag == "input" and name and kind in ("checkbox", "radio"):
            if kind == "checkbox" or "checked" in own or name not in form.data:
                sent = own.get("value", "on")
                form.data[name] = [*form.data.get(name, []), sent] if kind == "checkbox" else [sent]
        elif tag == "input" and name and kind != "submit":
            later = (clock.today() + timedelta(days=30)).isoformat()
            form.data[name] = [
                own.get("value") or (later if kind == "date" else TYPED.get(kind, ""))
            ]
        elif tag == "button" and name and own.get("type", "submit") == "submit":
            form.data.setdefault(name, [own.get("value", "")])
