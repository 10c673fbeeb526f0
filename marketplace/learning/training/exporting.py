"""Write a model as ONNX, in double precision, so that it gives what it gave when it was trained.

The nodes are written here and not by skl2onnx: that one rounds the thresholds of trees to single
precision, and cuts Chinese texts otherwise than scikit-learn. Each shard has nodes of its own,
named after it, so that one can be exchanged without a byte of another.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

from marketplace.learning.training.declaration import Declaration, Family, Kind
from marketplace.learning.training.ensemble import Ensemble
from marketplace.learning.training.exporting_texts import NO_TOKEN, OF_TEXT, TEXT
from marketplace.learning.training.families import Encoder, Shard
from marketplace.learning.training.nodes import Writer

PRODUCER = "open-data-trading-centre"
VERSIONS = {"": 17, "ai.onnx.ml": 3, "com.microsoft": 1}
FORM = 8
NUMBERS, CATEGORIES = "numbers", "categories"
PROBABILITIES, LABEL = "probabilities", "label"


def to_onnx(ensemble: Ensemble) -> bytes:
    """Return the model's bytes; the same shards always give the same ones."""
    return assembled(ensemble.declaration, dict(enumerate(ensemble.shards)))


def assembled(
    declaration: Declaration,
    shards: Mapping[int, Shard],
    former: bytes | None = None,
    *,
    only: Collection[int] | None = None,
) -> bytes:
    """Return the model of some shards; those that are not given are taken over from a `former`.

    `only` leaves the others out: it is then the mean of those alone.
    """
    kept = ModelProto.FromString(former).graph if former is not None else None
    nodes: list[NodeProto] = []
    constants: list[TensorProto] = []
    numbers = sorted(range(declaration.shards) if only is None else only)
    for number in numbers:
        prefix = prefix_of(number)
        if number in shards:
            writer = Writer(prefix)
            _write(writer, shards[number], len(declaration.labels))
            nodes += writer.nodes
            constants += writer.constants
        else:
            assert kept is not None, "a shard that is not given is taken over"
            nodes += [one for one in kept.node if one.name.startswith(prefix)]
            constants += [one for one in kept.initializer if one.name.startswith(prefix)]
    mean = Writer("mean_")
    outputs = [_last(nodes, prefix_of(number)) for number in numbers]
    total = mean.node("Sum", *outputs)
    share = mean.constant(np.float64(1 / len(numbers)))
    mean.nodes.append(helper.make_node("Mul", [total, share], [PROBABILITIES], name=PROBABILITIES))
    place = mean.node("ArgMax", PROBABILITIES, axis=1, keepdims=0)
    labels = mean.constant(np.array(declaration.labels, dtype=object))
    mean.nodes.append(helper.make_node("Gather", [labels, place], [LABEL], name=LABEL))
    graph = helper.make_graph(
        [*nodes, *mean.nodes],
        "model",
        _inputs(declaration),
        _outputs(declaration),
        [*constants, *mean.constants],
    )
    return _model(graph, declaration)


def shard_digest(model: bytes, number: int) -> str:
    """Return the SHA-256 of what is of one shard in a model: its nodes and constants, in order."""
    graph, prefix = ModelProto.FromString(model).graph, prefix_of(number)
    found = hashlib.sha256()
    for one in (*graph.node, *graph.initializer):
        if one.name.startswith(prefix):
            found.update(one.SerializeToString(deterministic=True))
    return found.hexdigest()


def prefix_of(number: int) -> str:
    """Return what the names of a shard's nodes begin with."""
    return f"s{number:02d}_"


def _last(nodes: list[NodeProto], prefix: str) -> str:
    return str([one.output[0] for one in nodes if one.name.startswith(prefix)][-1])


def _inputs(declaration: Declaration) -> list[Any]:
    numbers, categories, texts = (
        len(declaration.names_of(kind)) for kind in (Kind.NUMBER, Kind.CATEGORY, Kind.TEXT)
    )
    shapes = (
        (NUMBERS, TensorProto.DOUBLE, numbers),
        (CATEGORIES, TensorProto.STRING, categories),
        (TEXT, TensorProto.STRING, texts),
    )
    return [
        helper.make_tensor_value_info(name, kind, ["rows", width])
        for name, kind, width in shapes
        if width
    ]


def _outputs(declaration: Declaration) -> list[Any]:
    return [
        helper.make_tensor_value_info(LABEL, TensorProto.STRING, ["rows"]),
        helper.make_tensor_value_info(
            PROBABILITIES, TensorProto.DOUBLE, ["rows", len(declaration.labels)]
        ),
    ]


def _model(graph: GraphProto, declaration: Declaration) -> bytes:
    model = helper.make_model(
        graph,
        producer_name=PRODUCER,
        opset_imports=[helper.make_opsetid(name, number) for name, number in VERSIONS.items()],
        ir_version=FORM,
    )
    helper.set_model_props(model, {"declaration": declaration.digest})
    checker.check_model(model)
    written: bytes = model.SerializeToString(deterministic=True)
    return written


