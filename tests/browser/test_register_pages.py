"""The forms of the register, at both widths and in both languages: long, refused and empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from marketplace.accounts.models import Organization
from marketplace.core import clock
from marketplace.rights.entry.services import enter_remark, lift_remark
from tests.given import following
from tests.given import rights as given
from tests.given.remarks import COURT, judicially_frozen
from tests.given.world import World

pytestmark = pytest.mark.browser
SIZES = (ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844))
LONG = "In Fujian, for the planning of bus lines by the cities along the Minjiang river. " * 3


@pytest.mark.drawn(1)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_forms_of_the_register_fit(
    page: Page,
    context: BrowserContext,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    keep_picture: Callable[[str], None],
    violations: list[str],
    language: str,
) -> None:
    """No page is wider than its window, and nothing is refused by the browser."""
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])

    def look(name: str, *, pk: object = "", press: bool = False) -> None:
        if pk:
            page.goto(site + reverse(name, args=[pk]))
        if press:
            if page.get_by_role("spinbutton").count():
                page.get_by_role("spinbutton").fill("9")
            page.get_by_role("main").locator("form button[type=submit]").last.click()
            expect(page.locator(".is-invalid, .invalid-feedback").first).to_be_visible()
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            keep_picture(f"{name}{'-refused' if press else ''}-{language}")

    with clock.stopped_at(clock.now() - timedelta(days=300)):
        held = given.certified(everyone, term_years=1, restrictions="In Fujian")
    Organization.objects.filter(pk=held.organization_id).update(name="Fuzhou Metro Bureau")
    sign_in("officer")
    for name in ("certificate_renew", "certificate_change", "certificate_give_up"):
        look(name, pk=held.pk)
        look(name, press=True)
    look("certificate_transfer", pk=held.pk)
    change = following.asked_change(everyone, held, restrictions=LONG.strip())
    look("claim_detail", pk=change.pk)
    following.submitted_following(everyone, change)
    sign_in("reviewer")
    look("claim_review", pk=change.pk)
    other = given.certified(everyone)
    look("certificate_remark", pk=other.pk)
    look("certificate_remark", press=True)
    reviewer = everyone.actor("reviewer")
    enter_remark(other.pk, kind="agreed_terms", text=LONG.strip()[:300], by=reviewer)
    remark = judicially_frozen(everyone, other)
    look("remark_lift", pk=remark.pk)
    lift_remark(remark.pk, **COURT, by=reviewer)
    enter_remark(
        other.pk,
        kind="administrative_control",
        authority="Fujian Provincial Data Administration, Department of Market Supervision",
        document_number="闽数管〔2026〕 118",
        by=reviewer,
    )
    sign_in("second_reviewer")
    look("certificate_detail", pk=other.pk)
    gone = following.asked_cancellation(everyone)
    following.waived_following(everyone, gone)
    look("claim_review", pk=gone.pk)
    assert violations == []
