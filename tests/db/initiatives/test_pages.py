"""The catalogue from the empty page to a decision paper: who may, and what is refused."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from db.initiatives.conftest import TODAY, As, initiative_fields, words
from loggedin import send
from styr.access.core.roles import Role
from styr.access.models import Unit
from styr.initiatives.measuring import measure_all
from styr.initiatives.models import Catalogue, Dependency, Initiative, Risk, Step
from styr.kernel import clock


def test_an_empty_catalogue_is_filled_with_the_example_and_says_what_does_not_add_up(page: Client) -> None:
    assert "Ingen indsatser endnu" in words(page.get("/indsatser/"))
    assert send(page, "/indsatser/eksempel/").status_code == 302
    told = words(page.get("/indsatser/"))
    assert "mindst 1,2" in told
    assert "de estimerede: 1,2–2,2 · 4 er ikke estimeret" in told
    assert "Kilden angiver 14 indsatser, men kataloget har 15." in told
    assert "81,6" in told
    assert "lægges ikke sammen" in told
    assert "&gt;3,3" in told
    assert "allerede et katalog" in words(send(page, "/indsatser/eksempel/", follow=True))
    assert Initiative.objects.count() == 15


def written_by(page: Client, example: Catalogue) -> Initiative:
    """A new initiative, changed once, and refused to whoever comes later."""
    new = f"/indsatser/katalog/{example.id}/ny/"
    assert 'value="16"' in words(page.get(new))
    made = send(page, new, initiative_fields())
    found = Initiative.objects.get(number=16)
    address = f"/indsatser/{found.id}/"
    assert made["location"] == address
    assert (found.saving, found.effects) == ("<0,4", ["economy", "climate"])
    changed = initiative_fields(saving="0,3-0,4", measure="recovered", measured_from="2026-01-01", version=1)
    assert send(page, f"{address}ret/", changed).status_code == 302
    again = send(page, f"{address}ret/", changed)
    assert (again.status_code, "En anden har ændret det" in words(again)) == (422, True)
    return found


def planned_by(page: Client, found: Initiative) -> Step:
    """Two phases, a risk and what it waits for; the second phase."""
    address = f"/indsatser/{found.id}/"
    udbud: dict[str, object] = {"navn": "Udbud", "fra": "2026-09-01", "til": "2026-10-31"}
    assert send(page, f"{address}plan/", udbud).status_code == 302
    first = Step.objects.get()
    later: dict[str, object] = {"navn": "Drift", "fra": "2026-11-01", "til": "2027-06-30", "efter": str(first.id)}
    assert send(page, f"{address}plan/", later).status_code == 302
    second = Step.objects.get(name="Drift")
    send(page, f"{address}plan/{second.id}/")
    assert Step.objects.get(id=second.id).done_on is None, "what it begins after is not done"
    send(page, f"{address}plan/{first.id}/")
    assert Step.objects.get(id=first.id).done_on == TODAY
    risk: dict[str, object] = {"tekst": "Ingen bud", "sandsynlighed": "middle", "konsekvens": "high"}
    assert send(page, f"{address}risici/", risk).status_code == 302
    other = Initiative.objects.get(number=1)
    assert send(page, f"{address}afhaenger/", {"indsats": str(other.id)}).status_code == 302
    circle = send(page, f"/indsatser/{other.id}/afhaenger/", {"indsats": str(found.id)}, follow=True)
    assert "venter allerede på indsats 1" in words(circle)
    return second


def test_an_initiative_is_written_changed_planned_measured_and_put_on_paper(page: Client, example: Catalogue) -> None:
    found = written_by(page, example)
    second = planned_by(page, found)
    address = f"/indsatser/{found.id}/"
    assert "Ikke målt endnu: det sker af sig selv" in words(page.get(address))
    measure_all(municipality_id=found.municipality_id, today=TODAY, now=clock.now())
    with CaptureQueriesContext(connection) as caught:
        shown = words(page.get(address))
    asked = [one["sql"] for one in caught if not (one["sql"] or "").startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 12, asked
    for word in (
        "0,3–0,4",
        "Udbud",
        "Ingen bud",
        "1. Udpege central",
        "Kommet tilbage gennem fakturakontrollen",
        "Årlig besparelse (netto), mio. kr.: &lt;0,4 → 0,3-0,4",
    ):
        assert word in shown, word

    paper = page.get(f"{address}oplaeg/")
    text = "\n".join(one.text for one in Document(BytesIO(paper.content)).paragraphs)
    assert "Indsats 16 i Visiteret befordring" in text
    assert "kræver ikke politisk godkendelse" in text
    assert [cell.text for cell in Document(BytesIO(paper.content)).tables[0].rows[2].cells][1] == "0,3-0,4"

    for part in (
        f"plan/{second.id}/fjern/",
        f"risici/{Risk.objects.get().id}/fjern/",
        f"afhaenger/{Dependency.objects.get().id}/fjern/",
    ):
        assert send(page, address + part).status_code == 302
    assert (Step.objects.count(), Risk.objects.count(), Dependency.objects.count()) == (1, 0, 0)
    assert send(page, f"{address}fjern/").status_code == 302
    assert not Initiative.objects.filter(number=16).exists()


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"number": 3}, "allerede en indsats nr. 3"),
    ({"baseline": "-2,0"}, "kan ikke læses"),
    ({"saving": "0,5-0,2"}, "kan ikke læses"),
    ({"title": " "}, "Dette felt"),
    ({"political": "given"}, "hvilken dag politikerne"),
    ({"political": "given", "political_on": "2027-01-01"}, "ligger i fremtiden"),
    ({"political": "needed", "political_on": "2026-01-01"}, "ikke, hvad svaret blev"),
    ({"political": "needed", "status": "running"}, "før politikerne har godkendt"),
    ({"political": "refused", "political_on": "2026-01-01", "status": "running"}, "Indsatsen er afvist politisk"),
    ({"measure": "savings"}, "fra hvilken dag virkningen måles"),
)


def test_what_does_not_hold_is_refused_with_a_reason(page: Client, example: Catalogue) -> None:
    for changed, told in WRONG:
        answer = send(page, f"/indsatser/katalog/{example.id}/ny/", initiative_fields(**changed))
        assert answer.status_code == 422, changed
        assert told in words(answer), changed
    assert Initiative.objects.count() == 15


def test_forms_sent_empty_or_with_nonsense_are_answered(page: Client, example: Catalogue) -> None:
    found = Initiative.objects.get(number=2)
    for part in ("ret/", "plan/", "risici/", "afhaenger/"):
        assert send(page, f"/indsatser/{found.id}/{part}").status_code == 422, part
    assert (
        send(page, f"/indsatser/{found.id}/plan/", {"navn": "x", "fra": "2026-02-01", "til": "2026-01-01"}).status_code
        == 422
    )
    assert send(page, "/indsatser/katalog/nyt/").status_code == 422
    assert send(page, f"/indsatser/katalog/{example.id}/").status_code == 422
    for part in ("plan/{}/", "plan/{}/fjern/", "risici/{}/fjern/", "afhaenger/{}/fjern/"):
        assert send(page, f"/indsatser/{found.id}/" + part.format(example.id)).status_code == 404
    assert page.get(f"/indsatser/{example.id}/").status_code == 404
    assert page.get("/indsatser/?katalog=x").status_code == 200


def test_a_file_lands_whole_or_not_at_all(page: Client) -> None:
    about = {"name": "Familieområdet", "phase": "mapping", "stated": "1,0", "stated_number": 1}
    wrong = SimpleUploadedFile("k.csv", b"nr;titel;baseline\n1;A;2,0\n2;B;-1")
    refused = send(page, "/indsatser/katalog/nyt/", about | {"file": wrong})
    assert (refused.status_code, "Række 3, baseline" in words(refused)) == (422, True)
    assert not Catalogue.objects.exists()
    binary = SimpleUploadedFile("k.csv", b"\xff\xfe\x00nr")
    assert "CSV i UTF-8" in words(send(page, "/indsatser/katalog/nyt/", about | {"file": binary}))
    right = SimpleUploadedFile("k.csv", b"nr;titel;besparelse\n1;A;0,2\n2;B;>3,3")
    assert send(page, "/indsatser/katalog/nyt/", about | {"file": right}).status_code == 302
    assert set(Initiative.objects.values_list("title", "saving")) == {("A", "0,2"), ("B", ">3,3")}
    found = Catalogue.objects.get()
    changed = about | {"phase": "potential", "version": 1, "name": "Familier"}
    assert send(page, f"/indsatser/katalog/{found.id}/", changed).status_code == 302
    assert Catalogue.objects.get().phase == "potential"


def test_the_order_of_priority_is_moved_one_place_at_a_time(page: Client, example: Catalogue) -> None:
    twelve = Initiative.objects.get(number=12)
    for _ in range(20):
        send(page, f"/indsatser/{twelve.id}/prioritet/", {"retning": "op"})
    send(page, f"/indsatser/{twelve.id}/prioritet/", {"retning": "ned"})
    order = list(Initiative.objects.order_by("priority").values_list("number", flat=True))
    assert order[:3] == [1, 12, 2]


def test_only_a_role_over_the_whole_municipality_changes_the_catalogue(
    logged_in: As, example: Catalogue, unit: Unit
) -> None:
    found = Initiative.objects.get(number=1)
    in_unit, reader, outsider = logged_in(Role.MANAGER, unit), logged_in(Role.CASEWORKER), logged_in(Role.ADMINISTRATOR)
    assert "Ny indsats" not in words(in_unit.get("/indsatser/"))
    send(in_unit, f"/indsatser/{found.id}/prioritet/", {"retning": "ned"})
    assert Initiative.objects.get(number=1).priority is None
    refused = send(in_unit, f"/indsatser/{found.id}/ret/", initiative_fields(number=1, version=1))
    assert "hvis rolle dækker hele kommunen" in words(refused)
    assert reader.get(f"/indsatser/{found.id}/").status_code == 200
    assert reader.get(f"/indsatser/{found.id}/ret/").status_code == 403
    assert send(reader, f"/indsatser/{found.id}/fjern/").status_code == 403
    assert outsider.get("/indsatser/").status_code == 403


def test_the_database_refuses_amounts_that_are_none(example: Catalogue) -> None:
    for column, value in (("saving", "-1,0"), ("baseline", "ca. 2"), ("investment", "1.5"), ("status", "x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Initiative.objects.filter(number=1).update(**{column: value})


def test_what_is_measured_is_told_and_what_is_not_is_no_nought(page: Client, example: Catalogue) -> None:
    found = Initiative.objects.get(number=12)
    for measure, since, told in (
        ("none", None, "der er ikke valgt"),
        ("savings", date(2026, 1, 1), "ingen faktura viser"),
        ("transport", date(2025, 6, 1), "det første hele år med indsatsen er 2026"),
        ("transport", date(2022, 1, 1), "udgiften i 2021 eller 2022 kendes ikke"),
        ("recovered", date(2027, 1, 1), "virker først senere"),
    ):
        Initiative.objects.filter(id=found.id).update(measure=measure, measured_from=since)
        measure_all(municipality_id=found.municipality_id, today=TODAY, now=clock.now())
        shown = words(page.get(f"/indsatser/{found.id}/"))
        assert told in shown, measure
        assert "Ikke målt endnu" in shown
