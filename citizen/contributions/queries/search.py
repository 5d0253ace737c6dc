"""What published texts are found by: words that somebody looks for, and texts that say much the same."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import ColumnElement, TextClause, and_, false, literal, select, text, union

from citizen.analysis import terms
from citizen.analysis.nearest import MOST_COUNTED, MOST_ENDINGS, Asked, Match, nearest
from citizen.base.db import session
from citizen.contributions.models import Contribution, SearchPosting, SearchWord, TextVersion
from citizen.contributions.rules import Visibility

_MOST_WORDS = 8
_SHORTEST_PART = 3
# Sorts after every letter.
_LAST = "\U0010ffff"

# A list of words as rows, and being one of them: all that SQLite and PostgreSQL say differently.
_LISTED = {
    "sqlite": "SELECT value AS term FROM json_each(:listed)",
    "postgresql": "SELECT json_array_elements_text(CAST(:listed AS json)) AS term",
}
_AMONG = {"sqlite": "IN ({listed})", "postgresql": "= ANY(ARRAY({listed}))"}
_COUNTS = """
SELECT asked.term, (
    SELECT count(*) FROM (
        SELECT 1 FROM search_posting
        WHERE search_posting.term = asked.term AND programme_id = :programme_id LIMIT :most
    ) AS counted
) AS number FROM ({asked}) AS asked"""
_SPELT = """
SELECT term FROM search_word
WHERE part = term AND part {among}"""
_GOING_ON = """
UNION ALL SELECT term FROM (
    SELECT term FROM search_word WHERE part >= :start_{at} AND part < :end_{at} AND part = term
    ORDER BY part LIMIT :most
) AS going_on_{at}"""
_NEWEST = """
SELECT contribution_id, CAST(:weight_{at} AS double precision) AS weight FROM (
    SELECT contribution_id FROM search_posting WHERE term = :term_{at} AND programme_id = :programme_id
    ORDER BY contribution_id DESC LIMIT :most_{at}
) AS newest_{at}"""
_HEAVIEST = """
SELECT contribution.id, contribution.search_text FROM contribution JOIN (
    SELECT contribution_id FROM ({lists}) AS weighed
    GROUP BY contribution_id ORDER BY sum(weight) DESC, contribution_id LIMIT :count
) AS best ON best.contribution_id = contribution.id WHERE contribution.visibility = :published"""


def similar(programme_id: int, typed: str, count: int) -> list[Match]:
    """The published texts of a programme most like a text, best first: ids and scores from 0 to 1."""
    return nearest(_StoredPostings(programme_id), typed, count)


class _StoredPostings:
    """The postings of one programme, as `citizen.analysis.nearest` asks for them.

    Statements are written out: to put them together piece by piece takes longer than to answer them.
    """

    def __init__(self, programme_id: int) -> None:
        self._programme_id = programme_id
        dialect = session.connection().dialect.name
        self._listed = _LISTED[dialect]
        self._among = _AMONG[dialect].format(listed=self._listed)

    def counts(self, terms: Collection[str]) -> Mapping[str, int]:
        """How many texts have each term, counted up to a bound."""
        rows = session.execute(
            _statement(_COUNTS.format(asked=self._listed)),
            {"listed": json.dumps(list(terms)), "programme_id": self._programme_id, "most": MOST_COUNTED},
        )
        return dict(rows.all())

    def kin(self, spellings: Collection[str], begun: Collection[str]) -> Collection[str]:
        """Stems spelt in one of several ways, and some that go on from what is begun."""
        going_on = "".join(_GOING_ON.format(at=at) for at in range(len(begun)))
        starts = {f"start_{at}": start for at, start in enumerate(sorted(begun))}
        ends = {f"end_{at}": start + _LAST for at, start in enumerate(sorted(begun))}
        found = session.scalars(
            _statement(_SPELT.format(among=self._among) + going_on),
            {"listed": json.dumps(list(spellings)), "most": MOST_ENDINGS, **starts, **ends},
        )
        return set(found.all())

    def heaviest(self, asked: Sequence[Asked], count: int) -> Sequence[tuple[int, str]]:
        """The texts with the largest sum of weights, the newest ones of each term."""
        lists = " UNION ALL ".join(_NEWEST.format(at=at) for at in range(len(asked)))
        values = {
            f"{name}_{at}": value for at, one in enumerate(asked) for name, value in one._asdict().items()
        }
        rows = session.execute(
            _statement(_HEAVIEST.format(lists=lists)),
            {"programme_id": self._programme_id, "count": count, "published": Visibility.PUBLISHED, **values},
        )
        return [(row[0], row[1]) for row in rows.all()]


@cache
def _statement(written: str) -> TextClause:
    """There are a few dozen, by the number of terms."""
    return text(written)


def having_words(programme_id: int, typed: str) -> list[ColumnElement[bool]]:
    """Conditions on `Contribution`: its public text has every word that was typed.

    A text has a word if the word is a part of one of its own, or has the same stem or meaning, in
    any of the languages. Words that say nothing are passed over, unless there are no others.
    """
    found = terms.content_words(typed) or terms.content_words(typed, also_filler=True)
    return [_has(programme_id, word) for word in list(found)[:_MOST_WORDS]] or [false()]


def _has(programme_id: int, word: str) -> ColumnElement[bool]:
    within = and_(SearchWord.part >= word, SearchWord.part < word + _LAST)
    inside = select(SearchWord.term).where(within if len(word) >= _SHORTEST_PART else SearchWord.part == word)
    wanted = union(inside, *(select(literal(term)) for term in terms.word_terms(word)))
    return Contribution.id.in_(
        select(SearchPosting.contribution_id)
        .where(SearchPosting.programme_id == programme_id, SearchPosting.term.in_(wanted))
    )


def stale_texts(version: str, most: int, after: int) -> list[tuple[Contribution, TextVersion]]:
    """Published texts whose terms are not of a version, with the text that is public, by id; locked."""
    rows = session.execute(
        select(Contribution, TextVersion)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Contribution.visibility == Visibility.PUBLISHED, Contribution.search_version != version,
               Contribution.id > after)
        .order_by(Contribution.id).limit(most).with_for_update(of=Contribution)
    )
    return [(row.Contribution, row.TextVersion) for row in rows]
