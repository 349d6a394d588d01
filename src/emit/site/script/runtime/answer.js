// From what a reader typed to the cells that it stands for. Refuses to know what is known already and what follows.
//
// What is no answer is an object with `error`, as docs/table.md has it, thrown within this file and returned to the caller.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const unknownFact = (written, nearest) => ({ error: "unknown-fact", written, nearest });

  const unknownValue = (fact, text) => {
    const choices = inner.choices(fact);
    const names = fact.cells.map(cell => cell.value).filter(value => value !== undefined);
    return { error: "unknown-value", written: inner.trim(text), nearest: inner.nearest(text, [...choices, ...names]), choices };
  };

  const EXPECTED = { version: "version", date: "date", "date-from-today": "date" };

  const unreadable = (kind, text) => ({ error: "unreadable", written: inner.trim(text), expected: EXPECTED[kind] ?? "number" });

  const misfit = (fact, reading, text) => ({
    error: inner.isOutside(fact, reading) ? "out-of-range" : "between-values",
    written: inner.trim(text),
    choices: inner.choices(fact),
  });

  const MEASURED = ["number", "version", "date", "date-from-today"];

  const cellFor = (fact, question, text, today) => {
    const cell = inner.pick(fact, text);
    if (cell >= 0) return cell;
    if (!MEASURED.includes(question.kind)) throw unknownValue(fact, text);
    const reading = inner.readValue(question, text, today);
    if (reading === undefined) throw unreadable(question.kind, text);
    if (reading.noToday) throw { error: "no-today" };
    const found = inner.cellOf(fact, reading);
    if (found < 0) throw misfit(fact, reading, text);
    return found;
  };

  const isMember = (fact, question, item) => {
    const name = fact.id.startsWith(`${question.id}/`) ? fact.id.slice(question.id.length + 1) : undefined;
    return name !== undefined && inner.areAlike(name, item) || inner.areAlike(fact.label, item) || fact.id === item;
  };

  const isNone = item => ["", "none", "なし", "無し"].includes(faqc.fold(item));

  /** Every value chosen is *yes* and every other one *no*. */
  const readList = (table, question, text) => {
    const chosen = text.split(/[,、，､\n]/).map(inner.trim).filter(item => !isNone(item)).map(item => {
      const found = question.facts.find(fact => isMember(table.facts[fact], question, item));
      if (found !== undefined) return found;
      const choices = question.facts.map(fact => table.facts[fact].label);
      throw { error: "unknown-value", written: item, nearest: inner.nearest(item, choices), choices };
    });
    const cell = fact => cellFor(table.facts[fact], { kind: "yes-no" }, chosen.includes(fact) ? "yes" : "no");
    return question.facts.map(fact => ({ fact, cells: [cell(fact)] }));
  };

  const readQuestion = (table, index, text, today) => {
    const question = table.questions[index];
    if (question === undefined) throw unknownFact(String(index), null);
    if (question.kind === "any-of") return readList(table, question, text);
    return question.facts.map(fact => ({ fact, cells: [cellFor(table.facts[fact], question, text, today)] }));
  };

  /** The question (an index) of an id, a former id, or a label; -1 for none. */
  const questionNamed = (table, id) => {
    const ways = [it => it.id === id, it => (it.formerly ?? []).includes(id), it => it.label === id];
    return ways.reduce((found, is) => found >= 0 ? found : table.questions.findIndex(is), -1);
  };

  const readNamed = (table, given, today) => {
    const at = given.search(/[=＝]/);
    const missing = { error: "no-value", written: inner.trim(given) };
    if (at < 0) throw missing;
    const [id, value] = [inner.trim(given.slice(0, at)), inner.trim(given.slice(at + 1))];
    if (value === "") throw missing;
    const question = questionNamed(table, id);
    if (question >= 0) return { question, cells: readQuestion(table, question, value, today) };
    const fact = table.facts.findIndex(it => it.id === id);
    if (fact < 0) {
      const names = [...table.questions.flatMap(it => [it.id, it.label]), ...table.facts.map(it => it.id)];
      throw unknownFact(id, inner.nearest(id, names));
    }
    const cell = cellFor(table.facts[fact], { kind: "yes-no" }, value, today);
    return { question: table.facts[fact].question, cells: [{ fact, cells: [cell] }] };
  };

  const orError = read => {
    try {
      return read();
    } catch (problem) {
      if (typeof problem?.error === "string") return problem;
      throw problem;
    }
  };

  /**
   * What an answer to a question (an index) stands for: `{ cells }`, for each fact that the question settles, or `{ error, … }`.
   * `today` is the session's day, needed for days counted from today.
   */
  faqc.readAnswer = (table, question, text, today) => orError(() => ({ cells: readQuestion(table, question, text, today) }));

  /** What is given as `ID=VALUE`: `{ question, cells }`, or `{ error, … }`. */
  faqc.readGiven = (table, given, today) => orError(() => readNamed(table, given, today));

  faqc.questionNamed = questionNamed;
})(globalThis.faqc ??= {});
