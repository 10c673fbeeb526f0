"""Rows that go are forgotten by models, and the ledger proves how."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.urls import reverse

from marketplace.core.errors import WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.credentials.selectors import claims_of, document_of
from marketplace.learning.grounds.choices import Trouble
from marketplace.learning.model.card import card_bytes
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.selectors import models_visible_to
from marketplace.learning.model.services import (
    open_model,
    retrain_model,
    score_rows,
    settle_models,
)
from marketplace.learning.model.states import ModelState
from marketplace.learning.run.services import start_training
from marketplace.ledger.models import Entry
from marketplace.ledger.verifier.verify import UNKNOWN, main
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.orders.person_request.services import refuse_person_request
from tests.conftest import PageClients
from tests.given import learning as given
from tests.given import persons
from tests.given.learning import DECLARED, ROW, SYSTEM
from tests.given.world import World


def refused(world: World, model: TrainedModel) -> str:
    """Return with what code a model is refused at each of its doors."""
    officer, codes = world.actor("officer"), set()
    for use in (
        lambda: score_rows(model.pk, rows=[ROW], with_reasons=False, by=officer),
        lambda: open_model(model.pk, by=officer),
    ):
        with pytest.raises(WrongState) as raised:
            use()
        codes.add(raised.value.code)
    (code,) = codes
    return code


def replaced(model: TrainedModel) -> TrainedModel:
    """Return the model whose place one took."""
    assert model.replaces is not None
    return models_visible_to(SYSTEM).get(pk=model.replaces.pk)


def test_withdrawn_rows_refuse_their_models_at_once(world: World) -> None:
    """From the proof of who asks; a refusal of the holder lets them in again."""
    model, officer = given.model_of_callers(world), world.actor("officer")
    elsewhere = given.withdraw_rows(world, model, row=5000)
    assert elsewhere.rows_found == 0
    assert score_rows(model.pk, rows=[ROW], with_reasons=False, by=officer)
    request = given.withdraw_rows(world, model, row=given.trained_row(model))
    assert request.rows_found == 1
    assert refused(world, model) == Trouble.ROWS
    with pytest.raises(WrongState) as raised:
        start_training(model.version_id, **DECLARED, by=officer)
    assert raised.value.code == Trouble.ROWS
    settle_models(by=SYSTEM)
    model.refresh_from_db()
    assert (model.state, model.trouble) == (ModelState.SUSPENDED, Trouble.ROWS)
    assert (model.credential.state, model.credential.reason) == ("suspended", "forgotten")
    refuse_person_request(request.pk, reason=persons.REASON, by=officer)
    assert score_rows(model.pk, rows=[ROW], with_reasons=False, by=officer)
    settle_models(by=SYSTEM)
    model.refresh_from_db()
    assert model.state == ModelState.STANDING


def test_a_model_forgets_and_was_never_taught(world: World, tmp_path: Path) -> None:
    """Only the shard of the row is trained again; its bytes are those of training without it."""
    after = given.successor(world)
    before = replaced(after)
    shards = after.card["shards"]
    concerned = [number for number, one in enumerate(shards) if not one["is_kept"]]
    assert len(concerned) == 1
    for number, (old, new) in enumerate(zip(before.card["shards"], shards, strict=True)):
        assert (old["sha256"] == new["sha256"]) == (number not in concerned)
        assert old["rows"] - new["rows"] == (number in concerned)
    officer = world.actor("officer")
    run = start_training(after.version_id, **{**DECLARED, "shards": given.SHARDS}, by=officer)
    execute_training(run.pk)
    run.refresh_from_db()
    assert run.model.file.sha256 == after.file.sha256 != before.file.sha256
    assert not any(one["is_kept"] for one in run.model.card["shards"])

    assert (before.state, after.state) == (ModelState.REPLACED, ModelState.STANDING)
    assert (before.credential.state, before.credential.reason) == ("revoked", "superseded")
    assert refused(world, before) == "model-replaced"
    assert score_rows(after.pk, rows=[ROW], with_reasons=False, by=officer)
    assert after.card["replaces"] == {
        "model": str(before.pk),
        "sha256": before.file.sha256,
        "card_sha256": before.card_sha256,
        "credential": before.credential.number,
        "credential_digest": before.credential.digest,
        "because": Trouble.ROWS,
        "version_sha256": before.version.sha256,
        "shards_retrained": concerned,
        "shards_kept": [number for number in range(given.SHARDS) if number not in concerned],
    }
    assert claims_of(after.credential)["replaces_digest"] == before.credential.digest
    assert claims_of(after.credential)["shards_retrained"] == str(concerned[0])
    files = [canonical_bytes(document_of(after.credential)), card_bytes(after.card)]
    for number, content in enumerate([*files, open_model(after.pk, by=officer).content]):
        (tmp_path / str(number)).write_bytes(content)
    assert main([str(tmp_path / str(number)) for number in range(3)]) == UNKNOWN


def test_the_ledger_leads_from_the_person_to_the_model(world: World) -> None:
    """And from the model before to the one that took its place, by digests."""
    after = given.successor(world)
    before = replaced(after)
    told = {
        entry.kind: entry.payload
        for entry in Entry.objects.order_by("id")
        if f"dataset:{before.version.dataset_id}" in (entry.subject, *entry.about)
    }
    assert {"preparation.person_excluded", "learning.model_suspended"} <= set(told)
    assert told["learning.training_requested"]["sha256"] == after.version.sha256
    assert told["learning.model_trained"]["certificate"] == after.certificate.number
    assert told["learning.model_trained"]["replaces"] == before.file.sha256
    assert told["learning.model_replaced"]["successor"] == str(after.pk)
    assert told["learning.model_replaced"]["sha256"] == after.file.sha256
    assert hashlib.sha256(card_bytes(after.card)).hexdigest() == after.card_sha256


def test_a_model_is_trained_again_where_that_mends_it(world: World) -> None:
    """Not where its data stands, and not where nothing newer does."""
    model, officer = given.model_of_callers(world), world.actor("officer")
    with pytest.raises(WrongState) as raised:
        retrain_model(model.pk, by=officer)
    assert raised.value.code == "nothing-to-forget"
    freeze_certificate(model.certificate_id, reason="A court.", by=world.actor("reviewer"))
    with pytest.raises(WrongState) as raised:
        retrain_model(model.pk, by=officer)
    assert raised.value.code == "version-missing"


def test_the_page_says_what_was_forgotten(world: World, page_of: PageClients) -> None:
    waits = given.forgettable(world)
    client = page_of("officer")
    page = client.get(reverse("model_detail", args=[waits.pk])).content.decode()
    assert "Train again without the rows" in page
    assert "A person withdrew rows" in page
    after = given.successor(world)
    before = replaced(after)
    page = client.get(reverse("model_detail", args=[after.pk])).content.decode()
    assert "Trained again, without the rows that went" in page
    assert page.count("Kept from the model before") == given.SHARDS - 1
    assert before.credential.number in page
    page = client.get(reverse("model_detail", args=[before.pk])).content.decode()
    assert after.credential.number in page
    assert "Train again without the rows" not in page
