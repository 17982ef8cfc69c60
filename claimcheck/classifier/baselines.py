"""What anyone would try first: a list of keywords, and a linear model over words.

Both label a sentence by its words alone. They are fitted in the run that scores the pipeline, on the same pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# The words that reviewers of copy are taught to look for, the worst first; what holds none of them is no claim.
_KEYWORDS = {
    "unsupported": (
        r"cur(?:es?|ed|ing)|miracles?|revers(?:es?|ed|ing)|detox\w*|toxins?|eliminat\w+|heal(?:s|ed|ing)?|melts?|"
        r"guarante\w+|eradicat\w+|kills?|cancer|clinically proven|doctor[- ]recommended|no side effects|100 ?%"
    ),
    "overstated": (
        r"boosts?|improv\w+|reliev\w+|eas(?:es?|ed|ing)|treats?|treatment|prevents?|fights?|reduc\w+|lowers?|protects?|"
        r"promotes?|restor\w+|soothes?|strengthens?|burns?|safe|powerful|proven|helps?|supports?|contribut\w+|can"
    ),
    "supported": r"may|might|could|risks?|side effects?|stud(?:y|ies)|trials?",
}
_PATTERNS = {label: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) for label, words in _KEYWORDS.items()}


def by_keywords(texts: Sequence[str]) -> list[str]:
    """The label whose words a sentence holds, the worst of several, else ``none``."""
    return [next((label for label, words in _PATTERNS.items() if words.search(text)), "none") for text in texts]


def by_words(texts: Sequence[str], train_texts: Sequence[str], train_labels: Sequence[str]) -> list[str]:
    """What a logistic regression over words and pairs of words says.

    Args:
        texts: Sentences to label.
        train_texts: Sentences to learn from.
        train_labels: Their labels.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from threadpoolctl import threadpool_limits

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    # Of 1, 3 and 10, with and without weights for rare labels, this was the best on the validation split.
    head = LogisticRegression(C=1, max_iter=1000, class_weight="balanced")
    with threadpool_limits(1):
        model = make_pipeline(words, head).fit(train_texts, train_labels)
        return [str(label) for label in model.predict(texts)]
