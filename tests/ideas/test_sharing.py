"""An idea's address, for others."""

from flask import Flask

from tests.factories import an_idea
from tests.pages import Browser
from tests.world import World


def test_the_address_can_be_copied_without_script_and_is_nobody_elses(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, state="published")
    page = browser.get(f"/nn/ideas/{world.slug}/{ref}?from=somewhere")
    address = f"http://127.0.0.1:5000/nn/ideas/{world.slug}/{ref}"
    assert f'id="address" value="{address}" readonly' in page.html
    assert 'id="share"' in page.html


def test_other_programs_are_told_the_title_in_its_own_language_and_nothing_more(
    app: Flask, browser: Browser, world: World
) -> None:
    ref = an_idea(app, world, title='Lys & "varme" <b>', body="Naboen min heiter Kari.", language="nn",
                  state="published")
    head = browser.get(f"/sv/ideas/{world.slug}/{ref}").html.split("</head>")[0]
    title = "Lys &amp; &#34;varme&#34; &lt;b&gt;"
    assert f'<meta name="description" content="{title}" lang="nn">' in head
    assert f'<meta property="og:title" content="{title}" lang="nn">' in head
    assert '<meta property="og:locale" content="nn_NO">' in head
    assert "Kari" not in head
