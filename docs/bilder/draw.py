"""Draw the picture of the README: the first page of a plan as a browser shows it. Run it when that page changes.

It needs Chromium, and the plan: ``benefits report plan params/eksempel-kommune``.
"""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PLAN = HERE.parents[1] / "out" / "eksempel-kommune" / "plan.nb.html"
WIDTH = 900

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": WIDTH, "height": 1200})
    page.goto(PLAN.as_uri())
    page.add_style_tag(content="nav { display: none; }")
    end = page.locator("#first_page h3").nth(3).bounding_box()
    assert end is not None
    start = page.locator("h1").bounding_box()
    assert start is not None
    clip = {"x": 0, "y": start["y"] - 4, "width": WIDTH, "height": end["y"] - start["y"] - 8}
    taken = page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]
    browser.close()
# Text on white needs few colours, and the file becomes a third.
Image.open(BytesIO(taken)).convert("RGB").quantize(32).save(HERE / "forste-side.png", optimize=True)
