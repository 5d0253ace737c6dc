"""Everything about one item for the registry: whole, alike in every form, traced, and nobody else's."""

import base64
import hashlib
import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from citizen.app import ROOT
from citizen.base.audit import AuditRow, head
from citizen.base.db import session
from citizen.contributions import actions as contributions
from citizen.contributions.rules import Handling
from citizen.ideas import actions as ideas
from citizen.ideas import queries as idea_queries
from citizen.ideas.rules import browser_digest
from citizen.moderation.rules import sheets
from citizen.moderation.rules.sheets import Document, Entry, Fact, Section
from tests.factories import an_idea, load
from tests.history import NAME, a_long_history
from tests.ideas.test_photos import ref_of
from tests.ideas.test_photos import send as send_photos
from tests.moderation.test_deciding import decide
from tests.pages import Browser, Page
from tests.photos import a_photo
from tests.world import World

BROWSER = "a" * 32


@pytest.fixture
def ref(app: Flask, world: World, moderator: Browser) -> str:
    """An idea with a past: returned, sent again, published, hidden, restored, reported, asked about."""
    ref = an_idea(app, world, title="Gatelys <ved> brua & kaia", body="Første utgåve.", place="Brua")
    decide(moderator, ref, "returned", reason="personal_data", words="Ta bort namnet, er du snill.")
    with app.app_context():
        contributions.resend(load(ref), title="Gatelys ved brua", body="Andre utgåve.", place="Brua")
        session.commit()
    for version, after in ((3, "published"), (4, "hidden")):
        decide(moderator, ref, after, version=version, reason="attack", words="Skjult ei stund.")
    moderator.post(f"/en/moderation/{ref}/undo", {"version": "5"})
    with app.app_context():
        contribution = load(ref)
        ideas.report(contribution.id, BROWSER, "advert", "Dette er reklame.")
        contributions.leave_contact(contribution, "kari@example.org", "nn")
        contributions.ask_deletion(contribution, "Eg vil ikkje stå der.")
        contributions.set_handling([contribution.id], Handling.PLANNED, user_id=world.facilitator,
                                   about="C-1", about_names={"nn": "Lys"}, words="Til våren.", public=True)
        session.commit()
    return ref


def take(browser: Browser, ref: str, form: str, language: str = "en") -> Page:
    return browser.post(f"/{language}/moderation/{ref}/dossier", {"format": form})


def taken(browser: Browser, ref: str) -> dict[str, Any]:
    return json.loads(take(browser, ref, "json").response.get_data())


def test_the_page_tells_the_whole_history_in_order(moderator: Browser, ref: str) -> None:
    page = take(moderator, ref, "html")
    assert page.status == 200
    told = ("Everything about", "Første utgåve.", "Andre utgåve.", "Maja asked the author for changes",
            "Contains personal data", "Ta bort namnet, er du snill.", "The author sent the idea again",
            "Maja published the idea", "Maja unpublished the idea", "Skjult ei stund.",
            "Maja took the decision back", "Planned", "Til våren.", "Advertising or spam",
            "Dette er reklame.", "Eg vil ikkje stå der.", "moderation.return")
    place = 0
    for words in told:
        place = page.text.index(words, place)
    assert "Gatelys &lt;ved&gt; brua &amp; kaia" in page.html


def test_the_file_of_values_holds_it_all(app: Flask, world: World, moderator: Browser, ref: str) -> None:
    found = taken(moderator, ref)
    assert found["item"]["reference"] == ref
    assert [(t["version"], t["written_by"], t["text"]) for t in found["texts"]] == [
        (1, "author", "Første utgåve."), (2, "author", "Andre utgåve."),
    ]
    assert [(s["before"], s["after"], s["taken_back"]) for s in found["steps"]] == [
        ("submitted", "returned", False), ("returned", "submitted", False),
        ("submitted", "published", False), ("published", "hidden", True), ("hidden", "published", False),
    ]
    first = found["steps"][0]
    assert first["by"] == {"id": world.moderator, "name": "Maja"}
    assert (first["reason"], first["words_to_author"]) == ("personal_data", "Ta bort namnet, er du snill.")
    assert found["steps"][1]["by"] is None
    assert found["steps"][4]["takes_back"] == found["steps"][3]["id"]
    assert found["handling"][0]["words_to_author"] == "Til våren."
    assert found["handling"][0]["by"]["name"] == "Fredrik"
    assert (found["reports"][0]["reason"], found["reports"][0]["closed"]) == ("advert", None)
    assert found["requests_for_deletion"][0]["words"] == "Eg vil ikkje stå der."
    assert [one["action"] for one in found["audit"]] == [
        "moderation.return", "moderation.publish", "moderation.hide", "moderation.undo",
    ]


