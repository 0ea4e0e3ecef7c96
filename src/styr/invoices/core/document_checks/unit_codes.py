"""Units of measure: UN/ECE Recommendation 20 (rev. 11e, as BR-CL-23 has it) with the packages of Recommendation 21."""

import re
from collections.abc import Iterator
from typing import Final

# "A10-45" stands for A10, A11 … A45
_REC_20: Final = """
10-11 13-15 20-25 27-28 33-35 37-38 40-41 56-61 64 66 74 76-78 80-81 84-85 87 89 91
1I 2A 2B 2C 2G 2H 2I 2J 2K 2L 2M 2N 2P 2Q 2R 2U 2X 2Y 2Z 3B 3C 4C 4G 4H 4K 4L 4M 4N 4O 4P 4Q 4R 4T 4U 4W 4X 5A 5B 5E 5J
A1-45 A47-71 A73-91 A93-99 B1 B3-4 B7-8 B10-99 C0 C3 C7-76 C78-97 C99
D03-04 D1-2 D5-6 D9-13 D15-27 D29-39 D41-63 D65 D68-78 D80-83 D85-89 D91 D93-95
E01 E4 E07-12 E14-23 E25 E27-28 E30-99 F01-08 F10-99 G01 G2-3 G04-06 G08-21 G23-99
H03-16 H18-85 H87-96 H98-99 J2 J10 J12-36 J38-76 J78-79 J81-85 J87 J89-99 K1-3 K5-6 K10-28 K30-43 K45-55 K58-71 K73-99
L2 L10-21 L23-60 L63-96 L98-99 M1 M4-5 M7 M9-27 M29-53 M55-99 N1 N3 N10-99 P1-2 P5 P10-99 Q3 Q10-28
R1 R9 S3-4 T0 T3 U1-2 W2 X1 Z11
AA AB ACR ACT AD AE AH AI AK AL AMH AMP ANN APZ AQ ARE AS ASM ASU ATM ATT AY AZ BAR BB BFT BHP BIL BLD BLL BP BQL BTU
BUA BUI CCT CDL CEL CEN CG CGM CKG CLF CLT CMK CMQ CMT CNP CNT COU CTG CTM CTN CUR CWA CWI DAA DAD DAY DB DD DEC DG DJ
DLT DMA DMK DMO DMQ DMT DN DPC DPR DPT DRA DRI DRL DT DTN DU DWT DX DZN DZP EA EB EQ FAH FAR FBM FC FF FH FIT FL FOT FP
FR FS FTK FTQ GB GBQ GDW GE GF GFI GGR GIA GIC GII GIP GJ GL GLD GLI GLL GM GO GP GQ GRM GRN GRO GRT GT GV GWH HA HAR
HBA HBX HC HDW HEA HGM HH HIU HJ HKM HLT HM HMQ HMT HN HP HPA HTZ HUR IA IE INH INK INQ ISD IU IV JE JK JM JNT JOU JPS
JWL KA KAT KB KBA KCC KDW KEL KGM KGS KHY KHZ KI KIC KIP KJ KJO KL KLK KLX KMA KMH KMK KMQ KMT KNI KNS KNT KO KPA KPH
KPO KPP KR KSD KSH KT KTN KUR KVA KVR KVT KW KWH KWN KWO KWS KWT KWY KX LA LAC LBR LBT LD LEF LF LH LK LM LN LO LP LPA
LR LS LTN LTR LUB LUM LUX LY MAH MAL MAM MAR MAW MBE MBF MBR MC MCU MD MGM MHZ MIK MIL MIN MIO MIU MKD MKM MKW MLD MLT
MMK MMQ MMT MND MNJ MON MPA MQD MQH MQM MQS MQW MRD MRM MRW MSK MTK MTQ MTR MTS MTZ MVA MWH NA NAR NCL NEW NF NIL NIU
NL NM3 NMI NMP NPR NPT NQ NR NT NTT NTU NU NX OA ODE ODG ODK ODM OHM ON ONZ OPM OT OZ OZA OZI PAL PD PFL PGL PI PLA PO
PQ PR PS PT PTD PTI PTL PTN QA QAN QB QR QT QTD QTI QTL QTR RH RM ROM RP RPM RPS RT SAN SCO SCR SEC SET SG SIE SM3 SMI
SQ SQR SR STC STI STK STL STN STW SW SX SYR TAH TAN TI TIC TIP TKM TMS TNE TP TPI TPR TQD TRL TST TTS UA UB UC VA VLT
VP WA WB WCD WE WEB WEE WG WHR WM WSD WTT WW YDK YDQ YRD ZP ZZ KGM SHT E4 LUX
"""
_SERIES: Final = re.compile(r"([A-Z]?)(\d+)-(\d+)")
_PACKAGE: Final = re.compile(r"X[0-9A-Z]{2}", re.ASCII)
# OIOUBL 2 uses the code list of 2001 with hundreds of codes that are gone since: there only the shape is judged
_SHAPE: Final = re.compile(r"[0-9A-Z]{2,3}", re.ASCII)


def _expanded(text: str) -> Iterator[str]:
    for token in text.split():
        series = _SERIES.fullmatch(token)
        if series is None:
            yield token
            continue
        letter, first, last = series[1], series[2], series[3]
        width = len(first) if first.startswith("0") else 1
        yield from (f"{letter}{number:0{width}d}" for number in range(int(first), int(last) + 1))


_UNITS: Final = frozenset(_expanded(_REC_20))


def is_unit(code: str) -> bool:
    """Whether the code is in the list of today."""
    return code in _UNITS or _PACKAGE.fullmatch(code) is not None


def looks_like_unit(code: str) -> bool:
    """Whether the code has the shape of one in any edition of the list: two or three capitals and digits."""
    return _SHAPE.fullmatch(code) is not None
