"""The style sheets, put together from their parts: ``python -m tools.styles`` and ``… check``.

Parts of Designsystemet lie unchanged in ``citizen/styles/designsystemet``, our own rules beside them.
Here the parts are put into cascade layers, what no page of ours uses is left out, and the colours of the
default theme are added. What comes out is kept in ``citizen/static``, so that nothing is made when the
program is installed or run.
"""

import argparse
import gzip
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from citizen.programmes.rules import themes
from citizen.programmes.rules.colours import SCHEMES
from citizen.programmes.rules.themes import Theme

ROOT = Path(__file__).parent.parent
STYLES, STATIC = ROOT / "citizen" / "styles", ROOT / "citizen" / "static"
VERSION = "1.22.0"
NOTICE = (
    f"/* Parts of Designsystemet {VERSION}, Copyright Digitaliseringsdirektoratet (Digdir), MIT: "
    "designsystemet-license.txt. Made by tools.styles: change citizen/styles, not this. */\n"
)
LAYERS = {
    "ds.base": ("base", "label"),
    "ds.components": (
        "link", "button", "card", "field", "fieldset", "input", "validation-message", "alert", "tag",
        "table", "details", "error-summary", "skip-link",
    ),
}
# Our own rules in their order. What is about one subject lies in a file of that name, before the last.
FIRST, STAFF, LAST = ("plain", "page", "forms", "parts"), ("staff",), ("media",)
SUBJECTS = tuple(sorted({p.stem for p in STYLES.glob("*.css")} - {"tokens", *FIRST, *STAFF, *LAST}))
# Sheet → our own rules in it. Whoever has signed in gets the second one.
SHEETS = {
    "citizen.css": (*FIRST, *SUBJECTS, *LAST),
    "staff.css": (*FIRST, *SUBJECTS, *STAFF, *LAST),
}
# A plain element looks like the part it stands for.
ALIASES = {
    ".ds-link": "a:not([class])",
    ".ds-button": "button:not([class])",
    ".ds-table": "table:not([class])",
    ".ds-input": "input:not([class],[type=hidden],[type=file],[type=range],[type=image]),"
                 "textarea:not([class]),select:not([class])",
}
# What a selector may say that no page of ours has: elements, variants and states left out whole.
UNUSED = (
    r"u-(summary|datalist|option)\b", r"data-clickdelegatefor", r"click-delegate", r"role=switch",
    r":dir\(rtl\)", r"data-floating", r"ds-floating", r"ds-focus", r"ds-checkbox", r"ds-list", r"ds-icon",
    r"ds-readonly-icon", r"ds-print-preserve", r"data-icon", r"data-fullwidth", r"ds-card__block",
    r"\.ds-card:has", r"\.ds-card>", r"data-variant=(default|tinted|outline)", r"data-field=counter",
    r"ds-field-affix", r"data-position", r"data-sticky", r"data-zebra", r"data-hover", r"data-border",
    r"aria-sort", r"[>+]tfoot", r"aria-busy", r"data-color-scheme", r"indeterminate", r"ds-skiplink",
    r"read-only:not", r"-moz-", r"details-marker", r"details-content",
    r"part\(details", r"ds-validation-message\[",
    r"data-size=\"?(xs|md|lg|xl|2xs|2xl)", r"data-weight", r"ds-card:where\(a",
    r"ds-link:(is\(button|where\(:visited|has)", r"ds-link\[", r"ds-link>", r"ds-table>caption",
    r"ds-input\[type=date", r"ds-fieldset:has", r"ds-fieldset:disabled", r"ds-field:where", r"ds-tag:is",
    r"\.ds-field:has\(input", r"ds-tag \*|ds-tag:focus", r"ds-field:has\(\.ds-input",
)
UNUSED_DECLARATIONS = re.compile(
    r"-webkit-appearance|--dsc-field-counter|--ds-readonly-icon-url|interpolate-size"
    r"|height:var\(--_ds-field-sizing|.*-moz-"
)
_UNUSED = re.compile("|".join(UNUSED))


@dataclass
class Rule:
    """A selector or an at-rule, with its declarations and the rules within it."""

    head: str
    declarations: list[str] = field(default_factory=list)
    rules: list["Rule"] = field(default_factory=list)

    def written(self) -> str:
        inner = ";".join(self.declarations) + "".join(rule.written() for rule in self.rules)
        return f"{self.head}{{{inner}}}" if inner else ""


# ---- reading


def parse(text: str) -> list[Rule]:
    """The rules of a sheet. Comments and white space that says nothing are gone."""
    top = Rule("")
    open_rules, piece = [top], ""
    for sign in _signs(text):
        if sign == "{":
            rule = Rule(_squeezed(piece))
            open_rules[-1].rules.append(rule)
            open_rules.append(rule)
        elif sign in (";", "}"):
            if declaration := _squeezed(piece):
                # By itself at the top it is a statement, such as the order of layers.
                if open_rules == [top]:
                    top.rules.append(Rule(declaration))
                else:
                    open_rules[-1].declarations.append(declaration)
            if sign == "}":
                open_rules.pop()
        piece = piece + sign if sign not in "{};" else ""
    if open_rules != [top]:
        raise ValueError("a brace is open at the end")
    return top.rules


def _signs(text: str) -> Iterator[str]:
    """Braces and semicolons by themselves, unless within a string or brackets, and what is between."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found = re.findall(r""""[^"]*"|'[^']*'|[{};()]|[^"'{};()]+""", plain)
    depth = 0
    for piece in found:
        depth += (piece == "(") - (piece == ")")
        # Within brackets a semicolon belongs to what is written there.
        yield f"{piece}\0" if depth and piece in "{};" else piece


