import json

import pytest

from claimcheck.review.decisions import read
from claimcheck.review.desk import decided
from claimcheck.store.review import ReviewStore, Say


@pytest.fixture
def store(run, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("Garlic cures cancer. Ginger may ease nausea.")
    path = tmp_path / "review.db"
    result = run("review", "import", copy, tmp_path / "missing.txt", "--store", path)
    assert result.exit_code == 0
    assert "2 claims to decide" in result.stderr
    assert "no such file" in result.stderr
    return path


def test_what_is_there_is_not_put_there_twice(run, store, tmp_path):
    assert "0 claims to decide" in run("review", "import", tmp_path / "copy.txt", "--store", store).stderr


def test_decisions_are_exported_whole_and_as_tasks(run, store, tmp_path):
    kept = ReviewStore(str(store))
    kept.say(Say(1, "ada", "overstated", "r1"), Say(2, "ada", "none", "r2"))
    made = decided(kept)
    kept.store.close()
    assert run("review", "export", tmp_path / "all.jsonl", "--store", store).exit_code == 0
    assert read(tmp_path / "all.jsonl")[1] == made
    assert run("review", "export", tmp_path / "tasks.jsonl", "--to", "prodigy", "--store", store).exit_code == 0
    tasks = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text().splitlines()]
    assert all(task["spans"] or task["meta"]["label"] == "none" for task in tasks)


def test_accounts_are_made_once(run, store):
    words = ("review", "add-user", "ada", "--password", "a long password", "--store", store)
    assert run(*words).exit_code == 0
    again = run(*words)
    assert again.exit_code == 2
    assert "already" in again.stderr
    short = run("review", "add-user", "bob", "--password", "short", "--store", store)
    assert short.exit_code == 2


def test_the_world_is_not_let_in_without_login(run, store):
    result = run("review", "serve", "--host", "0.0.0.0", "--no-login", "--store", store)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_sources_or_a_split_are_named(run, tmp_path):
    assert run("review", "import", "--store", tmp_path / "r.db").exit_code == 2
