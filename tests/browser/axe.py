"""What axe finds on a page: all of it, but what stands around pages once for each look of that.

Of most pages nine elements in ten are the masthead, the menu and the foot, to the letter as on the
page before. Which link of the menu is the current one differs, and which part of it is open; that
link is looked at on each page, and the rest with every part open.
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
AROUND = (".masthead > .frame > *", ".rail li:not(:has([aria-current]))", ".foot > *")
AS_DRAWN = """
() => {
  const drawn = [...document.querySelectorAll('.masthead, .rail, .foot')].map(piece => {
    const copy = piece.cloneNode(true);
    for (const one of copy.querySelectorAll('[aria-current]')) one.removeAttribute('aria-current');
    for (const one of copy.querySelectorAll('[value]')) one.removeAttribute('value');
    for (const one of copy.querySelectorAll('.rail details')) one.removeAttribute('open');
    return copy.outerHTML;
  });
  const sheets = [...document.styleSheets].map(sheet => new URL(sheet.href).pathname);
  const layout = document.querySelector('.layout');
  return [innerWidth, document.documentElement.lang, layout && layout.className, sheets, drawn];
}
"""
"""All that what stands around a page looks by, but what is current, open or filled in."""
RUN = """
async exclude => {
  const closed = exclude.length ? [] : [...document.querySelectorAll('.rail details:not([open])')];
  for (const part of closed) part.open = true;
  const options = {resultTypes: ['violations'], preload: {assets: ['media']}};
  const results = await axe.run({exclude}, options);
  for (const part of closed) part.open = false;
  return results.violations;
}
"""
"""Style sheets are not preloaded: no rule that runs reads them so, and it takes a sixth of all."""

_seen: set[str] = set()


def what_axe_finds(page: Page) -> list[str]:
    """Return the violations that axe finds on the open page, which takes axe in once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    around = str(page.evaluate(AS_DRAWN))
    found = page.evaluate(RUN, [[place] for place in AROUND] if around in _seen else [])
    _seen.add(around)
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]
