// A binary heap: the least of what was put in comes out first. Refuses to know what it holds.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  inner.Heap = class {
    /** `isLess` is an order without equals. */
    constructor(isLess) {
      this.isLess = isLess;
      this.items = [];
    }

    push(item) {
      const { items } = this;
      let at = items.length;
      items.push(item);
      while (at > 0) {
        const above = (at - 1) >> 1;
        if (!this.isLess(item, items[above])) break;
        items[at] = items[above];
        at = above;
      }
      items[at] = item;
    }

    /** Undefined when it is empty. */
    pop() {
      const { items } = this;
      const least = items[0];
      const last = items.pop();
      if (items.length > 0) this.sink(last);
      return least;
    }

    sink(item) {
      const { items } = this;
      let at = 0;
      for (;;) {
        let below = 2 * at + 1;
        if (below + 1 < items.length && this.isLess(items[below + 1], items[below])) below += 1;
        if (below >= items.length || !this.isLess(items[below], item)) break;
        items[at] = items[below];
        at = below;
      }
      items[at] = item;
    }
  };
})(globalThis.faqc ??= {});