def test_its_steps_and_its_end_of_the_chain_are_those_of_the_audit(
    app: Flask, moderator: Browser, ref: str
) -> None:
    with app.app_context():
        end = head()
    found = taken(moderator, ref)
    assert found["exported"]["audit_head"] == {"count": end.count, "digest": end.digest}
    seals = {one["details"]["step"]: one["details"]["seal"] for one in found["audit"]}
    assert seals == {s["id"]: s["digest"] for s in found["steps"] if s["by"]}
    assert [one["number"] for one in found["audit"]] == sorted(one["number"] for one in found["audit"])


@pytest.mark.parametrize("form", ["html", "pdf", "json"])
def test_nothing_in_it_tells_an_address_or_who_reported(moderator: Browser, ref: str, form: str) -> None:
    content = take(moderator, ref, form).response.get_data()
    for secret in (b"kari@example.org", BROWSER.encode(), browser_digest(BROWSER).encode()):
        assert secret not in content


def test_the_pdf_is_one_and_says_what_it_is(moderator: Browser, ref: str) -> None:
    answer = take(moderator, ref, "pdf", "nn").response
    raw = answer.get_data()
    assert answer.mimetype == "application/pdf"
    assert re.fullmatch(rf'attachment; filename="dossier-{ref}-\d{{4}}-\d\d-\d\d\.pdf"',
                        answer.headers["Content-Disposition"])
    assert raw.startswith(b"%PDF-")
    assert b"/Lang (nn)" in raw
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", ["html", "pdf", "json"])
def test_taking_it_out_leaves_a_trace_with_the_hash_of_the_file(
    app: Flask, world: World, moderator: Browser, ref: str, form: str
) -> None:
    content = take(moderator, ref, form).response.get_data()
    with app.app_context():
        row = session.query(AuditRow).filter_by(action="moderation.dossier").one()
        assert (row.subject, row.actor_id, row.details["format"]) == (ref, world.moderator, form)
        if form != "html":
            assert row.details["sha256"] == hashlib.sha256(content).hexdigest()
    assert taken(moderator, ref)["audit"][-1]["action"] == "moderation.dossier"


def test_taking_it_out_changes_nothing(app: Flask, moderator: Browser, ref: str) -> None:
    with app.app_context():
        before = load(ref).version
    take(moderator, ref, "html")
    with app.app_context():
        assert load(ref).version == before


def test_only_moderators_of_its_municipality_take_it_out(
    browser: Browser, facilitator: Browser, administrator: Browser, stranger: Browser, moderator: Browser,
    ref: str,
) -> None:
    for who, status in ((browser, 401), (facilitator, 403), (administrator, 403), (stranger, 404)):
        assert take(who, ref, "json").status == status
    assert moderator.get(f"/en/moderation/{ref}/dossier").status == 405
    assert take(moderator, ref, "docx").status == 422
    assert take(moderator, "I-NOTHERE1", "json").status == 404


@pytest.mark.parametrize("state", ["submitted", "published", "rejected", "withdrawn"])
def test_it_can_be_taken_out_in_every_state_from_the_items_page(
    app: Flask, world: World, moderator: Browser, state: str
) -> None:
    ref = an_idea(app, world, state="submitted" if state == "withdrawn" else state)
    if state == "withdrawn":
        with app.app_context():
            contributions.withdraw(load(ref))
            session.commit()
    assert f'action="/en/moderation/{ref}/dossier"' in moderator.get(f"/en/moderation/{ref}").html
    assert take(moderator, ref, "html").status == take(moderator, ref, "pdf").status == 200
    assert taken(moderator, ref)["item"]["visibility"] == state


def test_a_line_and_its_idea_tell_of_each_other(app: Flask, world: World, moderator: Browser) -> None:
    idea = an_idea(app, world, state="published")
    with app.app_context():
        public = idea_queries.public_idea(idea)
        line = ideas.add_voice(public, BROWSER, "Bra!", "nn").ref
        session.commit()
    assert taken(moderator, idea)["item"]["lines"] == [line]
    assert taken(moderator, idea)["item"]["support"] == 1
    found = taken(moderator, line)
    assert (found["item"]["kind"], found["item"]["adds_to"]) == ("voice", idea)
    assert idea in take(moderator, line, "html").text


