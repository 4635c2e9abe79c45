"""Which Japanese words end the name of an organization, of a unit inside one, or of something that is neither?

Contract: judgements on the last word of a name, for telling institutions from countries and from free text inside the
cells of one document. What a name means is settled elsewhere; these lists only have to place cells.
"""

from __future__ import annotations

import re

_ORGANIZATION = (
    r"大学校?|大學|カレッジ|大学院|学院|専門学校|高等学院|研究所|研究院|研究機構|研究機関|科学院|技術院|アカデミー|病院|医院"
    r"|センター|中心|機構|機関|施設|放射光源|財団|基金|協会|学会|研究会|交流会|会議|委員会|評議会|議会|カウンシル|法人|[省庁局]"
    r"|社|会社|GmbH|連盟|同盟|連合|コンソーシアム|ネットワーク|プログラム|プロジェクト|COE|校|研究グループ|グループ"
)
_UNIT = r"学部|学科|専攻|研究科|研究室|学系|物理系|工学系|部門|講座|教室|ユニット|部|課|係"
_UNDERTAKING = r"共同研究|共同開発|共同実験|研究協力|協力|研究交流|人材交流|協定書?|覚書|契約書?|制度|支援"
_REGION = (
    r"[東西南北中央]*(?:アジア|アフリカ|アメリカ|ヨーロッパ|オセアニア|太平洋|欧州?|米|中東|近東|大洋州)(?:諸国|地域)?"
)
_BRACKET_TAIL = re.compile(r"\s*[(（][^()（）]*[)）]$")
_ORGANIZATION_END = re.compile(rf".(?:{_ORGANIZATION})$")
_UNIT_END = re.compile(rf"(?:{_UNIT})$")
_UNDERTAKING_END = re.compile(rf"(?:{_UNDERTAKING})$")
_ONLY_REGION = re.compile(_REGION)
# The longest head is five letters; a window keeps the search linear however long the name.
_WINDOW = 16


def ends_as_organization(name: str) -> bool:
    """Say whether the name closes with an organization's head word, a bracket behind it aside.

    >>> [ends_as_organization(name) for name in ("国立試験研究所 (ABC)", "原子核研究", "理学部")]
    [True, False, False]
    """
    return _ORGANIZATION_END.search(_BRACKET_TAIL.sub("", name[-200:])[-_WINDOW:]) is not None


def is_unit(name: str) -> bool:
    """Say whether a name is only a unit (faculty, department) without its institution.

    >>> [is_unit(name) for name in ("物理学科", "試験大学 物理学科", "試験大学理学部")]
    [True, False, False]
    """
    return _UNIT_END.search(name[-_WINDOW:]) is not None and re.search(rf".(?:{_ORGANIZATION})", name) is None


def find_why_no_organization(name: str) -> str:
    """Say why a text can name no organization; empty when it may.

    >>> find_why_no_organization("東南アジア")
    'a part of the world, no institution'
    >>> find_why_no_organization("試験研究所")
    ''
    """
    if not any(letter.isalpha() for letter in name):
        return "no name in it"
    if _ONLY_REGION.fullmatch(name):
        return "a part of the world, no institution"
    if _UNDERTAKING_END.search(name[-_WINDOW:]):
        return "an undertaking, no institution"
    return ""
