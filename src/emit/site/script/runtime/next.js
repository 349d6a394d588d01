// The next step of a session. Refuses to ask or to do anything itself.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};
  const { factsThatMatter } = inner;

  const wasThere = (view, entry) => view.session.begun.has(entry) || view.session.told.has(entry);

  /** The contact for the first question to which the reader does not know the answer. */
  const referral = view => {
    for (const question of inner.ascending(view.session.unknown)) {
      const contact = view.table.questions[question]?.if_unknown?.contact;
      const counts = contact !== undefined && !view.isKnown(question) && !view.session.contacted.has(contact);
      if (counts) return { step: "contact", contact, from: { question } };
    }
    return undefined;
  };

  /** What two steps have to share to count as the same: not why they are taken. */
  const withoutReasons = step => {
    const { step: kind, question, action, certain, contact, clashes } = step;
    return JSON.stringify({ kind, question, action, certain, contact, clashes });
  };

  /** The step after each answer to a question about one fact. */
  const stepsAfter = (view, session, fact, question) => view.answers(fact).map(cell =>
    faqc.next(view.table, faqc.session.answer(session, view.table, question, [{ fact, cells: [cell] }])));

  /**
   * The first question by whose answer it depends whether an entry's `otherwise` is followed, and that does not lead to the same step
   * whatever the answer. When all do, it need not be asked, and that step is taken now.
   */
  const questionAbout = (view, session, { entry, condition, verdict }) => {
    if (condition === undefined || verdict !== "possible" || wasThere(view, entry)) return undefined;
    const facts = factsThatMatter(view, [condition]).map(fact => ({ fact, question: view.table.facts[fact].question }));
    const isDoubtful = ({ question }) => view.isApplicable(question) ? 0 : 1;
    facts.sort((a, b) => isDoubtful(a) - isDoubtful(b) || a.question - b.question || a.fact - b.fact);
    let same;
    for (const { fact, question } of facts) {
      const steps = stepsAfter(view, session, fact, question);
      if (new Set(steps.map(withoutReasons)).size > 1) return inner.askStep(view, question, [entry]);
      same ??= steps[0];
    }
    return same;
  };

  /**
   * Where to go when nothing is left to try: by the first `otherwise` of an entry that was begun or told, or is not excluded; then to
   * the table's contact. A step, or `{ enter }` with an entry to go on with.
   */
  const otherwise = (view, session, extra) => {
    const leadsOn = ({ contact, entry }) =>
      entry === undefined ? !view.session.contacted.has(contact) : view.mayEnter(entry) && !extra.includes(entry);
    for (const source of view.entries) {
      if (source.verdict === "excluded" && !wasThere(view, source.entry)) continue;
      const way = (view.table.entries[source.entry].otherwise ?? []).find(leadsOn);
      if (way === undefined) continue;
      const step = questionAbout(view, session, source);
      if (step) return step;
      if (way.entry !== undefined) return { enter: way.entry };
      return { step: "contact", contact: way.contact, from: { otherwise: source.entry } };
    }
    const contact = view.table.default_contact;
    const isLeft = contact !== undefined && !view.session.contacted.has(contact);
    return isLeft ? { step: "contact", contact, from: "default" } : { step: "done" };
  };

  const stepOf = (view, chooser, session, extra) => {
    if (view.symptom === undefined) return { step: "choose" };
    if (view.isContradictory) return { step: "contradiction", clashes: inner.clashesOf(view.ready, view.evidence) };
    return referral(view) ?? chooser.next() ?? otherwise(view, session, extra);
  };

  /** The last decision about a table: whoever asks for the step mostly asks for what is shown beside it, too. */
  const last = new WeakMap();

  const decide = (table, session) => {
    const written = JSON.stringify(session);
    const known = last.get(table);
    if (known?.written === written) return known;
    const decision = { written, ...decideAnew(table, session) };
    last.set(table, decision);
    return decision;
  };

  /** The step and what it was decided upon. Each entry of an `otherwise` that is followed is put in play, so that the loop ends. */
  const decideAnew = (table, session) => {
    const opened = inner.openSession(session);
    const extra = [];
    for (;;) {
      const view = new inner.View(inner.ready(table), opened, extra);
      const step = stepOf(view, inner.chooserOf(view), session, extra);
      if (step.enter === undefined) return { step, view };
      extra.push(step.enter);
    }
  };

  /** What comes next. The same table and session always give the same step. */
  faqc.next = (table, session) => decide(table, session).step;

  /**
   * The entries that a reader sees, in order: those that are certain, then those that are possible; among each, those handed over to
   * before those of the symptom. None while the evidence is contradictory.
   */
  faqc.shown = (table, session) => {
    const { view } = decide(table, session);
    const all = view.entries.map(({ entry, verdict }, place) => ({ entry, verdict, spent: view.isSpent(place) }));
    return ["certain", "possible"].flatMap(verdict => all.filter(it => it.verdict === verdict));
  };
})(globalThis.faqc ??= {});
