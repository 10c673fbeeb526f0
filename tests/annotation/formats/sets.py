"""Labelled sets for the tests of formats: invented messages, labelled by simulated people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from marketplace.annotation.formats import Agreement, Item, Label, LabelledSet, Method
from marketplace.annotation.kinds.kind import Answer, LabelClass, Part, Scheme, Span
from marketplace.annotation.kinds.registry import KINDS

START = datetime(2025, 7, 1, 8, tzinfo=UTC)
CLASSES = (
    LabelClass("noise", "噪音扰民", "1"),
    LabelClass("water", "供水供电", "2"),
    LabelClass("roads", "道路交通", "3"),
)
SCHEMES = {
    **{code: Scheme(kind, CLASSES if kind.has_classes else ()) for code, kind in KINDS.items()},
    "one": Scheme(KINDS["one"], CLASSES, "topic", "按诉求主题选一类。"),
    "spans": Scheme(KINDS["spans"], (LabelClass("place"), LabelClass("time")), "parts"),
}


def value(kind: str, random: Random, text: str) -> Answer:
    """Return something that an annotator could say."""
    codes, asked = [one.code for one in SCHEMES[kind].classes], KINDS[kind]
    if asked.has_one:
        return Answer((random.choice(codes),))
    if asked.part == Part.CLASSES:
        return Answer(tuple(random.sample(codes, random.randint(0, 2))))
    if asked.part == Part.SPANS:
        starts = sorted(random.sample(range(len(text) - 1), random.randint(0, 2)))
        return Answer(spans=tuple(Span(one, one + 1, random.choice(codes)) for one in starts))
    return Answer(text=f"摘要 {random.randint(1, 9)}")


def labelled(kind: str = "one", *, count: int = 12) -> LabelledSet:
    """Return a set with two annotators an item, a prediction on some, and one item unaccepted."""
    random = Random(7)
    items = []
    for number in range(count):
        text = f"{number} 号工单：{'小区施工噪声很大' * (1 + number % 3)}，请处理😀。"
        labels = tuple(
            Label(who, value(kind, random, text), START + timedelta(hours=number), seconds=9.5)
            for who in ("A01", "A02")
        )
        if number % 4 == 0:
            said = value(kind, random, text)
            labels += (
                Label("tfidf-1", said, START, Method.AUTOMATIC, is_prediction=True, score=0.75),
            )
        items.append(
            Item(
                item_id=f"hx-{number:06d}",
                text=text,
                labels=labels,
                accepted=None if number == 1 else labels[0].value,
                accepted_at=None if number == 1 else START + timedelta(days=2),
                time=START - timedelta(days=count - number),
                group=f"district-{number % 5}",
                stratum=("noise", "roads")[number % 2],
            )
        )
    return LabelledSet(
        title="12345 热线诉求分类",
        description="Masked messages of citizens, each with its topic.",
        version="1.0.0",
        license="CC-BY-4.0",
        source="自建",
        source_details="由某市热线工单脱敏后标注",
        scheme=SCHEMES[kind],
        items=tuple(items),
        created_at=START,
        modified_at=START + timedelta(days=3),
        creator="Harbour Data",
        agreement=Agreement(0.81, 0.77, 0.85, count),
        protocol="Two annotators an item; a third person decides where they differ.",
        limits=("One city, one year.",),
        personal="Personal data were masked before labelling; some may be overlooked.",
        keywords=("hotline",),
    )
