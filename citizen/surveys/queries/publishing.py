"""What would be published now, held against what has been."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from citizen.accounts.models import User
from citizen.base.db import session
from citizen.surveys.models import Survey, SurveyVersion
from citizen.surveys.queries.surveys import Published, draft_of, draft_texts, latest, text_rows
from citizen.surveys.rules.branching import Problem, in_order, piping_problems, problems
from citizen.surveys.rules.differences import Change, changes, must_be_confirmed
from citizen.surveys.rules.document import Document, Texts
from citizen.surveys.rules.keeping import losses
from citizen.surveys.rules.translating import Done, completeness


@dataclass(frozen=True)
class Proposal:
    """A draft beside the newest version.

    Attributes
    ----------
    seen : changes when anything does that a reader of the page has seen.
    must : questions of another type than before: that they begin anew is confirmed by hand.
    """

    before: Published | None
    document: Document
    texts: Texts
    problems: list[Problem]
    languages: list[Done]
    must: set[str]
    seen: str

    @property
    def number(self) -> int:
        """The version it would become."""
        return self.before.number + 1 if self.before else 1

    @property
    def stops(self) -> bool:
        """Whether something must be mended first."""
        return any(problem.stops for problem in self.problems)

    @property
    def lost(self) -> bool:
        """Whether something that has been published is not in the draft any more."""
        return bool(self.before and losses(self.before.document, self.document))

    def unready(self) -> list[Done]:
        """Languages that are offered only if somebody says so."""
        return [language for language in self.languages[1:] if not language.is_whole]

    def waiting(self) -> set[str]:
        """Languages that are not ready and were left out the last time: left out unless somebody says so."""
        offered = self.before.document.languages if self.before else self.document.languages
        return {one.language for one in self.unready()} - set(offered)

    def changes(
        self, meant: Collection[str] = frozenset(), left_out: Collection[str] = frozenset()
    ) -> list[Change]:
        """What differs from the version before; nothing where there is none."""
        if self.before is None:
            return []
        offered = offered_in(self.document, left_out)
        return changes(self.before.document, self.before.texts, offered, self.texts, meant)


def offered_in(document: Document, left_out: Collection[str]) -> Document:
    """A document in its languages but those that are left out; the first never is."""
    first, *others = document.languages
    return replace(document, languages=(first, *(one for one in others if one not in left_out)))


def proposal(survey: Survey) -> Proposal:
    """What would be published if somebody said so now."""
    before, document = latest(survey.id), draft_of(survey)
    texts, rows = draft_texts(survey.id), text_rows(survey.id)
    languages = list(completeness(document, rows).values())
    found = [
        *problems(document), *piping_problems(document, texts), *_unsaid(document, languages[0]),
        *(losses(before.document, document) if before else []),
    ]
    told = json.dumps([survey.content, [[r.key, r.language, r.text, r.state, r.source] for r in rows]])
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    seen = f"{survey.version}.{before.number if before else 0}.{digest}"
    must = must_be_confirmed(before.document, document) if before else set()
    return Proposal(before, document, texts, in_order(document, found), languages, must, seen)


def _unsaid(document: Document, source: Done) -> list[Problem]:
    """Where the survey's own language says nothing and must."""
    places = dict.fromkeys(key.rpartition(".")[0] for key in source.unsaid)
    return [Problem("text_missing", place, {"language": source.language}) for place in places]


@dataclass(frozen=True)
class VersionTold:
    """A version in the list of all. ``by`` is empty where no person published it."""

    number: int
    published_at: datetime
    by: str
    languages: tuple[str, ...]


def versions_told(survey_id: int) -> Sequence[VersionTold]:
    """Every version of a survey, the newest first."""
    rows = session.execute(
        select(SurveyVersion.number, SurveyVersion.published_at, User.name, SurveyVersion.content)
        .outerjoin(User, User.id == SurveyVersion.user_id)
        .where(SurveyVersion.survey_id == survey_id)
        .order_by(SurveyVersion.number.desc())
    )
    return [VersionTold(number, at, name or "", tuple(content["languages"]))
            for number, at, name, content in rows]
