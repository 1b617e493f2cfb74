"""The settings of the managed Neo4j: which differ from the server's defaults, and why."""

from __future__ import annotations

from kg.store.profile import Ports

COMMON = {
    # nothing leaves the machine
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",  # what LOAD CSV may not fetch: anything
    # a desktop's share of memory, not a server's: pages are taken as the graph grows; 512m hold a million facts
    "server.memory.heap.initial_size": "256m",
    "server.memory.heap.max_size": "1g",
    "server.memory.pagecache.size": "512m",
    "db.tx_log.rotation.retention_policy": "2 files",
    # the guide and the style come from this machine
    "browser.remote_content_hostname_whitelist": "127.0.0.1,localhost",
}
"""What the managed server and the container of docker-compose.yml share."""


def managed(ports: Ports) -> dict[str, str]:
    """Return the whole configuration of a managed server that listens on `ports` of the loopback interface."""
    guide = f"http://127.0.0.1:{ports.http}/browser/kg"
    return {
        **COMMON,
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{ports.bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{ports.bolt}",
        "server.http.listen_address": f"127.0.0.1:{ports.http}",
        "server.http.advertised_address": f"127.0.0.1:{ports.http}",
        "browser.post_connect_cmd": f"style {guide}/style.grass; play {guide}/guide.html",
    }


def as_text(settings: dict[str, str]) -> str:
    """Return `settings` in the form of neo4j.conf."""
    return "".join(f"{name}={value}\n" for name, value in settings.items())
