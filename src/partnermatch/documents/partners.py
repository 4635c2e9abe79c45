"""Which partners does one cell name?

Contract: `/` and `、` part partners outside brackets; `・` does where an organization's name ends on both of its sides;
an umbrella with several organizations in its brackets gives the umbrella and each of them. An institution with its unit
stays one partner. Counts of members (6カ国20機関) and "and others" are dropped, as is a part that can name no
organization; every drop is reported. Where the row has no country of its own, a partner's own one is taken off its
front. One pass a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from partnermatch.documents.countries import Countries
from partnermatch.documents.organization_words import ends_as_organization, find_why_no_organization, is_unit

_OPENING, _CLOSING = "(（", ")）"
_OTHERS = re.compile(r"(?:\s*(?:ほか|など|他|(?<!高)等))+$")
_MEMBER_COUNT = re.compile(
    r"(?:^|(?<=[\s)）\w]))(?:約|計)?\d+\s*[カヵケヶか]国(?:・地域)?(?:以上)?\s*(?:(?:約|計)?\d+\s*(?:以上の)?(?:機関|組織|大学)(?:以上)?)?$"
)
# In characters: how far from the end of a part such a tail is looked for, so that the work stays linear.
_TAIL = 60
_UMBRELLA = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")
# Katakana joined to the dot as a preposition: センター・フォー・… goes on, no second organization begins.
_GOES_ON = re.compile(r"(?:フォー|オブ|アンド|フュア|イン)(?:・|$)")


@dataclass(frozen=True)
class Partner:
    """One partner: its name as written, and the country that the cell gives for it (empty: none)."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class PartnerCell:
    """What a partner cell names.

    Attributes:
        partners: in the cell's order.
        dropped: (text, reason) of every part that became no partner.
        remarks: (text, remark) on partners that need one.
    """

    partners: tuple[Partner, ...]
    dropped: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]


def split_partner_cell(cell: str, countries: Countries, *, several_countries: bool) -> PartnerCell:
    """Part a cell into the partners that it names.

    Args:
        cell: the partner cell, whitespace tidied.
        countries: the document's countries.
        several_countries: the row stands under no one country, so partners may carry theirs.
    """
    partners: list[Partner] = []
    dropped: list[tuple[str, str]] = []
    remarks: list[tuple[str, str]] = []
    for chunk in split_outside_brackets(cell, "/／"):
        country = ""
        for part in split_outside_brackets(chunk, "、､"):
            if several_countries:
                title, own, name = countries.cut_country(part)
                # A country written apart holds for the names after it, up to the next slash.
                country = own if name != part else country
                if title:
                    dropped.append((title, "a title in front of the partners"))
            else:
                own, name = "", part
            found, lost = _name_partners(name)
            partners += [Partner(text, own or country) for text in found]
            dropped += lost
    remarks += [(partner.name, "a unit named without its institution") for partner in partners if is_unit(partner.name)]
    return PartnerCell(tuple(partners), tuple(dropped), tuple(remarks))


def _name_partners(part: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Take what is no name off one part, and unfold what is left."""
    tail = _MEMBER_COUNT.sub("", _OTHERS.sub("", part[-_TAIL:]))
    name = (part[:-_TAIL] + tail).strip()
    lost = [(part[len(name) :].strip(), "no name: a count of members or 'and others'")] if name != part else []
    reason = find_why_no_organization(name)
    if reason:
        return [], [(part, reason)]
    return [each for joined in unfold_umbrella(name) for each in split_joined_organizations(joined)], lost


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """Split at separators that stand in no bracket; blank pieces are left out.

    A text whose brackets do not close is split as if it had none, so that one misprint cannot hide a partner.
    """
    balanced = sum(text.count(mark) for mark in _OPENING) == sum(text.count(mark) for mark in _CLOSING)
    pieces: list[str] = []
    depth = start = 0
    for place, letter in enumerate(text):
        if balanced and letter in _OPENING:
            depth += 1
        elif balanced and letter in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and letter in separators:
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def split_joined_organizations(name: str) -> list[str]:
    """Split at `・` where both sides end as organizations; the dot inside one name stays.

    >>> split_joined_organizations("北試験研究所・南試験機構")
    ['北試験研究所', '南試験機構']
    >>> split_joined_organizations("物理・化学研究所")
    ['物理・化学研究所']
    """
    if not ends_as_organization(name):
        return [name]
    pieces: list[str] = []
    start = 0
    for dot in re.finditer("・", name):
        # The end alone is looked at: a copy of the whole left side at every dot would be quadratic.
        left_end = name[max(start, dot.start() - _TAIL) : dot.start()]
        if ends_as_organization(left_end) and not _GOES_ON.match(name, dot.end()) and dot.end() < len(name):
            pieces.append(name[start : dot.start()].strip())
            start = dot.end()
    return [*pieces, name[start:].strip()]


def unfold_umbrella(name: str) -> list[str]:
    """Unfold `umbrella(one、another)` where each name in the brackets ends as an organization.

    >>> unfold_umbrella("試験協会(一号研究所、二号研究所)")
    ['試験協会', '一号研究所', '二号研究所']
    >>> unfold_umbrella("試験研究所(試験協会)")
    ['試験研究所(試験協会)']
    """
    match = _UMBRELLA.fullmatch(name)
    members = split_outside_brackets(match[2], "、､/／") if match else []
    if match is None or len(members) < 2 or not all(map(ends_as_organization, members)):
        return [name]
    return [match[1].strip(), *members]
