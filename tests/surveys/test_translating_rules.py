"""How far each language has come, and what a translation must keep."""

import itertools
from dataclasses import dataclass, replace

from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import Document
from citizen.surveys.rules.translating import (
    MOST_ON_A_PAGE,
    Done,
    Flaw,
    Item,
    Spot,
    completeness,
    flaw,
    items,
    pages,
    spots,
    state_of,
    with_source,
)
from tests.surveys.samples import short, travel


@dataclass
class Row:
    key: str
    language: str
    text: str
    state: str = "reviewed"
    source: str | None = None


def rows(*languages: str) -> list[Row]:
    """The short survey's texts in some languages, Swedish made from Nynorsk."""
    return [
        Row(key, code, texts[code], source=None if code == "nn" else texts["nn"])
        for key, texts in short()[1].items() for code in languages
    ]


def states(found: list[Item]) -> dict[str, TextState]:
    return {item.spot.key: item.state for item in found}


def test_every_text_that_a_respondent_reads_has_a_place_in_the_order_it_is_read() -> None:
    document, texts = travel()
    found = [spot.key for spot in spots(document)]
    assert len(found) == len(set(found))
    assert set(texts) <= set(found)
    assert (found[0], found[-1]) == ("title", "thanks")


def test_what_is_no_longer_asked_needs_no_translation() -> None:
    document = short()[0]
    page = document.pages[0]
    question = page.questions[0]
    fewer = replace(question, options=(replace(question.options[0], hidden=True), *question.options[1:]))
    changed = replace(document, pages=(replace(page, questions=(fewer,)), *document.pages[1:]))
    assert {s.key for s in spots(document)} - {s.key for s in spots(changed)} == {"q2.o3"}


def test_a_language_is_whole_when_every_text_is_reviewed_and_fresh() -> None:
    found = completeness(short()[0], rows("nn", "sv"))
    assert found == {"nn": Done("nn", 6), "sv": Done("sv", 6)}
    assert all(done.is_whole for done in found.values())


def test_what_is_missing_machine_made_and_stale_is_counted_apart() -> None:
    made = rows("nn", "sv")
    swedish = {row.key: row for row in made if row.language == "sv"}
    swedish["q2.text"].state = "machine"
    swedish["q6.text"].source = "Kor ofte?"
    found = completeness(short()[0], [row for row in made if row is not swedish["q2.o3"]])["sv"]
    assert found == Done("sv", 6, missing=("q2.o3",), unsaid=("q2.o3",), machine=1, stale=1)
    assert (found.reviewed, found.is_whole) == (3, False)


def test_a_text_is_stale_when_its_source_says_something_else_whatever_its_state_was() -> None:
    assert state_of(Row("title", "sv", "Badet", "machine", "Badet"), "Stranda") is TextState.STALE
    assert state_of(Row("title", "sv", "Badet", "reviewed", "Badet \r\n"), "Badet") is TextState.REVIEWED
    assert state_of(Row("title", "sv", "Badet", "reviewed", None), "Stranda") is TextState.REVIEWED
    assert state_of(None, "Stranda") is TextState.MISSING


def test_what_is_optional_needs_a_translation_once_the_source_has_it() -> None:
    made = [*rows("nn", "sv"), Row("q2.help", "nn", "Også om vinteren.")]
    assert states(items(short()[0], made, "sv"))["q2.help"] is TextState.MISSING
    assert completeness(short()[0], made)["sv"].missing == ("q2.help",)
    assert completeness(short()[0], made)["sv"].unsaid == ()


def test_a_translation_whose_source_is_gone_is_stale() -> None:
    made = [*rows("nn", "sv"), Row("q2.help", "sv", "Också på vintern.", source="Også om vinteren.")]
    assert states(items(short()[0], made, "sv"))["q2.help"] is TextState.STALE


def test_a_long_survey_is_looked_at_page_by_page_and_nothing_is_left_out() -> None:
    document, texts = travel()
    made = [Row(key, code, text) for key, by in texts.items() for code, text in by.items()]
    found = items(document, made, "sv")
    looked_at = pages(found)
    assert len(looked_at) > 1
    assert list(itertools.chain(*looked_at)) == found
    assert all(len(some) <= MOST_ON_A_PAGE for some in looked_at)
    pages_of = [{item.spot.page for item in some} for some in looked_at]
    assert not any(a & b for a, b in itertools.combinations(pages_of, 2))


def test_placeholders_of_the_source_are_kept_and_none_are_made_up() -> None:
    spot = next(spot for spot in spots(short()[0]) if spot.key == "q6.text")
    assert flaw(spot, "Du svara {q2}.", "Du svarade.") == (Flaw.LOST, "{q2}")
    assert flaw(spot, "Du svara.", "Du svarade {q2} och {q7}.") == (Flaw.INVENTED, "{q2}, {q7}")
    assert flaw(spot, "Du svara {q2}.", "{q2} svarade du, {q2}.") is None
    assert flaw(spot, "Ei {klamme}", "En klammer") is None


def test_a_translation_has_room_for_half_as_much_again_as_its_source() -> None:
    spot: Spot = next(spot for spot in spots(short()[0]) if spot.key == "q2.o3")
    assert flaw(spot, "Ja", "J" * 301) == (Flaw.LONG, "300")
    assert flaw(spot, "J" * 300, "J" * 450) is None


def test_what_was_fresh_stays_fresh_when_another_language_becomes_the_source() -> None:
    document: Document = replace(short()[0], languages=("nn", "sv", "nb"))
    made = [*rows("nn", "sv"), Row("title", "nb", "Badeplassen", source="Badeplassen"),
            Row("q2.text", "nb", "Bader du?", source="Symjer du?")]
    for place, source in with_source(document, made, "sv").items():
        next(row for row in made if (row.key, row.language) == place).source = source
    turned = replace(document, languages=("sv", "nn", "nb"))
    assert completeness(turned, made)["nn"].is_whole
    assert states(items(turned, made, "nb"))["title"] is TextState.REVIEWED
    assert states(items(turned, made, "nb"))["q2.text"] is TextState.STALE
