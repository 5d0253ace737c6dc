"""A municipality's own words on its pages: added, changed, removed, taken back, tried."""

from typing import Any

import pytest
from flask import Flask

from citizen.accounts.models import RoleGrant, User
from citizen.base import clock
from citizen.base.db import session
from citizen.programmes import queries
from citizen.programmes.models import OwnConcept
from citizen.programmes.routes.words import PAGE_SIZE
from citizen.programmes.rules.words import MOST_ENTRIES, Entry
from tests.factories import an_idea
from tests.pages import Browser
from tests.programmes.own import WORDS, add, audited, concept, number_of, said, stored
from tests.queries import counted
from tests.world import World

# ---- who may


def test_administrators_and_facilitators_read_the_words(
    world: World, browser: Browser, moderator: Browser, facilitator: Browser, administrator: Browser
) -> None:
    for path in (WORDS, f"{WORDS}/try"):
        assert browser.get(path).location.startswith("/sv/accounts/sign-in?next=")
        assert moderator.get(path).status == 403
        assert facilitator.get(path).status == administrator.get(path).status == 200


def test_facilitators_change_nothing(app: Flask, world: World, facilitator: Browser,
                                     administrator: Browser) -> None:
    add(administrator)
    entry, version = number_of(app, world.swedish, "nordbadet")
    page = facilitator.get(WORDS)
    assert "Nordbadet" in page.text
    assert "An administrator of the municipality adds and changes the words." in page.text
    assert "/new" not in page.html
    for path in ("new", "more", str(entry), "import"):
        assert facilitator.get(f"{WORDS}/{path}").status == 403
    for path in ("new", "more", str(entry), f"{entry}/removal", "undo", "import", "imports"):
        assert facilitator.post(f"{WORDS}/{path}", {"version": version}).status == 403
    assert len(stored(app, world.swedish)) == 1


def test_an_administrator_who_is_facilitator_elsewhere_changes_words_at_home_alone(
    app: Flask, world: World
) -> None:
    with app.app_context():
        grants = [RoleGrant(municipality_id=world.swedish, role="administrator"),
                  RoleGrant(municipality_id=world.norwegian, role="facilitator")]
        user = session.get_one(User, world.moderator)
        user.grants = grants
        session.commit()
    both = Browser(app, user_id=world.moderator)
    assert add(both).status == 303
    assert both.get("/sv/programmes/words/elvdal").status == 200
    assert both.post("/sv/programmes/words/elvdal/new", concept()).status == 403


@pytest.mark.parametrize("path", ["", "/new", "/more", "/1", "/import", "/try"])
def test_words_of_another_municipality_are_not_found(
    app: Flask, world: World, administrator: Browser, stranger: Browser, path: str
) -> None:
    add(administrator)
    assert stranger.get(WORDS + path).status == 404
    assert administrator.get("/sv/programmes/words/nowhere" + path).status == 404


@pytest.mark.parametrize("path", ["new", "more", "1", "1/removal", "undo", "import", "imports", "try",
                                  "download"])
def test_strangers_do_nothing_with_words(
    app: Flask, world: World, browser: Browser, administrator: Browser, stranger: Browser, path: str
) -> None:
    add(administrator)
    assert browser.post(f"{WORDS}/{path}").status == 401
    assert stranger.post(f"{WORDS}/{path}", {"text": "hej", "format": "csv"}).status == 404


@pytest.mark.parametrize("number", ["0", "99999", "2147483648", "99999999999999999999", "x", "-1"])
def test_an_entry_that_is_not_there_is_not_found(
    world: World, administrator: Browser, number: str
) -> None:
    assert administrator.get(f"{WORDS}/{number}").status == 404
    assert administrator.post(f"{WORDS}/{number}/removal").status == 404


def test_an_entry_of_one_municipality_is_not_found_under_another(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator)
    entry, version = number_of(app, world.swedish, "nordbadet")
    elsewhere = f"/sv/programmes/words/elvdal/{entry}"
    assert administrator.get(elsewhere).status == 404
    assert administrator.post(f"{elsewhere}/removal", {"version": version}).status == 404


def test_the_way_in_leads_to_the_first_of_the_readers_municipalities(
    world: World, administrator: Browser, stranger: Browser
) -> None:
    assert administrator.get("/sv/programmes/words").location == "/sv/programmes/words/elvdal"
    assert stranger.get("/sv/programmes/words").location == "/sv/programmes/words/langtborta"
    assert "Elvdal" not in stranger.get("/sv/programmes/words", follow=True).text


