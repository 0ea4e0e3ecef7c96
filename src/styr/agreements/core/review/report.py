"""What `styr review-contract` says of one file: an object for programs, a few lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.costs import Price, cost_of, price_of
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.price_tables import priced_rows
from styr.agreements.core.review.reviewing import Verdict, review
from styr.agreements.core.review.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from styr.agreements.core.reading.document import ContractText
    from styr.agreements.core.review.concepts import Lexicon
    from styr.agreements.core.review.fields import Field
    from styr.agreements.core.review.playbook import Playbook
    from styr.agreements.core.review.reviewing import ClauseVerdict
    from styr.agreements.core.review.sentences import Sentence

FIELD_NAMES: Final = {
    "cvr": "CVR-nummer",
    "p_number": "P-nummer",
    "ean": "EAN-nummer",
    "citizen": "Borger",
    "grant_number": "Bevilling",
    "contract_number": "Kontrakt",
    "section": "Paragraf",
    "party": "Part",
    "price": "Pris",
    "hours": "Timer",
    "starts": "Fra",
    "ends": "Til",
    "notice": "Varsel",
    "indexation": "Regulering",
    "absence": "Fravær, nedsættelse",
    "absence_days": "Fravær, dage før nedsættelse",
    "death_days": "Betaling efter dødsfald",
    "invoice_deadline": "Frist for fakturering",
    "insurance": "Forsikring",
}
_VERDICTS: Final = {Verdict.OK: "i orden", Verdict.MISSING: "MANGLER", Verdict.RED: "RISIKO"}


def as_object(file: str, text: ContractText, *, playbook: Playbook, lexicon: Lexicon) -> dict[str, object]:
    """The review as plain values for JSON; a page counts from 1, a clause without a sentence has none."""
    read = sentences(text.pages)
    found = facts(text, read)
    price = _price(found)
    return {
        "file": file,
        "kind": text.kind.value,
        "pages": len(text.pages),
        "scanned_pages": list(text.scanned),
        "macros": text.macros,
        "playbook": playbook.version,
        "fields": [_field(one) for one in found],
        "clauses": [_clause(one, price) for one in review(read, playbook=playbook, lexicon=lexicon)],
    }


def _field(one: Field) -> dict[str, object]:
    return {"field": one.name, "value": one.value, "text": one.quoted, "page": one.sentence.page}


def facts(text: ContractText, read: Sequence[Sentence]) -> list[Field]:
    """The facts of the sentences, then the prices of the tables that no sentence told."""
    found = list(fields(read))
    known = {(one.name, one.value) for one in found}
    return found + [one for one in priced_rows(text.tables, read) if (one.name, one.value) not in known]


def _price(found: Sequence[Field]) -> Price | None:
    """The first price that runs with time."""
    prices = (price_of(one.value) for one in found if one.name == "price")
    return next((one for one in prices if one is not None and one.day is not None), None)


def _clause(one: ClauseVerdict, price: Price | None) -> dict[str, object]:
    cost = None
    if one.flag and one.sentence:
        cost = cost_of(one.flag.cost, sentence=one.sentence.text, price=price)
    return {
        "clause": one.clause.code,
        "title": one.clause.title,
        "verdict": one.verdict.value,
        "rule": None if one.flag is None else one.flag.code,
        "sentence": None if one.sentence is None else one.sentence.text,
        "page": None if one.sentence is None else one.sentence.page,
        "risk": one.flag.risk if one.flag else (one.clause.missing if one.verdict is Verdict.MISSING else None),
        "proposal": one.flag.proposal
        if one.flag
        else (one.clause.preferred if one.verdict is Verdict.MISSING else None),
        "cost_ore": None if cost is None else cost.ore,
        "cost": None if cost is None else cost.reckoning,
    }


def as_text(file: str, text: ContractText, *, playbook: Playbook, lexicon: Lexicon) -> Iterator[str]:
    """The review in lines for people."""
    read = sentences(text.pages)
    yield f"{file}: {len(text.pages)} sider"
    if text.scanned:
        yield f"  Side {', '.join(map(str, text.scanned))} er billeder uden tekst og er ikke læst."
    if text.macros:
        yield "  Filen har makroer. De er ikke kørt."
    found = facts(text, read)
    for field in found:
        yield f"  {FIELD_NAMES[field.name]}: {field.value} (side {field.sentence.page})"
    for one in review(read, playbook=playbook, lexicon=lexicon):
        where = f" (side {one.sentence.page})" if one.sentence else ""
        yield f"  {_VERDICTS[one.verdict]:<8} {one.clause.title}{where}"
        if one.flag and one.sentence:
            yield f"           »{one.sentence.text}«"
            yield f"           {one.flag.risk}"
            cost = cost_of(one.flag.cost, sentence=one.sentence.text, price=_price(found))
            if cost is not None:
                yield f"           {cost.reckoning}"
            yield f"           Foreslå: {one.flag.proposal}"
