"""The tags and filters of every page."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import template
from django.core.exceptions import DisallowedHost
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from marketplace.core.actor import NOBODY, Actor
from marketplace.core.terms import HasTerms, last_day_shown
from marketplace.web import offers
from marketplace.web.guides.glossary import term_named
from marketplace.web.guides.reading import CHINESE, language_of_reader
from marketplace.web.guides.shelf import PAGES
from marketplace.web.navigation import OWN_PLACES, Link, Links, links_for, menu_for
from marketplace.web.pagination import CappedPages
from marketplace.web.requests import actor

register = template.Library()

NOTHING = "—"
KEPT_FIELDS, LONGEST_KEPT = 512, 100
TONES: Mapping[str, frozenset[str]] = {
    "good": frozenset(
        {"accepted", "active", "approved", "certified", "completed", "confirmed", "delivered"}
        | {"deposited", "done", "in_force", "issued", "paid", "passed", "published", "signed"}
        | {"standing", "transferred", "valid", "verified"}
    ),
    "waiting": frozenset(
        {"in_review", "open", "ordered", "pending", "placed", "public_notice", "queued"}
        | {"submitted", "under_review"}
    ),
    "running": frozenset({"running"}),
    "attention": frozenset(
        {
            "dispute_external",
            "disputed",
            "frozen",
            "objected",
            "objection",
            "post_objection",
            "put_aside",
        }
        | {"returned"}
        | {"supplement_acceptance", "supplement_review", "suspended"}
    ),
    "bad": frozenset(
        {"declined", "disabled", "failed", "given_up", "invalid", "not_accepted", "refused"}
        | {"rejected", "revoked", "terminated", "upheld"}
    ),
}
"""What the states of the centre's things mean to a reader; a state in none of them is neutral."""

TONE_OF: Mapping[str, str] = {state: tone for tone, states in TONES.items() for state in states}


@register.filter
def short_digest(value: str) -> SafeString:
    """Show the first twelve characters of a digest; the whole stands in its title."""
    return format_html('<code class="digest" title="{}">{}…</code>', value, str(value)[:12])


@register.simple_tag
def came_from(request: HttpRequest | str) -> str:
    """Return the page of ours from which a request came, "" where it came from elsewhere."""
    if isinstance(request, str):
        return ""
    try:
        host = request.get_host()
    except DisallowedHost:
        # Its refusal is drawn by this very page.
        return ""
    address = request.META.get("HTTP_REFERER", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts={host}) else ""


@register.simple_tag
def focus_first_error(form: BaseForm) -> bool:
    """Give the focus to the first field that is wrong; return whether one is."""
    for field in form.visible_fields():
        if field.errors:
            field.field.widget.attrs["autofocus"] = True
            return True
    return False


@register.simple_tag
def money(amount: Decimal | None, currency: str = "CNY") -> str:
    """Show an amount with thousands separators and its currency."""
    if amount is None:
        return NOTHING
    return f"{amount:,.2f} {currency}"


@register.filter
def plain_money(amount: Decimal | None) -> str:
    """Show an amount whose currency stands above it; a dash where there is none."""
    return NOTHING if amount is None else f"{amount:,.2f}"


@register.filter
def grouped(number: float | Decimal | None) -> str:
    """Show a number with thousands separators, in either language."""
    return NOTHING if number is None else f"{number:,}"


@register.filter
def counted(number: int) -> str:
    """Show a number that is counted up to the most alone: `≥ 1,000`."""
    return f"≥ {number:,}" if number >= CappedPages.most else f"{number:,}"


@register.filter
def percent(share: float | Decimal | None, places: int = 1) -> str:
    """Show a share of 1 in percent: `0.123` as `12.3 %`."""
    if share is None:
        return NOTHING
    return f"{Decimal(str(share)) * 100:,.{places}f} %"


@register.filter
def last_day(record: HasTerms, field: str) -> str:
    """Return the last day of a term, marked where it is provisional."""
    return last_day_shown(record, field)


@register.filter
def yes_no(value: object) -> str:
    """Show a truth as a word, None as a dash."""
    if value is None:
        return NOTHING
    return _("Yes") if value else _("No")


