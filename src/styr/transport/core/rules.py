"""The thirty criteria's rules as conditions. Limits are dated data; the words follow the law of the criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.transport.core.entitlement import (
    Assessed,
    Condition,
    aged,
    all_of,
    answered,
    any_of,
    assess,
    at_least,
    longer,
    school_way,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from styr.transport.core.facts import Facts
    from styr.transport.core.limits import Limits

_PENSION = ("pension", "Borgeren får social pension, der giver ret til kørsel")
_ENROLLED = ("enrolled", "Borgeren er visiteret til eller optaget i tilbuddet")
_REFERRED = ("referred", "Kommunen har selv henvist til stedet")
_DANGEROUS = ("dangerous", "Vejen er trafikfarlig for klassetrinnet")
_ILL = ("ill", "Sygdom eller invaliditet er dokumenteret")
_ATTENDED = ("attended", "Der er fremmøde på de dage, der betales for")
_REDUCED = ("reduced", "Funktionsevnen er betydeligt nedsat")
_LASTING = ("lasting", "Funktionsevnen er varigt nedsat")


def _cannot_travel(facts: Facts) -> Condition:
    return answered(
        facts, "public_transport", "Borgeren kan ikke bruge offentlig transport eller komme frem selv", wanted=False
    )


def doctor(facts: Facts, _limits: Limits) -> Condition:
    """SUL § 170: pensioners."""
    return all_of("Kørsel til læge gives til pensionister", answered(facts, *_PENSION))


def specialist(facts: Facts, limits: Limits) -> Condition:
    """SUL § 170: pensioners; others when referred and over 50 km."""
    far = all_of(
        "Henvist og langt til speciallægen",
        answered(facts, "referral", "Borgeren er henvist af en læge"),
        longer(facts, limits, "specialist", "Vej til speciallægen"),
    )
    return any_of("Pensionist, eller henvist med over 50 km", answered(facts, *_PENSION), far)


def vaccination(facts: Facts, limits: Limits) -> Condition:
    """The scheme of 2021: while it held."""
    scheme = limits.get("vaccination_scheme")
    held = Condition("Ordningen gælder", scheme is not None, f"{facts.on:%d-%m-%Y}", scheme.told if scheme else "")
    return all_of("Kørsel til vaccination mod covid-19", held, _cannot_travel(facts))


def reduced_function(facts: Facts, _limits: Limits) -> Condition:
    """SEL § 112 ff.: lasting reduction, and no other way."""
    return all_of("Varigt nedsat funktionsevne og ingen anden vej", answered(facts, *_LASTING), _cannot_travel(facts))


def rehabilitation(facts: Facts, _limits: Limits) -> Condition:
    """SUL § 172: a plan, and pensioner or unable to use public transport."""
    who = any_of(
        "Pensionist, eller kan ikke bruge offentlig transport", answered(facts, *_PENSION), _cannot_travel(facts)
    )
    return all_of("Genoptræning efter sundhedsloven", answered(facts, "plan", "Der er en genoptræningsplan"), who)


def rehabilitation_far(facts: Facts, limits: Limits) -> Condition:
    """SUL § 172: a plan and over 50 km."""
    return all_of(
        "Genoptræning langt væk",
        answered(facts, "plan", "Der er en genoptræningsplan"),
        longer(facts, limits, "rehabilitation", "Vej til genoptræningen"),
    )


def day_centre(facts: Facts, _limits: Limits) -> Condition:
    """SEL § 117, § 86: assessed for the place, and unable to come by oneself."""
    return all_of("Visiteret og kan ikke selv komme frem", answered(facts, *_ENROLLED), _cannot_travel(facts))


def disability_rides(facts: Facts, limits: Limits) -> Condition:
    """Lov om trafikselskaber § 11: 18 years, severely impaired in walking; 104 single trips a year are a right."""
    severe = answered(facts, "severe", "Borgeren er svært bevægelseshæmmet og bruger ganghjælpemiddel")
    return all_of("Individuel handicapkørsel", aged(facts, limits, "disability_age"), severe, _trips(facts, limits))


def disability_rides_blind(facts: Facts, limits: Limits) -> Condition:
    """The same for the blind."""
    blind = answered(facts, "blind", "Borgeren er blind eller stærkt svagsynet")
    return all_of("Individuel handicapkørsel", aged(facts, limits, "disability_age"), blind, _trips(facts, limits))


def _trips(facts: Facts, limits: Limits) -> Condition:
    limit, used = limits.get("disability_trips"), facts.number("trips")
    known = limit is not None and used is not None
    met = (used or 0) < limit.value if limit is not None and known else None
    right = limit.value if limit else "?"
    fact = "ikke oplyst" if used is None else f"{used} kørt i år"
    text = f"Retten på {right} enkeltture om året er ikke brugt; flere er kommunens valg"
    return Condition(text, met, fact, limit.told if limit else "")


def child_in_place(facts: Facts, limits: Limits) -> Condition:
    """BL §§ 82, 84: a child assessed for the place."""
    return all_of(
        "Barn visiteret til tilbuddet", aged(facts, limits, "child_age", below=True), answered(facts, *_ENROLLED)
    )


def in_decision(facts: Facts, _limits: Limits) -> Condition:
    """BL §§ 32, 103: the ride is part of the decision."""
    return all_of(
        "Befordring som del af en afgørelse",
        answered(facts, "decided", "Befordringen står i afgørelsen om indsatsen eller samværet"),
    )


def extra_cost(facts: Facts, limits: Limits) -> Condition:
    """BL § 86: a child with a lasting reduction, and documented extra cost."""
    return all_of(
        "Merudgift ved forsørgelse af barn",
        aged(facts, limits, "child_age", below=True),
        answered(facts, *_LASTING),
        answered(facts, "documented", "Merudgiften er dokumenteret"),
    )


def sheltered_work(facts: Facts, limits: Limits) -> Condition:
    """SEL § 105: the first 10 km are the citizen's own, unless function calls for all of it."""
    far = longer(facts, limits, "own_way", "Vej til arbejdet")
    why = any_of("Længere end borgerens egen vej, eller nedsat funktionsevne", far, answered(facts, *_REDUCED))
    return all_of("Beskyttet beskæftigelse", answered(facts, *_ENROLLED), why)


