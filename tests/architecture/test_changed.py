"""What `make quick` runs for a change: enough to find a fault, little enough to wait for."""

from __future__ import annotations

import pytest

from tests import changed
from tests.plugins.environments import environment
from tests.plugins.turns import LONG, read

DISPUTES = "marketplace/trading/orders/dispute/services.py"


def test_who_imports_what_changed_comes_first() -> None:
    """Those that import it directly, and of their app; the long ways through the centre never."""
    found = changed.tests_for([DISPUTES])
    assert "tests/trading/orders/test_disputes.py" in found[:12]
    far = changed.distances([DISPUTES])
    assert far["tests/trading/orders/test_disputes.py"] == 1
    rest = found[12:]
    assert [far[path] for path in rest] == sorted(far[path] for path in rest)
    assert not [path for path in found if path.startswith((*changed.TOO_LONG, changed.HOUSE))]
    assert "tests/web/test_bounds.py" in changed.tests_for(["marketplace/core/bounds.py"])
    assert "tests/valuation/test_options.py" in changed.tests_for(["valuation/errors.py"])
    assert "tests/valuation/test_options.py" not in found


@pytest.mark.parametrize(
    "path",
    [
        "templates/rights/claim_list.html",
        "templates/rights/partials/remarks.html",
        "marketplace/rights/registration/views.py",
        "marketplace/rights/locale/zh_Hans/LC_MESSAGES/django.po",
    ],
)
def test_what_is_read_on_pages_is_tested_there(path: str) -> None:
    """Whether a module or another template names it; and no other app is asked first."""
    found = changed.tests_for([path])
    assert "tests/rights/test_pages.py" in found
    assert found[0].startswith("tests/rights/")


def test_a_changed_test_is_run_wherever_it_lies() -> None:
    """First; and a builder that changed by those who import it."""
    story = "tests/browser/test_story.py"
    assert changed.tests_for([story, "docs/index.md"]) == [story]
    assert changed.tests_for([DISPUTES, story])[0] == story
    proxied = changed.distances(["tests/given/proxy.py"])
    assert proxied["tests/architecture/test_proxy.py"] == 1


def test_what_fits_runs_and_the_rest_is_told() -> None:
    """Of each file the shorter cases; a file that finds no time is named."""
    first, second = "tests/architecture/test_changed.py", "tests/architecture/test_turns.py"
    long = {
        f"{first}::test_a": 6.0,
        f"{first}::test_b[long]": 8.0,
        f"{first}::test_c": changed.MOST + 1,
    }
    found = changed.fitting([first, second], long, most=100)
    assert found.arguments() == [first, second, f"--deselect={first}::test_c"]
    assert "1 longer cases of them and 0 other files" in found.summary()
    found = changed.fitting([first, second], long, most=8)
    assert set(found.cases) == {f"{first}::test_b[long]", f"{first}::test_c"}
    found = changed.fitting([first, second], long, most=0.1)
    assert (found.files, found.others) == ([], [first, second])
    assert second in found.summary()
    assert changed.fitting([second], {}).summary() == ""


def test_rules_of_the_house_and_a_noun_find_time() -> None:
    """All rules but what is long, with the tests nearest to the noun."""
    long = read(LONG.read_text(encoding="utf-8"))
    found = changed.fitting([*changed.rules_of_the_house(), *changed.tests_for([DISPUTES])], long)
    assert {"tests/architecture/test_house.py", "tests/architecture/test_doors.py"} <= set(
        found.files
    )
    assert "tests/trading/orders/test_disputes.py" in found.files
    assert found.seconds <= changed.SECONDS


class Config:
    """The configuration of a run that builds nothing."""

    def getoption(self, name: str) -> bool:
        """Answer every question with yes."""
        return name == "--build-nothing"


def test_nothing_is_built_for_it() -> None:
    """A test that needs an environment that is missing is skipped, and says how it is built."""
    with pytest.raises(pytest.skip.Exception, match=r"make build/no-such-judge/\.installed"):
        environment("no-such-judge", Config())  # type: ignore[arg-type]
