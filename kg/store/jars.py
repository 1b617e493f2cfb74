"""The jars of the managed Neo4j: a locked list, downloaded through jgo, each one verified."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.knowledge.yaml_file import data_folder
from kg.settings import Settings
from kg.store.progress import Progress, silent

if TYPE_CHECKING:
    from jgo.maven import Artifact

CONNECTIONS = 16
PART = ".part-"
ABANDONED = 3600  # seconds after which a half-written jar is nobody's any more
WAYS_OUT = (
    "three ways out: set KG_MAVEN_MIRROR to a Maven mirror that this machine reaches; unpack a Neo4j 5.26 community "
    "distribution and set KG_NEO4J_HOME to its folder; or set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to a running server"
)


def fetch_jars(settings: Settings, progress: Progress = silent) -> list[Path]:
    """Return the class path of the managed server: every jar of the lock, downloaded where it is missing or damaged.

    A jar appears in the cache only once its SHA-256 is that of the lock, so an interrupted download goes on where it stopped.
    With `KG_NEO4J_HOME` the jars are those of the unpacked distribution. Raises StoreError with the ways out.
    """
    if settings.neo4j_home:
        return _distribution(settings.neo4j_home)
    from jgo.env import LockFile

    lock = LockFile.load(data_folder("neo4j", "jgo.lock.toml"))
    sums = {_name(jar): str(jar.sha256) for jar in lock.dependencies}
    context = _context(settings, sums)
    jars = [
        context.project(jar.groupId, jar.artifactId).at_version(jar.version).artifact(jar.classifier or "", jar.packaging)
        for jar in lock.dependencies
    ]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        intact = list(pool.map(lambda jar: _is_intact(jar.cached_path, sums[_name(jar)]), jars))
        missing = [jar for jar, whole in zip(jars, intact, strict=True) if not whole]
        waiting = [pool.submit(context.resolver.download, jar) for jar in missing]
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                progress("Neo4j: downloading", done, len(missing))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if missing:
        _sweep(context.repo_cache)
    return [jar.cached_path for jar in jars]


def version_of(jars: list[Path], artifact: str) -> str | None:
    """Return the version of `artifact` among `jars`, read from the file name (`neo4j-browser-5.24.0.jar`), or None."""
    for jar in jars:
        if jar.name.startswith(f"{artifact}-") and jar.name[len(artifact) + 1].isdigit():
            return jar.stem[len(artifact) + 1 :]
    return None


def _distribution(home: Path) -> list[Path]:
    jars = sorted((home / "lib").glob("*.jar"))
    version = version_of(jars, "neo4j-server")
    if version is None:
        raise StoreError("KG_NEO4J_HOME is not an unpacked Neo4j: it has no lib/neo4j-server-*.jar", where=home)
    if not version.startswith("5."):
        raise StoreError(f"KG_NEO4J_HOME holds Neo4j {version}", where=home, hint="kg needs 5.26, the long-term version")
    return jars


def _sweep(cache: Path) -> None:
    """Remove what downloads that were killed have left behind."""
    for part in cache.rglob(f"{PART}*"):
        if time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)


def _name(jar: Any) -> tuple[str, str, str, str]:
    return (jar.groupId, jar.artifactId, jar.version, jar.classifier or "")


def _is_intact(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _context(settings: Settings, sums: Mapping[tuple[str, str, str, str], str]) -> Any:
    import requests
    from jgo.maven import MavenContext, Resolver

    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(pool_maxsize=CONNECTIONS, max_retries=2))

    class LockedResolver(Resolver):
        """jgo's own resolver opens two connections for every jar and writes in place; this one keeps them open and writes whole jars."""

        def download(self, artifact: Artifact) -> Path:
            target = artifact.context.repo_cache / artifact.component.path_prefix / artifact.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            problems = []
            for repository in artifact.context.remote_repos.values():
                url = f"{repository}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
                handle, part = tempfile.mkstemp(dir=target.parent, prefix=PART)
                try:
                    with os.fdopen(handle, "wb") as file:
                        found = _stream(session, url, file, artifact.context.timeout)
                    if found == sums[_name(artifact)]:
                        Path(part).replace(target)
                        return target
                    problems.append(f"{url} is not the file of the lock (its SHA-256 is {found})")
                except (requests.RequestException, OSError) as error:
                    problems.append(str(error))
                finally:
                    Path(part).unlink(missing_ok=True)
            raise StoreError(f"Neo4j cannot be downloaded: {'; '.join(problems)}", hint=WAYS_OUT)

        def get_dependency_list(self, *args: Any, **options: Any) -> Any:
            raise NotImplementedError("the lock names every jar")

        get_dependency_tree = resolve = get_dependency_list

    mirror = {"mirror": settings.maven_mirror.rstrip("/")} if settings.maven_mirror else None
    return MavenContext(resolver=LockedResolver(), repo_cache=settings.cache / "neo4j" / "jars", remote_repos=mirror, timeout=30)


def _stream(session: Any, url: str, file: Any, timeout: int) -> str:
    """Write what `url` holds to `file` and return its SHA-256."""
    sha256 = hashlib.sha256()
    with session.get(url, stream=True, timeout=timeout) as response:
        response.raise_for_status()
        for chunk in response.iter_content(1 << 18):
            file.write(chunk)
            sha256.update(chunk)
    return sha256.hexdigest()
