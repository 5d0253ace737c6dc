"""What published texts are found by: words that somebody looks for, and texts that say much the same."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    String,
    Subquery,
    and_,
    column,
    false,
    func,
    literal,
    select,
    union,
    union_all,
    values,
)

from citizen.analysis import terms
from citizen.analysis.nearest import MOST_COUNTED, MOST_ENDINGS, Asked, Match, nearest
from citizen.base.db import session
from citizen.contributions.models import Contribution, SearchPosting, SearchWord, TextVersion
from citizen.contributions.rules import Visibility

_MOST_WORDS = 8
_SHORTEST_PART = 3
# Sorts after every letter.
_LAST = "\U0010ffff"


def similar(programme_id: int, text: str, count: int) -> list[Match]:
    """The published texts of a programme most like a text, best first: ids and scores from 0 to 1."""
    return nearest(_StoredPostings(programme_id), text, count)


class _StoredPostings:
    """The postings of one programme, as `citizen.analysis.nearest` asks for them."""

    def __init__(self, programme_id: int) -> None:
        self._programme_id = programme_id

    def counts(self, terms: Collection[str]) -> Mapping[str, int]:
        """How many texts have each term, counted up to a bound."""
        asked = values(column("term", String), name="asked").data([(t,) for t in sorted(terms)]).cte("asked")
        texts = (
            select(literal(1))
            .where(SearchPosting.term == asked.c.term, SearchPosting.programme_id == self._programme_id)
            .limit(MOST_COUNTED).correlate(asked).subquery()
        )
        number = select(func.count()).select_from(texts).scalar_subquery()
        return {row.term: row.number for row in session.execute(select(asked.c.term, number.label("number")))}

    def kin(self, spellings: Collection[str], begun: Collection[str]) -> Collection[str]:
        """Stems spelt in one of several ways, and some that go on from what is begun."""
        stems = select(SearchWord.term).where(SearchWord.part == SearchWord.term)
        going_on = (
            stems.where(SearchWord.part >= start, SearchWord.part < start + _LAST)
            .order_by(SearchWord.part).limit(MOST_ENDINGS).subquery()
            for start in sorted(begun)
        )
        spelt = stems.where(SearchWord.part.in_(sorted(spellings)))
        return set(session.scalars(union_all(spelt, *(select(found.c.term) for found in going_on))))

    def heaviest(self, asked: Sequence[Asked], count: int) -> Sequence[tuple[int, str]]:
        """The texts with the largest sum of weights, the newest ones of each term."""
        lists = (self._newest(one) for one in asked)
        weighed = union_all(
            *(select(found.c.contribution_id, literal(one.weight).label("weight"))
              for found, one in zip(lists, asked, strict=True))
        ).subquery()
        total = func.sum(weighed.c.weight)
        best = (
            select(weighed.c.contribution_id, total.label("weight")).group_by(weighed.c.contribution_id)
            .order_by(total.desc(), weighed.c.contribution_id).limit(count).subquery()
        )
        rows = session.execute(
            select(Contribution.id, Contribution.search_text)
            .join(best, best.c.contribution_id == Contribution.id)
            .where(Contribution.visibility == Visibility.PUBLISHED)
        )
        return [(row.id, row.search_text) for row in rows]

    def _newest(self, one: Asked) -> Subquery:
        return (
            select(SearchPosting.contribution_id)
            .where(SearchPosting.term == one.term, SearchPosting.programme_id == self._programme_id)
            .order_by(SearchPosting.contribution_id.desc()).limit(one.most).subquery()
        )


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


def stale_texts(version: str, most: int) -> list[tuple[Contribution, TextVersion]]:
    """Published texts whose terms are not of a version, with the text that is public; locked."""
    rows = session.execute(
        select(Contribution, TextVersion)
        .join(TextVersion, and_(TextVersion.contribution_id == Contribution.id,
                                TextVersion.number == Contribution.public_version))
        .where(Contribution.visibility == Visibility.PUBLISHED, Contribution.search_version != version)
        .order_by(Contribution.id).limit(most).with_for_update(of=Contribution)
    )
    return [(row.Contribution, row.TextVersion) for row in rows]
