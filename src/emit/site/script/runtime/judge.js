// The tests of evidence against rows, in the order that docs/table.md gives. Refuses to know what conditions stand for.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** Every cell that is still possible is allowed, for every fact of the row. */
  const isInside = ({ words, masks }, evidence) => {
    for (let at = 0; at < words.length; at++) {
      if ((evidence.words[words[at]] & ~masks[at]) !== 0) return false;
    }
    return true;
  };

  /** Some cell that is still possible is allowed, for every fact of the row. */
  const touches = ({ facts, words, masks }, evidence) => {
    for (let at = 0; at < words.length;) {
      const fact = facts[at];
      let common = 0;
      for (; facts[at] === fact; at++) common |= evidence.words[words[at]] & masks[at];
      if (common === 0) return false;
    }
    return true;
  };

  const isClear = (rows, evidence) => !rows.some(row => touches(row, evidence));
  const holds = ({ rows, isClearOf }, evidence) =>
    isClearOf ? isClear(rows, evidence) : rows.some(row => isInside(row, evidence));

  const isContradictory = (ready, evidence) =>
    ready.rows.some(row => isInside(row, evidence)) || ready.clearOf.some(rows => isClear(rows, evidence));

  const verdict = (ready, index, contradictory, evidence) => {
    if (contradictory) return "contradictory";
    const condition = ready.condition(index);
    if (condition === undefined) return "possible";
    if (holds(condition.certain, evidence)) return "certain";
    return holds(condition.excluded, evidence) ? "excluded" : "possible";
  };

  /** The verdict of something that applies when one of several conditions does; possible when there is none. */
  const anyOf = verdicts => {
    if (verdicts.includes("certain")) return "certain";
    return verdicts.length > 0 && verdicts.every(it => it === "excluded") ? "excluded" : "possible";
  };

  const judgeList = (table, evidence, list) => {
    const ready = inner.ready(table);
    const known = inner.evidenceOf(ready, evidence);
    const contradictory = isContradictory(ready, known);
    return list(table).map(([it, condition]) => ({ ...it, verdict: verdict(ready, condition, contradictory, known) }));
  };

  /** The entries of a symptom (an index), in the order in which they are shown. `evidence` is a row, as a session has it. */
  faqc.judge = (table, symptom, evidence) =>
    judgeList(table, evidence, () => (table.symptoms[symptom]?.entries ?? []).map(it => [{ entry: it.entry }, it.condition]));

  /** The actions of a symptom's entries, by their index. */
  faqc.judgeActions = (table, symptom, evidence) =>
    judgeList(table, evidence, () => (table.symptoms[symptom]?.actions ?? []).map(it => [{ action: it.action }, it.condition]));

  /** One of the table's `conditions` (an index): of a branch, a procedure, a cause, or a case of a text. */
  faqc.judgeCondition = (table, condition, evidence) =>
    judgeList(table, evidence, () => [[{}, condition]])[0].verdict;

  Object.assign(inner, { isInside, touches, isClear, isContradictory, verdict, anyOf });
})(globalThis.faqc ??= {});
