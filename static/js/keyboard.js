/**
 * Where a keyboard lies over the page in place of making it smaller (Safari has no `interactive-widget`), what sticks to
 * the lower edge is lifted by its height, and the line that is written is kept in sight above that.
 */

const view = window.visualViewport;

function lift() {
  if (!view) return;
  // A page that is zoomed in shows less of itself, too, and no keyboard is there.
  const hidden = view.scale > 1.01 ? 0 : Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop));
  const { style } = document.documentElement;
  style.setProperty('--keyboard', `${hidden}px`);
  style.scrollPaddingBlockEnd = ''; // as without a keyboard
  const { scrollPaddingBlockEnd: least } = window.getComputedStyle(document.documentElement);
  if (hidden) style.scrollPaddingBlockEnd = `calc(${least} + ${hidden}px)`;
}

view?.addEventListener('resize', lift);
view?.addEventListener('scroll', lift);
