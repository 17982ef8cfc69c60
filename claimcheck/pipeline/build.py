"""From ``data/`` to ``models/``: the whole pipeline, the same bytes every time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from claimcheck.classifier.encoding import View
from claimcheck.classifier.train import fit
from claimcheck.corpus import GoldClaim, GoldSentence, Page, load_pages
from claimcheck.errors import DataError
from claimcheck.evidence import EvidenceBase, Lexicon
from claimcheck.pipeline.classifier import whole_sentence
from claimcheck.pipeline.features import draft_bag, graded_bag, sentence_bag
from claimcheck.pipeline.in_use import content_hash
from claimcheck.pipeline.labelled import page_doc
from claimcheck.pipeline.reading import Draft, Reading, Sentence, reading
from claimcheck.pipeline.review import line_of_doubt
from claimcheck.pipeline.rule_matcher import known_names
from claimcheck.pipeline.terms import terms_table
from claimcheck.rules import load_rules
from claimcheck.terms import BlockKind, ClaimKind, Grade, Strength

if TYPE_CHECKING:
    from spacy.language import Language

    from claimcheck.classifier.finetune import Example

_CONFIGS = Path(__file__).parent
SMALL, MIDDLE = "en_claims_sm", "en_claims_md"
ENCODER = "claim_encoder"
_LINEAR = ("claim_detector", "claim_classifier", "claim_grader")


# Length of the text half and value of a cue, for the model that tells claims from the rest.
CLAIM_SCALES = (4.0, 0.4)


def build(
    data: Path,
    output: Path,
    lessons: Sequence[Page] = (),
    weights: Mapping[str, float] = MappingProxyType({}),
    encoder: Path | None = None,
) -> Language:
    """Build and write one pipeline.

    Args:
        data: The folder with ``lexicon/``, ``evidence/``, ``rules/`` and ``corpus/``.
        output: The pipeline's folder, replaced whole.
        lessons: Labelled pages beside the corpus; of a page only the labelled sentences count.
        weights: How much each of them counts, by its id; a page of the corpus counts 1.
        encoder: Folder of the sentence encoder that the middle pipeline asks; None builds the small one.

    Returns:
        The pipeline as it was written.

    Raises:
        DataError: a table, pack or page breaks its schema.
    """
    models = train(assemble(data), [*load_pages(data / "corpus", "train"), *lessons], weights)
    return _write(data, models, output, encoder)


def build_both(data: Path, folder: Path) -> list[Path]:
    """Build the small pipeline and, where there is an encoder for it, the middle one.

    Args:
        data: As for :func:`build`.
        folder: Where both stand; the encoder is what ``en_claims_md/claim_encoder`` in it holds.

    Returns:
        The folders that were written.

    Raises:
        DataError: a table, pack or page breaks its schema.
    """
    models = train(assemble(data), load_pages(data / "corpus", "train"))
    written = [folder / SMALL]
    _write(data, models, written[0], None)
    encoder = folder / MIDDLE / ENCODER
    if encoder.is_dir():
        written.append(folder / MIDDLE)
        _write(data, models, written[1], encoder)
    return written


def finetune_encoder(data: Path, folder: Path, say: Callable[[str], object]) -> None:
    """Train the encoder of the middle pipeline on the training pages, into ``folder/en_claims_md/claim_encoder``.

    Raises:
        UsageError: the extra ``encoder`` is not installed.
    """
    from claimcheck.classifier.finetune import finetune

    pages = load_pages(data / "corpus", "train")
    finetune([example for page in pages for example in _examples(page)], folder / MIDDLE / ENCODER, say)


def _examples(page: Page) -> Iterator[Example]:
    """Its sentences as the encoder is to see them."""
    from claimcheck.classifier.finetune import Example

    headings = {block.start for block in page.blocks if block.kind is BlockKind.HEADING}
    heading = before = ""
    for sentence in page.sentences:
        text = page.text[sentence.start : sentence.end]
        view = View(heading, before, text)
        worst = max(sentence.claims, key=lambda claim: claim.verdict.rank, default=None)
        if worst:
            yield Example(view, worst.verdict, worst.kind, worst.strength, worst.grade)
        else:
            yield Example(view, None)
        before = text
        if sentence.start in headings:
            heading = text


def _write(data: Path, models: dict[str, Any], output: Path, encoder: Path | None) -> Language:
    """Write a pipeline whose vocabulary has not seen the corpus."""
    name = MIDDLE if encoder else SMALL
    tried = _equipped(assemble(data, name), models, encoder)
    review_below = line_of_doubt(tried, load_pages(data / "corpus", "validation"))
    nlp = _equipped(assemble(data, name, review_below), models, encoder)
    nlp.meta.update(
        name=output.name.partition("_")[2] or output.name,
        description="Finds health claims and judges them by the evidence.",
        license="Apache-2.0",
        claimcheck={name: content_hash(data / name)[:12] for name in ("lexicon", "evidence", "rules", "corpus")},
    )
    fresh = output.with_name(output.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    shutil.rmtree(output, ignore_errors=True)
    fresh.rename(output)
    return nlp


def _equipped(nlp: Language, models: dict[str, Any], encoder: Path | None) -> Language:
    """With the models that each component works with."""
    for name in _LINEAR:
        component: Any = nlp.get_pipe(name)
        component.models = {key: models[key] for key in component.names}
    if encoder:
        nlp.get_pipe(ENCODER).from_disk(encoder)  # type: ignore[attr-defined]
    return nlp


def assemble(data: Path, name: str = SMALL, review_below: float = 0.0) -> Language:
    """A pipeline with every table loaded and no model trained.

    Args:
        data: As for :func:`build`.
        name: Which of the two pipelines.
        review_below: Claims that are less sure than this are marked for review.
    """
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
    config = load_config(_CONFIGS / f"{name}.cfg", overrides={"components.claim_judge.review_below": review_below})
    nlp = load_model_from_config(config, auto_fill=True)
    for component_name, table in tables.items():
        component: Any = nlp.get_pipe(component_name)
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
    upstream = nlp.pipe_names[: nlp.pipe_names.index("claim_detector")]
    with nlp.select_pipes(enable=upstream):
        for page in pages:
            yield page, reading(nlp(page_doc(nlp, page)))


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
