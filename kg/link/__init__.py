"""Mentions become entities: who writes, from which place, and what every short form stands for."""
