"""Write lexicon/data/countries.tsv: what countries are called in Japanese and in Latin letters.

    python benchmarks/build_countries.py

Names come from Babel (Unicode CLDR territory names) in the languages below. `HAND` adds what CLDR lacks: official long
forms, old and short names, adjectives. Byte-identical on rebuild with the same Babel. Columns: code (ISO 3166-1
alpha-2, EU for Europe), ja, latin, adjectives; forms are separated by `|`, Latin ones are in lower case.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/countries.tsv"
LANGUAGES = ("en", "de", "fr", "it", "es", "pt", "nl", "sv", "da", "nb", "fi", "id", "pl", "cs", "hu", "ro", "tr", "ca")
# Held back: ordinary words or names that mean something else in an institution's name. Columbia is Colombia in Romanian,
# Maurice is Mauritius in French, Granada is Grenada in Spanish, and in ROR none of them is ever, or hardly, the country.
DROPPED = frozenset(
    [
        "man", "jersey", "isle of man", "island", "islands", "columbia", "maurice", "mauricio", "dominique", "granada",
        "grenade", "guadalupe", "norfolk", "salvador", "saint martin", "st martin", "san martin", "san martino",
        "sao martinho", "santa elena", "komoro", "ira", "fas",
    ]
)  # fmt: skip
# CLDR's codes that are no country of ISO 3166-1, and Antarctica (words.tsv has it); Europe comes from HAND.
NO_COUNTRY = frozenset(["AQ", "EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])
# Latin names that CLDR writes with remarks ("Hong Kong SAR China", "Myanmar (Burma)") are cut at these.
REMARK = re.compile(
    r"\s*(\(.*\)|（.*）|\[.*\]|sar china|\bras\b.*|r\.a\.e\..*|rae de china.*|sar van china|s\.a\.r.*|, sar.*|"
    r"sonderverwaltungsregion|中華人民共和国.*特別行政区)\s*",
    re.IGNORECASE,
)

# code <tab> ja <tab> latin <tab> adjectives: added to CLDR's names. Countries only; facts typed by hand.
# 日独 and its like are single words of Japanese: Japan is the one that is not told.
HAND = """
DE	日独
FR	日仏
US	日米
GB	日英
CN	日中
KR	日韓
IT	日伊
RU	日露|日ソ
AU	日豪
TW	日台
EU	日欧
IN	日印
NL	日蘭
AE	アラブ首長国連邦	uae|u a e|emirates	emirati
AF	アフガニスタン・イスラム共和国		afghan
AL	アルバニア共和国		albanian
AM	アルメニア共和国	republic of armenia	armenian|armenische
AO	アンゴラ共和国		angolan
AR	アルゼンチン共和国|アルゼンティン	argentine republic	argentine|argentinian|argentino|argentinas
AT	オーストリア共和国	republic of austria	austrian|österreichische|österreichisches|österreichischer
AT			österreichischen
AU	オーストラリア連邦|オーストラリアン|豪州|豪	commonwealth of australia	australian|australasian
AZ	アゼルバイジャン共和国		azerbaijani|azərbaycan
BA	ボスニア・ヘルツェゴビナ	bosnia	bosnian
BD	バングラデシュ人民共和国|バングラディシュ		bangladeshi
BE	ベルギー王国	kingdom of belgium	belgian|belge|belgische|belgisch
BG	ブルガリア共和国	republic of bulgaria	bulgarian|bulgarische
BO	ボリビア多民族国		bolivian|boliviana
BR	ブラジル連邦共和国	federative republic of brazil	brazilian|brasileira|brasileiro|brasileiros|brasileiras
BY	ベラルーシ共和国|白ロシア	belorussia|byelorussia|republic of belarus	belarusian|belarusian state
CA	加奈陀|カナディアン		canadian|canadienne|canadien|kanadische
CD	コンゴ民主共和国|ザイール	zaire|democratic republic of the congo|dr congo
CH	スイス連邦	swiss confederation|helvetia	swiss|schweizerische|schweizerisches|schweizer|svizzero|svizzera
CH			helvetic
CI	コートジボワール共和国	ivory coast	ivorian
CL	チリ共和国		chilean|chilena|chileno
CM	カメルーン共和国		cameroonian
CN	中国|中華人民共和国|中華|シナ|支那|中文|チャイニーズ	china|p r china|pr china|prc|people s republic of china
CN		peoples republic of china|mainland china	chinese|chinesische|chinois|chinoise|sino|cinese|zhongguo
CO	コロンビア共和国		colombian|colombiana|colombiano
CR	コスタリカ共和国		costa rican|costarricense
CU	キューバ共和国		cuban|cubano|cubana
CZ	チェコ共和国|チェコスロバキア	czech republic|czechoslovakia	czech|český|česká|české|tschechische|tchèque
DE	ドイツ連邦共和国|ジャーマン|西ドイツ|独逸|独国|独	federal republic of germany|west germany|brd|frg	german|deutsche
DE			deutscher|deutsches|deutschen|deutsch|allemand|allemande|tedesca|tedesco|alemán|alemana|alemão
DE			duitse|tyska|niemiecki|niemiecka|alman
DK	デンマーク王国	kingdom of denmark	danish|dansk|danske|dänische
DO	ドミニカ共和国		dominican
DZ	アルジェリア民主人民共和国		algerian
EC	エクアドル共和国		ecuadorian|ecuatoriana
EE	エストニア共和国		estonian|eesti
EG	エジプト・アラブ共和国	arab republic of egypt	egyptian
ES	スペイン王国|西班牙	kingdom of spain	spanish|española|español|españoles|espanola|spanische|espagnol|hispanic
ET	エチオピア連邦民主共和国		ethiopian
EU	欧州|ヨーロッパ|欧|ヨーロピアン|ユーロ	europe|european union|european community|european communities|europa
EU		eu|evropa	european|européen|européenne|europäische|europäisches|europäischer|europäischen|europea|europeo
EU			europeia|europeu|europees|europese|europeiska|euro|européennes|europeus
FI	フィンランド共和国	republic of finland	finnish|finska|suomen|suomalainen|finnische
FR	フランス共和国|フレンチ|仏国|仏蘭西|仏	french republic	french|français|française|francaise|francais|französische
FR			francese|francés|francesa|französisches|franska|fransız|francuski
GB	英国|イギリス連合王国|グレートブリテン及び北アイルランド連合王国|グレートブリテン|連合王国|大英帝国
GB	イギリス|英|ブリティッシュ|イングリッシュ
GB		united kingdom|uk|u k|great britain|britain|england|scotland|wales|northern ireland|gb	british
GB			english|scottish|welsh|britannique|britische|englische|britannica|anglais|anglaise|inglesa|inglese|británica
GB			britânica|britannico|britse|brittiska|brytyjski|angielski|ingiliz
GE	グルジア|ジョージア国		georgian|sakartvelo
GH	ガーナ共和国		ghanaian
GR	ギリシャ共和国|ギリシア|希臘|ヘレニック	hellas|hellenic republic	greek|hellenic|griechische|ellinikó
HK	香港|ホンコン|香港特別行政区	hong kong|hongkong|hksar|hong kong sar	hongkonger
HR	クロアチア共和国		croatian|hrvatska|hrvatski|hrvatsko
HU	ハンガリー共和国|ハンガリ		hungarian|magyar|ungarische
ID	インドネシア共和国	republic of indonesia	indonesian
IE	アイルランド共和国	eire|republic of ireland	irish
IL	イスラエル国	state of israel	israeli|israelite
IN	インド共和国|インディアン|印度	republic of india|bharat	indian|indische|bharatiya
IQ	イラク共和国		iraqi
IR	イラン・イスラム共和国|イランイスラム共和国|ペルシャ	persia|islamic republic of iran|i r iran	iranian|persian
IS	アイスランド共和国		icelandic|íslands
IT	イタリア共和国|イタリアン|伊太利|伊国|伊	italian republic	italian|italiana|italiano|italiane|italiani|italienische
IT			italienne|italienisches|italiaanse|italienska|italyan
JO	ヨルダン・ハシミテ王国		jordanian
JP	日本国|ジャパニーズ|ジャパン|日本|にほん|にっぽん|ニホン|ニッポン|本邦|日	nippon|nihon|giappone|japon|japón|japão	japanese
JP			japanische|japanisch|japonais|japonaise|japonesa|giapponese|nipponese
KE	ケニア共和国		kenyan
KG	キルギス共和国	kyrgyz republic|kirgizia	kyrgyz
KH	カンボジア王国		cambodian|khmer
KP	朝鮮民主主義人民共和国|北朝鮮	dprk|north korea	north korean
KR	大韓民国|韓国|コリアン|南朝鮮|朝鮮|高麗|大韓|韓	korea|south korea|republic of korea|korea republic|rok|r o k
KR		korea south|hanguk	korean|coréen|koreanische|daehan|south korean
KW	クウェート国		kuwaiti
KZ	カザフスタン共和国	republic of kazakhstan	kazakh|kazakhstani|qazaq
LA	ラオス人民民主共和国	lao pdr|laos	lao|laotian
LB	レバノン共和国		lebanese
LK	スリランカ民主社会主義共和国|セイロン	ceylon	sri lankan
LT	リトアニア共和国		lithuanian|lietuvos
LU	ルクセンブルク大公国|ルクセンブルグ	grand duchy of luxembourg	luxembourgish|luxemburgische
LV	ラトビア共和国		latvian|latvijas
LY	リビア国|大リビア		libyan
MA	モロッコ王国		moroccan|marocain
MC	モナコ公国		monegasque
MD	モルドバ共和国	republic of moldova	moldovan
MG	マダガスカル共和国		malagasy
MK	北マケドニア|マケドニア|北マケドニア共和国	macedonia|north macedonia	macedonian
MM	ミャンマー連邦共和国|ビルマ	burma	burmese|myanma
MN	モンゴル国|蒙古|モンゴル人民共和国		mongolian
MO	マカオ|澳門	macau|macao	macanese
MT	マルタ共和国		maltese
MX	メキシコ合衆国|墨西哥	united mexican states	mexican|mexicano|mexicana|mexicanos
MY	マレーシア国|マラヤ連邦	federation of malaya	malaysian
NG	ナイジェリア連邦共和国		nigerian
NL	オランダ王国|和蘭|オランダ	netherlands|the netherlands|holland|kingdom of the netherlands	dutch|nederlandse
NL			nederlands|niederländische|hollands|hollandsche
NO	ノルウェー王国	kingdom of norway	norwegian|norsk|norske|norges
NP	ネパール連邦民主共和国		nepalese|nepali
NZ	ニュージーランド国		new zealander
OM	オマーン国		omani
PE	ペルー共和国		peruvian|peruana|peruano
PH	フィリピン共和国|比島	republic of the philippines|philippine islands	philippine|filipino|pilipinas
PK	パキスタン・イスラム共和国		pakistani
PL	ポーランド共和国|波蘭	republic of poland	polish|polska|polskie|polskiej|polnische|polski
PS	パレスチナ	palestine	palestinian
PT	ポルトガル共和国	portuguese republic	portuguese|português|portuguesa|portugueses
PY	パラグアイ共和国		paraguayan
QA	カタール国		qatari
RO	ルーマニア国		romanian|română|românia
RS	セルビア共和国|ユーゴスラビア	yugoslavia	serbian|srpska|srpski
RU	ロシア連邦|ロシアン|露|露国|露西亜|ソ連|ソビエト連邦|ソビエト社会主義共和国連邦	ussr|u s s r|soviet union
RU		russian federation|rossiya	russian|soviet|russische|russe|rossiyskaya|rossiiskaya|rosyjski|ryska
SA	サウジアラビア王国|サウディアラビア	ksa|kingdom of saudi arabia	saudi
SD	スーダン共和国		sudanese
SE	スウェーデン王国|瑞典	kingdom of sweden	swedish|svenska|svenskt|svensk|sveriges|schwedische
SG	シンガポール共和国|星港|新嘉坡	republic of singapore	singaporean
SI	スロベニア共和国|スロヴェニア		slovenian|slovene|slovenski
SK	スロバキア共和国|スロヴァキア	slovak republic	slovak|slovenská|slovenskej
SN	セネガル共和国		senegalese
SY	シリア・アラブ共和国		syrian
TH	タイ王国|泰国|シャム	kingdom of thailand|siam	thai
TN	チュニジア共和国		tunisian
TR	トルコ共和国|土耳古|テュルキエ	turkey|türkiye|turkiye|republic of turkey	turkish|türk
TW	台湾|中華民国|臺灣|フォルモサ	taiwan|r o c|republic of china|taiwan roc|taiwan r o c|formosa	taiwanese
TZ	タンザニア連合共和国		tanzanian
UA	ウクライナ国		ukrainian|ukrainische
UG	ウガンダ共和国		ugandan
US	アメリカ合衆国|アメリカ|アメリカン|米国|合衆国|北米合衆国|米	united states|united states of america|usa|u s a|us
US		u s|the united states|america|etats unis|estados unidos	american|americana|americano|amerikanische|américain
US			américaine|americaine|amerikanisches|amerikaanse|amerikanska|amerykański|amerykańska|amerikai|amerikan
UY	ウルグアイ東方共和国		uruguayan
UZ	ウズベキスタン共和国	republic of uzbekistan	uzbek
VA	バチカン|バチカン市国|ローマ教皇庁	vatican|vatican city|holy see
VE	ベネズエラ・ボリバル共和国		venezuelan|venezolano|venezolana
VN	ベトナム社会主義共和国|ヴェトナム|越南	viet nam|vietnam|socialist republic of vietnam	vietnamese
YE	イエメン共和国		yemeni
ZA	南アフリカ共和国|南ア	rsa|republic of south africa	south african|suid afrikaanse
ZM	ザンビア共和国		zambian
ZW	ジンバブエ共和国|ローデシア	rhodesia	zimbabwean
"""


class Country(NamedTuple):
    """The forms of one country, in the order in which they are written."""

    code: str
    ja: list[str]
    latin: list[str]
    adjectives: list[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    countries = claim_forms(merge_names(hand_names(), cldr_names()))
    lines = [
        "# Built by benchmarks/build_countries.py from Babel (Unicode CLDR) and its hand-kept block. Do not edit.",
        "# code\tja\tlatin\tadjectives",
    ]
    lines += [
        "\t".join((row.code, "|".join(row.ja), "|".join(row.latin), "|".join(row.adjectives))) for row in countries
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def hand_names() -> dict[str, Country]:
    """The block `HAND` by code; a code may take several lines."""
    rows: dict[str, Country] = {}
    for line in HAND.strip("\n").split("\n"):
        code, *cells = [*line.split("\t"), "", "", ""][:4]
        row = rows.setdefault(code, Country(code, [], [], []))
        for forms, cell in zip((row.ja, row.latin, row.adjectives), cells, strict=True):
            forms.extend(form for form in cell.split("|") if form)
    return rows


def cldr_names() -> dict[str, Country]:
    """CLDR's names of every territory with an ISO 3166-1 code."""
    from babel import Locale

    rows = {}
    for code in sorted(str(code) for code in Locale.parse("en").territories):
        if not re.fullmatch("[A-Z]{2}", code) or code in NO_COUNTRY:
            continue
        languages = LANGUAGES[:1] if code in {"HK", "MO"} else LANGUAGES  # elsewhere "SAR of China" in every language
        latin = [territory(language, code).lower() for language in languages]
        rows[code] = Country(code, [territory("ja", code)], latin, [])
    return rows