@register.simple_tag
def state_badge(state: object, label: object = "") -> SafeString:
    """Show a state as a pill in the colour of its meaning.

    `label` is the wording, such as `order.get_state_display`; a member of a `TextChoices` brings
    its own.
    """
    value = str(getattr(state, "value", state))
    worded = label or getattr(state, "label", value.replace("_", " "))
    tone = TONE_OF.get(value.lower().replace("-", "_"), "neutral")
    return format_html('<span class="pill pill-{}">{}</span>', tone, worded)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Draw a Lucide icon that says nothing by itself: the words stand beside it."""
    return _drawn(name, size)


@cache
def _drawn(name: str, size: int) -> SafeString:
    hidden = {"class": f"icon icon-{name}", "aria_hidden": "true", "focusable": "false"}
    return mark_safe(lucide(Context(), name, size=size, **hidden))


@register.filter
def search_field(field: BoundField) -> SafeString:
    """Draw a field of a form that narrows a list.

    The same field is drawn alike for everybody who sends the same value, so it is drawn once.
    """
    value = field.form.data.get(field.html_name)
    if value is not None and len(value) > LONGEST_KEPT:
        return SafeString(as_crispy_field(field))
    form: Callable[[dict[str, str]], BaseForm] = type(field.form)
    return _field_drawn(form, field.name, value, get_language())


@lru_cache(maxsize=KEPT_FIELDS)
def _field_drawn(
    form: Callable[[dict[str, str]], BaseForm], name: str, value: str | None, language: str | None
) -> SafeString:
    with override(language):
        return SafeString(as_crispy_field(form({} if value is None else {name: value})[name]))


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[Links]:
    """Return the menu for whoever reads the page."""
    return menu_for(*_reader_and_path(context))


@register.simple_tag(takes_context=True)
def own_places(context: Context) -> list[Link]:
    """Return the entries of the reader's own menu."""
    return links_for(*_reader_and_path(context), OWN_PLACES)


def _reader_and_path(context: Context) -> tuple[Actor, str]:
    # A page of a fault is drawn without a request, as for nobody at no place.
    request = context.get("request")
    return (actor(request), request.path) if request else (NOBODY, "")


@register.simple_tag(takes_context=True)
def offered(context: Context, route: str, thing: Model | None = None) -> offers.Offered:
    """Return another page as it is offered to whoever reads this one."""
    return offers.offered(route, thing, actor(context["request"]))


@register.inclusion_tag("partials/term.html")
def term(name: str) -> dict[str, object]:
    """Show a word of the glossary that opens its sentence. `name` is its English word."""
    found, language = term_named(name), language_of_reader()
    return {
        "name": found.name_in(language) if language == CHINESE else name,
        "sentence": found.sentence_in(language),
        "address": found.address,
        "guide": found.guide_address,
    }


@register.inclusion_tag("partials/page_help.html", takes_context=True)
def page_help(context: Context) -> dict[str, object]:
    """Show the words that a page needs, and the guide that it belongs to."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    found = PAGES.get(match.url_name) if match else None
    if request is None or found is None:
        return {}
    buys = found.of_buyers and actor(request).has("buyer") and not actor(request).has("officer")
    guide, hash_, anchor = (found.of_buyers if buys else found.guide).partition("#")
    return {
        "terms": found.terms,
        "guide": reverse("help_guide", args=[guide]) + hash_ + anchor,
    }


@register.simple_tag(takes_context=True)
def address_of_list(context: Context, name: str, value: object) -> str:
    """Return the address of the page's list from its beginning, with one parameter replaced.

    An empty value takes the parameter away.
    """
    query = context["request"].GET.copy()
    query.pop("page", None)
    query[name] = str(value)
    if not value:
        del query[name]
    return f"{context['request'].path}?{query.urlencode()}" if query else context["request"].path


@register.simple_tag(takes_context=True)
def address_with(context: Context, name: str, value: object) -> str:
    """Return the page's query string with one parameter replaced."""
    query = context["request"].GET.copy()
    query[name] = str(value)
    return f"?{query.urlencode()}"


SECTION = re.compile(
    r'<(?:section|fieldset) class="panel[^"]*"(?P<rest>[^>]*)>\s*'
    r"<(?:header|legend) class=\"panel-head[^>]*>(?:<h2[^>]*>)?(?P<title>.*?)(?=</h2>|</legend>)",
    re.DOTALL,
)
NAMED = re.compile(r'\bid="([^"]+)"')
NO_WORDS = re.compile(r"<(?!/?code\b)[^>]*>")
"""What a title loses among the links: all its marks but those of program text."""
FEWEST_SECTIONS = 2


class Sectioned(Node):
    """The nodes of a page, led by links to its panels."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> SafeString:
        """Draw the nodes, name each panel that has no id, and put the links before them."""
        html: str = self.nodes.render(context)
        links: list[tuple[str, str]] = []

        def named(found: re.Match[str]) -> str:
            has_id, title = NAMED.search(found["rest"]), NO_WORDS.sub("", found["title"]).strip()
            key = has_id[1] if has_id else f"section-{len(links) + 1}"
            links.append((key, title))
            if has_id:
                return found[0]
            end = found.start("rest") - found.start()
            return f'{found[0][:end]} id="{key}"{found[0][end:]}'

        html = SECTION.sub(named, html)
        if len(links) < FEWEST_SECTIONS:
            return mark_safe(html)
        # Titles come from a page that escaped them already.
        listed = "\n".join(f'<a href="#{key}">{title}</a>' for key, title in links)
        label = escape(_("Sections of this page"))
        return mark_safe(f'<nav class="page-sections" aria-label="{label}">{listed}</nav>\n{html}')


@register.tag
def sectioned(parser: Parser, token: Token) -> Sectioned:
    """Lead a long page by links to its panels: `{% sectioned %}` … `{% endsectioned %}`.

    Where it has one alone, nothing is put before it.
    """
    nodes = parser.parse(("endsectioned",))
    parser.delete_first_token()
    return Sectioned(nodes)
