#!/usr/bin/env python3
"""Check what a data trading centre signed, without trusting the centre.

    python verify.py certificate.json
    python verify.py receipt.tlog-proof
    python verify.py checkpoint
    python verify.py report.json data.parquet
    python verify.py model.json card.json model.onnx
    python verify.py contract.json [amendment-1.json amendment-2.json …]
    python verify.py log https://centre.example/log --since checkpoint

It needs Python 3.11 and the package `cryptography`, and nothing else of the centre. Keep it in a
folder of its own: Python takes a file that lies beside a program, such as `json.py`, for its own.
It calls nobody over the network, but for `log`, which asks the address that you give. Trust is
given, never assumed: `--trust trust.json` names the keys that you believe, as you learned them
from somebody you believe. Without it the answer is at best "issuer unknown".

    {"issuers": {"<issuer>": ["<Ed25519 public key, z6Mk… or 64 hexadecimal digits>"]},
     "logs": ["<verifier key: name+id+base64>"],
     "witnesses": ["<verifier key>"],
     "witnesses_needed": 0,
     "passkeys": ["<fingerprint of a person's passkey, as they told you>"],
     "origins": ["https://centre.example"]}

A log that changed its key tells so under `keys`, in a note signed by the key before. `log` follows
such notes from a key that you trust; for a receipt or checkpoint give that file by `--keys`.

Exit code 0: it is what it says, and a key that you trust signed it. 1: refused; the reason is
printed. 2: nothing speaks against it, but no key that you trust signed it. The last line is the
answer, or the one line of a refusal; what was found stands before it, each line behind a dash. What
comes from a file is shortened, its invisible signs are written as \\u202e and the like, and where
it holds blanks it stands in quotation marks.

Forms: W3C Verifiable Credentials 2.0 with Data Integrity eddsa-jcs-2022 and Bitstring Status List;
the centre's earlier certificates (RFC 8785 with Ed25519); C2SP signed-note, tlog-checkpoint,
tlog-cosignature, tlog-proof and tlog-tiles; RFC 6962 trees; signatures of contracts by Web
Authentication (WebAuthn level 2) with ES256, EdDSA or RS256.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import http.client
import io
import json
import math
import re
import sys
import time
import unicodedata
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeGuard
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256

VERIFIED, REFUSED, UNKNOWN = 0, 1, 2
LARGEST_DOCUMENT = 4 * 1024 * 1024
LARGEST_STATUS_LIST = 2 * 1024 * 1024
FEWEST_STATUS_BITS = 131_072
MOST_STATUSES = 16
LARGEST_NUMBER = 2**53 - 1
LONGEST_NUMBER = 32
MOST_VALUES = 100_000
DEEPEST = 32
MOST_SIGNATURES = 64
LONGEST_FETCH, PIECE = 60, 65_536
MOST_PROOF_NODES = 64
MOST_LINES = 128
MOST_KEYS = 1000
LONGEST_SHOWN, LONGEST_JSON_SHOWN = 200, 4000
CLOCKS_DIFFER = timedelta(minutes=5)
HASH_BYTES = 32
TILE = 256
ED25519, COSIGNATURE = 0x01, 0x04
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
HANDOVER = "key handover"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
HEXADECIMAL = frozenset("0123456789abcdef")
CONTRACT, ACCEPTANCE = "DataContract", "WitnessedAcceptance"
AMENDMENT = "ContractAmendment"
FORM = 2
"""Of the texts whose signatures name their signatories; those before had none."""

SUBJECT = "credentialSubject"
RISK_REPORT = "RiskReport"
MODEL = "TrainedModel"
SIDES = ("seller", "buyer")
SIGNATURE_DOMAIN = b"contract-signature/v1"
USER_PRESENT, USER_VERIFIED = 0x01, 0x04
ES256, EDDSA, RS256 = -7, -8, -257
SMALLEST_RSA_BITS, LARGEST_RSA_BITS = 2048, 8192
LARGEST_COSE_KEY = 2048
CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
PROOF_PARTS = frozenset(
    {"@context", "id", "type", "cryptosuite", "created", "expires", "nonce"}
) | {
    "verificationMethod",
    "proofPurpose",
    "proofValue",
}
"""What is understood of a proof. Another part, such as `domain`, may narrow what it is good for."""

TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,17})\.[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
"""A `dateTimeStamp` of XML Schema, which the W3C asks for."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
MARKS = frozenset({"Mn", "Me"})
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class JsonText(str):
    """A text that is JSON, so that it needs no quotation marks around it."""


def shown(value: object) -> str:
    """Write a value of a file so that it cannot pass for words of this program.

    It stays on its line and visible, is shortened, and stands in quotation marks unless it is one
    plain word.
    """
    if not isinstance(value, str):
        plain = not isinstance(value, Mapping | list | tuple | bool | None)
        value = str(value) if plain else JsonText(json.dumps(value, ensure_ascii=False))
    is_json = isinstance(value, JsonText)
    longest = LONGEST_JSON_SHOWN if is_json else LONGEST_SHOWN
    pieces, before = [], "x"
    for sign in value[:longest]:
        pieces.append(_visible(sign, before, is_json))
        before = sign
    text = "".join(pieces)
    if len(value) > longest:
        text += f"…[{len(value)}]"
    if is_json or (text and text.isascii() and " " not in text):
        return text
    return f"“{text}”"


def _visible(sign: str, before: str, is_json: bool) -> str:
    kind = unicodedata.category(sign)
    if sign == " ":
        hidden = before == " "
    elif kind in MARKS:
        hidden = unicodedata.category(before) in MARKS
    else:
        hidden = kind in UNSEEN or sign in BLANK_LETTERS or (sign in "\\“”" and not is_json)
    if not hidden:
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


