// What has happened in a dialogue: the session that its moves lead to, a line for each, and a summary for the help desk.
// Refuses to decide what comes next.
(faqc => {
  "use strict";
  const { words, plain } = faqc;

  /** What was declined is used up, and nothing follows from it. */
  const decline = (table, session, by) =>
    by.kind === "done" ? faqc.session.passOver(session, by.action) : apply(table, session, by);

  const apply = (table, session, move) => {
    switch (move.kind) {
      case "answer": return faqc.session.answer(session, table, move.question, move.cells);
      case "unknown": return faqc.session.unknown(session, table, move.question);
      case "done": return faqc.session.done(session, table, move.action);
      case "contact": return faqc.session.contact(session, move.contact);
      case "told": return faqc.session.told(session, move.entry);
      case "declined": return decline(table, session, move.by);
      default: return session;
    }
  };

  /** The session after all moves, from the beginning. */
  const replay = (table, moves, today) =>
    moves.reduce((session, move) => apply(table, session, move), faqc.session.start(0, today));

  const numbered = ({ number, title, id }) => `${number === undefined ? "" : `No.${number} `}${plain(title) || id}`;

  const actionName = (table, index) => {
    const action = table.actions[index];
    const entry = table.entries[action.entry];
    const number = entry?.number === undefined ? "" : `No.${entry.number} `;
    return `${number}${plain(action.title) || `${plain(entry?.title)} ${action.number}`}`;
  };

  const answerText = (table, { question, cells }) => {
    if (table.questions[question].kind !== "any-of") return table.facts[cells[0].fact].cells[cells[0].cells[0]].label;
    const chosen = cells.filter(it => table.facts[it.fact].cells[it.cells[0]].value === "yes");
    return chosen.map(it => table.facts[it.fact].label).join(words.comma) || words.noneOfThese;
  };

  /** An action with those that it is an alternative of, from the outermost one. */
  const lineage = (table, index) => {
    const action = table.actions[index];
    return action === undefined ? [] : [...lineage(table, action.parent), action];
  };

  /** What an action with those that it is an alternative of is done for: to `solve`, for what it `finds` out, or for what comes
   * `then`. The same as `purpose` in src/plain/thing.rs. */
  const purpose = actions => {
    if (actions.some(it => it.solved || it.likely_percent !== undefined)) return "solve";
    return ["finds", "then"].find(list => actions.some(it => (it[list] ?? []).length > 0)) ?? "solve";
  };

  const OUTCOMES = { solve: words.tried, finds: words.checkedBefore, then: words.doneBefore };

  /** What was done, and what came of it. */
  const line = (table, move) => {
    switch (move.kind) {
      case "answer": return { what: table.questions[move.question].label, result: answerText(table, move) };
      case "unknown": return { what: table.questions[move.question].label, result: words.dontKnow };
      case "done": return { what: actionName(table, move.action), result: OUTCOMES[purpose(lineage(table, move.action))] };
      case "contact": return { what: plain(table.contacts[move.contact].title), result: words.contacted };
      case "told": return { what: numbered(table.entries[move.entry]), result: words.readBefore };
      case "declined": return { what: line(table, move.by).what, result: words.declined };
      default: return { what: move.by ? line(table, move.by).what : "", result: words.yes };
    }
  };

  const message = ({ pieces }) => pieces.map(it => typeof it === "string" ? it : `｛${it.varies}｝`).join("").replaceAll("\n", " ");

  const factName = (table, index) => {
    const fact = table.facts[index];
    const asked = table.questions[fact.question];
    return asked?.kind === "any-of" ? words.member(asked.label, fact.label) : fact.label;
  };

  /** What is known of a fact. */
  const known = (table, evidence, fact) => {
    const cells = (evidence[fact] ?? []).map(cell => table.facts[fact].cells[cell]);
    const values = cells.map(cell => cell.not_applicable ? words.notApplicable : cell.label);
    return values.length === 0 ? factName(table, fact) : `${factName(table, fact)}${words.colon}${values.join(words.or)}`;
  };

  /** The entries of the symptom, then the others that the reader was handed over to, each with the condition under which it applies. */
  const lookedAt = (table, { entered = [] }) => {
    const listed = table.symptoms[0].entries;
    const others = [...new Set(entered.flat())].filter(entry => !listed.some(it => it.entry === entry));
    return [...listed, ...others.map(entry => ({ entry, condition: table.entries[entry].alone?.condition }))];
  };

  /** Facts that are as an action made them: nobody said so. */
  const broughtAbout = (table, moves) => {
    const facts = new Set();
    for (const move of moves) {
      if (move.kind === "answer") move.cells.forEach(it => facts.delete(it.fact));
      if (move.kind === "done") lineage(table, move.action).flatMap(it => it.sets ?? []).forEach(it => facts.add(it.fact));
    }
    return facts;
  };

  /** Entries that the answers exclude, with what excludes them, but for those of which something was tried. One that the reader was
   * merely handed over to was not. */
  const excluded = (table, moves, session) => {
    const { evidence, begun = [], told = [] } = session;
    const brought = broughtAbout(table, moves);
    const isOut = ({ entry, condition }) => condition !== undefined && !begun.includes(entry) && !told.includes(entry)
      && faqc.judgeCondition(table, condition, evidence) === "excluded";
    return lookedAt(table, session).filter(isOut).map(({ entry, condition }) => {
      const facts = faqc.decidingFacts(table, condition, evidence).map(fact => {
        const said = known(table, evidence, fact);
        return brought.has(fact) && evidence[fact] ? words.brought(said) : said;
      });
      const name = numbered(table.entries[entry]);
      return facts.length === 0 ? name : words.because(name, facts.join(words.comma));
    });
  };

  const list = (head, lines) => [`■ ${head}`, ...(lines.length > 0 ? lines : [words.none]).map(text => `・${text}`)];

  /** A text to paste into a ticket: what was seen, known and tried, and what did not apply or was not done. */
  const summary = (table, moves, session, { title, link, today }) => {
    const symptom = table.symptoms[0];
    const of = kinds => moves.filter(move => kinds.includes(move.kind)).map(move => {
      const { what, result } = line(table, move);
      return `${what}${words.colon}${result}`;
    });
    const declined = moves.filter(move => move.kind === "declined").map(move => line(table, move).what);
    const solved = moves.filter(move => move.kind === "solved" && move.by).map(move => line(table, move).what);
    return [
      title,
      ...list(words.sumSymptom, [plain(symptom.title)]),
      ...(symptom.messages ? list(words.sumMessage, symptom.messages.map(message)) : []),
      ...list(words.sumKnown, of(["answer", "unknown"])),
      ...list(words.sumTried, of(["done", "contact", "told"])),
      ...(solved.length > 0 ? list(words.solvedBy, solved) : []),
      ...list(words.sumExcluded, [...excluded(table, moves, session), ...declined]),
      `■ ${words.sumDate}${words.colon}${today}`,
      `■ ${words.sumLink}${words.colon}${link}`,
    ].join("\n");
  };

  faqc.story = { replay, line, summary, numbered, actionName, lineage, purpose, message };
})(globalThis.faqc ??= {});
