"""What has changed since the version before, and what that does to answers already given."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from citizen.surveys.rules.document import (
    DONT_KNOW,
    NOT_SAY,
    Document,
    Kind,
    Option,
    Page,
    Question,
    Row,
    Texts,
    points,
)


class Effect(StrEnum):
    """What a change does to answers already given.

    ``SAME``: they are counted together with those to come. ``SINCE``: what is new has answers from this
    version on. ``SERIES``: those to come are counted by themselves. ``HIDDEN``: asked no longer, what was
    answered stays. ``NONE``: it has nothing to do with answers.
    """

    SAME = "same"
    SINCE = "since"
    SERIES = "series"
    HIDDEN = "hidden"
    NONE = "none"


@dataclass(frozen=True)
class Reworded:
    """One text in one language, as it was and as it is; empty where there was or is none."""

    language: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change. ``where``: a page's or question's id, or empty for the survey; ``part``: an option, a row,
    a point, or which text."""

    code: str
    effect: Effect
    where: str = ""
    part: str = ""
    texts: tuple[Reworded, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def must_be_confirmed(before: Document, after: Document) -> set[str]:
    """Questions whose type is another than it was: their answers cannot be counted together."""
    return {
        question.id for question in after.questions
        if (old := before.question(question.id)) and _type_of(old) != _type_of(question)
    }


def _type_of(question: Question) -> tuple[Kind, range | None]:
    return question.kind, points(question) if question.kind is Kind.SCALE else None


def changes(
    before: Document, before_texts: Texts, after: Document, after_texts: Texts,
    meant: Collection[str] = frozenset(),
) -> list[Change]:
    """Each change from a version to what is to be the next, in the order of the survey.

    Parameters
    ----------
    meant : questions that somebody says have another meaning now.
    """
    said = _Said(before, before_texts, after, after_texts)
    return [
        *_of_languages(before, after), *said.of("", ("title", "intro", "thanks")),
        *said.translated(), *_of_order(before, after), *_of_pages(before, after, said),
        *(change for question in after.questions
          for change in _of_one(before.question(question.id), question, said, question.id in meant)),
    ]


def _of_languages(before: Document, after: Document) -> Iterator[Change]:
    for language in after.languages:
        if language not in before.languages:
            yield Change("language_new", Effect.SAME, values={"language": language})
    for language in before.languages:
        if language not in after.languages:
            yield Change("language_gone", Effect.NONE, values={"language": language})


def _of_order(before: Document, after: Document) -> Iterator[Change]:
    """Whether questions that are in both stand otherwise."""
    common = {q.id for q in before.questions} & {q.id for q in after.questions if not q.hidden}
    was, now = ([[q.id for q in page.questions if q.id in common] for page in one.pages]
                for one in (before, after))
    if [page for page in was if page] != [page for page in now if page]:
        yield Change("order", Effect.SAME)


def _of_pages(before: Document, after: Document, said: "_Said") -> Iterator[Change]:
    for page in after.pages:
        old = before.page(page.id)
        if old is None:
            yield Change("page_new", Effect.NONE, page.id)
            continue
        if _branching(old) != _branching(page):
            yield Change("branching", Effect.SAME, page.id)
        yield from said.of(page.id, (f"{page.id}.title", f"{page.id}.text"))
    for page in before.pages:
        if after.page(page.id) is None:
            yield Change("page_gone", Effect.NONE, page.id)


def _branching(page: Page) -> tuple[object, object]:
    return page.show_if, page.jumps


# ---- one question


def _of_one(old: Question | None, new: Question, said: "_Said", has_other_meaning: bool) -> Iterator[Change]:
    """The changes of a question; those of a statement have nothing to do with answers."""
    is_statement = new.kind is Kind.STATEMENT and (old is None or old.kind is Kind.STATEMENT)
    for change in _of_question(old, new, said, has_other_meaning and not is_statement):
        if is_statement:
            code = change.code.replace("question_", "statement_")
            yield replace(change, effect=Effect.NONE, code=code)
        else:
            yield change


def _of_question(
    old: Question | None, new: Question, said: "_Said", has_other_meaning: bool
) -> Iterator[Change]:
    if old is None:
        if not new.hidden:
            yield Change("question_new", Effect.SINCE, new.id)
        return
    is_other_type = _type_of(old) != _type_of(new)
    if is_other_type:
        code = "kind" if old.kind is not new.kind else "scale_ends"
        yield Change(code, Effect.SERIES, new.id, values={"before": old.kind, "after": new.kind})
    if new.hidden:
        if not old.hidden:
            yield Change("question_hidden", Effect.HIDDEN, new.id)
        return
    if old.hidden:
        yield Change("question_again", Effect.SAME, new.id)
    if has_other_meaning and not is_other_type:
        yield Change("meaning", Effect.SERIES, new.id)
    found = [*_worded(old, new, said)]
    # Of another type everything else is new anyway.
    found += [] if is_other_type else [*_settings(old, new), *_choices(old, new)]
    for change in found:
        begins_anew = change.effect is Effect.SAME and (is_other_type or has_other_meaning)
        yield replace(change, effect=Effect.SERIES) if begins_anew else change


def _worded(old: Question, new: Question, said: "_Said") -> Iterator[Change]:
    names = ["text", "help", *(["unit"] if new.kind is Kind.NUMBER else [])]
    kept = [*_both(old.rows, new.rows), *_both(old.options, new.options)]
    if old.kind is new.kind is Kind.SCALE:
        names += [str(point) for point in points(new) if point in points(old)]
    names += [one.id for _was, one in kept if not one.hidden]
    return said.of(new.id, [f"{new.id}.{name}" for name in names])


def _settings(old: Question, new: Question) -> Iterator[Change]:
    if (old.least, old.most, old.decimals) != (new.least, new.most, new.decimals):
        yield Change("limits", Effect.SAME, new.id)
    for name, effect in (("required", Effect.SAME), ("background", Effect.SAME),
                         ("contributes", Effect.NONE)):
        if getattr(old, name) != getattr(new, name):
            yield Change(name if getattr(new, name) else f"not_{name}", effect, new.id)
    if old.show_if != new.show_if:
        yield Change("branching", Effect.SAME, new.id)


def _choices(old: Question, new: Question) -> Iterator[Change]:
    for code in (DONT_KNOW, NOT_SAY):
        name = {DONT_KNOW: "dont_know", NOT_SAY: "not_say"}[code]
        if getattr(old, name) != getattr(new, name):
            offered = getattr(new, name)
            yield Change("option_new" if offered else "option_hidden",
                         Effect.SINCE if offered else Effect.HIDDEN, new.id, code)
    yield from _parts("option", old.options, new.options, new.id)
    yield from _parts("row", old.rows, new.rows, new.id)
    for was, option in _both(old.options, new.options):
        if not option.hidden and isinstance(was, Option) and isinstance(option, Option):
            if was.writes != option.writes:
                yield Change("writes" if option.writes else "not_writes", Effect.SAME, new.id, option.id)
            if was.exclusive != option.exclusive:
                yield Change("alone" if option.exclusive else "not_alone", Effect.SAME, new.id, option.id)
    if _arranged(old, new) != _arranged(new, old):
        yield Change("option_order", Effect.SAME, new.id)


def _parts(
    name: str, old: Iterable[Option | Row], new: Iterable[Option | Row], where: str
) -> Iterator[Change]:
    was = {one.id: one for one in old}
    for one in new:
        if one.id not in was:
            if not one.hidden:
                yield Change(f"{name}_new", Effect.SINCE, where, one.id)
        elif one.hidden and not was[one.id].hidden:
            yield Change(f"{name}_hidden", Effect.HIDDEN, where, one.id)
        elif was[one.id].hidden and not one.hidden:
            yield Change(f"{name}_again", Effect.SAME, where, one.id)


def _both(
    old: Iterable[Option | Row], new: Iterable[Option | Row]
) -> list[tuple[Option | Row, Option | Row]]:
    was = {one.id: one for one in old}
    return [(was[one.id], one) for one in new if one.id in was]


def _arranged(question: Question, other: Question) -> object:
    """The order in which those are shown that both questions have."""
    common = {o.id for o in other.options if not o.hidden} | {r.id for r in other.rows if not r.hidden}
    return (
        question.random,
        [(o.id, o.fixed) for o in question.options if o.id in common and not o.hidden],
        [r.id for r in question.rows if r.id in common and not r.hidden],
    )


# ---- words


@dataclass(frozen=True)
class _Said:
    """The texts of both, in the languages that both are offered in."""

    before: Document
    before_texts: Texts
    after: Document
    after_texts: Texts

    def of(self, where: str, keys: Iterable[str]) -> Iterator[Change]:
        """The texts that say something else than before."""
        for key in keys:
            texts = tuple(text for text in self._pairs(key) if not self._is_translation(key, text))
            if texts:
                yield Change("worded", Effect.SAME, where, key.rpartition(".")[2], texts)

    def translated(self) -> Iterator[Change]:
        """How many texts have come into a language that lacked them."""
        for language in self.after.languages:
            count = sum(
                self._is_translation(key, text) for key in self.after_texts for text in self._pairs(key)
                if text.language == language
            )
            if count:
                yield Change("translated", Effect.SAME,
                             values={"language": language, "count": str(count)})

    def _pairs(self, key: str) -> Iterator[Reworded]:
        for language in self.after.languages:
            if language in self.before.languages:
                was = self.before_texts.get(key, {}).get(language, "")
                now = self.after_texts.get(key, {}).get(language, "")
                if was != now:
                    yield Reworded(language, was, now)

    def _is_translation(self, key: str, text: Reworded) -> bool:
        """Whether it was there already, but not in this language."""
        source = self.before_texts.get(key, {}).get(self.before.languages[0])
        return not text.before and bool(source)
