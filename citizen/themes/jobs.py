"""Finding themes and placing what arrives, as a worker does it.

Imports the text analysis: never imported by web pages. The steps of a finding stand by themselves:
read, learn, place, explain, store.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citizen.analysis.explain import Explanation, explain
from citizen.analysis.landmarks import Survey
from citizen.analysis.learning import Learnt, Settings, WordLists, learn
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.matching import revise
from citizen.analysis.model import Outdated, ThemeModel, from_bytes
from citizen.analysis.results import UNSORTED, Clustering, Seed, Text, TooFewTexts
from citizen.analysis.results import Item as Placed
from citizen.analysis.thesaurus import load_thesaurus
from citizen.base.db import session
from citizen.base.jobs import JobFailed, RunningJob
from citizen.programmes import queries as programme_queries
from citizen.themes import actions, queries
from citizen.themes.actions import Findings, Group, Item
from citizen.themes.queries import ReadableText

# Stretches of the job's progress: what learning fills, then placing; the rest is explaining and storing.
_FIRST, _LEARNT, _PLACED, _EXPLAINED = 0.02, 0.80, 0.90, 0.95


@dataclass(frozen=True)
class Asked:
    """What a finding of themes starts from: settings, what people did, and every text."""

    settings: Settings
    lists: WordLists
    read: Sequence[ReadableText]

    @property
    def texts(self) -> list[Text]:
        """The texts as the analysis takes them."""
        return as_texts(self.read)


def find_themes(job: RunningJob) -> None:
    """Group a programme's published texts and leave what was found as a proposal.

    The first themes of a programme take the place of nothing and are used at once, as are those of
    somebody who asked for it.

    Raises
    ------
    JobFailed
        "too_few_texts" where there is too little to speak of themes.
    """
    programme_id = int(job.arguments["programme_id"])
    job.progress(0.0, "reading")
    asked = read(programme_id, job.arguments)
    # The analysis takes its time; nobody else shall wait for us meanwhile.
    session.rollback()
    learnt = _learn(job, asked)
    items = place(job, learnt.model, asked.texts)
    job.progress(_PLACED, "explaining")
    told = list(tell(learnt, asked.read, items))
    job.progress(_EXPLAINED, "saving")
    store(job, programme_id, learnt, items, told, asked.lists.lexicon)


def read(programme_id: int, arguments: Mapping[str, object]) -> Asked:
    """Read the texts, and what people have made of the themes: where everything is, and own themes."""
    standing = queries.standing(programme_id)
    clusters = arguments.get("clusters")
    texts = queries.readable_texts(programme_id)
    return Asked(
        settings=Settings(
            clusters=min(int(str(clusters)), len(texts)) if clusters else None,
            seed=int(str(arguments["seed"])),
            anchors={str(contribution): ref for contribution, ref in standing.placed.items()},
            seeds=[
                Seed(ref, example) for ref, examples in sorted(standing.edits.own.items())
                for example in examples
            ],
        ),
        lists=word_lists(programme_id),
        read=texts,
    )


def word_lists(programme_id: int) -> WordLists:
    """What the analysis knows of words, with what the programme's municipalities have added."""
    return WordLists(load_lexicon(programme_queries.lexicon_additions(programme_id)), load_thesaurus())


def as_texts(read: Iterable[ReadableText]) -> list[Text]:
    """The analysis calls contributions by text."""
    return [Text(str(text.id), text.whole, text.language) for text in read]


def _learn(job: RunningJob, asked: Asked) -> Learnt:
    def progress(fraction: float, stage: str) -> None:
        job.progress(_FIRST + (_LEARNT - _FIRST) * fraction, stage)

    survey = Survey(asked.settings.seed)
    for text in asked.texts:
        survey.add(text)
    try:
        return learn(survey, asked.settings, asked.lists, progress)
    except TooFewTexts as few:
        raise JobFailed("too_few_texts") from few


