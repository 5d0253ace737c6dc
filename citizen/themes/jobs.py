"""Finding themes, as a worker does it. Imports the text analysis: never imported by web pages."""

from collections.abc import Mapping

from citizen.analysis.clustering import find_clusters
from citizen.analysis.matching import revise
from citizen.analysis.results import Cluster, Clustering, Text, TooFewTexts
from citizen.base.db import session
from citizen.base.jobs import JobFailed, RunningJob
from citizen.contributions.queries import published_texts
from citizen.themes import actions, queries, rules
from citizen.themes.actions import Description, Findings

REPRESENTATIVES = 5
# Stretch of the job's progress that the analysis fills; reading and saving have the rest.
_FIRST, _LAST = 0.02, 0.95


def find_themes(job: RunningJob) -> None:
    """Group a programme's published texts and keep what people corrected.

    Raises
    ------
    JobFailed
        "too_few_texts" where there is too little to speak of themes.
    """
    programme_id, seed = int(job.arguments["programme_id"]), int(job.arguments["seed"])
    job.progress(0.0, "reading")
    texts = [Text(str(t.id), t.whole, t.language) for t in published_texts(programme_id)]
    anchors = _as_texts(queries.standing(programme_id).placed)
    # The analysis takes its time; nobody else shall wait for us meanwhile.
    session.rollback()
    clustering = _clusters(job, texts, anchors, seed)
    job.progress(_LAST, "saving")
    standing = queries.standing(programme_id, for_change=True)
    actions.keep_findings(programme_id, job.id, job.created_by, _findings(clustering, standing))


def _clusters(job: RunningJob, texts: list[Text], anchors: Mapping[str, str], seed: int) -> Clustering:
    def progress(fraction: float, stage: str) -> None:
        job.progress(_FIRST + (_LAST - _FIRST) * fraction, stage)

    try:
        return find_clusters(texts, seed=seed, anchors=anchors, progress=progress)
    except TooFewTexts as few:
        raise JobFailed("too_few_texts") from few


def _findings(clustering: Clustering, standing: queries.Standing) -> Findings:
    """What the clustering means for the themes people have, as they stand at this moment."""
    in_themes = {i: ref for i, ref in standing.pins.items() if ref is not None}
    revision = revise(clustering, placed=_as_texts(standing.placed), pins=_as_texts(in_themes),
                      merged=standing.merged)
    theme_of = {int(i): key for i, key in revision.theme_of.items()}
    theme_of |= {i: None for i, ref in standing.pins.items() if ref is None and i in theme_of}
    confidence = {int(i): share for i, share in revision.confidence.items()}
    cluster_of = {int(item.id): item.cluster for item in clustering.items}
    numbers = rules.described_by(cluster_of, theme_of, list(standing.pins))
    by_number = {cluster.number: cluster for cluster in clustering.clusters}
    return Findings(
        seed=clustering.seed, settings=clustering.settings, versions=clustering.versions,
        input_hash=clustering.input_hash, theme_of=theme_of, confidence=confidence,
        described={
            key: _description(by_number[number], _members(theme_of, confidence, key))
            for key, number in numbers.items()
        },
    )


def _members(theme_of: Mapping[int, str | None], confidence: Mapping[int, float], key: str) -> list[int]:
    """The members of a theme, most confident first."""
    return sorted((i for i, k in theme_of.items() if k == key), key=lambda i: (-confidence[i], i))


def _description(cluster: Cluster, members: list[int]) -> Description:
    inside = set(members)
    typical = [int(i) for i in cluster.representatives if int(i) in inside]
    return Description(
        names={language: words for language, words in cluster.labels.items() if words},
        terms=list(cluster.terms),
        representatives=(typical or members)[:REPRESENTATIVES],
        goals=list(cluster.goals),
    )


def _as_texts(by_contribution: Mapping[int, str]) -> dict[str, str]:
    """The analysis calls contributions by text."""
    return {str(i): key for i, key in by_contribution.items()}
