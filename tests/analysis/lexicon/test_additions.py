import json

import pytest

from citizen.analysis.additions import MESSAGES, BadAdditions, Problem, read_csv, read_json
from citizen.analysis.lexicon import LOS, OWN_AREA, Addition, load_lexicon

LEXICON = load_lexicon()
PLACE = {"id": "gamla-bruket", "names": {"sv": "Gamla bruket"}, "stems": ["gamlabruket", "=bruket"]}


def from_json(*concepts):
    return read_json(json.dumps({"concepts": concepts}), LEXICON)


def from_csv(*rows):
    return read_csv("\r\n".join(rows), LEXICON)


def problems(read, *parts):
    with pytest.raises(BadAdditions) as caught:
        read(*parts)
    return [(problem.row, problem.code) for problem in caught.value.problems]


def test_a_concept_is_read_from_json():
    more = {"area": "culture", "goals": [11], "los": f"{LOS}ord/museum"}
    assert from_json(PLACE | more) == (
        Addition(
            id="gamla-bruket",
            stems=("gamlabruket", "=bruket"),
            names={"sv": "Gamla bruket"},
            area="culture",
            goals=(11,),
            los=f"{LOS}ord/museum",
        ),
    )


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_concept_is_read_from_csv_with_either_sign(sign):
    rows = [
        "id,name_sv,name_nn,area,goals,stems",
        "gamla-bruket,Gamla bruket,,culture,11,gamlabruket|=bruket",
    ]
    assert from_csv(*(row.replace(",", sign) for row in rows)) == from_json(
        PLACE | {"area": "culture", "goals": [11]}
    )


def test_a_spreadsheets_mark_quotes_and_empty_lines_do_no_harm():
    rows = ["\ufeffID,Stems,name_sv", '"gamla-bruket","gamlabruket, =bruket",Gamla bruket', "", ",,"]
    assert from_csv(*rows) == from_json(PLACE)


def test_stems_for_a_concept_that_exists_need_no_name():
    added = from_json({"id": "swimming-pools", "stems": ["vågenbadet"]})
    more = load_lexicon(added)
    assert [more.concepts[number].id for number in more.find("Vågenbadet")] == ["swimming-pools"]
    assert added[0].area == OWN_AREA


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": ""}, "id-missing"),
        ({"id": "Gamla bruket"}, "id-shape"),
        ({"names": {}}, "name-missing"),
        ({"names": {"fi": "Vanha ruukki"}}, "name-language"),
        ({"names": {"sv": "x" * 81}}, "name-long"),
        ({"stems": []}, "stem-missing"),
        ({"stems": ["bruket" + chr(97 + n) for n in range(26)] * 5}, "stems-many"),
        ({"stems": ["gamla bruket"]}, "stem-words"),
        ({"stems": ["bruk3t"]}, "stem-letters"),
        ({"stems": ["bru"]}, "stem-short"),
        ({"stems": ["=b"]}, "stem-short"),
        ({"stems": ["b" * 41]}, "stem-long"),
        ({"stems": ["^och"]}, "stem-common"),
        ({"area": "moon"}, "area-unknown"),
        ({"goals": [18]}, "goal-unknown"),
        ({"goals": ["clean water"]}, "goal-unknown"),
        ({"goals": [1, 2, 3, 4]}, "goals-many"),
        ({"los": "https://example.org"}, "los-unknown"),
        ({"stems": "bruket"}, "shape"),
        ({"names": "Bruket"}, "shape"),
        ({"id": 7}, "shape"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(change, code):
    assert problems(from_json, PLACE | {"id": "first"}, PLACE | change) == [(2, code)]


def test_every_problem_of_a_file_is_told_at_once():
    assert problems(from_csv, "id;stems", "a;x", ";bruket", "a;") == [
        (2, "name-missing"),
        (2, "stem-short"),
        (3, "id-missing"),
        (4, "id-twice"),
        (4, "stem-missing"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "column-missing"), (1, "column-missing")]),
        ("id,stems", [(0, "file-empty")]),
        ("id,stem", [(1, "column-missing"), (1, "column-unknown")]),
        ("id,stems\na,b,c", [(2, "shape")]),
        ("id,stems,area\na,b", [(2, "shape")]),
        ('id,stems\na,"b', [(2, "file-unreadable")]),
        ("id,stems\n" + "\n".join(f"a{n},bruket{n}" for n in range(501)), [(0, "rows-many")]),
    ],
)
def test_a_csv_file_that_is_none_is_refused(text, expected):
    assert problems(from_csv, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", [(0, "file-unreadable")]),
        ("[]", [(0, "shape")]),
        ('{"concepts": []}', [(0, "file-empty")]),
        ('{"concepts": ["x"]}', [(1, "shape")]),
    ],
)
def test_a_json_file_that_is_none_is_refused(text, expected):
    assert problems(read_json, text, LEXICON) == expected


def test_problems_are_sentences_that_name_the_row_and_what_to_do():
    with pytest.raises(BadAdditions, match=r"row 1: a stem is one word, not 'gamla bruket'; give the words"):
        from_json(PLACE | {"stems": ["gamla bruket"]})
    assert all(str(Problem(1, code, "x")) for code in MESSAGES)
