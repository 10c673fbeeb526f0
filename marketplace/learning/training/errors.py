"""What training refuses, as a code with parameters and an English sentence."""

SENTENCES = {
    "bad-declaration": "The training run is not declared rightly: look at “{part}” and correct it.",
    "column-missing": "There is no column “{column}” in the data. Choose another one.",
    "not-a-number": "Column “{column}” holds no numbers. Take it for a category.",
    "too-few-rows": "Only {rows} rows can be used; {least} are needed. Use more data.",
    "one-class": "Every row has the same value of “{column}”, so there is nothing to learn.",
    "too-many-classes": (
        "“{column}” has {classes} values; a model tells at most {most} apart. Choose another "
        "target."
    ),
    "class-too-rare": (
        "“{label}” occurs too rarely to train on it in every shard. Use fewer shards or more data."
    ),
    "nothing-held-out": "The split leaves rows on one side only. Choose another split.",
    "no-value-shared": (
        "No value of {columns} stands in {least} rows, so there is nothing to learn from. Of a "
        "column of texts, choose the family of texts."
    ),
    "no-vocabulary": "No sequence of characters occurs in five texts. Choose another column.",
    "onnx-differs": (
        "The exported model differs from the trained one by {difference}, more than {most}. "
        "Choose another family."
    ),
    "baseline-not-beaten": (
        "On the rows held out the model scores {low} to {high} and the baseline {baseline}: it is "
        "not shown to be better. Use more data or other features."
    ),
    "baseline-not-beaten-by-groups": (
        "On the rows held out the model scores {low} to {high} and the baseline {baseline}: it is "
        "not shown to be better. The {rows} rows form {units} groups (equal rows, or one value of "
        "the column you hold out by). Few groups make the interval wide. Use more varied data, or "
        "hold out by another column."
    ),
    "members-told-apart": (
        "Who was trained on can be told with an advantage of up to {advantage}; at most {most} is "
        "allowed. Use more rows, fewer features or a simpler family."
    ),
    "hold-out-unreadable": (
        "The rows held out can be read neither as CSV nor as Parquet. Save them again."
    ),
    "own-unreadable": "Your own rows can be read neither as CSV nor as Parquet. Save them again.",
    "hold-out-rows": (
        "{rows} rows are held out with a target; {least} to {most} can be used. Change the file."
    ),
    "own-rows": (
        "{rows} rows of your own have a target; {least} to {most} can be used. Change the file."
    ),
    "training-timed-out": (
        "Training took more than {seconds} seconds. Use less data or a smaller search."
    ),
    "training-out-of-memory": "Training needed more memory than it may use. Use less data.",
    "training-crashed": "Training broke off without an answer. Tell the centre.",
    "training-not-isolated": (
        "This machine cannot close off a process that trains. Tell the centre."
    ),
}

Parameter = str | int | float


class TrainingError(Exception):
    """A refusal with its code and the figures of its sentence."""

    def __init__(self, code: str, **parameters: Parameter) -> None:
        self.code, self.parameters = code, parameters
        super().__init__(SENTENCES[code].format(**parameters))
