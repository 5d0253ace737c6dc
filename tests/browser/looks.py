"""What a page must be, whoever reads it: reached by everybody, wide as the phone, easy to hit."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_TARGET = 44

_SMALL = """least => [...document.querySelectorAll(
    "button, a.ds-button, summary, select, input:not([type=hidden])")]
  .map(e => [e, ["checkbox", "radio"].includes(e.type) ? (e.closest("label") ?? e.labels[0] ?? e) : e])
  .filter(([e, _]) => e.checkVisibility())
  .map(([e, target]) => [e, target.getBoundingClientRect()])
  .filter(([_, box]) => box.width && (box.height < least - 0.5 || box.width < least - 0.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""

_SIDEWAYS = """() => {
  const root = document.scrollingElement
  if (root.scrollWidth <= root.clientWidth) return []
  return [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 90)).slice(0, 5).concat(`${root.scrollWidth} px wide`)
}"""


def follow(target: Locator) -> None:
    """Click what leads to another page, and come there: a click alone does not wait for it."""
    with target.page.expect_navigation():
        target.click()


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: the rule and the first places."""
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{v['id']}: {' | '.join(n['html'][:120] for n in v['nodes'][:3])}" for v in found]


def sideways(page: Page) -> list[str]:
    """What makes a page wider than its window, if anything does."""
    return list(page.evaluate(_SIDEWAYS))


def small_targets(page: Page) -> list[str]:
    """Buttons and fields that a thumb misses."""
    return list(page.evaluate(_SMALL, LEAST_TARGET))
