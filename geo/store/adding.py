"""Adding records to a store: what is there stays as it is, and an id that is taken is told, never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo.errors import InvalidInput, Problem, StoreError, shown
from geo.geojson import SCHEMA, as_feature, as_update
from geo.model import Event, Site, Update
from geo.store.access import Editor, May, authorise, check_signature, editors_may
from geo.store.assembling import assembled
from geo.store.changes import AddEvent, Addition, AddSite, AddUpdate
from geo.store.document import Document, split
from geo.store.geojson_file import MAX_BYTES, parse_document
from geo.store.history import History
from geo.store.locking import WAIT_S
from geo.store.reading import bytes_of
from geo.store.writing import StoreWriter

JSON = dict[str, Any]
Held = Callable[[str, str], Any]
"""The raw record that a store has of a member (`features`, `updates`) and an id; None where it has none."""
_ROUNDS = 8  # each leaves out what the last one found wrong; a store that goes on changing ends them


@dataclass(frozen=True)
class Added:
    """What was added.

    `same` counts records that the store had already, to the letter. `refused` says what was not added and why, each with a pointer into what was
    given: `/events/0`, `/updates/2`, `/sites/1`. `revision` is the state that the store is in now, None where nothing was written; `entry` is the
    number of the change in the history, None also where the store keeps none.
    """

    events: int
    updates: int
    sites: int
    same: int
    refused: tuple[Problem, ...]
    created: bool
    revision: str | None = None
    entry: int | None = None


@dataclass(frozen=True)
class Given:
    """What is to be added, by whom and why; `about` counts only for a store that is not there yet."""

    events: tuple[Event, ...]
    updates: tuple[Update, ...]
    sites: tuple[Site, ...]
    about: Mapping[str, Any]
    by: Editor
    why: str
    may: May
    read_only: bool
    wait_s: float
    strict: bool = False
    as_read: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        """What has to be allowed for it."""
        records = (("add event", self.events), ("add update", self.updates), ("add site", self.sites))
        return tuple(action for action, several in records if several)


def add_records(
    path: Path,
    *,
    events: Iterable[Event],
    updates: Iterable[Update],
    sites: Iterable[Site] = (),
    about: Mapping[str, Any] | None = None,
    by: Editor,
    why: str,
    may: May = editors_may,
    read_only: bool = False,
    wait_s: float = WAIT_S,
    strict: bool = False,
    as_read: bool = False,
) -> Added:
    """Add records to the store at `path`, which is made if it is not there, with `about` as its `dateline` member. It is one change of the store.

    A record whose id is taken is left out: counted if it is the same record, else told in `refused`. So is one that cites an update which would not
    be in the store, or not as it was given; with `strict` nothing at all is written then. Nothing is written if nothing is added, unless the store
    is new. `as_read` says that no event or update was changed since it was read, which saves looking. The suffix says what kind of store it is.
    Raises NotAllowed before anything is looked at, InvalidInput for a signature that cannot stand, StoreError; then nothing was changed.
    """
    adder = ADDERS.get(path.suffix.casefold())
    if adder is None:
        what = f"No kind of store has the suffix {shown(path.suffix)}"
        raise StoreError(what=what, where=str(path), advice=f"Give a file that ends in {' or '.join(ADDERS)}.")
    given = Given(tuple(events), tuple(updates), tuple(sites), about or {}, by, why, may, read_only, wait_s, strict, as_read)
    authorise(by, given.actions or ("create",), may=may, read_only=read_only)
    check_signature(by, why)
    return adder(path, given)


def plan_records(path: Path, *, events: Iterable[Event], updates: Iterable[Update], sites: Iterable[Site] = (), as_read: bool = False) -> Added:
    """What `add_records` would add and refuse as the store stands now. Nothing is written, and nobody is asked. Raises StoreError."""
    nobody = Editor("", "reader")
    given = Given(tuple(events), tuple(updates), tuple(sites), {}, nobody, "", editors_may, True, WAIT_S, as_read=as_read)
    if ADDERS.get(path.suffix.casefold()) is _add_to_parquet:
        from geo.store.parquet_adding import held_by_parquet

        return choose(given, held_by_parquet(path, given), {}).added()
    body = bytes_of(path, most=MAX_BYTES)
    return choose(given, (lambda _member, _id: None) if body is None else _held_by(_own_document(body, str(path))), {}).added()


def raw_document(body: bytes, *, where: str) -> JSON:
    """The JSON of a FeatureCollection, checked as a whole but not record by record. Raises StoreError, naming `where`."""
    return parse_document(body, where)


def _add_to_geojson(path: Path, given: Given) -> Added:
    writer = StoreWriter(path, may=given.may, read_only=given.read_only, wait_s=given.wait_s)
    faulty: dict[str, Problem] = {}
    for _ in range(_ROUNDS):
        body = bytes_of(path, most=MAX_BYTES)
        if body is None:
            return _create(writer, path, given)
        document = _own_document(body, str(path))
        chosen = choose(given, _held_by(document), faulty)
        if not chosen.changes or (given.strict and chosen.refused):
            return chosen.nothing()
        try:
            written = writer.apply(chosen.changes, by=given.by, why=given.why)
        except InvalidInput as error:
            # Read again: another writer may have brought some of these meanwhile, and what leans on a faulty update must not go in either.
            faulty |= chosen.faults(error.problems)
            continue
        return chosen.added(revision=written.revision, entry=written.entry)
    advice = "Nothing was changed. `python -m geo validate` says what is wrong with the store; mend it, or wait until others have done writing."
    raise StoreError(what=f"After {_ROUNDS} tries the store still refuses some of what is to be added", where=str(path), advice=advice)


def _add_to_parquet(path: Path, given: Given) -> Added:
    from geo.store.parquet_adding import add_to_parquet  # pyarrow is slow to import, and most stores need none

    return add_to_parquet(path, given)


ADDERS: dict[str, Callable[[Path, Given], Added]] = {
    ".geojson": _add_to_geojson,
    ".json": _add_to_geojson,
    ".parquet": _add_to_parquet,
    ".geoparquet": _add_to_parquet,
}
"""What adds to a store, by its suffix in small letters: another kind of store joins here."""


def _own_document(body: bytes, where: str) -> Document:
    document = split(body, where)
    about = document.others.get("dateline")
    schema = about.get("schema") if isinstance(about, dict) else None
    if isinstance(schema, bool) or schema != SCHEMA:
        what = f"/dateline/schema: this is no store of Dateline's that can be added to (got {shown(schema)})"
        raise StoreError(what=what, where=where, advice=f'Give a store with "dateline": {{"schema": {SCHEMA}}}, or a name that is free.')
    if "updates" in document.others:
        raise StoreError(what="/updates: must be an array", where=where, advice="Mend the store first; `python -m geo validate` says what is wrong.")
    return document


def _held_by(document: Document) -> Held:
    def find(member: str, id_: str) -> Any:
        places = document.index[member].get(id_)
        return document.value(member, places[0]) if places else None

    return find


@dataclass(frozen=True)
class Chosen:
    """What of the given records goes in: the changes with the pointer of each, and the records themselves."""

    changes: tuple[Addition, ...]
    pointers: tuple[str, ...]
    events: tuple[Event, ...]
    updates: tuple[Update, ...]
    sites: tuple[Site, ...]
    same: int
    refused: tuple[Problem, ...]

    def added(self, *, created: bool = False, revision: str | None = None, entry: int | None = None) -> Added:
        """The outcome, once these are written."""
        counts = (len(self.events), len(self.updates), len(self.sites))
        return Added(*counts, self.same, self.refused, created=created, revision=revision, entry=entry)

    def nothing(self) -> Added:
        """The outcome where nothing is written."""
        return Added(0, 0, 0, self.same, self.refused, created=False)

    def faults(self, problems: Iterable[Problem]) -> dict[str, Problem]:
        """The problems that the writer has found, by the pointer of what was given. An id that is taken is none: the next look judges it."""
        found: dict[str, Problem] = {}
        for problem in problems:
            number, _, inside = problem.pointer.removeprefix("/").partition("/")
            if not number.isdecimal() or int(number) >= len(self.pointers):
                raise InvalidInput([problem])
            if inside.split("/", 1)[-1] == "id" and "already" in problem.message:
                continue
            where = self.pointers[int(number)]
            found.setdefault(where, Problem(where, f"{inside}: {problem.message}", problem.value, problem.advice))
        return found


def choose(given: Given, standing: Held, faulty: Mapping[str, Problem]) -> Chosen:
    """Judge each record against what stands in the store. Updates come first, newest first, then events and sites in their order."""
    refused: list[Problem] = []
    there: dict[tuple[str, str], Any] = {}
    good: dict[str, bool] = {}
    changes: list[Addition] = []
    pointers: list[str] = []
    same = 0

    def judge(where: str, member: str, raw: JSON) -> str:
        """Whether a record is "new" (then it counts as there from now on), the "same" as one that is there, or cannot go in."""
        if where in faulty:
            refused.append(faulty[where])
            return "faulty"
        key = (member, raw["id"])
        held = there[key] if key in there else standing(*key)
        if held is None:
            there[key] = raw
            return "new"
        if held == raw:
            return "same"
        advice = "The store's own was left as it is. Change it there, or give this one another id."
        refused.append(Problem(where, "the store has another record of this id", shown(raw["id"]), advice))
        return "taken"

    def take(where: str, verdict: str, change: Addition) -> bool:
        nonlocal same
        same += verdict == "same"
        if verdict == "new":
            changes.append(change)
            pointers.append(where)
        return verdict == "new"

    def lost(where: str, record: Event | Site) -> bool:
        """Whether the record cites an update that would not be in the store as it was given."""
        for id_ in sorted(_cited(record)):
            if id_ not in good:
                good[id_] = standing("updates", id_) is not None
            if not good[id_]:
                advice = "Add that update under an id that is free, and cite it."
                refused.append(Problem(where, f"{shown(record.id)} cites an update that is not in the store as it was given", shown(id_), advice))
                return True
        return False

    updates = []
    for number, update in sorted(enumerate(given.updates), key=lambda pair: pair[1].published.at, reverse=True):
        where, raw = f"/updates/{number}", dict(update.raw) if given.as_read and update.raw else as_update(update)
        verdict = judge(where, "updates", raw)
        good[update.id] = verdict in ("new", "same")
        if take(where, verdict, AddUpdate(raw)):
            updates.append(update)
    events, sites = [], []
    for number, event in enumerate(given.events):
        where = f"/events/{number}"
        if not lost(where, event):
            raw = dict(event.feature) if given.as_read and event.feature else as_feature(event)
            if take(where, judge(where, "features", raw), AddEvent(raw)):
                events.append(event)
    for number, site in enumerate(given.sites):
        where = f"/sites/{number}"
        if not lost(where, site):
            raw = site_feature(site)
            if take(where, judge(where, "features", raw), AddSite(raw)):
                sites.append(site)
    return Chosen(tuple(changes), tuple(pointers), tuple(events), tuple(updates), tuple(sites), same, tuple(refused))


def site_feature(site: Site) -> JSON:
    """The site as it was read, or, if it was made here, in the order of docs/store-format.md."""
    if site.feature:
        return dict(site.feature)
    members = {"record": "site", "name": site.name, "note": site.note, "updates": list(site.updates), "rings": [asdict(ring) for ring in site.rings]}
    geometry = {"type": "Point", "coordinates": list(site.position)}
    return {"type": "Feature", "id": site.id, "geometry": geometry, "properties": members}


def _cited(record: Event | Site) -> set[str]:
    cited = set(record.updates)
    return cited | ({claim.update for claim in record.claims} if isinstance(record, Event) else {ring.update for ring in record.rings if ring.update})


def _create(writer: StoreWriter, path: Path, given: Given) -> Added:
    chosen = choose(given, lambda _member, _id: None, {})
    if given.strict and chosen.refused:
        return chosen.nothing()
    about = {**given.about, "schema": SCHEMA}
    features = [change.feature for change in chosen.changes if not isinstance(change, AddUpdate)]
    updates = [change.update for change in chosen.changes if isinstance(change, AddUpdate)]
    whole = assembled({"type": "FeatureCollection", "dateline": about}, updates, features, where=str(path.resolve()))
    written = writer.create(about, by=given.by, why=given.why, body=whole)
    return chosen.added(created=True, revision=written.revision, entry=written.entry)


def history_of(path: Path) -> History | None:
    """The history of the store at `path`; None where its kind keeps none."""
    return History(path.resolve()) if ADDERS.get(path.suffix.casefold()) is _add_to_geojson else None
