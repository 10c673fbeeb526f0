"""The acts of learning and their doors."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.given import learning as given
from tests.given import measuring as of_measuring
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World


def trainable(world: World) -> Things:
    """Return a prepared version under a right in force."""
    return {"pk": given.trainable(world).pk}


def without_right(world: World) -> Things:
    """Return a prepared version whose right nobody has certified."""
    return {"pk": given.prepared(world).pk}


def waiting(world: World) -> Things:
    """Return a training run that waits."""
    return {"pk": given.declared(world).pk}


def ended(world: World) -> Things:
    """Return a training run that ended."""
    return {"pk": given.model(world).run_id}


def model(world: World) -> Things:
    """Return a model that can be used."""
    return {"pk": given.model(world).pk}


def forgettable(world: World) -> Things:
    """Return a model whose data was prepared anew without a row that was withdrawn."""
    return {"pk": given.forgettable(world).pk}


def withdrawn(world: World) -> Things:
    """Return a model that was taken out of use."""
    return {"pk": given.withdrawn_model(world).pk}


def measurable(world: World) -> Things:
    """Return an offer that buyers may have measured."""
    return {"pk": of_measuring.measurable(world).pk}


def not_measurable(world: World) -> Things:
    """Return an offer whose seller lets nobody measure it."""
    return {"pk": of_measuring.offered(world).pk}


def measuring(world: World) -> Things:
    """Return a measurement that waits."""
    return {"pk": of_measuring.waiting(world).pk}


def measured(world: World) -> Things:
    """Return a measurement that is done."""
    return {"pk": of_measuring.measured(world).pk}


def rows(things: Things) -> Things:
    """Return a buyer's rows, whose files are read anew for each request."""
    held = of_measuring.as_csv(of_measuring.hold_out())
    own = of_measuring.as_parquet(of_measuring.own_rows())
    return {
        **of_measuring.ASKED,
        "hold_out": SimpleUploadedFile("held.csv", held),
        "own_rows": SimpleUploadedFile("own.parquet", own),
    }


def failed_after_charge(world: World) -> Things:
    """Return a measurement that was paid for and told nothing."""
    return {"pk": of_measuring.failed_after_charge(world).pk}


def same_rows(things: Things) -> Things:
    """Return the files that a buyer handed in before."""
    return {name: one for name, one in rows(things).items() if name in ("hold_out", "own_rows")}


CASES = [
    DoorCase(
        act="learning.measurement.services.request_measurement",
        given=measurable,
        actor="buyer",
        page=to("measurement_request", rows),
        api=to("api_request_measurement", rows),
        api_format="multipart",
        fact="learning.measurement_requested",
        scope="trade",
        not_allowed="officer",
        wrong_state=not_measurable,
        again="already",
    ),
    DoorCase(
        act="learning.measurement.services.repeat_measurement",
        given=failed_after_charge,
        actor="second_buyer",
        page=to("measurement_repeat", same_rows),
        api=to("api_repeat_measurement", same_rows),
        api_format="multipart",
        fact="learning.measurement_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=measured,
        again="already",
    ),
    DoorCase(
        act="learning.measurement.services.cancel_measurement",
        given=measuring,
        actor="second_buyer",
        page=to("measurement_cancel"),
        api=to("api_cancel_measurement"),
        fact="learning.measurement_cancelled",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=measured,
        again="already",
    ),
    DoorCase(
        act="learning.run.services.start_training",
        given=trainable,
        actor="officer",
        page=to("training_start", given.DECLARED),
        api=to("api_start_training", given.DECLARED),
        fact="learning.training_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=without_right,
        again="already",
    ),
    DoorCase(
        act="learning.run.services.cancel_training",
        given=waiting,
        actor="colleague",
        page=to("training_cancel"),
        api=to("api_cancel_training"),
        fact="learning.training_cancelled",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=ended,
        again="already",
    ),
    DoorCase(
        act="learning.model.services.retrain_model",
        given=forgettable,
        actor="officer",
        page=to("model_retrain"),
        api=to("api_retrain_model"),
        fact="learning.training_requested",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=model,
        again="already",
    ),
    DoorCase(
        act="learning.asset.services.make_model_asset",
        given=model,
        actor="officer",
        page=to("model_asset_make", given.NAMED),
        api=to("api_make_model_asset", given.NAMED),
        fact="learning.model_asset_made",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=withdrawn,
        again="refused",
    ),
    DoorCase(
        act="learning.model.services.withdraw_model",
        given=model,
        actor="officer",
        page=to("model_withdraw"),
        api=to("api_withdraw_model"),
        fact="learning.model_withdrawn",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
    ),
]
