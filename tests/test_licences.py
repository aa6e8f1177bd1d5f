"""Whoever runs CareCue knows under which licences everything in it is."""

from tests.licences import OF_LIBRARIES, PAGE, PERMISSIVE, packages, page


def test_everything_that_runs_is_under_a_licence_of_an_allowed_kind() -> None:
    assert [one for one in packages() if not one.kinds <= PERMISSIVE | OF_LIBRARIES] == []


def test_the_page_names_each_package_as_it_is_locked() -> None:
    """`make licences` writes it anew."""
    assert PAGE.read_text() == page()
