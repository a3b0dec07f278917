"""
Words as search compares them: folded, cut to their stem, a few letters off, read as amounts.

Stemming and typing errors are held to what a library for either does, without one: a few endings of
French and English, and an edit distance that stops early.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from unicodedata import normalize

__all__ = [
    "ENDINGS",
    "STOP_WORDS",
    "amounts",
    "amounts_apart",
    "as_amount",
    "fold",
    "fold_lines",
    "near",
    "stem",
]

#: What is too common to be looked for, unless nothing else is.
STOP_WORDS = frozenset(
    [
        "a",
        "aller",
        "alors",
        "au",
        "aux",
        "avec",
        "avez",
        "avoir",
        "avons",
        "besoin",
        "c",
        "ca",
        "ce",
        "celle",
        "celui",
        "ces",
        "cette",
        "ceux",
        "chaque",
        "cherche",
        "chez",
        "chose",
        "combien",
        "comment",
        "coute",
        "d",
        "dans",
        "de",
        "des",
        "dois",
        "doit",
        "doivent",
        "donc",
        "dont",
        "du",
        "elle",
        "en",
        "encore",
        "entre",
        "est",
        "et",
        "etes",
        "etre",
        "faire",
        "fait",
        "faut",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lors",
        "lui",
        "m",
        "ma",
        "mais",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "ni",
        "nos",
        "notre",
        "nous",
        "numero",
        "obtenir",
        "on",
        "ont",
        "ou",
        "par",
        "pas",
        "peut",
        "peuvent",
        "peux",
        "plus",
        "pour",
        "pourquoi",
        "pres",
        "puis",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quelqu",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "sais",
        "sait",
        "savoir",
        "se",
        "ses",
        "si",
        "sommes",
        "son",
        "sont",
        "sous",
        "suis",
        "sur",
        "t",
        "ta",
        "tes",
        "ton",
        "toujours",
        "tous",
        "tout",
        "toute",
        "toutes",
        "trop",
        "trouver",
        "un",
        "une",
        "va",
        "vais",
        "vers",
        "veut",
        "veux",
        "via",
        "vos",
        "votre",
        "voudrais",
        "voudrait",
        "y",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "do",
        "does",
        "doesn",
        "don",
        "each",
        "find",
        "for",
        "from",
        "get",
        "give",
        "gives",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "isn",
        "it",
        "its",
        "many",
        "me",
        "much",
        "my",
        "need",
        "needs",
        "no",
        "not",
        "of",
        "off",
        "or",
        "our",
        "out",
        "over",
        "she",
        "should",
        "take",
        "takes",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "us",
        "want",
        "wants",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
#: What stands between words, apart from what is ASCII, which a table turns at once.
_BETWEEN = re.compile(r"[^\w\x00-\x7f]+")
_ASCII = bytes(
    ord(chr(n).lower()) if chr(n).isalnum() or n == ord("\n") else 32 for n in range(128)
)
_PLAIN = _ASCII.ljust(256, b" ")


def fold(text: str) -> str:
    """
    Lower case, without accents, words apart by one space; lines stay lines.

    >>> fold("L’Écosystème  CAPéCO")
    'l ecosysteme capeco'
    """
    return "\n".join([line.strip() for line in fold_lines(text).split("\n")])


def fold_lines(text: str) -> str:
    """Many lines at once, folded; each may begin or end with a space."""
    text = _BETWEEN.sub(" ", normalize("NFC", text))
    for letters, plain in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss")):
        text = text.replace(letters, plain)
    # What is left of a letter without its marks; all else that is not ASCII has become a space.
    folded = normalize("NFKD", text).encode("ascii", "ignore").translate(_PLAIN)
    while b"  " in folded:
        folded = folded.replace(b"  ", b" ")
    return folded.decode()


#: Endings, longest first, with what stands for them: number and gender, and the commonest suffixes
#: that both languages share.
ENDINGS = (
    ("issements", "iss"), ("issement", "iss"), ("ications", "iqu"), ("ication", "iqu"),
    ("atrices", "at"), ("atrice", "at"), ("ateurs", "at"), ("ateur", "at"),
    ("ations", "at"), ("ation", "at"), ("ements", "e"), ("ement", "e"), ("euses", "eu"),
    ("euse", "eu"), ("eurs", "eu"), ("eur", "eu"), ("iques", "iqu"), ("ique", "iqu"), ("ives", "if"),
    ("ive", "if"), ("ifs", "if"), ("elles", "el"), ("elle", "el"), ("els", "el"), ("nnes", "n"),
    ("nne", "n"), ("aux", "al"), ("ales", "al"), ("ale", "al"), ("als", "al"), ("ies", "i"),
    ("ees", "e"), ("ee", "e"), ("ers", "er"), ("ings", ""), ("ing", ""), ("es", ""), ("s", ""),
    ("x", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
_SHORTEST = 3


def stem(word: str) -> str:
    """
    The part of a word that its forms share.

    >>> [stem(word) for word in ("territoires", "territoriale", "intelligentes", "folies")]
    ['territoir', 'territorial', 'intelligent', 'foli']
    """
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: len(word) - len(ending)] + instead
    return word


#: How far a word of so many letters may be off.
_ONE_OFF, _TWO_OFF = 5, 9


def near(word: str, known: Iterable[str]) -> Iterator[str]:
    """
    The known words that a person may have meant, by a distance that grows with the length.

    >>> list(near("inteligents", ["intelligents", "integrants", "indulgents"]))
    ['intelligents']
    """
    most = (len(word) >= _ONE_OFF) + (len(word) >= _TWO_OFF)
    if not most or word.isdigit():
        return
    letters = set(word)
    for other in known:
        # Whoever types a word gets its first letter right, which spares most of the work.
        if other[0] != word[0] or abs(len(other) - len(word)) > most or other.isdigit():
            continue
        if len(letters.symmetric_difference(other)) <= 2 * most and _within(word, other, most):
            yield other


def _within(one: str, other: str, most: int) -> bool:
    """Whether so many letters put in, left out, changed or swapped make one word of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        two_before, before, row = before, row, [at]
        for there, against in enumerate(other, 1):
            cost = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != against))
            swapped = at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == against
            row.append(min(cost, two_before[there - 2] + 1) if swapped else cost)
        if min(row) > most:
            return False
    return row[-1] <= most


