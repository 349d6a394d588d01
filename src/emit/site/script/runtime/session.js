// What a reader has said and done so far, as a plain value: the JSON of docs/table.md. Refuses to decide what comes next.
//
// No function changes the session that it is given, so that the way back is to keep the one before.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** In the order in which they are written. `evidence` is always there, all others only where they are not empty. */
  const SETS = ["asked", "unknown", "tried", "begun", "told", "contacted"];
  const MEMBERS = ["symptom", "evidence", "asked", "unknown", "found", "tried", "begun", "entered", "told", "contacted", "today"];

  /** A session whose lists are all there, to be changed. */
  const open = session => {
    const opened = { symptom: session.symptom ?? undefined, evidence: { ...session.evidence }, today: session.today ?? undefined };
    for (const name of SETS) opened[name] = new Set(session[name] ?? []);
    opened.found = [...(session.found ?? [])];
    opened.entered = (session.entered ?? []).map(group => [...group]);
    return opened;
  };

  const close = opened => {
    const session = {};
    for (const name of MEMBERS) {
      const value = SETS.includes(name) ? inner.ascending(opened[name]) : opened[name];
      const isEmpty = value === undefined || Array.isArray(value) && value.length === 0;
      if (!isEmpty) session[name] = value;
    }
    return session;
  };

  /** Whether an entry was entered, begun or told; such an entry is not entered again. */
  inner.hasVisited = (opened, entry) =>
    opened.begun.has(entry) || opened.told.has(entry) || opened.entered.some(group => group.includes(entry));

  const ask = (opened, question) => {
    opened.asked.add(question);
    opened.found = opened.found.filter(it => it !== question);
  };

  const reopen = (opened, question) => {
    opened.asked.delete(question);
    opened.unknown.delete(question);
    opened.found = opened.found.filter(it => it !== question);
  };

  const give = (ready, opened, cells) => {
    const evidence = inner.evidenceOf(ready, opened.evidence);
    for (const it of cells) evidence.set(it.fact, it.cells);
    opened.evidence = evidence.toRow();
  };

  /** Takes cells for known, unless that would contradict what is known. */
  const assume = (ready, opened, cells) => {
    const before = opened.evidence;
    give(ready, opened, cells);
    if (inner.isContradictory(ready, inner.evidenceOf(ready, opened.evidence))) opened.evidence = before;
  };

  /** Goes on with those of the entries that may be: those that the symptom lists in its order, then the others as written. */
  const enter = (ready, opened, targets) => {
    const view = new inner.View(ready, opened, []);
    const listed = view.symptom?.entries ?? [];
    const place = entry => {
      const at = listed.findIndex(it => it.entry === entry);
      return at < 0 ? listed.length : at;
    };
    const inOrder = [...new Set(targets)].sort((a, b) => place(a) - place(b));
    const entering = inOrder.filter(entry => view.mayEnter(entry));
    if (entering.length > 0) opened.entered.push(entering);
  };

  const done = (ready, opened, action) => {
    new inner.View(ready, opened, []).entriesOffering(action).forEach(entry => opened.begun.add(entry));
    opened.tried.add(action);
    const evidence = inner.evidenceOf(ready, opened.evidence);
    for (const it of ready.lineage(action)) {
      const facts = inner.takeEffects(ready, it, evidence);
      facts.forEach(fact => reopen(opened, ready.table.facts[fact].question));
    }
    opened.evidence = evidence.toRow();
    const actions = ready.actionsOf(action);
    for (const question of actions.flatMap(it => it.finds ?? [])) {
      if (!opened.asked.has(question) && !opened.found.includes(question)) opened.found.push(question);
    }
    enter(ready, opened, actions.flatMap(it => it.then ?? []));
  };

  const unknown = (ready, opened, question) => {
    ask(opened, question);
    opened.unknown.add(question);
    const follows = ready.table.questions[question]?.if_unknown ?? {};
    if (follows.entry !== undefined) enter(ready, opened, [follows.entry]);
    if (follows.assume !== undefined) assume(ready, opened, follows.assume);
  };

  const changed = (session, change) => {
    const opened = open(session);
    change(opened);
    return close(opened);
  };

  faqc.session = {
    /** A case of a symptom (an index) of which nothing else is known; `today` is the day, `2023-06-29`. */
    start: (symptom, today) => close(open({ symptom, today })),

    /** The answer to a question (an index), `cells` as `readAnswer` gives them. */
    answer: (session, table, question, cells) => changed(session, opened => {
      ask(opened, question);
      opened.unknown.delete(question);
      give(inner.ready(table), opened, cells);
    }),

    /** Facts that are known without having been asked. */
    give: (session, table, cells) => changed(session, opened => give(inner.ready(table), opened, cells)),

    /** The reader does not know the answer to a question. */
    unknown: (session, table, question) => changed(session, opened => unknown(inner.ready(table), opened, question)),

    /** An answer is taken back: nothing is known of the question's facts, and it may be asked anew. */
    takeBack: (session, table, question) => changed(session, opened => {
      for (const fact of table.questions[question]?.facts ?? []) delete opened.evidence[fact];
      reopen(opened, question);
    }),

    /** An action (an index) was done, and the problem is not solved. */
    done: (session, table, action) => changed(session, opened => done(inner.ready(table), opened, action)),

    /** The reader cannot do an action (an index), or will not: it is used up as though it had been tried, and nothing follows from it. */
    passOver: (session, action) => changed(session, opened => opened.tried.add(action)),

    /** The reader has turned to a contact without success, and wants to go on. */
    contact: (session, contact) => changed(session, opened => opened.contacted.add(contact)),

    /** The reader has read an entry that has no action. */
    told: (session, entry) => changed(session, opened => opened.told.add(entry)),
  };

  inner.openSession = open;
})(globalThis.faqc ??= {});
