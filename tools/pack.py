"""Static files as they travel: ``python -m tools.pack FILE …`` writes FILE.gz beside each.

Scripts go without the lines that are comments; a phone with one bar of coverage reads none of them.
"""

import gzip
import re
import sys
from pathlib import Path

_COMMENT_LINES = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)


def packed(path: Path) -> bytes:
    """A file as it is sent, compressed; the same at every run."""
    content = path.read_bytes()
    if path.suffix == ".js":
        content = _COMMENT_LINES.sub(b"", content)
    return gzip.compress(content, 9, mtime=0)


def main() -> None:
    for name in sys.argv[1:]:
        Path(f"{name}.gz").write_bytes(packed(Path(name)))


if __name__ == "__main__":
    main()
