"""Postings of the finance system as JSON, with what they are known as in our registers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from styr.access.api import Kroner, PageNumber, PageSize, kr, scoped
from styr.access.core.permissions import Permission
from styr.ledger.listing import PostingFilter, posting_rows

router = Router(tags=["Postings"])
AccountStart = Annotated[str, Field(pattern=r"^[0-9]{0,16}$", description="How the account string begins.")]


class PostingOut(Schema):
    """A posting (postering); `month` is the first day of the month it counts in. Ids are null where nothing fits."""

    id: UUID
    voucher: str
    line: int
    posted_on: date
    month: date
    account: str
    amount: Kroner
    kind: str
    citizen: UUID | None
    grant: UUID | None
    supplier: UUID | None
    invoice: UUID | None
    unit: str | None


class PostingsOut(Schema):
    """A page of postings, and what all of them come to."""

    total: int
    sum: Kroner
    rows: list[PostingOut]


@router.get("", response=PostingsOut, summary="Postings, the latest first")
@scoped(Permission.SEE_ECONOMY)
def postings(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    from_month: date | None = None,
    to_month: date | None = None,
    account: AccountStart = "",
    grant: UUID | None = None,
    citizen: UUID | None = None,
    supplier: UUID | None = None,
) -> PostingsOut:
    """Return a page, if asked only those of months (any of their days), an account, a grant, citizen or supplier."""
    wanted = PostingFilter(
        from_month=from_month.replace(day=1) if from_month else None,
        to_month=to_month,
        account=account,
        grant_id=grant,
        citizen_id=citizen,
        supplier_id=supplier,
    )
    rows, total, sum_ore = posting_rows(wanted, page=page, size=size)
    shown = [
        PostingOut(
            id=row.id,
            voucher=row.voucher,
            line=row.line_no,
            posted_on=row.posted_on,
            month=row.month,
            account=row.account,
            amount=kr(row.amount_ore),
            kind=row.kind,
            citizen=row.citizen_id,
            grant=row.grant_id,
            supplier=row.supplier_id,
            invoice=row.invoice_id,
            unit=row.unit_name,
        )
        for row in rows
    ]
    return PostingsOut(total=total, sum=kr(sum_ore), rows=shown)
