"""Finding themes: survey, learn, place, gather, store."""

from collections.abc import Iterator
from dataclasses import replace

from citizen.analysis.landmarks import LANDMARKS, Survey
from citizen.analysis.learning import Learnt, learn
from citizen.analysis.matching import revise
from citizen.analysis.results import UNSORTED, Clustering, TooFewTexts
from citizen.base.jobs import JobFailed, RunningJob
from citizen.themes import actions, queries
from citizen.themes.actions import Findings, Group, Item
from citizen.themes.jobs.placing import Placings, concepts
from citizen.themes.jobs.reading import Asked, read_asked
from citizen.themes.jobs.sharing import place, survey

# Stretches of the job's progress: until where surveying goes, and placing; the rest is storing.
_SURVEYED, _PLACED = 0.02, 0.95


def find_themes(job: RunningJob) -> None:
    """Group a programme's published texts and leave what was found as a proposal.

    The first themes of a programme take the place of nothing and are used at once, as are those of
    somebody who asked for it. Texts are placed as they read when their part is taken up.

    Raises
    ------
    JobFailed
        "too_few_texts" where there is too little to speak of themes.
    """
    job.progress(0.0, "reading")
    asked = read_asked(job)
    if not asked.stretches:
        raise JobFailed("too_few_texts")
    # The analysis takes its time; nobody else shall wait for us meanwhile.
    chosen = survey(job, asked, lambda share: job.progress(_SURVEYED * share, "reading"))
    start = _learnt_at(asked.texts)
    learnt = _learn(job, asked, chosen, start)
    raw = learnt.model.to_bytes()

    def placing(share: float) -> None:
        job.progress(start + (_PLACED - start) * share, "placing")

    placings = Placings(place(job, asked, learnt.model, raw, placing))
    job.progress(_PLACED, "saving")
    _store(job, asked, learnt, raw, placings)


def _learnt_at(texts: int) -> float:
    """Share of the work after which themes have been learnt: that takes no longer from some number on."""
    return _SURVEYED + 0.78 * LANDMARKS / max(LANDMARKS, texts)


def _learn(job: RunningJob, asked: Asked, chosen: Survey, until: float) -> Learnt:
    def progress(fraction: float, stage: str) -> None:
        job.progress(_SURVEYED + (until - _SURVEYED) * fraction, stage)

    wanted = asked.settings.clusters
    settings = replace(asked.settings, clusters=min(wanted, chosen.texts) if wanted else None)
    try:
        return learn(chosen, settings, asked.lists, progress)
    except TooFewTexts as few:
        raise JobFailed("too_few_texts") from few


def _store(job: RunningJob, asked: Asked, learnt: Learnt, raw: bytes, placings: Placings) -> None:
    """Leave a proposal, or use it at once; people's edits are taken as they stand at this moment."""
    names = concepts(asked.lists.lexicon, placings)
    clustering = learnt.result(placings.items())
    queries.hold(asked.programme_id)
    is_first = queries.latest_run(asked.programme_id) is None
    found = _findings(clustering, queries.standing(asked.programme_id), names, raw)
    run = actions.propose(asked.programme_id, job.id, job.created_by, found, _items(learnt, placings))
    if is_first or job.arguments.get("accept"):
        actions.accept(run, user_id=job.created_by)


def _items(learnt: Learnt, placings: Placings) -> Iterator[Item]:
    """All there is to say of every text: by what it was placed, and what only learning could see."""
    first = {int(text): int(group[0]) for group in learnt.duplicates for text in group}
    for row in placings:
        yield Item(
            contribution_id=row.contribution_id, text_version=row.text_version, cluster=row.cluster,
            second=row.second, confidence=row.confidence, reasons=row.reasons,
            near=[int(other) for other in learnt.near.get(str(row.contribution_id), ())],
            alike=first.get(row.contribution_id),
        )


def _findings(
    clustering: Clustering, standing: queries.Standing, names: dict[str, dict[str, str]], raw: bytes
) -> Findings:
    """What a clustering found, with the themes that people have where they are found again."""
    placed = {str(contribution): ref for contribution, ref in standing.placed.items()}
    key_of = revise(clustering, placed=placed, pins={}, merged=standing.edits.took_in).key_of
    known = {*placed.values(), *standing.edits.own}
    return Findings(
        seed=clustering.seed, settings=clustering.settings, versions=clustering.versions,
        input_hash=clustering.input_hash, texts=len(clustering.items),
        unsorted=sum(item.cluster == UNSORTED for item in clustering.items),
        groups={
            cluster.number: Group(
                theme=key_of[cluster.number] if key_of[cluster.number] in known else None,
                names={language: words for language, words in cluster.labels.items() if words},
                terms=list(cluster.terms), goals=list(cluster.goals), verdict=cluster.quality.verdict,
                representatives=[int(text) for text in cluster.representatives],
                dissenters=[int(text) for text in cluster.dissenters],
            )
            for cluster in clustering.clusters
        },
        tree=clustering.tree, concepts=names, model=raw,
    )
