"""The sign for a section (§), which recognition takes for a figure or a letter: put back where only it can stand."""

import re
from typing import Final

_LAW: Final = (
    r"(?:serviceloven|servicelov|barnets lov|lov om social service|ældreloven|retssikkerhedsloven|forvaltningsloven"
    r"|SEL|BL|FVL|RSL|efter|jf\.?|jævnfør|i henhold til|iht\.?|og|samt)"
)
_MISREAD: Final = r"[8S5$&6€£]"
_NO_QUANTITY: Final = r"(?![.,]\d|\s*(?:kr|%|procent|timer|dage|døgn|måneder))"
_AFTER_LAW: Final = re.compile(rf"(?i:\b({_LAW}s?[\s,]+)){_MISREAD}\s+(?=\d{{1,3}}\b{_NO_QUANTITY})")
_BEFORE_LAW: Final = re.compile(
    rf"(?<![\w.,]){_MISREAD}\s+(?=\d{{1,3}}(?:\s?[a-z])?,?\s+(?:stk\.|i\s+(?:serviceloven|barnets lov|lov om)))"
)
_HEADING: Final = re.compile(rf"(?m)^\s*{_MISREAD}\s+(?=\d{{1,2}}\.?\s+[A-ZÆØÅ])")
_SIGN: Final = re.compile(r"(?<![\w§$&€£])[$&€£]{1,2}\s?(?=\d{1,3}\b)(?!\d+[.,]\d)")


def with_section_signs(text: str) -> str:
    """`text` with "serviceloven 8 107", "$ 85" and headings such as "8 2 Fravær" made sections again."""
    for pattern in (_HEADING, _SIGN, _BEFORE_LAW):
        text = pattern.sub("§ ", text)
    return _AFTER_LAW.sub(lambda found: f"{found[1]}§ ", text)
