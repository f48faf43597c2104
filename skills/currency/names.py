"""What currencies are called: code, one and several in English, other English words, the Chinese name, other Chinese words."""

from dataclasses import dataclass
from functools import cache

TABLE = """
EUR | euro | euros | € eur e_u_r | 欧元 | 欧
USD | US dollar | US dollars | $ dollar dollars usd u_s_d buck bucks us_dollar us_dollars american_dollar american_dollars american_money greenbacks | 美元 | 美金 刀
GBP | pound | pounds | £ gbp g_b_p quid sterling pound_sterling pounds_sterling british_pound british_pounds uk_pound uk_pounds english_pounds british_money | 英镑 | 镑
CNY | yuan | yuan | ¥ cny rmb c_n_y renminbi chinese_yuan yuans chinese_money kuai | 人民币 | 块 块钱 元 元人民币 块人民币 软妹币
JPY | yen | yen | jpy j_p_y japanese_yen yens japanese_money | 日元 | 日圆 円 日币
CHF | Swiss franc | Swiss francs | chf c_h_f franc francs swissie swissies swiss_money | 瑞士法郎 | 法郎 瑞郎
AUD | Australian dollar | Australian dollars | aud a_u_d aussie_dollar aussie_dollars australian_money | 澳元 | 澳币 澳大利亚元 澳洲元 澳刀
CAD | Canadian dollar | Canadian dollars | cad c_a_d loonie loonies canadian_money | 加元 | 加币 加拿大元 加拿大币 加刀
NZD | New Zealand dollar | New Zealand dollars | nzd n_z_d kiwi_dollar kiwi_dollars | 新西兰元 | 纽币 新西兰币 纽元
HKD | Hong Kong dollar | Hong Kong dollars | hkd h_k_d hong_kong_money | 港币 | 港元 港纸
SGD | Singapore dollar | Singapore dollars | sgd s_g_d sing_dollar sing_dollars | 新加坡元 | 新币 新元 坡币
SEK | Swedish krona | Swedish kronor | sek s_e_k swedish_kroner swedish_crown swedish_crowns kronor krona | 瑞典克朗 | 瑞典克郎 克朗
NOK | Norwegian krone | Norwegian kroner | nok n_o_k norwegian_crown norwegian_crowns norwegian_krona norwegian_kronor kroner krone | 挪威克朗 | 挪威克郎
DKK | Danish krone | Danish kroner | dkk d_k_k danish_crown danish_crowns danish_krona | 丹麦克朗 | 丹麦克郎
ISK | Icelandic króna | Icelandic krónur | isk icelandic_krona icelandic_kronur icelandic_kroner | 冰岛克朗
CZK | Czech koruna | Czech koruny | czk koruna korunas czech_korunas czech_crown czech_crowns | 捷克克朗
PLN | zloty | zlotys | pln zloties polish_zloty polish_zlotys | 波兰兹罗提 | 兹罗提
HUF | forint | forints | huf hungarian_forint hungarian_forints | 匈牙利福林 | 福林
RON | leu | lei | ron romanian_leu romanian_lei | 罗马尼亚列伊 | 列伊
TRY | Turkish lira | Turkish lira | turkish_liras lira liras | 土耳其里拉 | 里拉
ILS | shekel | shekels | ils israeli_shekel israeli_shekels new_shekel | 以色列谢克尔 | 谢克尔
INR | Indian rupee | Indian rupees | inr i_n_r rupee rupees | 印度卢比 | 卢比
IDR | Indonesian rupiah | Indonesian rupiah | idr rupiah rupiahs | 印尼盾 | 印尼卢比 印度尼西亚盾
KRW | won | won | krw k_r_w south_korean_won korean_won korean_money wons | 韩元 | 韩币 韩圆
MYR | ringgit | ringgit | myr ringgits malaysian_ringgit malaysian_ringgits | 马来西亚林吉特 | 林吉特 马币 令吉
PHP | Philippine peso | Philippine pesos | php philippine_piso | 菲律宾比索
THB | baht | baht | thb t_h_b thai_baht bahts thai_bahts | 泰铢 | 泰币
MXN | Mexican peso | Mexican pesos | mxn m_x_n peso pesos | 墨西哥比索 | 比索
BRL | Brazilian real | Brazilian reais | brl b_r_l brazilian_reals reais reals real | 巴西雷亚尔 | 雷亚尔
ZAR | rand | rand | zar z_a_r south_african_rand rands | 南非兰特 | 兰特
BGN | lev | leva | bgn bulgarian_lev bulgarian_leva | 保加利亚列弗 | 列弗
RUB | rouble | roubles | rub ruble rubles russian_rouble russian_roubles russian_ruble russian_rubles | 卢布 | 俄罗斯卢布
UAH | hryvnia | hryvnias | uah ukrainian_hryvnia | 乌克兰格里夫纳 | 格里夫纳
TWD | Taiwan dollar | Taiwan dollars | twd new_taiwan_dollar new_taiwan_dollars taiwanese_dollar taiwanese_dollars | 新台币 | 台币
MOP | pataca | patacas | mop macau_pataca | 澳门元 | 澳门币
VND | dong | dong | vnd vietnamese_dong dongs | 越南盾
AED | dirham | dirhams | aed uae_dirham uae_dirhams emirati_dirham | 阿联酋迪拉姆 | 迪拉姆
SAR | riyal | riyals | sar saudi_riyal saudi_riyals | 沙特里亚尔 | 里亚尔
KWD | Kuwaiti dinar | Kuwaiti dinars | kwd | 科威特第纳尔
EGP | Egyptian pound | Egyptian pounds | egp | 埃及镑
NGN | naira | naira | ngn nigerian_naira | 奈拉
KES | Kenyan shilling | Kenyan shillings | kes | 肯尼亚先令
PKR | Pakistani rupee | Pakistani rupees | pkr | 巴基斯坦卢比
ARS | Argentine peso | Argentine pesos | ars argentinian_peso argentinian_pesos | 阿根廷比索
CLP | Chilean peso | Chilean pesos | clp | 智利比索
COP | Colombian peso | Colombian pesos | cop | 哥伦比亚比索
BTC | bitcoin | bitcoins | btc | 比特币
ETH | ether | ether | eth ethereum | 以太币 | 以太坊
"""  # noqa: E501 -- one currency a line


@dataclass(frozen=True, slots=True)
class Currency:
    """A kind of money."""

    code: str
    """ISO 4217."""
    one: str
    many: str
    zh: str

    def called(self, amount: str) -> str:
        """Return the English name after an amount as written."""
        return self.one if amount == "1" else self.many


@cache
def named() -> dict[str, Currency]:
    """Return the currencies by each of their names in small letters."""
    found: dict[str, Currency] = {}
    for line in TABLE.strip().splitlines():
        code, one, many, more, *chinese = (part.strip() for part in line.split("|"))
        currency = Currency(code, one, many, chinese[0])
        others = [word.replace("_", " ") for word in more.split()] + " ".join(chinese[1:]).split()
        for word in (one, many, chinese[0], code, *others):
            found.setdefault(word.lower(), currency)
    return found
