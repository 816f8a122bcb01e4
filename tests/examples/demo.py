"""The demo that the checks of this folder look at."""
import contextlib
import pathlib
import subprocess
import sys
import tempfile


@contextlib.contextmanager
def demo():
    """The program and a demo's data directory: those named on the command line, or a new one that goes away again."""
    yifa = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as fresh:
        data = sys.argv[2] if len(sys.argv) > 2 else f"{fresh}/demo"
        if len(sys.argv) <= 2:
            done = subprocess.run([yifa, "--data", data, "demo"], capture_output=True, text=True, cwd=fresh)
            if done.returncode != 0:
                raise SystemExit(f"yifa demo: exit {done.returncode}\n{done.stdout}{done.stderr}")
        yield yifa, data
