"""The pages by which a model is offered, bought and tried, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.learning.model.models import TrainedModel
from tests.browser.test_accessibility import look
from tests.browser.visitor import leave_by
from tests.given import learning as given
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_a_model_is_offered_bought_and_tried(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """A row is filled in and answered; no fault for axe on the way."""
    grant = given.sold(everyone, "scoring", quota=1000)
    model = TrainedModel.objects.get(asset=grant.version_id)
    sign_in("officer")
    for name, key in (
        ("model_asset_make", model.pk),
        ("model_detail", model.pk),
        ("dataset_detail", grant.version.dataset_id),
        ("risk_report_detail", grant.listing.risk_report_id),
        ("grant_detail", grant.pk),
    ):
        assert look(page, site, reverse(name, args=[key]), keep_picture, f"sold_{name}") == {}
    sign_in("buyer")
    offer = reverse("listing_public", args=[grant.listing_id])
    assert look(page, site, offer, keep_picture, "model_offer") == {}
    delivery = reverse("grant_detail", args=[grant.pk])
    assert look(page, site, delivery, keep_picture, "scoring_delivery") == {}
    tried = reverse("grant_score", args=[grant.pk])
    assert look(page, site, tried, keep_picture, "scoring_form") == {}
    page.context.clear_cookies(name="django_language")
    page.goto(f"{site}{tried}")
    page.get_by_label("First").fill("2.5")
    page.get_by_label("District").select_option("north")
    leave_by(page.get_by_role("button", name="Score the row"))
    expect(page.get_by_role("heading", name="Label: yes")).to_be_visible()
    expect(page.get_by_text("999 of 1,000 rows are left")).to_be_visible()
    keep_picture("scoring_answer")
    page.locator("input[type=file]").set_input_files(
        {
            "name": "rows.csv",
            "mimeType": "text/csv",
            "buffer": b"first,second,district\n2.5,high,north\n",
        }
    )
    leave_by(page.get_by_role("button", name="Score the table"))
    expect(page.get_by_text("look at “second”").first).to_be_visible()
    keep_picture("scoring_table_refused")
    page.locator("input[type=file]").set_input_files(
        {
            "name": "rows.csv",
            "mimeType": "text/csv",
            "buffer": b"first,second,district\n2.5,0.1,north\n",
        }
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Score the table").click()
    assert saved.value.suggested_filename == "scores.csv"
    assert violations == []
