"""Settings: from the environment, with defaults that need no thought."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are. Every field is an environment variable of the name given as its alias.

    `KG_HOME` is the profile: the managed Neo4j's data, password and ports live there, so two profiles never touch.
    `KG_CACHE` holds what all profiles share (the server's jars).
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("kg")), alias="KG_HOME")
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("kg")), alias="KG_CACHE")
    neo4j_uri: str | None = Field(default=None, alias="NEO4J_URI")
    neo4j_user: str = Field(default="neo4j", alias="NEO4J_USER")
    neo4j_password: SecretStr | None = Field(default=None, alias="NEO4J_PASSWORD")
    neo4j_database: str | None = Field(default=None, alias="NEO4J_DATABASE")
    neo4j_home: Path | None = Field(default=None, alias="KG_NEO4J_HOME")
    maven_mirror: str | None = Field(default=None, alias="KG_MAVEN_MIRROR")
    java_home: Path | None = Field(default=None, alias="JAVA_HOME")
    zone: str = Field(default="Asia/Shanghai", alias="KG_ZONE")

    @cached_property
    def is_managed(self) -> bool:
        """True when kg runs its own Neo4j, False when `NEO4J_URI` names another server."""
        return self.neo4j_uri is None