# ---- adding


def test_before_there_are_words_the_page_says_what_they_are_good_for(
    world: World, administrator: Browser
) -> None:
    assert "Places, programmes and local nicknames" in administrator.get(WORDS).text


def test_a_place_can_be_added(app: Flask, world: World, administrator: Browser) -> None:
    page = add(administrator, name_en="North Bath", stems="Nordbad\n=norra, ^badh",
               area="sport", goals=["3", "11"])
    assert page.status == 303
    [entry] = stored(app, world.swedish)
    assert entry == Entry("nordbadet", ("nordbad", "^badh", "=norra"), False,
                          {"sv": "Nordbadet", "en": "North Bath"}, "sport", (3, 11))
    listed = administrator.get(page.location)
    assert "Saved" in listed.text
    assert "Nordbadet" in listed.text
    assert "by Anne" in listed.text
    assert audited(app) == [("words.add", "granby", world.administrator)]


def test_a_name_that_is_there_already_gets_an_id_of_its_own(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, name_sv="Torget", stems="storatorg")
    add(administrator, name_sv="Torget", stems="lillatorg")
    assert [entry.key for entry in stored(app, world.swedish)] == ["torget", "torget-2"]


def test_a_name_like_a_built_in_concept_is_a_concept_of_its_own(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, name_sv="Dogs", stems="hundkoppel")
    [entry] = stored(app, world.swedish)
    assert (entry.key, entry.extends) == ("dogs-2", False)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name_sv": ""}, "Write a name in at least one language."),
    ({"name_nn": "x" * 81}, "A name has at most 80 characters."),
    ({"stems": ""}, "Write at least one word."),
    ({"stems": "norra badet"}, "“norra badet” is several words"),
    ({"stems": "väg73"}, "“väg73” has more than letters in it"),
    ({"stems": "a=b"}, "“a=b” has more than letters in it"),
    ({"stems": "bad"}, "Write =bad for that word alone, ^bad for words that begin with it, or more letters"),
    ({"stems": "=b"}, "“b” is so short"),
    ({"stems": "=och"}, "“=och” hits a word that stands in almost every text"),
    ({"stems": "x" * 41}, "Write at most 40 letters"),
    ({"stems": "\n".join("nord" + c + d for c in "abcdefghijk" for d in "abcdefghij")}, "at most 100 words"),
    ({"area": "moon"}, "Choose one option"),
    ({"goals": ["18"]}, "Choose one option"),
    ({"goals": ["1", "2", "3", "4"]}, "Choose at most 3 goals."),
])
def test_what_cannot_be_used_is_told_with_what_to_do_and_shown_again(
    app: Flask, world: World, administrator: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = add(administrator, **changes)
    assert page.status == 422
    assert sentence in page.text
    assert page.title.startswith("Error:")
    assert stored(app, world.swedish) == []
    if "name_sv" not in changes:
        assert 'value="Nordbadet"' in page.html


def test_more_words_can_be_given_to_a_built_in_concept(
    app: Flask, world: World, administrator: Browser
) -> None:
    form = {"concept": "dogs", "stems": "jycke"}
    page = administrator.post(f"{WORDS}/more", form)
    assert page.status == 303
    assert stored(app, world.swedish) == [Entry("dogs", ("jycke",), extends=True)]
    assert "More words for a built-in concept" in administrator.get(WORDS).text
    again = administrator.post(f"{WORDS}/more", {**form, "stems": "vovve"})
    assert again.status == 422
    assert "Choose one option" in again.text


@pytest.mark.parametrize("chosen", ["", "nothing-of-the-kind", "granby:nordbadet"])
def test_more_words_need_a_concept_that_is_built_in(
    app: Flask, world: World, administrator: Browser, chosen: str
) -> None:
    add(administrator)
    page = administrator.post(f"{WORDS}/more", {"concept": chosen, "stems": "jycke"})
    assert page.status == 422
    assert "Choose one option" in page.text
    assert len(stored(app, world.swedish)) == 1


def test_there_is_a_most_of_everything(app: Flask, world: World, administrator: Browser) -> None:
    with app.app_context():
        for number in range(MOST_ENTRIES):
            _row(world.swedish, f"place-{number}")
        session.commit()
    page = add(administrator)
    assert page.status == 422
    assert f"There can be at most {MOST_ENTRIES} concepts" in page.text


# ---- told before saving


def test_a_word_that_another_concept_has_is_told_before_saving(
    app: Flask, world: World, administrator: Browser
) -> None:
    page = add(administrator, stems="badhus")
    assert page.status == 422
    assert "Nothing is saved yet: is this what you mean?" in page.text
    assert "“badhus” is also a word of" in page.text
    assert stored(app, world.swedish) == []
    saved = add(administrator, stems="badhus", told=page.hidden("told"))
    assert saved.status == 303
    assert len(stored(app, world.swedish)) == 1


def test_a_word_that_lies_in_many_words_of_the_ideas_is_told_with_examples(
    app: Flask, world: World, administrator: Browser
) -> None:
    said(app, world, "Elvmoen elvmobrua elvmokrysset elvmohallen", "Elvmovegen elvmodalen elvmoskogen",
         "Elvmotoppen elvmostien elvmolia")
    page = add(administrator, stems="elvmo")
    assert page.status == 422
    assert "“elvmo” lies in many words of the published ideas: elvmobrua , elvmodalen" in page.text
    assert "10 words in 3 ideas" in page.text


def test_words_that_a_longer_one_takes_over_are_told(
    app: Flask, world: World, administrator: Browser
) -> None:
    said(app, world, "Vi vil ha badhusbryggan tilbake.")
    page = add(administrator, stems="badhusbrygg")
    assert page.status == 422
    assert "the longer of two words counts: badhusbryggan" in page.text


def test_other_words_than_those_warned_of_are_looked_at_anew(
    app: Flask, world: World, administrator: Browser
) -> None:
    told = add(administrator, stems="badhus").hidden("told")
    page = add(administrator, stems="badhus\nbibliotek", told=told)
    assert page.status == 422
    assert "“bibliotek” is also a word of" in page.text


def test_only_new_words_are_warned_of(app: Flask, world: World, administrator: Browser) -> None:
    add(administrator, stems="badhus", told="badhus")
    entry, version = number_of(app, world.swedish, "nordbadet")
    form = concept(stems="badhus\nnordbad", version=version)
    assert administrator.post(f"{WORDS}/{entry}", form).status == 303


def test_the_words_of_ideas_nobody_can_read_are_not_shown(
    app: Flask, world: World, administrator: Browser
) -> None:
    said(app, world, "Kvarnfors er fint.")
    an_idea(app, world, body="Hemmeligskogen")
    page = administrator.get(WORDS)
    assert "kvarnfors 1" in page.text
    assert "hemmeligskogen" not in page.text


# ---- changing, removing, taking back


def test_an_entry_can_be_changed_and_keeps_its_id(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, goals=["3"])
    entry, version = number_of(app, world.swedish, "nordbadet")
    page = administrator.get(f"{WORDS}/{entry}")
    assert 'value="Nordbadet"' in page.html
    assert page.hidden("version") == str(version)
    form = concept(name_sv="Nya Nordbadet", stems="nordbad\nnorran", version=version)
    assert administrator.post(f"{WORDS}/{entry}", form).status == 303
    [changed] = stored(app, world.swedish)
    assert (changed.key, changed.names, changed.goals) == ("nordbadet", {"sv": "Nya Nordbadet"}, ())
    assert changed.stems == ("nordbad", "norran")


def test_the_words_of_a_built_in_concept_can_be_changed(
    app: Flask, world: World, administrator: Browser
) -> None:
    administrator.post(f"{WORDS}/more", {"concept": "dogs", "stems": "jycke"})
    entry, version = number_of(app, world.swedish, "dogs")
    assert "The concept is built in." in administrator.get(f"{WORDS}/{entry}").text
    administrator.post(f"{WORDS}/{entry}", {"stems": "jycke, vovve", "version": version})
    assert stored(app, world.swedish) == [Entry("dogs", ("jycke", "vovve"), extends=True)]


@pytest.mark.parametrize("seen", ["0", "2", "", "x", "-1", "99999999999999999999"])
def test_what_somebody_else_has_changed_is_not_overwritten(
    app: Flask, world: World, administrator: Browser, seen: str
) -> None:
    add(administrator)
    entry, _version = number_of(app, world.swedish, "nordbadet")
    page = administrator.post(f"{WORDS}/{entry}", concept(stems="sydbad", version=seen))
    assert page.status == 409
    assert administrator.post(f"{WORDS}/{entry}/removal", {"version": seen}).status == 409
    assert stored(app, world.swedish)[0].stems == ("nordbad",)


def test_a_removed_entry_is_gone_and_comes_back(app: Flask, world: World, administrator: Browser) -> None:
    add(administrator, goals=["3"], name_nn="Nordbadet")
    before = stored(app, world.swedish)
    entry, version = number_of(app, world.swedish, "nordbadet")
    page = administrator.post(f"{WORDS}/{entry}/removal", {"version": version}, follow=True)
    assert "Removed" in page.text
    assert stored(app, world.swedish) == []
    back = administrator.post(f"{WORDS}/undo", {"change": page.hidden("change")}, follow=True)
    assert "The latest change has been taken back." in back.text
    assert stored(app, world.swedish) == before
    assert [row[0] for row in audited(app)] == ["words.add", "words.remove", "words.undo"]


def test_adding_and_changing_can_be_taken_back(app: Flask, world: World, administrator: Browser) -> None:
    added = administrator.get(add(administrator).location).hidden("change")
    entry, version = number_of(app, world.swedish, "nordbadet")
    changed = administrator.post(f"{WORDS}/{entry}", concept(stems="sydbad", version=version), follow=True)
    undo = {"change": changed.hidden("change")}
    assert administrator.post(f"{WORDS}/undo", {"change": added}).status == 409
    assert administrator.post(f"{WORDS}/undo", undo).status == 303
    assert stored(app, world.swedish)[0].stems == ("nordbad",)
    assert administrator.post(f"{WORDS}/undo", undo).status == 409
    assert administrator.post(f"{WORDS}/undo", {"change": added}).status == 303
    assert stored(app, world.swedish) == []


def test_nobody_takes_back_what_somebody_else_did(app: Flask, world: World, administrator: Browser) -> None:
    with app.app_context():
        session.get_one(User, world.moderator).grants = [
            RoleGrant(municipality_id=world.swedish, role="administrator")]
        session.commit()
    done = administrator.get(add(administrator).location).hidden("change")
    colleague = Browser(app, user_id=world.moderator)
    assert "Undo" not in colleague.get(f"{WORDS}?done={done}").text
    assert colleague.post(f"{WORDS}/undo", {"change": done}).status == 409
    assert len(stored(app, world.swedish)) == 1


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "99999999999999999999", "²"])
def test_a_change_that_never_was_is_not_taken_back(world: World, administrator: Browser, number: str) -> None:
    assert administrator.post(f"{WORDS}/undo", {"change": number}).status == 409
    assert administrator.get(WORDS, query_string={"done": number}).status == 200


