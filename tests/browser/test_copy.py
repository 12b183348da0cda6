"""Recipes of the data page are copied by a button, which only scripts make."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_recipe_is_copied_as_it_stands(watched: Watched, address: str) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}data/")
    recipes = page.locator(".dx-recipe")
    assert recipes.count() == page.locator(".dx-copy").count() > 5
    recipe = recipes.nth(1)
    recipe.locator(".dx-copy").click()
    page.wait_for_function("() => document.querySelectorAll('.dx-copy')[1].textContent === '已复制'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == recipe.locator("code").text_content()
    assert copied.startswith("import pandas as pd")


def test_a_recipe_is_selected_where_copying_is_refused(watched: Watched, address: str) -> None:
    page = watched.page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{address}data/?lang=en")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    button = page.locator(".dx-copy").first
    assert button.inner_text() == "Copy"
    button.click()
    page.wait_for_function("() => document.querySelector('.dx-copy').textContent === 'Selected'")
    assert page.evaluate("getSelection().toString()").startswith("let")
