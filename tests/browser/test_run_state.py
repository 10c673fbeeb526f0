"""A run's page follows the run by itself, and shows the result when it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.preparation.execution import execute_run
from tests.given import preparation as given
from tests.given.world import World

pytestmark = pytest.mark.browser


def test_page_follows_a_run_to_its_end(
    page: Page,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
) -> None:
    run = given.queued_masking(everyone)
    sign_in("officer")
    page.goto(site + reverse("run_detail", kwargs={"pk": run.pk}))
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    execute_run(run.pk)
    link = page.get_by_role("link", name="Read the risk report")
    expect(link).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Risk report of")
    assert violations == []


def test_policy_is_confirmed_without_a_script(
    page: Page, site: str, everyone: World, sign_in: Callable[[str], None]
) -> None:
    version = given.classified_version(everyone)
    page.route("**/*.js", lambda route: route.abort())
    sign_in("officer")
    page.goto(site + reverse("preparation_detail", kwargs={"pk": version.pk}))
    page.get_by_role("link", name="Decide what happens to each column").click()
    page.get_by_label("Mask of sex").select_option("keep")
    page.get_by_role("button", name="Confirm the policy", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("helps to single people out")
    page.get_by_label("Mask of sex").select_option("generalize")
    page.get_by_role("button", name="Confirm the policy", exact=True).click()
    page.get_by_role("button", name="Start desensitizing").click()
    expect(page.get_by_text("The version is being desensitized.")).to_be_visible()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
