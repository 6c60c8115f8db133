"""The values of the desk: blogs, their readings, earlier wordings, and decisions; to and from JSON (docs/review.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from geo.errors import InvalidInput, Problem, shown

VERSION = 1
ACCEPTED, REJECTED = "accepted", "rejected"
MAX_BLOGS, MAX_READINGS, MAX_WORDINGS, MAX_LINKS = 100, 1_000, 20, 10_000
_MAX_TEXT = 4_000_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One reading of a blog: when it was got (ISO 8601, UTC), the hash of its bytes, that of its text, and the tellings that were found in it."""

    fetched: str
    sha256: str
    text_sha256: str
    updates: int
    tellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How an update read before it was reworded, and until which reading (`until`, ISO 8601, UTC)."""

    heading: str
    text: str
    until: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a decision rests on: the telling's id, the update of the blog, and the words."""

    telling: str
    update: str
    exact: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a proposal: `state` is accepted or rejected, `event` the id in the store that came of it, by whom and when."""

    proposal: str
    state: str
    event: str | None
    by: str
    at: str
    title: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed in a proposal that is not decided yet; None leaves it as it was read.

    `entry` is the id of a gazetteer's entry that was chosen; `lon`, `lat` in degrees (WGS84) with `uncertainty_km` are a place of the editor's own.
    """

    title: str | None = None
    kind: str | None = None
    start: str | None = None
    end: str | None = None
    date_precision: str | None = None
    entry: str | None = None
    place_name: str | None = None
    place_precision: str | None = None
    lon: float | None = None
    lat: float | None = None
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class KeptBlog:
    """A live blog on the desk.

    `readings` stand oldest first. `wordings` are the earlier wordings of updates by id. `edits` are by proposal. `apart` are tellings that were split
    off; `joined` are pairs of tellings that were said to be one incident. `noted` are warnings that somebody has dealt with. `watch_minutes` is how
    often it is read again while the app runs.
    """

    id: str
    name: str
    address: str
    publisher: str
    published: date
    zone: str | None
    readings: tuple[KeptReading, ...] = ()
    wordings: Mapping[str, tuple[Wording, ...]] = ()  # type: ignore[assignment]
    decisions: tuple[Decision, ...] = ()
    edits: Mapping[str, Edit] = ()  # type: ignore[assignment]
    apart: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    noted: tuple[str, ...] = ()
    watch_minutes: int | None = None

    def __post_init__(self) -> None:
        for name in ("wordings", "edits"):
            object.__setattr__(self, name, dict(getattr(self, name)))

    @property
    def newest(self) -> KeptReading:
        """The last reading. A blog on the desk has at least one."""
        return self.readings[-1]


@dataclass(frozen=True, slots=True)
class Desk:
    """All blogs on the desk, the one that was read last at the end."""

    blogs: tuple[KeptBlog, ...] = ()

    def blog(self, id_: str | None) -> KeptBlog | None:
        """The blog of this id, if there is one."""
        return next((blog for blog in self.blogs if blog.id == id_), None)

    def with_blog(self, blog: KeptBlog) -> Desk:
        """The desk with this blog in the place of the one with its id, or added. Raises InvalidInput if it would hold too many."""
        if self.blog(blog.id) is not None:
            return Desk(tuple(blog if one.id == blog.id else one for one in self.blogs))
        if len(self.blogs) >= MAX_BLOGS:
            raise InvalidInput([Problem("", f"The desk holds {MAX_BLOGS} live blogs already", "", "Take one off the desk first.")])
        return Desk((*self.blogs, blog))

    def without(self, id_: str) -> Desk:
        """The desk without a blog."""
        return Desk(tuple(blog for blog in self.blogs if blog.id != id_))


def as_json(desk: Desk) -> dict[str, Any]:
    """The desk as its file holds it."""
    return {"desk": VERSION, "blogs": [asdict(blog) | {"published": blog.published.isoformat()} for blog in desk.blogs]}


def from_json(value: Any) -> Desk:
    """Read what `as_json` wrote. Raises InvalidInput for anything else."""
    try:
        if value["desk"] != VERSION or len(value["blogs"]) > MAX_BLOGS:
            raise ValueError("another version")
        return Desk(tuple(_blog(one) for one in value["blogs"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        advice = "Move it away; decisions that are in the store stay there, and a new desk is begun."
        raise InvalidInput([Problem("", f"This is no desk of version {VERSION}", shown(str(error)), advice)]) from error


def decided(blog: KeptBlog, decision: Decision) -> KeptBlog:
    """The blog with a decision more; an earlier one on the same proposal is replaced."""
    others = tuple(one for one in blog.decisions if one.proposal != decision.proposal)
    return replace(blog, decisions=(*others, decision))


def reopened(blog: KeptBlog, proposal: str) -> KeptBlog:
    """The blog with a proposal undecided again."""
    return replace(blog, decisions=tuple(one for one in blog.decisions if one.proposal != proposal))


def _blog(value: Mapping[str, Any]) -> KeptBlog:
    readings = tuple(_made(KeptReading, one, tellings=tuple(map(_text, one["tellings"]))) for one in value["readings"][-MAX_READINGS:])
    if not readings:
        raise ValueError("a blog without a reading")
    return KeptBlog(
        id=_text(value["id"]),
        name=_text(value["name"]),
        address=_text(value["address"]),
        publisher=_text(value["publisher"]),
        published=date.fromisoformat(value["published"]),
        zone=None if value["zone"] is None else _text(value["zone"]),
        readings=readings,
        wordings={_text(id_): tuple(_made(Wording, one) for one in rows) for id_, rows in value["wordings"].items()},
        decisions=tuple(_made(Decision, one, cited=tuple(_made(Cited, row) for row in one["cited"])) for one in value["decisions"]),
        edits={_text(id_): _made(Edit, one) for id_, one in value["edits"].items()},
        apart=tuple(map(_text, value["apart"][:MAX_LINKS])),
        joined=tuple((_text(one), _text(two)) for one, two in value["joined"][:MAX_LINKS]),
        noted=tuple(map(_text, value["noted"][:MAX_LINKS])),
        watch_minutes=None if value["watch_minutes"] is None else int(value["watch_minutes"]),
    )


def _made(kind: Callable[..., _T], value: Mapping[str, Any], **members: Any) -> _T:
    """A value of plain members, each a bounded text, a number or null."""
    plain = {name: one for name, one in value.items() if name not in members}
    for one in plain.values():
        if isinstance(one, str):
            _text(one)
        elif one is not None and (isinstance(one, bool) or not isinstance(one, int | float)):
            raise TypeError("a member of another kind")
    made = kind(**plain, **members)
    for name in ("fetched", "at", "until"):
        if hasattr(made, name):
            datetime.fromisoformat(getattr(made, name))
    if isinstance(made, Decision) and made.state not in (ACCEPTED, REJECTED):
        raise ValueError("another decision")
    return made


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise TypeError("not a text")
    return value
