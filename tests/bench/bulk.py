"""Bulk against one ``nlp.pipe`` process: ``python -m tests.bench.bulk [PAGES [EXECUTOR]]``.

The pages are those of the corpus with their paragraphs in another order. Rates are told as a ratio, taken in one run
on one machine: pages a second and worker of bulk over pages a second of one process that judges a part of the same.
"""

import itertools
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from claimcheck.corpus import load_pages

ROOT = Path(__file__).parents[2]
WORKERS = 2
SHARDS = 20
ALONE = 1000


def reordered():
    """Pages without end."""
    pages = [page for split in ("train", "validation", "test") for page in load_pages(ROOT / "data" / "corpus", split)]
    rng = random.Random(0)
    for number, page in enumerate(itertools.cycle(pages)):
        blocks = [page.text[block.start : block.end] for block in page.blocks]
        rng.shuffle(blocks)
        yield f"{page.id}-{number}", "\n".join(blocks)


def write(folder, count):
    pages = reordered()
    for shard in range(SHARDS):
        rows = [dict(zip(("id", "text"), page, strict=True)) for page in itertools.islice(pages, count // SHARDS)]
        Path(folder, f"{shard:03d}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def alone(count):
    """Pages a second of one process, reading and judging, the pipeline loaded before."""
    code = (
        "import sys, time, json, claimcheck; from claimcheck.articles import read_data\n"
        "from claimcheck.pipeline.run import documents\n"
        "nlp = claimcheck.load(); pages = json.load(sys.stdin); start = time.perf_counter()\n"
        "for _ in documents((read_data(t.encode(), n) for n, t in pages), nlp): pass\n"
        "print(len(pages) / (time.perf_counter() - start))"
    )
    pages = json.dumps(list(itertools.islice(reordered(), count)))
    done = subprocess.run([sys.executable, "-c", code], input=pages, capture_output=True, text=True, check=True)
    return float(done.stdout)


def megabytes(group):
    """Resident memory of each process of a group that judges; those that only wait are small."""
    sizes = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[2]) == group:
                line = next(x for x in (entry / "status").read_text().split("\n") if x.startswith("VmRSS"))
                sizes[int(entry.name)] = int(line.split()[1]) / 1024
        except (OSError, StopIteration, ValueError):
            continue
    return sizes


def watched(command):
    """Seconds of a command, and the memory of its largest processes as it went, by share of the time."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    samples = []

    def watch():
        while process.poll() is None:
            sizes = sorted(megabytes(process.pid).values(), reverse=True)[:WORKERS]
            if len(sizes) == WORKERS:
                samples.append(max(sizes))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[0]
    watcher.join()
    return time.perf_counter() - start, samples, said


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    executor = sys.argv[2] if len(sys.argv) > 2 else "local"
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        write(source, count)
        before = alone(min(count, ALONE))
        command = [sys.executable, "-m", "claimcheck", "bulk", source, output, "--executor", executor]
        seconds, samples, said = watched([*map(str, command), "--workers", str(WORKERS)])
        after = alone(min(count, ALONE))
        rate = count / seconds / WORKERS
        print(said.strip().splitlines()[-1])
        print(f"{executor}, {WORKERS} workers, {SHARDS} shards, {seconds:.0f} s with the start of the workers")
        print(f"pages a second and worker : one process         {rate / ((before + after) / 2):.2f}")
        for share in (0.2, 0.4, 0.6, 0.8, 0.95):
            print(f"largest worker at {share:.0%} of the time, MB    {samples[int(share * (len(samples) - 1))]:8.0f}")


if __name__ == "__main__":
    main()
