"""Fifteen questions that an analyst puts to the feed of `seeds/`, and the page that answers them: `docs/tour.md`.

`python -m tests.tour` asks the graph of the current profile (`KG_HOME`), which holds the seeds, and writes the page anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kg.ask import Answer, query
from kg.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "tour.md"
ROWS = 4
WIDTH = 160
HEAD = """# A tour of the seeds

Fifteen questions that an analyst would put to the feed in `seeds/`, answered by `kg build seeds` and the command under each, as they came.
The origin tells the feed (*stated*) from background knowledge (*reference*); what the feed does not say is said to be missing.
`python -m tests.tour` writes this page; a test asks the questions again.
"""


class Stop(NamedTuple):
    """One question: in words, the module and its parameters, the columns worth showing, and what the answer misses."""

    asks: str
    name: str
    given: dict[str, str]
    columns: tuple[str, ...]
    misses: str


TOUR = (
    Stop("What does one company alone make, and who needs it?", "chokepoints/sole_makers", {}, ("maker", "product", "dependants"),
         "The feed says that ASML is the only maker of EUV machines; it names none of their buyers, who are background."),
    Stop("Who supplies TSMC?", "exposure/suppliers", {"company": "台积电"}, ("supplier", "product", "share_of_cost_pct"),
         "No sentence of the feed says that ASML supplies TSMC, or at what share of cost: every row is background, the shares are not disclosed."),
    Stop("Whom does TSMC supply?", "exposure/customers", {"company": "台积电"}, ("customer", "product", "share_of_revenue_pct"),
         "The feed names customers without saying what they buy or what share of revenue they are."),
    Stop("How exposed is NVIDIA to ASML?", "exposure/between", {"supplier": "ASML", "customer": "NVIDIA"},
         ("exposure", "exposure_at_most", "chains", "tier", "path"),
         "The number rests on belief and on distance alone, since no share is disclosed on any link; the feed states no link of the chain."),
    Stop("Who is hit if ASML fails, and at which tier?", "shocks/supplier", {"company": "ASML"}, ("tier", "hit", "how", "exposure", "substitutes", "path"),
         "Stocks of finished machines, and how long a fab runs without new ones, are not in the feed."),
    Stop("What stands in Colossus 2, who runs it and what does it load?", "compute/to_grid", {"site": "Colossus 2"},
         ("step", "what", "state", "figure", "note"),
         "The feed calls the site Musk's; that xAI operates it is background. It does not say what Colossus 2 itself draws from which grid, and "
         "PJM, named beside it, does not serve it."),
    Stop("What do data centers lean on?", "exposure/of_sector", {"sector": "data centers"}, ("exposure", "what", "quantity"),
         "No load is given as a number."),
    Stop("Who plans what capital spending, and which suppliers stand downstream?", "money/capex", {"buyer": "TSMC"},
         ("buyer", "measure", "figure", "period", "basis", "suppliers"),
         "Growth of 30% is on the year before, 40% on earlier guidance: two bases, no disagreement. The suppliers are background; what each gets of "
         "the sum is not said."),
    Stop("What does TSMC expect, and what do brokers?", "money/guidance", {"company": "TSMC"}, ("measure", "period", "guidance", "forecast", "forecaster", "gap", "gap_unit"),
         "The house forecasts years that the company does not guide, so for those there is no gap to tell."),
    Stop("Of what is TSMC's revenue made?", "money/revenue_mix", {"company": "TSMC"}, ("segment", "measure", "figure", "period"),
         "Two splits that overlap, by process and by use; smartphones and the rest are not disclosed."),
    Stop("Who rates whom, with which target?", "money/ratings", {"name": "any"}, ("broker", "rated", "rating", "target", "multiple", "rated_on"),
         "One target price in the whole feed; the other ratings are of sectors, without one."),
    Stop("What does the fund 159363 hold?", "money/holdings", {"fund": "159363"}, ("holding", "label", "weight", "held_on"),
         "Sectors with round weights, from texts that the fund's seller has a hand in; single stocks are named elsewhere, without a weight."),
    Stop("What flowed into it?", "money/fund_flows", {"fund": "159363"}, ("direction", "figure", "from_day", "to_day", "session"),
         "A week, a day and a moment of a day stand side by side: they are snapshots, not rival figures, and are not to be added up."),
    Stop("Where do the sources disagree?", "evidence/disagreements", {"name": "any"}, ("subject", "measure", "period", "figure", "other", "class", "why"),
         "The same forecast stands 100 times apart in two texts (million against hundred million): a slip of scale, which kg shows and does not mend."),
    Stop("What is still ahead?", "events/calendar", {"since": "2026-01-19", "until": "2026-12-31"}, ("due", "event", "who", "figures"),
         "Most plans of the feed bear a year and no day."),
)


def page(settings: Settings | None = None) -> str:
    """Return the page, its answers asked of the graph of `settings`."""
    return "\n".join([HEAD, *(line for number, stop in enumerate(TOUR, 1) for line in _stop(number, stop, settings))])


def command(stop: Stop) -> str:
    """Return the command that asks a question."""
    given = " ".join(f'{name}="{value}"' if " " in value else f"{name}={value}" for name, value in stop.given.items())
    return f"kg query run {stop.name} {given}".strip()


def _stop(number: int, stop: Stop, settings: Settings | None) -> Iterable[str]:
    answer = query(stop.name, settings=settings, **stop.given)
    yield from (f"## {number}. {stop.asks}", "", "```", command(stop), "```", "")
    yield from _table(stop, answer)
    if len(answer.rows) > ROWS:
        yield f"... and {len(answer.rows) - ROWS} more."
    if not answer.rows:
        yield "Nothing in the graph says so."
    yield from ("", f"**What it misses.** {stop.misses}", "")


def _table(stop: Stop, answer: Answer) -> Iterable[str]:
    columns = [name for name in stop.columns if name in answer.columns]
    if answer.rows:
        yield f"| {' | '.join(columns)} | said as | origin | belief | sentence |"
        yield f"|{'---|' * (len(columns) + 4)}"
    for row in answer.rows[:ROWS]:
        cells = [*(row[name] for name in columns), row["modality"], row["origin"], row["belief"], row["proof"]]
        yield f"| {' | '.join(map(_cell, cells))} |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.replace("|", "/").split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
