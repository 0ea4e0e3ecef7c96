"""Closed lists of codes that e-invoices may use. Facts; the source stands by each."""

from typing import Final


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 4217 (2025), with codes withdrawn since 2015 that older documents carry
CURRENCIES: Final = _codes(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
    CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
    GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
    LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT
    TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG
    XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG ZWL
    """
)

# ISO 3166-1 alpha-2, with 1A (Kosovo) and XI (Northern Ireland) as EN 16931 has them
COUNTRIES: Final = _codes(
    """
    1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
    GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB
    SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
    UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW
    """
)

# UNTDID 1001 as EN 16931 (BR-CL-01), Peppol BIS 3 and OIOUBL 3 restrict it
INVOICE_TYPES: Final = _codes(
    """
    71 80 82 84 102 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456
    457 471 472 473 500 501 502 503 527 553 575 623 633 751 780 817 870 875 876 877 935
    """
)
CREDIT_NOTE_TYPES: Final = _codes("81 83 261 262 296 308 381 396 420 458 502 503 532")
# OIOUBL code lists invoicetypecode-1.1 and -1.2
OIOUBL2_INVOICE_TYPES: Final = frozenset({"325", "380", "390", "393"})

# UNCL 4461 (BR-CL-16)
PAYMENT_MEANS: Final = _codes("74 75 76 77 78 91 92 93 94 95 96 97 98 ZZZ") | {str(n) for n in range(1, 71)}
# what Danish payers can use (OIOUBL-BIL-005, DK-R-005); OIOUBL 2 knows cheques too (F-LIB100)
DANISH_PAYMENT_MEANS: Final = _codes("1 10 31 42 48 49 50 58 59 93 97")
OIOUBL2_PAYMENT_MEANS: Final = DANISH_PAYMENT_MEANS | {"20"}

# UNCL 5305 as EN 16931 uses it (BR-CL-17), and how its rules name each
TAX_CATEGORIES: Final = {
    "S": "S",
    "Z": "Z",
    "E": "E",
    "AE": "AE",
    "K": "IC",
    "G": "G",
    "O": "O",
    "L": "AF",
    "M": "AG",
    "B": "B",
}
# OIOUBL taxcategoryid-1.1 … -1.4: names, else the four or six digits of an excise duty
OIOUBL2_TAX_CATEGORIES: Final = frozenset({"ZeroRated", "StandardRated", "ReverseCharge", "Excise", *"BMLKOG"})

# Electronic Address Scheme (EAS), Peppol and CEF lists of 2025
ENDPOINT_SCHEMES: Final = _codes(
    """
    0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191
    0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218
    0219 0220 0221 0225 0230 0235 0237 0238 0240 0242 0244 0245 0246 9901 9902 9904 9905 9906 9907 9910 9912 9913 9914
    9915 9917 9918 9919 9920 9921 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938
    9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9955 9956 9957 9958 9959 AN AQ AS AU EM
    """
)
_VAT_COUNTRIES: Final = _codes(
    """
    AD AL AT BA BE BG CH CY CZ DE EE ES EU FI GB GR HR HU IE IT LI LT LU LV MC ME MK MT NL NO PL PT RO RS SE SI SK SM TR
    VA
    """
)
# OIOUBL 2: schemes of EndpointID (F-LIB179) and of PartyIdentification (F-LIB183)
_OIOUBL2_SCHEMES: Final = _codes(
    """
    GLN DUNS DK:P DK:CVR DK:CPR DK:SE FR:SIRET SE:ORGNR FI:OVT FI:ORGNR IT:FTI IT:SIA IT:SECETI IT:CF NO:ORGNR
    EU:REID AT:GOV AT:CID IS:KT IBAN AT:KUR IT:IPA
    """
) | {f"{country}:VAT" for country in _VAT_COUNTRIES}
OIOUBL2_ENDPOINT_SCHEMES: Final = _OIOUBL2_SCHEMES | {"DK:VANS"}
OIOUBL2_PARTY_SCHEMES: Final = _OIOUBL2_SCHEMES | _codes("ZZZ DK:TELEFON IS:VSKNR NO:EFO NO:NOBB NO:NODI SEPA")
OIOUBL2_LEGAL_SCHEMES: Final = _codes("DK:CVR DK:CPR ZZZ")

# OIOUBL profileid-1.1 … -1.6: those an invoice or credit note may claim
_PURCHASING: Final = (
    *("BilSim", "BilSimR", "PayBas", "PayBasR", "OrdSim", "OrdSimR"),
    *(f"{order}-{bill}" for order in ("OrdSim", "OrdSimR", "OrdAdv", "OrdAdvR") for bill in ("BilSim", "BilSimR")),
    *("OrdSel-BilSim", "OrdSel-BilSimR", "TecRes"),
)
OIOUBL2_PROFILES: Final = frozenset(
    [
        "NONE",
        "Reference-Utility-1.0",
        "Reference-UtilityR-1.0",
        "urn:www.cenbii.eu:profile:bii30:ver2.0",
        *(f"Procurement-{name}-1.0" for name in _PURCHASING),
        *(f"urn:www.nesubl.eu:profiles:profile{n}:ver{v}.0" for n in (1, 2, 3, 5, 7, 8) for v in (1, 2)),
    ]
)
OIOUBL3_PROFILES: Final = frozenset(
    {
        "urn:fdc:oioubl.dk:bis:billing_with_response:3",
        "urn:fdc:oioubl.dk:bis:billing_private_without_response:3",
    }
)

# files that may travel inside: BR-CL-24; OIOUBL 2 (F-LIB174) allows five more
ATTACHMENT_TYPES: Final = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)
OIOUBL2_ATTACHMENT_TYPES: Final = ATTACHMENT_TYPES | {"image/tiff", "image/gif", "text/xml", "application/vnd.ms-excel"}
