"""Account rules: which account a grant of a section, a service and a kind of supplier is paid from."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.audit.queries import record_history
from styr.contracts.local_terms import on_offer
from styr.controls.core.explain import section as section_title
from styr.grants import account_rules as rules
from styr.grants.web.fields import account_parts
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.suppliers.core.codes import SupplierKind
from styr.ui.toasts import tell, warn
from styr.workspace.web.settings.forms import AccountRuleForm, EndForm


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def account_rules(request: HttpRequest) -> HttpResponse:
    """The rules; a new one holds from a day on, and the one it follows is kept."""
    today = clock.today()
    offer = on_offer(today)
    services = offer.services
    sections = [(code, f"{section_title(code)} {fact.name}") for code, fact in offer.sections.items()]
    form = AccountRuleForm(
        request.POST or None, sections=sections, services=list(services.items()), initial={"starts": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            rules.set_account_rule(
                municipality_id=person_of(request).municipality_id,
                coding=form.coding(),
                starts=form.cleaned_data["starts"],
                today=today,
            )
        except rules.UnableToSetAccountRuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, f"Reglen gælder fra {danish_date(form.cleaned_data['starts'])}.")
            return redirect("account_rules")
    every = rules.account_rules()
    past = [rule for rule in every if rule.valid_to and rule.valid_to <= today]
    shown = every if "alle" in request.GET else [rule for rule in every if rule not in past]
    context = {
        "section": "settings",
        "rules": [(rule, services.get(rule.service, rule.service), _kind(rule)) for rule in shown],
        "past": len(past),
        "all": "alle" in request.GET,
        "form": form,
    }
    return render(request, "workspace/settings/account_rules.html", context)


@requires(Permission.SEE_SETTINGS)
@require_safe
def account_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """One rule: the parts of its account, its notes, and who changed it."""
    rule = rules.account_rule(rule_id)
    if rule is None:
        raise Http404("Reglen findes ikke.")
    today = clock.today()
    context = {
        "section": "settings",
        "rule": rule,
        "service": on_offer(today).services.get(rule.service, rule.service),
        "kind": _kind(rule),
        "parts": account_parts(rule.account_string),
        "runs": rule.valid_to is None or rule.valid_to > today,
        "form": EndForm(initial={"ends": today}),
        "history": record_history("grants.AccountRule", rule_id),
    }
    return render(request, "workspace/settings/account_rule.html", context)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
def account_rule_end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Let a rule hold no longer from a day on."""
    form = EndForm(request.POST)
    if not form.is_valid():
        warn(request, "Vælg den dag, reglen ophører.")
        return redirect("account_rule", rule_id)
    try:
        rules.end_account_rule(rule_id=rule_id, ends=form.cleaned_data["ends"], today=clock.today())
    except rules.UnableToSetAccountRuleError as refusal:
        warn(request, str(refusal))
        return redirect("account_rule", rule_id)
    tell(request, f"Reglen gælder ikke fra {danish_date(form.cleaned_data['ends'])}.")
    return redirect("account_rules")


def _kind(rule: rules.AccountLine) -> str:
    return SupplierKind(rule.supplier_kind).danish.capitalize() if rule.supplier_kind else ""
