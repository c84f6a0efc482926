"""A browser that reports everything a page does: what it says, what it asks for, what it would open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PAGES = [
    *(f"eksempel-kommune/{kind}.nb.html" for kind in ("plan", "follow-up", "avoided-cost", "price")),
    "eksempel-kommune/plan.nn.html",
    "eksempel-kommune/follow-up.en.html",
    "eksempel-kommune/data-request.nb.html",
    "eksempel-lett/price.nn.html",
    "eksempel-lett/data-request.nn.html",
    "dho-spredning-2024/plan.nb.html",
    "dho-spredning-2024/avoided-cost.en.html",
    "params/portfolio.nn.html",
    "innomed-2024/portfolio.nb.html",
]
"""Every kind, language and example at least once."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The sandbox needs rights that containers and continuous integration do not give; the pages are our own.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page and what it did; requests other than for its own file are stopped, and counted."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, file: Path) -> Page:
        own = file.resolve().as_uri()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("popup", lambda popup: self.asked.append(popup.url))

        def route(route: object) -> None:
            url = route.request.url  # type: ignore[attr-defined]
            if url.partition("#")[0] == own:
                route.continue_()  # type: ignore[attr-defined]
            else:
                self.asked.append(url)
                route.abort()  # type: ignore[attr-defined]

        self.page.route("**/*", route)
        self.page.goto(own)
        return self.page


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    yield Opened(context.new_page())
    context.close()


@pytest.fixture(scope="session", params=PAGES)
def report_file(request: pytest.FixtureRequest, reports: Path) -> Path:
    """Each of the pages in turn."""
    return Path(reports, "out", request.param)


@pytest.fixture(scope="session")
def shown(browser: Browser, report_file: Path) -> Iterator[Page]:
    """Each of the pages in turn, opened once for all tests that only look at it and say at which width."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    yield Opened(context.new_page()).open(report_file)
    context.close()
