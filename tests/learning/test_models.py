"""From a declared run to a model that is used, and refused once its right does not stand."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.quality.selectors import quality_of
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.credentials.selectors import claims_of, document_of
from marketplace.learning.grounds.choices import Trouble
from marketplace.learning.grounds.locks import grounds_of
from marketplace.learning.model.card import card_bytes
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.model.pedigree import claims_of_pedigree, pedigree_of
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.services import open_model, score_rows, settle_models
from marketplace.learning.model.states import ModelState
from marketplace.learning.run.services import cancel_training, start_training
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, main
from marketplace.preparation.report.services import withdraw_report
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from tests.conftest import ApiClients, PageClients
from tests.given import annotation
from tests.given import learning as given
from tests.given.learning import DECLARED, ROW, SYSTEM
from tests.given.world import World


def scored(world: World, model: Any, *rows: Any, reasons: bool = False, by: str = "officer") -> Any:
    """Give rows to a model."""
    return score_rows(model.pk, rows=list(rows), with_reasons=reasons, by=world.actor(by))


def test_a_model_says_what_it_was_trained_to_say(world: World) -> None:
    model = given.model(world)
    high, low = scored(
        world, model, ROW, {"first": -3.0, "second": None, "district": "nowhere"}, reasons=True
    )
    assert (high.label, low.label) == ("yes", "no")
    assert sum(high.probabilities.values()) == pytest.approx(1)
    assert next(reason.feature for reason in high.reasons) == "first"
    assert high.reasons[0].effect > 0
    assert [one.rows for one in Scoring.objects.filter(model=model)] == [2]
    assert model.card["membership"]["upper_bound"] <= 0.05
    assert model.card["data"]["sha256"] == model.version.sha256


def test_the_reasons_of_a_linear_model_add_up(world: World) -> None:
    """To what lies between the row and one that has the usual value everywhere."""
    model = given.model(world)
    usual = {one["name"]: one["usual"] for one in model.schema["features"]}
    row, plain = scored(world, model, ROW, usual, reasons=True)
    label = row.label

    def odds(one: Scored) -> float:
        return math.log(one.probabilities[label] / (1 - one.probabilities[label]))

    moved = sum(reason.effect for reason in row.reasons)
    assert moved == pytest.approx(odds(row) - odds(plain), abs=1e-9)
    assert abs(moved) > 1
    assert all(reason.effect == pytest.approx(0) for reason in plain.reasons)


def test_a_model_that_tells_its_rows_is_not_kept(world: World, page_of: PageClients) -> None:
    """Trees keep more of four thousand rows than may be told; the page says so."""
    run = given.trained(world, family="boosting", candidates=2, error_by=[])
    assert (run.state, run.error_code) == ("failed", "members-told-apart")
    assert not TrainedModel.objects.filter(run=run).exists()
    page = page_of("officer").get(reverse("training_run_detail", args=[run.pk]))
    assert "Who was trained on can be told" in page.content.decode()


@pytest.mark.parametrize(
    "row",
    [
        {"first": 1.0, "second": 1.0},
        {**ROW, "more": 1},
        {**ROW, "first": "1"},
        {**ROW, "first": float("nan")},
        {**ROW, "first": True} | {"district": 3},
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: dict[str, Any], world: World) -> None:
    """And none is counted."""
    model = given.model(world)
    with pytest.raises(Invalid) as refused:
        scored(world, model, ROW, row)
    assert refused.value.code == "bad-row"
    assert not Scoring.objects.exists()


def test_who_may_not_use_a_model(world: World) -> None:
    model = given.model(world)
    with pytest.raises(NotAllowed):
        scored(world, model, ROW, by="reviewer")
    with pytest.raises(NotFound):
        scored(world, model, ROW, by="stranger")
    with pytest.raises(NotAllowed):
        settle_models(by=world.actor("officer"))
    withdrawn = given.withdrawn_model(world)
    with pytest.raises(WrongState) as refused:
        scored(world, withdrawn, ROW)
    assert refused.value.code == "model-withdrawn"


def test_a_frozen_right_refuses_its_models_at_once(world: World) -> None:
    """Before anything has reacted; a reaction shows it, and shows when it is over."""
    model = given.model(world)
    officer, reviewer = world.actor("officer"), world.actor("reviewer")
    freeze_certificate(model.certificate_id, reason="A court asked for it.", by=reviewer)
    for use in (
        lambda: scored(world, model, ROW),
        lambda: open_model(model.pk, by=officer),
        lambda: start_training(model.version_id, **DECLARED, by=officer),
    ):
        with pytest.raises(WrongState) as refused:
            use()
        assert refused.value.code == Trouble.FROZEN
    assert not Scoring.objects.exists()
    assert [one.pk for one in settle_models(by=SYSTEM)] == [model.pk]
    assert settle_models(by=SYSTEM) == []
    model.refresh_from_db()
    assert (model.state, model.trouble) == (ModelState.SUSPENDED, Trouble.FROZEN)
    assert model.credential.state == "suspended"
    unfreeze_certificate(model.certificate_id, by=reviewer)
    assert scored(world, model, ROW)
    settle_models(by=SYSTEM)
    model.refresh_from_db()
    assert (model.state, model.trouble) == (ModelState.STANDING, "")
    assert model.credential.state == "issued"


def test_a_withdrawn_verdict_and_an_ended_right_refuse(world: World) -> None:
    model = given.model(world)
    with clock.stopped_at(clock.now() + timedelta(days=365 * 4)):
        with pytest.raises(WrongState) as refused:
            scored(world, model, ROW)
        assert refused.value.code in (Trouble.EXPIRED, Trouble.VERDICT)
    report = model.version.risk_reports.get()
    withdraw_report(report.pk, reason="Wrong columns", by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        scored(world, model, ROW)
    assert refused.value.code == Trouble.VERDICT


def test_a_right_that_is_frozen_while_it_trains_leaves_no_model(world: World) -> None:
    run = given.declared(world)
    certificate = run.version.dataset.certificates.get()
    freeze_certificate(certificate.pk, reason="A court.", by=world.actor("reviewer"))
    execute_training(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", Trouble.FROZEN)
    assert not hasattr(run, "model")


def files_of(world: World, model: TrainedModel, folder: Path) -> dict[str, Path]:
    """Write credential, card and model, and return where."""
    contents = {
        "credential": canonical_bytes(document_of(model.credential)),
        "card": card_bytes(model.card),
        "model": open_model(model.pk, by=world.actor("officer")).content,
    }
    paths = {name: folder / name for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths


def test_any_byte_of_a_model_is_found_altered(world: World, tmp_path: Path) -> None:
    """Checked offline by the program that is given away."""
    paths = files_of(world, given.model(world), tmp_path)
    arguments = [str(path) for path in paths.values()]
    assert main(arguments) == UNKNOWN
    assert main(arguments[:2]) == UNKNOWN
    for name, path in paths.items():
        content = path.read_bytes()
        for place in range(0, len(content), max(1, len(content) // 40)):
            altered = bytearray(content)
            altered[place] ^= 1
            path.write_bytes(altered)
            assert main(arguments) == REFUSED, (name, place)
        path.write_bytes(content)


def leaves(value: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """Return the way to each single value of a document."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in parts:
        if isinstance(part, dict | list) and part:
            yield from leaves(part, *way, name)
        else:
            yield (*way, name)


