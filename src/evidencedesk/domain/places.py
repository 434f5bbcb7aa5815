"""Places whose law on recording differs within one country, by their ISO 3166-2 code."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.rules import Text


@dataclass(frozen=True, slots=True)
class Place:
    """One of them."""

    code: str
    name: Text


_US = """
US-AL 亚拉巴马|Alabama          US-AK 阿拉斯加|Alaska            US-AZ 亚利桑那|Arizona
US-AR 阿肯色|Arkansas           US-CA 加利福尼亚|California      US-CO 科罗拉多|Colorado
US-CT 康涅狄格|Connecticut      US-DE 特拉华|Delaware            US-DC 哥伦比亚特区|District_of_Columbia
US-FL 佛罗里达|Florida          US-GA 佐治亚|Georgia             US-HI 夏威夷|Hawaii
US-ID 爱达荷|Idaho              US-IL 伊利诺伊|Illinois          US-IN 印第安纳|Indiana
US-IA 艾奥瓦|Iowa               US-KS 堪萨斯|Kansas              US-KY 肯塔基|Kentucky
US-LA 路易斯安那|Louisiana      US-ME 缅因|Maine                 US-MD 马里兰|Maryland
US-MA 马萨诸塞|Massachusetts    US-MI 密歇根|Michigan            US-MN 明尼苏达|Minnesota
US-MS 密西西比|Mississippi      US-MO 密苏里|Missouri            US-MT 蒙大拿|Montana
US-NE 内布拉斯加|Nebraska       US-NV 内华达|Nevada              US-NH 新罕布什尔|New_Hampshire
US-NJ 新泽西|New_Jersey         US-NM 新墨西哥|New_Mexico        US-NY 纽约|New_York
US-NC 北卡罗来纳|North_Carolina US-ND 北达科他|North_Dakota      US-OH 俄亥俄|Ohio
US-OK 俄克拉何马|Oklahoma       US-OR 俄勒冈|Oregon              US-PA 宾夕法尼亚|Pennsylvania
US-RI 罗得岛|Rhode_Island       US-SC 南卡罗来纳|South_Carolina  US-SD 南达科他|South_Dakota
US-TN 田纳西|Tennessee          US-TX 得克萨斯|Texas             US-UT 犹他|Utah
US-VT 佛蒙特|Vermont            US-VA 弗吉尼亚|Virginia          US-WA 华盛顿州|Washington
US-WV 西弗吉尼亚|West_Virginia  US-WI 威斯康星|Wisconsin         US-WY 怀俄明|Wyoming
"""


def _place(code: str, names: str) -> Place:
    zh, _, en = names.partition("|")
    return Place(code, Text(zh, en.replace("_", " ")))


US_STATES: tuple[Place, ...] = tuple(map(_place, _US.split()[::2], _US.split()[1::2]))
