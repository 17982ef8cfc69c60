"""Speed as ratios, each measured side by side in one run: ``python -m tests.bench.bench``.

Absolute times say more about the machine than about claimcheck, and are not reported. Each figure is the median
of several turns in which both sides run one after the other.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claimcheck.corpus import load_pages

ROOT = Path(__file__).parents[2]
TURNS = 5
PIPELINES = ("en_claims_sm", "en_claims_md")


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def ratio(ours, theirs, turns=TURNS):
    """Median of ours over theirs, a warm-up turn left out."""
    pairs = [(ours(), theirs()) for _ in range(turns + 1)][1:]
    return statistics.median(one / other for one, other in pairs)


def program(code):
    return [sys.executable, "-c", code]


def claimcheck(*arguments):
    return [sys.executable, "-m", "claimcheck", *map(str, arguments)]


def throughput(texts, name):
    """Seconds of a blank tokenizer over seconds of a full scan on the same texts."""
    import spacy

    from claimcheck import load

    nlp, blank = load(name), spacy.blank("en")

    def run(pipeline):
        start = time.perf_counter()
        for _ in pipeline.pipe(texts):
            pass
        return time.perf_counter() - start

    return ratio(lambda: run(blank), lambda: run(nlp))


def peak_megabytes(command):
    """Peak memory of a command of its own; read in a child, so that nothing else counts."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def lookup_share(texts):
    """Seconds of evidence look-ups over seconds of tokenising, for the same texts."""
    import spacy

    from claimcheck import load
    from claimcheck.terms import Direction

    nlp, blank = load("en_claims_sm"), spacy.blank("en")
    asked = [
        (claim.subject, claim.effect)
        for doc in nlp.pipe(texts)
        for claim in doc._.claims
        if claim.subject and claim.effect
    ]
    base = nlp.get_pipe("evidence_linker").base

    def ask():
        base._answers.clear()
        start = time.perf_counter()
        for subject, effect in asked:
            base.ask(subject, effect, Direction.BENEFIT)
        return time.perf_counter() - start

    def tokenise():
        start = time.perf_counter()
        for text in texts:
            blank.make_doc(text)
        return time.perf_counter() - start

    return ratio(ask, tokenise)


def main():
    texts = [page.text for page in load_pages(ROOT / "data" / "corpus", "train")]
    sample = ROOT / "data" / "samples" / "amberwell.txt"
    blank, bare = program("import spacy; spacy.blank('en')"), program("import click")
    starts = {
        name: ratio(lambda: seconds(claimcheck("scan", "--pipeline", name, sample)), lambda: seconds(blank))  # noqa: B023 called at once
        for name in PIPELINES
    }
    usage = ratio(lambda: seconds(claimcheck("--help")), lambda: seconds(bare))
    print(f"{len(texts)} pages, {sum(len(text.split()) for text in texts)} words")
    for name in PIPELINES:
        print(f"words per second, {name} : spacy.blank  {throughput(texts, name):.3f}")
        print(f"cold start, {name} : spacy.blank        {starts[name]:.2f}")
    print(f"claimcheck --help : import click              {usage:.2f}")
    print(f"evidence look-ups : tokenising                {lookup_share(texts):.3f}")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.txt").write_text(text, encoding="utf-8")
        print(f"peak memory of a scan of all pages, MB        {peak_megabytes(claimcheck('scan', folder)):.0f}")


if __name__ == "__main__":
    main()
