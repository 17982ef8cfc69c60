"""What the models see of a sentence and of a draft: bags of named features, as strings.

A bag has two halves. ``text`` is weighed by TF-IDF: stems, pairs of stems, and the
masked sequence in which every subject, effect and relation is replaced by its class, so that
wording carries over to substances never seen. ``cues`` are facts that hold or do not.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claimcheck.pipeline.reading import Bag, Draft, Reading, Sentence
from claimcheck.terms import BlockKind

if TYPE_CHECKING:
    from claimcheck.pipeline.reading import Term

_NEAR = 6
# From so many sentences on a text is a page, with a beginning and a purpose.
_PAGE = 5
_FIRM = ("strong", "absolute")
_QUESTION_WORDS = frozenset("what how why when where who which can doe is are do".split())


def _lead_cues(found: Reading, number: int) -> list[str]:
    """For a list item what its lead-in or heading says: "effective for:", "who should avoid it:"."""
    if found.sentences[number].block is not BlockKind.LIST_ITEM:
        return []
    place = number - 1
    while place >= 0 and found.sentences[place].block is BlockKind.LIST_ITEM:
        place -= 1
    if place < 0:
        return []
    lead = found.sentences[place]
    cues = [f"lead:block={lead.block}", f"lead:drafts={bool(lead.drafts)}"]
    cues += [f"lead:relation={term.label}" for term in lead.relations]
    cues += [f"lead:effect={term.kind}" for term in lead.effects]
    cues += [f"lead:cue={category}" for category in lead.cues]
    return list(dict.fromkeys(cues))


def sentence_bag(found: Reading, number: int, *, alone: bool = False) -> Bag:
    """The bag of a sentence in its page.

    Args:
        found: The reading.
        number: Which sentence.
        alone: Leave out what stands around it, as in a text too short to be a page.
    """
    sentence = found.sentences[number]
    text = _text(found, sentence, sentence.start, sentence.end)
    cues = _sentence_cues(found, sentence)
    if not alone and len(found.sentences) >= _PAGE:
        cues = [*cues, *_page_cues(found), *_neighbour_cues(found, number)]
    return Bag(text, cues)


def draft_bag(found: Reading, number: int, draft: Draft) -> Bag:
    """The bag of a draft: its sentence, what stands near it, and what was made of it."""
    sentence = found.sentences[number]
    low = max(sentence.start, draft.start - _NEAR)
    high = min(sentence.end, draft.end + _NEAR)
    text = _text(found, sentence, low, high)
    cues = [
        *_sentence_cues(found, sentence),
        *_lead_cues(found, number),
        f"d:kind={draft.kind}",
        f"d:reach={draft.reach}",
        f"d:effect={draft.effect}",
        f"d:target={draft.target.kind if draft.target else ''}",
        f"d:negations={min(draft.negations, 2)}{draft.denied}",
        f"d:kind={draft.kind}+reach={draft.reach}",
        *(f"d:{flag}" for flag in sorted(draft.flags)),
    ]
    for category, terms in sentence.cues.items():
        near = [term for term in terms if low <= term.start < high]
        if near:
            # "No proof that it cures" promises nothing: what is denied is not strong.
            spared = draft.negated and category in _FIRM
            cues.append(f"near:{category}{'-denied' if spared else ''}")
            if not spared and any(draft.start <= term.start < draft.end for term in near):
                cues.append(f"inside:{category}")
    return Bag(text, cues)


def graded_bag(draft: Draft) -> Bag:
    """The bag of a draft with what is on file about it."""
    answer = draft.answer
    if answer is None:
        known = ["known=none", f"known=none+{bool(draft.subject)}"]
    else:
        grade = f"{answer.grade}{'-' if draft.negated else ''}"
        known = [f"known={grade}", f"known={grade}:{answer.via}", f"known={grade}+{draft.kind}"]
        known += [f"known={grade}:{draft.subject_via}", f"known={grade}:status={_status(draft)}"]
    return Bag(draft.bag.text, [*draft.bag.cues, *known])


def _status(draft: Draft) -> str:
    return draft.answer.matches[0].entry.status if draft.answer and draft.answer.matches else ""


def _text(found: Reading, sentence: Sentence, low: int, high: int) -> list[str]:
    # Which substance it is says nothing of the wording, and would be learned by heart.
    named = {place for term in sentence.subjects for place in range(term.start, term.end)}
    units = ["S" if place in named else found.units[place] for place in range(low, high)]
    text = [f"w={unit}" for unit in units]
    text += [f"w={left}_{right}" for left, right in pairwise(units)]
    masked = ["^", *_masked(found, sentence, low, high), "$"]
    text += [f"m={a}_{b}" for a, b in pairwise(masked)]
    text += [f"m={a}_{b}_{c}" for a, b, c in zip(masked, masked[1:], masked[2:], strict=False)]
    return text


def _masked(found: Reading, sentence: Sentence, low: int, high: int) -> list[str]:
    """The units with every term replaced by its class."""
    cover: dict[int, tuple[int, str]] = {}

    def put(term: Term, name: str) -> None:
        cover[term.start] = (term.end, name)

    for term in sentence.relations:
        put(term, f"R:{term.label}")
    for term in sentence.subjects:
        put(term, "MED" if term.kind in ("medicine", "vaccine") else "S")
    for term in sentence.effects:
        put(term, f"{'P' if term.asserts else 'E'}:{term.kind}")
    found_masked = []
    place = low
    while place < high:
        end, name = cover.get(place, (place + 1, ""))
        unit = found.units[place]
        found_masked.append(name or ("N" if unit[0].isdigit() else unit))
        place = end
    return found_masked


def _sentence_cues(found: Reading, sentence: Sentence) -> list[str]:
    cues = [f"block={sentence.block}", f"length={min((sentence.end - sentence.start) // 4, 8)}"]
    cues += [f"cue:{category}" for category in sentence.cues]
    cues += [f"effect:{term.kind}{'!' if term.asserts else ''}" for term in sentence.effects]
    cues += [f"relation:{term.label}" for term in sentence.relations]
    cues += [f"subject:{term.kind}" for term in sentence.subjects]
    cues += [f"draft:{draft.kind}{'!' if draft.asserts else ''}" for draft in sentence.drafts]
    cues += [f"draft:{draft.kind}+{draft.reach}" for draft in sentence.drafts]
    cues += [f"drafts={min(sum(draft.asserts for draft in sentence.drafts), 3)}"]
    if sentence.question:
        cues.append("question")
    if sentence.denied:
        cues.append("denied")
    if sentence.hits:
        cues.append("rule")
    units = found.units[sentence.start : sentence.end]
    if units:
        cues.append(
            "first=S" if sentence.subjects and sentence.subjects[0].start == sentence.start else f"first={units[0]}"
        )
        if units[0] in _QUESTION_WORDS:
            cues.append("first=wh")
    if not sentence.subjects and not sentence.effects and not sentence.relations:
        cues.append("nothing")
    if any(unit[0].isdigit() for unit in units):
        cues.append("number")
    return list(dict.fromkeys(cues))


def _page_cues(found: Reading) -> list[str]:
    """What the page is for, and how dense its claims stand."""
    share = sum(any(draft.asserts for draft in s.drafts) for s in found.sentences) / len(found.sentences)
    cues = [f"page:claims={int(share * 8)}"]
    for name, value in (("sells", found.sells), ("informs", found.informs)):
        cues.append(f"page:{name}={int(min(value, 0.6) * 10)}")
    return cues


def _neighbour_cues(found: Reading, number: int) -> list[str]:
    """What stands before and after, as claims come in runs."""
    cues = []
    for name, place in (("prev", number - 1), ("next", number + 1)):
        if 0 <= place < len(found.sentences):
            other = found.sentences[place]
            cues.append(f"{name}:block={other.block}")
            cues.append(f"{name}:drafts={min(sum(d.asserts for d in other.drafts), 2)}")
            cues += [f"{name}:{c}" for c in ("advice", "disclaimer") if c in other.cues]
            if other.question:
                cues.append(f"{name}:?")
    cues += _lead_cues(found, number)
    cues.append(f"place={min(number, 3)}")
    return cues
