"""Speed as ratios, each measured side by side in one run: ``python -m tests.bench.bench``.

Absolute times say more about the machine than about claimcheck, and are not reported. Each figure is the median
of several turns in which both sides run one after the other.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from claimcheck.corpus import load_pages
from claimcheck.phrases import units

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


def matching(texts, copies=10):
    """Seconds of rule matching with so many times the rules over those with the rules there are.

    The copies ask for other words of the packs than the rules they come from, each for one about as common.
    """
    from claimcheck import load
    from claimcheck.pipeline.reading import reading

    nlp = load()
    matcher = nlp.get_pipe("rule_matcher")
    table, names = matcher.table, nlp.pipe_names
    docs = list(texts)

    def run():
        spent = 0.0
        for text in docs:
            doc = nlp.make_doc(text)
            for name in names[: names.index("rule_matcher")]:
                doc = nlp.get_pipe(name)(doc)
            assert reading(doc)
            start = time.perf_counter()
            matcher(doc)
            spent += time.perf_counter() - start
        return spent

    few, many = table, multiplied(table, copies, docs)

    def turn(chosen):
        matcher.load(chosen)
        return run()

    return len(few["rules"]), len(many["rules"]), ratio(lambda: turn(many), lambda: turn(few), 3)


def multiplied(table, copies, texts):
    """A table with so many times the rules; in each copy every word is another of the packs' words, about as common."""
    counts = Counter(unit for text in texts for word in text.split() for unit in units(word))
    own = {
        unit
        for pattern in patterns_of(table)
        for kind, value, _ in pattern
        if kind == "words"
        for c in value
        for unit in c
    }
    words = sorted(own, key=lambda unit: (-counts[unit], unit))

    def other(pattern, shift):
        turned = {word: words[(number + shift) % len(words)] for number, word in enumerate(words)}
        return [
            [kind, [[turned[unit] for unit in c] for c in value], optional]
            if kind == "words"
            else [kind, value, optional]
            for kind, value, optional in pattern
        ]

    rules, patterns = list(table["rules"]), dict(table["patterns"])
    for copy in range(1, copies):
        for rule in table["rules"]:
            key = f"{rule['id']}C{copy}"
            rules.append({**rule, "id": key, "name": key, "seeds": False})
            patterns[key] = {
                role: [other(pattern, copy) for pattern in found]
                for role, found in table["patterns"][rule["id"]].items()
            }
    return {**table, "rules": rules, "patterns": patterns}


def patterns_of(table):
    return [pattern for compiled in table["patterns"].values() for found in compiled.values() for pattern in found]


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
    few, many, cost = matching(texts[:60])
    print(f"rule matching, {many} : {few} rules             {cost:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.txt").write_text(text, encoding="utf-8")
        print(f"peak memory of a scan of all pages, MB        {peak_megabytes(claimcheck('scan', folder)):.0f}")


if __name__ == "__main__":
    main()
