"""Finding people by any piece of name, spelling, pinyin, initials, village or last digits."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.orm import Session

from db.readings import SURNAMES, folded

_MOST_READINGS = 16
_DROPPED = re.compile(r"[\s·•・.,，、/\\-]+")
_CHUNK = 400

_PEOPLE = text(
    "SELECT p.id, p.name, p.alt_name, p.id_number, p.phone, h.village, h.phone AS home_phone"
    " FROM person p LEFT JOIN household h ON h.id = p.household_id WHERE p.id IN :ids AND p.void = 0"
).bindparams(bindparam("ids", expanding=True))

_ROWS = text("SELECT person_id, rowid FROM person_index WHERE person_id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)


def index_people(session: Session, ids: Iterable[str]) -> None:
    """Bring the index up to these people's present name, spellings, village and last digits."""
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        _index_chunk(session, wanted[start : start + _CHUNK])


def index_household(session: Session, household_id: str) -> None:
    """The same for everyone of a household, after its village or telephone changed."""
    found = session.execute(text("SELECT id FROM person WHERE household_id = :id"), {"id": household_id})
    index_people(session, found.scalars())


def search(connection: Connection, query: str, limit: int = 20, offset: int = 0) -> list[str]:
    """Ids of the people who have every word of the query, best first; an empty query finds nobody.

    Words are Chinese, pinyin, initials, Tibetan, village names or last digits in any mixture; 1 and 2 characters too.
    """
    grams: list[str] = []
    trigrams: list[str] = []
    for word in _words(query):
        (trigrams if len(word) >= 3 else grams).append(word)
    if not grams and not trigrams:
        return []
    joins: list[str] = []
    where: list[str] = []
    bound: dict[str, object] = {"limit": limit, "offset": offset}
    if trigrams:
        joins.append("JOIN person_trigram t ON t.rowid = i.rowid")
        where.append("t.body MATCH :tri")
        bound["tri"] = " AND ".join(_quoted(word) for word in trigrams)
    if grams:
        joins.append("JOIN person_gram g ON g.rowid = i.rowid")
        where.append("g.body MATCH :gram")
        bound["gram"] = " AND ".join(_quoted(word) for word in grams)
    statement = (
        f"SELECT i.person_id FROM person_index i {' '.join(joins)} JOIN person p ON p.id = i.person_id"
        f" WHERE {' AND '.join(where)} ORDER BY length(p.name), p.name, p.id LIMIT :limit OFFSET :offset"
    )
    return list(connection.execute(text(statement), bound).scalars())


def terms(name: str | None, alt_name: str | None, village: str | None, digits: Sequence[str | None]) -> list[str]:
    """Every string under which a person can be found, folded; names first."""
    found: list[str] = []
    for part, is_name in ((name, True), (alt_name, True), (village, False)):
        plain = _plain(part or "")
        if not plain:
            continue
        found.append(folded(plain))
        for reading in _readings(plain, is_name):
            found.append("".join(reading))
            found.append("".join(syllable[:1] for syllable in reading))
    found.extend(number[-4:].lower() for number in digits if number)
    return list(dict.fromkeys(found))


def _index_chunk(session: Session, ids: list[str]) -> None:
    session.flush()
    rows = session.execute(_PEOPLE, {"ids": ids}).all()
    connection = session.connection()
    known = _rows_of(connection, ids)
    for rowid in known.values():
        connection.execute(text("DELETE FROM person_trigram WHERE rowid = :r"), {"r": rowid})
        connection.execute(text("DELETE FROM person_gram WHERE rowid = :r"), {"r": rowid})
    fresh = [{"id": row.id} for row in rows if row.id not in known]
    if fresh:
        connection.execute(text("INSERT INTO person_index (person_id) VALUES (:id)"), fresh)
        known = _rows_of(connection, ids)
    bodies = []
    for row in rows:
        words = terms(row.name, row.alt_name, row.village, (row.id_number, row.phone, row.home_phone))
        bodies.append({"r": known[row.id], "tri": "\n".join(words), "gram": " ".join(_grams(words))})
    if bodies:
        connection.execute(text("INSERT INTO person_trigram (rowid, body) VALUES (:r, :tri)"), bodies)
        connection.execute(text("INSERT INTO person_gram (rowid, body) VALUES (:r, :gram)"), bodies)


def _rows_of(connection: Connection, ids: list[str]) -> dict[str, int]:
    found = connection.execute(_ROWS, {"ids": ids})
    return {row.person_id: row.rowid for row in found}


def _words(query: str) -> list[str]:
    text_ = unicodedata.normalize("NFKC", query).lower()
    words = [folded(_DROPPED.sub("", word)) for word in text_.split()]
    chinese = [w for w in words if w]
    if len(chinese) > 1 and all(len(w) == 1 and not w.isascii() for w in chinese):
        return ["".join(chinese)]  # 扎 西: one name typed with gaps
    return chinese


def _plain(value: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", value).lower())


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _grams(words: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for word in words:
        for size in (1, 2):
            for start in range(len(word) - size + 1):
                found[word[start : start + size]] = None
    return list(found)


@lru_cache(maxsize=20_000)
def _readings(name: str, is_name: bool) -> tuple[tuple[str, ...], ...]:
    from pypinyin import Style, pinyin  # slow to import, only needed when something is indexed

    syllables = pinyin(name, style=Style.NORMAL, heteronym=True, errors="default")
    options = [tuple(dict.fromkeys(_unmarked(s) for s in choice)) for choice in syllables]
    if is_name and options and name[0] in SURNAMES:
        options[0] = SURNAMES[name[0]]
    while _count(options) > _MOST_READINGS:
        widest = max(range(len(options)), key=lambda i: len(options[i]))
        options[widest] = options[widest][:-1]
    return tuple(product(*options))


def _unmarked(syllable: str) -> str:
    return syllable.replace("ü", "v").replace("ê", "e")


def _count(options: Sequence[Sequence[str]]) -> int:
    total = 1
    for choice in options:
        total *= len(choice)
    return total