_SCALES = {
    "k": 3,
    "m": 6,
    "million": 6,
    "millions": 6,
    "md": 9,
    "mds": 9,
    "milliard": 9,
    "milliards": 9,
    "bn": 9,
    "billion": 9,
    "billions": 9,
}
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<sign>[€])?\s?(?P<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,9})?)"
    r"[ \u00a0\u202f]?(?P<scale>(?:k|m|md|mds|bn|millions?|milliards?|billions?)(?![a-zéè]))?"
    r"(?:[ \u00a0\u202f](?:d['’]))?[ \u00a0\u202f]?(?P<unit>€|euros?|eur\b)?",
    re.IGNORECASE,
)


def amounts(text: str) -> Iterator[str]:
    """
    The amounts of money in a text, each as one word.

    >>> list(amounts("de 0,10 € à 162 M€, soit 1.500.000 euros"))
    ['eur0p1', 'eur162000000', 'eur1500000']
    """
    for found in _AMOUNT.finditer(text):
        if not (found["unit"] or found["sign"]):
            continue
        number = re.sub(r"[ \u00a0\u202f]", "", found["number"])
        if grouped := re.fullmatch(r"(\d{1,3}(?:[.,]?\d{3})+)(?:[.,](\d{1,2}))?", number):
            whole, cents = grouped[1].replace(".", "").replace(",", ""), grouped[2]
            number = f"{whole}.{cents}" if cents else whole
        scale = _SCALES.get((found["scale"] or "").lower(), 0)
        yield as_amount(Decimal(number.replace(",", ".")).scaleb(scale))


def as_amount(value: Decimal) -> str:
    """An amount of euros as one word."""
    text = f"{value:f}"
    # A point would part it.
    return f"eur{text.rstrip('0').rstrip('.') if '.' in text else text}".replace(".", "p")


def amounts_apart(text: str) -> str:
    """The text with each amount as one word of the index."""
    found = [*amounts(text)]
    if not found:
        return text
    rest = re.sub(r"€|\beuros?\b|\bEUR\b", " ", text)
    rest = re.sub(r"\d[\d\s.,]*\s?(?:M|k|Md|Mds|millions?|milliards?)?(?=\s|$)", " ", rest)
    return f"{rest} {' '.join(found)}"
