"""The codes that contracts are written with, and the Danish words people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class ContractKind(DanishCode):
    """About one citizen, or a framework for whomever is placed under it."""

    INDIVIDUAL = "individual", "individuel"
    FRAMEWORK = "framework", "ramme"


class ContractStatus(DanishCode):
    """How far a contract has come."""

    DRAFT = "draft", "kladde"
    SENT = "sent", "sendt"
    SIGNED = "signed", "underskrevet"
    TERMINATED = "terminated", "opsagt"


class LineKind(DanishCode):
    """What a line is: the base price, a supplement, a special rate for one citizen."""

    BASE = "base", "basis"
    SUPPLEMENT = "supplement", "tillæg"
    SPECIAL = "special", "særtakst"


class MilestoneKind(DanishCode):
    """What a date that follows from the terms calls for."""

    NOTICE = "notice", "sidste dag for opsigelse til udløb"
    EXPIRY = "expiry", "udløb"
    EVALUATION = "evaluation", "evaluering"
    APPROVAL = "approval", "tilbuddets godkendelse udløber"
    FOLLOW_UP = "follow_up", "opfølgning med leverandøren"
    STATUS_REPORT = "status_report", "statusrapport fra tilbuddet"
    INSURANCE = "insurance", "bevis for forsikring"
    SUPERVISION = "supervision", "tilsynsrapport fra socialtilsynet"
    OTHER = "other", "aftalt frist"


class TermKind(DanishCode):
    """What the municipality may have its own word on."""

    SECTION = "section", "paragraf"
    SERVICE = "service", "ydelse"


class IndexKind(DanishCode):
    """How the price may follow the years (indeksering)."""

    FIXED = "fixed", "fast pris"
    PL = "pl", "KL's PL-fremskrivning"
    PERCENT = "percent", "fast procent om året"


class NoticeFrom(DanishCode):
    """From when the days of notice are counted."""

    DAY = "day", "fra den dag, der opsiges"
    MONTH_END = "month_end", "fra udgangen af den løbende måned"


class CorrectionSubject(DanishCode):
    """What of a signed contract's register was put right without a supplement."""

    TERMS = "terms", "vilkår"
    LINE = "line", "linje"


class DutyKind(DanishCode):
    """What must be done again and again while a contract runs."""

    FOLLOW_UP = "follow_up", "opfølgning med leverandøren"
    STATUS_REPORT = "status_report", "statusrapport fra tilbuddet"
    INSURANCE = "insurance", "bevis for forsikring"
    SUPERVISION = "supervision", "tilsynsrapport fra socialtilsynet"
    OTHER = "other", "andet"
