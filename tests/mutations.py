"""Mutated and crafted GeoJSON bytes: seeded, so that the same seed and number give the same bytes anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.corpus_files import MANIFEST, body

_TOKENS = [
    *(b"[", b"]", b"{", b"}", b",", b":", b'"', b"\\", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf0\x9f\x9a\x80", b"\n", b"/*"),
    *(b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e308", b"1e-999", b"-0", b"00", b"0x1", b"1.", b".5", b"9" * 400, b"null", b"true", b"'"),
    *(b'"type"', b'"Feature"', b'"Polygon"', b'"GeometryCollection"', b'"geometries"', b'"coordinates"', b'"features"', b'"bbox"', b'"crs"', b'"id"'),
    *(
        b'"\\ud800"',
        b'"\\udfff\\ud800"',
        b'"\\u0000"',
        b"[[[[[[[[[[",
        b"]]]]]]]]]]",
        b'{"type":"Feature"}',
        b'"crs":{"type":"link","properties":{"href":"file:///etc/passwd"}}',
    ),
]
_NUMBERS = [
    b"0",
    b"-0.0",
    b"180",
    b"-180",
    b"179.9999999",
    b"180.0000001",
    b"90",
    b"-90.5",
    b"1e308",
    b"-1e308",
    b"1e400",
    b"1" * 310,
    b"540",
    b"5e-324",
    b"NaN",
    b'"1"',
    b"null",
    b"[]",
]
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 180, -180, 181, 1e308, 10**400, "", "x", "\ud800", "Point", "Polygon", "MultiPolygon", "GeometryCollection"),
    *(
        [],
        {},
        [[]],
        [[[]]],
        [0, 0],
        [[0, 0], [0, 0]],
        {"type": "Point"},
        {"type": "Point", "coordinates": [179.5, 0]},
        {"type": "GeometryCollection", "geometries": []},
    ),
    [[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]],
    [[[-120, 80], [0, 80], [120, 80], [-120, 80]]],
]


def mutation(seed: int, number: int) -> bytes:
    """One mutated file: the bytes of one file of the corpus after one to four changes."""
    random = Random(f"{seed}:{number}")
    given = body(random.choice(list(MANIFEST)))
    # Half of all stay JSON, so that what follows the parser is reached as often as the parser.
    changes = [_change_value] if number % 2 else _CHANGES
    for _ in range(random.randint(1, 4)):
        given = random.choice(changes)(given, random)
    return given[:200_000]


def _flip(given: bytes, random: Random) -> bytes:
    if not given:
        return bytes([random.randrange(256)])
    at = random.randrange(len(given))
    return given[:at] + bytes([given[at] ^ (1 << random.randrange(8))]) + given[at + 1 :]


def _truncate(given: bytes, random: Random) -> bytes:
    return given[: random.randrange(len(given) + 1)]


def _range(given: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(given) + 1)
    return start, min(len(given), start + random.choice([1, 2, 8, 64, 512]))


def _delete(given: bytes, random: Random) -> bytes:
    start, end = _range(given, random)
    return given[:start] + given[end:]


def _repeat(given: bytes, random: Random) -> bytes:
    start, end = _range(given, random)
    return given[:end] + given[start:end] * random.choice([1, 1, 2, 20]) + given[end:]


def _insert(given: bytes, random: Random) -> bytes:
    at = random.randrange(len(given) + 1)
    return given[:at] + random.choice(_TOKENS) + given[at:]


def _splice(given: bytes, random: Random) -> bytes:
    other = body(random.choice(list(MANIFEST)))
    return given[: random.randrange(len(given) + 1)] + other[random.randrange(len(other) + 1) :]


def _swap_number(given: bytes, random: Random) -> bytes:
    found = list(_NUMBER.finditer(given))
    if not found:
        return given
    one = random.choice(found)
    return given[: one.start()] + random.choice(_NUMBERS) + given[one.end() :]


def _nest(given: bytes, random: Random) -> bytes:
    found = list(_NUMBER.finditer(given))
    if not found:
        return given
    one, levels = random.choice(found), random.choice([1, 2, 7, 70, 1_200])
    opening, closing = random.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return given[: one.start()] + opening * levels + one[0] + closing * levels + given[one.end() :]


def _change_value(given: bytes, random: Random) -> bytes:
    """The same document with one of its values replaced, taken away, or put where another is; so that what follows the parser is reached too."""
    try:
        document = json.loads(given)
    except (ValueError, RecursionError):
        return _flip(given, random)
    places = list(_places(document))
    if not places:
        return json.dumps(random.choice(_ODD_VALUES)).encode()
    container, key = random.choice(places)
    action = random.randrange(4)
    if action == 0:
        del container[key]
    elif action == 1:
        other, other_key = random.choice(places)
        container[key] = json.loads(json.dumps(other[other_key]))
    else:
        container[key] = random.choice(_ODD_VALUES)
    return json.dumps(document).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        for key in keys:
            yield item, key
            stack.append(item[key])


_CHANGES: list[Callable[[bytes, Random], bytes]] = [
    *(_flip, _truncate, _delete, _repeat, _insert, _splice, _swap_number, _nest),
    *(_change_value, _change_value),
]


def crafted(size: int) -> dict[str, Callable[[], bytes]]:
    """Makers of files of about `size` bytes, each the worst of its kind: for time, for memory, or for the stack."""

    def filled(before: bytes, item: bytes, after: bytes) -> Callable[[], bytes]:
        return lambda: before + item * ((size - len(before) - len(after)) // len(item)) + after

    collection, feature = b'{"type":"FeatureCollection","features":[', b'{"type":"Feature","properties":null,"geometry":'
    ring = collection + feature + b'{"type":"Polygon","coordinates":[['
    return {
        "arrays without end": filled(b"", b"[", b""),
        "objects without end": filled(b"", b'{"a":', b""),
        "arrays and their ends": lambda: b"[" * (size // 2) + b"]" * (size // 2),
        "collections without end": filled(feature, b'{"type":"GeometryCollection","geometries":[', b""),
        "coordinates without end": filled(collection + feature + b'{"type":"Polygon","coordinates":', b"[", b""),
        "empty objects for features": filled(collection, b"{},", b"{}]}"),
        "empty arrays for features": filled(collection, b"[],", b"[]]}"),
        "nulls for features": filled(collection, b"null,", b"null]}"),
        "small features": filled(collection, feature + b"null},", feature + b"null}]}"),
        "numbers for features": filled(collection, b"1,", b"1]}"),
        "positions of one ring": filled(ring, b"[1.5,2.5],", b"[1.5,2.5]]]}}]}"),
        "a ring to and fro over the antimeridian": filled(ring, b"[179,1],[-179,1],", b"[179,1]]]}}]}"),
        "texts for positions": filled(ring, b'"",', b'""]]}}]}'),
        "rings without positions": filled(collection + feature + b'{"type":"Polygon","coordinates":[', b"[],", b"[]]}}]}"),
        "parts of a collection": filled(collection + feature + b'{"type":"GeometryCollection","geometries":[', b"{},", b"{}]}}]}"),
        "one long text": filled(collection[:-1] + b'[],"x":"', b"x", b'"}'),
        "one long text of escapes": filled(collection[:-1] + b'[],"x":"', b"\\n", b'"}'),
        "one long text of surrogates": filled(collection[:-1] + b'[],"x":"', b"\\ud800", b'"}'),
        "texts of surrogates": filled(collection + feature[:-11] + b'"geometry":null,"x":[', b'"\\ud800",', b'""]}]}'),
        "one long number": filled(collection[:-1] + b'[],"x":', b"9", b"}"),
        "long numbers": filled(collection, b"9" * 308 + b",", b"1]}"),
        "longer numbers": filled(collection, b"9" * 4_000 + b",", b"1]}"),
        "a NaN at the end": filled(collection, b"1,", b"NaN]}"),
        "a name twice at the end": filled(b'{"x":[', b"1,", b'1],"a":1,"a":1}'),
        "one quote": filled(b'"', b"x", b""),
        "spaces": filled(b"", b" ", b"x"),
        "commas": filled(b"[", b",", b""),
        "a byte of another encoding at the end": filled(b'"', b"x", b"\xff"),
        "four-byte characters": filled(b'{"a":"', "🚀".encode(), b'"}'),
        "many names": lambda: b'{"a":{' + b",".join(b'"%x":0' % index for index in range(size // 11)) + b"}}",
        "a long name": filled(b'{"type":"FeatureCollection","features":[],"', b"~", b'":"\\ud800"}'),
    }
