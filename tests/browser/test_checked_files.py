"""The page that checks a signed file: what a forger wrote shows as what it is, and fits."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, FilePayload, Page, ViewportSize, expect

from tests.browser.visitor import leave_by
from tests.given.world import World
from tests.ledger import signed_files as files
from tests.ledger.crafted import FORGED, certificate

pytestmark = pytest.mark.browser
SIZES = (ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844))
TRUST = json.dumps(files.trust_file()).encode()
SECOND = """
    const field = document.querySelector('[name=status]').cloneNode();
    field.id = 'second'; field.name = 'document';
    document.querySelector('main form').append(field);
"""


def payload(name: str, data: bytes) -> FilePayload:
    """Return a file to choose."""
    return FilePayload(name=name, mimeType="application/json", buffer=data)


def test_a_forged_file_and_too_many(
    page: Page,
    context: BrowserContext,
    site: str,
    world: World,
    keep_picture: Callable[[str], None],
    violations: list[str],
) -> None:
    """At both widths and in both languages, signed out."""
    forged = certificate(number=FORGED, type=["VerifiableCredential", "x" * 5_000])
    for language, too_many in (("en", "Nothing was checked"), ("zh-hans", "未作核验")):
        context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}]
        )
        for name, second in (("forged", False), ("too-many", True)):
            page.goto(f"{site}/verify/file/")
            page.set_input_files("[name=document]", payload("a.json", forged))
            page.set_input_files("[name=trust]", payload("trust.json", TRUST))
            if second:
                page.evaluate(SECOND)
                page.set_input_files("#second", payload("b.json", forged))
            leave_by(page.locator("main form button[type=submit]"))
            expect(page.locator("main .note").first).to_contain_text(
                too_many if second else r"PR-1\u000aVERIFIED"
            )
            for size in SIZES:
                page.set_viewport_size(size)
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
                keep_picture(f"checked-file-{name}-{language}")
