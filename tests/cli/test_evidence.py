import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_validate_counts_what_is_on_file(run):
    result = run("evidence", "validate", "--data", ROOT / "data")
    assert result.exit_code == 0
    entries, subjects, effects = (int(part.split()[0]) for part in result.stdout.splitlines()[0].split(", "))
    assert entries >= 3000
    assert subjects >= 600
    assert effects >= 300


def test_validate_names_file_and_line_of_a_mistake(run, tmp_path):
    for name in ("lexicon", "evidence"):
        shutil.copytree(ROOT / "data" / name, tmp_path / name)
    table = tmp_path / "evidence" / "pets.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = (
        lines[3].replace(",benefit,", ",blessing,").replace(",safety,", ",blessing,").replace(",harm,", ",blessing,")
    )
    table.write_text("".join(lines), encoding="utf-8")
    result = run("evidence", "validate", "--data", tmp_path)
    assert result.exit_code == 2
    assert f"{table}:4: direction is 'blessing'" in result.stderr


def test_show_and_search_find_an_entry(run):
    assert "kratom/addiction/harm" in run("evidence", "search", "kratom", "addiction").stdout
    shown = run("evidence", "show", "kratom/addiction/harm").stdout
    assert "grade A" in shown
    assert "source: " in shown


def test_show_names_what_stands_around_an_entry(run):
    shown = run("evidence", "show", "mitragynine").stdout
    assert shown.startswith("mitragynine (")
    assert "part of: kratom" in shown.splitlines()
    around = run("evidence", "show", "zinc/immune-function/benefit").stdout
    assert "  effect also: " in around
    assert "copper" in next(line for line in around.splitlines() if line.startswith("  others at grade A: "))


def test_an_unknown_entry_names_the_nearest(run):
    result = run("evidence", "show", "kratum")
    assert result.exit_code == 2
    assert "Did you mean kratom" in result.stderr


def test_coverage_names_what_is_not_on_file(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Our Zorblax drops cure arthritis. Zorblax eases migraines.", encoding="utf-8")
    result = run("evidence", "coverage", page)
    assert result.exit_code == 0
    assert "arthritis" in result.stdout
    assert "C, unknown product" in result.stdout


def test_a_pipeline_does_not_differ_from_itself(run, tmp_path):
    from claimcheck.pipeline.run import folder

    page = tmp_path / "page.txt"
    page.write_text("Garlic cures cancer.", encoding="utf-8")
    assert run("evidence", "diff", folder(), folder(), page).stdout == ""


def test_diff_tells_changed_entries_and_flipped_verdicts(run, tmp_path):
    import srsly

    from claimcheck.pipeline.run import folder

    changed = tmp_path / "en_claims_sm"
    shutil.copytree(folder(), changed)
    table = srsly.read_json(changed / "evidence_linker" / "evidence.json")
    rows = table["entries"]["zinc"]
    line = next(row for row in rows.splitlines() if row.startswith("zinc/immune-function/benefit,"))
    table["entries"]["zinc"] = rows.replace(line, line.replace(",benefit,A,", ",benefit,D,"))
    srsly.write_json(changed / "evidence_linker" / "evidence.json", table)
    page = tmp_path / "page.txt"
    page.write_text("Zinc contributes to the normal function of the immune system.", encoding="utf-8")
    output = run("evidence", "diff", folder(), changed, page).stdout
    assert "changed  zinc/immune-function/benefit grade: A -> D" in output
    assert "supported -> unsupported" in output
