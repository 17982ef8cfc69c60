"""Learning curve of the reviewers' queue against a random queue, with a simulated reviewer.

    python -m tests.bench.review_curve docs/review-curve.svg

A pipeline is trained on a few pages of the training split. The reviewer, who knows the labels, decides claims that the
current pipeline finds on other pages of that split; after each step the pipeline is trained anew and scored on the
test pages.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from claimcheck.corpus import load_pages
from claimcheck.pipeline.build import assemble, train
from claimcheck.pipeline.evaluate import evaluate
from claimcheck.pipeline.sides import judged
from claimcheck.review.lessons import lessons
from claimcheck.review.queue import copies, priority, reasons
from tests.review.reviewer import decide, sheet

DATA = Path("data")
SEED, POOL = 40, 160
STEPS = (100, 200, 400, 700, 1000)


def refit(nlp, pages, weights):
    models = train(nlp, pages, weights)
    for name in ("claim_classifier", "claim_grader"):
        component = nlp.get_pipe(name)
        component.models = {key: models[key] for key in component.names}


def waiting(nlp, pool, done):
    """Claims found that were not decided, with what the queue thinks of them."""
    found = [(page, claim) for page, claims in judged(nlp, pool) for claim in claims]
    counts = copies(claim for _, claim in found)
    known = {made.claim["subject"] for made in done.values()}
    for page, claim in found:
        if (page.id, claim.start, claim.end) not in done:
            why = reasons(claim, page.id, counts[claim.fingerprint], known)
            yield priority(claim, why, counts[claim.fingerprint]), page, claim


def curve(nlp, seed, pool, test, *, queue, salt=0):
    """Macro-F1 over the four labels after each step."""
    draw = random.Random(salt)
    done = {}
    refit(nlp, seed, {})
    scores = [(0, evaluate(nlp, test)["macro4"])]
    for step in STEPS:
        rest = list(waiting(nlp, pool, done))
        draw.shuffle(rest)
        if queue:
            rest.sort(key=lambda item: -item[0])
        for _, page, claim in rest[: step - len(done)]:
            made = decide(len(done) + 1, page, claim, "ada")
            object.__setattr__(made, "drawn", False)  # here the test pages measure
            done[made.key] = made
        taught, weights = lessons([sheet(page) for page in pool], done.values(), ())
        refit(nlp, [*seed, *taught], weights)
        scores.append((len(done), evaluate(nlp, test)["macro4"]))
        print("queue" if queue else "random", salt, *scores[-1], flush=True)
    return scores


def picture(curves):
    """The curves as SVG."""
    top = max(score for scores in curves.values() for _, score in scores) + 0.01
    low = min(score for scores in curves.values() for _, score in scores) - 0.01
    most = max(count for scores in curves.values() for count, _ in scores)

    def place(count, score):
        return f"{60 + 520 * count / most:.0f},{300 - 260 * (score - low) / (top - low):.0f}"

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="sans-serif" font-size="13">',
        "<title>Macro-F1 on the test pages by number of decisions</title>",
        '<rect width="640" height="360" fill="white"/>',
        '<path d="M60 40V300H580" fill="none" stroke="#666"/>',
        '<text x="320" y="345" text-anchor="middle">decisions</text>',
        '<text x="16" y="170" transform="rotate(-90 16 170)" text-anchor="middle">macro-F1</text>',
    ]
    for count, _ in next(iter(curves.values())):
        parts.append(f'<text x="{60 + 520 * count / most:.0f}" y="318" text-anchor="middle">{count}</text>')
    heights = [(score, place(0, score).split(",")[1]) for score in (low + 0.01, (low + top) / 2, top - 0.01)]
    parts += [f'<text x="54" y="{y}" text-anchor="end">{score:.2f}</text>' for score, y in heights]
    for (name, scores), colour in zip(curves.items(), ("#0a58ca", "#c05000"), strict=True):
        line = " ".join(place(*point) for point in scores)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        x, y = place(*scores[-1]).split(",")
        parts.append(f'<text x="{int(x) + 6}" y="{y}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    pages = load_pages(DATA / "corpus", "train")
    random.Random(7).shuffle(pages)
    test = load_pages(DATA / "corpus", "test")
    nlp = assemble(DATA)
    seed, pool = pages[:SEED], pages[SEED : SEED + POOL]
    curves = {
        "queue": curve(nlp, seed, pool, test, queue=True),
        "random": curve(nlp, seed, pool, test, queue=False),
    }
    Path(sys.argv[1]).write_text(picture(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
