"""What is kept of a text that was read: proposed facts and the playbook's verdicts, none of them data yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.agreements.core.codes import ClauseState, FieldState
from styr.agreements.core.reading.several import beginnings
from styr.agreements.core.review.language import foreign_language
from styr.agreements.core.review.report import facts
from styr.agreements.core.review.reviewing import review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.models import ProposedField, ReviewedClause
from styr.agreements.reference.load import lexicon, playbook
from styr.agreements.sealed import sealed_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.agreements.core.reading.document import ContractText
    from styr.agreements.core.review.fields import Field
    from styr.agreements.core.review.reviewing import ClauseVerdict
    from styr.agreements.models import AgreementDocument

LONGEST_VALUE: Final = 200


def describe(document: AgreementDocument, text: ContractText) -> None:
    """Put what the text is, and the text itself, in the document's columns; nothing is saved."""
    document.kind, document.pages = text.kind.value, len(text.pages)
    document.scanned, document.macros = len(text.scanned), text.macros
    document.language = foreign_language("\n".join(page.text for page in text.pages))
    starts = beginnings(text.pages)
    document.beginnings = list(starts) if len(starts) > 1 else []
    document.text = sealed_text(document.id, text)


def judge(document: AgreementDocument, text: ContractText) -> None:
    """Propose facts and judge the clauses of a saved document. What nobody had decided gives way to the new.

    A text in another language has no verdicts, since the playbook reads Danish alone; one without a word has nothing.
    """
    document.fields.filter(state=FieldState.PROPOSED.value).delete()
    document.clauses.filter(state=ClauseState.OPEN.value).delete()
    read = sentences(text.pages)
    if not read:
        return
    decided = set(document.fields.values_list("name", "value"))
    taken = document.fields.count() and max(document.fields.values_list("position", flat=True)) + 1
    found = [one for one in facts(text, read) if (one.name, one.value[:LONGEST_VALUE]) not in decided]
    ProposedField.objects.bulk_create(_proposed(document, found, taken))
    if document.language or document.clauses.exists():
        return
    document.playbook = playbook().version
    document.save(update_fields=["playbook"])
    verdicts = review(read, playbook=playbook(), lexicon=lexicon())
    ReviewedClause.objects.bulk_create(_reviewed(document, verdicts))


def _proposed(document: AgreementDocument, found: Sequence[Field], first: int) -> list[ProposedField]:
    return [
        ProposedField(
            municipality_id=document.municipality_id, unit_id=document.unit_id, contract_ref=document.contract_id,
            document=document, position=position, page=one.sentence.page, name=one.name,
            value=one.value[:LONGEST_VALUE],
        )
        for position, one in enumerate(found, start=first)
    ]  # fmt: skip


def _reviewed(document: AgreementDocument, verdicts: Sequence[ClauseVerdict]) -> list[ReviewedClause]:
    return [
        ReviewedClause(
            municipality_id=document.municipality_id, unit_id=document.unit_id, contract_ref=document.contract_id,
            document=document, position=position, page=one.sentence.page if one.sentence else 0,
            clause=one.clause.code, verdict=one.verdict.value, rule=one.flag.code if one.flag else "",
            sentence=one.sentence.number if one.sentence else None,
        )
        for position, one in enumerate(verdicts)
    ]  # fmt: skip
