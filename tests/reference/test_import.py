"""Importing the room is light."""

import subprocess
import sys


def test_importing_the_room_imports_no_heavy_library() -> None:
    heavy = {"numpy", "scipy", "pandas", "pydantic", "ruamel.yaml"}
    code = f"import sys, benefits.reference; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
