"""Which texts of this document name a country, and which country does a partner carry in front?

Contract: the countries are learned from the document's own rows; the list here holds only everyday short names, which
stand in front of a partner in rows about several countries. Names stay in the document's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from partnermatch.documents.organization_words import ends_as_organization

# Labels of the country column that say that there is no one country.
SEVERAL_COUNTRIES = frozenset({"多国間", "国際組織", "国際機関"})

_EVERYDAY = """
日本 アメリカ 米国 英国 イギリス ドイツ フランス イタリア スペイン ポルトガル オランダ ベルギー スイス オーストリア
スウェーデン ノルウェー フィンランド デンマーク アイスランド アイルランド ポーランド チェコ ハンガリー ギリシャ ロシア
ウクライナ トルコ イスラエル イラン エジプト 南アフリカ ケニア インド パキスタン バングラデシュ スリランカ タイ ベトナム
マレーシア シンガポール インドネシア フィリピン 韓国 北朝鮮 中国 台湾 香港 モンゴル オーストラリア ニュージーランド
カナダ メキシコ ブラジル アルゼンチン チリ ペルー コロンビア
"""
_STATE = re.compile(r"(?:.+(?:共和国|王国|合衆国|連邦|公国|民国|共和國)|[ァ-ヺー・]+国)")
_STATE_TAIL = re.compile(
    r"^([ァ-ヺー]{2,}?)(?:社会主義|連邦|人民|イスラム|民主)*(?:共和国|王国|合衆国|連邦|大公国|公国|国)$"
)
# In characters.
_LONGEST_NAME = 20
_JAPANESE_ONLY = re.compile(rf"[ぁ-ゖァ-ヺー・\u3400-\u9fff々]{{1,{_LONGEST_NAME}}}")
_KATAKANA = re.compile(r"[ァ-ヺー]")
# Letters that open no word: behind them the country would only be the front of a longer word (アメリカン…).
_NO_WORD_START = re.compile(r"[ンーァィゥェォッャュョ]")
_NAMED_IN_KATAKANA = re.compile(r"[ァ-ヺー・]+(?:[\s]|[\u3400-\u9fff])")
# A country of two or three katakana is too often the front of another word to be cut off without a mark behind it.
_SHORTEST_GLUED = 4


@dataclass(frozen=True)
class Countries:
    """The country names of one document.

    Attributes:
        names: every text that is a country by itself.
    """

    names: frozenset[str]

    def is_country(self, text: str) -> bool:
        """Say whether the whole text names a country, or says that there are several."""
        if text in self.names or text in SEVERAL_COUNTRIES:
            return True
        return _STATE.fullmatch(text) is not None and is_country_shaped(text)

    def cut_country(self, partner: str) -> tuple[str, str, str]:
        """Part a partner from the country and the title that it carries in front.

        Returns:
            title (words before the country), country, and the partner's name. A country that is a piece of the name
            itself is given, and the name stays whole.
        """
        words = partner.split()
        for place, word in enumerate(words[:-1]):
            if word in self.names and not (place and ends_as_organization(words[place - 1])):
                return " ".join(words[:place]), word, " ".join(words[place + 1 :])
        front = self._find_front(partner)
        rest = partner[len(front) :]
        if not front or not rest:
            return "", front, rest or partner
        if rest[0] in "・:：" and len(rest) > 1:
            return "", front, rest[1:].strip()
        if not (_KATAKANA.match(front[-1]) and _KATAKANA.match(rest)):
            return "", front, partner
        return self._cut_glued(front, rest)

    def _find_front(self, partner: str) -> str:
        """Find the longest country name that a partner opens with; empty if none."""
        lengths = range(min(_LONGEST_NAME, len(partner)), 0, -1)
        return next((partner[:length] for length in lengths if partner[:length] in self.names), "")

    @staticmethod
    def _cut_glued(front: str, rest: str) -> tuple[str, str, str]:
        """Part katakana from katakana: only where a name of its own is left over."""
        if _NO_WORD_START.match(rest) or len(front) < _SHORTEST_GLUED:
            return "", "", front + rest
        if _NAMED_IN_KATAKANA.match(rest) and ends_as_organization(rest.split(maxsplit=1)[0]):
            return "", front, rest
        return "", "", front + rest


def is_country_shaped(text: str) -> bool:
    """Say whether a text that stands where a country belongs can be one."""
    return _JAPANESE_ONLY.fullmatch(text) is not None and not ends_as_organization(text)


def learn_countries(seen: Iterable[str]) -> Countries:
    """Gather the country names of a document.

    Args:
        seen: texts that stand in the place of a country in whole rows.
    """
    names = {text for text in seen if is_country_shaped(text)} - SEVERAL_COUNTRIES
    short = {match[1] for match in map(_STATE_TAIL.match, names) if match}
    return Countries(frozenset(names | short | set(_EVERYDAY.split())))
