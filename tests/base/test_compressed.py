"""Pages travel small, and their length tells nothing."""

import gzip
from pathlib import Path

from citizen.app import ROOT
from citizen.base.compressed import compressed
from tests.pages import Browser
from tests.world import World
from tools.pack import packed

PACKED = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_who_can_unpack_it(browser: Browser, world: World) -> None:
    plain = browser.client.get("/sv/")
    packed = browser.client.get("/sv/", headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_answers_that_say_the_same_have_different_lengths() -> None:
    lengths = {len(compressed(b"the same " * 200)) for _time in range(60)}
    assert len(lengths) > 10


def test_what_was_compressed_before_its_source_changed_is_not_served() -> None:
    for file in (ROOT / "citizen" / "static").glob("*.gz"):
        assert file.read_bytes() == packed(file.with_suffix(""))


def test_a_script_travels_without_its_comments(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('// Why.\nconst address = "https://example.org/"  // kept\n  // More.\n')
    assert gzip.decompress(packed(tmp_path / "a.js")) == b'const address = "https://example.org/"  // kept\n'
