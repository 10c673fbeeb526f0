"""Kernels over columns agree, byte for byte, with the standards read for one value."""

import hmac
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from hypothesis import given
from hypothesis import strategies as st

from desensitize.crypto import Ff1, aes_cmac, cmac_words, hmac_sha256
from desensitize.crypto.ff1 import LONGEST
from desensitize.crypto.index_cipher import IndexCipher
from desensitize.errors import DesensitizeError
from tests.desensitize.standards import ALPHABET, cmac, ff1

KEYS = st.one_of(*(st.binary(min_size=size, max_size=size) for size in (16, 24, 32)))
TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.text(max_size=40),
        st.text(alphabet="0123456789", min_size=11, max_size=18),
        st.integers(0, 70).map(lambda length: "é" * length),
        st.integers(1000, 1100).map(lambda length: "x" * length),
    ),
    max_size=30,
)


def series(values: Sequence[str | None]) -> pl.Series:
    return pl.Series("c", values, dtype=pl.String)


@given(TEXTS, st.text(max_size=80), st.integers(0, 5))
def test_hmac_is_that_of_each_value(values: list[str | None], key: str, skipped: int) -> None:
    expected = [
        None if value is None else hmac.new(key.encode(), value.encode(), "sha256").hexdigest()
        for value in values
    ]
    # A slice has its buffers in common with the whole.
    assert hmac_sha256(series(values)[skipped:], key).to_list() == expected[skipped:]


def test_hmac_of_a_column_of_few_values_is_the_same() -> None:
    values = [None if row % 9 == 0 else f"甲{row % 5}" for row in range(3000)]
    expected = [
        None if value is None else hmac.new(b"k", value.encode(), "sha256").hexdigest()
        for value in values
    ]
    assert hmac_sha256(series(values), "k").to_list() == expected


def test_hmac_agrees_with_rfc_4231(vectors: Callable[[str], Any]) -> None:
    for case in vectors("mac_vectors.json")["hmac_sha256_rfc4231"]:
        key, text = (bytes.fromhex(case[name]).decode("ascii") for name in ("key", "data"))
        assert hmac_sha256(series([text]), key).to_list() == [case["mac"]]


@given(TEXTS, KEYS, st.integers(0, 5), st.integers(1, 32))
def test_cmac_is_that_of_each_value(
    values: list[str | None], key: bytes, skipped: int, digits: int
) -> None:
    expected = [
        None if value is None else cmac(key, value.encode()).hex()[:digits] for value in values
    ]
    coded = aes_cmac(series(values)[skipped:], key, digits=digits)
    assert (coded.name, coded.to_list()) == ("c", expected[skipped:])


def test_cmac_agrees_with_sp_800_38b(vectors: Callable[[str], Any]) -> None:
    for case in vectors("mac_vectors.json")["aes_cmac_sp800_38b_aes128"]:
        key, message = bytes.fromhex(case["key"]), bytes.fromhex(case["msg"])
        assert cmac(key, message).hex() == case["mac"]
        # The messages are no text: a column of bytes goes the same way inside.
        column = pl.Series("c", [message, b"", message], dtype=pl.Binary)
        words = cmac_words(column, key)
        assert words[0].tobytes().hex() == words[2].tobytes().hex() == case["mac"]


def test_cmac_goes_on_beyond_one_chunk() -> None:
    values = [None if row % 11 == 0 else "值" * (row % 13) + str(row) for row in range(40_000)]
    key = bytes(range(32))
    coded = aes_cmac(series(values), key)
    for row in range(0, 40_000, 397):
        value = values[row]
        if value is None:
            assert coded[row] is None
            continue
        code = CMAC(AES(key))
        code.update(value.encode())
        assert coded[row] == code.finalize().hex()


@pytest.mark.parametrize("name", ["nist_sp800_38g_ff1.json", "ff1_extra.json"])
def test_ff1_agrees_with_published_cases(name: str, vectors: Callable[[str], Any]) -> None:
    for case in vectors(name)["vectors"]:
        key, tweak = bytes.fromhex(case["key"]), bytes.fromhex(case["tweak"])
        cipher = Ff1(key, tweak, radix=case["radix"])
        assert cipher.encrypt(series([case["pt"]])).to_list() == [case["ct"]]
        assert cipher.decrypt(series([case["ct"]])).to_list() == [case["pt"]]
        assert ff1(key, tweak, case["radix"], case["pt"], encrypt=True) == case["ct"]
        assert ff1(key, tweak, case["radix"], case["ct"], encrypt=False) == case["pt"]


