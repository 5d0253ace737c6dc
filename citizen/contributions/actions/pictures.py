"""Every write of photos. They lie with what they belong to, in the same transaction."""

import secrets
from collections.abc import Sequence

from sqlalchemy import delete, exists, update

from citizen.base import clock, ids
from citizen.base.db import rows_of, session
from citizen.base.pictures import Ready
from citizen.contributions import queries
from citizen.contributions.models import Contribution, Picture, PictureFile, ShownPicture
from citizen.contributions.rules import HELD_BY_ANSWER, PICTURES_FORGOTTEN

Described = tuple[Picture | Ready, str]
"""A photo, stored or new, and what it shows."""


def keep_pictures(holder: str, new: Sequence[Ready]) -> list[Picture]:
    """Store photos for whoever holds them, each once; without a holder's text they stay for a day.

    Those of an answer stay with it, and tell neither when nor in which order they came.
    """
    known = {picture.digest: picture for picture in queries.held_pictures(holder)} if new else {}
    kept = []
    for ready in new:
        if ready.digest not in known:
            known[ready.digest] = _store(holder, ready)
        kept.append(known[ready.digest])
    return kept


def _store(holder: str, ready: Ready) -> Picture:
    of_answer = holder.startswith(HELD_BY_ANSWER)
    now = clock.now()
    picture = Picture(
        # Below those that are counted up, and in no order.
        id=-1 - secrets.randbelow(2**31 - 1) if of_answer else None,
        ref=ids.new_ref("P"), holder=holder, digest=ready.digest,
        created_at=now.replace(hour=0, minute=0, second=0, microsecond=0) if of_answer else now,
        width=ready.full.width, height=ready.full.height,
        small_width=ready.small.width, small_height=ready.small.height,
    )
    session.add(picture)
    session.flush()
    session.add_all([
        PictureFile(picture_id=picture.id, size="full", content=ready.full.content),
        PictureFile(picture_id=picture.id, size="small", content=ready.small.content),
    ])
    session.flush()
    return picture


def show_pictures(
    contribution: Contribution, holder: str, chosen: Sequence[Described], *, version: int
) -> None:
    """Have a contribution show just these photos from a version on; what earlier ones show stays."""
    new = iter(keep_pictures(holder, [one for one, _alt in chosen if isinstance(one, Ready)]))
    wanted: dict[int, tuple[int, str]] = {}
    for one, alt in chosen:
        picture = next(new) if isinstance(one, Ready) else one
        wanted.setdefault(picture.id, (len(wanted), alt))
    for row in queries.showings(contribution.id) if version > 1 else ():
        if wanted.get(row.picture_id) == (row.position, row.alt):
            del wanted[row.picture_id]
        elif row.first_version == version:
            # It was to go on from here, after a version that was set aside.
            session.delete(row)
        else:
            row.last_version = version - 1
    session.add_all(
        ShownPicture(contribution_id=contribution.id, picture_id=picture_id, first_version=version,
                     position=position, alt=alt)
        for picture_id, (position, alt) in wanted.items()
    )
    session.flush()


def forget_unused_pictures() -> int:
    """Throw away what a form left behind a day ago; what is shown is no form's any more.

    Returns
    -------
    The number of photos thrown away.
    """
    # Those of an answer stay as long as the answer.
    of_forms = Picture.holder.not_like(f"{HELD_BY_ANSWER}%")
    old = (of_forms, Picture.created_at < clock.now() - PICTURES_FORGOTTEN)
    shown = exists().where(ShownPicture.picture_id == Picture.id)
    gone = session.execute(
        delete(Picture).where(*old, ~shown).execution_options(synchronize_session=False)
    )
    session.execute(
        update(Picture).where(*old).values(holder=None).execution_options(synchronize_session=False)
    )
    return rows_of(gone)


def drop_pictures(holders: Sequence[str], *, but: Sequence[str] = ()) -> None:
    """Throw away what somebody holds, except some photos by reference."""
    session.execute(
        delete(Picture).where(Picture.holder.in_(holders), Picture.ref.not_in(but))
        .execution_options(synchronize_session=False)
    )