def _squeezed(text: str) -> str:
    """Without white space that only a person needs."""
    text = text.replace("\0", "").strip()
    pieces = re.split(r"""("[^"]*"|'[^']*')""", text)
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[at])
        piece = re.sub(r"\s*([,>~])\s*", r"\1", piece)
        pieces[at] = re.sub(r"^(--?[\w-]+|[a-z-]+): ", r"\1:", piece) if at == 0 else piece
    return "".join(pieces)


def branches(selector: str) -> list[str]:
    """The parts of a selector between commas, but for commas within brackets."""
    found, depth = [""], 0
    for sign in selector:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


# ---- leaving out and putting together


def used(rules: Sequence[Rule]) -> list[Rule]:
    """What pages of ours have, with the plain elements that look the same."""
    found = []
    for rule in rules:
        if rule.head.startswith("@"):
            kept = Rule(rule.head, rule.declarations, used(rule.rules))
        else:
            head = rule.head.replace("(summary,u-summary)", "(summary)")
            left = [_aliased(b) for b in branches(head) if not _UNUSED.search(b)]
            declarations = [d for d in rule.declarations if not UNUSED_DECLARATIONS.match(d)]
            kept = Rule(",".join(left), declarations, rule.rules) if left else Rule("")
        if kept.written() and not rule.head.startswith("@keyframes"):
            found.append(kept)
    return found


def _aliased(selector: str) -> str:
    for part, element in ALIASES.items():
        selector = re.sub(re.escape(part) + r"(?![\w-])", f":is({part},{element})", selector)
    return selector


def layers() -> str:
    """The parts of Designsystemet, each layer whole."""
    found = "".join(f"@layer {','.join(['plain', *LAYERS])};")
    for layer, parts in LAYERS.items():
        rules = [rule for part in parts for rule in used(parse(_text(f"designsystemet/{part}.css")))]
        found += f"@layer {layer}{{{''.join(rule.written() for rule in rules)}}}"
    return found


def own(names: Sequence[str]) -> str:
    """Our own rules, tightly written."""
    rules = [rule for name in names for rule in parse(_text(f"{name}.css"))]
    return "".join(rule.written() for rule in rules)


def _text(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def theme(wanted: set[str]) -> str:
    """The default theme: what no municipality changes, then what one does."""
    found = []
    for scheme in SCHEMES:
        fixed = {k: v for k, v in themes.fixed_variables(scheme).items() if k in wanted}
        changing = {k: v for k, v in themes.variables(Theme(), scheme).items() if k in wanted}
        root = Rule(":root", [f"{k}:{v}" for k, v in (fixed | changing).items()])
        dark = Rule("@media screen and (prefers-color-scheme:dark)", rules=[root])
        found.append((dark if scheme == "dark" else root).written())
    return "".join(found)


def scales(wanted: set[str]) -> str:
    """Each scale under the names that parts ask for: the municipality's, unless an element says another."""
    names = sorted({n for n in wanted if re.match(r"--ds-color-(?!accent|focus)[a-z]+-[a-z-]+$", n)
                    and n.split("-")[4] not in themes.FIXED})
    heads = {"accent": ":root,.preview,[data-color=accent],.ds-alert .ds-button:not([data-color])"}
    heads |= {scale: f"[data-color={scale}]" for scale in themes.FIXED}
    found = ""
    for scale, head in heads.items():
        said = [f"{name}:var({name.replace('--ds-color-', f'--ds-color-{scale}-')})" for name in names]
        found += Rule(head, said).written()
    return found


def sheet(names: Sequence[str]) -> str:
    """One whole sheet."""
    tokens, rules = own(["tokens"]), layers() + own(names)
    wanted = _asked_for(tokens + rules)
    mapping = scales(wanted)
    return NOTICE + theme(wanted | _asked_for(mapping)) + mapping + tokens + rules + "\n"


def _asked_for(text: str) -> set[str]:
    return set(re.findall(r"var\((--[\w-]+)", text))


def unknown(text: str) -> set[str]:
    """Variables that a sheet asks for without a way out, and that nothing in it sets."""
    asked = set(re.findall(r"var\((--[\w-]+)\)", text))
    return asked - set(re.findall(r"(--[\w-]+):", text))


def files() -> dict[Path, str]:
    """Every file that is made, with what it says."""
    found = {STATIC / name: sheet(parts) for name, parts in SHEETS.items()}
    return found | {STATIC / "designsystemet-license.txt": _text("designsystemet/LICENSE")}


# ---- commands


def write() -> int:
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
        size = len(gzip.compress(text.encode(), mtime=0))
        print(f"styles: {path.relative_to(ROOT)}, {len(text.encode())} bytes, {size} gzipped")
    return check()


def check() -> int:
    """Fail where a file is not as its parts say, or asks for what is not there."""
    wrong = [f"{path.relative_to(ROOT)} is not up to date: python -m tools.styles"
             for path, text in files().items()
             if not path.exists() or path.read_text(encoding="utf-8") != text]
    wrong += [f"{path.relative_to(ROOT)} asks for {name}, which nothing sets"
              for path, text in files().items() for name in sorted(unknown(text))]
    for problem in wrong:
        print(f"styles: {problem}", file=sys.stderr)
    return 1 if wrong else 0


def main(line: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="The style sheets, put together from their parts.")
    parser.add_argument("command", nargs="?", choices=["write", "check"], default="write")
    return check() if parser.parse_args(line).command == "check" else write()


if __name__ == "__main__":
    raise SystemExit(main())
