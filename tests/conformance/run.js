// Carries out the checks of a conformance vector with the script of the site. Refuses to know where vectors come from.
(globalScope => {
  "use strict";
  const { faqc } = globalScope;

  /** A call of a check, by its name; the table is that of the vector. The search for words loads the files that a site has for the
   * table, so that one script can search one table. */
  const CALLS = {
    "fold": (_, { text }) => faqc.fold(text),
    "find": (table, { text }) => faqc.search.finder(table)(text),
    "search-text": async (_, { text }) => {
      let result = await faqc.searchText(text);
      while (result.more) result = await result.more();
      return result.hits.map(({ entry, score, places, instead }) => ({ entry, score, places, instead }));
    },
    "check-table": (_, { document }) => faqc.checkTable(document)?.error ?? "readable",
    "judge": (table, { symptom, evidence }) => faqc.judge(table, symptom, evidence),
    "judge-actions": (table, { symptom, evidence }) => faqc.judgeActions(table, symptom, evidence),
    "judge-conditions": (table, { evidence }) => table.conditions.map((_, condition) => faqc.judgeCondition(table, condition, evidence)),
    "clashes": (table, { evidence }) => faqc.clashes(table, evidence),
    "take-effects": (table, { action, evidence }) => faqc.takeEffects(table, action, evidence),
    "read-answer": (table, { question, text, today }) => faqc.readAnswer(table, question, text, today),
    "read-given": (table, { text, today }) => faqc.readGiven(table, text, today),
    "next": (table, { session }) => faqc.next(table, session),
    "shown": (table, { session }) => faqc.shown(table, session),
    "start": (_, { symptom, today }) => faqc.session.start(symptom, today),
    "answer": (table, { session, question, cells }) => faqc.session.answer(session, table, question, cells),
    "give": (table, { session, cells }) => faqc.session.give(session, table, cells),
    "unknown": (table, { session, question }) => faqc.session.unknown(session, table, question),
    "take-back": (table, { session, question }) => faqc.session.takeBack(session, table, question),
    "done": (table, { session, action }) => faqc.session.done(session, table, action),
    "pass-over": (_, { session, action }) => faqc.session.passOver(session, action),
    "contact": (_, { session, contact }) => faqc.session.contact(session, contact),
    "tell": (_, { session, entry }) => faqc.session.told(session, entry),
  };

  /** The same text for the same value, whatever the order of members. */
  const canonical = value => JSON.stringify(value, (_, it) =>
    it && typeof it === "object" && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => a < b ? -1 : 1)) : it);

  /** What the call of a check gives. */
  const carryOut = (table, check) => CALLS[check.call](table, check);

  /** The checks that a vector fails: a promise of a list of `{ at, check, found }`. */
  const failures = async vector => {
    const failed = [];
    for (const [at, check] of vector.checks.entries()) {
      const found = await carryOut(vector.table, check);
      if (canonical(found) !== canonical(check.gives)) failed.push({ at, check, found });
    }
    return failed;
  };

  globalScope.conformance = { carryOut, failures };
})(globalThis);
