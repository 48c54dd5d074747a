"""Hostile inputs for the doors of the program: every reader, the pattern compiler, the header of a query, and the whole way.

``python -m fuzz --runs 1000`` mutates reports that the generator of the tests makes; with atheris installed (``pip install
policy-kg[fuzz]``) what a mutation newly reaches in the code guides the next one, without it they are random. A result or a
``KgError`` of one line is right, anything else is a find and is kept in a folder.
"""
