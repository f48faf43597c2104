"""What units are called: pint's name, one and several in English, other words, the Chinese name, other Chinese words."""

from dataclasses import dataclass
from functools import cache

TABLE = """
kilometer | kilometre | kilometres | kilometer kilometers km kms klick klicks k kilometre's | 公里 | 千米
meter | metre | metres | meter meters m | 米 | 公尺
decimeter | decimetre | decimetres | decimeter decimeters dm | 分米
centimeter | centimetre | centimetres | centimeter centimeters centi centis cm cms | 厘米 | 公分
millimeter | millimetre | millimetres | millimeter millimeters mm | 毫米
micrometer | micrometre | micrometres | micrometer micrometers micron microns | 微米
nanometer | nanometre | nanometres | nanometer nanometers nm | 纳米
mile | mile | miles | mi | 英里 | 哩
yard | yard | yards | yd yds | 码
foot | foot | feet | ft | 英尺 | 呎
inch | inch | inches | in. inchs | 英寸 | 吋 inch
nautical_mile | nautical mile | nautical miles | | 海里
light_year | light year | light years | light-year light-years lightyear lightyears | 光年
furlong | furlong | furlongs | | 弗隆
fathom | fathom | fathoms | | 英寻
chi | chi | chi | | 尺 | 市尺
cun | cun | cun | | 寸 | 市寸
zhang | zhang | zhang | | 丈
li | li | li | | 里 | 华里 里地
metric_ton | tonne | tonnes | metric_ton metric_tons metric_tonne metric_tonnes t | 吨 | 公吨
short_ton | ton | tons | short_ton short_tons us_ton us_tons | 美吨 | 短吨
long_ton | long ton | long tons | imperial_ton imperial_tons | 英吨 | 长吨
kilogram | kilogram | kilograms | kilo kilos kg kgs kilogramme kilogrammes | 公斤 | 千克
gram | gram | grams | g gm gms gramme grammes | 克 | 公克
milligram | milligram | milligrams | mg milligramme milligrammes | 毫克
microgram | microgram | micrograms | mcg | 微克
pound | pound | pounds | lb lbs | 磅 | 英磅
ounce | ounce | ounces | oz ozs | 盎司 | 安士 盎斯
stone | stone | stone | stones st | 英石 | 石
carat | carat | carats | | 克拉
grain | grain | grains | | 格令
jin | jin | jin | catty catties | 斤 | 市斤
liang | liang | liang | tael taels | 两 | 市两
qian | qian | qian | | 钱
liter | litre | litres | liter liters l | 升 | 公升
deciliter | decilitre | decilitres | deciliter deciliters dl | 分升
centiliter | centilitre | centilitres | centiliter centiliters cl | 厘升
milliliter | millilitre | millilitres | milliliter milliliters ml mls mil mils cc | 毫升 | cc
gallon | gallon | gallons | gal us_gallon us_gallons | 加仑
imperial_gallon | imperial gallon | imperial gallons | uk_gallon uk_gallons british_gallon british_gallons | 英制加仑
quart | quart | quarts | qt qts us_quart us_quarts | 夸脱
imperial_quart | imperial quart | imperial quarts | uk_quart uk_quarts | 英制夸脱
pint | pint | pints | pt us_pint us_pints | 品脱
imperial_pint | imperial pint | imperial pints | uk_pint uk_pints british_pint british_pints | 英制品脱
cup | cup | cups | cupful cupfuls us_cup us_cups | 杯
fluid_ounce | fluid ounce | fluid ounces | fl_oz floz us_fluid_ounce us_fluid_ounces fluid_oz | 液盎司 | 液体盎司 液量盎司
imperial_fluid_ounce | imperial fluid ounce | imperial fluid ounces | uk_fluid_ounce uk_fluid_ounces | 英制液盎司
tablespoon | tablespoon | tablespoons | tbsp tbsps tbs | 汤匙 | 大勺 大匙 餐匙 汤勺
teaspoon | teaspoon | teaspoons | tsp tsps | 茶匙 | 小勺 小匙 茶勺
oil_barrel | barrel | barrels | bbl barrel_of_oil barrels_of_oil | 桶
meter**3 | cubic metre | cubic metres | cubic_meter cubic_meters m3 | 立方米 | 方 立方
centimeter**3 | cubic centimetre | cubic centimetres | cubic_centimeter cubic_centimeters cm3 | 立方厘米
foot**3 | cubic foot | cubic feet | | 立方英尺
inch**3 | cubic inch | cubic inches | | 立方英寸
kilometer**2 | square kilometre | square kilometres | square_kilometer square_kilometers sq_km km2 | 平方公里 | 平方千米
meter**2 | square metre | square metres | square_meter square_meters sq_m m2 | 平方米 | 平米 平方 平
centimeter**2 | square centimetre | square centimetres | square_centimeter square_centimeters cm2 | 平方厘米
mile**2 | square mile | square miles | | 平方英里
yard**2 | square yard | square yards | | 平方码
foot**2 | square foot | square feet | sq_ft sqft | 平方英尺 | 平方尺
inch**2 | square inch | square inches | | 平方英寸
hectare | hectare | hectares | ha | 公顷
acre | acre | acres | | 英亩
mu | mu | mu | | 亩
degree_Celsius | degree Celsius | degrees Celsius | celsius centigrade c degrees_c degree_c degrees_centigrade °c celcius | 摄氏度 | 摄氏 度 ℃ °C
degree_Fahrenheit | degree Fahrenheit | degrees Fahrenheit | fahrenheit f degrees_f degree_f °f farenheit | 华氏度 | 华氏 ℉ °F
kelvin | kelvin | kelvin | kelvins degrees_kelvin | 开尔文 | 开氏度 开
second | second | seconds | sec secs | 秒 | 秒钟
minute | minute | minutes | min mins | 分钟 | 分
hour | hour | hours | hr hrs | 小时 | 钟头 个小时 个钟头
day | day | days | | 天 | 日
week | week | weeks | | 周 | 星期 个星期 礼拜
fortnight | fortnight | fortnights | | 两周
month | month | months | | 个月 | 月
year | year | years | yr yrs | 年
decade | decade | decades | | 十年
century | century | centuries | | 世纪 | 个世纪
millisecond | millisecond | milliseconds | ms | 毫秒
kilometer/hour | kilometre per hour | kilometres per hour | kilometer_per_hour kilometers_per_hour kph kmh km/h kmph kilometres_an_hour kilometers_an_hour | 公里每小时 | 千米每小时 公里/小时 时速公里
mile/hour | mile per hour | miles per hour | mph miles_an_hour | 英里每小时 | 迈
meter/second | metre per second | metres per second | meter_per_second meters_per_second m/s metres_a_second meters_a_second | 米每秒 | 米/秒
foot/second | foot per second | feet per second | feet_a_second | 英尺每秒
knot | knot | knots | kn kt kts | 节
joule | joule | joules | j | 焦耳 | 焦
kilojoule | kilojoule | kilojoules | kj | 千焦 | 千焦耳
kilocalorie | calorie | calories | kilocalorie kilocalories kcal cal | 千卡 | 大卡
calorie | small calorie | small calories | | 卡路里 | 卡
kilowatt_hour | kilowatt hour | kilowatt hours | kwh | 千瓦时 | 度电
watt | watt | watts | w | 瓦 | 瓦特
kilowatt | kilowatt | kilowatts | kw | 千瓦
megawatt | megawatt | megawatts | mw | 兆瓦
horsepower | horsepower | horsepower | hp horse_power | 马力 | 匹马力
pascal | pascal | pascals | pa | 帕 | 帕斯卡
kilopascal | kilopascal | kilopascals | kpa | 千帕
bar | bar | bar | bars | 巴
psi | pound per square inch | pounds per square inch | psi | 磅每平方英寸
atmosphere | atmosphere | atmospheres | atm atms | 大气压 | 个大气压 标准大气压
millimeter_Hg | millimetre of mercury | millimetres of mercury | mmhg | 毫米汞柱
newton | newton | newtons | n | 牛顿 | 牛
bit | bit | bits | | 比特 | 位
byte | byte | bytes | | 字节 | B
kilobyte | kilobyte | kilobytes | kb kbs | KB | K 千字节
megabyte | megabyte | megabytes | mb mbs meg megs | 兆 | MB M 兆字节
gigabyte | gigabyte | gigabytes | gb gbs gig gigs | GB | G 吉字节
terabyte | terabyte | terabytes | tb tbs | TB | T 太字节
petabyte | petabyte | petabytes | pb | PB
megabit | megabit | megabits | mbit | 兆比特
gigabit | gigabit | gigabits | gbit | 吉比特
degree | degree | degrees | deg | 角度
radian | radian | radians | rad | 弧度
mile/gallon | mile per gallon | miles per gallon | mpg miles_to_the_gallon | 英里每加仑
liter_per_100km | litre per 100 kilometres | litres per 100 kilometres | liters_per_100_kilometers l/100km litres_per_100_km liters_per_100_km litres_per_hundred_kilometres liters_per_hundred_kilometers | 升每百公里 | 升/百公里 百公里升
kilometer/liter | kilometre per litre | kilometres per litre | kilometers_per_liter km/l | 公里每升
"""  # noqa: E501 -- one unit a line

