from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.bulk import made

ROOT = Path(__file__).parents[2]
SHARDS = 4


def command(*arguments):
    return [sys.executable, "-m", "claimcheck", "bulk", *map(str, arguments)]


def bulk(*arguments):
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    for number in range(SHARDS):
        made.jsonl(folder / f"{number}.jsonl", 40)
    return folder


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory):
    output = tmp_path_factory.mktemp("out") / "o"
    done = bulk(source, output)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("4 of 4 shards, 160 documents: 160 judged, 0 in another language, 0 in quarantine; ")
    return output


def test_datasets_reads_the_output(undisturbed, tmp_path):
    import datasets

    datasets.disable_progress_bars()
    rows = datasets.load_dataset(str(undisturbed), split="train", cache_dir=str(tmp_path))
    assert len(rows) == 160
    first = rows[0]
    assert first["id"] == "0-0"
    claim = first["claims"][0]
    assert (claim["verdict"], claim["grade"], claim["subject"]) == ("unsupported", "C", "garlic")
    assert first["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_the_file_says_what_judged(undisturbed):
    tool = json.loads(pq.read_schema(undisturbed / "data" / "00000.parquet").metadata[b"claimcheck"])
    assert tool["pipeline"] == "en_claims_sm"
    assert {"version", "evidence", "rules", "lexicon", "corpus"} <= set(tool)


def test_the_same_command_again_does_nothing(source, undisturbed):
    before = {path: path.stat().st_mtime_ns for path in (undisturbed / "data").iterdir()}
    done = bulk(source, undisturbed)
    assert done.stdout.startswith("4 of 4 shards, 160 documents")
    assert before == {path: path.stat().st_mtime_ns for path in (undisturbed / "data").iterdir()}


def started(source, output):
    return subprocess.Popen(
        command(source, output), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for(condition, process):
    until = time.monotonic() + 120
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        if process.poll() is not None:
            pytest.fail(f"the run ended first: {process.stderr.read()}")
        time.sleep(0.02)
    return pytest.fail("nothing happened in two minutes")


def begun(output):
    """Whether a worker has begun a shard."""
    return list((output / "_run" / "logs").glob("task_*"))


@pytest.mark.slow
@pytest.mark.parametrize("later", [0.1, 1.0])
def test_a_run_that_is_killed_is_finished_by_the_next(source, undisturbed, tmp_path, later):
    output = tmp_path / "o"
    process = started(source, output)
    wait_for(lambda: begun(output), process)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    done = bulk(source, output)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("4 of 4 shards, 160 documents")
    assert made.outcome(output) == made.outcome(undisturbed)


def workers(parent):
    """The processes that a run has started to judge in."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_child = f"\nPPid:\t{parent}\n" in (entry / "status").read_text()
            if is_child and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_a_worker_that_is_killed_costs_nothing(source, undisturbed, tmp_path):
    output = tmp_path / "o"
    process = started(source, output)
    wait_for(lambda: begun(output), process)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    said, errors = process.communicate(timeout=200)
    assert process.returncode == 0, errors
    assert said.startswith("4 of 4 shards, 160 documents")
    assert made.outcome(output) == made.outcome(undisturbed)


def test_what_was_begun_otherwise_is_not_gone_on_with(source, undisturbed, tmp_path):
    made.jsonl(tmp_path / "more.jsonl", 1)
    done = bulk(tmp_path, undisturbed)
    assert done.returncode == 2
    assert "was begun with other files. Give another folder" in done.stderr
    done = bulk(source, undisturbed, "--max-seconds", "9")
    assert "was begun with other max_seconds." in done.stderr


def test_a_bad_document_costs_itself(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    made.broken_json(folder / "a.jsonl.gz")
    made.warc(folder / "b.warc.gz")
    pq.write_table(pa.table({"id": ["p"], "text": [made.PAGES[1]], "n": [1]}), folder / "c.parquet")
    (folder / "d.warc").write_bytes(made.warc(folder / "whole.warc").read_bytes()[:-40] + b"\nnonsense\n")
    (folder / "e.jsonl").write_text(json.dumps({"id": "long", "text": "Garlic cures cancer. " * 500}), encoding="utf-8")
    (folder / "whole.warc").unlink()
    done = bulk(folder, tmp_path / "o", "--max-characters", "9000", "--workers", "1")
    assert done.returncode == 0, done.stderr
    files = sorted((tmp_path / "o" / "quarantine").iterdir())
    bad = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    problems = {Path(item["id"]).name: item["problem"] for item in bad}
    assert problems["a.jsonl.gz:1"].startswith("is no JSON")
    assert problems["a.jsonl.gz:2"] == "is no object."
    assert problems["no-text"].startswith("has no text in 'text'")
    assert problems["empty"] == "holds no text."
    assert problems["long"].startswith("is too long (10,")
    rows = [row for file in sorted((tmp_path / "o" / "data").iterdir()) for row in pq.read_table(file).to_pylist()]
    assert [row["id"] for row in rows][:4] == ["ok", "http://a.test/", "http://a.test/t", "p"]
    counts = f"{len(rows) + len(bad)} documents: {len(rows)} judged, 0 in another language, {len(bad)} in quarantine"
    assert counts in done.stdout


def test_a_shard_that_cannot_be_read_is_not_done(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    made.jsonl(folder / "a.jsonl", 1)
    (folder / "b.parquet").write_bytes(b"no parquet at all")
    done = bulk(folder, tmp_path / "o", "--workers", "1")
    assert done.returncode == 3
    assert done.stdout.startswith("1 of 2 shards, 1 documents")
    assert "_run/logs says what went wrong" in done.stderr
    assert sorted(path.name for path in (tmp_path / "o" / "data").iterdir()) == ["00000.parquet"]


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_nothing_to_read(tmp_path, name):
    (tmp_path / "empty").mkdir()
    done = bulk(tmp_path / name, tmp_path / "o")
    assert done.returncode == 2
    assert "no file to read" in done.stderr


def test_object_storage(source, undisturbed, nlp):
    import fsspec

    from claimcheck.bulk.judge import Judge, loaded
    from claimcheck.bulk.pages import Pages
    from claimcheck.bulk.run import make_plan

    memory = fsspec.filesystem("memory")
    for file in source.iterdir():
        memory.pipe_file(f"/in/{file.name}", file.read_bytes())
    plan = make_plan(
        "memory://in", "en_claims_sm", text_field="text", id_field="id", max_seconds=60, max_characters=1_000_000
    )
    loaded.cache_clear()
    list(Judge(plan, "memory://out").run(Pages(plan).run(rank=1), rank=1))
    assert memory.cat_file("/out/data/00001.parquet") == (undisturbed / "data" / "00001.parquet").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed: pip install 'health-claimcheck[ray]'")
def test_a_ray_cluster(source, undisturbed, tmp_path):
    done = bulk(source, tmp_path / "o", "--executor", "ray")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("4 of 4 shards, 160 documents")
    assert made.outcome(tmp_path / "o") == made.outcome(undisturbed)


@pytest.mark.slow
def test_slurm(source, undisturbed, tmp_path, monkeypatch):
    """A stand-in for sbatch runs the tasks of the array one after another, as the cluster would."""
    tools = tmp_path / "bin"
    tools.mkdir()
    sbatch = (
        "#!/bin/bash\nfor last; do :; done\n"
        'grep -q merge_stats "$last" || for task in 0 1 2 3; do\n'
        f'SLURM_ARRAY_TASK_ID=$task SLURM_NODELIST=here bash "$last" >>{tmp_path}/said 2>&1; done\n'
        "echo Submitted batch job 7\n"
    )
    srun = '#!/bin/bash\nwhile [[ $1 == -* || $1 =~ ^[0-9]+$ ]]; do shift; done\nexec "$@"\n'
    for name, text in (("sbatch", sbatch), ("srun", srun), ("scontrol", "#!/bin/bash\necho here\n")):
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}")
    done = bulk(source, tmp_path / "o", "--executor", "slurm", "--partition", "p")
    assert done.returncode == 0, done.stderr
    assert made.outcome(tmp_path / "o") == made.outcome(undisturbed), (tmp_path / "said").read_text(encoding="utf-8")


def test_no_slurm_here(source, tmp_path):
    if shutil.which("sbatch"):
        pytest.skip("this is a cluster")
    done = bulk(source, tmp_path / "o", "--executor", "slurm")
    assert done.returncode == 2
    assert "not found here. Run it on a login node" in done.stderr