def with_another(document: Any, way: tuple[Any, ...]) -> bytes:
    """Return a document in which one single value is another."""
    changed = copy.deepcopy(document)
    part = changed
    for name in way[:-1]:
        part = part[name]
    part[way[-1]] = "another" if part[way[-1]] != "another" else "one more"
    return canonical_bytes(changed)


def test_any_field_of_a_model_is_found_altered(world: World, tmp_path: Path) -> None:
    """Each right, licence, revision, agreement and digest that card and credential name."""
    model = given.model(world)
    paths = files_of(world, model, tmp_path)
    arguments = [str(path) for path in paths.values()]
    for name, document in (("credential", document_of(model.credential)), ("card", model.card)):
        content = paths[name].read_bytes()
        ways = list(leaves(document))
        assert len(ways) > 30
        for way in ways:
            paths[name].write_bytes(with_another(document, way))
            assert main(arguments) == REFUSED, (name, way)
        paths[name].write_bytes(content)
    assert main(arguments) == UNKNOWN


def test_a_credential_names_everything_behind_its_model(world: World) -> None:
    """Of a version that was drawn from a labelled one too: how far those agreed who labelled it."""
    model = given.model(world)
    claims, held = claims_of(model.credential), model.certificate
    assert claims["certificates"] == f"{held.number} (SHA-256 {held.credential.digest})"
    assert model.card["pedigree"]["rights"][0]["holder"] == model.organization.name
    assert (model.card["pedigree"]["labelling"], model.card["pedigree"]["licences"]) == (None, [])
    assert not {"labelling_agreement", "epsilon", "contracts"} & set(claims)


