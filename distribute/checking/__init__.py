"""A release to findings: one rule, one function."""
