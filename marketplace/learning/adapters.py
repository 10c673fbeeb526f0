"""The sentences of training in the language of the reader."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.core import Invalid
from marketplace.jobs.models import Job
from marketplace.learning.grounds.rules import SENTENCES as GROUNDS
from marketplace.learning.training.errors import Parameter, TrainingError

LIBRARY_SENTENCES: Mapping[str, Promise] = {
    "bad-declaration": gettext_lazy(
        "The training run is not declared rightly: look at “%(part)s” and correct it."
    ),
    "column-missing": gettext_lazy("There is no column “%(column)s” in the data. Choose another."),
    "not-a-number": gettext_lazy("Column “%(column)s” holds no numbers. Take it for a category."),
    "too-few-rows": gettext_lazy(
        "Only %(rows)s rows can be used; %(least)s are needed. Use more data."
    ),
    "one-class": gettext_lazy(
        "Every row has the same value of “%(column)s”, so there is nothing to learn."
    ),
    "too-many-classes": gettext_lazy(
        "“%(column)s” has %(classes)s values; a model tells at most %(most)s apart. Choose "
        "another target."
    ),
    "class-too-rare": gettext_lazy(
        "“%(label)s” occurs too rarely to train on it in every shard. Use fewer shards or more "
        "data."
    ),
    "nothing-held-out": gettext_lazy(
        "The split leaves rows on one side only. Choose another split."
    ),
    "no-value-shared": gettext_lazy(
        "No value of %(columns)s stands in %(least)s rows, so there is nothing to learn from. Of a "
        "column of texts, choose the family “Text”."
    ),
    "no-vocabulary": gettext_lazy(
        "No sequence of characters occurs in five texts. Choose another column."
    ),
    "onnx-differs": gettext_lazy(
        "The exported model differs from the trained one by %(difference)s, more than %(most)s. "
        "Choose another family."
    ),
    "baseline-not-beaten": gettext_lazy(
        "On the rows held out the model reaches %(low)s to %(high)s and the baseline "
        "%(baseline)s: it is not shown to be better. Use more data or other features."
    ),
    "baseline-not-beaten-by-groups": gettext_lazy(
        "On the rows held out the model reaches %(low)s to %(high)s and the baseline "
        "%(baseline)s: it is not shown to be better. The %(rows)s rows form %(units)s groups "
        "(equal rows, or one value of the column you hold out by). Few groups make the interval "
        "wide. Use more varied data, or hold out by another column."
    ),
    "members-told-apart": gettext_lazy(
        "Who was trained on can be told with an advantage of up to %(advantage)s; at most %(most)s "
        "is allowed. Use more rows, fewer features or a simpler family."
    ),
    "hold-out-unreadable": gettext_lazy(
        "The rows held out can be read neither as CSV nor as Parquet. Save them again."
    ),
    "own-unreadable": gettext_lazy(
        "Your own rows can be read neither as CSV nor as Parquet. Save them again."
    ),
    "hold-out-rows": gettext_lazy(
        "%(rows)s rows are held out with a target; %(least)s to %(most)s can be used. Change the "
        "file."
    ),
    "own-rows": gettext_lazy(
        "%(rows)s rows of your own have a target; %(least)s to %(most)s can be used. Change the "
        "file."
    ),
    "training-timed-out": gettext_lazy(
        "Training took more than %(seconds)s seconds. Use less data or a smaller search."
    ),
    "training-out-of-memory": gettext_lazy(
        "Training needed more memory than it may use. Use less data."
    ),
    "training-crashed": gettext_lazy(
        "Training broke off without an answer. Tell the centre this run's number."
    ),
    "training-not-isolated": gettext_lazy(
        "This machine cannot close off a process that trains. Tell the centre."
    ),
}
"""One sentence a code of the library."""

RUN_SENTENCES: Mapping[str, Promise] = {
    "worker-lost": gettext_lazy(
        "The work broke off %(attempts)s times, most likely for want of memory. Tell the centre, "
        "or try with less data."
    ),
    "file-damaged": gettext_lazy(
        "The stored source file is damaged or missing. Tell the centre: it has to restore a backup."
    ),
    "model-withdrawn": gettext_lazy(
        "The model that was trained again was withdrawn meanwhile, so nothing takes its place."
    ),
    "file-removed": gettext_lazy("The source file was removed. Upload the data again."),
    "disk-full": gettext_lazy(
        "The centre's disk has no room for the work. Tell the centre, then start again."
    ),
    "unexpected": gettext_lazy(
        "The work failed for a reason that the centre has to look into. Tell it this run's number."
    ),
    **{trouble.value: sentence for trouble, sentence in GROUNDS.items()},
}
"""One sentence a code that this app gives to failed runs itself."""

MEASUREMENT_SENTENCES: Mapping[str, Promise] = {
    **{name: RUN_SENTENCES[name] for name in ("worker-lost", "file-damaged", "disk-full")},
    "offer-not-standing": gettext_lazy(
        "The offer stood no more while it was measured, so nothing of it is told."
    ),
    "dataset-budget-spent": gettext_lazy(
        "The privacy budget of the data was spent on something else meanwhile. Nothing was "
        "measured."
    ),
    "unexpected": gettext_lazy(
        "The work failed for a reason that the centre has to look into. Tell it the number of this "
        "measurement."
    ),
}
"""One sentence a code that this app gives to failed measurements itself."""

SENTENCES: Mapping[str, Promise] = {**LIBRARY_SENTENCES, **RUN_SENTENCES}


def refusal_of(error: TrainingError, *, field: str = "") -> Invalid:
    """Turn a refusal of the library into `Invalid`, on a field where one is named."""
    sentence = sentence_of(error.code, error.parameters)
    return Invalid(sentence, code=error.code, fields={field: [sentence]} if field else None)


def sentence_of(code: str, parameters: Mapping[str, Parameter]) -> str:
    return str(SENTENCES.get(code, SENTENCES["unexpected"])) % parameters


def training_error(run: Job) -> str:
    """Say why a training run failed; "" where it did not."""
    return sentence_of(run.error_code, run.error_parameters) if run.error_code else ""


def measurement_error(measurement: Job) -> str:
    """Say why a measurement failed; "" where it did not."""
    if not measurement.error_code:
        return ""
    sentences = {**LIBRARY_SENTENCES, **MEASUREMENT_SENTENCES}
    sentence = sentences.get(measurement.error_code, sentences["unexpected"])
    said: str = str(sentence) % measurement.error_parameters
    return said
