"""A made graph for measuring: as many entities as wanted, ten facts for each, hubs that half of all lean on. The same for the same seed.

    python -m benchmarks.made_graph FOLDER [--entities N]

Writes FOLDER as CSV for the importer of Neo4j. Labels, types and properties are those of the ontology and of `kg.store.rows`; three facts of
ten are stated, each with its claim and document, the others are background. Degrees follow a power law; beside it company 0 buys from half as
many as there are entities, and company 1 supplies as many.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.knowledge.ontology import load_ontology
from kg.settings import Settings
from kg.store import server
from kg.store.client import connect
from kg.store.configuration import as_text, managed
from kg.store.jars import fetch_jars
from kg.store.java import find_java
from kg.store.load import make_schema
from kg.store.profile import Profile
from kg.store.progress import silent

SEED = 20260116
SHARES = {
    "Company": 0.55, "Facility": 0.1, "Product": 0.12, "Event": 0.12, "Infrastructure": 0.01, "Resource": 0.001, "Sector": 0.005,
    "Place": 0.003, "Fund": 0.02, "Index": 0.002, "Organization": 0.01, "Program": 0.003, "Person": 0.056,
}
"""Which part of the entities bears which label."""
FACTS = [
    ("PRODUCES", "Company", "Product", 0.6), ("OPERATES", "Company", "Facility", 0.12), ("USES", "Facility", "Product", 0.3),
    ("USES", "Company", "Product", 0.4), ("USES", "Sector", "Product", 0.05), ("USES", "Product", "Product", 0.2),
    ("DEPENDS_ON", "Company", "Product", 0.3), ("DEPENDS_ON", "Facility", "Infrastructure", 0.1), ("DEPENDS_ON", "Sector", "Resource", 0.05),
    ("LOADS", "Facility", "Infrastructure", 0.1), ("LOADS", "Sector", "Resource", 0.02), ("AFFECTS", "Event", "Company", 0.2),
    ("AFFECTS", "Program", "Sector", 0.02), ("AFFECTS", "Program", "Company", 0.06), ("IN_SECTOR", "Company", "Sector", 0.6),
    ("PART_OF", "Facility", "Facility", 0.03), ("PART_OF", "Sector", "Sector", 0.005), ("PART_OF", "Place", "Place", 0.003),
    ("SUCCEEDS", "Product", "Product", 0.06), ("OWNS", "Company", "Company", 0.2), ("INVESTS_IN", "Company", "Company", 0.2),
    ("PARTNERS_WITH", "Company", "Company", 0.2), ("COMPETES_WITH", "Company", "Company", 0.2), ("COMPETES_WITH", "Product", "Product", 0.1),
    ("TRACKS", "Fund", "Index", 0.02), ("HOLDS", "Fund", "Company", 0.4), ("HOLDS", "Index", "Company", 0.1), ("RATES", "Company", "Company", 0.2),
    ("LOCATED_IN", "Company", "Place", 0.55), ("LOCATED_IN", "Facility", "Place", 0.1), ("REGULATES", "Organization", "Company", 0.05),
    ("LEADS", "Person", "Company", 0.06), ("PARTICIPATES_IN", "Company", "Event", 0.3), ("PARTICIPATES_IN", "Fund", "Event", 0.04),
    ("REPORTED", "Company", "Metric", 0.6), ("REPORTED", "Event", "Metric", 0.3), ("REPORTED", "Facility", "Metric", 0.1),
]
"""Type, label of the subject, label of the object, and how many for each entity; SUPPLIES fills up to ten."""
STEEP = 3.0  # power of the law by which names are drawn: the first of n is drawn about n ** (-1 / STEEP) of the time
COUNTRIES = ("TW", "US", "CN", "JP", "NL", "KR", "DE")
MEASURES = ("revenue", "capex", "gross_margin", "revenue_share", "fund_flow", "power_demand", "capex_growth")
KINDS = ("earnings", "guidance", "capex", "launch", "outage", "policy", "deal", "fund_flow")
MODALITIES = ("fact",) * 85 + ("plan",) * 8 + ("forecast",) * 5 + ("rumour",) * 2
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]
EDGE = (":START_ID,:END_ID,id,belief:double,support:int,claim_count:int,claim_ids:string[],proof,proof_source,proof_date,modality,"
        "negated:boolean,ended:boolean,first_seen,last_seen,origin")
OWN = {
    "SUPPLIES": "product,sole:boolean,share_of_revenue_pct:double,share_of_cost_pct:double", "PRODUCES": "sole:boolean",
    "USES": "state,quantity:double", "LOADS": "quantity:double,unit", "AFFECTS": "effect:double", "HOLDS": "as_of,weight_pct:double",
    "RATES": "as_of,rating,target_price:double,currency", "INVESTS_IN": "period,amount:double,currency", "PARTICIPATES_IN": "role",
}
NODE = {
    "Company": "id:ID,name,name_zh,aliases:string[],tickers:string[],country", "Event":
    "id:ID,name,aliases:string[],kind,date,modality,negated:boolean,ended:boolean", "Metric":
    "id:ID,name,subject,value:double,unit,period,modality,negated:boolean,display,suspect,segment,holder", "Document":
    "id:ID,title,source,published,zone,language,sha256,kind", "Claim":
    "id:ID,fact,relation,modality,negated:boolean,ended:boolean,confidence:double,text,reader,asserted_at",
}
OTHER_NODE = "id:ID,name,name_zh,aliases:string[],kind"


def node_id(label: str, number: int) -> str:
    """Return the id of the so-manyth node of a label."""
    return f"{label.lower()}:{number}"


def node_name(label: str, number: int) -> str:
    """Return its name, which no other bears."""
    mixed = (number * 7919 + 1234) % len(SYLLABLES) ** 3
    word = SYLLABLES[mixed % 70] + SYLLABLES[mixed // 70 % 70] + SYLLABLES[mixed // 4900]
    return f"{word.capitalize()} {label} {number}"


@dataclass(frozen=True)
class MadeGraph:
    """A made graph of `entities` entities, written to `folder`."""

    folder: Path
    entities: int

    def count(self, label: str) -> int:
        """Return how many nodes bear a label."""
        return max(4, round(self.entities * SHARES[label])) if label in SHARES else self.entities

    def write(self) -> int:
        """Write the files; return how many facts there are."""
        self.folder.mkdir(parents=True, exist_ok=True)
        drawn = random.Random(SEED)  # noqa: S311  # nothing secret
        for label in (*SHARES, "Metric"):
            self._table(f"{label}.nodes.csv", NODE.get(label, OTHER_NODE), (self._node(label, n, drawn) for n in range(self.count(label))))
        days = [f"202{drawn.randrange(3, 6)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}" for _ in range(self.entities // 10)]
        self._table("Document.nodes.csv", NODE["Document"], (
            (f"document:{n}", f"Report {n}", f"Paper {n % 200}", day, "UTC", "en", f"{n:064x}", "news") for n, day in enumerate(days)
        ))
        planned = [(relation, subject, object, round(self.entities * share)) for relation, subject, object, share in FACTS]
        planned.append(("SUPPLIES", "Company", "Company", 10 * self.entities - sum(count for *_, count in planned)))
        with (self.folder / "Claim.nodes.csv").open("w") as claims, (self.folder / "proof.csv").open("w") as proof:
            claims.write(NODE["Claim"] + "\n")
            proof.write(":START_ID,:END_ID,:TYPE\n")
            number = 0
            for relation in {relation: None for relation, *_ in planned}:
                own = OWN.get(relation)
                with (self.folder / f"{relation}.edges.csv").open("w") as edges:
                    edges.write(EDGE + (f",{own}" if own else "") + "\n")
                    for _, subject, object, count in (plan for plan in planned if plan[0] == relation):
                        for start, end in self._pairs(relation, subject, object, count, drawn):
                            number += 1
                            self._fact(number, relation, node_id(subject, start), node_id(object, end), days, drawn, edges, claims, proof)
        return number

    def _pairs(self, relation: str, subject: str, object: str, count: int, drawn: random.Random) -> Iterator[tuple[int, int]]:
        starts, ends = self.count(subject), self.count(object)
        if relation == "SUPPLIES":
            for n in range(self.entities // 2):
                yield 2 + n % (starts - 2), 0
                yield 1, 2 + n % (starts - 2)
            count -= 2 * (self.entities // 2)
        for n in range(count):
            if object == "Metric":
                yield int(starts * drawn.random() ** STEEP), {"Company": 0, "Event": 60, "Facility": 90}[subject] * self.entities // 100 + n
            elif relation == "LOCATED_IN":
                yield n % starts, int(ends * drawn.random() ** STEEP)
            else:  # who is drawn most as a subject is not drawn most as an object
                yield int(starts * drawn.random() ** STEEP), int(ends * drawn.random() ** STEEP) * 7919 % ends

    def _fact(self, number: int, relation: str, start: str, end: str, days: list[str], drawn: random.Random, edges: Any, claims: Any,
              proof: Any) -> None:
        chance = drawn.random()
        modality, belief = MODALITIES[int(chance * 100)], round(0.3 + 0.69 * drawn.random(), 3)
        negated, ended = str(chance < 0.01).lower(), str(0.01 < chance < 0.02).lower()
        fact = f"fact:{number:016x}"
        if number % 10 < 3:
            document = number % len(days)
            day = days[document]
            claims.write(f"claim:{number},{fact},{relation},{modality},{negated},{ended},{belief},Sentence {number} says so,made,{day}\n")
            proof.write(f"claim:{number},{start},SUBJECT\nclaim:{number},{end},OBJECT\nclaim:{number},document:{document},STATED_IN\n")
            seen = f"1,1,claim:{number},Sentence {number} says so,Paper {document % 200},{day},{modality},{negated},{ended},{day},{day},stated"
        else:
            seen = f"0,0,,,,,{modality},{negated},{ended},,,reference"
        edges.write(f"{start},{end},{fact},{belief},{seen}{self._own(relation, drawn)}\n")

    def _own(self, relation: str, drawn: random.Random) -> str:
        rare = drawn.random()
        match relation:
            case "SUPPLIES":
                share = round(100 * rare, 1) if rare < 0.1 else ""
                product = node_id("Product", int(self.count("Product") * drawn.random() ** STEEP))
                return f",{product},{'true' if rare < 0.01 else ''},{share},{share}"
            case "PRODUCES":
                return f",{'true' if rare < 0.01 else ''}"
            case "USES":
                return f",{'planned' if rare < 0.3 else 'installed'},{int(rare * 10_000)}"
            case "LOADS":
                return f",{int(rare * 1e9)},W"
            case "AFFECTS":
                return f",{1 if rare < 0.5 else -1}"
            case "HOLDS":
                return f",2025-{1 + int(rare * 12):02}-01,{round(10 * rare, 2)}"
            case "RATES":
                return f",2025-{1 + int(rare * 12):02}-01,{'buy' if rare < 0.6 else 'hold'},{int(rare * 1000)},USD"
            case "INVESTS_IN":
                return f",{2024 + int(rare * 4)},{int(rare * 1e9)},USD"
            case "PARTICIPATES_IN":
                return ",subject"
        return ""

    def _node(self, label: str, number: int, drawn: random.Random) -> tuple[object, ...]:
        id, name = node_id(label, number), node_name(label, number)
        chinese = "".join(chr(0x4E00 + 37 * drawn.randrange(400)) for _ in range(4))
        match label:
            case "Company":
                country = COUNTRIES[int(len(COUNTRIES) * drawn.random() ** 2)]
                return id, name, chinese, f"{name} Inc", f"T{number}.{country}", country
            case "Event":
                day = f"202{drawn.randrange(4, 7)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}"
                return id, name, "", KINDS[number % len(KINDS)], day, MODALITIES[drawn.randrange(100)], "false", "false"
            case "Metric":
                value, segment = drawn.randrange(1, 1000) * 1e7, f"segment {number % 5}" if number % 7 in (0, 3) else ""
                holder = node_id("Company", drawn.randrange(self.count("Company")))
                suspect = "made to be suspect" if number % 500 == 0 else ""
                return (id, MEASURES[number % len(MEASURES)], "", value, "USD", f"{2024 + number % 3}", MODALITIES[drawn.randrange(100)], "false",
                        f"USD {value / 1e9:.2f}bn", suspect, segment, holder)
        return id, name, chinese, "", "data center" if label == "Facility" else ""

    def _table(self, file: str, header: str, rows: Iterator[tuple[object, ...]]) -> None:
        with (self.folder / file).open("w", encoding="utf-8", newline="") as out:
            out.write(header + "\n")
            csv.writer(out, lineterminator="\n").writerows(rows)

    def load(self, settings: Settings) -> None:
        """Put the graph into the profile's managed server, whatever that held, by the server's own importer; then make the schema.

        The server runs afterwards. Raises StoreError with the importer's last words.
        """
        server.stop(settings)
        profile = Profile(settings.home)
        profile.conf.parent.mkdir(parents=True, exist_ok=True)
        profile.conf.write_text(as_text(managed(profile.ports())), encoding="utf-8")
        ontology = load_ontology()
        command = [
            str(find_java(settings)), "-Xmx1g", "-cp", os.pathsep.join(map(str, fetch_jars(settings, silent))), "org.neo4j.cli.AdminTool",
            "database", "import", "full", "neo4j", "--overwrite-destination", "--ignore-empty-strings=true", "--threads=2",
        ]
        for path in sorted(self.folder.glob("*.nodes.csv")):
            label = path.name.partition(".")[0]
            command.append(f"--nodes={label}{':Entity' if ontology.labels[label].entity else ''}={path}")
        command += [f"--relationships={path.name.partition('.')[0]}={path}" for path in sorted(self.folder.glob("*.edges.csv"))]
        command.append(f"--relationships={self.folder / 'proof.csv'}")
        homes = {"NEO4J_HOME": str(profile.folder), "NEO4J_CONF": str(profile.conf.parent)}
        done = subprocess.run(command, env={**os.environ, **homes}, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StoreError(f"the made graph is not imported: {(done.stdout + done.stderr)[-800:]}")
        with connect(settings) as client:
            make_schema(ontology, client, silent)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entities", type=int, default=100_000)
    given = parser.parse_args()
    print(f"{MadeGraph(given.folder, given.entities).write():,} facts")


if __name__ == "__main__":
    main()
