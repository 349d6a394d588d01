// Whether a document is a table that can be read here, and hangs together. Refuses to judge what it says.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const FORMAT = "faqc-table";
  const VERSION = 1;
  const MOST = 2 ** 32 - 1;

  /** Thrown at what does not fit; those around it add their part of the place. */
  class Damage {
    place = "";
    within(part) {
      const separator = this.place === "" || this.place.startsWith("[") ? "" : ".";
      this.place = part + separator + this.place;
      return this;
    }
  }

  const require = fits => {
    if (!fits) throw new Damage();
  };

  const inside = (part, check) => {
    try {
      check();
    } catch (damage) {
      throw damage instanceof Damage ? damage.within(part) : damage;
    }
  };

  // A check is a function of a value and the table, which has been seen to have all its lists.
  const text = it => require(typeof it === "string");
  const flag = it => require(typeof it === "boolean");
  const whole = (least, most) => it => require(Number.isInteger(it) && it >= least && it <= most);
  const count = whole(0, MOST);
  const oneOf = (...names) => it => require(names.includes(it));
  const isObject = it => typeof it === "object" && it !== null && !Array.isArray(it);

  const list = check => (it, table) => {
    require(Array.isArray(it));
    it.forEach((value, at) => inside(`[${at}]`, () => check(value, table)));
  };

  const index = name => (it, table) => {
    count(it);
    require(it < (table[name] ?? []).length);
  };
  const indexes = name => list(index(name));

  /** Members of an object: a check each, in a list of one where the member may be left out, of two where it may be null too. */
  const members = shape => (it, table) => {
    require(isObject(it));
    for (const [name, given] of Object.entries(shape)) {
      const [check, mayBeNull] = Array.isArray(given) ? given : [given];
      const isAbsent = it[name] === undefined || mayBeNull && it[name] === null;
      if (isAbsent && Array.isArray(given)) continue;
      inside(name, () => check(it[name], table));
    }
  };

  const some = check => [check];
  const maybe = check => [check, true];
  /** One of several shapes, by the value of a member. */
  const byMember = (name, shapes) => (it, table) => {
    require(isObject(it) && typeof it[name] === "string" && Object.hasOwn(shapes, it[name]));
    members(shapes[it[name]])(it, table);
  };

  /** Exactly one of several members. */
  const choice = shape => (it, table) => {
    require(isObject(it) && Object.keys(shape).filter(name => it[name] !== undefined && it[name] !== null).length === 1);
    members(Object.fromEntries(Object.entries(shape).map(([name, check]) => [name, maybe(check)])))(it, table);
  };

  /** Cells of a fact: ascending, at least one. */
  const cellsOf = (fact, cells, table) => {
    const known = table.facts[fact];
    require(isObject(known) && Array.isArray(known.cells) && Array.isArray(cells) && cells.length > 0);
    cells.forEach((cell, at) => require(
      Number.isInteger(cell) && cell >= 0 && cell < known.cells.length && (at === 0 || cells[at - 1] < cell)));
  };

  const row = (it, table) => {
    require(isObject(it));
    for (const [name, cells] of Object.entries(it)) {
      inside(name, () => {
        require(/^(0|[1-9][0-9]*)$/.test(name));
        cellsOf(Number(name), cells, table);
      });
    }
  };

  const assignment = (it, table) => {
    members({ fact: index("facts"), cells: list(count) })(it, table);
    cellsOf(it.fact, it.cells, table);
  };

  const REFERENCES = ["entry", "action", "symptom", "fact", "document", "section", "link", "contact", "term", "text"];
  const reference = members({ ref: oneOf(...REFERENCES), targets: list(text), text });
  const piece = (it, table) => typeof it === "string" || reference(it, table);
  const prose = list(piece);

  const step = (it, table) => byMember("kind", {
    "step": { text: prose },
    "bullet": { text: prose },
    "note": { text: prose },
    "warning": { text: prose },
    "fence": { info: text, lines: list(text) },
    "branches": { branches: list(members({ when: maybe(text), condition: index("conditions"), steps })) },
    "do": { action: index("actions") },
    "contact": { contact: index("contacts") },
    "see": { references: list(reference) },
  })(it, table);
  const steps = list(step);

  const bound = it => typeof it === "string" || require(Number.isInteger(it));
  const cell = members({
    label: text, value: maybe(text), ge: maybe(bound), gt: maybe(bound), le: maybe(bound), lt: maybe(bound),
    other: some(flag), not_applicable: some(flag),
  });

  const fact = members({ id: text, label: text, question: index("questions"), cells: it => require(Array.isArray(it) && it.length > 0) });
  const cells = members({ cells: list(cell) });

  /** Scaled numbers are below 2^53. */
  const MOST_DECIMALS = 15;
  const decimals = it => {
    count(it);
    require(it <= MOST_DECIMALS);
  };

  const question = (it, table) => {
    byMember("kind", {
      "yes-no": {}, "one-of": {}, "any-of": {}, "version": {}, "date": {}, "date-from-today": {},
      "number": { scale: some(decimals), unit: maybe(text) },
    })(it, table);
    members({
      id: text, label: text, facts: indexes("facts"), ask: some(prose), only_when: maybe(text),
      procedures: some(list(members({ when: maybe(text), condition: maybe(index("conditions")), steps }))),
      shows: some(list(members({ cells: row, text }))),
      if_unknown: maybe(choice({ contact: index("contacts"), entry: index("entries"), assume: list(assignment) })),
      seconds: maybe(count), formerly: some(list(text)), notes: some(steps),
    })(it, table);
  };

  const rows = list(row);
  const condition = (it, table) => {
    require(isObject(it));
    choice({ certain: rows, certain_clear_of: rows })(it, table);
    choice({ excluded: rows, excluded_clear_of: rows })(it, table);
  };

  const listedAction = members({ action: index("actions"), condition: index("conditions") });

  const symptom = members({
    id: text, title: prose,
    messages: some(list(members({
      language: maybe(text), pieces: list((it, table) => typeof it === "string" || members({ varies: text })(it, table)),
    }))),
    during: some(prose), also: some(list(text)),
    keys: list(members({ kind: oneOf("title", "message", "also"), text, folded: list(text) })),
    policy: maybe(oneOf("first", "unique", "any", "collect")), notes: some(steps),
    entries: list(members({
      entry: index("entries"), condition: index("conditions"), fallback: some(flag), after: some(indexes("entries")), tier: some(count),
    })),
    actions: list(listedAction), formerly: some(list(text)),
  });

  const entry = (it, table) => {
    members({
      id: text, number: maybe(count), title: prose, category: some(list(text)), when: maybe(text),
      causes: some(list(members({
        title: prose, when: maybe(text), condition: maybe(index("conditions")), notes: some(steps), see: some(list(reference)),
      }))),
      actions: some(list(members({ action: index("actions"), cause: maybe(count), reused: some(flag) }))),
      notes: some(steps), see: some(list(reference)), contacts: some(indexes("contacts")),
      otherwise: some(list(choice({ contact: index("contacts"), entry: index("entries") }))),
      before: some(indexes("entries")), overrides: some(indexes("entries")), weight: count, review: maybe(text), updated: maybe(text),
      owner: some(prose), formerly: some(list(text)),
      alone: maybe(members({ condition: index("conditions"), actions: some(list(listedAction)) })),
    })(it, table);
    const causes = (it.causes ?? []).length;
    inside("actions", () => require((it.actions ?? []).every(({ cause }) => (cause ?? -1) < causes)));
  };

  const action = members({
    id: text, entry: index("entries"), number: text, parent: maybe(index("actions")), title: some(prose), when: maybe(text),
    steps: some(steps), alternatives: some(indexes("actions")), finds: some(indexes("questions")), sets: some(list(assignment)),
    recheck: some(indexes("questions")), then: some(indexes("entries")), contacts: some(indexes("contacts")),
    after: some(indexes("actions")), see: some(list(reference)), solved: some(prose), likely_percent: maybe(whole(0, 255)),
    likely_word: maybe(oneOf("often", "rarely")), seconds: maybe(count),
  });

  const contact = members({
    id: text, title: prose, url: maybe(text), tel: some(prose), mail: some(prose), hours: some(prose), tell: some(prose),
    seconds: maybe(count), notes: some(steps),
  });

  const section = members({ id: text, number: maybe(text), title: maybe(text), url: maybe(text) });

  const LISTS = ["questions", "facts", "conditions", "symptoms", "entries", "actions"];
  const OTHER_LISTS = ["contacts", "documents", "links", "terms", "texts"];

  const table = members({
    title: text, language: oneOf("ja", "en"), release: maybe(text), updated: maybe(text),
    facts: list((it, table) => { fact(it, table); cells(it, table); }),
    questions: list(question),
    contradiction: members({ rows, clear_of: some(list(rows)) }),
    conditions: list(condition), symptoms: list(symptom), entries: list(entry), actions: list(action),
    contacts: some(list(contact)),
    documents: some(list(members({ id: text, title: prose, url: maybe(text), place: some(prose), sections: some(list(section)), notes: some(steps) }))),
    links: some(list(members({ id: text, title: prose, url: text }))),
    terms: some(list(members({ id: text, avoid: some(list(text)), meaning: some(prose), reading: some(prose) }))),
    texts: some(list(members({ id: text, cases: list(members({ when: maybe(text), condition: index("conditions"), text: prose })) }))),
    default_contact: maybe(index("contacts")),
  });

  const checkAll = document => {
    require(isObject(document));
    LISTS.forEach(name => inside(name, () => require(Array.isArray(document[name]))));
    OTHER_LISTS.forEach(name => inside(name, () => require(document[name] === undefined || Array.isArray(document[name]))));
    table(document, document);
  };

  const placeOfDamage = document => {
    try {
      checkAll(document);
      return inner.disagreement(document);
    } catch (damage) {
      if (damage instanceof Damage) return damage.place;
      throw damage;
    }
  };

  /**
   * What is wrong with a document as a table: `{ error: "format", found }`, `{ error: "version", found }`, or `{ error: "damaged", place }`.
   * Undefined when it can be read.
   */
  faqc.checkTable = document => {
    const { format, version } = document ?? {};
    if (typeof format === "string" && format !== FORMAT) return { error: "format", found: format };
    if (typeof format === "string" && Number.isInteger(version) && version >= 0 && version !== VERSION) {
      return { error: "version", found: version };
    }
    if (format !== FORMAT || version !== VERSION) return { error: "damaged", place: "" };
    const place = placeOfDamage(document);
    return place === undefined ? undefined : { error: "damaged", place };
  };
})(globalThis.faqc ??= {});
