"""What is refused of a column that is to come as two, from and to."""

PAIR_SENTENCES = {
    "from-to-mask": (
        "Column “{column}” cannot come as two columns, from and to: mask “{mask}” makes no "
        "intervals. Choose a mask that does, or let it come as one column."
    ),
    "from-to-type": (
        "Column “{column}” cannot come as two columns, from and to: it holds neither numbers nor "
        "dates. Let it come as one column."
    ),
    "from-to-label": (
        "Column “{column}” cannot come as two columns, from and to: “{label}” is no interval that "
        "holds its values. Write it as “20-39” or “[20, 40)”, or let it come as one column."
    ),
    "from-to-name": (
        "Column “{column}” would come as “{name}”, and another column is called so. Rename that "
        "one, or let the column come as one."
    ),
    "from-to-long": (
        "Column “{column}” cannot come as two columns, from and to: their names would have more "
        "than {limit} characters. Shorten its name, or let it come as one column."
    ),
}
