"""The words of time that are a passage's own, and the date that it takes from what stands before it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from geo.ingest.incidents.candidate import Dating
from geo.ingest.incidents.dating import default_dating
from geo.ingest.incidents.days import Clock
from geo.ingest.incidents.passages import Passage
from geo.ingest.incidents.time_phrases import TimePhrase, time_phrases

NO_DATE = "No date of its own;"
_SPEECH = re.compile(
    r"\b(?:said|says|told|tells|declared|announced|statement|speaking|spoke|interview(?:ed)?|conference|briefing|reporters|journalists|"
    r"reported|tweeted|wrote|meeting|met|confirmed|added|repeated|talks|hearing|called|warned|signed|agreed)\b(?:[^.;]{0,45})$",
    re.I,
)


def own_phrases(text: str, passage: Passage) -> list[TimePhrase]:
    """The words of time of a passage, without those that say when somebody spoke. The possessive before the noun goes first."""
    found, spoken_on = [], []
    for phrase in time_phrases(text, passage.start, passage.end):
        before = text[max(passage.start, phrase.start - 90) : phrase.start]
        spoken = _SPEECH.search(before)
        between = before[spoken.start() :] if spoken else ""
        hit_between = spoken is not None and (phrase.start - len(between)) <= passage.hit.start < phrase.start
        that = re.search(r"\b(?:that|:)\s", between) is not None
        if (
            phrase.form != "clock"
            and spoken
            and not hit_between
            and not that
            and not re.search(r"['’]s?$", phrase.text)
            and not re.search(r",\s+$", between)
        ):
            spoken_on += [phrase] if phrase.form in ("weekday", "month_day", "date", "yesterday") else []
            continue
        if phrase.form != "clock" and re.match(r"^\s*(?:,|that)?\s*(?:said|told|declared|announced)\b", text[phrase.end : phrase.end + 20]):
            continue
        found.append(phrase)
    if passage.others == 1 and passage.start > passage.sentence.start:
        found += [one for one in time_phrases(text, passage.sentence.start, passage.start) if one.form in ("offset", "month_year", "date")]
    # “Said on Tuesday that it had shot down”: by then it had happened, and nothing else dates it.
    return found or (
        spoken_on
        if passage.told and not passage.about and re.search(r"\bthat\b", text[spoken_on[0].end : passage.hit.start] if spoken_on else "")
        else []
    )


def inherited(before: Dating | None, clock: Clock, *, leans: bool) -> Dating:
    """The date of what the paragraph told just before (`before`), if that is background or the passage `leans` on it; else the day of the update."""
    if before is not None and (leans or before.end.at.date() < clock.day - timedelta(days=2)):
        return replace(before, basis="inferred", note=f"{NO_DATE} told on from what stands before it ({before.note[:-1]}).")
    return default_dating(clock)