def territory(language: str, code: str) -> str:
    """CLDR's name of a territory in one language."""
    from babel import Locale

    return clean_name(str(Locale.parse(language).territories.get(code) or ""))


def clean_name(name: str) -> str:
    """A name without remarks and punctuation.

    >>> clean_name("Myanmar (Burma)"), clean_name("Hong Kong SAR China"), clean_name("St. Lucia")
    ('Myanmar', 'Hong Kong', 'St Lucia')
    """
    bare = REMARK.sub(" ", name.replace("’", "'"))
    return " ".join(re.sub(r"[.,'&-]", " ", bare).split())


def merge_names(first: dict[str, Country], second: dict[str, Country]) -> list[Country]:
    """One row a code: the names of `second` first, as the usual ones, then those of `first`."""
    rows = []
    for code in sorted(first.keys() | second.keys()):
        empty = Country(code, [], [], [])
        usual, added = second.get(code, empty), first.get(code, empty)
        rows.append(Country(code, usual.ja + added.ja, usual.latin + added.latin, added.adjectives))
    return rows


def claim_forms(rows: list[Country]) -> list[Country]:
    """Every form once in the whole file: it goes to the country that HAND gives it to, else to the first."""
    owner = {fold(form): code for code, row in hand_names().items() for form in (*row.ja, *row.latin, *row.adjectives)}
    claimed = []
    for row in rows:
        mine: list[list[str]] = []
        seen: set[str] = set()
        for forms in (row.ja, row.latin, row.adjectives):
            mine.append([])
            for form in filter(is_form, forms):
                if owner.setdefault(fold(form), row.code) == row.code and fold(form) not in seen:
                    mine[-1].append(form)
                    seen.add(fold(form))
        if any(mine):
            claimed.append(Country(row.code, *mine))
    return claimed


def is_form(form: str) -> bool:
    """Whether a form is fit to be looked up."""
    return bool(form) and fold(form) not in DROPPED


def fold(form: str) -> str:
    """Case and accents away: only to see that two forms are one."""
    if re.search("[ぁ-んァ-ヶ一-龥]", form):
        return unicodedata.normalize("NFKC", form)
    return "".join(c for c in unicodedata.normalize("NFKD", form.lower()) if not unicodedata.combining(c))


if __name__ == "__main__":
    main()
