"""A trained model becomes an asset, is offered, bought and delivered, and stops at every door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from marketplace.annotation.project.rules import versions_to_open
from marketplace.catalog.dataset.rules import check_receive_data
from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.catalog.version.selectors import said_of
from marketplace.core.errors import Invalid, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.answering import check_model_stands, hold_model
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.services import (
    retrain_model,
    score_rows,
    settle_models,
    withdraw_model,
)
from marketplace.pipeline.models import SetAside
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.services import record_membership, withdraw_report
from marketplace.preparation.run.models import Run
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import submit_listing
from tests.conftest import ApiClients, PageClients
from tests.given import learning as given
from tests.given import persons, trading
from tests.given.learning import NAMED, ROW, SYSTEM
from tests.given.pipeline import catch_up
from tests.given.world import World


def model_of(grant: Grant) -> TrainedModel:
    """Return the model that was bought."""
    return TrainedModel.objects.get(asset=grant.version_id)


def test_a_reviewed_model_asks_for_no_profile(world: World) -> None:
    """Its content is approved as that of a table is; nothing of it is set aside by the loop."""
    version = given.valued_asset(world)
    catch_up()
    assert not SetAside.objects.filter(reaction="profile_approved").exists()
    assert not Run.objects.filter(version=version).exists()


def test_a_model_is_bought_as_a_file(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """What arrives are the very bytes that card, credential, verdict and contract name."""
    grant = given.sold(world)
    model, listing = model_of(grant), grant.listing
    answer: Any = page_of("buyer").get(reverse("grant_download", args=[grant.pk]))
    digest = hashlib.sha256(b"".join(answer.streaming_content)).hexdigest()
    assert digest == grant.sha256 == model.file.sha256 == model.card["model"]["sha256"]
    assert answer["Content-Disposition"].endswith(f'model-{digest[:12]}.onnx"')
    assert listing.risk_report is not None
    assert listing.risk_report.credential_id == model.credential_id
    assert listing.certificate_id != model.certificate_id
    assert listing.sheet is not None
    names = [one["name"] for one in listing.sheet["columns"]]
    assert names == ["first", "second", "district", "label"]
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert "onnxruntime" in page
    assert "read_parquet" not in page
    codebook = page_of("buyer").get(reverse("grant_codebook", args=[grant.pk]))
    assert codebook.status_code == 409
    scored = api_of("buyer").post(reverse("api_score_with_grant", args=[grant.pk]), {"rows": [ROW]})
    assert scored.json()["code"] == "another-mode"


def test_approved_columns_of_a_model_keep_their_words(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The very version that was reviewed goes to buyers: its seller alone gives it no other words.

    Before its first review they are still written.
    """
    draft = given.asset(world).asset
    assert draft is not None
    unit = {"columns": [{"name": "first", "label": "First", "unit": "t"}]}
    address = reverse("api_annotate_columns", args=[draft.pk])
    written = api_of("officer").post(address, unit, format="json")
    assert written.status_code == 200
    version = given.valued_asset(world)
    before = said_of(version)
    reopen_dataset(version.dataset_id, by=world.actor("officer"))
    unit["columns"][0]["unit"] = "kg"
    refused = api_of("officer").post(
        reverse("api_annotate_columns", args=[version.pk]), unit, format="json"
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "columns-approved")
    page = reverse("dataset_annotate", args=[version.dataset_id])
    sent = {
        **{f"form-{name}": "1" for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
        "form-0-name": "first",
        "form-0-label": "First",
        "form-0-unit": "kg",
    }
    for answer in (
        page_of("officer").get(page),
        page_of("officer").post(page, sent),
        page_of("officer").post(reverse("dataset_dictionary", args=[version.dataset_id])),
    ):
        assert answer.status_code == 409
        assert "train the model again" in answer.content.decode()
    own = page_of("officer").get(reverse("dataset_detail", args=[version.dataset_id]))
    grade = page_of("officer").get(reverse("dataset_grade", args=[version.dataset_id]))
    assert page not in own.content.decode() + grade.content.decode()
    assert said_of(version) == before


def test_its_pages_say_what_goes_in_and_comes_out(world: World, page_of: PageClients) -> None:
    """Each page that opens the bytes of a table elsewhere is shown for a model too."""
    grant = given.sold(world)
    version, listing = grant.version, grant.listing
    assert listing.risk_report_id is not None
    second = trading.drafted(world, version, title="The same once more")
    submit_listing(second.pk, by=world.actor("officer"))
    pages = {
        "listing_public": (listing.pk, "buyer", "What goes in and comes out"),
        "listing_history": (listing.pk, "buyer", "Revision"),
        "order_detail": (grant.order_id, "buyer", "Delivery"),
        "listing_detail": (listing.pk, "officer", "Gate"),
        "listing_review": (second.pk, "reviewer", "Review"),
        "listing_draft": (version.pk, "officer", "Delivery"),
        "appraisal_draft": (version.dataset_id, "officer", "Quality"),
        "claim_draft": (version.dataset_id, "officer", "right"),
        "dataset_detail": (version.dataset_id, "officer", "Trained model"),
        "dataset_review": (version.dataset_id, "reviewer", "Trained model"),
        "dataset_path": (version.dataset_id, "officer", "List"),
        "dataset_products": (version.dataset_id, "officer", "Trained model"),
        "dataset_lineage": (version.dataset_id, "officer", "Lineage"),
        "dataset_quality": (version.dataset_id, "officer", "Quality"),
        "dataset_feed": (version.dataset_id, "officer", "Feed"),
        "risk_report_detail": (listing.risk_report_id, "officer", "an advantage of at most"),
        "model_detail": (model_of(grant).pk, "officer", "The dataset that it became"),
        "credential_detail": (model_of(grant).credential_id, "buyer", "Valid"),
    }
    for name, (key, who, words) in pages.items():
        page = page_of(who).get(reverse(name, args=[key]), follow=True)
        assert page.status_code == 200, name
        assert words in page.content.decode(), name
    needs = page_of("officer").get(
        reverse("dataset_path", args=[version.dataset_id]), {"piece": "needs"}
    )
    assert needs.status_code == 200
    market = page_of("buyer").get(reverse("market")).content.decode()
    assert "Model, trained on" in market
    contract = page_of("buyer").get(reverse("listing_contract", args=[listing.pk]))
    assert "data.onnx" in contract.content.decode()


def source_right(grant: Grant) -> Any:
    """Freeze the right over the data that the model was trained on."""
    return freeze_certificate(
        model_of(grant).certificate_id, reason="A court asked.", by=World().actor("reviewer")
    )


def own_right(grant: Grant) -> Any:
    """Freeze the right over the model."""
    assert grant.listing.certificate_id is not None
    return freeze_certificate(
        grant.listing.certificate_id, reason="A court asked.", by=World().actor("reviewer")
    )


def source_verdict(grant: Grant) -> Any:
    """Withdraw the risk report of the data that the model was trained on."""
    report = model_of(grant).version.risk_reports.get()
    return withdraw_report(report.pk, reason="Too weak.", by=World().actor("reviewer"))


def own_verdict(grant: Grant) -> Any:
    """Recall the verdict on the model."""
    report = grant.version.risk_reports.get()
    return recall_report(report.pk, cause=RecallCause.REIDENTIFIED, by=SYSTEM)


def the_model(grant: Grant) -> Any:
    """Take the model out of use."""
    return withdraw_model(model_of(grant).pk, by=World().actor("officer"))


ENDINGS: list[tuple[Callable[[Grant], Any], str]] = [
    (source_right, "upstream-frozen"),
    (own_right, "right-frozen"),
    (source_verdict, "upstream-recalled"),
    (own_verdict, "risk-withdrawn"),
    (the_model, "risk-withdrawn"),
]


@pytest.mark.parametrize(("ended", "code"), ENDINGS)
def test_from_the_act_on_every_door_is_closed(
    ended: Callable[[Grant], Any],
    code: str,
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
) -> None:
    """Before any loop runs, and for who has paid too."""
    grant = given.sold(world)
    assert api_of("buyer").get(reverse("api_open_download", args=[grant.pk])).status_code == 200
    ended(grant)
    refused = api_of("buyer").get(reverse("api_open_download", args=[grant.pk]))
    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert page_of("buyer").get(reverse("grant_download", args=[grant.pk])).status_code == 409
    order = {"purpose": trading.PURPOSE, "request_key": "again"}
    ordered = api_of("stranger").post(reverse("api_place_order", args=[grant.listing_id]), order)
    assert ordered.status_code == 409
    if ended is not own_right:
        with pytest.raises(WrongState):
            score_rows(
                model_of(grant).pk, rows=[ROW], with_reasons=False, by=world.actor("officer")
            )


def test_an_asset_takes_no_data_and_no_promise_of_rows(world: World) -> None:
    version = given.valued_asset(world)
    with pytest.raises(WrongState) as refused:
        check_receive_data(version.dataset, world.actor("officer"))
    assert refused.value.code == "model-asset"
    wrong = trading.offer(delivery_mode="api")
    with pytest.raises(Invalid) as unfit:
        draft_listing(version.pk, offer=wrong, by=world.actor("officer"))
    assert set(unfit.value.fields) == {"delivery_mode"}


def test_a_model_is_one_asset(world: World) -> None:
    model = given.asset(world)
    with pytest.raises(WrongState) as refused:
        make_model_asset(model.pk, **NAMED, by=world.actor("officer"))
    assert refused.value.code == "model-asset-made"


def test_a_model_that_tells_its_rows_is_no_asset(world: World) -> None:
    """Whatever is said of it elsewhere, nothing above the limit is recorded."""
    version = given.asset(world).asset
    assert version is not None
    report = version.risk_reports.get()
    withdraw_report(report.pk, reason="To be said anew.", by=world.actor("officer"))
    with pytest.raises(WrongState) as refused:
        record_membership(
            version.pk,
            figures=report.figures,
            upper_bound=0.0501,
            most=0.05,
            valid_until=report.valid_until,
            credential=TrainedModel.objects.get(asset=version).credential,
            by=world.actor("officer"),
        )
    assert refused.value.code == "members-told-apart"
    assert not version.risk_reports.filter(state="in_force").exists()


def test_withdrawn_rows_and_a_successor_end_what_was_sold(world: World) -> None:
    """From the proof of who withdraws them; for good, once another model took its place."""
    model = given.model_of_callers(world)
    version = make_model_asset(model.pk, **NAMED, by=world.actor("officer")).asset
    assert version is not None
    check_model_stands(version.pk)
    given.withdraw_rows(world, model, row=given.trained_row(model))
    for asks in (check_model_stands, hold_model):
        with pytest.raises(WrongState) as refused:
            asks(version.pk)
        assert refused.value.code == "rows-withdrawn"
    persons.masked_again(world, model.version.source)
    settle_models(by=SYSTEM)
    execute_training(retrain_model(model.pk, by=world.actor("officer")).pk)
    with pytest.raises(WrongState) as replaced:
        check_model_stands(version.pk)
    assert replaced.value.code == "model-replaced"
    assert version.risk_reports.get().state == "withdrawn"


def test_a_model_is_not_offered_to_be_labelled(world: World, page_of: PageClients) -> None:
    """What can be chosen opens a plan; a model is no table, though its report has passed."""
    version = given.valued_asset(world)
    offered = versions_to_open(world.actor("officer"))
    assert version not in offered
    assert offered
    page = page_of("officer").get(reverse("labelling_list")).content.decode()
    for one in offered:
        assert f'value="{one.pk}"' in page
        opened = page_of("officer").get(
            reverse("labelling_list"), {"version": str(one.pk)}, follow=True
        )
        assert opened.status_code == 200
    assert f'value="{version.pk}"' not in page
