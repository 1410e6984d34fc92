"""No control has a name that hides a member of its form: `form.before` is the field, not the method, once there is one.

The HTML standard (The form element, named properties with [LegacyOverrideBuiltIns]) gives a form its controls by `name`
and by `id` before its own members, so that htmx, or a script of ours, calls a field and fails.
"""
from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = [ROOT / "static" / "vendor" / "htmx.js", *sorted((ROOT / "static" / "js").rglob("*.js"))]
TAG = re.compile(r"<(?:input|select|textarea|button|fieldset|object|output)\b(?:\{\{.*?\}\}|\{%.*?%\}|[^>{])*")
MACRO = re.compile(r"\.(?:field|text|select|choice|chips|check|toggle|rating)\(\s*'([^']*)'")
NAMED = re.compile(r'(?<![\w-])(?:name|id)="([^"]*)"')
# Members of a form, an element and a node that somebody can call or read. Not among them: `name`, `title`, `part` and
# `slot`, which are words for fields, and which nothing here asks a form for.
MEMBERS = frozenset("""
    action addEventListener animate append attributes autocomplete before blur checkValidity childElementCount
    childNodes children classList className click cloneNode closest compareDocumentPosition contains dataset dir
    dispatchEvent
    elements encoding enctype firstChild firstElementChild focus getAnimations getAttribute getAttributeNames
    getBoundingClientRect getElementsByClassName getElementsByTagName getRootNode hasAttribute hasAttributes
    hasChildNodes hidden id inert innerHTML innerText insertAdjacentElement insertAdjacentHTML insertBefore isConnected
    isEqualNode isSameNode lang lastChild lastElementChild length localName matches method moveBefore namespaceURI
    nextElementSibling nextSibling noValidate nodeName nodeType nodeValue normalize offsetHeight offsetParent offsetTop
    offsetWidth outerHTML ownerDocument parentElement parentNode popover prepend previousElementSibling previousSibling
    querySelector querySelectorAll relList remove removeAttribute removeChild removeEventListener replaceChild
    replaceChildren replaceWith reportValidity requestSubmit reset role scroll scrollHeight scrollIntoView scrollTo
    scrollTop setAttribute shadowRoot style submit tabIndex tagName target textContent toggleAttribute""".split())
# `after` stands in the forms of a device with something unsent. It is called on what is no form: see the last test.
CALLED_ON = {"document.body", "note", "after"}


def names(source: str) -> set[str]:
    """The names and ids of the controls of a template, and what it hands to the macros that make one."""
    return {name for tag in TAG.findall(source) for name in NAMED.findall(tag)} | set(MACRO.findall(source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_control_hides_a_member_of_its_form(path: Path) -> None:
    assert names(path.read_text("utf-8")) & MEMBERS == set()


def test_names_are_found_in_tags_and_in_macros() -> None:
    source = """<input{% if a > b %} checked{% endif %} name="before"> {{ forms.field('id', 'Id') }}"""
    assert names(source) == {"before", "id"}
    assert "after" in names((ROOT / "templates" / "macros" / "forms.html").read_text("utf-8"))


def test_after_is_called_on_no_form() -> None:
    found = {name for path in SCRIPTS for name in re.findall(r"([\w.]+)\??\.after\(", path.read_text("utf-8"))}
    assert found == CALLED_ON


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.name.startswith("_")],
                         ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_form_that_is_sent_back_takes_its_own_place(path: Path) -> None:
    """htmx asks by the id of its target for `_<id>.html`, which must not be the part of another form."""
    source = path.read_text("utf-8")
    targets = re.findall(r'data-hx-target="#([a-z_]+)"', source)
    assert {id for id in targets if re.search(rf'<form[^>]*id="{id}"', source)} <= {path.stem.removeprefix("_")}
