"""A long page is led by links to its panels."""

from __future__ import annotations

from django.template import Context, Template

PANEL = """<section class="panel"{}>
  <header class="panel-head"><h2>{}</h2></header></section>"""


def drawn(*panels: str) -> str:
    """Draw panels within the tag."""
    template = Template("{% sectioned %}" + "".join(panels) + "{% endsectioned %}")
    return template.render(Context({"hostile": "<b onclick=x>B</b>"}))


def test_each_panel_is_led_to() -> None:
    """One that has an id keeps it; the others are named by their place."""
    page = drawn(PANEL.format("", "One"), PANEL.format(' id="two"', "Two"), PANEL.format("", "3"))
    for key, title in (("section-1", "One"), ("two", "Two"), ("section-3", "3")):
        assert f'<a href="#{key}">{title}</a>' in page
        assert page.count(f'id="{key}"') == 1


def test_one_panel_needs_no_links() -> None:
    """A page of one thing stays as it is."""
    assert "page-sections" not in drawn(PANEL.format("", "One"))


def test_what_people_wrote_stays_text() -> None:
    """A title that holds markup is no markup among the links either."""
    hostile = PANEL.format("", "{{ hostile }}")
    page = drawn(hostile, PANEL.format("", "Two"), PANEL.format("", "Three"))
    assert "<b" not in page
    assert '<a href="#section-1">&lt;b onclick=x&gt;B&lt;/b&gt;</a>' in page
