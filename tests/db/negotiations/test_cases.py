"""A negotiation in PostgreSQL: roles apart, a hidden walk-away, from potential to the contract's price; the pages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from db.negotiations.conftest import NOW, TODAY, As, Home, bill
from db.registers.registers import Registers
from loggedin import send
from personas import persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.contracts.models import ContractRate
from styr.grants.acting import Actor
from styr.grants.models import Grant
from styr.kernel import clock
from styr.negotiations import cases, queries, reading, saving
from styr.negotiations.core.codes import ArgumentOutcome, CaseStatus, EntryKind, Reason, SavingKind
from styr.negotiations.models import CaseArgument, Negotiation, Saving
from styr.negotiations.preparing import prepare

Open = Callable[[Actor], object]


def wanted(home: Home, kind: SavingKind = SavingKind.RATE_REDUCTION) -> cases.WantedCase:
    return cases.WantedCase(
        grant_id=home.grant.id, kind=kind, title="Døgnprisen", goal="2.200 kr. pr. døgn", walk_away="2.300 kr.",
        amounts=(1, 2, 3),
    )  # fmt: skip


def test_a_case_goes_from_goal_to_the_contract_s_price(
    home: Home, negotiator: Actor, municipality: Municipality
) -> None:
    made = cases.open_negotiation(wanted=wanted(home), actor=negotiator)
    with pytest.raises(cases.UnableToNegotiateError, match="i gang om det samme"):
        cases.open_negotiation(wanted=wanted(home), actor=negotiator)
    for kind, amount in ((EntryKind.OFFER, "2100"), (EntryKind.COUNTER, "2350")):
        cases.write_entry(
            negotiation_id=made,
            kind=kind,
            happened_on=TODAY,
            words="Pr. mail",
            amount=Decimal(amount),
            actor=negotiator,
        )
    argued = cases.argue(
        negotiation_id=made, reason=Reason.PRICE_PEERS, words="De andre er billigere", evidence="", actor=negotiator
    )
    agreed = home.wanted(negotiation_id=made)
    _, said = cases.agree(negotiation_id=made, wanted=agreed, agreed_on=date(2026, 8, 20), actor=negotiator)
    assert "Kontraktens pris er ændret" in said
    assert ContractRate.objects.get(contract_line__line_no=1, valid_from=date(2026, 9, 1)).amount == 2200
    cases.judge_argument(negotiation_id=made, argument_id=argued, outcome=ArgumentOutcome.WON, actor=negotiator)
    bill(home, date(2026, 9, 1), 30, 2200)
    saving.verify_savings(today=TODAY)
    card = reading.negotiation(made, actor_id=negotiator.id, today=TODAY)
    assert (card.line.status, card.walk_away, len(card.entries)) == (CaseStatus.AGREED, "2.300 kr.", 4)
    (learnt,) = reading.learnt()
    assert (learnt.reason, learnt.used, learnt.won, learnt.realised_ore) == (Reason.PRICE_PEERS, 1, 1, 600_000)
    with pytest.raises(cases.UnableToNegotiateError, match="aftalt"):
        cases.give_up(negotiation_id=made, because="x", actor=negotiator)


def test_the_caseworker_of_the_grant_never_negotiates(
    home: Home, negotiator: Actor, municipality: Municipality
) -> None:
    mia = persona("mia", municipality, Role.NEGOTIATOR).user
    assert Grant.objects.get(id=home.grant.id).caseworker == mia.name
    with pytest.raises(cases.UnableToNegotiateError, match="sagsbehandler på bevillingen"):
        cases.open_negotiation(wanted=wanted(home), actor=Actor(mia.id, TODAY, NOW))
    made = cases.open_negotiation(wanted=wanted(home), actor=negotiator)
    with pytest.raises(cases.UnableToNegotiateError, match="sagsbehandler på bevillingen"):
        cases.give_up(negotiation_id=made, because="x", actor=Actor(mia.id, TODAY, NOW))
    with pytest.raises(IntegrityError, match="caseworker"), transaction.atomic():
        Negotiation.objects.filter(id=made).update(negotiator_id=mia.id)


def test_the_walk_away_is_hidden_from_all_who_do_not_negotiate(
    home: Home, negotiator: Actor, municipality: Municipality
) -> None:
    made = cases.open_negotiation(wanted=wanted(home), actor=negotiator)
    worker = persona("sagsbehandler", municipality, Role.CASEWORKER)
    leader = persona("leder", municipality, Role.MANAGER)
    asked = "SELECT count(*) FROM negotiations_caselimit"
    assert [rows_seen_by(one.token, asked) for one in (worker, leader)] == [[(0,)], [(1,)]]
    assert rows_seen_by(worker.token, "SELECT count(*) FROM negotiations_negotiation") == [(1,)]
    assert reading.negotiation(made, actor_id=worker.user.id, today=TODAY).walk_away == ""
    assert rows_seen_by(worker.token, "SELECT count(*) FROM negotiations_caselimitevent") == [(0,)]


def test_a_move_is_agreed_with_a_consent_alone(home: Home, negotiator: Actor) -> None:
    made = cases.open_negotiation(wanted=wanted(home, SavingKind.RELOCATION), actor=negotiator)
    move = home.wanted(kind=SavingKind.RELOCATION, baseline=Decimal(3000), negotiation_id=made)
    with pytest.raises(saving.UnableToSaveError, match="intet samtykke"):
        cases.agree(negotiation_id=made, wanted=move, agreed_on=date(2026, 1, 20), actor=negotiator)
    assert (Saving.objects.count(), Negotiation.objects.get().status) == (0, "open")
    cases.agree(negotiation_id=made, wanted=move, agreed_on=date(2026, 8, 20), actor=negotiator)
    assert Saving.objects.filter(consent__given_by="Per Østergård").exists()


@pytest.fixture
def client(logged_in: As) -> Client:
    return logged_in(Role.NEGOTIATOR)


def test_the_pages_open_within_their_queries(
    client: Client, special: Home, registers: Registers, negotiator: Actor
) -> None:
    made = cases.open_negotiation(wanted=wanted(special), actor=negotiator)
    kept = saving.register_saving(wanted=special.wanted(), actor=negotiator)
    base = "/forhandling"
    assert "ikke beregnet endnu" in client.get(f"{base}/potentiale/").content.decode()
    assert send(client, f"{base}/potentiale/regn/").status_code == 302
    prepare(municipality_id=special.grant.municipality_id, today=clock.today(), now=clock.now())
    for address in (
        f"{base}/", f"{base}/?status=alle", f"{base}/potentiale/", f"{base}/potentiale/?grund=special_no_hours",
        f"{base}/besparelser/", f"{base}/besparelser/?aar=2027", f"{base}/besparelser/{kept}/", f"{base}/argumenter/",
        f"{base}/{made}/", f"{base}/{made}/aftale/", f"{base}/ny/?bevilling={special.grant.id}&grund=special_no_hours",
        f"{base}/besparelser/ny/?bevilling={special.grant.id}", f"{base}/besparelser/historisk/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert sum("SAVEPOINT" not in (one["sql"] or "") for one in asked) <= 12, (address, asked.captured_queries)
    for words, there in (
        ("", True), ("?status=agreed", False), ("?status=alle&sorter=potentiale", True), ("?sorter=-leverandoer", True),
        ("?q=GNPRIS", True), ("?q=nogetandet&sorter=emne", False),
    ):  # fmt: skip
        assert ("Døgnprisen" in client.get(f"{base}/{words}").content.decode()) is there, words
    word = client.get(f"{base}/{made}/oplaeg/word/").content
    text = "\n".join(one.text for one in Document(BytesIO(word)).paragraphs)
    assert "Smertegrænse (kun til os): 2.300 kr." in text
    assert "Østergård" not in text
    assert client.get(f"{base}/{made}/oplaeg/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{base}/{made}/oplaeg/andet/").status_code == 404


def test_the_pages_write_once_and_refuse_in_words(client: Client, home: Home, registers: Registers) -> None:
    base = "/forhandling"
    for address in ("/ny/", "/besparelser/ny/"):
        assert client.post(f"{base}{address}?bevilling={home.grant.id}", {}).status_code in (200, 302, 400)
    fields: dict[str, object] = {"title": "Døgnprisen", "kind": "rate_reduction", "goal": "Ned", "walk_away": ""}
    send(client, f"{base}/ny/?bevilling={home.grant.id}", fields)
    made = Negotiation.objects.get()
    for name in ("forloeb", "argument", "udfald", "smertegraense", "afslut"):
        assert send(client, f"{base}/{made.id}/{name}/").status_code == 302
    assert Negotiation.objects.get().status == "open"
    send(client, f"{base}/{made.id}/argument/", {"reason": "price_peers", "words": "Dyrt", "evidence": ""})
    argument = CaseArgument.objects.get()
    send(client, f"{base}/{made.id}/udfald/", {"argument": str(argument.id), "udfald": "lost"})
    assert CaseArgument.objects.get().outcome == "lost"
    template: dict[str, object] = {"title": "Vores", "reason": "price_peers", "words": "Sammenlign"}
    send(client, f"{base}/argumenter/", template)
    assert any(one.own for one in reading.templates())
    past: dict[str, object] = {
        "text": "category,effect,amount_dkk\nspecial_rate,Særtakster,100",
        "starts": "2019-01-01",
    }
    send(client, f"{base}/besparelser/historisk/", past | {"last": "2019-12-31", "source": "Årsrapport"})
    assert queries.savings_summary(year=2026, today=TODAY).past_ore == 10_000
    made_saving: dict[str, object] = {
        "kind": "rate_reduction", "line": str(home.stay.id), "baseline": "2.400", "agreed": "2.200",
        "starts": "2026-09-01", "evidence": "Brev",
    }  # fmt: skip
    send(client, f"{base}/besparelser/ny/?bevilling={home.grant.id}", made_saving)
    kept = Saving.objects.get()
    for name, said in (("aftal", {}), ("aftal", {"dag": "x"}), ("aftal", {"dag": f"{clock.today():%Y-%m-%d}"})):
        send(client, f"{base}/besparelser/{kept.id}/{name}/", dict(said))
    assert Saving.objects.get().status == "agreed"
    assert send(client, f"{base}/besparelser/efterproev/").status_code == 302
    send(client, f"{base}/besparelser/{kept.id}/opgiv/", {"ord": "Leverandøren trak den tilbage"})
    assert Saving.objects.get().status == "dropped"


def test_whoever_may_not_negotiate_sees_and_writes_nothing(logged_in: As, home: Home) -> None:
    client = logged_in(Role.CASEWORKER)
    assert client.get("/forhandling/potentiale/").status_code == 200
    assert client.get(f"/forhandling/ny/?bevilling={home.grant.id}").status_code == 403
    assert send(client, "/forhandling/besparelser/efterproev/").status_code == 403
