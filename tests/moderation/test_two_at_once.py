"""Two people and one idea: one decides, the other loses nothing."""

from threading import Barrier, Thread

from flask import Flask

from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.models import VisibilityChange
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.pages import Browser
from tests.world import World


def test_the_second_one_is_told_who_decided_what_and_keeps_the_words(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, title="Same idé")
    decide(moderator, ref, "returned", reason="attack", words="Majas ord.")
    page = decide(other_moderator, ref, "rejected", reason="hate", words="Mortens lange ord.")
    assert page.status == 409
    assert "Somebody else was first" in page.title
    for words in ("Maja asked the author for changes", "Personal attack", "Majas ord.", "Mortens lange ord.",
                  "Nothing was overwritten"):
        assert words in page.text
    assert f'href="/en/moderation/{ref}"' in page.html
    assert state_of(app, ref) == ("returned", 2)


def test_where_the_step_is_open_again_it_can_be_tried_again_from_the_same_page(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    page = decide(other_moderator, ref, "rejected", reason="hate", words="Mortens ord.")
    assert page.status == 409
    assert "Maja took the decision back" in page.text
    assert "Mortens ord." in page.html
    assert page.hidden("version") == "3"
    assert decide(other_moderator, ref, "rejected", version=3, reason="hate").status == 303


def test_an_idea_withdrawn_meanwhile_is_not_decided(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    with app.app_context():
        contributions.withdraw(load(ref))
        session.commit()
    page = decide(moderator, ref, "published")
    assert page.status == 409
    assert "The author withdrew the idea" in page.text
    assert state_of(app, ref)[0] == "withdrawn"


def test_pressing_twice_says_that_it_is_done(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    page = decide(moderator, ref, "published")
    assert page.status == 409
    assert "You have already decided this" in page.title
    assert "Your decision has been saved." in page.text


def test_a_version_that_is_no_number_decides_nothing(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world)
    for version in ("", "x", "-1", "9" * 30, "²"):
        answer = moderator.post(f"/en/moderation/{ref}", {"decision": "published", "version": version})
        assert answer.status == 409
    assert state_of(app, ref) == ("submitted", 1)


def test_undoing_what_somebody_has_changed_meanwhile_is_refused(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world)
    decide(moderator, ref, "published")
    decide(other_moderator, ref, "hidden", version=2, reason="hate")
    page = moderator.post(f"/en/moderation/{ref}/undo", {"version": "2"})
    assert page.status == 409
    assert "Morten unpublished the idea" in page.text
    assert state_of(app, ref) == ("hidden", 3)


def at_once(*sends: tuple[Browser, str, dict[str, str]]) -> list[int]:
    """Send several forms at the same moment; gives the status of each."""
    barrier, statuses = Barrier(len(sends)), [0] * len(sends)
    tokens = [browser.get("/sv/receipt").hidden("csrf_token") for browser, _path, _values in sends]

    def send(place: int) -> None:
        browser, path, values = sends[place]
        barrier.wait()
        statuses[place] = browser.post(path, {**values, "csrf_token": tokens[place]}).status

    threads = [Thread(target=send, args=(place,)) for place in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def test_of_two_decisions_at_the_same_moment_exactly_one_counts(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    for _round in range(8):
        ref = an_idea(app, world)
        statuses = at_once(
            (moderator, f"/en/moderation/{ref}", {"decision": "published", "version": "1"}),
            (other_moderator, f"/en/moderation/{ref}",
             {"decision": "rejected", "version": "1", "reason": "hate", "words": "Nei."}),
        )
        assert sorted(statuses) == [303, 409]
        with app.app_context():
            steps = session.query(VisibilityChange).filter_by(contribution_id=load(ref).id).all()
            assert len(steps) == 1
            assert steps[0].after == ("published" if statuses[0] == 303 else "rejected")
            assert load(ref).visibility == steps[0].after


def test_of_two_undoings_at_the_same_moment_exactly_one_counts(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    ref = an_idea(app, world, state="published")
    statuses = at_once(*(
        (browser, f"/en/moderation/{ref}/undo", {"version": "2"}) for browser in (moderator, other_moderator)
    ))
    assert sorted(statuses) == [303, 409]


def test_two_lots_at_the_same_moment_publish_each_idea_once(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    refs = [an_idea(app, world) for _ in range(5)]
    forward, backward = [
        {"decision": "published", "chosen": [f"{r}:1" for r in order]} for order in (refs, refs[::-1])
    ]
    statuses = at_once(
        (moderator, "/en/moderation/several", forward),
        (other_moderator, "/en/moderation/several", backward),
    )
    assert sorted(statuses) == [303, 409]
    with app.app_context():
        assert session.query(VisibilityChange).count() == 5
