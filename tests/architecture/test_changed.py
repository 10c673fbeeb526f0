"""What `make quick` runs for a change: enough to find a fault, little enough to wait for."""

from __future__ import annotations

import pytest

from tests import changed


def test_a_module_is_tested_by_its_app_and_who_imports_it() -> None:
    """Whether a test of the app imports it or reaches it by acts alone."""
    found = changed.tests_for(["marketplace/rights/right/registrability.py"])
    assert {"tests/rights/test_registrability.py", "tests/rights/test_duty_data.py"} <= set(found)
    others = [path for path in found if not path.startswith("tests/rights/")]
    assert len(others) <= changed.AT_MOST
    assert not [path for path in found if path.startswith(changed.LONG)]
    assert "tests/web/test_bounds.py" in changed.tests_for(["marketplace/core/bounds.py"])
    assert "tests/valuation/test_options.py" in changed.tests_for(["valuation/errors.py"])


@pytest.mark.parametrize(
    "path", ["templates/rights/claim_list.html", "marketplace/rights/locale/zh_Hans/django.po"]
)
def test_what_is_read_on_pages_is_tested_there(path: str) -> None:
    assert changed.tests_for([path]) == ["tests/rights/test_pages.py"]


def test_a_changed_test_is_run_wherever_it_lies() -> None:
    """First; and a builder that changed by those who import it."""
    story = "tests/browser/test_story.py"
    assert changed.tests_for([story, "docs/index.md"]) == [story]
    assert "tests/rights/test_claims.py" not in changed.tests_for([story])
    assert "tests/architecture/test_proxy.py" in changed.tests_for(["tests/given/proxy.py"])
