// Elements made from plain values. Text only ever becomes text nodes, whatever is in it.
(faqc => {
  "use strict";

  /** An element: `make("p", { class: "note" }, "text", child, …)`. A member that begins with `on` is a listener; `false` is left out. */
  faqc.make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
    return element;
  };

  /** Text with its line breaks. */
  faqc.lines = text => text.split("\n").flatMap((line, at) => at === 0 ? [line] : [faqc.make("br"), line]);

  /** An address that a page may lead to, or `undefined`: as for the pages themselves. */
  faqc.safeUrl = url => {
    const trimmed = url.replace(/^[\s\p{Cc}]+|[\s\p{Cc}]+$/gu, "");
    if (trimmed === "" || /[\t\n\r\\]/.test(trimmed) || trimmed.startsWith("//")) return undefined;
    const scheme = /^([^:/?#]*):/.exec(trimmed)?.[1];
    return scheme === undefined || /^(https?|mailto|tel)$/i.test(scheme) ? trimmed : undefined;
  };

  /** Copies text; false when the browser refuses. Pages opened from a folder may have no clipboard, but a selection can be copied. */
  faqc.copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = faqc.make("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
      area.value = text;
      document.body.append(area);
      area.select();
      const isCopied = document.execCommand("copy");
      area.remove();
      return isCopied;
    }
  };
})(globalThis.faqc ??= {});
