"""The log of edits says what the rows say: what people did can be replayed at any time."""

import random
import uuid

import pytest

from citizen.base import clock, ids
from citizen.base.db import session
from citizen.base.errors import Refused
from citizen.contributions.models import Contribution, TextVersion
from citizen.themes import actions, queries
from citizen.themes.models import Placement, Theme, ThemeEdit
from tests.world import World

STEPS = 25


def some_ideas(world: World, count: int) -> None:
    now = clock.now()
    for number in range(count):
        key = f"log:{uuid.uuid4()}"
        contribution = Contribution(
            ref=ids.new_ref("I"), kind="idea", programme_id=world.programme, language="nb",
            municipality_id=world.norwegian, source="import", client_key=key, receipt_digest=key,
            visibility="published", handling="received", submitted_at=now, published_at=now,
            public_version=1, search_text="",
        )
        contribution.texts.append(
            TextVersion(number=1, title=f"Idé {number}", body="Tekst", made_by="author", created_at=now)
        )
        session.add(contribution)
    session.flush()


def found_themes(world: World, count: int) -> None:
    """Themes as a run finds them: every third idea unsorted, the others shared out."""
    themes = [
        Theme(ref=ids.new_ref("T"), programme_id=world.programme, created_at=clock.now(), terms=[],
              suggested_names={"nb": f"Tema {number}"}, representatives=[], dissenters=[], goals=[])
        for number in range(count)
    ]
    session.add_all(themes)
    session.flush()
    for number, contribution in enumerate(session.query(Contribution).order_by(Contribution.id)):
        session.add(Placement(
            contribution_id=contribution.id, programme_id=world.programme, confidence=0.5, reasons=[],
            near=[], theme_id=None if number % 3 == 0 else themes[number % count].id,
        ))
    session.flush()


def check(world: World) -> None:
    """Pins, names, mergers, own and closed themes are the same in the log and in the rows."""
    standing = queries.made_by_people(world.programme)
    themes = session.query(Theme).filter_by(programme_id=world.programme).all()
    refs = {theme.id: theme.ref for theme in themes}
    pinned = {
        contribution.ref: refs.get(placement.theme_id)
        for placement, contribution in session.query(Placement, Contribution)
        .join(Contribution, Contribution.id == Placement.contribution_id).filter(Placement.pinned)
    }
    assert standing.pins == pinned
    assert standing.names == {theme.ref: theme.name for theme in themes if theme.name}
    assert standing.merged == {t.ref: refs[t.merged_into_id] for t in themes if t.merged_into_id}
    assert set(standing.own) == {theme.ref for theme in themes if theme.own}
    assert standing.closed == {theme.ref for theme in themes if theme.closed_at}


class Person:
    """Somebody who does this and that to themes; what is refused changes nothing."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)

    def act(self) -> str:
        kinds = ["rename", "move", "move", "merge", "split", "own", "close", "undo", "undo"]
        kind = self.chance.choice(kinds)
        getattr(self, kind)()
        return kind

    def _themes(self, most: int) -> list[Theme]:
        found = session.query(Theme).filter_by(programme_id=self.world.programme).order_by(Theme.id).all()
        return self.chance.sample(found, min(most, len(found)))

    def _some_of(self, theme: Theme | None) -> list[str]:
        there = session.query(Contribution.ref).join(Placement).filter(
            Placement.theme_id == (theme.id if theme else None)
        )
        refs = [ref for (ref,) in there]
        return self.chance.sample(refs, min(len(refs), self.chance.randint(1, 3)))

    def rename(self) -> None:
        theme, = self._themes(1)
        actions.rename_theme(theme, self.chance.choice([None, "Lys", "Veg"]), user_id=self.world.facilitator,
                             version=queries.latest_edit_id(theme.id))

    def move(self) -> None:
        source, target = self.chance.sample([*self._themes(3), None], 2)
        actions.move_ideas(self.world.programme, source, target, self._some_of(source),
                           user_id=self.world.facilitator)

    def merge(self) -> None:
        source, target = self._themes(2)
        actions.merge_themes(source, target, user_id=self.world.facilitator,
                             version=queries.latest_edit_id(source.id))

    def split(self) -> None:
        source, = self._themes(1)
        actions.split_theme(self.world.programme, source, self._some_of(source), "Eiga",
                            user_id=self.world.facilitator)

    def own(self) -> None:
        theme, = self._themes(1)
        if theme.own:
            actions.change_examples(theme, ["Noko anna"], user_id=self.world.facilitator,
                                    version=queries.latest_edit_id(theme.id))
        else:
            actions.make_own_theme(self.world.programme, "Mitt", ["Eit døme"], user_id=self.world.facilitator)

    def close(self) -> None:
        theme, = self._themes(1)
        actions.close_theme(theme, user_id=self.world.facilitator, version=queries.latest_edit_id(theme.id))

    def undo(self) -> None:
        theme, = self._themes(1)
        actions.undo_edit(theme, queries.latest_edit_id(theme.id), user_id=self.world.facilitator)


@pytest.mark.parametrize("seed", range(12))
def test_replaying_the_log_gives_what_the_rows_say_after_every_edit(
    inside: object, world: World, seed: int
) -> None:
    some_ideas(world, 18)
    found_themes(world, 5)
    person = Person(world, seed)
    done = set()
    for _step in range(STEPS):
        try:
            with session.begin_nested():
                done.add(person.act())
        except Refused:
            continue
        check(world)
    assert len(done) > 3


def test_an_edit_of_two_themes_is_one_edit_in_the_log(inside: object, world: World) -> None:
    some_ideas(world, 6)
    found_themes(world, 2)
    one, other = session.query(Theme).order_by(Theme.id)
    moved = [member.ref for member in queries.members([one.id])]
    actions.move_ideas(world.programme, one, other, moved, user_id=world.facilitator)
    first, second = session.query(ThemeEdit).order_by(ThemeEdit.id)
    assert (first.part_of, second.part_of) == (None, first.id)
    # Taken back from either theme's page.
    actions.undo_edit(other, second.id, user_id=world.facilitator)
    check(world)
    assert queries.made_by_people(world.programme).pins == {}


def test_ideas_do_not_go_back_to_a_theme_that_was_closed_since(inside: object, world: World) -> None:
    some_ideas(world, 6)
    found_themes(world, 2)
    one, other = session.query(Theme).order_by(Theme.id)
    moved = [member.ref for member in queries.members([one.id])]
    actions.move_ideas(world.programme, one, other, moved, user_id=world.facilitator)
    actions.close_theme(one, user_id=world.facilitator, version=queries.latest_edit_id(one.id))
    with pytest.raises(Refused):
        actions.undo_edit(other, queries.latest_edit_id(other.id), user_id=world.facilitator)
    actions.undo_edit(one, queries.latest_edit_id(one.id), user_id=world.facilitator)
    actions.undo_edit(other, queries.latest_edit_id(other.id), user_id=world.facilitator)
    check(world)
