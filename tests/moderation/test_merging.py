"""An idea that says the same as another one goes into it, and can be taken out again as it was."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from citizen.base import clock
from citizen.base.audit import AuditRow
from citizen.base.db import session
from citizen.base.outbox import Mail
from citizen.contributions import actions as contributions
from citizen.contributions import queries as contribution_queries
from citizen.contributions.models import Merge
from citizen.contributions.rules import Handling
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.ideas.models import Idea
from citizen.moderation import actions
from tests.factories import an_idea, load
from tests.moderation.test_deciding import decide, state_of
from tests.moderation.test_telling_the_author import mails
from tests.pages import Browser, Page
from tests.world import World


def support(app: Flask, ref: str, *browsers: str) -> None:
    with app.app_context():
        for browser in browsers:
            ideas.support_idea(load(ref).id, browser)
        session.commit()


def supporters(app: Flask, *refs: str) -> list[int]:
    with app.app_context():
        return [session.get_one(Idea, load(ref).id).support_count for ref in refs]


def merge(who: Browser, ref: str, into: str, version: int = 2) -> Page:
    return who.post(f"/en/moderation/{ref}/merge", {"other": into, "version": str(version)})


def unmerge(who: Browser, ref: str, version: int = 3) -> Page:
    return who.post(f"/en/moderation/{ref}/merge/undo", {"version": str(version)})


def two(app: Flask, world: World, **values: str) -> tuple[str, str]:
    first = an_idea(app, world, title="Lys på turstien", state="published", **values)
    return first, an_idea(app, world, title="Turstien treng lys", state="published", **values)


def test_the_page_of_what_is_merged_says_so_at_once_and_does_not_say_it_twice(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world, body="Turstien langs elva er mørk heile vinteren, set opp lys der.")
    assert "This has been said before" in moderator.get(f"/en/moderation/{one}").text
    merge(moderator, one, other)
    page = moderator.get(f"/en/moderation/{one}")
    assert "Merged with Turstien treng lys" in page.text
    assert "This has been said before" not in page.text
    unmerge(moderator, one)
    page = moderator.get(f"/en/moderation/{one}")
    assert "Merged with Turstien treng lys" not in page.text
    assert "This has been said before" in page.text


def test_both_pages_point_at_each_other_and_both_texts_stay(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    one, other = two(app, world)
    assert merge(moderator, one, other).status == 303
    page = browser.get(f"/en/ideas/{world.slug}/{one}")
    assert "Merged with Turstien treng lys" in page.text
    assert "Eg vil ha gatelys" in page.text
    assert "Support this idea" not in page.text
    page = browser.get(f"/en/ideas/{world.slug}/{other}")
    assert "Merged with Lys på turstien" in page.text
    assert "Support this idea" in page.text
    assert "Merged with Turstien treng lys" in browser.get(f"/en/ideas/{world.slug}").text


def test_support_counts_for_the_other_one_and_each_browser_once(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    support(app, one, "anna", "bo", "cai")
    support(app, other, "cai", "dag")
    merge(moderator, one, other)
    assert supporters(app, one, other) == [3, 4]
    # Whoever supported the one has supported the other, and cannot do so again.
    support(app, other, "anna")
    support(app, one, "eli")
    assert supporters(app, one, other) == [3, 5]


def test_taken_back_everything_is_as_it_was(app: Flask, world: World, moderator: Browser) -> None:
    one, other = two(app, world)
    support(app, one, "anna", "cai")
    support(app, other, "cai", "dag")
    merge(moderator, one, other)
    assert unmerge(moderator, one).status == 303
    assert supporters(app, one, other) == [2, 2]
    page = moderator.get(f"/en/ideas/{world.slug}/{one}")
    assert "Merged with" not in page.text
    assert "Support this idea" in page.text
    assert state_of(app, one)[0] == "published"
    item = moderator.get(f"/en/moderation/{one}")
    assert "Maja merged it with Turstien treng lys" in item.text
    assert "Taken back" in item.text


def test_whoever_takes_support_back_has_taken_it_back_from_both(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    support(app, one, "anna", "bo")
    merge(moderator, one, other)
    with app.app_context():
        assert ideas.withdraw_support(load(other).id, "anna")
        assert not idea_queries.has_supported(load(other).id, "anna")
        assert idea_queries.has_supported(load(other).id, "bo")
        session.commit()
    assert supporters(app, one, other) == [1, 1]
    unmerge(moderator, one)
    assert supporters(app, one, other) == [1, 0]


def test_what_has_taken_others_in_can_itself_go_into_a_third(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    third = an_idea(app, world, title="Lys overalt", state="published")
    support(app, one, "anna")
    support(app, other, "bo")
    support(app, third, "anna", "cai")
    merge(moderator, one, other)
    merge(moderator, other, third)
    assert supporters(app, one, other, third) == [1, 2, 3]
    assert "Merged with Lys overalt" in moderator.get(f"/en/ideas/{world.slug}/{one}").text
    # The link in the middle goes: what it had taken in goes with it.
    unmerge(moderator, other)
    assert supporters(app, one, other, third) == [1, 2, 2]
    merge(moderator, other, third, version=4)
    unmerge(moderator, one)
    assert supporters(app, one, other, third) == [1, 1, 3]


def test_a_waiting_idea_is_published_with_it_and_waits_again_when_it_is_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = an_idea(app, world), an_idea(app, world, state="published")
    assert merge(moderator, one, other, version=1).status == 303
    assert state_of(app, one)[0] == "published"
    with app.app_context():
        version = load(one).version
    unmerge(moderator, one, version)
    assert state_of(app, one)[0] == "submitted"


def test_taking_back_the_publication_takes_back_the_merge(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = an_idea(app, world), an_idea(app, world, state="published")
    support(app, other, "bo")
    merge(moderator, one, other, version=1)
    support(app, one, "anna")
    with app.app_context():
        version = load(one).version
    assert moderator.post(f"/en/moderation/{one}/undo", {"version": str(version)}).status == 303
    with app.app_context():
        assert contribution_queries.standing_merge(load(one).id) is None
    assert state_of(app, one)[0] == "submitted"


def test_authors_hear_of_it_once_and_get_news_of_the_other(
    app: Flask, world: World, moderator: Browser
) -> None:
    one = an_idea(app, world, title="Lys på turstien")
    other = an_idea(app, world, title="Turstien treng lys", state="published")
    with app.app_context():
        for ref, address in ((one, "kari@example.org"), (other, "ola@example.org")):
            contributions.leave_contact(load(ref), address, "en")
        session.commit()
    merge(moderator, one, other, version=1)
    told = {mail.receiver: mail for mail in mails(app)}
    assert set(told) == {"kari@example.org", "ola@example.org"}
    assert "has been published" in told["kari@example.org"].body
    assert "Turstien treng lys" in told["kari@example.org"].body
    assert f"/en/ideas/{world.slug}/{other}" in told["kari@example.org"].body
    assert "Lys på turstien" in told["ola@example.org"].body
    with app.app_context():
        authors = contribution_queries.authors_to_tell([load(other).id])
        assert {author.email for author in authors} == {"kari@example.org", "ola@example.org"}


def test_taken_back_in_time_nobody_hears_of_it(app: Flask, world: World, moderator: Browser) -> None:
    one, other = two(app, world)
    with app.app_context():
        contributions.leave_contact(load(one), "kari@example.org", "en")
        session.commit()
    merge(moderator, one, other)
    unmerge(moderator, one)
    assert mails(app) == []


def test_taken_back_later_the_author_is_told(
    app: Flask, world: World, moderator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two(app, world)
    with app.app_context():
        contributions.leave_contact(load(one), "kari@example.org", "en")
        session.commit()
    merge(moderator, one, other)
    with app.app_context():
        session.query(Mail).delete()
        session.commit()
    later = clock.now() + actions.MAIL_WAITS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    unmerge(moderator, one)
    (mail,) = mails(app)
    assert "no longer merged with this one: Turstien treng lys" in mail.body


def test_the_receipt_tells_what_becomes_of_the_other(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    one, other = two(app, world)
    merge(moderator, one, other)
    with app.app_context():
        contributions.set_handling([load(other).id], Handling.PLANNED, user_id=world.facilitator, about="C-1",
                                   about_names={"en": "Light"}, words="Neste år.", public=True)
        session.commit()
        code = contributions.receipt_code(one)
    page = browser.get(f"/en/receipt/{code}")
    assert "Merged with Turstien treng lys" in page.text
    assert "Neste år." in page.text


def test_an_other_that_is_hidden_is_named_nowhere(
    app: Flask, world: World, moderator: Browser, browser: Browser
) -> None:
    one, other = two(app, world)
    merge(moderator, one, other)
    decide(moderator, other, "hidden", version=2, reason="hate")
    page = browser.get(f"/en/ideas/{world.slug}/{one}")
    assert "Turstien treng lys" not in page.text
    assert "Support this idea" in page.text
    browser.post(f"/en/ideas/{world.slug}/{one}/support")
    assert supporters(app, one, other) == [1, 1]


@pytest.mark.parametrize("wrong", ["itself", "waiting", "merged", "voice", "elsewhere", "unknown"])
def test_what_cannot_take_it_in_is_refused(
    app: Flask, world: World, moderator: Browser, wrong: str
) -> None:
    one, other = two(app, world)
    third = an_idea(app, world, state="published")
    into = {
        "itself": one, "waiting": an_idea(app, world), "merged": other, "unknown": "I-XXXXXXXX",
        "elsewhere": an_idea(app, world, municipality_id=world.elsewhere, state="published",
                             programme_id=world.other_programme),
        "voice": _a_line(app, third),
    }[wrong]
    if wrong == "merged":
        merge(moderator, other, third)
    assert merge(moderator, one, into).status in (404, 422)
    with app.app_context():
        assert contribution_queries.standing_merge(load(one).id) is None
    assert state_of(app, one) == ("published", 2)


def _a_line(app: Flask, ref: str) -> str:
    with app.app_context():
        idea = idea_queries.public_idea(ref)
        assert idea is not None
        line = ideas.add_voice(idea, "anna", "Eg òg.", "nn")
        assert line is not None
        session.commit()
        return line.ref


def test_the_page_offers_what_says_the_same_and_lays_them_side_by_side(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    page = moderator.get(f"/en/moderation/{one}/merge")
    assert "Turstien treng lys" in page.text
    assert f"other={other}" in page.html
    page = moderator.get(f"/en/moderation/{one}/merge?other={other}")
    assert "Do these two say the same?" in page.text
    assert page.hidden("other") == other
    assert "Turstien treng lys" in moderator.get(f"/en/moderation/{one}/merge?q={other.lower()}").text
    assert "Turstien treng lys" in moderator.get(f"/en/moderation/{one}/merge?q=turstien+lys").text


def test_whoever_has_an_old_page_is_told_and_merges_nothing(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    one, other = two(app, world)
    decide(other_moderator, one, "hidden", version=2, reason="hate")
    page = merge(moderator, one, other)
    assert page.status == 409
    assert "Somebody else has changed this idea" in page.text
    assert unmerge(moderator, one, 2).status == 409
    with app.app_context():
        assert session.query(Merge).count() == 0


def test_only_moderators_of_both_municipalities_merge(
    app: Flask, world: World, stranger: Browser, facilitator: Browser, administrator: Browser,
    browser: Browser,
) -> None:
    one, other = two(app, world)
    assert merge(stranger, one, other).status == 404
    for who in (facilitator, administrator):
        assert merge(who, one, other).status == 403
    assert merge(browser, one, other).status == 401


def test_each_leaves_a_row(app: Flask, world: World, moderator: Browser) -> None:
    one, other = two(app, world)
    merge(moderator, one, other)
    unmerge(moderator, one)
    with app.app_context():
        rows = session.scalars(select(AuditRow).where(AuditRow.subject == one).order_by(AuditRow.id))
        assert [(row.action, row.details) for row in rows] == [
            ("moderation.merge", {"into": other}), ("moderation.unmerge", {"into": other}),
        ]


def test_two_who_merge_the_same_two_into_each_other_do_not_make_a_ring(
    app: Flask, world: World, moderator: Browser, other_moderator: Browser
) -> None:
    one, other = two(app, world)
    barrier, statuses = Barrier(2), []
    token = {who: who.get("/en/receipt").hidden("csrf_token") for who in (moderator, other_moderator)}

    def send(who: Browser, ref: str, into: str) -> None:
        barrier.wait()
        statuses.append(who.post(f"/en/moderation/{ref}/merge", {
            "other": into, "version": "2", "csrf_token": token[who]}).status)

    threads = [Thread(target=send, args=(moderator, one, other)),
               Thread(target=send, args=(other_moderator, other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 422]
    with app.app_context():
        assert session.query(Merge).count() == 1


def test_support_given_while_two_are_merged_is_counted_once_and_never_lost(
    app: Flask, world: World, moderator: Browser
) -> None:
    one, other = two(app, world)
    barrier = Barrier(5)
    token = moderator.get("/en/receipt").hidden("csrf_token")

    def supporting(name: str) -> None:
        barrier.wait()
        for number in range(4):
            for ref in (one, other):
                support(app, ref, f"{name}{number}")

    def merging() -> None:
        barrier.wait()
        moderator.post(f"/en/moderation/{one}/merge", {"other": other, "version": "2", "csrf_token": token})

    threads = [Thread(target=supporting, args=(name,)) for name in "abcd"] + [Thread(target=merging)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert supporters(app, other) == [16]
    with app.app_context():
        counted = {i: idea_queries.supporters(i) for i in (load(one).id, load(other).id)}
    assert supporters(app, one, other) == list(counted.values())
