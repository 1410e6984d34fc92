/** @param {any} within a style sheet, or a rule that holds others */
function drop(within) {
  [...(within.cssRules ?? [])].forEach((rule, at) => {
    if (rule.constructor.name === 'CSSViewTransitionRule') within.deleteRule(at);
    else drop(rule);
  });
}

/** From now on pages of this tab change without a transition: the tab of Chromium 156 crashes at the two hundredth. */
export function turnStill() {
  for (const sheet of document.styleSheets) drop(sheet);
}