def test_of_an_answer_nothing_but_the_day_is_told(app: Flask, world: World, moderator: Browser) -> None:
    with app.app_context():
        answer, _new = contributions.receive(
            kind="answer", programme_id=world.programme, municipality_id=world.norwegian, source="web",
            language="nn", sector=None, client_key="answer:1", title=None, body="Meir buss.",
            submitted_at=datetime(2026, 3, 9, 13, 37, 11, tzinfo=UTC),
        )
        session.commit()
        ref = answer.ref
    found = taken(moderator, ref)
    assert (found["item"]["received"], found["texts"][0]["at"]) == ("2026-03-09", "2026-03-09")
    page = take(moderator, ref, "html").text
    assert "9 March 2026" in page
    assert "37" not in page.partition("What the audit log has")[0].partition("Facts")[2]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for each in value.values() for name in keys(each)}
    if isinstance(value, list):
        return {name for each in value for name in keys(each)}
    return set()


@pytest.mark.parametrize("long", [False, True])
def test_every_key_of_the_file_is_documented(
    app: Flask, world: World, moderator: Browser, ref: str, long: bool
) -> None:
    found = taken(moderator, a_long_history(app, world)[0] if long else ref)
    for one in found["audit"]:
        one["details"] = None
    for names in (found["item"]["municipality"], found["item"]["programme"]):
        names.update(dict.fromkeys(names))
    for one in found["handling"]:
        one["about_names"] = None
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "dossier.md").read_text(encoding="utf-8")))
    assert keys(found) - documented == set()


def test_photos_are_told_by_reference_and_hash_and_shown_on_the_page(
    app: Flask, browser: Browser, world: World, moderator: Browser
) -> None:
    send_photos(browser, world, [(a_photo(), "a.jpg")], picture_alt=["Brua i dag"])
    ref = ref_of(app)
    [photo] = taken(moderator, ref)["texts"][0]["photos"]
    full = moderator.get(f"/sv/pictures/{photo['reference']}/full").response.get_data()
    assert (photo["shows"], photo["digest"]) == ("Brua i dag", hashlib.sha256(full).hexdigest())
    page = take(moderator, ref, "html")
    # Within the page: what is concealed from others has no address.
    assert 'src="data:image/jpeg;base64,/9j/' in page.html
    assert "/pictures/" not in page.html
    assert "Brua i dag" in page.text


# ---- what happened beside its steps


def test_the_file_tells_what_two_people_looked_at_and_what_was_appealed(
    app: Flask, world: World, moderator: Browser
) -> None:
    found = taken(moderator, a_long_history(app, world)[0])
    [look], [appeal], [note] = found["second_looks"], found["appeals"], found["notes"]
    assert (look["proposed"], look["reason"], look["outcome"]) == ("rejected", "hate", "refused")
    assert (look["by"]["name"], look["answered_by"]["name"]) == ("Maja", "Morten")
    assert look["note"] == f"Ikkje hat mot {NAME}."
    assert (appeal["words"], appeal["outcome"]) == (f"Eg er ven med {NAME}.", "published")
    steps = {step["id"]: step for step in found["steps"]}
    assert steps[appeal["about_step"]]["after"] == "rejected"
    assert steps[appeal["step"]]["words_to_author"] == appeal["answer"]
    assert (note["text"], note["by"]["name"]) == (f"{NAME} ringde i dag.", "Maja")


def test_the_file_tells_of_redactions_where_and_of_what_also_of_those_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref = a_long_history(app, world)[0]
    first, undone, stands = taken(moderator, ref)["texts"]
    assert first["redaction"] is first["taken_back_at"] is stands["taken_back_at"] is None
    assert undone["taken_back_at"] is not None
    start, end = stands["redaction"]["removed"]["body"][0]
    assert first["text"][start:end] == NAME
    assert stands["redaction"]["of_version"] == 1
    page = take(moderator, ref, "html").text
    assert "1 place in the text" in page
    assert "Taken back" in page


