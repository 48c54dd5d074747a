"""Words that name nothing."""


def is_generic(words: str, generic: frozenset[str], specific: frozenset[str] = frozenset()) -> bool:
    """Whether a modifier consists of generic words only."""
    if not words:
        return True
    if any(word in words for word in specific):
        return False
    reachable = {0}
    for start in range(len(words)):
        if start in reachable:
            reachable |= {start + size for size in range(1, 7) if words[start : start + size] in generic}
    return len(words) in reachable