def test_saving_what_is_there_already_changes_nothing(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator)
    entry, version = number_of(app, world.swedish, "nordbadet")
    page = administrator.post(f"{WORDS}/{entry}", concept(version=version), follow=True)
    assert "Saved" in page.text
    assert "Undo" not in page.text
    assert number_of(app, world.swedish, "nordbadet") == (entry, version)


# ---- the list


def test_the_list_tells_what_each_concept_hits(app: Flask, world: World, administrator: Browser) -> None:
    said(app, world, "Nordbadet er kaldt.", "Meir lys ved Nordbadet.", "Vegen til nordbadsparken.")
    add(administrator)
    administrator.post(f"{WORDS}/more", {"concept": "dogs", "stems": "jycke"})
    page = administrator.get(WORDS)
    assert "nordbadet 2 nordbadsparken 1" in page.text
    assert "Nothing yet" in page.text


def test_the_list_can_be_searched_however_a_word_is_spelt(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator, name_sv="Grønmyra", stems="grønmyr")
    add(administrator)
    page = administrator.get(f"{WORDS}?q=GRÖN")
    assert "Grønmyra" in page.text
    assert "1 concept" in page.text
    assert "Nothing matches." in administrator.get(f"{WORDS}?q=%25").text
    assert administrator.get(f"{WORDS}?q=%00").status == 400


