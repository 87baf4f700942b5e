"""Execute the notebooks that the cache lacks, two at a time, before Sphinx reads them.

The cache of executed notebooks keys on cell source alone, so that after a change of data it would serve stale numbers.
Here it lives in a folder named by a digest of everything that a number can depend on: tables, package, locked versions.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from moscow_tehran.numbers import prose

logger = logging.getLogger(__name__)

AT_ONCE = 2


def digest(root: Path) -> str:
    """Return a digest of all that an executed number can depend on, apart from the notebook itself."""
    state = hashlib.sha256()
    depends_on = [*root.glob("data/*"), *root.glob("moscow_tehran/**/*.py"), root / "requirements" / "book.lock"]
    for path in sorted(path for path in depends_on if path.is_file()):
        state.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return state.hexdigest()[:16]


def use_fresh_cache(app: Sphinx, config: Config) -> None:
    """Point the cache at the folder of the present state, and drop the folders of earlier ones."""
    caches = Path(app.outdir).parent / ".executed"
    current = caches / digest(Path(app.srcdir))
    for old in caches.glob("*") if caches.exists() else ():
        if old != current:
            shutil.rmtree(old)
    current.mkdir(parents=True, exist_ok=True)
    config.nb_execution_cache_path = str(current)
    os.environ[prose.BOOK] = "yes"


def execute_ahead(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute what the cache lacks, several notebooks at a time, and hand the results to the cache.

    Raises
    ------
    ExtensionError
        If cells raise: all failing notebooks, with the traceback of each.
    """
    config = env.mystnb_config  # type: ignore[attr-defined]
    cache = get_cache(config.execution_cache_path)
    waiting: list[tuple[str, Path, NotebookNode]] = []
    for docname in docnames:
        path = Path(env.doc2path(docname))
        reader = create_nb_reader(str(path), env.myst_config, config, path.read_text("utf-8"))  # type: ignore[attr-defined]
        if reader is None:
            continue
        notebook = reader.read(path.read_text("utf-8"))
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            waiting.append((docname, path, notebook))
    failures = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {
            pool.submit(_execute, notebook, path, Path(app.srcdir).resolve(), config.execution_timeout): (docname, path)
            for docname, path, notebook in waiting
        }
        for done, future in enumerate(as_completed(running), start=1):
            docname, path = running[future]
            result, opened = future.result()
            if result.err is not None:
                failures.append(f"{path}: a cell fails\n{result.exc_string}")
                logger.info("executed %s [%d of %d]: failed", docname, done, len(waiting))
                continue
            data = {"execution_seconds": result.time, "opened": opened}
            bundle = CacheBundleIn(result.nb, str(path), data=data)
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            logger.info("executed %s [%d of %d] in %.1f s", docname, done, len(waiting), result.time)
    if failures:
        raise ExtensionError("\n\n".join(failures))


#: What a kernel runs first: it notes each file that is opened.
NOTE_FILES = (
    "__import__('sys').addaudithook(lambda event, args, log=open({log!r}, 'w', encoding='utf-8'):"
    " event == 'open' and print(args[0], file=log, flush=True))"
)


def _execute(notebook: NotebookNode, path: Path, root: Path, timeout: int) -> tuple[ExecutionResult, list[str]]:
    """Execute a notebook; return the result, and the project's files that it opened, apart from the package."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "opened"
        # Recorded times would change the notebook's key in the cache.
        result = single_nb_execution(
            notebook,
            cwd=str(path.parent),
            timeout=timeout,
            allow_errors=False,
            record_timing=False,
            extra_arguments=[
                # The kernel warns of its unencrypted sockets on loopback; its errors still come through.
                "--IPKernelApp.log_level=ERROR",
                f"--IPKernelApp.exec_lines={NOTE_FILES.format(log=str(log))}",
            ],
        )
        names = {Path(line) for line in log.read_text("utf-8").splitlines()}
    inside = {name.relative_to(root) for name in names if name.is_relative_to(root)}
    # Dots and underscores begin what is no part of the project's content: the environment, the build.
    own = {name.as_posix() for name in inside if name.parts[0] != "moscow_tehran" and name.parts[0][0] not in "._"}
    return result, sorted(own)


def register(app: Sphinx) -> None:
    """Connect execution with Sphinx."""
    app.connect("config-inited", use_fresh_cache)
    app.connect("env-before-read-docs", execute_ahead)
