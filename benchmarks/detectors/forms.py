"""What is looked for, and what only looks like it: each a name, a kind, and how one is made."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from benchmarks.detectors import numbers as n
from citizen.analysis.personal import Kind

Made = Callable[[Random], str]


class Form(NamedTuple):
    """A way to write something; ``kind`` is None where nothing should be found."""

    name: str
    kind: Kind | None
    make: Made
    is_clear: bool = False


def _swedish(pattern: str, **how: bool | int) -> Made:
    def make(random: Random) -> str:
        century, born, last = n.swedish(random, **how)
        parts = {"c": century, "d": born, "l": last, "y": born[:2], "m": born[2:4], "t": born[4:]}
        return pattern.format(**parts)
    return make


def _norwegian(pattern: str, **how: int) -> Made:
    def make(random: Random) -> str:
        born, last = n.norwegian(random, **how)
        return pattern.format(d=born, l=last, t=born[:2], m=born[2:4], y=born[4:])
    return make


def _any(*makers: Made) -> Made:
    return lambda random: random.choice(makers)(random)


def _grouped(make: Made, *patterns: str) -> Made:
    """Digits laid into one of several patterns of ``#``."""
    def grouped(random: Random) -> str:
        digits = iter(make(random))
        return "".join(next(digits) if c == "#" else c for c in random.choice(patterns))
    return grouped


def _area(*patterns: str) -> Made:
    def make(random: Random) -> str:
        area, number = n.swedish_area(random)
        pairs = f"{number[:-4]} {number[-4:-2]} {number[-2:]}"
        return random.choice(patterns).format(a=area, r=number, p=pairs)
    return make


def _mail(pattern: str) -> Made:
    def make(random: Random) -> str:
        name = random.choice(("kari.nordmann", "kalle", "olanordmann52", "anna-lena.b", "gb_1970"))
        domain = random.choice(("example", "post.example", "elvdal-example"))
        return pattern.format(n=name, d=domain, e=random.choice(("no", "se", "com")))
    return make


def _text(*ways: str) -> Made:
    """One of several texts, with ``#`` for any digit."""
    return lambda random: "".join(str(random.randint(0, 9)) if c == "#" else c for c in random.choice(ways))


def _said(random: Random) -> str:
    """Eight digits that only the word before them tells to be a telephone number."""
    number = n.norwegian_phone(random, "3567")
    return random.choice(("tlf. ", "telefon ", "ring ", "tel: ")) + number


NO_MOBILE = ("## ## ## ##", "### ## ###", "########")

PRIVATE = (
    Form("personnummer, hyphen", Kind.IDENTITY, _swedish("{d}-{l}"), True),
    Form("personnummer, plus", Kind.IDENTITY, _swedish("{d}+{l}"), True),
    Form("personnummer, century and hyphen", Kind.IDENTITY, _swedish("{c}{d}-{l}"), True),
    Form("personnummer, 12 digits", Kind.IDENTITY, _swedish("{c}{d}{l}"), True),
    Form("personnummer, date in parts", Kind.IDENTITY,
         _any(*map(_swedish, ("{c}{y}-{m}-{t}-{l}", "{y} {m} {t}-{l}", "{y}.{m}.{t} – {l}"))), True),
    Form("personnummer, six and four", Kind.IDENTITY, _swedish("{d} {l}")),
    Form("personnummer, 10 digits", Kind.IDENTITY, _swedish("{d}{l}")),
    Form("samordningsnummer", Kind.IDENTITY,
         _any(_swedish("{d}-{l}", more=60), _swedish("{c}{d}{l}", more=60)), True),
    Form("T-number", Kind.IDENTITY,
         _any(_swedish("{d}-{l}", letter=True), _swedish("{c}{d}-{l}", letter=True)), True),
    Form("fødselsnummer, six and five", Kind.IDENTITY,
         _any(_norwegian("{d} {l}"), _norwegian("{d}-{l}")), True),
    Form("fødselsnummer, date in parts", Kind.IDENTITY,
         _any(_norwegian("{t}.{m}.{y} {l}"), _norwegian("{t}.{m}.20{y}-{l}")), True),
    Form("fødselsnummer, 11 digits", Kind.IDENTITY, _norwegian("{d}{l}")),
    Form("fødselsnummer from 2032", Kind.IDENTITY,
         _any(*(_norwegian("{d} {l}", remainder=r) for r in (1, 2, 3))), True),
    Form("D-number", Kind.IDENTITY, _norwegian("{d} {l}", more_days=40), True),
    Form("synthetic, month + 80", Kind.IDENTITY, _norwegian("{d} {l}", more_months=80), True),
    Form("synthetic, month + 40", Kind.IDENTITY, _norwegian("{d} {l}", more_months=40), True),
    Form("Swedish mobile", Kind.PHONE, _grouped(
        n.swedish_mobile, "###-### ## ##", "##########", "### ### ## ##", "###-## ## ###", "###.###.##.##",
        "### - ### ## ##", "(###) ### ## ##", "###–#######")),
    Form("Swedish, area and number", Kind.PHONE, _area(
        "{a}-{r}", "{a}-{p}", "{a}/{p}", "({a}) {p}", "{a} - {p}")),
    Form("Swedish, with +46", Kind.PHONE, _grouped(
        lambda random: n.swedish_mobile(random)[1:], "+46 ## ### ## ##", "+46#########", "0046 ## ### ## ##",
        "+46 (0)##-### ## ##", "+46-##-#######", "(+46) ## ### ## ##")),
    Form("Norwegian mobile", Kind.PHONE, _grouped(lambda r: n.norwegian_phone(r, "49"), *NO_MOBILE)),
    Form("Norwegian, in pairs", Kind.PHONE, _grouped(lambda r: n.norwegian_phone(r, "23567"), "## ## ## ##")),
    Form("Norwegian, a word before", Kind.PHONE, _said),
    Form("Norwegian, with +47", Kind.PHONE, _grouped(
        lambda r: n.norwegian_phone(r, "249"), "+47 ## ## ## ##", "+47########", "0047 ### ## ###",
        "(+47) ### ## ###")),
    Form("e-mail", Kind.EMAIL, _mail("{n}@{d}.{e}")),
    Form("e-mail, sign in brackets", Kind.EMAIL,
         _any(*(_mail(p) for p in ("{n}(at){d}.{e}", "{n} (at) {d}.{e}", "{n}[at]{d}[dot]{e}",
              "{n} (a) {d} (punkt) {e}", "{n}(snabel-a){d}.{e}", "{n} (krøllalfa) {d}.{e}")))),
    Form("e-mail, sign in words", Kind.EMAIL,
         _any(*(_mail(p) for p in ("{n} snabel-a {d}.{e}", "{n} snabela {d} punkt {e}",
              "{n} krøllalfa {d}.{e}", "{n} alfakrøll {d} punktum {e}", "{n} at {d} dot {e}",
              "{n} @ {d}.{e}")))),
)  # fmt: skip