def test_a_pedigree_names_labels_licences_and_privacy(world: World) -> None:
    """How far those agreed who labelled the data, and the right over what was labelled."""
    made = annotation.made(world)
    project, version = made.project, made.version
    grounds = grounds_of(project.version, project.organization)
    found = pedigree_of(version, grounds)
    agreed = quality_of(project).whole
    assert agreed.alpha is not None
    assert found["labelling"]["alpha"] == round(agreed.alpha, 4)
    assert found["labelling"]["set_sha256"] == version.sha256
    assert found["labelling"]["labelled_version_sha256"] == project.version.sha256
    said = claims_of_pedigree(
        found
        | {
            "privacy": {"epsilon": "1.000", "delta": "1E-9"},
            "licences": [{"contract": "CON-1", "digest": "ab"}, {"contract": "x", "digest": ""}],
        }
    )
    assert said["labelling_agreement"].startswith(f"α {agreed.alpha:.3f}")
    assert said["labelled_set_sha256"] == version.sha256
    assert (said["epsilon"], said["delta"]) == ("1.000", "1E-9")
    assert said["contracts"] == "CON-1 (SHA-256 ab); x"


def test_a_failed_training_says_why(world: World, page_of: PageClients) -> None:
    """In the words of the reader."""
    run = given.trained(world, features=["group"], error_by=[])
    assert (run.state, run.error_code) == ("failed", "baseline-not-beaten-by-groups")
    page = page_of("officer").get(reverse("training_run_detail", args=[run.pk]))
    assert "not shown to be better" in page.content.decode()
    assert "groups (equal rows," in page.content.decode()


def test_a_cancelled_run_is_not_trained(world: World) -> None:
    run = given.declared(world)
    cancel_training(run.pk, by=world.actor("officer"))
    execute_training(run.pk)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_the_same_request_is_scored_and_counted_once(world: World, api_of: ApiClients) -> None:
    """By its Idempotency-Key, so that a program may send again what broke off."""
    model = given.model(world)
    client, address = api_of("officer"), reverse("api_score_rows", args=[model.pk])
    answers = [
        client.post(
            address, {"rows": [ROW]}, format="json", headers={"Idempotency-Key": '"scoring-1"'}
        )
        for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["scores"][0]["label"] == "yes"
    assert Scoring.objects.count() == 1


def test_the_card_reads_as_it_was_signed(world: World, page_of: PageClients) -> None:
    model = given.model(world)
    client = page_of("officer")
    assert client.get(reverse("model_card", args=[model.pk])).content == card_bytes(model.card)
    page = client.get(reverse("model_detail", args=[model.pk])).content.decode()
    assert model.card_sha256 in page
    assert "Errors by district" in page


def test_what_does_not_fit_a_version_is_refused(world: World) -> None:
    officer, version = world.actor("officer"), given.trainable(world)
    for changes, field in (
        ({"target": "nothing"}, "target"),
        ({"features": ["nothing"]}, "features"),
        ({"family": "text", "features": ["first"]}, "features"),
        ({"split": "time", "split_column": "district"}, "split_column"),
        ({"features": ["label"]}, ""),
        ({"error_by": ["nothing"]}, "error_by"),
        ({"family": "another"}, "family"),
        ({"candidates": 7}, "candidates"),
    ):
        with pytest.raises(Invalid) as refused:
            start_training(version.pk, **{**DECLARED, **changes}, by=officer)
        assert field in refused.value.fields or not field
        assert refused.value.code == "bad-declaration"
    with pytest.raises(Invalid, match="Correct the fields") as refused:
        start_training(version.pk, **{**DECLARED, "title": "x" * 121}, by=officer)
    assert list(refused.value.fields) == ["title"]