def activity_offer(facts: Facts, _limits: Limits) -> Condition:
    """SEL § 105: significantly reduced function."""
    return all_of("Aktivitets- og samværstilbud", answered(facts, *_ENROLLED), answered(facts, *_REDUCED))


def stu(facts: Facts, limits: Limits) -> Condition:
    """STU: 22 km out and back, or unable to use public transport."""
    far = at_least(facts, limits, "stu_return", "Vej frem og tilbage", ways=2)
    why = any_of("Langt, eller kan ikke bruge offentlig transport", far, _cannot_travel(facts))
    return all_of("Særligt tilrettelagt ungdomsuddannelse", answered(facts, *_ENROLLED), why)


def school_distance(facts: Facts, limits: Limits) -> Condition:
    """FSL § 26, stk. 1, nr. 1."""
    own = answered(facts, "district_school", "Eleven går i distriktsskolen")
    return all_of("Afstand til distriktsskolen", own, school_way(facts, limits))


def school_danger(facts: Facts, _limits: Limits) -> Condition:
    """FSL § 26, stk. 1, nr. 2."""
    own = answered(facts, "district_school", "Eleven går i distriktsskolen")
    return all_of("Farlig skolevej", own, answered(facts, *_DANGEROUS))


def school_illness(facts: Facts, _limits: Limits) -> Condition:
    """FSL § 26, stk. 2."""
    return all_of("Sygdom og invaliditet, uanset afstand", answered(facts, *_ILL))


def school_referred(facts: Facts, limits: Limits) -> Condition:
    """FSL § 26, the municipality's own referral."""
    why = any_of("Afstand eller farlig vej", school_way(facts, limits), answered(facts, *_DANGEROUS))
    return all_of("Henvist til en anden skole", answered(facts, *_REFERRED), why)


def special_school_illness(facts: Facts, _limits: Limits) -> Condition:
    """FSL § 26, stk. 2, at a special school."""
    why = any_of("Kan ikke befordre sig selv", answered(facts, *_ILL), _cannot_travel(facts))
    return all_of("Henvist til specialskole", answered(facts, *_REFERRED), why)


def day_care_referred(facts: Facts, _limits: Limits) -> Condition:
    """The municipality's own referral; no right by law."""
    return all_of("Henvist til tilbud uden for lokalområdet", answered(facts, *_REFERRED))