def test_a_long_list_comes_in_pages(app: Flask, world: World, administrator: Browser) -> None:
    with app.app_context():
        for number in range(PAGE_SIZE + 1):
            _row(world.swedish, f"place-{number:02}")
        session.commit()
    assert "Page 1 of 2" in administrator.get(WORDS).text
    assert "Place-30" in administrator.get(f"{WORDS}?page=2").text
    for number in ("3", "0", "x", "99999999"):
        assert administrator.get(f"{WORDS}?page={number}").status == 404


def test_the_list_costs_the_same_however_long_it_is(
    app: Flask, world: World, administrator: Browser
) -> None:
    add(administrator)
    with counted(app) as few:
        administrator.get(WORDS)
    with app.app_context():
        for number in range(15):
            _row(world.swedish, f"place-{number:02}")
        session.commit()
    with counted(app) as many:
        administrator.get(WORDS)
    assert len(many) == len(few)


def test_a_word_that_says_nothing_yet_leads_to_a_concept(
    app: Flask, world: World, administrator: Browser
) -> None:
    said(app, world, "Kvarnfors treng lys.", "Eg bur i Kvarnfors.")
    page = administrator.get(WORDS)
    assert "kvarnfors 2" in page.text
    assert "word=kvarnfors" in page.html
    assert "kvarnfors</textarea>" in administrator.get(f"{WORDS}/new?word=kvarnfors").html


