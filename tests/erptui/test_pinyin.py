"""Chinese by its pinyin."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui import pinyin

COMMON = "赵敏王磊单雄信曾国藩重庆西安乐行长安恩欧阳区元吕女生产计划物料清洗采购销售库存"


@pytest.mark.parametrize(
    ("name", "initials", "spelling"),
    [
        ("赵敏", "zm", "zhaomin"),
        ("单雄信", "sxx", "shanxiongxin"),
        ("曾国藩", "zgf", "zengguofan"),
        ("解珍", "xz", "xiezhen"),
        ("仇英", "qy", "qiuying"),
        ("区力", "ol", "ouli"),
        ("盖聂", "gn", "genie"),
        ("查良", "zl", "zhaliang"),
        ("朴正", "pz", "piaozheng"),
        ("乐毅", "yy", "yueyi"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("万俟卨", "mqx", "moqixie"),
        ("令狐冲", "lhc", "linghuchong"),
        ("长孙无忌", "zswj", "zhangsunwuji"),
        ("吕布", "lb", "lvbu"),
        ("赵敏Amy", "zma", "zhaominamy"),
        ("Zhao Min", "zm", "zhaomin"),
        ("", "", ""),
        ("…", "", ""),
    ],
)
def test_a_name_as_it_is_said(name, initials, spelling):
    assert next(iter(pinyin.initials(name)), "") == initials
    assert pinyin.spelling(name) == spelling


def test_every_reading_of_a_name_is_there():
    assert {"lrh", "yrh"} <= set(pinyin.initials("乐仁和"))
    assert {"zhangyue", "zhangle"} <= set(pinyin.spellings("张乐"))
    assert pinyin.spellings("Zhao Min") == []


def test_a_long_text_has_not_more_than_two_dozen_readings():
    assert 1 < len(pinyin.syllables("行重长乐单会都还差行重长乐单会都还差")) <= 24


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("赵敏", "z"),
        ("赵敏", "zh"),
        ("赵敏", "zm"),
        ("赵敏", "zhm"),
        ("赵敏", "zhao"),
        ("赵敏", "zhaom"),
        ("赵敏", "zmin"),
        ("赵敏", "ZhaoMin"),
        ("赵敏", "zhaomi"),
        ("单雄信", "dx"),
        ("单雄信", "sx"),
        ("西安", "xian"),
        ("西安", "xi'an"),
        ("先生", "xian"),
        ("重庆", "cq"),
        ("吕布", "lv"),
        ("吕布", "lü"),
        ("吕布", "lyu"),
        ("生产计划", "shengchanjh"),
        ("生产计划", "scjihua"),
        ("生产计划", "shengchanjihua"),
    ],
)
def test_typed_pinyin_begins_a_text(text, typed):
    assert pinyin.begins(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("赵敏", "m"),
        ("赵敏", "zz"),
        ("赵敏", "zhaomins"),
        ("赵敏", "ao"),
        ("赵敏", "1"),
        ("赵敏", ""),
        ("Zhao", "z"),
        ("", "z"),
    ],
)
def test_other_letters_do_not_begin_it(text, typed):
    assert not pinyin.begins(text, typed)


def test_characters_with_others_between_do_not_sound_together():
    pattern = pinyin.sound_pattern("qx")
    assert pattern is not None
    assert pattern.search(pinyin.sounds("BOM清洗")) is not None
    assert pattern.search(pinyin.sounds("清BOM洗")) is None


@pytest.mark.parametrize("typed", ["an" * 12 + "i", "z" * 24, "x" * 400, "shi" * 8, "ngngngngngngngngi"])
def test_no_word_is_so_long_that_it_takes_for_ever(typed):
    pattern = pinyin.sound_pattern(typed)
    assert pattern is None or not pattern.search(pinyin.sounds("物料"))


@given(st.text(COMMON, min_size=1, max_size=4))
def test_every_text_is_found_by_each_of_its_spellings_and_initials(text):
    pattern = pinyin.sound_pattern(pinyin.spelling(text))
    if pattern is not None:
        assert pattern.match(pinyin.sounds(text))
    for initials in pinyin.initials(text):
        if initials.isascii() and initials.isalpha():
            assert pinyin.begins(text, initials)


def test_many_texts_come_in_pieces():
    pieces = list(pinyin.sounds_in_pieces(["赵敏"] * 1001, size=500))
    assert [len(piece) for piece in pieces] == [500, 500, 1]
    assert pieces[2] == [pinyin.sounds("赵敏")]


def test_the_readings_are_loaded_only_when_there_is_chinese_and_leave_the_environment_as_it_was():
    code = (
        "import os, sys; from erptui import pinyin; before = dict(os.environ)\n"
        "pinyin.sounds('Zhao Min'), pinyin.initials('Zhao Min'), pinyin.begins('Zhao', 'z')\n"
        "assert 'pypinyin' not in sys.modules\n"
        "pinyin.sounds('赵敏')\n"
        "assert 'pypinyin' in sys.modules and dict(os.environ) == before\n"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True, env=dict(os.environ))


@given(st.text("aeghimnoqrsuwxyzv", min_size=1, max_size=7), st.lists(st.text(COMMON, max_size=4)))
def test_a_pattern_for_the_signs_that_occur_finds_what_the_pattern_for_all_finds(typed: str, names: list[str]) -> None:
    texts = [pinyin.sounds(name) for name in names]

    def found(signs: str) -> list[int | None]:
        pattern = pinyin.sound_pattern(typed, signs)
        matches = [pattern.search(text) if pattern else None for text in texts]
        return [match.start() if match else None for match in matches]

    assert found("".join(sorted({*"".join(texts)}))) == found("")
