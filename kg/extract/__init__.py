"""Linked mentions, patterns and tables become facts."""
