"""Bags in, probabilities out. scikit-learn trains; numpy alone judges."""
