"""From ``data/`` to ``models/``: the whole pipeline, the same bytes every time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from claimcheck.classifier.train import fit
from claimcheck.corpus import GoldClaim, GoldSentence, Page, load_pages
from claimcheck.errors import DataError
from claimcheck.evidence import EvidenceBase, Lexicon
from claimcheck.pipeline.classifier import whole_sentence
from claimcheck.pipeline.features import draft_bag, graded_bag, sentence_bag
from claimcheck.pipeline.reading import BLOCKS, Draft, Reading, Sentence, reading
from claimcheck.pipeline.rule_matcher import known_names
from claimcheck.pipeline.terms import terms_table
from claimcheck.rules import load_rules
from claimcheck.terms import ClaimKind, Grade, Strength

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIG = Path(__file__).parent / "en_claims_sm.cfg"


# Length of the text half and value of a cue, for the model that tells claims from the rest.
CLAIM_SCALES = (4.0, 0.4)


def build(
    data: Path, output: Path, lessons: Sequence[Page] = (), weights: Mapping[str, float] = MappingProxyType({})
) -> Language:
    """Build and write a pipeline.

    Args:
        data: The folder with ``lexicon/``, ``evidence/``, ``rules/`` and ``corpus/``.
        output: The pipeline's folder, replaced whole.
        lessons: Labelled pages beside the corpus; of a page only the labelled sentences count.
        weights: How much each of them counts, by its id; a page of the corpus counts 1.

    Returns:
        The pipeline as it was written.

    Raises:
        DataError: a table, pack or page breaks its schema.
    """
    nlp = assemble(data)
    models = train(nlp, [*load_pages(data / "corpus", "train"), *lessons], weights)
    clean = assemble(data)  # whose vocabulary has not seen the corpus
    for name in ("claim_classifier", "claim_grader"):
        component: Any = clean.get_pipe(name)
        component.models = {key: models[key] for key in component.names}
    clean.meta.update(
        name=output.name.partition("_")[2] or output.name,
        description="Finds health claims and judges them by the evidence.",
        license="Apache-2.0",
        claimcheck={name: _hash(data / name) for name in ("lexicon", "evidence", "rules", "corpus")},
    )
    if output.exists():
        shutil.rmtree(output)
    clean.to_disk(output)
    return clean


def assemble(data: Path) -> Language:
    """A pipeline with every table loaded and no model trained."""
    import srsly
    from spacy.util import load_config, load_model_from_config

    lexicon = Lexicon.load(data / "lexicon")
    base = EvidenceBase.load(data / "evidence", lexicon)
    for one, other in base.contradictions():
        raise DataError(data / "evidence", 0, f"{one.id} and {other.id} disagree on the grade.")
    cues = srsly.read_yaml(data / "lexicon" / "cues.yaml")
    rules, patterns = load_rules(data / "rules", known_names(lexicon))
    serious = [effect.id for effect in lexicon.effects.values() if effect.serious]
    tables = {
        "terms": terms_table(lexicon, cues),
        "evidence_linker": base.to_dict(),
        "rule_matcher": {"rules": rules.to_dict(), "patterns": patterns, "serious": serious},
    }
    nlp = load_model_from_config(load_config(CONFIG), auto_fill=True)
    for name, table in tables.items():
        component: Any = nlp.get_pipe(name)
        # Through JSON, so that a freshly assembled pipeline equals a loaded one.
        component.load(srsly.json_loads(srsly.json_dumps(table)))
    return nlp


def train(nlp: Language, pages: list[Page], weights: Mapping[str, float] = MappingProxyType({})) -> dict[str, Any]:
    """Fit the models on labelled pages, which count as :func:`build` says."""
    read = list(readings(nlp, pages))
    places = [(page, found, n, gold) for page, found in read for n, gold in aligned(page, found)]
    # Each sentence once in its page and once alone, so that a line of a few words is judged as well as a page.
    sentences = [sentence_bag(found, number, alone=alone) for alone in (False, True) for _, found, number, _ in places]
    claimed = 2 * ["claim" if gold.claims else "none" for *_, gold in places]
    drafts: list[tuple[Draft, GoldClaim | None, str]] = []
    for page, found, number, gold in places:
        for draft, label in matched(found.sentences[number], gold, found):
            draft.bag = draft_bag(found, number, draft)
            drafts.append((draft, label, page.id))
    sure = [(draft, label, page) for draft, label, page in drafts if label]
    bags, pages_of = [draft.bag for draft, *_ in sure], [page for *_, page in sure]
    kinds, strengths, grades = zip(*((label.kind, label.strength, label.grade) for _, label, _ in sure), strict=True)
    for draft, label, _ in sure:
        draft.kind = label.kind
    linker: Any = nlp.get_pipe("evidence_linker")
    for _, found in read:
        linker.link(found)
    # The scales won over 1 to 6 and 0.25 to 0.5 in log loss, cross-validated by page on train and validation;
    # pieces of words beside the words made every model worse.
    return {
        "claim": _fit(
            sentences, claimed, 2 * [page.id for page, *_ in places], ["none", "claim"], *CLAIM_SCALES, weights
        ),
        "draft": _fit(
            [draft.bag for draft, *_ in drafts],
            ["claim" if label else "none" for _, label, _ in drafts],
            [page for *_, page in drafts],
            ["none", "claim"],
            1.0,
            0.5,
            weights,
        ),
        "kind": _fit(bags, kinds, pages_of, list(ClaimKind), 3.0, 0.5, weights),
        "strength": _fit(bags, strengths, pages_of, list(Strength), 3.0, 0.5, weights),
        "grade": _fit([graded_bag(draft) for draft, *_ in sure], grades, pages_of, list(Grade), 1.0, 0.25, weights),
    }


def _fit(
    bags: Any,
    labels: Any,
    groups: Any,
    classes: list[Any],
    text_scale: float,
    cue_scale: float,
    weights: Mapping[str, float],
) -> Any:
    names = [str(name) for name in classes]
    loud = [weights.get(group, 1.0) for group in groups] if weights else None
    return fit(bags, labels, groups, names, text_scale=text_scale, cue_scale=cue_scale, weights=loud)


def readings(nlp: Language, pages: Iterable[Page]) -> Iterator[tuple[Page, Reading]]:
    """Pages with their readings, as they stand before the classifier."""
    upstream = nlp.pipe_names[: nlp.pipe_names.index("claim_classifier")]
    with nlp.select_pipes(enable=upstream):
        for page in pages:
            yield page, reading(nlp(page_doc(nlp, page)))


def page_doc(nlp: Language, page: Page) -> Doc:
    """An unannotated Doc of a page, with its blocks."""
    doc = nlp.make_doc(page.text)
    doc.user_data[BLOCKS] = [[b.start, b.end, str(b.kind)] for b in page.blocks]
    return doc


def aligned(page: Page, found: Reading) -> Iterator[tuple[int, GoldSentence]]:
    """Each read sentence that holds a labelled one, with the claims labelled within it."""
    for number, sentence in enumerate(found.sentences):
        start, end = found.offsets[sentence.first], found.offsets[sentence.last]
        if not any(gold.start < end and start < gold.end for gold in page.sentences):
            continue
        claims = tuple(
            claim for gold in page.sentences for claim in gold.claims
            if start <= (claim.start + claim.end) / 2 < end
        )  # fmt: skip
        yield number, GoldSentence(start, end, "", unsure=False, claims=claims)


def matched(sentence: Sentence, gold: GoldSentence, found: Reading) -> Iterator[tuple[Draft, GoldClaim | None]]:
    """The drafts of a sentence that claims something, each with the labelled claim it overlaps most."""
    if not gold.claims:
        return
    drafts = sentence.drafts or whole_sentence(sentence)
    for draft in drafts:
        start = found.offsets[found.at[draft.start]]
        end = found.offsets[found.at[draft.end - 1] + 1]
        over = max(gold.claims, key=lambda claim: min(end, claim.end) - max(start, claim.start))
        meets = min(end, over.end) > max(start, over.start)
        yield draft, over if meets or len(drafts) == len(gold.claims) == 1 else None


def _hash(folder: Path) -> str:
    """A short hash over the files of a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
