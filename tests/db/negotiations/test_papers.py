"""Letters, meetings and the supplement of a negotiation; whom the caseworker is known as."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from db.negotiations.conftest import NOW, TODAY, As, Home, actor_in, bill
from loggedin import send
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.contracts.models import ContractRate
from styr.drafting.models import ContractDraft
from styr.drafting.steps import Actor as Writer
from styr.drafting.supplements import contract_signed
from styr.drafting.template_queries import templates
from styr.drafting.template_services import By, bring_library, name_own_party, take_into_use
from styr.grants.acting import Actor
from styr.grants.models import Grant
from styr.kernel import clock
from styr.negotiations import cases, letters, meeting, queries, reading, saving, texting
from styr.negotiations.apart import caseworkers
from styr.negotiations.cases import UnableToNegotiateError
from styr.negotiations.core.codes import EntryKind, Reason, SavingKind
from styr.negotiations.models import CaseLetter, Negotiation


@pytest.fixture
def case(home: Home, negotiator: Actor) -> Negotiation:
    wanted = cases.WantedCase(
        grant_id=home.grant.id, kind=SavingKind.RATE_REDUCTION, title="Døgnprisen", goal="Ned mod medianen",
        walk_away="2.300 kr.",
    )  # fmt: skip
    made = cases.open_negotiation(wanted=wanted, actor=negotiator)
    cases.argue(
        negotiation_id=made, reason=Reason.PRICE_PEERS, words="Andre tager 2.100 kr.", evidence="", actor=negotiator
    )
    cases.write_entry(
        negotiation_id=made,
        kind=EntryKind.OFFER,
        happened_on=TODAY,
        words="Brev",
        amount=Decimal(2100),
        actor=negotiator,
    )
    return Negotiation.objects.get(id=made)


def test_a_letter_is_filled_sealed_sent_and_then_never_changed(case: Negotiation, negotiator: Actor) -> None:
    card = reading.negotiation(case.id, actor_id=negotiator.id, today=TODAY)
    proposed = letters.proposed_letter(card, code="offer", today=TODAY)
    assert "er 2.100,00 kr." in proposed.text
    assert "- Andre tager 2.100 kr." in proposed.text
    assert "2.300" not in proposed.text, "what we walk away at is ours"
    assert "{" not in proposed.text + proposed.subject
    given: dict[str, Any] = {"negotiation_id": case.id, "code": "offer", "actor": negotiator}
    for draft in (letters.LetterDraft(" ", "x"), letters.LetterDraft("x", "Om 010203-1234")):
        with pytest.raises(UnableToNegotiateError):
            letters.keep_letter(**given, draft=draft)
    made = letters.keep_letter(**given, draft=proposed)
    assert proposed.text.encode()[:40] not in bytes(CaseLetter.objects.get().content)
    assert letters.letter_of(case.id, made)[1] == proposed
    ahead: dict[str, Any] = {
        "negotiation_id": case.id,
        "letter_id": made,
        "actor": negotiator,
        "sent_to": "Sikker post",
    }
    with pytest.raises(UnableToNegotiateError, match="ikke er kommet"):
        letters.note_sent(**ahead, sent_on=TODAY + timedelta(days=1))
    letters.note_sent(**ahead, sent_on=TODAY)
    with pytest.raises(UnableToNegotiateError, match="sendt"):
        letters.keep_letter(**given, draft=proposed, letter_id=made)
    with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
        CaseLetter.objects.update(subject="Andet")
    log = reading.negotiation(case.id, actor_id=negotiator.id, today=TODAY).entries
    assert any(one.kind is EntryKind.LETTER and "Sikker post" in one.words for one in log)


def test_a_meeting_has_its_agenda_minutes_and_actions_where_meetings_have_them(
    case: Negotiation, negotiator: Actor
) -> None:
    card = reading.negotiation(case.id, actor_id=negotiator.id, today=TODAY)
    agenda = meeting.proposed_agenda(card)
    assert "Dyrere end sammenlignelige tilbud" in agenda
    assert "2.300" not in agenda
    made = meeting.call_meeting(
        negotiation_id=case.id, held_on=TODAY + timedelta(days=9), participants="", agenda=agenda, actor=negotiator
    )
    (line,) = meeting.meetings_of(case.id)
    assert (line.id, line.open_actions) == (made, 0)


def test_the_caseworker_is_compared_by_user_where_there_is_one(
    case: Negotiation, home: Home, negotiator: Actor
) -> None:
    (known,) = caseworkers(grant_id=home.grant.id, contract_id=case.contract_id)
    assert known.user_ids == frozenset()
    assert "kun kendt ved navn" in known.words
    Grant.objects.filter(id=home.grant.id).update(caseworker=User.objects.get(id=negotiator.id).name)
    (known,) = caseworkers(grant_id=home.grant.id, contract_id=case.contract_id)
    assert (known.user_ids, known.words) == (frozenset({negotiator.id}), "kendt som bruger")
    with pytest.raises(UnableToNegotiateError, match="sagsbehandler"):
        cases.give_up(negotiation_id=case.id, because="x", actor=negotiator)


def test_what_was_agreed_is_written_in_a_supplement_and_the_price_waits_for_it(
    case: Negotiation, home: Home, negotiator: Actor, municipality: Municipality
) -> None:
    with pytest.raises(UnableToNegotiateError, match="Registrér aftalen"):
        texting.draft_supplement(negotiation_id=case.id, page="/", actor=negotiator)
    wanted = home.wanted(negotiation_id=case.id)
    _, said = cases.agree(
        negotiation_id=case.id, wanted=wanted, agreed_on=date(2026, 8, 20), actor=negotiator, by_text=True
    )
    assert said == ""
    with pytest.raises(UnableToNegotiateError, match="ikke taget i brug"):
        texting.draft_supplement(negotiation_id=case.id, page="/", actor=negotiator)
    by = By(case.municipality_id, actor_in(municipality, Role.LAWYER).id, clock.now())
    name_own_party(cvr="12345674", ean="", by=by)
    bring_library(by)
    (supplement,) = (one for one in templates() if one.code == "TILLAEG")
    assert supplement.newest is not None
    take_into_use(version_id=supplement.newest.id, by=by)
    made = texting.draft_supplement(negotiation_id=case.id, page="/", actor=negotiator)
    told = reading.negotiation(case.id, actor_id=negotiator.id, today=TODAY).draft
    assert told is not None
    assert (told.id, told.signed) == (made, False)
    draft = ContractDraft.objects.get()
    assert draft.contract_id == case.contract_id
    prices = ContractRate.objects.filter(contract_line_id=home.stay.contract_line_id, valid_to=None)
    assert prices.get().amount == 2400, "nobody has signed"
    bill(home, date(2026, 9, 1), 30, 2400)
    bill(home, date(2026, 10, 1), 31, 2200)
    contract_signed(draft, date(2026, 8, 25), Writer(negotiator.id, NOW))
    assert (prices.get().amount, prices.get().valid_from) == (Decimal(2200), date(2026, 9, 1))
    assert saving.verify_savings(today=TODAY) == 1
    (line,) = queries.savings_of(year=2026)
    assert (line.status, line.realised_ore, line.leaked_ore) == ("realised", 31 * 20_000, 30 * 20_000)
    with pytest.raises(UnableToNegotiateError, match="allerede"):
        texting.draft_supplement(negotiation_id=case.id, page="/", actor=negotiator)


def test_the_pages_of_letters_and_meetings(logged_in: As, case: Negotiation) -> None:
    client = logged_in(Role.NEGOTIATOR)
    base = f"/forhandling/{case.id}"
    for address in (f"{base}/", f"{base}/brev/ny/opening/", f"{base}/moede/"):
        assert client.get(address).status_code == 200, address
    assert client.get(f"{base}/brev/ny/andet/").status_code == 404
    for address in (f"{base}/brev/ny/opening/", f"{base}/moede/", f"{base}/tillaeg/"):
        assert send(client, address).status_code in (200, 302), address
    send(client, f"{base}/brev/ny/opening/", {"subject": "Om prisen", "text": "Kære leverandør"})
    letter = CaseLetter.objects.get()
    page = f"{base}/brev/{letter.id}/"
    assert "Kære leverandør" in client.get(page).content.decode()
    assert send(client, f"{page}sendt/").status_code == 302
    send(client, page, {"subject": "Om prisen", "text": "Kære alle"})
    word = Document(BytesIO(client.get(f"{page}word/").content))
    assert word.paragraphs[1].text == "Kære alle"
    send(client, f"{page}sendt/", {"sent_to": "Sikker post", "sent_on": f"{clock.today():%Y-%m-%d}"})
    assert CaseLetter.objects.get().sent_to == "Sikker post"
    meeting_fields: dict[str, object] = {"held_on": "2026-12-01", "participants": "", "agenda": "Pris"}
    assert "/moeder/" in send(client, f"{base}/moede/", meeting_fields)["Location"]
    assert logged_in(Role.CASEWORKER).get(page).status_code == 403
