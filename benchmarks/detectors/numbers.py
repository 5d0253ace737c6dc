"""Numbers and addresses as people write them. None is anybody's.

Swedish ones are of the birth numbers 980–999, kept for tests; Norwegian ones are synthetic (month + 80 or
+ 40) or of the years 2040–2053 with the individual numbers of those years, when nobody of today is born.
Swedish telephone numbers are of the ranges kept for fiction; addresses are of ``example`` domains.
"""

from random import Random

LETTERS = "TRSUWXJKLMN"
_K1, _K2 = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FICTION = ("07017406", "0313900600", "0406280400", "0846500400", "0980319200")


def luhn(digits: str) -> str:
    """The check digit of a row of digits."""
    values = [int(d) * (2 - at % 2) for at, d in enumerate(reversed(digits))]
    return str(-sum(v // 10 + v % 10 for v in values) % 10)


def _day(random: Random) -> tuple[int, int]:
    return random.randint(1, 28), random.randint(1, 12)


def swedish(random: Random, *, more: int = 0, letter: bool = False) -> tuple[str, str, str]:
    """(century, date, last four); ``more`` is added to the day."""
    day, month = _day(random)
    year = random.randint(1930, 2020)
    born = f"{year % 100:02}{month:02}{day + more:02}"
    digits = str(random.randint(980, 999))
    check = luhn(born + ("1" if letter else digits[0]) + digits[1:])
    return str(year // 100), born, (random.choice(LETTERS) if letter else digits[0]) + digits[1:] + check


def norwegian(
    random: Random, *, more_days: int = 0, more_months: int = 0, remainder: int = 0
) -> tuple[str, str]:
    """(date, last five). From 2032 the first check may leave a remainder of up to 3."""
    while True:
        day, month = _day(random)
        born = f"{day + more_days:02}{month + more_months:02}{random.randint(40, 53)}"
        first = born + str(random.randint(500, 749))
        k1 = (remainder - _sum(first, _K1)) % 11
        if k1 < 10 and (k2 := -_sum(f"{first}{k1}", _K2) % 11) < 10:
            return born, f"{first[6:]}{k1}{k2}"


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def account(random: Random) -> str:
    """A Norwegian bank account: eleven digits, the last one a check digit."""
    while True:
        first = "".join(random.choices("0123456789", k=10))
        check = -_sum(first, _K2) % 11
        if check < 10:
            return f"{first}{check}"


def organisation(random: Random) -> str:
    """A Swedish organisation number: its third digit is at least 2."""
    first = random.choice(("55", "96", "21", "80", "76")) + str(random.randint(20, 99)) + _row(random, 5)
    return first + luhn(first)


def _row(random: Random, length: int) -> str:
    return "".join(random.choices("0123456789", k=length))


def row(random: Random, length: int) -> str:
    """A row of digits that does not begin with 0."""
    return random.choice("123456789") + _row(random, length - 1)


def swedish_mobile(random: Random) -> str:
    return _FICTION[0] + f"{random.randint(5, 99):02}"


def swedish_area(random: Random) -> tuple[str, str]:
    """(area, number) of a telephone that does not move."""
    area, first = random.choice((("031", "39006"), ("040", "62804"), ("08", "465004"), ("0980", "3192")))
    return area, first + f"{random.randint(0, 99):02}"


def norwegian_phone(random: Random, first: str) -> str:
    return random.choice(first) + _row(random, 7)
