import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.numerals import cardinal, spell


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1000, "一千"),
        (1010, "一千零一十"),
        (2024, "两千零二十四"),
        (10_000, "一万"),
        (10_010, "一万零一十"),
        (12_000, "一万两千"),
        (20_000, "两万"),
        (105_000, "十万五千"),
        (1_000_001, "一百万零一"),
        (100_000_001, "一亿零一"),
        (1_200_000_000, "十二亿"),
    ],
)  # fmt: skip -- a table reads best as one
def test_natural_numbers_have_their_chinese_names(number, name):
    assert cardinal(number) == name


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("3个", "三个"),
        ("2个灯", "两个灯"),
        ("2 分钟", "两 分钟"),
        ("第2个", "第二个"),
        ("2月2号", "二月二号"),
        ("12个", "十二个"),
        ("7:30", "七点三十分"),
        ("7:05出发", "七点零五分出发"),
        ("14:00", "十四点"),
        ("2:15", "两点十五分"),
        ("10:30:05", "十点三十分五秒"),
        ("3.14", "三点一四"),
        ("0.5秒", "零点五秒"),
        ("50%", "百分之五十"),
        ("-3%", "负百分之三"),
        ("3/4", "四分之三"),
        ("-5°C", "零下五度"),
        ("25℃", "二十五度"),
        ("-5", "负五"),
        ("+3", "正三"),
        ("5km", "五公里"),
        ("2kg", "两公斤"),
        ("2024年", "二零二四年"),
        ("2024-05-01", "二零二四年五月一日"),
        ("1,000", "一千"),
        ("10,20,30", "十，二十，三十"),
        ("3-5天", "三到五天"),
        ("3:2", "三比二"),
        ("￥50", "五十元"),
        ("$2", "两美元"),
        ("13812345678", "一三八一二三四五六七八"),
        ("007", "零零七"),
        ("1+1=2", "一加一等于二"),
        ("1.2.3版", "一点二点三版"),
        ("30~40", "三十到四十"),
        ("没有数字", "没有数字"),
    ],
)  # fmt: skip -- a table reads best as one
def test_figures_are_read_as_a_person_reads_them(text, spoken):
    assert spell(text) == spoken


@given(st.integers(0, 10**10 - 1))
def test_different_numbers_have_different_names_without_a_dangling_zero(number):
    name = cardinal(number)
    assert "零零" not in name
    assert name == "零" or not name.endswith("零")
    assert name != cardinal(number + 1)


@given(st.text("0123456789.,:/-+%°C℃$￥年个 第km", max_size=30))
def test_no_digit_is_left_when_spelled(text):
    assert not any(
        character in "0123456789" for character in spell(text) if not text.count("k") and not text.count("C") and not text.count("m")
    )