HINTS = (
    Form("street and house", Kind.ADDRESS, _text(
        "Storgatan 1#", "Kyrkvägen 2", "Skolgata #4", "Elvevegen 3 B", "Bjørkeveien 8#",
        "Karl Johans gate 1#",
        "Nya Kyrkogatan 9A", "Granstigen 4", "Kungs gata 1", "Ole Vigs veg 1#")),
    Form("number plate", Kind.PLATE, _text(
        "ABC ###", "MLB ##L", "RKT###", "EL #####", "DN #####", "ZH#####")),
)  # fmt: skip

# Each looks like something that is looked for.
HARMLESS = (
    Form("Norwegian account, 11 digits", None, n.account),
    Form("Norwegian account, 4.2.5", None, _grouped(n.account, "####.##.#####", "#### ## #####")),
    Form("Swedish organisation number", None, _grouped(n.organisation, "######-####")),
    Form("Norwegian organisation number", None, _text("9########", "9## ### ###", "8## ### ### MVA")),
    Form("Swedish giro, clearing, account", None, _text(
        "####-####", "###-####", "## ## ##-#", "8###-#, ### ### ###-#")),
    Form("10 digits", None, lambda r: n.row(r, 10)),
    Form("11 digits", None, lambda r: n.row(r, 11)),
    Form("order, invoice, reference", None, _text(
        "#######", "O-########", "#####-##", "KID 0000######9", "SO##########X")),
    Form("8 digits", None, lambda r: n.row(r, 8)),
    Form("price", None, _text(
        "45# 000 kr", "4# 500 000 kronor", "1 250 000,50", "92 000 000 kr", "40000000 kr", "9 990:-")),
    Form("year, years", None, _text("2026", "2027–2030", "1985-1990", "2026/2027", "1940-45")),
    Form("date, with time", None, _text(
        "2026-1#-2# 14.30", "20261126", "26112026", "26.11.2026", "2026-11-26 1400",
        "26.11.26 kl. 18.30", "1/9 2026")),
    Form("time stamp", None, _text("202611261#3#", "20261126-1#3#", "20261126 1#3#00")),
    Form("times in a row", None, _text(
        "20 15 20 45 21 15", "07.30, 08.00, 08.30", "07:10-16:45", "08-16", "22 52 23 22 23 52")),
    Form("road, line, number of a house", None, _text(
        "riksväg 6#", "fylkesveg 2#", "E18", "Rv. 2#", "linje 9##", "väg 23#")),
    Form("case, property", None, _text(
        "KS 2026-00###", "2026/1####", "dnr 2026:###", "gnr. 4# bnr. 1##", "Arvika 1:2##",
        "sak 045/26", "SFS 2018:218")),
    Form("post code, box", None, _text("671 3#", "2050 Elvdal", "Box ###", "SE-671 3#", "N-22##")),
    Form("ISBN, EAN, article", None, _text(
        "978-91-#######-#", "97882########", "7310######### ", "art. ###-###-##")),
    Form("position", None, _text(
        "59.91273##, 12.34567##", "N 6616### E 3456##", "59° 54' 12\" N", "X 40####, Y 661####")),
    Form("network, version, size", None, _text(
        "192.168.1.##", "version 4.12.###", "1920x1080", "#### × ####", "802.11ac")),
    Form("short service number", None, _text("112", "1177", "113", "116 117", "02800", "110")),
    Form("sign without an address", None, _text(
        "@granby", "kl 14 @ torget", "2 @ 45 kr", "at the dot", "look at example.com", "www.granby.example")),
)  # fmt: skip