def _write(writer: Writer, shard: Shard, labels: int) -> None:
    family = shard.encoder.family
    if family == Family.BOOSTING:
        logits = _trees(writer, shard, labels)
    else:
        matrix = OF_TEXT.get(family, _linear)(writer, shard.encoder)
        weights, bias = linear_parts(shard.estimator)
        product = writer.node("MatMul", matrix, writer.constant(weights))
        logits = writer.node("Add", product, writer.constant(bias))
    calmed = writer.node("Div", logits, writer.constant(np.float64(shard.temperature)))
    writer.node("Softmax", calmed, axis=1)


def linear_parts(estimator: Any) -> tuple[Any, Any]:
    """Return weights and bias with a column for each label; of two the first has zeros."""
    weights, bias = estimator.coef_.T, estimator.intercept_
    if weights.shape[1] == 1:
        weights = np.column_stack([np.zeros(len(weights)), weights])
        bias = np.concatenate([[0.0], bias])
    return np.ascontiguousarray(weights), bias


def _category(writer: Writer, place: int) -> str:
    return writer.node("Gather", CATEGORIES, writer.constant(np.int64(place)), axis=1)


def _linear(writer: Writer, encoder: Encoder) -> str:
    parts: list[str] = []
    if len(encoder.means):
        is_missing = writer.node("IsNaN", NUMBERS)
        filled = writer.node("Where", is_missing, writer.constant(encoder.medians), NUMBERS)
        centred = writer.node("Sub", filled, writer.constant(encoder.means))
        parts.append(writer.node("Div", centred, writer.constant(encoder.scales)))
    for place, known in enumerate(encoder.values):
        if not known:
            continue
        number = writer.node(
            "LabelEncoder",
            _category(writer, place),
            domain="ai.onnx.ml",
            keys_strings=list(known),
            values_int64s=list(range(len(known))),
            default_int64=len(known),
        )
        depth = writer.constant(np.int64(len(known)))
        ones = writer.constant(np.array([0, 1], dtype=np.float32))
        parts.append(writer.doubled(writer.node("OneHot", number, depth, ones, axis=1)))
    return writer.node("Concat", *parts, axis=1)


def _trees(writer: Writer, shard: Shard, labels: int) -> str:
    matrix = NUMBERS
    if shard.encoder.values:
        places = []
        for place, known in enumerate(shard.encoder.values):
            number = writer.node(
                "LabelEncoder",
                _category(writer, place),
                domain="ai.onnx.ml",
                keys_strings=list(known) or [NO_TOKEN],
                values_floats=[float(one) for one in range(len(known) or 1)],
                default_float=float("nan"),
            )
            axis = writer.constant(np.array([1], dtype=np.int64))
            places.append(writer.doubled(writer.node("Unsqueeze", number, axis)))
        width = shard.estimator.n_features_in_
        parts = places if width == len(places) else [NUMBERS, *places]
        matrix = writer.node("Concat", *parts, axis=1)
    attributes, targets = tree_attributes(shard.estimator)
    raw = writer.node(
        "TreeEnsembleRegressor", matrix, domain="ai.onnx.ml", n_targets=targets, **attributes
    )
    base = writer.constant(shard.estimator._baseline_prediction.astype(np.float64).reshape(1, -1))
    logits = writer.node("Add", writer.doubled(raw), base)
    if targets == 1:
        assert labels == 2, "one score tells two labels apart"
        logits = writer.node("MatMul", logits, writer.constant(np.array([[0.0, 1.0]])))
    return logits


def tree_attributes(estimator: Any) -> tuple[dict[str, Any], int]:
    """Return the trees of a gradient boosting as the node's attributes, and its scores."""
    rows = [
        (tree, target, predictor.nodes)
        for tree, target, predictor in (
            (number * len(round_) + target, target, predictor)
            for number, round_ in enumerate(estimator._predictors)
            for target, predictor in enumerate(round_)
        )
    ]
    nodes = np.concatenate([each for _, _, each in rows])
    sizes = [len(each) for _, _, each in rows]
    trees = np.repeat([tree for tree, _, _ in rows], sizes)
    targets = np.repeat([target for _, target, _ in rows], sizes)
    places = np.concatenate([np.arange(size) for size in sizes])
    is_leaf = nodes["is_leaf"].astype(bool)
    thresholds = np.where(is_leaf, 0.0, nodes["num_threshold"])
    features = np.where(is_leaf, 0, nodes["feature_idx"])

    def doubles(values: Any, name: str) -> TensorProto:
        return numpy_helper.from_array(np.asarray(values, dtype=np.float64), name)

    return {
        "nodes_treeids": trees.tolist(),
        "nodes_nodeids": places.tolist(),
        "nodes_featureids": features.tolist(),
        "nodes_modes": ["LEAF" if leaf else "BRANCH_LEQ" for leaf in is_leaf],
        "nodes_values_as_tensor": doubles(thresholds, "thresholds"),
        "nodes_truenodeids": np.where(is_leaf, 0, nodes["left"]).tolist(),
        "nodes_falsenodeids": np.where(is_leaf, 0, nodes["right"]).tolist(),
        "nodes_missing_value_tracks_true": np.where(
            is_leaf, 0, nodes["missing_go_to_left"]
        ).tolist(),
        "target_treeids": trees[is_leaf].tolist(),
        "target_nodeids": places[is_leaf].tolist(),
        "target_ids": targets[is_leaf].tolist(),
        "target_weights_as_tensor": doubles(nodes["value"][is_leaf], "weights"),
        "post_transform": "NONE",
    }, len(estimator._predictors[0])