def place(job: RunningJob, model: ThemeModel, texts: Sequence[Text]) -> list[Placed]:
    """Say of every text which theme it belongs to, in their order; of unsorted ones which is nearest."""
    job.progress(_LEARNT, "placing")

    def tick(done: int) -> None:
        job.progress(_LEARNT + (_PLACED - _LEARNT) * done / len(texts), "placing")

    items = list(model.place(texts, tick))
    left = [text for text, item in zip(texts, items, strict=True) if item.cluster == UNSORTED]
    # The same model without the border beyond which a text belongs nowhere.
    everywhere = replace(model, borders=model.borders._replace(far=0.0), places={})
    near = {item.id: item.cluster for item in everywhere.place(left)}
    return [replace(item, second=near[item.id]) if item.id in near else item for item in items]


def tell(
    learnt: Learnt, read: Sequence[ReadableText], items: Sequence[Placed]
) -> Iterator[Item]:
    """Put together what there is to say of every text, in their order."""
    first = {int(text): int(group[0]) for group in learnt.duplicates for text in group}
    reasons = explain(learnt, as_texts(read), items)
    for text, item, explanation in zip(read, items, reasons, strict=True):
        yield Item(
            contribution_id=text.id, text_version=text.version, cluster=item.cluster, second=item.second,
            confidence=item.confidence, reasons=_reasons(explanation),
            near=[int(other) for other in explanation.near], alike=first.get(text.id),
        )


def _reasons(explanation: Explanation) -> list[list[object]]:
    return [[reason.kind, reason.name, reason.share] for reason in explanation.reasons]


def store(
    job: RunningJob, programme_id: int, learnt: Learnt, items: Iterable[Placed], told: Sequence[Item],
    lexicon: Lexicon,
) -> None:
    """Leave a proposal, or use it at once; people's edits are taken as they stand at this moment."""
    queries.hold(programme_id)
    is_first = queries.latest_run(programme_id) is None
    found = findings(learnt, learnt.result(items), queries.standing(programme_id), concepts(lexicon, told))
    run = actions.propose(programme_id, job.id, job.created_by, found, told)
    if is_first or job.arguments.get("accept"):
        actions.accept(run, user_id=job.created_by)


def findings(
    learnt: Learnt, clustering: Clustering, standing: queries.Standing, names: dict[str, dict[str, str]]
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
        tree=clustering.tree, concepts=names, model=learnt.model.to_bytes(),
    )


def concepts(lexicon: Lexicon, told: Iterable[Item]) -> dict[str, dict[str, str]]:
    """Names in every language of the concepts that reasons speak of."""
    spoken = {name for item in told for kind, name, _share in item.reasons if kind == "concept"}
    return {one.id: dict(one.names) for one in lexicon.concepts if one.id in spoken}


def place_arrivals(job: RunningJob) -> None:
    """Place published texts that nothing has placed as they read now, by what the accepted run learnt.

    Where the word lists have changed since, they stay unsorted until themes are found again.
    """
    programme_id = int(job.arguments["programme_id"])
    job.progress(0.0, "reading")
    kept, lists = queries.model(programme_id), word_lists(programme_id)
    if kept is None:
        return
    texts, run_id, raw = queries.waiting_texts(programme_id), kept.run_id, kept.raw
    session.rollback()
    try:
        model = from_bytes(raw, *lists)
    except Outdated:
        kept = queries.model(programme_id)
        if kept is not None and kept.run_id == run_id:
            kept.outdated = True
        return
    items = place(job, model, as_texts(texts))
    told = list(tell(_only(model), texts, items))
    job.progress(_EXPLAINED, "saving")
    queries.hold(programme_id)
    kept = queries.model(programme_id)
    # Other themes may be in use by now; accepting them has asked for another placing.
    if kept is not None and kept.run_id == run_id:
        actions.place_arrivals(kept, programme_id, told, concepts(lists.lexicon, told))


def _only(model: ThemeModel) -> Learnt:
    """What is left of a learning when its model alone was kept."""
    return Learnt(model=model, clusters=(), near={}, tree=(), duplicates=(), seeded={}, settings={},
                  versions={}, input_hash="")
