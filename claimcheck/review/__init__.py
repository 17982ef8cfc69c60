"""Work on judged claims by people: what to ask, what was decided, how far they agree, what is learned from it."""
