"""What is refused of a rule of quality."""

QUALITY_SENTENCES = {
    "quality-rule-unread": (
        "The rule cannot be read. Give its kind, its columns, its tolerance and what follows when "
        "it fails."
    ),
    "quality-kind-unknown": "There is no kind of rule named “{kind}”.",
    "quality-part-unknown": "A rule of kind “{kind}” has no part named “{part}”.",
    "quality-columns-wrong": (
        "A rule of kind “{kind}” is about {least} to {most} columns, each named once."
    ),
    "quality-type-unknown": "There is no type named “{type}”.",
    "quality-bounds-wrong": (
        "Give a lower bound, an upper one or both, as numbers or as dates (YYYY-MM-DD), the lower "
        "one not above the upper."
    ),
    "quality-pattern-wrong": (
        "The pattern cannot be read. Write a regular expression of at most {limit} characters, "
        "without look-around and back-references."
    ),
    "quality-codes-wrong": "Give a list of 1 to {limit} codes, each once and not empty.",
    "quality-comparison-wrong": (
        "Compare the sum of 1 to {limit} columns with the sum of others, by <, <=, =, >= or >."
    ),
    "quality-reference-wrong": "Name the dataset, and the column of it in which the values stand.",
    "quality-days-wrong": "Give the days as a whole number from 0 to {limit}.",
    "quality-tolerance-wrong": (
        "Give the tolerance as a share from 0 to 1, or as a whole number of rows."
    ),
    "quality-severity-unknown": "A rule that fails either “blocks” or “warns”.",
    "quality-too-many": "Give at most {limit} rules.",
    "quality-repeated": "Rules {first} and {second} are the same. Keep one of them.",
}
