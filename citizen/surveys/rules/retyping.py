"""A question asked in another way: it keeps its words, and of the rest what its new kind has too."""

from dataclasses import replace

from citizen.surveys.rules.document import OPTION_KINDS, TEXT_KINDS, Document, Kind, Option, Question, Row
from citizen.surveys.rules.editing import put_question, remove_part

_WRITING = {Kind.ONE, Kind.SEVERAL}
_WITHOUT_DONT_KNOW = {Kind.SHORT, Kind.LONG, Kind.PHOTO}


def kinds_for(question: Question) -> list[Kind]:
    """What a question can become. A text without an answer becomes no question, nor the other way round."""
    if question.kind is Kind.STATEMENT:
        return []
    return [kind for kind in Kind if kind not in (question.kind, Kind.STATEMENT)]


def retyped(document: Document, question_id: str, kind: Kind) -> Document:
    """The draft with a question of another kind. Options and items that it has no use for are removed; those
    that have been published are hidden."""
    question = document.question(question_id)
    if question is None or kind not in kinds_for(question):
        return document
    gone: list[Option | Row] = [*(question.options if kind not in OPTION_KINDS else ()),
                                *(question.rows if kind is not Kind.MATRIX else ())]
    for part in gone:
        document = remove_part(document, question_id, part.id)
    return put_question(document, _as(document.question(question_id) or question, kind))


def _as(question: Question, kind: Kind) -> Question:
    least, most = (1, 5) if kind is Kind.SCALE else (None, None)
    return replace(
        question, kind=kind, least=least, most=most, decimals=0,
        random=question.random and kind in OPTION_KINDS - {Kind.MATRIX},
        dont_know=question.dont_know and kind not in _WITHOUT_DONT_KNOW,
        contributes=question.contributes and kind in TEXT_KINDS,
        options=tuple(
            replace(o, writes=o.writes and kind in _WRITING, exclusive=o.exclusive and kind is Kind.SEVERAL,
                    fixed=o.fixed and kind is not Kind.MATRIX)
            for o in question.options
        ),
    )
