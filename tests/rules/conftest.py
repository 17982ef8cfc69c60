"""Rules are tested on the small pipeline: what counts here is what a rule asks for, not who finds the claim."""

import pytest
from spacy.language import Language

import claimcheck


@pytest.fixture(scope="session")
def nlp() -> Language:
    return claimcheck.load("en_claims_sm")
