"""The pages of the API: its manual, its operations by group, and each of them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from marketplace.web.manual import USUAL, manual_of
from marketplace.web.manual.reading import SITE, Field, Group, groups
from marketplace.web.pages import same_for_visitors

LONGEST_WORDS = 100
CHINESE = re.compile(r"[\u4e00-\u9fff]")
"""What tells that a text is translated."""
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@same_for_visitors
def api_index(request: HttpRequest) -> HttpResponse:
    """List the groups of operations, or the operations in which some words occur."""
    asked = request.GET.get("q", "")[:LONGEST_WORDS]
    words = asked.lower().split()
    all_groups = groups(_language()).values()
    context = {
        "asked": asked,
        "groups": all_groups,
        "found": [one for group in all_groups for one in group.operations if one.fits(words)],
    }
    return render(request, "web/manual/index.html", context)


@same_for_visitors
def api_manual(request: HttpRequest) -> HttpResponse:
    """Show the manual, with the address of this centre in its commands."""
    text = manual_of(_language()).replace(SITE, _site(request))
    sections = [
        (f"section-{number}", heading, _html(body))
        for number, (heading, body) in enumerate(_sections(text), start=1)
    ]
    return render(request, "web/manual/manual.html", {"sections": sections})


@same_for_visitors
def api_group(request: HttpRequest, group: str) -> HttpResponse:
    return render(request, "web/manual/group.html", {"group": _group(group)})


@same_for_visitors
def api_operation(request: HttpRequest, group: str, name: str) -> HttpResponse:
    found = _group(group)
    one = next((each for each in found.operations if each.name == name), None)
    if one is None:
        raise Http404
    context = {
        "group": found,
        "operation": one,
        "about": _html(one.about),
        "parameters": _told(one.parameters),
        "body": _told(one.body),
        "gives": _told(one.gives),
        "refused": [(each.status, _line(each.why)) for each in one.refused],
        "curl": one.curl.replace(SITE, _site(request)),
    }
    return render(request, "web/manual/operation.html", context)


def _language() -> str:
    return get_language() or USUAL


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _group(name: str) -> Group:
    found = groups(_language()).get(name)
    if found is None:
        raise Http404
    return found


def _told(fields: Iterable[Field]) -> list[Field]:
    """Return the fields; what is told of them in another language is left out."""
    if _language() == USUAL:
        return list(fields)
    return [one if CHINESE.search(one.about) else replace(one, about="") for one in fields]


def _sections(text: str) -> list[tuple[str, str]]:
    parts = text.split("\n## ")
    parts[0] = parts[0].removeprefix("## ")
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def _line(text: str) -> SafeString:
    """Return a line of Markdown of ours as HTML."""
    shown: str = MARKDOWN.renderInline(text)
    return mark_safe(shown)


def _html(text: str) -> SafeString:
    """Return Markdown of ours as HTML; tags in it are shown as they stand."""
    shown: str = MARKDOWN.render(text)
    shown = shown.replace("<table>", '<div class="table-region" tabindex="0"><table class="table">')
    shown = shown.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return mark_safe(shown)
