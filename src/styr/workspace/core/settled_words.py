"""What a change did to months that were paid, told after the act."""

from collections.abc import Sized


def settled_words(lines: Sized) -> str:
    """A sentence with a blank before it; "" where no month was settled."""
    count = len(lines)
    if not count:
        return ""
    return " 1 betalt måned er efterreguleret." if count == 1 else f" {count} betalte måneder er efterreguleret."
