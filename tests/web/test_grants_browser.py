"""From nothing to a forecast that moved: somebody writes a grant, sees its price and warnings, and approves it."""

from datetime import date

import pytest

from db.registers.registers import Registers
from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.audit.models import ReadLog
from styr.controls.models import Finding
from styr.controls.tasks import rerun_controls
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import cost_of, expected_by_month
from styr.grants.models import Grant, GrantStep
from styr.kernel.clock import today
from styr.kernel.danish import kroner
from styr.people.models import Citizen


def forecast(municipality: Municipality) -> int:
    with service_scope(municipality.id, "test"):
        ida = Citizen.objects.get(source_id="1001").id
        first = date(today().year, 1, 1)
        months = expected_by_month(from_month=first, to_month=date(first.year + 1, 12, 1), citizen_id=ida)
    return sum(month.amount_ore for month in months)


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("site", ["light-1440"], indirect=True)
def test_a_grant_is_written_priced_warned_of_approved_and_moves_the_forecast(
    site: Site, municipality: Municipality
) -> None:
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
    before = forecast(municipality)
    page = site.page
    site.log_in("sagsbehandler")
    site.open("/bevillinger/ny/")
    page.get_by_label("Navn eller CPR-nummer").fill("ida øst")
    page.get_by_role("button", name="Søg", exact=True).click()
    page.get_by_role("link", name="Ida Østergård").click()
    page.get_by_label("Paragraf").select_option("SEL-107")
    page.locator("[name=linjer-0-contract_line]").select_option(label="Ophold: 2.400 kr. pr. døgn")
    assert page.locator("[name=linjer-0-price]").is_hidden()
    panel = page.locator("#pris")
    panel.get_by_text("Dobbeltbevilling").wait_for()
    assert "876.000 kr." in panel.inner_text()
    assert "dækker det samme som bevilling B0000017-9" in panel.inner_text()
    shown = panel.inner_text()
    assert site.accessibility_faults() == []
    page.get_by_label("Faglig begrundelse").fill("Ida kan ikke bo alene.")
    page.get_by_label("Økonomisk begrundelse").fill("Billigste egnede tilbud.")
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_text("Ikke med i prognosen endnu").wait_for()
    with service_scope(municipality.id, "test"):
        draft = Grant.objects.get(status=GrantStatus.DRAFT)
        cost = cost_of(grant_id=draft.id, today=today())
    assert kroner(cost.next_year_ore, whole=True) in shown
    assert forecast(municipality) == before
    assert site.accessibility_faults() == []
    page.get_by_role("link", name="Godkend").click()
    page.get_by_text("+876.000 kr.").first.wait_for()
    assert site.accessibility_faults() == []
    page.get_by_role("button", name="Godkend").click()
    page.get_by_text("prognosen er flyttet").wait_for()
    assert forecast(municipality) == before + cost.this_year_ore + cost.next_year_ore
    rerun_controls(str(municipality.id), [str(draft.id)])
    with service_scope(municipality.id, "test"):
        assert Grant.objects.get(id=draft.id).status == GrantStatus.GRANTED
        assert GrantStep.objects.get(grant=draft).kind == "approved"
        assert Finding.objects.filter(control_code="duplicate_grant", grant_id=draft.id, status="open").exists()
        assert ReadLog.objects.filter(citizens__contains=[draft.citizen_id], page__startswith="/bevillinger/").exists()
    site.open(f"/bevillinger/{draft.id}/")
    assert page.get_by_role("link", name="Dobbeltbevilling").is_visible()
    assert site.complaints == []