def test_the_file_tells_of_answers_merges_and_moves_with_what_was_taken_back(
    app: Flask, world: World, moderator: Browser
) -> None:
    ref, other = a_long_history(app, world)
    found = taken(moderator, ref)
    assert [(a["version"], a["text"], a["taken_back_by"] and a["taken_back_by"]["name"])
            for a in found["official_answers"]] == [
        (1, f"Takk. {NAME} har nøkkelen.", None), (2, "Vi tek over nøkkelen.", "Morten"),
    ]
    assert [(m["into"], m["took_in"], m["taken_back_at"] is None) for m in found["merges"]] == [
        (other, None, False), (None, other, True),
    ]
    [move] = found["moves"]
    assert move["from"] == {"programme": world.slug, "municipality": "elvdal"}
    assert move["to"] == {"programme": "hamna", "municipality": "elvdal"}
    assert taken(moderator, other)["merges"][1]["into"] == ref


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_page_and_the_paper_say_it_all_too(
    app: Flask, world: World, moderator: Browser, form: str
) -> None:
    ref, other = a_long_history(app, world)
    page = take(moderator, ref, form)
    said = page.text if form == "html" else printed(page.response.get_data())
    for words in (f"Ikkje hat mot {NAME}.", f"Eg er ven med {NAME}.", f"Vi har snakka med {NAME}.",
                  f"{NAME} ringde i dag.", f"Takk. {NAME} har nøkkelen.", "Vi tek over nøkkelen.",
                  f"Maja merged it with {other}", f"Maja merged {other} with it", "to Hamna i morgon",
                  "Published after all", "Morten took it back", "Hamnesjefen"):
        assert words in " ".join(said.split()), words


# ---- on paper


def printed(raw: bytes) -> str:
    """What a PDF of ours says, line after line."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL)
    pages = [zlib.decompress(base64.a85decode(one.strip(), adobe=True)) for one in streams if b"~>" in one]
    return "\n".join(
        re.sub(rb"\\(\d{3})", lambda octal: bytes([int(octal[1], 8)]), line).decode("cp1252")
        for page in pages for line in re.findall(rb"\((.*?)\) Tj", page)
    )


def test_the_pdf_says_what_the_page_says(moderator: Browser, ref: str) -> None:
    said = printed(take(moderator, ref, "pdf").response.get_data())
    for words in ("Første utgåve.", "Ta bort namnet, er du snill.", "Til våren.", "Dette er reklame.",
                  "moderation.return", "page 1 of"):
        assert words in said
    assert "Some letters" not in said


def test_the_pdf_tells_where_it_lacks_letters(app: Flask, world: World, moderator: Browser) -> None:
    ref = an_idea(app, world, body="Sykkelveg 🚲 til Kárášjohka")
    said = printed(take(moderator, ref, "pdf").response.get_data())
    assert "Some letters cannot be written in this file" in said
    assert "🚲" in taken(moderator, ref)["texts"][0]["text"]
    assert "Sykkelveg 🚲 til Kárášjohka" in take(moderator, ref, "html").text


def laid(document: Document) -> list[list[str]]:
    """The texts of each page, measured as if every letter were half as wide as high."""
    pages = sheets.pages(document, lambda n, of: f"{n}/{of}", lambda text, size, bold: len(text) * size / 2)
    return [[one.text for one in page if isinstance(one, sheets.Words)] for page in pages]


def test_nothing_is_lost_between_the_pages() -> None:
    words = [f"ord{n}" for n in range(3000)]
    document = Document("Alt", ["Tatt ut."], [
        Section("Tekst", facts=[Fact("Eit felt " * 12, "Verdi " * 90)],
                entries=[Entry("Versjon 1", "i dag", text="\n\n".join(" ".join(words[i:i + 30])
                                                                     for i in range(0, 3000, 30)))]),
        Section("Tomt", none="Ingenting."),
    ])
    pages = laid(document)
    assert len(pages) > 3
    assert [page[-1] for page in pages] == [f"{n}/{len(pages)}" for n in range(1, len(pages) + 1)]
    written = " ".join(text for page in pages for text in page[:-1]).split()
    assert [word for word in written if word.startswith("ord")] == words
    assert written.count("Verdi") == 90
    assert "Ingenting." in written


def test_a_heading_stands_on_the_page_of_what_it_is_above() -> None:
    for count in range(30, 75):
        document = Document("Alt", [], [
            Section("A", entries=[Entry("E", text="\n".join(["linje"] * count))]),
            Section("Overskrift", entries=[Entry("Hending", "i dag", text="Sagt.")]),
        ])
        page = next(page for page in laid(document) if "Overskrift" in page)
        assert {"Hending", "i dag", "Sagt."} <= set(page)
