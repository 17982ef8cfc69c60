"""From ``data/`` to ``models/``: the whole pipeline, the same bytes every time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.classifier.train import fit
from claimcheck.corpus import GoldClaim, GoldSentence, Page, load_pages
from claimcheck.errors import DataError
from claimcheck.evidence import EvidenceBase, Lexicon
from claimcheck.pipeline.classifier import settled_drafts
from claimcheck.pipeline.features import Bag, draft_bag, sentence_bag
from claimcheck.pipeline.reading import BLOCKS, Draft, Reading, Sentence, reading
from claimcheck.pipeline.rule_matcher import known_slots
from claimcheck.pipeline.terms import terms_table
from claimcheck.rules import load_rules
from claimcheck.terms import ClaimKind, Grade, Strength

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIG = Path(__file__).parent / "en_claims_sm.cfg"


def build(data: Path, output: Path) -> Language:
    """Build and write a pipeline.

    Args:
        data: The folder with ``lexicon/``, ``evidence/``, ``rules/`` and ``corpus/``.
        output: The pipeline's folder, replaced whole.

    Returns:
        The pipeline as it was written.

    Raises:
        DataError: a table, pack or page breaks its schema.
    """
    nlp = assemble(data)
    classifier: Any = nlp.get_pipe("claim_classifier")
    classifier.models = train(nlp, load_pages(data / "corpus", "train"))
    clean = assemble(data)
    clean_classifier: Any = clean.get_pipe("claim_classifier")
    clean_classifier.models = classifier.models
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
    types = frozenset(subject.type for subject in lexicon.subjects.values())
    rules, patterns = load_rules(data / "rules", known_slots(types))
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


def train(nlp: Language, pages: list[Page]) -> dict[str, Any]:
    """Fit the four models on labelled pages."""
    claim: list[tuple[Bag, str, str]] = []
    parts: dict[str, list[tuple[Bag, str, str]]] = {"kind": [], "strength": [], "grade": []}
    for page, found in readings(nlp, pages):
        for number, gold in aligned(page, found):
            label = "claim" if gold.claims else "none"
            claim.append((sentence_bag(found, number), label, page.id))
            for draft, part in matched(found.sentences[number], gold, found):
                bag = draft_bag(found, number, draft)
                parts["kind"].append((bag, part.kind, page.id))
                parts["strength"].append((bag, part.strength, page.id))
                parts["grade"].append((bag, part.grade, page.id))
    return {
        "claim": _fit(claim, ["none", "claim"], penalty=2.0),
        "kind": _fit(parts["kind"], list(ClaimKind)),
        "strength": _fit(parts["strength"], list(Strength)),
        "grade": _fit(parts["grade"], list(Grade)),
    }


def _fit(rows: list[tuple[Bag, str, str]], classes: list[Any], **options: float) -> Any:
    bags, labels, groups = zip(*rows, strict=True)
    return fit(bags, labels, groups, [str(name) for name in classes], **options)


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
    """Each read sentence with what was labelled within it."""
    for number, sentence in enumerate(found.sentences):
        start, end = found.offsets[sentence.first], found.offsets[sentence.last]
        claims = tuple(
            claim for gold in page.sentences for claim in gold.claims
            if start <= (claim.start + claim.end) / 2 < end
        )  # fmt: skip
        yield number, GoldSentence(start, end, "", unsure=False, claims=claims)


def matched(sentence: Sentence, gold: GoldSentence, found: Reading) -> Iterator[tuple[Draft, GoldClaim]]:
    """Drafts with the gold claim each overlaps most; a sentence's only claim is matched to all."""
    drafts = settled_drafts(sentence) if gold.claims else []
    for draft in drafts:
        start = found.offsets[found.at[draft.start]]
        end = found.offsets[found.at[draft.end - 1] + 1]
        over = max(gold.claims, key=lambda claim: min(end, claim.end) - max(start, claim.start))
        if len(gold.claims) == 1 or min(end, over.end) > max(start, over.start):
            yield draft, over


def _hash(folder: Path) -> str:
    """A short hash over the files of a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
