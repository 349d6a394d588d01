// Why a condition is certain or excluded: the facts that its rows hang on. Refuses to say it in words.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** The facts of the first of the shortest rows that the evidence is inside of. */
  const ofShortest = (rows, evidence) => {
    const inside = rows.filter(row => inner.isInside(row, evidence)).map(row => [...new Set(row.facts)]);
    return inside.reduce((best, facts) => facts.length < best.length ? facts : best, inside[0] ?? []);
  };

  /** The facts of a row that have none of its cells any more. */
  const factsApart = (row, evidence) => {
    const common = new Map();
    row.words.forEach((word, at) => {
      const fact = row.facts[at];
      common.set(fact, (common.get(fact) ?? 0) | (evidence.words[word] & row.masks[at]));
    });
    return [...common].filter(([, bits]) => bits === 0).map(([fact]) => fact);
  };

  /** A fact of each row that keeps the evidence clear of it; one that serves for an earlier row is taken again. */
  const keepingClear = (rows, evidence) => {
    const chosen = new Set();
    for (const row of rows) {
      const apart = factsApart(row, evidence);
      if (apart.length > 0 && !apart.some(fact => chosen.has(fact))) chosen.add(apart[0]);
    }
    return inner.ascending(chosen);
  };

  /** The facts that make one of the table's `conditions` (an index) certain or excluded; none where it is neither. */
  faqc.decidingFacts = (table, index, evidence) => {
    const ready = inner.ready(table);
    const known = inner.evidenceOf(ready, evidence);
    const verdict = inner.verdict(ready, index, inner.isContradictory(ready, known), known);
    if (verdict !== "certain" && verdict !== "excluded") return [];
    const { rows, isClearOf } = ready.condition(index)[verdict];
    return isClearOf ? keepingClear(rows, known) : ofShortest(rows, known);
  };
})(globalThis.faqc ??= {});
