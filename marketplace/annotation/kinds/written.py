"""What annotators write: a free answer, or the right text of columns."""

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.agreement.measured import (
    Answers,
    LabelQuality,
    measured_by_column,
    measured_of_free,
)
from marketplace.annotation.kinds.kind import (
    LONGEST_ANSWER,
    Answer,
    Kind,
    Part,
    Scheme,
    Texts,
    Whole,
    even,
)
from marketplace.core.bounds import read_json
from marketplace.web.bounded import forms


class Written(Kind):
    """What both have in common; `fault_of_words` says what is wrong with what is written."""

    part = Part.TEXT
    fewest_classes = 0
    is_written = True

    def fault(self, scheme: Scheme, answer: Answer, texts: Texts) -> str:
        if answer.classes or answer.spans:
            return _("This project asks for no class.")
        return self.fault_of_words(answer, texts)

    @abstractmethod
    def fault_of_words(self, answer: Answer, texts: Texts) -> str: ...


class FreeText(Written):
    code = "text"
    label = gettext_lazy("Free answer")
    explained = gettext_lazy("Annotators answer in their own words, by the guideline.")
    told_as = "free_text"
    field = "text"

    def fields(self, scheme: Scheme, texts: Texts) -> dict[str, Any]:
        written = forms.CharField(
            label=gettext_lazy("Free answer"),
            required=False,
            max_length=LONGEST_ANSWER,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy("By the guideline, in your own words. Ctrl and Enter save it."),
        )
        return {"text": written}

    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        return Answer(text=cleaned["text"])

    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        return {"text": answer.text}

    def fault_of_words(self, answer: Answer, texts: Texts) -> str:
        if answer.fields is not None or not 1 <= len(answer.text.strip()) <= LONGEST_ANSWER:
            return _("Write 1 to %(most)d characters, or skip the item and say why.") % {
                "most": LONGEST_ANSWER
            }
        return ""

    def ordered_answer(self, scheme: Scheme, answer: Answer, texts: Texts) -> Answer:
        return Answer(text=answer.text.strip())

    def is_right(self, answer: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> bool:
        if answer is None:
            return False
        return folded(answer.get("text", "")) == folded(gold.get("text", ""))

    def measured(self, answers: Answers, scheme: Scheme, columns: Sequence[str]) -> LabelQuality:
        return measured_of_free([[folded(one["text"]) for one in each] for each in answers])

    def worded(self, scheme: Scheme, answer: Answer, texts: Texts, labels: Texts) -> str:
        return answer.text

    def cell(self, answer: Mapping[str, Any]) -> str:
        return str(answer["text"])


class CorrectedColumns(Written):
    """In files, corrections are a JSON object of the columns that are another way."""

    code = "fields"
    label = gettext_lazy("Corrected columns")
    explained = gettext_lazy(
        "Annotators correct the columns that they are shown, and leave what is right."
    )
    told_as = "free_text"
    field = "fields"
    needs_texts = True

    def fields(self, scheme: Scheme, texts: Texts) -> dict[str, Any]:
        return {
            f"column_{place}": forms.CharField(
                label=column,
                required=False,
                strip=False,
                max_length=LONGEST_ANSWER,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            for place, (column, text) in enumerate(texts.items())
        }

    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        sent = {column: cleaned[f"column_{place}"] for place, column in enumerate(texts)}
        return Answer(fields=corrections(sent, texts))

    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        found = {**texts, **(answer.fields or {})}
        return {f"column_{place}": found[name] for place, name in enumerate(texts)}

    def fault_of_words(self, answer: Answer, texts: Texts) -> str:
        if answer.text or answer.fields is None or not set(answer.fields) <= set(texts):
            return _("Correct the columns that are shown, or leave them as they are.")
        if any(len(text) > LONGEST_ANSWER for text in answer.fields.values()):
            return _("Write at most %(most)d characters in a column.") % {"most": LONGEST_ANSWER}
        return ""

    def ordered_answer(self, scheme: Scheme, answer: Answer, texts: Texts) -> Answer:
        return Answer(fields=corrections(answer.fields or {}, texts))

    def measured(self, answers: Answers, scheme: Scheme, columns: Sequence[str]) -> LabelQuality:
        return measured_by_column(answers, columns)

    def worded(self, scheme: Scheme, answer: Answer, texts: Texts, labels: Texts) -> str:
        fields = (answer.fields or {}).items()
        lines = [f"{labels.get(name, name)}: {text}" for name, text in fields]
        return "\n".join(lines) or _("Nothing to correct")

    def cell(self, answer: Mapping[str, Any]) -> str:
        return _as_text(answer["fields"])

    def answer_for_file(self, answer: Answer, whole: Whole) -> Answer:
        return Answer(text=_as_text(answer.fields or {}))

    def answer_of_file(self, told: Answer, whole: Whole, texts: Texts) -> Answer:
        found = read_json(told.text.encode())
        if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
            raise ValueError("Corrections are an object of texts.")
        return Answer(fields=found)


def _as_text(fields: Mapping[str, str]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)


def folded(text: str) -> str:
    """Return a text as two free answers are compared: neither case nor blanks count."""
    return even(text).replace(" ", "").casefold()


def corrections(sent: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns whose text is another one than is shown, in the order of the columns."""
    return {
        column: even(sent[column])
        for column, shown in texts.items()
        if column in sent and even(sent[column]) != even(shown)
    }
