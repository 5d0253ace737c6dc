import json

import pytest

from citizen.analysis.jsonlines import BadInput
from citizen.analysis.labelled import Labelled, read_labelled, read_predictions


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
        return path

    return write


def test_labelled_lines_are_read_with_any_label_field(file):
    path = file({"id": 1, "lang": "nn", "text": "…", "intent": 3, "group": "g"}, {"id": "2"})
    assert read_labelled(path, "intent") == [Labelled("1", "nn", "3", "g"), Labelled("2", "und", None)]


def test_predictions_are_read_with_every_way_of_saying_none(file):
    path = file({"id": "1", "cluster": 0}, {"id": "2", "cluster": "park"}, {"id": "3", "cluster": -1},
                {"id": "4", "cluster": None}, {"id": "5"})
    assert read_predictions(path) == {"1": "0", "2": "park", "3": None, "4": None, "5": None}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{broken", "line 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        ({"label": "a", "cluster": 1}, "line 2: 'id' is missing"),
        ({"id": "1", "label": "a", "cluster": 1}, "line 2: id '1' is already in line 1"),
        ({"id": "2", "label": ["a"], "cluster": [1]}, "line 2: '(label|cluster)' is neither"),
        ({"id": "2", "label": True, "cluster": True}, "line 2: '(label|cluster)' is neither"),
    ],
)
@pytest.mark.parametrize("read", [read_labelled, read_predictions])
def test_a_bad_line_is_named(read, row, message, file):
    with pytest.raises(BadInput, match=message):
        read(file({"id": "1", "label": "a", "cluster": 0}, row))


def test_a_file_without_the_label_is_refused(file):
    with pytest.raises(BadInput, match="no line has a 'topic'"):
        read_labelled(file({"id": "1", "label": "a"}), "topic")