def test_words_for_a_concept_that_the_lexicon_lost_count_for_nothing_and_say_so(
    app: Flask, world: World, administrator: Browser
) -> None:
    with app.app_context():
        _row(world.swedish, "lost-concept", extends=True)
        session.commit()
    assert "This built-in concept is no longer there" in administrator.get(WORDS).text
    entry, version = number_of(app, world.swedish, "lost-concept")
    assert administrator.get(f"{WORDS}/{entry}").status == 200
    with app.app_context():
        assert queries.lexicon_additions(world.programme) == []
    assert administrator.post(f"{WORDS}/{entry}/removal", {"version": version}).status == 303


# ---- trying


def test_a_sentence_can_be_tried_and_leaves_nothing(
    app: Flask, world: World, administrator: Browser, facilitator: Browser
) -> None:
    add(administrator)
    before = audited(app)
    for reader in (administrator, facilitator):
        page = reader.post(f"{WORDS}/try", {"text": "Nordbadet behöver en hundrastgård i Kvarnfors."})
        assert page.status == 200
        assert "Nordbadet own nordbadet ( nordbad )" in page.text.replace("(nordbad)", "( nordbad )")
        assert "hundrastgård" in page.text
        assert "kvarnfors" in page.text
    assert audited(app) == before


def test_a_sentence_that_speaks_of_nothing_says_so(world: World, administrator: Browser) -> None:
    assert "It speaks of no concept." in administrator.post(f"{WORDS}/try", {"text": "Och det"}).text


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Write something to try the words on"), ("   ", "Write something"), ("å" * 5001, "5000 characters"),
])
def test_an_empty_or_endless_trial_is_told(
    world: World, administrator: Browser, text: str, sentence: str
) -> None:
    page = administrator.post(f"{WORDS}/try", {"text": text})
    assert page.status == 422
    assert sentence in page.text


# ---- what the finding of themes gets


def test_a_programme_gets_the_words_of_all_its_municipalities(
    app: Flask, world: World, administrator: Browser, stranger: Browser
) -> None:
    add(administrator, name_sv="Torget", stems="storatorg")
    norwegian = concept(name_nb="Torget", name_sv="", stems="torvet")
    administrator.post("/sv/programmes/words/elvdal/new", norwegian)
    for town in ("granby", "elvdal"):
        administrator.post(f"/sv/programmes/words/{town}/more", {"concept": "dogs", "stems": "jycke"})
    stranger.post("/sv/programmes/words/langtborta/new", concept(name_sv="Annat", stems="annanstans"))
    with app.app_context():
        found = [(one.id, one.stems) for one in queries.lexicon_additions(world.programme)]
    assert found == [("dogs", ("jycke",)), ("elvdal:torget", ("torvet",)), ("dogs", ("jycke",)),
                     ("granby:torget", ("storatorg",))]


def test_every_page_can_be_read_in_every_language(app: Flask, world: World, administrator: Browser) -> None:
    add(administrator)
    entry, _version = number_of(app, world.swedish, "nordbadet")
    for language in ("sv", "nb", "nn", "en"):
        for path in ("", "/new", "/more", f"/{entry}", "/import", "/try"):
            assert administrator.get(f"/{language}/programmes/words/granby{path}").status == 200


def _row(municipality_id: int, key: str, *, extends: bool = False) -> None:
    session.add(OwnConcept(
        municipality_id=municipality_id, key=key, extends=extends, stems=["obygdsmark"], area="own", goals=[],
        names={} if extends else {"sv": key.title()}, changed_at=clock.now(),
    ))
