// What the assumptions of a table leave possible: cells that evidence allows and no situation has are none. Refuses to judge
// conditions.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** Whether evidence that was no contradiction is one now that this fact has fewer cells. */
  const isBrokenBy = (ready, fact, evidence) =>
    ready.rowsOfFact[fact].some(row => inner.isInside(row, evidence))
    || ready.clearOf.some(rows => inner.isClear(rows, evidence));

  /** The cells of a fact that some situation inside the evidence has. The evidence comes back as it was. */
  inner.possibleCells = (ready, fact, evidence) => {
    const cells = evidence.cells(fact);
    const isFree = ready.clearOf.length === 0 && ready.rowsOfFact[fact].length === 0;
    if (cells.length < 2 || isFree) return cells;
    return cells.filter(cell => {
      const before = evidence.exchange(fact, ready.layout.bits(fact, [cell]));
      const isBroken = isBrokenBy(ready, fact, evidence);
      evidence.put(fact, before);
      return !isBroken;
    });
  };

  inner.isBrokenBy = isBrokenBy;
})(globalThis.faqc ??= {});