DEFINITIONS = (
    "chi = 1 / 3 * meter", "cun = 1 / 30 * meter", "zhang = 10 / 3 * meter", "li = 500 * meter", "mu = 2000 / 3 * meter ** 2",
    "jin = 500 * gram", "liang = 50 * gram", "qian = 5 * gram", "liter_per_100km = liter / (100 * kilometer)",
    "metric_cup = 250 * milliliter",
)  # fmt: skip
"""Chinese market units since 1930 (two jin are a kilogram), and what European cars drink."""

AMERICAN = {
    "gallon": "imperial_gallon", "quart": "imperial_quart", "pint": "imperial_pint", "fluid_ounce": "imperial_fluid_ounce",
    "mile/gallon": "mile/imperial_gallon", "cup": "metric_cup",
}  # fmt: skip
"""Units that are another size in America, with their names in Britain."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a unit is called."""

    unit: str
    """As pint has it."""
    one: str
    many: str
    zh: str

    def called(self, amount: str) -> str:
        """Return the English name after an amount as written."""
        return self.one if amount.removeprefix("minus ") == "1" else self.many


@cache
def named() -> dict[str, Name]:
    """Return the units by each of their names in small letters."""
    found: dict[str, Name] = {}
    for line in TABLE.strip().splitlines():
        unit, one, many, more, *chinese = (part.strip() for part in line.split("|"))
        name = Name(unit, one, many, chinese[0])
        others = [word.replace("_", " ") for word in more.split()] + " ".join(chinese[1:]).split()
        for word in (one, many, chinese[0], *others):
            found.setdefault(word.lower(), name)
    return found
