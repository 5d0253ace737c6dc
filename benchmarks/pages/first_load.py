"""The first load of residents' pages on a slow phone: what it weighs, and when it can be used.

Chromium with its "Slow 3G" (400 kbit/s, 2 s of latency) and a processor four times slower, an empty
cache, with and without script. Kilobytes are as they travel, headers and all; pictures of residents
are told apart, since they load when they are scrolled to.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks import servers
from tests import chromium as program

MOST_KILOBYTES = 30
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
QUIET = 3_000
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_WATCH = """
  self.told = { shift: 0, paint: 0, busy: 0 };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) told.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) told.paint = one.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) told.busy = one.startTime + one.duration;
  }).observe({ type: "longtask", buffered: true });
"""


@dataclass(frozen=True)
class Visit:
    """A page and the session that it is read in, where it needs one; nothing else is on the phone."""

    address: str
    session: str = ""


@dataclass
class Load:
    """One page loaded: kilobytes of all but pictures, of pictures, requests, shift, milliseconds."""

    kilobytes: float
    pictures: float
    requests: int
    shift: float
    paint: float
    interactive: float


def load(browser: Browser, visit: Visit, *, script: bool) -> Load:
    """Load one page with nothing of it in the phone's cache."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, java_script_enabled=script,
        service_workers="block",
    )
    if visit.session:
        context.add_cookies([{"name": "citizen", "value": visit.session, "url": visit.address}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    weighed = _weigh(line)
    _slow_down(line)
    page.add_init_script(_WATCH)
    page.goto(visit.address, timeout=120_000)
    page.wait_for_timeout(QUIET)
    # A page that leads elsewhere would be weighed as if it were this one.
    assert page.url == visit.address, page.url
    told = _told(page) if script else {"shift": 0.0, "paint": 0.0, "interactive": 0.0}
    context.close()
    pictures = sum(size for kind, size in weighed.values() if kind == "Image")
    rest = sum(size for kind, size in weighed.values() if kind != "Image")
    return Load(rest / 1000, pictures / 1000, len(weighed), told["shift"], told["paint"], told["interactive"])


def _slow_down(line: CDPSession) -> None:
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _weigh(line: CDPSession) -> dict[str, tuple[str, int]]:
    """Kind and bytes of every request, filled in as they arrive."""
    weighed: dict[str, tuple[str, int]] = {}
    kinds: dict[str, str] = {}
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    line.on("Network.loadingFinished", lambda told: weighed.update(
        {told["requestId"]: (kinds.get(told["requestId"], "Other"), told["encodedDataLength"])}
    ))
    line.send("Network.enable")
    return weighed


def _told(page: Page) -> dict[str, float]:
    told: dict[str, float] = page.evaluate("""() => {
      const { domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
      return { ...told, interactive: Math.max(domContentLoadedEventEnd, told.busy) };
    }""")
    return told


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program.path(), args=program.arguments())
        yield browser
        browser.close()


def weigh(pages: dict[str, Visit], rounds: int) -> bool:
    """Print a line for every page; gives whether all keep within the bars."""
    print(f"\n{'first load':<18}{'script':<8}{'kB':>7}{'pictures':>10}{'requests':>10}{'shift':>8}"
          f"{'largest paint, ms':>19}{'interactive, ms':>17}")
    within = True
    with chromium() as browser:
        for name, visit in pages.items():
            for script in (True, False):
                loads = [load(browser, visit, script=script) for _ in range(rounds)]
                one = loads[0]
                paint, ready = (statistics.median(getattr(x, field) for x in loads)
                                for field in ("paint", "interactive"))
                shift = max(x.shift for x in loads)
                print(f"{name:<18}{'with' if script else 'without':<8}{one.kilobytes:>7.1f}"
                      f"{one.pictures:>10.1f}{one.requests:>10}{shift:>8.3f}{paint or 0:>19.0f}"
                      f"{ready or 0:>17.0f}", flush=True)
                within &= one.kilobytes <= MOST_KILOBYTES and shift == 0
    return within


def lighthouse(pages: dict[str, Visit]) -> None:
    """Print Lighthouse's four scores of every page, with a copy of it that is fetched once for this.

    A receipt and a page of questions cannot have all of "seo": they are kept out of search engines on
    purpose (`is-crawlable`).
    """
    with tempfile.TemporaryDirectory(prefix="citizen-lighthouse-") as folder:
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "lighthouse"]
        subprocess.run(install, cwd=folder, check=True)
        print(f"\n{'lighthouse':<18}" + "".join(f"{name:>16}" for name in CATEGORIES))
        for name, visit in pages.items():
            scores, failed = _scores(Path(folder), visit)
            print(f"{name:<18}" + "".join(f"{scores[one]:>16.0f}" for one in CATEGORIES), "  ".join(failed))


def _scores(folder: Path, visit: Visit) -> tuple[dict[str, float], list[str]]:
    flags = "--headless=new " + " ".join(program.arguments())
    headers = json.dumps({"Cookie": f"citizen={visit.session}"} if visit.session else {})
    done = subprocess.run(
        ["node_modules/.bin/lighthouse", visit.address, "--quiet", "--output=json",
         f"--chrome-flags={flags}", f"--extra-headers={headers}"],
        cwd=folder, env={**servers.os.environ, "CHROME_PATH": program.path()}, capture_output=True, text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    scores = {name: 100 * (told["categories"][name]["score"] or 0) for name in CATEGORIES}
    failed = [
        ref["id"] for name in CATEGORIES if scores[name] < 100
        for ref in told["categories"][name]["auditRefs"]
        if ref["weight"] and (told["audits"][ref["id"]]["score"] or 0) < 0.9
        and told["audits"][ref["id"]]["scoreDisplayMode"] not in ("notApplicable", "informative", "manual")
    ]
    return scores, failed
