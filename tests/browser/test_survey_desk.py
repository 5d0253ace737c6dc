"""A survey from nothing to its end: made in Nynorsk, answered in Swedish, moderated, read, closed."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looks import follow, sideways, small_targets, violations

TITLE = "Uteområdet ved skulen"
WISH = "En grill och tak mot regn."
SWEDISH = {
    TITLE: "Utemiljön vid skolan", "Er du ofte her?": "Är du ofta här?", "Ja": "Ja", "Nei": "Nej",
    "Kva gjer du her?": "Vad gör du här?", "Leikar": "Leker", "Trenar": "Tränar",
    "Kva manglar?": "Vad saknas?",
}


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True).last)


def clean(page: Page) -> None:
    page.wait_for_load_state()
    assert violations(page) + sideways(page) + small_targets(page) == [], page.url


def make(page: Page) -> str:
    """A survey that says who answers what; gives its address."""
    page.goto("/nn/surveys/desk")
    follow(page.get_by_role("link", name="Lag ei spørjeundersøking"))
    page.get_by_label("Overskrift").fill(TITLE)
    page.get_by_label("svensk", exact=True).check()
    page.get_by_label("Med namn").check()
    press(page, "Lag undersøkinga")
    return page.url.removesuffix("/edit")


def ask(page: Page, survey: str, words: str, kind: str, *options: str) -> None:
    """One more question, on a page of its own."""
    page.goto(f"{survey}/edit")
    page.get_by_label("Spørsmål", exact=True).fill(words)
    page.get_by_label("Type").select_option(label=kind)
    page.get_by_label("Alternativ, eitt på kvar linje").fill("\n".join(options))
    page.get_by_label("Side", exact=True).select_option(label="Ei ny side")
    press(page, "Legg til spørsmålet")


def write(page: Page, survey: str) -> None:
    """Three questions; the second for those alone who are often here, the third becomes public."""
    ask(page, survey, "Er du ofte her?", "Eitt val", "Ja")
    page.goto(f"{survey}/edit")
    expect(page.get_by_text("Det er ingenting å velje mellom")).to_be_visible()
    follow(page.get_by_role("link", name="Endre Er du ofte her?"))
    page.get_by_label("Legg til alternativ").fill("Nei")
    press(page, "Lagre")
    ask(page, survey, "Kva gjer du her?", "Fleire val", "Leikar", "Trenar")
    page.get_by_label("Eit tidlegare svar").select_option(label="Ja")
    press(page, "Lagre")
    ask(page, survey, "Kva manglar?", "Kort tekst")
    page.get_by_label("Ny type").select_option(label="Lang tekst")
    press(page, "Endre typen")
    page.get_by_label("Svara blir offentlege").check()
    press(page, "Lagre")
    clean(page)


def translate(page: Page, survey: str) -> None:
    page.goto(f"{survey}/translation")
    for source, words in SWEDISH.items():
        pair = page.locator(".pair", has=page.get_by_text(source, exact=True))
        pair.locator("[lang=sv]").fill(words)
    press(page, "Lagre alt på sida")
    expect(page.get_by_text("Manglar:")).to_have_count(0)


def publish(page: Page, survey: str) -> None:
    """With a broken condition, then with a language that is not translated, then as it should be."""
    page.goto(f"{survey}/edit")
    follow(page.get_by_role("button", name="Flytt sida ned Side 1"))
    page.goto(f"{survey}/publication")
    expect(page.get_by_text("1 ting må rettast først")).to_be_visible()
    page.goto(f"{survey}/edit")
    follow(page.get_by_role("button", name="Flytt sida opp Side 2"))
    page.goto(f"{survey}/publication")
    press(page, "Publiser versjon 1")
    expect(page.locator("#problems a")).to_have_text("Vel om undersøkinga skal finnast på svensk")
    translate(page, survey)
    page.goto(f"{survey}/publication")
    press(page, "Publiser versjon 1")
    expect(page.get_by_text("Versjon 1 er publisert.")).to_be_visible()
    clean(page)


def answer(page: Page, survey: str) -> None:
    """One who is not often here: the second question is passed by."""
    page.goto(f"{survey.replace('/nn/', '/sv/')}?via=Biblioteket")
    page.locator("main form [type=radio]").first.check()
    press(page, "Starta enkäten")
    page.get_by_label("Nej").check()
    press(page, "Fortsätt")
    expect(page.get_by_text("Alla kan läsa det här svaret")).to_be_visible()
    page.get_by_label("Vad saknas?").fill(WISH)
    press(page, "Fortsätt")
    expect(page.get_by_text("Vad gör du här?")).to_have_count(0)
    press(page, "Skicka in")
    expect(page.get_by_text("Tack! Ditt svar är inskickat.")).to_be_visible()


def moderate(page: Page) -> None:
    page.goto(f"/sv/moderation/?q={WISH.split()[1]}")
    follow(page.get_by_role("link", name=WISH))
    press(page, "Publicera")


def read(page: Page, survey: str) -> None:
    """What came of it, for staff."""
    page.goto(f"{survey}/figures")
    row = page.locator("section.result").first.locator("tr", has_text="Nei")
    expect(row.locator("td")).to_contain_text("1")
    clean(page)
    follow(page.get_by_role("link", name="Les det som blei skrive"))
    expect(page.get_by_text(WISH)).to_be_visible()
    expect(page.get_by_text("Publisert", exact=True)).to_be_visible()


def close(page: Page, survey: str) -> None:
    page.goto(f"{survey}/closing")
    page.locator("#sure").check()
    press(page, "Avslutt undersøkinga for godt")
    expect(page.get_by_text("Undersøkinga er avslutta.")).to_be_visible()


def test_a_survey_is_made_answered_read_and_closed(phone: OpenPage) -> None:
    facilitator = phone("nn", role="facilitator", width=1280)
    survey = make(facilitator)
    write(facilitator, survey)
    publish(facilitator, survey)
    resident = phone("sv")
    answer(resident, survey)
    moderate(phone("sv", role="moderator", width=1280))
    read(facilitator, survey)
    close(facilitator, survey)
    late = phone("sv")
    late.goto(survey.replace("/nn/", "/sv/"))
    expect(late.get_by_text("Den går inte längre att svara på.")).to_be_visible()
    resident.reload()
    expect(resident.get_by_text(WISH)).to_be_visible()
    expect(resident.get_by_role("button", name="Rätta ditt svar")).to_have_count(0)