@st.composite
def numeral_columns(draw: st.DrawFn) -> tuple[int, list[str | None]]:
    radix = draw(st.integers(10, 62))
    text = st.text(alphabet=ALPHABET[:radix], min_size=0, max_size=45)
    long = st.text(alphabet=ALPHABET[:radix], min_size=90, max_size=100)
    return radix, draw(st.lists(st.one_of(st.none(), text, text, long), max_size=12))


@given(numeral_columns(), KEYS, st.binary(max_size=40))
def test_ff1_is_that_of_each_value(
    column: tuple[int, list[str | None]], key: bytes, tweak: bytes
) -> None:
    radix, values = column
    cipher = Ff1(key, tweak, radix=radix)
    fitting = [v if v is not None and radix ** len(v) >= 10**6 else None for v in values]
    expected = [
        None if value is None else ff1(key, tweak, radix, value, encrypt=True) for value in fitting
    ]
    encrypted = cipher.encrypt(series(values))
    assert encrypted.to_list() == expected
    assert cipher.decrypt(encrypted).to_list() == fitting
    backwards = [
        None if value is None else ff1(key, tweak, radix, value, encrypt=False) for value in fitting
    ]
    assert cipher.decrypt(series(values)).to_list() == backwards


@given(st.lists(st.text(alphabet="0123456789 -", max_size=24), max_size=12), KEYS)
def test_ff1_keeps_separators_where_they_are(values: list[str], key: bytes) -> None:
    plain = Ff1(key, b"t")
    encrypted = Ff1(key, b"t", separators=" -").encrypt(series(values)).to_list()
    for before, after in zip(values, encrypted, strict=True):
        digits = before.replace(" ", "").replace("-", "")
        expected = plain.encrypt(series([digits]))[0]
        if after is None:
            assert expected is None
            continue
        assert after.replace(" ", "").replace("-", "") == expected
        assert [place for place, one in enumerate(before) if one in " -"] == [
            place for place, one in enumerate(after) if one in " -"
        ]


def test_ff1_goes_on_beyond_one_chunk() -> None:
    values = [None if row % 10 == 0 else f"13{row:0{9 - row % 3}d}" for row in range(40_000)]
    key, cipher = bytes(range(16)), Ff1(bytes(range(16)), b"mobile")
    encrypted = cipher.encrypt(series(values))
    assert cipher.decrypt(encrypted).to_list() == values
    for row in range(0, 40_000, 397):
        value = values[row]
        assert encrypted[row] == (
            None if value is None else ff1(key, b"mobile", 10, value, encrypt=True)
        )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "12345",
        "12345a7",
        "1234567\n",
        "１２３４５６７",
        "12345678é",
        "1" * (LONGEST + 1),
        "-" * 9,
    ],
)
def test_ff1_answers_null_for_what_it_cannot_encrypt(value: str) -> None:
    cipher = Ff1(bytes(16), separators="-")
    changed = cipher.encrypt(series(["1234567", value]))
    assert changed[0] is not None
    assert changed[1] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"key": bytes(15)}, "bad-ff1-key"),
        ({"radix": 9}, "bad-ff1-radix"),
        ({"radix": 63}, "bad-ff1-radix"),
        ({"tweak": bytes(65_536)}, "bad-ff1-tweak"),
        ({"separators": "1"}, "bad-separators"),
        ({"separators": "·"}, "bad-separators"),
    ],
)
def test_ff1_refuses_what_the_standard_does_not_allow(arguments: dict[str, Any], code: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Ff1(**({"key": bytes(16)} | arguments))
    assert refusal.value.code == code


@given(st.integers(10**6, 10**12), KEYS)
def test_places_are_permuted_among_each_other(size: int, key: bytes) -> None:
    cipher = IndexCipher(key, b"", size)
    places = pl.Series([0, 1, size // 2, size - 1], dtype=pl.UInt64).to_numpy()
    encrypted = cipher.encrypted(places)
    assert (encrypted < size).all()
    assert len(set(encrypted.tolist())) == 4
    assert (cipher.decrypted(encrypted) == places).all()
