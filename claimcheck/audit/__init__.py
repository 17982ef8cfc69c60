"""A whole site, again and again: walk it, judge it, keep it, compare it."""
