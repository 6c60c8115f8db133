"""Who may write: editors, their roles, and the one question that every write asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.errors import InvalidInput, NotAllowed, Problem, shown

ROLES = ("reader", "editor")
ACTIONS = (
    "add event",
    "change event",
    "move event",
    "retract event",
    "reinstate event",
    "add site",
    "change site",
    "retire site",
    "add update",
    "change update",
    "create",
    "replace",
    "undo",
    "restore",
)
"""Everything that can be done to a store, as it is authorised and as it stands in the history."""
MAX_NAME, MAX_WHY = 200, 1_000


@dataclass(frozen=True, slots=True)
class Editor:
    """Who writes, and as what. `name` stands in the history for good."""

    name: str
    role: str = "editor"


May = Callable[[Editor, str], bool]
"""Whether somebody may do one of `ACTIONS`."""


def editors_may(editor: Editor, action: str) -> bool:
    """The rule that holds unless another is given: editors may do everything, readers and unknown roles nothing."""
    return editor.role == "editor" and action in ACTIONS


def authorise(editor: Editor, actions: tuple[str, ...], *, may: May, read_only: bool) -> None:
    """Raise NotAllowed unless every action is allowed."""
    for action in actions:
        if read_only:
            why = "this Dateline only reads (DATELINE_READ_ONLY is set)"
            raise NotAllowed(editor=editor.name, action=action, why=why, advice="Start one that may write, or ask whoever runs it.")
        if not may(editor, action):
            why = f"the role {shown(editor.role)} may not"
            raise NotAllowed(editor=editor.name, action=action, why=why, advice="Ask an editor to do it, or to be made one.")


def check_signature(editor: Editor, why: str) -> None:
    """Raise InvalidInput unless there is a name and a reason that can stand in the history."""
    problems = [
        *_text_problems("/by/name", editor.name, MAX_NAME, "Say who makes the change."),
        *_text_problems("/why", why, MAX_WHY, "Say why, in a few words."),
    ]
    if problems:
        raise InvalidInput(problems)


def _text_problems(pointer: str, text: str, most: int, advice: str) -> list[Problem]:
    if not isinstance(text, str) or not text.strip():
        return [Problem(pointer, "is empty", shown(text), advice)]
    if len(text) > most:
        return [Problem(pointer, f"is {len(text):,} characters long; {most:,} are allowed", shown(text), "Shorten it.")]
    try:
        text.encode()
    except UnicodeEncodeError:
        return [Problem(pointer, "holds half of a surrogate pair, which is no character", shown(text), "Write it in valid Unicode.")]
    return []