@dataclass(frozen=True)
class Sentence:
    """A sentence before its values are put in, so that it can be said in another language."""

    words: str
    values: Mapping[str, object]

    @property
    def shown(self) -> dict[str, str]:
        """Return the values as they may be read by a person."""
        return {name: shown(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.words.format(**self.shown)


class Refused(Exception):
    """What was given does not hold; the sentence says why."""

    def __init__(self, words: str, **values: object) -> None:
        self.sentence = Sentence(words, values)
        super().__init__(str(self.sentence))


@dataclass
class Outcome:
    """What was found, in sentences; `code` is the exit code."""

    code: int = VERIFIED
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Return the sentences in English."""
        return [str(sentence) for sentence in self.sentences]

    def say(self, words: str, **values: object) -> None:
        """Add a sentence."""
        self.sentences.append(Sentence(words, values))

    def doubt(self, words: str, **values: object) -> None:
        """Add a sentence on what is not known, which leaves the whole unknown."""
        self.code = UNKNOWN
        self.say(words, **values)


# --- Encodings: each has one right spelling, and every other is refused ---------------------------


def parse_json(data: bytes) -> Any:
    """Read JSON that can be read in one way only, and is small enough to be looked through."""
    if len(data) > LARGEST_DOCUMENT:
        raise Refused("The document is too large.")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused("The file begins with a byte order mark: save it as UTF-8 without one.")
    _check_extent(data)
    try:
        found = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_int=_whole_number,
            parse_float=_finite_number,
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise Refused(
            "This is no JSON: it breaks in line {line}, column {column}.",
            line=error.lineno,
            column=error.colno,
        ) from None
    except (ValueError, RecursionError):
        raise Refused("This is no JSON that can be read in one way.") from None
    return found


def _check_extent(data: bytes) -> None:
    """Refuse what holds too many values or nests too deep, before anything is built of it."""
    outside = TEXTS.sub(b"", data)
    if sum(map(outside.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise Refused("The document holds more than {most} values.", most=MOST_VALUES)
    depth = 0
    for bracket in outside.translate(None, NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise Refused("The document nests deeper than {most} levels.", most=DEEPEST)
        if depth < 0:
            return


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    answer = dict(pairs)
    if len(answer) != len(pairs):
        raise Refused("This is no JSON that can be read in one way: a key stands twice.")
    return answer


def _no_constant(name: str) -> NoReturn:
    raise Refused("This is no JSON that can be read in one way: {name} is no JSON.", name=name)


def _whole_number(text: str) -> int:
    if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST_NUMBER:
        raise Refused("A number in the document is too large to be read in one way.")
    return int(text)


def _finite_number(text: str) -> float:
    if len(text) > LONGEST_NUMBER:
        raise Refused("A number in the document is too long to be read in one way.")
    if not math.isfinite(float(text)):
        raise Refused("A number in the document is not finite.")
    return float(text)


def canonical(value: Any) -> bytes:
    """Write a value as canonical JSON (RFC 8785)."""
    return _written(value, "")


def _written(value: Any, margin: str) -> bytes:
    pieces: list[str] = []
    try:
        _write(value, margin, pieces)
        return "".join(pieces).encode("utf-8")
    except (RecursionError, UnicodeEncodeError):
        raise Refused("The document has no canonical form.") from None


def _write(value: Any, margin: str, pieces: list[str]) -> None:
    """Write a value: canonical where `margin` is empty, else on lines that begin with it."""
    if isinstance(value, Mapping):
        names = value if margin else sorted(value, key=lambda name: name.encode("utf-16-be"))
        colon = ": " if margin else ":"
        _enclose("{}", ((_text(name) + colon, value[name]) for name in names), margin, pieces)
    elif isinstance(value, list):
        _enclose("[]", (("", item) for item in value), margin, pieces)
    elif isinstance(value, str):
        pieces.append(_text(value))
    elif value is None or isinstance(value, bool):
        pieces.append({None: "null", True: "true", False: "false"}[value])
    else:
        pieces.append(_number(value))


def _enclose(
    brackets: str, items: Iterator[tuple[str, Any]], margin: str, pieces: list[str]
) -> None:
    inner, separator = margin and f"{margin}  ", ""
    pieces.append(brackets[0])
    for name, item in items:
        pieces += (separator, inner, name)
        _write(item, inner, pieces)
        separator = ","
    if separator:
        pieces.append(margin)
    pieces.append(brackets[1])


_text = json.JSONEncoder(ensure_ascii=False).encode


def _number(value: int | float) -> str:
    """Write a number as ECMAScript does."""
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise Refused("A number in the document is too large to be read in one way.")
        return str(value)
    if not math.isfinite(value):
        raise Refused("A number in the document is not finite.")
    if value == 0:
        return "0"
    sign, figures, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, minus = "".join(map(str, figures)), "-" if sign else ""
    point = int(exponent) + len(digits)
    if len(digits) <= point <= 21:
        return minus + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{minus}{digits[0]}{rest}e{point - 1:+d}"


def read_document(data: bytes) -> dict[str, Any]:
    """Read a document that is written in one of two fixed forms, byte for byte.

    The forms are canonical JSON, and JSON on lines with two blanks of indentation; neither ends
    with a newline. In no other form could a byte be altered without being noticed.
    """
    document = parse_json(data)
    if not isinstance(document, dict):
        raise Refused("This is no document: a JSON object is expected.")
    if data != _written(document, "\n" if data.startswith(b"{\n") else ""):
        raise Refused("The file is not in canonical form: it was rewritten or altered.")
    return document


def base58(text: str, length: int) -> bytes:
    """Decode so many bytes in base58 with the alphabet of Bitcoin."""
    number = 0
    if len(text) > length * 138 // 100 + 1:
        raise Refused("{count} bytes in base58 are expected.", count=length)
    for character in text:
        place = BASE58.find(character)
        if place < 0:
            raise Refused("This is no base58.")
        number = number * 58 + place
    zeros = len(text) - len(text.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(data) != length:
        raise Refused("{count} bytes in base58 are expected.", count=length)
    return data


def base64_once(text: str) -> bytes:
    """Decode base64 that is written in its one right way."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("This is no base64.") from None
    if base64.b64encode(data).decode() != text:
        raise Refused("This base64 is not written in its one right way.")
    return data


def hexadecimal(text: object, length: int) -> bytes:
    """Decode small hexadecimal digits of so many bytes."""
    if not isinstance(text, str) or len(text) != 2 * length or not HEXADECIMAL.issuperset(text):
        raise Refused("{count} small hexadecimal digits are expected.", count=2 * length)
    return bytes.fromhex(text)


def public_key(text: str) -> bytes:
    """Decode an Ed25519 public key: multibase z6Mk…, or 64 hexadecimal digits."""
    return multikey(text) if text.startswith("z") else hexadecimal(text, HASH_BYTES)


def multikey(text: str) -> bytes:
    """Decode an Ed25519 public key in multibase: z6Mk…."""
    if not text.startswith("z"):
        raise Refused("This is no Ed25519 public key.")
    data = base58(text[1:], 34)
    if data[:2] != b"\xed\x01":
        raise Refused("This is no Ed25519 public key.")
    return data[2:]


def has_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether a signature over a message was made with an Ed25519 key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_file(path: Path) -> bytes:
    """Read a file that is not larger than a document may be."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        raise Refused("A file could not be read: {error}.", error=error) from None
    if len(data) > LARGEST_DOCUMENT:
        raise Refused("The file {name} is too large.", name=path.name)
    return data


# --- What is trusted ------------------------------------------------------------------------------


@dataclass(frozen=True)
class NoteKey:
    """A key of a log or a witness, under the name that stands on its signature lines."""

    name: str
    kind: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that begin each of its signatures."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.key
        return hashlib.sha256(data).digest()[:4]

    @classmethod
    def parse(cls, text: str) -> NoteKey:
        """Read a verifier key."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        data = base64_once(encoded)
        if not name or len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
            raise Refused("{key} is no verifier key for Ed25519.", key=text)
        found = cls(name, data[0], data[1:])
        if found.key_id.hex() != key_id:
            raise Refused("The id in the verifier key {key} is not that of its key.", key=text)
        return found


@dataclass(frozen=True)
class Trust:
    """The keys that somebody believes."""

    issuers: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    logs: tuple[NoteKey, ...] = ()
    witnesses: tuple[NoteKey, ...] = ()
    witnesses_needed: int = 0
    passkeys: frozenset[str] = frozenset()
    origins: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Trust:
        """Read a trust file."""
        given = parse_json(data)
        names = {"issuers", "logs", "witnesses", "witnesses_needed", "passkeys", "origins"}
        if not isinstance(given, dict) or not set(given) <= names:
            raise Refused(
                "The trust file is an object with issuers, logs, witnesses, passkeys and origins."
            )
        issuers, needed = given.get("issuers", {}), given.get("witnesses_needed", 0)
        if not isinstance(issuers, dict):
            raise Refused("In the trust file {name} is not as it should be.", name="issuers")
        if type(needed) is not int or not 0 <= needed <= MOST_SIGNATURES:
            raise Refused(
                "In the trust file {name} is not as it should be.", name="witnesses_needed"
            )
        keys = {name: _texts(issuers, name) for name in issuers}
        logs, witnesses = _texts(given, "logs"), _texts(given, "witnesses")
        if sum(map(len, (*keys.values(), logs, witnesses))) > MOST_KEYS:
            raise Refused("The trust file names more than {most} keys.", most=MOST_KEYS)
        return cls(
            issuers={name: tuple(map(public_key, texts)) for name, texts in keys.items()},
            logs=tuple(map(NoteKey.parse, logs)),
            witnesses=tuple(map(NoteKey.parse, witnesses)),
            witnesses_needed=needed,
            passkeys=frozenset(
                hexadecimal(key, HASH_BYTES).hex() for key in _texts(given, "passkeys")
            ),
            origins=tuple(_texts(given, "origins")),
        )


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    texts = given.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Refused("In the trust file {name} is not as it should be.", name=name)
    return texts


NOBODY = Trust()


# --- Certificates and reports ---------------------------------------------------------------------


def check_certificate(
    data: bytes,
    *,
    trust: Trust = NOBODY,
    status_lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Outcome:
    """Check a certificate: form, signature, dates, issuer, status."""
    document = read_document(data)
    outcome = Outcome()
    moment = now or datetime.now(UTC)
    issuer = check_signature(document, trust, outcome, now=moment)
    _say_what(document, issuer, outcome)
    if is_of_type(document, RISK_REPORT):
        _say_verdict(document, outcome)
    if is_of_type(document, CONTRACT) or is_of_type(document, AMENDMENT):
        check_contract(document, issuer, trust, outcome, now=moment)
        if "credentialStatus" in document:
            _check_status(document, issuer, trust, status_lists, moment, outcome)
    else:
        _check_status(document, issuer, trust, status_lists, moment, outcome)
    return outcome


def check_report(
    data: bytes,
    table_sha256: str,
    *,
    trust: Trust = NOBODY,
    status_lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Outcome:
    """Check a report, and that it speaks of the very bytes of a table, told by their SHA-256."""
    outcome = check_certificate(data, trust=trust, status_lists=status_lists, now=now)
    document = read_document(data)
    stated = set(_stated_digests(document.get("claims" if _is_earlier(document) else SUBJECT)))
    if len(stated) != 1:
        raise Refused("The report names not exactly one SHA-256 of a table.")
    if stated != {table_sha256}:
        raise Refused("The table is not the one of the report: its SHA-256 is another.")
    outcome.say("The table is the very one that the report speaks of.")
    return outcome


def check_model(
    data: bytes,
    digests: Sequence[str],
    *,
    trust: Trust = NOBODY,
    status_lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Outcome:
    """Check the credential of a model, and that files are its card and its bytes, by SHA-256."""
    outcome = check_certificate(data, trust=trust, status_lists=status_lists, now=now)
    subject = read_document(data)[SUBJECT]
    model, card = subject.get("model_sha256"), subject.get("card_sha256")
    if model in digests:
        outcome.say("The model is the very one that the credential speaks of.")
    if card in digests:
        outcome.say("The card is the very one that the credential speaks of.")
    if not set(digests) <= {model, card}:
        raise Refused("A file is neither the model nor the card: its SHA-256 is another.")
    return outcome


def check_signature(
    document: Mapping[str, Any], trust: Trust, outcome: Outcome, *, now: datetime | None = None
) -> str:
    """Check who signed a document, that it and its proof hold now; return the issuer named."""
    proof, moment = document.get("proof"), now or datetime.now(UTC)
    if not isinstance(proof, Mapping):
        raise Refused("The document carries no proof.")
    issuer = _issuer_of(document)
    if _is_earlier(document):
        message, signature, named = _earlier_proof(document, proof)
        _check_dates(document.get("valid_from"), document.get("valid_until"), moment)
    else:
        _check_credential(document)
        message, signature, named = _integrity_proof(document, proof)
        for dates in (document, proof):
            for name in ("validFrom", "validUntil", "created", "expires"):
                _check_is_moment(dates, name)
        _check_dates(document.get("validFrom"), document.get("validUntil"), moment)
        _check_proof_dates(proof.get("created"), proof.get("expires"), moment)
    trusted = trust.issuers.get(issuer, ())
    believed = [key for key in trusted if has_signed(key, signature, message)]
    if named is not None and not has_signed(named, signature, message):
        raise Refused("The signature does not fit: the document was altered.")
    if believed and named in (None, *believed):
        outcome.say("Signed by a key of {issuer} that you trust.", issuer=issuer)
    elif trusted:
        raise Refused("It is signed by none of the keys of {issuer} that you trust.", issuer=issuer)
    elif named is None:
        outcome.doubt(
            "Issuer unknown: no key of {issuer} is known, so nothing could be checked.",
            issuer=issuer,
        )
    else:
        outcome.doubt(
            "Issuer unknown: the signature fits the key that the document names, but you trust "
            "no key of {issuer}.",
            issuer=issuer,
        )
    return issuer


def _is_earlier(document: Mapping[str, Any]) -> bool:
    """Return whether a document is of the form from before Verifiable Credentials."""
    return "@context" not in document


def _check_credential(document: Mapping[str, Any]) -> None:
    """Check what Verifiable Credentials 2.0 asks of every credential."""
    context, kinds = document["@context"], document.get("type")
    if not isinstance(context, list) or context[:1] != [CREDENTIALS_CONTEXT]:
        raise Refused("This is no Verifiable Credential of version 2.")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, list) or "VerifiableCredential" not in kinds:
        raise Refused("The document lacks the type VerifiableCredential.")
    if not all(isinstance(kind, str) for kind in kinds):
        raise Refused("The document does not say of what type it is.")
    subjects = document.get(SUBJECT)
    subjects = subjects if isinstance(subjects, list) else [subjects]
    if not subjects or not all(isinstance(each, Mapping) and each for each in subjects):
        raise Refused("The document says nothing of any subject.")
    for name in ("id", "number"):
        if name in document and not isinstance(document[name], str):
            raise Refused("The {name} of the document is no text.", name=name)


def _earlier_proof(
    document: Mapping[str, Any], proof: Mapping[str, Any]
) -> tuple[bytes, bytes, bytes | None]:
    """Return message, signature and key of a certificate from before Data Integrity proofs."""
    if set(proof) != {"type", "canonicalization", "public_key", "signature"}:
        raise Refused("The proof has not the parts that it should have.")
    if (proof["type"], proof["canonicalization"]) != ("Ed25519", "RFC8785"):
        raise Refused("The proof is of a kind that is not known.")
    for name in ("number", "kind"):
        if name in document and not isinstance(document[name], str):
            raise Refused("The {name} of the document is no text.", name=name)
    message = canonical({name: value for name, value in document.items() if name != "proof"})
    return message, hexadecimal(proof["signature"], 64), hexadecimal(proof["public_key"], 32)


def _integrity_proof(
    document: Mapping[str, Any], proof: Mapping[str, Any]
) -> tuple[bytes, bytes, bytes | None]:
    """Return message, signature and key of a Data Integrity proof eddsa-jcs-2022."""
    kind = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    if kind != ("DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"):
        raise Refused("The proof is no eddsa-jcs-2022 proof of an assertion.")
    if "@context" in proof and proof["@context"] != document["@context"]:
        raise Refused("The proof is for another context.")
    for name in proof:
        if name not in PROOF_PARTS:
            raise Refused("The proof has a part that is not understood: {name}.", name=name)
    value, method = proof.get("proofValue"), proof.get("verificationMethod")
    if not isinstance(value, str) or not value.startswith("z") or not isinstance(method, str):
        raise Refused("The proof has not the parts that it should have.")
    signature = base58(value[1:], 64)
    options = {name: item for name, item in proof.items() if name != "proofValue"}
    bare = {name: item for name, item in document.items() if name != "proof"}
    message = hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(bare)).digest()
    controller, _, fragment = method.partition("#")
    key = None
    if controller.startswith("did:key:"):
        identifier = controller.removeprefix("did:key:")
        if identifier != fragment:
            raise Refused("The verification method is no did:key with its own key.")
        key = multikey(identifier)
    if controller != _issuer_of(document) and (
        key is None or _issuer_of(document).startswith("did:key:")
    ):
        raise Refused("The verification method is not the issuer's.")
    return message, signature, key


def _issuer_of(document: Mapping[str, Any]) -> str:
    issuer = document.get("issuer")
    if isinstance(issuer, Mapping):
        issuer = issuer.get("id")
    if not isinstance(issuer, str) or not issuer:
        raise Refused("The document names no issuer.")
    return issuer


def _check_dates(start: object, end: object, now: datetime) -> None:
    """Check from when and until when it holds; a day begins and ends wherever on earth."""
    if start is not None:
        begins, is_day = _moment(start)
        if begins - now > (timedelta(hours=14) if is_day else CLOCKS_DIFFER):
            raise Refused("It holds from {day} on, not yet.", day=start)
    if end is not None:
        ends, is_day = _moment(end)
        if now - ends > (timedelta(hours=36) if is_day else timedelta(0)):
            raise Refused("It expired: it held until {day}.", day=end)
        if start is not None and begins > ends:
            raise Refused("It ends on {end}, before it begins on {start}.", end=end, start=start)


def _check_proof_dates(created: object, expires: object, now: datetime) -> None:
    if created is not None and _moment(created)[0] - now > CLOCKS_DIFFER:
        raise Refused("The proof says that it was made later than now: {moment}.", moment=created)
    if expires is not None and now >= _moment(expires)[0]:
        raise Refused("The proof expired: it held until {moment}.", moment=expires)


def _check_is_moment(document: Mapping[str, Any], name: str) -> None:
    if name not in document:
        return
    text = document[name]
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        raise Refused("{text} is no moment with a time zone.", text=text)


def _moment(text: object) -> tuple[datetime, bool]:
    """Read a moment or a day, the latter at its beginning in UTC; tell whether it is a day."""
    is_day = isinstance(text, str) and bool(DAY.fullmatch(text))
    if not isinstance(text, str) or not (is_day or MOMENT.fullmatch(text)):
        raise Refused("{text} is no day and no moment with a time zone.", text=text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("{text} is no date of the calendar.", text=text) from None
    return (found.replace(tzinfo=UTC) if is_day else found), is_day


def _say_what(document: Mapping[str, Any], issuer: str, outcome: Outcome) -> None:
    name = document.get("number") or document.get("id")
    words = document.get("kind") or "document"
    if not _is_earlier(document):
        kinds = document["type"] if isinstance(document["type"], list) else [document["type"]]
        told = [kind for kind in kinds if kind != "VerifiableCredential"]
        words = ", ".join(told or kinds)
    if name:
        outcome.say(
            "It is {kind} {name}, issued by {issuer}.", kind=words, name=name, issuer=issuer
        )
    else:
        outcome.say("It is {kind} without a number, issued by {issuer}.", kind=words, issuer=issuer)


def _is_share(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _say_verdict(document: Mapping[str, Any], outcome: Outcome) -> None:
    """Say what a risk report says of its table, and check that it does not contradict itself."""
    subject = document[SUBJECT]
    if not isinstance(subject, Mapping) or "verdict" not in subject:
        return
    verdict, attackers = subject["verdict"], subject.get("attackers")
    if not isinstance(attackers, list) or not all(isinstance(one, Mapping) for one in attackers):
        raise Refused("The attackers of the report cannot be read.")
    failed = [one.get("name") for one in attackers if one.get("passed") is not True]
    if verdict == "anonymous":
        if failed or not attackers:
            raise Refused(
                "The report calls the table anonymous, and its attackers do not bear it out."
            )
        thresholds = subject.get("thresholds")
        limit = thresholds.get("largest_excess") if isinstance(thresholds, Mapping) else None
        if not _is_share(limit):
            raise Refused("The report does not say how far an attacker may come.")
        if not all(_is_share(one.get("high")) and one["high"] <= limit for one in attackers):
            raise Refused("In the report an attacker came further than its limit.")
        outcome.say(
            "It says that the table is anonymous: of {count} attackers none came further beyond "
            "guessing than {limit}, where 0 is nothing and 1 is all. It promises nothing of what "
            "is joined to the table later.",
            count=len(attackers),
            limit=limit,
        )
    elif verdict == "de-identified":
        outcome.say(
            "It says that the table is de-identified and still personal information: whoever uses "
            "it needs a basis in law."
        )
    elif verdict == "no-personal-information":
        outcome.say(
            "It says that the table holds no personal information: nothing was found, and nothing "
            "was declared."
        )
    else:
        raise Refused("The verdict of the report is not one that is known: {text}.", text=verdict)


@dataclass(frozen=True)
class StatusList:
    """The bits that an issuer set for one purpose, as of a moment."""

    address: str
    purpose: str
    moment: str
    bits: bytes

    def is_set(self, place: int) -> bool:
        """Return whether a bit is set; the first is the leftmost of the first byte."""
        if place >= len(self.bits) * 8:
            raise Refused("The status list does not reach to this certificate.")
        return bool(self.bits[place // 8] >> (7 - place % 8) & 1)


def _check_status(
    document: Mapping[str, Any],
    issuer: str,
    trust: Trust,
    status_lists: Sequence[bytes],
    now: datetime,
    outcome: Outcome,
) -> None:
    entries = document.get("credentialStatus", [])
    entries = entries if isinstance(entries, list) else [entries]
    if len(entries) > MOST_STATUSES:
        raise Refused("The document has more than {most} status entries.", most=MOST_STATUSES)
    lists = [_status_list(data, issuer, trust, now) for data in status_lists]
    unknown = not entries
    for entry in entries:
        address, purpose, place = _status_entry(entry)
        known = [each for each in lists if (each.address, each.purpose) == (address, purpose)]
        unknown = unknown or not known
        for each in known:
            if each.is_set(place):
                _refuse_status(purpose)
            _say_status(each, outcome)
    if unknown:
        outcome.say("Status unknown: give the issuer's status list by --status to have it checked.")


def _status_entry(entry: object) -> tuple[str, str, int]:
    """Return the list, the purpose and the place that a status entry names."""
    if not isinstance(entry, Mapping) or entry.get("type") != "BitstringStatusListEntry":
        raise Refused("The status entry of the document cannot be read.")
    address, purpose = entry.get("statusListCredential"), entry.get("statusPurpose")
    if not isinstance(address, str) or not isinstance(purpose, str) or not purpose:
        raise Refused("The status entry of the document cannot be read.")
    if entry.get("statusSize", 1) != 1 or isinstance(entry.get("statusSize"), bool):
        raise Refused("The status entry is of more than one bit, which is not read.")
    index = entry.get("statusListIndex")
    if not isinstance(index, str):
        raise Refused("The status entry has no index.")
    return address, purpose, _plain_number(index)


def _refuse_status(purpose: str) -> NoReturn:
    if purpose == "revocation":
        raise Refused("It was revoked.")
    if purpose == "suspension":
        raise Refused("It is suspended.")
    raise Refused("The status {purpose} is set.", purpose=purpose)


def _say_status(found: StatusList, outcome: Outcome) -> None:
    if found.purpose == "revocation":
        outcome.say("Status: no revocation, by the list of {moment}.", moment=found.moment)
    elif found.purpose == "suspension":
        outcome.say("Status: no suspension, by the list of {moment}.", moment=found.moment)
    else:
        outcome.say(
            "Status: no {purpose}, by the list of {moment}.",
            purpose=found.purpose,
            moment=found.moment,
        )


def _status_list(data: bytes, issuer: str, trust: Trust, now: datetime) -> StatusList:
    document = read_document(data)
    if check_signature(document, trust, Outcome(), now=now) != issuer:
        raise Refused("The status list is another issuer's.")
    subject, moment = document.get(SUBJECT), document.get("validFrom")
    if (
        not is_of_type(document, "BitstringStatusListCredential")
        or not isinstance(subject, Mapping)
        or subject.get("type") != "BitstringStatusList"
        or not isinstance(document.get("id"), str)
        or not isinstance(subject.get("statusPurpose"), str)
        or not isinstance(moment, str)
    ):
        raise Refused("This is no status list.")
    bits = _unpacked(subject.get("encodedList"))
    return StatusList(document["id"], subject["statusPurpose"], moment, bits)


def _unpacked(encoded: object) -> bytes:
    """Unpack the bits of a status list, and no more of them than a list may have."""
    if not isinstance(encoded, str) or not encoded.startswith("u"):
        raise Refused("The status list is not encoded as it should be.")
    expander = zlib.decompressobj(wbits=31)
    try:
        bits = expander.decompress(base64url(encoded[1:]), LARGEST_STATUS_LIST + 1)
    except zlib.error:
        raise Refused("The status list cannot be unpacked.") from None
    if len(bits) > LARGEST_STATUS_LIST:
        raise Refused("The status list is too large.")
    if not expander.eof or expander.unused_data or len(bits) * 8 < FEWEST_STATUS_BITS:
        raise Refused("The status list is too short, or cut off.")
    return bits


def _stated_digests(value: Any) -> Iterator[str]:
    """Yield what stands under the name `sha256` anywhere in the claims."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name == "sha256" and isinstance(item, str):
                yield item
            else:
                yield from _stated_digests(item)
    elif isinstance(value, list):
        for item in value:
            yield from _stated_digests(item)


# --- Contracts: what both sides signed, by passkey or before the centre as a witness --------------


def is_of_type(document: Mapping[str, Any], name: str) -> bool:
    """Return whether a credential is of a type."""
    kinds = document.get("type")
    return isinstance(kinds, list) and name in kinds


def contract_challenge(digest: str, contract_id: str, side: str) -> bytes:
    """Return what a side's passkey signs for a contract whose text has a SHA-256.

    It is the SHA-256 of: the words `contract-signature/v1`, a zero byte, the 32 bytes of the text's
    digest, the 16 bytes of the contract's UUID, and the word `seller` or `buyer`, all in ASCII.
    """
    try:
        identifier = UUID(contract_id).bytes
    except ValueError:
        identifier = b""
    if not identifier or str(UUID(contract_id)) != contract_id:
        raise Refused("The contract has no id that is a UUID.")
    parts = (SIGNATURE_DOMAIN, b"\x00", hexadecimal(digest, HASH_BYTES), identifier, side.encode())
    return hashlib.sha256(b"".join(parts)).digest()


def check_contract(
    document: Mapping[str, Any],
    issuer: str,
    trust: Trust,
    outcome: Outcome,
    *,
    now: datetime | None = None,
) -> None:
    """Check a contract or an amendment: its text, what was agreed as data, both signatures."""
    kind = "amendment" if is_of_type(document, AMENDMENT) else "contract"
    subject = document.get(SUBJECT)
    if not isinstance(subject, Mapping):
        raise Refused("The document says nothing.")
    text, digest, agreed = subject.get("text"), subject.get("digest"), subject.get("agreed")
    if not isinstance(text, str) or not isinstance(digest, str) or not isinstance(agreed, Mapping):
        raise Refused("The document lacks its text, its digest or what was agreed.")
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        if kind == "contract":
            raise Refused("The text of the contract was altered: its SHA-256 is another.")
        raise Refused("The text of the amendment was altered: its SHA-256 is another.")
    if not text.endswith(f"{hashlib.sha256(canonical(agreed)).hexdigest()}\n"):
        raise Refused("What was agreed, as data, is not what the text ends by naming.")
    outcome.say(
        "The text has the SHA-256 {digest}, and names what was agreed as given here.",
        digest=digest,
    )
    identifier = str(document.get("id", "")).removeprefix("urn:uuid:")
    if kind == "amendment":
        _say_amendment(agreed, identifier, outcome)
    signatures = _signatures(subject.get("signatures"))
    if "form" in agreed or any("mandate" in each for each in signatures):
        _say_mandates(agreed, signatures, outcome)
    for each in signatures:
        if each.get("kind") == "passkey":
            _check_passkey(
                each, contract_challenge(digest, identifier, each["side"]), trust, outcome
            )
        elif each.get("kind") == "witnessed":
            about = {"about": f"{kind}:{identifier}", "digest": digest}
            _check_witnessed(each, about, issuer, trust, outcome, now)
        else:
            raise Refused("A signature is of a kind that is not known.")
    used = [_key_material(each["public_key"]) for each in signatures if each["kind"] == "passkey"]
    if len(used) == len(SIDES) and used[0] == used[1]:
        raise Refused("One passkey signed for both sides.")


def _signatures(given: object) -> list[dict[str, Any]]:
    """Return the two signatures: one a side, of two persons."""
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Refused("The document carries no signatures.")
    if sorted(str(each.get("side")) for each in given) != sorted(SIDES):
        raise Refused("It needs one signature of the seller and one of the buyer.")
    persons = [each.get("person") for each in given]
    if not all(isinstance(person, str) and person for person in persons):
        raise Refused("A signature does not say whose it is.")
    if persons[0] == persons[1]:
        raise Refused("One person signed for both sides.")
    return given


def _say_mandates(
    agreed: Mapping[str, Any], signatures: Sequence[Mapping[str, Any]], outcome: Outcome
) -> None:
    """Say who signed in which function and on what mandate, and refuse a mandate too small."""
    if agreed.get("form") != FORM or "sum" not in agreed:
        raise Refused("The text is of a form that is not known.")
    whole = agreed["sum"]
    if whole is None:
        outcome.say("Nothing bounds the sum to which it binds each side.")
    else:
        price = agreed.get("price", whole)
        if _amount(price) > _amount(whole):
            raise Refused("The text names a sum below its price.")
        outcome.say("It binds each side to {sum} in all.", sum=whole)
    for each in signatures:
        mandate = each.get("mandate")
        if not isinstance(mandate, Mapping) or mandate.get("sum") != whole:
            raise Refused("A signature does not say on what mandate it was made, and for what sum.")
        name, function = _named(mandate)
        if each["side"] == "seller":
            outcome.say(
                "For the seller signed {name}, in the function of {function}.",
                name=name,
                function=function,
            )
        else:
            outcome.say(
                "For the buyer signed {name}, in the function of {function}.",
                name=name,
                function=function,
            )
        _say_mandate(mandate, each["person"], whole, outcome)


def _named(mandate: Mapping[str, Any]) -> tuple[str, str]:
    name, function = mandate.get("name"), mandate.get("function")
    if not isinstance(name, str) or not isinstance(function, str):
        raise Refused("A mandate does not say who signed, or in which function.")
    return name, function


def _say_mandate(
    mandate: Mapping[str, Any], person: object, whole: object, outcome: Outcome
) -> None:
    basis = mandate.get("basis")
    if basis == "owner":
        outcome.say("Mandate: owner of that side, for any sum.")
        return
    if basis == "limit":
        _say_limit(mandate, whole, outcome)
        return
    approver = mandate.get("approved_by")
    if basis != "approval" or not isinstance(approver, Mapping):
        raise Refused("A mandate rests on something that is not known.")
    if not isinstance(approver.get("person"), str) or approver["person"] == person:
        raise Refused("Who signed above their limit approved it themselves.")
    _amount(mandate.get("limit"))
    outcome.say(
        "Mandate: above the own limit of {limit}, approved by {name} at {moment}.",
        limit=mandate["limit"],
        name=approver.get("name"),
        moment=mandate.get("approved_at"),
    )
    if approver.get("basis") == "owner":
        outcome.say("Who approved is an owner of that side.")
    else:
        _say_limit(approver, whole, outcome)


def _say_limit(mandate: Mapping[str, Any], whole: object, outcome: Outcome) -> None:
    if whole is None or _amount(whole) > _amount(mandate.get("limit")):
        raise Refused("The sum is above the limit by which it was signed or approved.")
    giver = mandate.get("limit_set_by")
    if giver is None:
        outcome.say("Mandate: up to {limit}, as the centre set it.", limit=mandate["limit"])
    else:
        name = giver.get("name", giver.get("person")) if isinstance(giver, Mapping) else None
        outcome.say(
            "Mandate: up to {limit}, as {name} set it at {moment}.",
            limit=mandate["limit"],
            name=name,
            moment=mandate.get("limit_set_at"),
        )


def _amount(text: object) -> Decimal:
    """Return an amount of money that is written in its one right way."""
    if not isinstance(text, str) or not AMOUNT.fullmatch(text):
        raise Refused("An amount of money is not written in its one right way.")
    return Decimal(text)


def _say_amendment(agreed: Mapping[str, Any], identifier: str, outcome: Outcome) -> None:
    number, changes = agreed.get("number"), agreed.get("changes")
    if agreed.get("amendment") != identifier:
        raise Refused("What was agreed is of another amendment.")
    plan_change = agreed.get("plan_change")
    if type(number) is not int or not isinstance(changes, Mapping):
        raise Refused("The amendment does not say which one it is, or what it changes.")
    if (not changes and plan_change is None) or "plan" in changes:
        raise Refused("The amendment does not say which one it is, or what it changes.")
    outcome.say(
        "It is amendment {number} of the contract {contract}, whose text has the SHA-256 {digest}.",
        number=number,
        contract=agreed.get("contract"),
        digest=agreed.get("contract_sha256"),
    )
    told = {**changes} if plan_change is None else {**changes, "plan": plan_change}
    for name, change in told.items():
        if not isinstance(change, list) or len(change) != 2:
            raise Refused("The amendment does not say what a term was and will be.")
        old, new = map(_as_json, change)
        outcome.say("It changes {name}: {old} becomes {new}.", name=name, old=old, new=new)


def _as_json(value: object) -> JsonText:
    return JsonText(canonical(value).decode())


def check_amended(
    contract: bytes,
    amendments: Sequence[bytes],
    *,
    trust: Trust = NOBODY,
    now: datetime | None = None,
) -> Outcome:
    """Check a contract with all its amendments, in the order of their numbers.

    Each names the contract, the text that was agreed before it, and how each term, and the price
    plan where it changes, was until then.
    """
    outcome = check_certificate(contract, trust=trust, now=now)
    document = read_document(contract)
    if not is_of_type(document, CONTRACT):
        raise Refused("The first file is no contract: give it before its amendments.")
    first = document[SUBJECT]
    terms, previous = first["agreed"].get("terms"), first["digest"]
    plan = first["agreed"].get("plan")
    if not isinstance(terms, Mapping):
        raise Refused("The contract does not say its terms as data.")
    for number, data in enumerate(amendments, start=1):
        found = check_certificate(data, trust=trust, now=now)
        given = read_document(data)
        if not is_of_type(given, AMENDMENT):
            raise Refused("File {number} after the contract is no amendment.", number=number)
        agreed = given[SUBJECT]["agreed"]
        if not _is_same(
            [agreed.get("contract"), agreed.get("contract_sha256")],
            [first["agreed"].get("contract"), first["digest"]],
        ):
            raise Refused("Amendment {number} is of another contract.", number=agreed["number"])
        if agreed["number"] != number or agreed.get("previous_sha256") != previous:
            raise Refused(
                "Amendment {number} is missing, or the amendments are not in their order.",
                number=number,
            )
        terms, plan = _amended(agreed, terms, plan)
        previous = given[SUBJECT]["digest"]
        outcome.code = max(outcome.code, found.code)
        outcome.sentences += found.sentences
    outcome.say(
        "With {count} amendments these terms hold: {terms}",
        count=len(amendments),
        terms=_as_json(terms),
    )
    if not _is_same(plan, first["agreed"].get("plan")):
        outcome.say("As amended the price plan is: {plan}", plan=_as_json(plan))
    return outcome


def _amended(
    agreed: Mapping[str, Any], terms: Mapping[str, Any], plan: object
) -> tuple[Mapping[str, Any], object]:
    """Return the terms and the plan after an amendment, which names how they were before it."""
    number, changes = agreed["number"], agreed["changes"]
    after = {**terms} | {name: change[1] for name, change in changes.items()}
    if not all(
        _is_same(terms.get(name), change[0]) for name, change in changes.items()
    ) or not _is_same(agreed.get("terms"), after):
        raise Refused("Amendment {number} does not go on from the terms before it.", number=number)
    change = agreed.get("plan_change")
    old_plan, new_plan = (plan, plan) if change is None else change
    if not _is_same(old_plan, plan):
        raise Refused(
            "Amendment {number} does not go on from the price plan before it.", number=number
        )
    return after, new_plan


def _is_same(one: object, other: object) -> bool:
    """Return whether two values are the same JSON, in which true is not 1."""
    return canonical(one) == canonical(other)


def _check_passkey(
    given: Mapping[str, Any], challenge: bytes, trust: Trust, outcome: Outcome
) -> None:
    check_assertion(given, challenge)
    fingerprint = passkey_fingerprint(str(given["public_key"]))
    side, origin = given["side"], given["origin"]
    if trust.origins and origin not in trust.origins:
        if side == "seller":
            raise Refused("The seller signed at {origin}, which you do not trust.", origin=origin)
        raise Refused("The buyer signed at {origin}, which you do not trust.", origin=origin)
    if trust.passkeys and fingerprint not in trust.passkeys:
        if side == "seller":
            raise Refused("The seller signed with a passkey that you do not trust.")
        raise Refused("The buyer signed with a passkey that you do not trust.")
    if side == "seller":
        outcome.say(
            "The seller signed this text with the passkey {fingerprint} at {origin}, present and "
            "verified by their device. The centre has not the key to make such a signature.",
            fingerprint=fingerprint,
            origin=origin,
        )
    else:
        outcome.say(
            "The buyer signed this text with the passkey {fingerprint} at {origin}, present and "
            "verified by their device. The centre has not the key to make such a signature.",
            fingerprint=fingerprint,
            origin=origin,
        )
    if trust.passkeys:
        outcome.say("You trust this passkey.")
    else:
        outcome.doubt("Whose passkey it is, only its holder can tell you.")


def _check_witnessed(
    given: Mapping[str, Any],
    about: Mapping[str, str],
    issuer: str,
    trust: Trust,
    outcome: Outcome,
    now: datetime | None,
) -> None:
    """Check that the centre stated the acceptance of this text, by this person, for this side."""
    statement = given.get("statement")
    if not isinstance(statement, Mapping) or not is_of_type(statement, ACCEPTANCE):
        raise Refused("An acceptance carries no statement of the centre.")
    inner = Outcome()
    stated_by = check_signature(statement, trust, inner, now=now)
    if stated_by != issuer and issuer.startswith("did:web:"):
        raise Refused("An acceptance was stated by another than the issuer of the contract.")
    subject = statement.get(SUBJECT)
    stated = {
        **about,
        "side": given["side"],
        "person": given["person"],
        "signed_at": given.get("signed_at"),
    }
    if "mandate" in given:
        stated["mandate_sha256"] = hashlib.sha256(canonical(given["mandate"])).hexdigest()
    if not isinstance(subject, Mapping) or any(
        subject.get(name) != value for name, value in stated.items()
    ):
        raise Refused("The statement of the centre is about another acceptance.")
    outcome.code = max(outcome.code, inner.code)
    if given["side"] == "seller":
        outcome.say(
            "Acceptance witnessed by the centre: it states that the seller accepted this text "
            "({means}). That is the centre's word, and no signature of the seller's own.",
            means=subject.get("means"),
        )
    else:
        outcome.say(
            "Acceptance witnessed by the centre: it states that the buyer accepted this text "
            "({means}). That is the centre's word, and no signature of the buyer's own.",
            means=subject.get("means"),
        )


def check_assertion(given: Mapping[str, Any], challenge: bytes) -> None:
    """Check a WebAuthn assertion over a challenge (Web Authentication level 2, section 7.2).

    `given` holds texts: `client_data`, `authenticator_data`, `signature` and `public_key` (COSE) in
    base64url without padding, `origin` and `rp_id`.
    """
    client_data = base64url(given.get("client_data"))
    said = parse_json(client_data)
    if not isinstance(said, dict) or said.get("type") != "webauthn.get":
        raise Refused("What the passkey signed is no assertion.")
    if base64url(said.get("challenge")) != challenge:
        raise Refused("The passkey signed something else: not this text for this side.")
    origin, rp_id = given.get("origin"), given.get("rp_id")
    if said.get("origin") != origin or not isinstance(origin, str) or not isinstance(rp_id, str):
        raise Refused("The passkey signed at another place than is said.")
    if said.get("crossOrigin", False) is not False or "topOrigin" in said:
        raise Refused("The passkey signed within a page of somebody else.")
    _check_place(origin, rp_id)
    data = base64url(given.get("authenticator_data"))
    if len(data) < 37 or data[:32] != hashlib.sha256(rp_id.encode()).digest():
        raise Refused("The passkey signed for another place than is said.")
    if not data[32] & USER_PRESENT:
        raise Refused("Nobody was present when the passkey signed.")
    if not data[32] & USER_VERIFIED:
        raise Refused("The passkey's device did not verify its holder.")
    message = data + hashlib.sha256(client_data).digest()
    if not has_signed_cose(
        base64url(given.get("public_key")), base64url(given.get("signature")), message
    ):
        raise Refused("The signature of the passkey does not fit.")


def _check_place(origin: str, rp_id: str) -> None:
    """Check an origin: a scheme, a host that belongs to the key, a port, and nothing else."""
    try:
        parts = urlsplit(origin)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("The place where the passkey signed cannot be read.") from None
    if origin != f"{parts.scheme}://{parts.netloc}" or "@" in origin or not rp_id:
        raise Refused("The place where the passkey signed cannot be read.")
    if host != rp_id and not host.endswith(f".{rp_id}"):
        raise Refused("The place where the passkey signed is not that of its key.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host == "localhost"):
        raise Refused("The passkey signed at a place that was not encrypted.")


def passkey_fingerprint(public_key: str) -> str:
    """Return the SHA-256 of a passkey's public key, COSE in base64url, as hexadecimal digits."""
    return hashlib.sha256(base64url(public_key)).hexdigest()


def base64url(text: object) -> bytes:
    """Decode base64url without padding that is written in its one right way."""
    if not isinstance(text, str):
        raise Refused("Base64url is expected.")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Refused("This is no base64url.") from None
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise Refused("This base64url is not written in its one right way.")
    return data


def has_signed_cose(key: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether a signature was made with a COSE key for ES256, EdDSA or RS256 (RFC 9053)."""
    if len(key) > LARGEST_COSE_KEY:
        raise Refused("The passkey's key is too large.")
    parts = _cose_key(key)
    kind, algorithm = parts.get(1), parts.get(3)
    try:
        if (kind, algorithm, parts.get(-1)) == (2, ES256, 1):
            x, y = _number_of(parts.get(-2), 32), _number_of(parts.get(-3), 32)
            point = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
            point.verify(signature, message, ec.ECDSA(SHA256()))
        elif (kind, algorithm, parts.get(-1)) == (1, EDDSA, 6):
            return has_signed(_bytes_of(parts.get(-2)), signature, message)
        elif (kind, algorithm) == (3, RS256):
            modulus, exponent = _bytes_of(parts.get(-1)), _bytes_of(parts.get(-2))
            numbers = rsa.RSAPublicNumbers(
                int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big")
            )
            if numbers.n.bit_length() < SMALLEST_RSA_BITS:
                raise Refused("The passkey's key is too short.")
            if numbers.n.bit_length() > LARGEST_RSA_BITS or numbers.e.bit_length() > 64:
                raise Refused("The passkey's key is too large.")
            numbers.public_key().verify(signature, message, padding.PKCS1v15(), SHA256())
        else:
            raise Refused("The passkey's key is of a kind that is not known.")
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_material(public_key: str) -> list[int]:
    """Return the numbers that make a COSE key, however it is written."""
    parts = _cose_key(base64url(public_key))
    found = (parts.get(label, 0) for label in (-1, -2, -3))
    return [int.from_bytes(part, "big") if isinstance(part, bytes) else part for part in found]


def _bytes_of(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise Refused("The passkey's key lacks a part.")
    return value


def _number_of(value: object, length: int) -> int:
    data = _bytes_of(value)
    if len(data) != length:
        raise Refused("The passkey's key has a part of a wrong length.")
    return int.from_bytes(data, "big")


def _cose_key(data: bytes) -> dict[int, int | bytes]:
    """Read a COSE key: a CBOR map of small integers to integers and byte strings (RFC 8949)."""
    found: dict[int, int | bytes] = {}
    major, count, at = _cbor_head(data, 0)
    if major != 5:
        raise Refused("This is no COSE key.")
    for _pair in range(count):
        name, at = _cbor_item(data, at)
        value, at = _cbor_item(data, at)
        if not isinstance(name, int) or name in found:
            raise Refused("This is no COSE key.")
        found[name] = value
    if at != len(data):
        raise Refused("Something follows the COSE key.")
    return found


def _cbor_item(data: bytes, at: int) -> tuple[int | bytes, int]:
    major, argument, at = _cbor_head(data, at)
    if major == 0:
        return argument, at
    if major == 1:
        return -1 - argument, at
    if major != 2 or at + argument > len(data):
        raise Refused("This is no COSE key.")
    return data[at : at + argument], at + argument


def _cbor_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the major type, the argument and where what follows begins."""
    if at >= len(data):
        raise Refused("The COSE key is cut off.")
    major, short = data[at] >> 5, data[at] & 31
    if short < 24:
        return major, short, at + 1
    if short > 27:
        raise Refused("This is no COSE key.")
    end = at + 1 + (1 << (short - 24))
    if end > len(data):
        raise Refused("The COSE key is cut off.")
    return major, int.from_bytes(data[at + 1 : end], "big"), end


# --- The log: notes, checkpoints, receipts, tiles -------------------------------------------------


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says of a tree."""

    origin: str
    size: int
    root: bytes


def check_checkpoint(data: bytes, *, trust: Trust = NOBODY) -> Outcome:
    """Check a checkpoint: its form, and each of its signature lines."""
    outcome = Outcome()
    tree = read_checkpoint(_note_text(data), trust, outcome)
    outcome.say(
        "The log {origin} had {size} entries under the root {root}.",
        origin=tree.origin,
        size=tree.size,
        root=tree.root.hex(),
    )
    return outcome


def read_checkpoint(note: str, trust: Trust, outcome: Outcome) -> Checkpoint:
    """Read a checkpoint and check its signatures; every line must be right by a trusted key."""
    body, separator, lines = note.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise Refused("This is no signed note: text, empty line, signature lines.")
    text = body + "\n"
    tree = _tree(text)
    signed = _signature_lines(lines)
    if len({(name, key_id) for name, key_id, _ in signed}) != len(signed):
        raise Refused("A key signed the checkpoint twice.")
    own = [key for key in trust.logs if key.name == tree.origin]
    if not own:
        if all(name != tree.origin for name, _, _ in signed):
            raise Refused("The log itself has not signed its checkpoint.")
        outcome.doubt("Issuer unknown: you trust no key of the log {origin}.", origin=tree.origin)
        return tree
    known = {(key.name, key.key_id): key for key in (*own, *trust.witnesses)}
    by_log, witnesses = False, set()
    for name, key_id, signature in signed:
        key = known.get((name, key_id))
        if key is None:
            raise Refused(
                "A signature line is by a key of {name} that you do not trust.", name=name
            )
        if not _note_signature_fits(key, signature, text):
            raise Refused(
                "The signature of {name} does not fit: the checkpoint was altered.", name=name
            )
        if key.kind == COSIGNATURE:
            witnesses.add(name)
        by_log = by_log or key in own
    if not by_log:
        raise Refused("The log itself has not signed its checkpoint.")
    if len(witnesses) < trust.witnesses_needed:
        raise Refused(
            "{count} witnesses that you trust have cosigned; you ask for {needed}.",
            count=len(witnesses),
            needed=trust.witnesses_needed,
        )
    outcome.say(
        "Signed by the log {origin}, and by {count} of your witnesses.",
        origin=tree.origin,
        count=len(witnesses),
    )
    return tree


def _note_text(data: bytes) -> str:
    if not data:
        raise Refused("The file is empty.")
    if len(data) > LARGEST_DOCUMENT:
        raise Refused("The document is too large.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("The file is no text.") from None
    if CONTROLS.search(text):
        raise Refused("The file holds control characters.")
    return text


def _tree(text: str) -> Checkpoint:
    lines = text.split("\n", MOST_LINES)
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise Refused("This is no checkpoint: origin, size and root, a line each.")
    root = base64_once(lines[2])
    if len(root) != HASH_BYTES:
        raise Refused("The root of the checkpoint is not 32 bytes.")
    return Checkpoint(lines[0], _plain_number(lines[1]), root)


def _plain_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or str(int(text)) != text:
        raise Refused("A number is not written plainly.")
    return int(text)


def _signature_lines(lines: str) -> list[tuple[str, bytes, bytes]]:
    if lines.count("\n") > MOST_SIGNATURES:
        raise Refused("The checkpoint has too many signatures.")
    return [_signature_line(line) for line in lines.removesuffix("\n").split("\n")]


def _signature_line(line: str) -> tuple[str, bytes, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1] or "+" in parts[1]:
        raise Refused("A signature line is not as it should be.")
    data = base64_once(parts[2])
    if len(data) < 5:
        raise Refused("A signature is too short.")
    return parts[1], data[:4], data[4:]


def _note_signature_fits(key: NoteKey, signature: bytes, text: str) -> bool:
    if key.kind == ED25519:
        return has_signed(key.key, signature, text.encode())
    seconds = int.from_bytes(signature[:8], "big")
    message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    return len(signature) == 72 and has_signed(key.key, signature[8:], message)


def follow_handovers(data: bytes, trust: Trust, outcome: Outcome) -> Trust:
    """Believe also the keys that a believed key of a log named as the next, in a signed note.

    `data` is what a log gives under `keys`. What it says of keys that nobody believes is left.
    """
    given = parse_json(data)
    told = given.get("handovers") if isinstance(given, dict) else None
    if not isinstance(told, list) or not all(isinstance(note, str) for note in told):
        raise Refused("This is no list of a log's keys.")
    if len(told) > MOST_KEYS:
        raise Refused("The log names more than {most} keys.", most=MOST_KEYS)
    logs = list(trust.logs)
    for note in told:
        body, separator, line = note.rpartition("\n\n")
        parts = body.split("\n", 4)
        if not separator or not line.endswith("\n") or len(parts) != 4 or parts[1] != HANDOVER:
            raise Refused("A handover of a log's key is not as it should be.")
        old, new = NoteKey.parse(parts[2]), NoteKey.parse(parts[3])
        if old not in logs:
            continue
        name, key_id, signature = _signature_line(line[:-1])
        if (
            (name, key_id) != (old.name, old.key_id)
            or not old.name == new.name == parts[0]
            or new.kind != ED25519
            or not has_signed(old.key, signature, f"{body}\n".encode())
        ):
            raise Refused("A handover of a log's key is not signed by the key before it.")
        logs.append(new)
        outcome.say(
            "The key of {name} was changed: {key} (put it into your trust file).",
            name=new.name,
            key=parts[3],
        )
    return replace(trust, logs=tuple(logs))


def _is_by_new_key(note: str, trust: Trust) -> bool:
    """Return whether a log has signed by a key that is not believed, where another of it is."""
    body, _, lines = note.rpartition("\n\n")
    origin = body.partition("\n")[0]
    known = {key.key_id for key in trust.logs if key.name == origin}
    return bool(known) and any(
        name == origin and key not in known for name, key, _ in _signature_lines(lines)
    )


def check_receipt(data: bytes, *, trust: Trust = NOBODY) -> Outcome:
    """Check a receipt: that an entry stands in the tree of a signed checkpoint."""
    head, separator, note = _note_text(data).partition("\n\n")
    lines = head.split("\n", MOST_LINES)
    if not separator or len(lines) < 3 or lines[0] != PROOF_HEADER:
        raise Refused("This is no receipt: a tlog-proof of version 1 is expected.")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Refused("The receipt lacks its extra data or its index.")
    outcome = Outcome()
    tree = read_checkpoint(note, trust, outcome)
    raw = base64_once(lines[1].removeprefix("extra "))
    extra = parse_json(raw)
    if not isinstance(extra, dict) or canonical(extra) != raw:
        raise Refused("The extra data of the receipt is not canonical JSON.")
    leaf = _leaf_of(extra, outcome)
    index = _plain_number(lines[2].removeprefix("index "))
    if len(lines) - 3 > MOST_PROOF_NODES:
        raise Refused("The proof of the receipt is too long.")
    proof = [base64_once(line) for line in lines[3:]]
    if root_from_inclusion(leaf, index, tree.size, proof) != tree.root:
        raise Refused("The proof does not lead from the entry to the signed root.")
    outcome.say(
        "It is entry {index} of the {size} under the signed root.", index=index, size=tree.size
    )
    return outcome


def _leaf_of(extra: Mapping[str, Any], outcome: Outcome) -> bytes:
    """Return the leaf hash that the extra data of a receipt comes to."""
    if not all(isinstance(value, str) for value in extra.values()):
        raise Refused("The extra data of the receipt are texts.")
    names = set(extra)
    if names == {"commitment"}:
        outcome.say("The receipt does not say what the entry is, only its commitment.")
        return _leaf_of_commitment(extra["commitment"])
    if names == {"leaf_hash"}:
        outcome.say("The receipt does not say what the entry is, only its hash.")
        return hexadecimal(extra["leaf_hash"], HASH_BYTES)
    if names not in ({"line", "salt"}, {"line"}):
        raise Refused("The extra data of the receipt is not known.")
    line = extra["line"].encode("utf-8")
    entry = parse_json(line)
    if not isinstance(entry, dict) or canonical(entry) != line:
        raise Refused("The line of the entry is not canonical JSON.")
    outcome.say("The entry says: {line}", line=JsonText(extra["line"]))
    if names == {"line"}:
        return hashlib.sha256(b"\x00" + line).digest()
    salt = hexadecimal(extra["salt"], 32)
    return _leaf_of_commitment(hashlib.sha256(salt + line).hexdigest())


def _leaf_of_commitment(commitment: str) -> bytes:
    hexadecimal(commitment, 32)
    leaf = b'{"commitment":"%b","version":2}' % commitment.encode()
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node of the tree."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Compute the root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(node) != HASH_BYTES for node in (leaf, *proof)):
        return None
    answer, node, last = leaf, index, size - 1
    for sibling in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            answer = node_hash(sibling, answer)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            answer = node_hash(answer, sibling)
        node, last = node >> 1, last >> 1
    return None if last else answer


def is_consistent(
    first_size: int, size: int, first_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether a proof shows a tree to begin with an earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < first_size <= size:
        return False
    if first_size == size:
        return not proof and first_root == root
    if any(len(node) != HASH_BYTES for node in (first_root, root, *proof)):
        return False
    rest = [first_root, *proof] if first_size & (first_size - 1) == 0 else list(proof)
    if not rest:
        return False
    node, last = first_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    earlier = later = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            later = node_hash(later, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and earlier == first_root and later == root


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Compute the root over hashes beside each other."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node_hash(root_of(hashes[:split]), root_of(hashes[split:]))


class Tiles:
    """The tiles of a tree of a size, each fetched once."""

    def __init__(self, fetch: Callable[[str], bytes], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._known: dict[tuple[int, int], list[bytes]] = {}

    def range_root(self, first: int, end: int) -> bytes:
        """Return the root over leaves of which only the right side may be no complete subtree."""
        count = end - first
        if count & (count - 1) == 0:
            return self._subtree(first, end)
        split = first + (1 << ((count - 1).bit_length() - 1))
        return node_hash(self._subtree(first, split), self.range_root(split, end))

    def consistency_proof(self, first_size: int) -> list[bytes]:
        """Return the hashes that show this tree to begin with an earlier one."""
        answer: list[bytes] = []
        first, end = 0, self._size
        while first_size != end:
            split = first + (1 << ((end - first - 1).bit_length() - 1))
            if first_size <= split:
                answer.append(self.range_root(split, end))
                end = split
            else:
                answer.append(self.range_root(first, split))
                first = split
        if first:
            answer.append(self.range_root(first, end))
        return answer[::-1]

    def _subtree(self, first: int, end: int) -> bytes:
        level = ((end - first).bit_length() - 1) // 8
        low, high = first >> (8 * level), end >> (8 * level)
        start = low // TILE * TILE
        return root_of(self._tile(level, low // TILE)[low - start : high - start])

    def _tile(self, level: int, position: int) -> list[bytes]:
        if (level, position) not in self._known:
            width = min(TILE, (self._size >> (8 * level)) - position * TILE)
            path, rest = f"{position % 1000:03d}", position // 1000
            while rest:
                path, rest = f"x{rest % 1000:03d}/{path}", rest // 1000
            data = self._fetch(f"tile/{level}/{path}" + (f".p/{width}" if width < TILE else ""))
            if len(data) != width * HASH_BYTES:
                raise Refused("The log gave a tile of a wrong length.")
            self._known[level, position] = [
                data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)
            ]
        return self._known[level, position]


def check_log(
    fetch: Callable[[str], bytes], since: bytes | None, *, trust: Trust = NOBODY
) -> Outcome:
    """Check that a log still holds all that it held at an earlier checkpoint."""
    outcome = Outcome()
    note = _note_text(fetch("checkpoint"))
    if _is_by_new_key(note, trust):
        trust = follow_handovers(fetch("keys"), trust, outcome)
    tree = read_checkpoint(note, trust, outcome)
    outcome.say(
        "The log {origin} has {size} entries under the root {root}.",
        origin=tree.origin,
        size=tree.size,
        root=tree.root.hex(),
    )
    if since is None:
        outcome.say("Keep this checkpoint, and give it by --since the next time.")
        return outcome
    earlier = read_checkpoint(_note_text(since), trust, outcome)
    if earlier.origin != tree.origin:
        raise Refused("The earlier checkpoint is of another log.")
    if earlier.size > tree.size:
        raise Refused("The log has shrunk: it had {size} entries.", size=earlier.size)
    if earlier.size:
        proof = Tiles(fetch, tree.size).consistency_proof(earlier.size)
        if not is_consistent(earlier.size, tree.size, earlier.root, tree.root, proof):
            raise Refused("The log does not go on from the earlier checkpoint: it was rewritten.")
    outcome.say("It goes on from the earlier checkpoint of {size} entries.", size=earlier.size)
    return outcome


def fetch_from(address: str, *, seconds: float = LONGEST_FETCH) -> Callable[[str], bytes]:
    """Return what fetches the files of a log over HTTP, each within so many seconds."""
    if not address.startswith(("https://", "http://")):
        raise Refused("The address of a log begins with https:// or http://.")

    def fetch(path: str) -> bytes:
        end, pieces, size = time.monotonic() + seconds, [b""], 0
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/{path}", timeout=30) as answer:
                while size <= LARGEST_DOCUMENT and (piece := answer.read1(PIECE)):
                    if time.monotonic() > end:
                        raise Refused("The log took too long to give {path}.", path=path)
                    pieces.append(piece)
                    size += len(piece)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Refused(
                "The log could not be asked for {path}: {error}.", path=path, error=error
            ) from None
        return b"".join(pieces)

    return fetch


# --- The command ----------------------------------------------------------------------------------


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise Refused("A file could not be read: {error}.", error=error) from None


def check_file(
    data: bytes,
    table_sha256: str | None = None,
    *,
    trust: Trust = NOBODY,
    status_lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Outcome:
    """Check a file by what it is: certificate, report or contract, receipt, checkpoint."""
    if table_sha256 is not None:
        return check_report(data, table_sha256, trust=trust, status_lists=status_lists, now=now)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return check_certificate(data, trust=trust, status_lists=status_lists, now=now)
    if data.startswith(PROOF_HEADER.encode()):
        return check_receipt(data, trust=trust)
    return check_checkpoint(data, trust=trust)


class _Parser(argparse.ArgumentParser):
    """Refuses what it does not understand in a sentence, by the exit code of a refusal."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command; argparse would exit as if nothing spoke against the file."""
        raise Refused("The command cannot be understood: {message}. Ask --help.", message=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names; print what was found; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        outcome = _asked(_parser().parse_args(arguments))
    except Refused as reason:
        print(f"REFUSED: {reason}")
        return REFUSED
    for line in outcome.lines:
        print(f"- {line}")
    print("VERIFIED" if outcome.code == VERIFIED else "NOT ESTABLISHED: issuer unknown")
    return outcome.code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="verify.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", help="a file, or the word log")
    parser.add_argument(
        "more",
        nargs="*",
        help="the table of a report, card and bytes of a model, the address of a log, or a "
        "contract's amendments in order",
    )
    parser.add_argument("--trust", type=Path, help="the keys that you believe")
    parser.add_argument(
        "--status", type=Path, action="append", default=[], help="a status list; may be repeated"
    )
    parser.add_argument("--keys", type=Path, help="how a log changed its key: its file keys")
    parser.add_argument("--since", type=Path, help="an earlier checkpoint of the log")
    parser.add_argument("--at", type=datetime.fromisoformat, help="moment to check dates at (now)")
    return parser


def _asked(given: argparse.Namespace) -> Outcome:
    trust = Trust.parse(read_file(given.trust)) if given.trust else NOBODY
    if given.keys:
        trust = follow_handovers(read_file(given.keys), trust, Outcome())
    if given.what == "log":
        if len(given.more) != 1:
            raise Refused("Name the address of the log.")
        since = read_file(given.since) if given.since else None
        return check_log(fetch_from(given.more[0]), since, trust=trust)
    now = given.at
    if now is not None and now.tzinfo is None:
        now = now.replace(tzinfo=UTC)
    data = read_file(Path(given.what))
    if given.more and data.startswith(b"{") and is_of_type(read_document(data), CONTRACT):
        amendments = [read_file(Path(name)) for name in given.more]
        return check_amended(data, amendments, trust=trust, now=now)
    if given.more and data.startswith(b"{") and is_of_type(read_document(data), MODEL):
        return check_model(
            data,
            [digest_of(Path(name)) for name in given.more],
            trust=trust,
            status_lists=[read_file(path) for path in given.status],
            now=now,
        )
    if len(given.more) > 1:
        raise Refused("Several files are given of a contract alone: first it, then its amendments.")
    return check_file(
        data,
        digest_of(Path(given.more[0])) if given.more else None,
        trust=trust,
        status_lists=[read_file(path) for path in given.status],
        now=now,
    )


if __name__ == "__main__":
    sys.exit(main())
