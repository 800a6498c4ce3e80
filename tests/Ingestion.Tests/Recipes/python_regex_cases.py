"""Writes cases for PythonRegexTests: one JSON array a line, [pattern, ignore case, text, outcome].

The outcome is what Python's own re module says: "refused", "match" or "none".
"""
import json
import random
import re
import warnings

warnings.simplefilter("ignore")

CHOSEN = [
    r".*", r"", r"^orders$", r"shop\.orders", r"shop\..*", r"(?P<n>a)b(?P=n)", r"(a)(b)?\2", r"a\Z", r"\Aab", r"(?i)AB", r"(?i:a)b", r"(?-i:a)b",
    r"(?s).", r"(?s:.)\n", r"(?m)^b", r"a$", r"a$\n", r"(?m)a$", r"(?x) a b # c", r"(?x)[ ]a", r"[a-z-[aeiou]]", r"[]a]", r"[^]a]", r"[a-]", r"[-a]", r"[a\-z]",
    r"[\w.]+", r"[\W]", r"[^\W]", r"[\S]", r"[\s]", r"\d{2}", r"a{,2}b", r"a{2,}", r"a{2}", r"a{}", r"a{x}", r"a{,}", r"{", r"a{1", r"{2}", r"a{3,2}", r"a*+", r"a++b", r"(?>a*)a",
    r"a**", r"a*?b", r"a*??", r"*a", r"+", r"?", r"^*", r"$+", r"\b*", r"(?:^)*a", r"(", r")", r"(a", r"a)", r"[", r"[a", r"[]", r"[^]", r"[z-a]", r"[\w-z]", r"[a-\d]",
    r"\q", r"\p{L}", r"\k<n>", r"\z", r"\G", r"\x41", r"\x4", r"\u0041", r"\u004", r"\U00000041", r"\U00110000", r"\101", r"\0", r"\08", r"\8", r"\1", r"(a)\1", r"(a\1)", r"\400", r"[\1]", r"[\8]",
    r"\N", r"(?<n>a)", r"(?P<1>a)", r"(?P<n>a)(?P<n>b)", r"(?P=n)", r"(?P>n)", r"(?P<n>", r"(?Pn)", r"(?", r"(?#", r"(?#c)a", r"a(?#c)*", r"(?#c)*", r"(?z)a", r"(?i", r"(?i-", r"(?i-i:a)", r"(?-i)a",
    r"a(?i)b", r"(?i)(?s)a", r"(?L)a", r"(?au)a", r"(?a)\w", r"(?a)\W", r"(?a)[\w]", r"(?u)\w", r"(?=a)a", r"(?!a)b", r"a(?<=a)b", r"a(?<!a)b", r"(?<=a*)b", r"(?<=a|bc)b", r"(?<=(a)\1)b", r"(a)(?<=\1)b",
    r"(?<x", r"(?(1)a|b)", r"(a)?(?(1)b|c)", r"(a)?(?(1)b|c|d)", r"(?P<n>a)?(?(n)b|c)", r"(?(n)a)", r"(?(0)a)", r"(a)?(?(1)b)", r"a|", r"|a", r"a|b|", r"()", r"()*", r"(a*)*b", r"(a|ab)(c|bcd)(d*)",
    r".", r"[^\n]", r"\n", "a\nb", r"\.", r"\-", r"\ ", r"\_", r"\é", "é", "[é-ü]", "주문.*", r"[가-힣]+$", r"\w+$", r"\b\w+\b", r"a\bb", r"a\Bb", r"i", r"I", r"[i]", r"[h-j]", r"s", r"[^s]", r"k", r"ß", "K", r"a{99999999999}", r"a{4294967295}",
    r"]", r"}", r"a]", r"[[]", r"[[:alpha:]]", r"[a&&b]", r"[a||b]", r"\\", r"[\\]", "\\", "a\\", r"[\b]", r"\a\f\v\t", r"[\n]", "😀", "[😀]", "[^a]😀", r"\s", r"\S", r"\D", r"\W", r"\w", "(?x)a\\ b", "(?x)a{2} {3}", "(?x)a #c\n b",
    r"(?P<주문>a)(?P=주문)", r"((((a))))\4", r"(a)(b)(c)\3", r"(?:a|b)*?c", r"(a{0})b", r"a{0,0}", r"x{1,2}{3}", r"(?:x{1,2}){3}", r"(?i:i)", r"^(?!tmp_)(?!.*_bak$).*", r"^(sales|hr)_\d+$", r"tmp_.*|.*_old",
]

TEXTS = [
    "", "a", "b", "ab", "ba", "aab", "aba", "abc", "abcd", "AB", "Ab", "aB", "orders", "orders\n", "ORDERS", "shop.orders", "shop.orders_old", "shopXorders", "a\n", "\na", "a\nb", "b\na",
    "aa", "aaa", "aaaa", "bb", "é", "É", "주문", "주문_2024", "A", "z", "-", "]", "[", "{", "}", "{2}", "a{}", "a{x}", "a{1", "\\", "a\\", " ", "\t", "\x1c", "\x85", "_", "5", "٣", "½", "²", "ⅷ",
    "i", "I", "ı", "İ", "s", "S", "ſ", "k", "K", "K", "ß", "ẞ", "tmp_a", "x_bak", "sales_12", "hr_x", "x_old", "😀", "b😀", "-]", "[]", "e]", "a]", "\x08", "\x07\x0c\x0b\t", "8", "\x00", "\x008", "#", "a b", "aaaaaa", ".", "a‿b", "xxx", "xxxx", "&", "|", ":",
]

ATOMS = ["a", "b", "c", "_", r"\.", ".", r"\d", r"\w", r"\s", r"\W", "[ab]", "[^a]", "[a-c_]", r"[\w.]", "(a)", "(?:ab)", "(a|b)", "(?:a|bc)", "^", "$", r"\b", r"\Z", "(?=a)", "(?!b)", "(?<=a)", r"\1", "주", "[가-힣]", "A", "B"]
REPEATS = ["", "", "", "", "*", "+", "?", "*?", "+?", "{2}", "{1,2}", "{,2}", "{2,}?", "*+", "?+", "{"]
NOISE = list("()[]{}*+?|^$\\.-,:=!<>#Pxiabd0159 ")


def generated(chance, count):
    for _ in range(count):
        pattern = "".join(chance.choice(ATOMS) + chance.choice(REPEATS) + chance.choice(["", "", "", "|"]) for _ in range(chance.randint(1, 5)))
        if chance.random() < 0.35:
            at = chance.randint(0, len(pattern))
            pattern = pattern[:at] + chance.choice(NOISE) + pattern[at:]
        yield pattern
    for _ in range(count):
        yield "".join(chance.choice(NOISE) for _ in range(chance.randint(1, 7)))


def outcome(pattern, ignore_case, text):
    try:
        return "match" if re.match(pattern, text, re.IGNORECASE if ignore_case else 0) else "none"
    except (re.error, OverflowError):
        return "refused"


def main():
    chance = random.Random(20260101)
    for pattern in CHOSEN:
        for ignore_case in (True, False):
            for text in TEXTS:
                print(json.dumps([pattern, ignore_case, text, outcome(pattern, ignore_case, text)]))
    for pattern in generated(chance, 1500):
        ignore_case = chance.random() < 0.5
        for text in [chance.choice(TEXTS), "".join(chance.choice("aabbc_A.주 \n1") for _ in range(chance.randint(0, 6)))]:
            print(json.dumps([pattern, ignore_case, text, outcome(pattern, ignore_case, text)]))


main()
