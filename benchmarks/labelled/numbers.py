"""Invent numbers with right check digits that belong to nobody."""

import random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REGIONS = ("110105", "310104", "440305", "330106", "510107", "420111", "650102", "320506")
MOBILE = ("130", "131", "135", "138", "139", "147", "150", "158", "166", "177", "186", "188", "199")
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PLACES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def resident_id(source: random.Random, *, short: bool = False) -> str:
    """Invent a resident identity number (GB 11643), of 15 digits when short."""
    day = f"{source.randrange(1, 13):02d}{source.randrange(1, 29):02d}"
    body = source.choice(REGIONS)
    year, order = source.randrange(1940, 2010), f"{source.randrange(1000):03d}"
    if short:
        return body + f"{min(year, 1999) % 100:02d}" + day + order
    body += f"{year}{day}{order}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def mobile_number(source: random.Random) -> str:
    """Invent a mobile number in a segment in use."""
    return source.choice(MOBILE) + f"{source.randrange(10**8):08d}"


def card_number(source: random.Random, prefix: str, length: int) -> str:
    """Invent a card number with its Luhn digit."""
    body = prefix + "".join(source.choices("0123456789", k=length - 1 - len(prefix)))
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body[::-1])]
    return body + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def credit_code(source: random.Random) -> str:
    """Invent a unified social credit code (GB 32100), check characters included."""
    organization = "".join(source.choices(CODE[:10], k=8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(organization, weights, strict=True))
    check = "0123456789X0"[11 - total % 11]
    body = source.choice(("91", "92")) + source.choice(REGIONS) + organization + check
    total = sum(
        CODE.index(one) * pow(3, place, 31) for place, one in enumerate(body) if one in CODE
    )
    if "X" in body[:17] and check == "X":
        total = sum(CODE.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + CODE[(31 - total % 31) % 31]


def taiwan_id(source: random.Random) -> str:
    """Invent an identity number of Taiwan with its check digit."""
    letter = source.choice(PLACES)
    digits = [source.choice((1, 2)), *(source.randrange(10) for _ in range(7))]
    place = 10 + PLACES.index(letter)
    weights = (8, 7, 6, 5, 4, 3, 2, 1)
    total = place // 10 + 9 * (place % 10)
    total += sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return letter + "".join(map(str, digits)) + str(-total % 10)
