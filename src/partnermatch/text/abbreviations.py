"""Abbreviations of generic words as bibliographic databases write them: Comput. Sci., Inst. of Technol., Nat. Res. Lab.

Most are those of the list of title word abbreviations (ISO 4) as INSPEC and Scopus use them in affiliations. A short one
may be a word of its own (res, nat, int) and counts only with its full stop.
"""

from __future__ import annotations

_WITH_STOP = {
    "adv": "advanced", "agric": "agricultural", "appl": "applied", "assoc": "association", "astron": "astronomy",
    "biol": "biology", "bus": "business", "chem": "chemistry", "coll": "college", "commun": "communication",
    "econ": "economics", "educ": "education", "electr": "electrical", "electron": "electronic", "eng": "engineering",
    "environ": "environmental", "fed": "federal", "gen": "general", "inf": "information", "int": "international",
    "math": "mathematics", "mech": "mechanical", "med": "medical", "minist": "ministry", "nat": "national",
    "organ": "organization", "phys": "physics", "psychol": "psychology", "res": "research", "sch": "school",
    "sci": "sciences", "syst": "systems", "tech": "technology", "uni": "university",
}  # fmt: skip
_ALWAYS = {
    "acad": "academy", "accel": "accelerator", "archit": "architecture", "autom": "automation",
    "bioinf": "bioinformatics", "biomed": "biomedical", "comput": "computer", "corp": "corporation", "ctr": "center",
    "dept": "department", "engg": "engineering", "govt": "government", "hosp": "hospital", "inst": "institute",
    "intl": "international", "lab": "laboratory", "labs": "laboratories", "natl": "national", "polytech": "polytechnic",
    "semicond": "semiconductor", "technol": "technology", "telecom": "telecommunications",
    "telecommun": "telecommunications", "univ": "university",
}  # fmt: skip


def spell_out(word: str, stopped: bool) -> str:
    """The word that a folded Latin one stands for; empty if it is no abbreviation.

    Args:
        word: folded.
        stopped: whether a full stop follows.

    >>> spell_out("technol", False), spell_out("nat", True), spell_out("nat", False)
    ('technology', 'national', '')
    """
    return _ALWAYS.get(word) or (_WITH_STOP.get(word, "") if stopped else "")
