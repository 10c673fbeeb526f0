"""Write how a text becomes a row of numbers, in the nodes of ONNX."""

import numpy as np

from marketplace.learning.training.declaration import Family
from marketplace.learning.training.families import Encoder
from marketplace.learning.training.nodes import Writer

TEXT = "text"
NO_TOKEN = "\U0010ffff"
SMALLEST = 1e-300


def sequences(writer: Writer, encoder: Encoder) -> str:
    """Write how much each sequence of characters weighs in a text (TF-IDF)."""
    vectorizer = encoder.vectorizer
    assert vectorizer is not None, "the family of texts has one"
    # First the single characters, then the pairs and so on, as the node wants them.
    words = sorted(vectorizer.vocabulary_.items(), key=lambda one: (len(one[0]), one[1]))
    counted = _occurrences(writer, words, vectorizer.analyzer.longest)
    weighed = writer.node("Mul", writer.doubled(counted), writer.constant(vectorizer.idf_))
    squares = writer.node("Mul", weighed, weighed)
    total = writer.node("ReduceSum", squares, writer.constant(np.array([1], dtype=np.int64)))
    length_of = writer.node("Sqrt", total)
    least = writer.node("Max", length_of, writer.constant(np.float64(SMALLEST)))
    return writer.node("Div", weighed, least)


def lines_of_words(writer: Writer, encoder: Encoder) -> str:
    """Write a column for each line of words, with a one in the first that occurs."""
    lines = encoder.lines
    placed = [(word, place) for place, line in enumerate(lines) for word in line]
    words = sorted(
        ((word, number) for number, (word, _) in enumerate(placed)), key=lambda one: len(one[0])
    )
    counted = _occurrences(writer, words, len(words[-1][0]))
    of_lines = np.eye(len(lines))[[place for _, place in placed]]
    hits = writer.node("MatMul", writer.doubled(counted), writer.constant(of_lines))
    occurs = writer.doubled(writer.node("Greater", hits, writer.constant(np.float64(0))))
    # The one behind the lines is for texts without any: the first of equals is taken.
    sides = writer.constant(np.array([0, 0, 0, 1], dtype=np.int64))
    all_lines = writer.node("Pad", occurs, sides, writer.constant(np.float64(1)))
    first = writer.node("ArgMax", all_lines, axis=1, keepdims=0)
    depth = writer.constant(np.int64(len(lines) + 1))
    ones = writer.constant(np.array([0, 1], dtype=np.float32))
    return writer.doubled(writer.node("OneHot", first, depth, ones, axis=1))


def _occurrences(writer: Writer, words: list[tuple[str, int]], longest: int) -> str:
    """Write how often each word occurs, at its place; words are ordered by their length."""
    pool: list[str] = []
    starts = [0] * longest
    for length in range(1, longest + 1):
        starts[length - 1] = len(pool)
        pool += [sign for word, _ in words if len(word) == length for sign in word]
    flat = writer.node("Reshape", TEXT, writer.constant(np.array([-1], dtype=np.int64)))
    signs = writer.node(
        "Tokenizer", flat, domain="com.microsoft", mark=0, mincharnum=1, pad_value=NO_TOKEN,
        tokenexp="(?s).",
    )  # fmt: skip
    return writer.node(
        "TfIdfVectorizer", signs, mode="TF", min_gram_length=1, max_gram_length=longest,
        max_skip_count=0, ngram_counts=starts, ngram_indexes=[int(place) for _, place in words],
        pool_strings=pool, weights=[1.0] * len(words),
    )  # fmt: skip


OF_TEXT = {Family.TEXT: sequences, Family.WORDS: lines_of_words}
"""The families that see a text, and how."""
