"""The library in the centre's words: every code, every warning, every figure."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

import valuation
from marketplace.appraisal import apps
from marketplace.appraisal.adapters import results
from marketplace.appraisal.adapters.sentences import SENTENCES, WARNINGS
from marketplace.core.errors import Invalid
from tests.given.appraisal import VALUE, whole_inputs
from valuation.errors import SENTENCES as LIBRARY_SENTENCES
from valuation.errors import WARNING_SENTENCES as LIBRARY_WARNINGS

GIVEN = {"currency": "CNY"}
LIBRARY_PLACE = re.compile(r"\{(\w+)(?:!r)?\}")
OUR_PLACE = re.compile(r"%\((\w+)\)s")


def test_every_code_has_a_sentence() -> None:
    """Each refusal and each warning of the library, and none that it does not know."""
    assert set(SENTENCES) == valuation.CODES
    assert set(WARNINGS) == valuation.WARNING_CODES


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", sorted(valuation.CODES))
def test_sentences_fit_their_parameters(code: str, language: str) -> None:
    """A sentence names nothing that the library does not tell, in either language."""
    told = set(LIBRARY_PLACE.findall(LIBRARY_SENTENCES[code]))
    with translation.override(language):
        assert set(OUR_PLACE.findall(str(SENTENCES[code]))) <= told
        error = valuation.ValuationError(code, **{name: f"<{name}>" for name in told})
        assert "%(" not in results.sentence_of(error)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", sorted(valuation.WARNING_CODES))
def test_warnings_fit_their_parameters(code: str, language: str) -> None:
    """The same for warnings."""
    told = set(LIBRARY_PLACE.findall(LIBRARY_WARNINGS[code]))
    with translation.override(language):
        assert set(OUR_PLACE.findall(str(WARNINGS[code]))) <= told
        stored = {"warnings": [{"code": code, "parameters": dict.fromkeys(told, "7")}]}
        [sentence] = results.worded_warnings(stored)
        assert "%(" not in sentence


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"components": None, "sources": None}, "amount-missing", "direct"),
        ({"components": {"direct": "-1"}}, "negative-component", "direct"),
        ({"components": {"direct": "much"}}, "not-a-number", "direct"),
        ({"components": {"luck": "1"}}, "field-unknown", "luck"),
        ({"quality_coefficient": None}, "field-missing", "quality_coefficient"),
        ({"quality_coefficient": "-1"}, "negative-value", "quality_coefficient"),
        ({"remaining_life_years": "4"}, "remaining-life-too-long", "remaining_life_years"),
        ({"total_life_years": "0"}, "life-not-positive", "total_life_years"),
        ({"perpetual": True}, "finite-life-required", "perpetual"),
        ({"cost_basis": "wishful"}, "not-one-of", "cost_basis"),
    ],
)
def test_a_refusal_is_told_at_its_field(changes: dict[str, object], code: str, field: str) -> None:
    """With the library's code, so that a program can tell them apart."""
    with pytest.raises(Invalid) as refused:
        results.value("cost", GIVEN | whole_inputs(**changes))
    assert refused.value.code == code
    assert list(refused.value.fields) == [field]


def test_the_way_to_the_value_is_told_in_words() -> None:
    """From the value down to its inputs, with formulas of words and sources."""
    result = results.value("cost", GIVEN | whole_inputs()).to_dict()
    told = results.figures_of(result)
    assert [(figure.depth, figure.label) for figure in told] == [
        (0, "Value"),
        (1, "Replacement cost"),
        (2, "Preliminary cost"),
        (2, "Direct cost"),
        (2, "Indirect cost"),
        (2, "Opportunity cost"),
        (2, "Taxes and fees"),
        (1, "Value adjustment"),
        (2, "Quality coefficient"),
        (2, "Remaining life in years"),
        (2, "Whole life in years"),
    ]
    assert told[0].value == Decimal(VALUE)
    assert told[0].formula == "Replacement cost · Value adjustment"
    assert told[3].source == "Voucher of direct"
    assert told[3].worded_value == "185,000.50"
    assert told[9].worded_value == "2.5 years"
    assert told[8].worded_value == "1"
    assert told[7].worded_value == "0.8333"


def test_figures_have_a_chinese_name() -> None:
    """Down to the formula."""
    result = results.value("cost", GIVEN | whole_inputs()).to_dict()
    with translation.override("zh-hans"):
        told = results.figures_of(result)
    assert all(re.search(r"[\u4e00-\u9fff]", figure.label) for figure in told)
    assert not re.search(r"[a-z]", told[0].formula)


def test_replay_says_the_same_cents() -> None:
    """Of what the library wrote."""
    replayed = results.replayed(results.value("cost", GIVEN | whole_inputs()).to_dict())
    assert replayed.same
    assert replayed.sentence == f"Reproduced to the cent: {VALUE}."


def test_replay_of_drawn_figures_states_its_tolerance() -> None:
    """Since another numpy may draw a last digit differently, the sentence promises no cents."""
    drawn = results.value(
        "simulate",
        {
            "revenue_triangular": [[700000, 900000, 1300000]],
            "split_triangular": [0.03, 0.05, 0.06],
            "discount_rate": 0.15,
            "independent": True,
        },
    )
    replayed = results.replayed(drawn.to_dict())
    assert replayed.same
    assert "relative tolerance of 0.000000001" in replayed.sentence
    assert "cent:" not in replayed.sentence


def test_replay_names_what_differs() -> None:
    """Of a figure that somebody changed."""
    stored = results.value("cost", GIVEN | whole_inputs()).to_dict()
    replayed = results.replayed({**stored, "amount": "199999.99"})
    assert not replayed.same
    assert (replayed.amount_then, replayed.amount_now) == ("199999.99", VALUE)
    assert "199999.99" in replayed.sentence
    assert "Amount" in replayed.sentence


def test_replay_says_why_inputs_are_refused() -> None:
    """Where today's rules refuse them."""
    stored = results.value("cost", GIVEN | whole_inputs()).to_dict()
    broken = {**stored, "inputs": GIVEN | whole_inputs(total_life_years="0")}
    replayed = results.replayed(broken)
    assert not replayed.same
    assert replayed.amount_now == ""
    assert "Whole life in years" in replayed.sentence


def test_what_is_no_result_is_told() -> None:
    """And breaks nothing."""
    replayed = results.replayed({"amount": "1"})
    assert not replayed.same
    assert replayed.sentence == "What is stored of this valuation cannot be computed again. " + (
        "Draft a new valuation."
    )


def test_only_the_adapter_knows_the_library() -> None:
    """The rules take values of its types; nothing else imports it."""
    package = Path(apps.__file__).parent
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^(import|from) valuation\b", path.read_text(encoding="utf-8"), re.M)
    }
    assert users == {
        "adapters/labels.py",
        "adapters/results.py",
        "appraisal/limits.py",
        "appraisal/valuing.py",
        "ceiling/figures.py",
    }
