"""The recipes and the files they speak of do what they say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import srsly

from claimcheck.cli.scan import scan

ROOT = Path(__file__).parents[1]
RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\s*(?:- )?claimcheck scan (.+)$", RECIPES, re.MULTILINE)
YAML = [srsly.yaml_loads(block) for block in re.findall(r"```yaml\n(.*?)```", RECIPES, re.DOTALL)]
ACTION = srsly.yaml_loads((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = srsly.yaml_loads((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one_that_is_understood(command):
    with scan.make_context("scan", shlex.split(command)) as context:
        assert context.params["sources"]


def test_there_are_recipes_for_all_that_is_offered():
    assert len(COMMANDS) >= 5
    for part in ("pre-commit", "GitHub Action", "--watch", "--annotate", "-o claims.xml", "claimcheck_report_formats"):
        assert part in RECIPES


def test_the_recipe_for_a_format_names_the_group():
    from claimcheck.report.formats import GROUP

    [block] = re.findall(r"```toml\n(.*?)```", RECIPES, re.DOTALL)
    assert GROUP in tomllib.loads(block)["project"]["entry-points"]


def test_the_hook_is_the_one_of_the_recipe_and_its_command_runs(tmp_path):
    config, _, _ = YAML
    [use] = config["repos"][0]["hooks"]
    [hook] = [hook for hook in HOOKS if hook["id"] == use["id"]]
    assert {"id", "name", "entry", "language"} <= set(hook)
    (tmp_path / "a.md").write_text("Garlic cures cancer.", encoding="utf-8")
    program, *rest = shlex.split(hook["entry"])
    assert program == "claimcheck"
    done = subprocess.run(
        [sys.executable, "-m", program, *rest, *use["args"], "a.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("a.md:1:8: unsupported disease ")


def test_the_workflow_gives_the_action_what_it_takes_and_uses_what_it_gives():
    _, workflow, _ = YAML
    steps = workflow["jobs"]["claims"]["steps"]
    [use] = [step for step in steps if step.get("id") == "claimcheck"]
    assert set(use["with"]) <= set(ACTION["inputs"])
    used = set(re.findall(r"steps\.claimcheck\.outputs\.(\w+)", RECIPES))
    assert used == set(ACTION["outputs"])


@pytest.mark.skipif(not shutil.which("bash"), reason="the action runs in bash, which this machine does not have")
def test_the_action_runs(tmp_path):
    [step] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "scan"]
    assert "${{" not in step["run"]
    (tmp_path / "with space").mkdir()
    (tmp_path / "with space" / "a.md").write_text("Garlic cures cancer.", encoding="utf-8")
    program = tmp_path / "bin" / "claimcheck"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimcheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "CLAIMCHECK_PATHS": "with space\n\n$(touch planted)\n",
            "CLAIMCHECK_FAIL_ON": "unsupported",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        },
    )
    assert done.returncode == 3, done.stderr  # one of the paths is no file
    assert not (tmp_path / "planted").exists()
    assert "**unsupported** `cures cancer`" in (tmp_path / "summary").read_text(encoding="utf-8")
    outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text(encoding="utf-8").splitlines())
    assert set(outputs) == set(ACTION["outputs"])
    assert all(Path(path).stat().st_size for path in outputs.values())
