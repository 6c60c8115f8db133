"""The parts of the Import page, as one component that is drawn once a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui import import_session
from geo.ui.component import mount
from geo.ui.state import component_value

_ACTIONS: Mapping[str, Callable[[object], None]] = {
    "bring_in": import_session.bring_in,
    "undo": import_session.undo,
    "again": import_session.again,
    "show": import_session.show,
}


def import_part(data: Mapping[str, Any]) -> None:
    """Draw one of the parts that `geo.ui.import_data` makes. What a person does there goes to `geo.ui.import_session`."""
    key = f"import_view_{data['part']}"

    def told(name: str) -> Mapping[str, Any]:
        value = component_value(key, name)
        return value if isinstance(value, Mapping) else {}

    def act() -> None:
        value = told("act")
        action = _ACTIONS.get(str(value.get("what")))
        if action is not None:
            action(value.get("token"))

    def map_column() -> None:
        value = told("column")
        import_session.set_column(value.get("token"), value.get("member"), value.get("value"))

    mount(
        "import_view",
        scripts=("import_parts.js", "import_view.js"),
        styles=("import_view.css",),
        key=key,
        data=data,
        on_act_change=act,
        on_column_change=map_column,
        on_choice_change=lambda: import_session.set_choice(told("choice").get("token"), told("choice").get("value")),
        on_page_change=lambda: import_session.set_page(told("page").get("token"), told("page").get("value")),
    )
