// Data files, each loaded when it is asked for. A script element works where fetch() does not: on a page opened from a folder.
// Refuses to know what is in a file.
(faqc => {
  "use strict";
  const root = document.documentElement.dataset.root ?? "./";
  const slots = new Map();

  const slot = name => {
    if (!slots.has(name)) {
      const made = {};
      made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
      slots.set(name, made);
    }
    return slots.get(name);
  };

  /** Each part is the name of a folder or a file, and never leads out of the data. */
  const part = text => /^\.+$/.test(text) ? "%00" : encodeURIComponent(text);
  const address = name => `${root}data/${name.split("/").map(part).join("/")}.js`;

  /** What a data file calls with its own name, as `search/about` for `data/search/about.js`. */
  faqc.give = (name, value) => slot(name).resolve(value);

  /** The value of a data file. A file that cannot be loaded is asked for anew the next time. */
  faqc.data = name => {
    const { promise, reject, isAsked } = slot(name);
    if (isAsked) return promise;
    slot(name).isAsked = true;
    const element = document.createElement("script");
    element.src = address(name);
    element.addEventListener("error", () => {
      slots.delete(name);
      reject(new Error(`${name} cannot be loaded`));
    });
    element.addEventListener("load", () => element.remove());
    document.head.append(element);
    return promise;
  };
})(globalThis.faqc ??= {});
