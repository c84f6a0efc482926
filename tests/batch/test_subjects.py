"""What is meant by the files and folders somebody names: project files, and portfolios to make reports of."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.batch.subjects import portfolio_files, portfolio_subjects, project_files
from benefits.errors import InvalidInput


def project(folder: Path, id: str, languages: str = "nb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "project.yaml"
    file.write_text(f"format: 1\nid: {id}\ntitle: {id}\nlanguages: [{languages}]\n", encoding="utf-8")
    return file


def portfolio(
    folder: Path, rest: str, *, head: str = "format: 1\nid: vest\ntitle: Vest\nlanguages: [nn, en]\n"
) -> Path:
    file = folder / "portfolio.yaml"
    file.write_text(head + rest, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two projects, of which a portfolio file names the second."""
    project(tmp_path / "a", "a"), project(tmp_path / "b", "b", "nn, en")
    portfolio(tmp_path, "projects: [b]\n")
    return tmp_path


def test_a_folder_means_every_project_below_it_and_a_portfolio_file_its_own(folder: Path) -> None:
    a, b = folder / "a" / "project.yaml", folder / "b" / "project.yaml"
    assert project_files([folder]) == (a, b)
    assert project_files([folder / "portfolio.yaml"]) == (b,)
    assert project_files([b, folder, folder / "portfolio.yaml"]) == (b, a)


def test_a_portfolio_file_that_cannot_be_used_gives_no_projects(folder: Path) -> None:
    file = portfolio(folder, "projects: [c]\n")
    with pytest.raises(InvalidInput) as refused:
        project_files([file, folder / "nei.yaml"])
    assert [one.code for one in refused.value.problems] == ["portfolio_project_missing", "file_not_found"]


def test_a_portfolio_file_and_the_folder_that_holds_it_are_one_subject(folder: Path) -> None:
    file = folder / "portfolio.yaml"
    (subject,) = portfolio_subjects([folder, file])
    assert (subject.id, subject.languages, subject.source) == ("vest", ("nn", "en"), file)
    assert subject.project == str(file.resolve())
    assert subject.projects == (folder / "b" / "project.yaml",)
    assert portfolio_files([folder, file]) == (file,)


def test_all_other_names_together_are_one_subject_in_all_their_languages(folder: Path) -> None:
    a, b = folder / "a" / "project.yaml", folder / "b"
    (subject,) = portfolio_subjects([a, b])
    assert (subject.id, subject.languages) == ("portfolio", ("nb", "nn", "en"))
    assert subject.project.split("\n") == [str(a.resolve()), str((b / "project.yaml").resolve())]


def test_portfolios_and_other_names_are_subjects_of_their_own(folder: Path) -> None:
    subjects = portfolio_subjects([folder, folder / "a"])
    assert [one.id for one in subjects] == ["vest", "a"]


def test_a_folder_of_projects_is_named_by_the_folder_and_a_single_project_by_itself(tmp_path: Path) -> None:
    file = project(tmp_path / "Vårt prosjekt", "vik")
    assert [one.id for one in portfolio_subjects([tmp_path / "Vårt prosjekt"])] == ["vart-prosjekt"]
    assert [one.id for one in portfolio_subjects([file])] == ["vik"]


def test_a_broken_project_does_not_stop_its_portfolio(tmp_path: Path) -> None:
    project(tmp_path / "x" / "a", "a", "en")
    (tmp_path / "x" / "b").mkdir()
    (tmp_path / "x" / "b" / "project.yaml").write_text("format: 1\n", encoding="utf-8")
    (subject,) = portfolio_subjects([tmp_path / "x"])
    assert (subject.id, subject.languages, len(subject.projects)) == ("x", ("en",), 2)


def test_a_broken_portfolio_file_is_a_subject_that_tells_why(tmp_path: Path) -> None:
    file = portfolio(tmp_path, "projects: [c]\n")
    (subject,) = portfolio_subjects([file])
    assert (subject.id, subject.projects) == ("vest", ())
    assert [one.code for one in subject.problems] == ["portfolio_project_missing"]


def test_names_that_are_not_there_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        portfolio_subjects([tmp_path / "nei.yaml", tmp_path / "borte" / "portfolio.yaml"])
    assert [one.code for one in refused.value.problems] == ["file_not_found", "file_not_found"]


def test_a_portfolio_or_a_project_named_in_two_ways_is_still_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "a")
    file, link = folder / "portfolio.yaml", folder / "a" / "lenke"
    link.symlink_to(folder / "b", target_is_directory=True)
    again = Path("../b/../portfolio.yaml")
    assert [one.source for one in portfolio_subjects([again, file, folder])] == [again]
    assert portfolio_files([again, file, folder]) == (again,)
    assert project_files([link, folder / "b"]) == (link / "project.yaml",)
    # What a notebook is given holds wherever it runs, and a folder named by dots has a name.
    (subject,) = portfolio_subjects([Path("../b/project.yaml")])
    assert subject.project == str((folder / "b" / "project.yaml").resolve())
    (subject,) = portfolio_subjects([Path()])
    assert (subject.id, subject.project) == ("a", str((folder / "a").resolve()))
    (subject,) = portfolio_subjects([Path("../portfolio.yaml")])
    assert subject.project == str(file.resolve())
    (subject,) = portfolio_subjects([Path("project.yaml"), Path("../b")])
    assert subject.project.split("\n") == [str((folder / id / "project.yaml").resolve()) for id in "ab"]


@pytest.mark.parametrize("name", ["project.yaml", "portfolio.yaml"])
def test_a_broken_file_named_from_its_own_folder_is_called_by_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "Vést").mkdir()
    monkeypatch.chdir(tmp_path / "Vést")
    Path(name).write_text("format: [1\n", encoding="utf-8")
    assert [one.id for one in portfolio_subjects([Path(name)])] == ["vest"]


def test_an_empty_folder_is_no_subject(tmp_path: Path) -> None:
    assert portfolio_subjects([tmp_path]) == ()