def employment(facts: Facts, limits: Limits) -> Condition:
    """LAB: enrolled, more than 24 km out and back, attended."""
    return all_of(
        "Godtgørelse til ledige i tilbud",
        answered(facts, *_ENROLLED),
        longer(facts, limits, "employment_return", "Vej frem og tilbage", ways=2),
        answered(facts, *_ATTENDED),
    )


def employment_disability(facts: Facts, _limits: Limits) -> Condition:
    """LAB: enrolled, reduced function, attended."""
    return all_of(
        "Befordring ved nedsat funktionsevne",
        answered(facts, *_ENROLLED),
        answered(facts, *_REDUCED),
        _cannot_travel(facts),
        answered(facts, *_ATTENDED),
    )


def danish_course(facts: Facts, limits: Limits) -> Condition:
    """Danskuddannelsesloven: enrolled and more than 22 km out and back."""
    far = longer(facts, limits, "danish_return", "Vej frem og tilbage", ways=2)
    return all_of("Danskuddannelse", answered(facts, *_ENROLLED), far)


def integration(facts: Facts, _limits: Limits) -> Condition:
    """Integrationsloven: in the programme, cannot pay, attended."""
    return all_of(
        "Integrationsprogram",
        answered(facts, *_ENROLLED),
        answered(facts, "need", "Borgeren kan ikke selv betale"),
        answered(facts, *_ATTENDED),
    )


RULES: Final[Mapping[str, Callable[[Facts, Limits], Condition]]] = {
    "doctor": doctor,
    "specialist": specialist,
    "vaccination": vaccination,
    "reduced_function": reduced_function,
    "reduced_function_lasting": reduced_function,
    "rehabilitation": rehabilitation,
    "rehabilitation_far": rehabilitation_far,
    "day_centre": day_centre,
    "training": day_centre,
    "disability_rides": disability_rides,
    "disability_rides_blind": disability_rides_blind,
    "special_day_care": child_in_place,
    "special_club": child_in_place,
    "child_measure": in_decision,
    "child_contact": in_decision,
    "extra_cost": extra_cost,
    "sheltered_work": sheltered_work,
    "activity_offer": activity_offer,
    "stu": stu,
    "school_distance": school_distance,
    "school_danger": school_danger,
    "school_illness": school_illness,
    "school_referred": school_referred,
    "special_school": school_referred,
    "special_school_illness": special_school_illness,
    "day_care_referred": day_care_referred,
    "employment": employment,
    "employment_disability": employment_disability,
    "danish_course": danish_course,
    "integration": integration,
}
"""The computation that a criterion names → its rule."""

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "doctor": ("pension",),
    "specialist": ("pension", "referral"),
    "vaccination": ("public_transport",),
    **dict.fromkeys(("reduced_function", "reduced_function_lasting"), ("lasting", "public_transport")),
    "rehabilitation": ("plan", "pension", "public_transport"),
    "rehabilitation_far": ("plan",),
    **dict.fromkeys(("day_centre", "training"), ("enrolled", "public_transport")),
    "disability_rides": ("severe", "trips"),
    "disability_rides_blind": ("blind", "trips"),
    **dict.fromkeys(("special_day_care", "special_club"), ("enrolled",)),
    **dict.fromkeys(("child_measure", "child_contact"), ("decided",)),
    "extra_cost": ("lasting", "documented"),
    "sheltered_work": ("enrolled", "reduced"),
    "activity_offer": ("enrolled", "reduced"),
    "stu": ("enrolled", "public_transport"),
    "school_distance": ("grade", "district_school"),
    "school_danger": ("district_school", "dangerous"),
    "school_illness": ("ill",),
    "special_school_illness": ("referred", "ill", "public_transport"),
    **dict.fromkeys(("school_referred", "special_school"), ("grade", "referred", "dangerous")),
    "day_care_referred": ("referred",),
    "employment": ("enrolled", "attended"),
    "employment_disability": ("enrolled", "reduced", "public_transport", "attended"),
    "danish_course": ("enrolled",),
    "integration": ("enrolled", "need", "attended"),
}
"""What a person is asked for each rule (`facts.QUESTIONS`)."""


def assessed(rule: str, facts: Facts, limits: Limits) -> Assessed | None:
    """Hold a criterion's rule against what is known; None where a person alone judges."""
    build = RULES.get(rule)
    return assess(rule, build(facts, limits), facts, limits) if build else None
