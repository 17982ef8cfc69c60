import subprocess
import sys

import pytest
import spacy
from spacy.tokens import DocBin

from claimcheck import PipelineError, load
from claimcheck.pipeline.run import folder

TEXT = "Ginger eases nausea. Garlic cures cancer."


def python(code):
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)


def test_a_program_that_never_imports_claimcheck_gets_the_claims():
    code = f"""
import spacy
nlp = spacy.load({str(folder())!r})
print([claim.verdict.value for claim in nlp({TEXT!r})._.claims])
"""
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert "unsupported" in done.stdout


def test_the_factories_are_light():
    heavy = ("sklearn", "scipy", "datasets", "claimcheck.classifier.linear", "claimcheck.pipeline.judge")
    done = python(f"import sys, claimcheck.pipeline.factories; print([n for n in {heavy} if n in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_spacy_loses_nothing_by_the_light_import():
    done = python(
        "from claimcheck.pipeline.light import import_spacy as f; s = f(); import spacy.cli;"
        "print(callable(spacy.cli.download), s.info(silent=True)['spacy_version'] == s.__version__)"
    )
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_claims_survive_bytes_and_docbin(nlp):
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (third,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert doc._.claims == again._.claims == third._.claims
    assert len(doc._.claims) == 2


def test_claims_are_spans_too(nlp):
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["claims"]] == [claim.quote for claim in doc._.claims]
    assert [span._.claim for span in doc.spans["claims"]] == list(doc._.claims)


def test_several_processes_say_the_same_as_one(nlp):
    texts = [TEXT, "Zinc supports immunity.", ""]
    one = [doc._.claims for doc in nlp.pipe(texts)]
    two = [doc._.claims for doc in nlp.pipe(texts, n_process=2)]
    assert one == two


def test_batches_do_not_leak_into_each_other(nlp):
    texts = [TEXT, "Zinc supports immunity.", "Ships from Leeds."] * 5
    assert [d._.claims for d in nlp.pipe(texts, batch_size=4)] == [nlp(text)._.claims for text in texts]


def test_a_missing_pipeline_says_how_to_build_it():
    with pytest.raises(PipelineError, match="claimcheck train"):
        load("nowhere/at/all")


def test_an_incomplete_pipeline_says_so(tmp_path):
    import shutil

    shutil.copytree(folder(), tmp_path / "broken")
    (tmp_path / "broken" / "rule_matcher" / "rules.json").unlink()
    with pytest.raises(PipelineError, match="Build it anew"):
        load(tmp_path / "broken")
