// What the reader of a dialogue has done, as the part of an address after `#`, and back. By ids, so that a link lasts when the FAQ is
// built anew. Refuses to know what follows from it.
//
// `#SYMPTOM/MOVE/MOVE…`, where SYMPTOM is the name of the symptom's page, an empty MOVE means nothing, and any other is one of
//   QUESTION=CELL        an answer; a CELL is a value, `*` for any other, or `~ge2~lt5` for one with bounds
//   QUESTION=CELL@DAY    the same, where it counts from the day on which it was given
//   QUESTION=VALUE,VALUE the values chosen of several, perhaps none
//   QUESTION=?           I don't know
//   !ENTRY:ACTION        done, and the problem remains
//   @CONTACT             turned to, and the problem remains
//   +ENTRY               read, and the problem remains
//   ~MOVE                one of these three could not be, or does not apply
//   =MOVE                that solved it; `=ok`: solved
(faqc => {
  "use strict";
  const BOUNDS = ["ge", "gt", "le", "lt"];

  const escaped = text => encodeURIComponent(text).replace(/[!'()*~]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

  const unescaped = text => {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  };

  const cellName = cell => {
    if (cell.value !== undefined) return escaped(cell.value);
    if (cell.other) return "*";
    return `~${BOUNDS.filter(it => cell[it] !== undefined).map(it => it + escaped(String(cell[it]))).join("~")}`;
  };

  const memberName = (question, fact) => fact.id.startsWith(`${question.id}/`) ? fact.id.slice(question.id.length + 1) : fact.id;

  const answerName = (table, { question, cells, today }) => {
    const asked = table.questions[question];
    if (asked.kind === "any-of") {
      const chosen = cells.filter(it => it.cells.some(cell => table.facts[it.fact].cells[cell]?.value === "yes"));
      return chosen.map(it => escaped(memberName(asked, table.facts[it.fact]))).join(",");
    }
    const [{ fact, cells: [cell] }] = cells;
    const day = asked.kind === "date-from-today" && today ? `@${today}` : "";
    return cellName(table.facts[fact].cells[cell]) + day;
  };

  const moveName = (table, move) => {
    switch (move.kind) {
      case "answer": return `${escaped(table.questions[move.question].id)}=${answerName(table, move)}`;
      case "unknown": return `${escaped(table.questions[move.question].id)}=?`;
      case "done": return `!${escaped(table.actions[move.action].id).replaceAll("%2F", ":")}`;
      case "contact": return `@${escaped(table.contacts[move.contact].id)}`;
      case "told": return `+${escaped(table.entries[move.entry].id)}`;
      case "declined": return `~${moveName(table, move.by)}`;
      default: return `=${move.by ? moveName(table, move.by) : "ok"}`;
    }
  };

  const hasId = id => it => it.id === id || (it.formerly ?? []).includes(id);

  /** The place of an id in a list, of present ids before former ones; -1 for none. */
  const place = (list, id) => {
    const present = list.findIndex(it => it.id === id);
    return present >= 0 ? present : list.findIndex(hasId(id));
  };

  const readSeveral = (table, question, names) => {
    const asked = table.questions[question];
    const chosen = names === "" ? [] : names.split(",").map(unescaped);
    const facts = asked.facts.map(fact => table.facts[fact]);
    if (!chosen.every(name => facts.some(fact => memberName(asked, fact) === name))) return undefined;
    return asked.facts.map((fact, at) => {
      const value = chosen.includes(memberName(asked, facts[at])) ? "yes" : "no";
      return { fact, cells: [facts[at].cells.findIndex(cell => cell.value === value)] };
    });
  };

  const readAnswer = (table, question, text, today) => {
    const asked = table.questions[question];
    if (asked.kind === "any-of") return readSeveral(table, question, text);
    const [name, day] = text.split("@");
    // Days are counted from when the dialogue began: on another day the question is asked anew.
    if (day !== undefined && day !== today) return undefined;
    const fact = asked.facts[0];
    const cell = table.facts[fact].cells.findIndex(it => !it.not_applicable && cellName(it) === name);
    return cell < 0 ? undefined : [{ fact, cells: [cell] }];
  };

  const named = (list, id, move) => {
    const found = place(list, id);
    return found < 0 ? undefined : move(found);
  };

  const readMove = (table, text, today) => {
    const rest = text.slice(1);
    if (text.startsWith("=")) return rest === "ok" ? { kind: "solved" } : solved(readMove(table, rest, today));
    if (text.startsWith("~")) return declined(readMove(table, rest, today));
    if (text.startsWith("!")) return named(table.actions, unescaped(rest.replaceAll(":", "%2F")), action => ({ kind: "done", action }));
    if (text.startsWith("@")) return named(table.contacts, unescaped(rest), contact => ({ kind: "contact", contact }));
    if (text.startsWith("+")) return named(table.entries, unescaped(rest), entry => ({ kind: "told", entry }));
    const at = text.indexOf("=");
    const question = at < 0 ? -1 : place(table.questions, unescaped(text.slice(0, at)));
    if (question < 0) return undefined;
    if (text.slice(at + 1) === "?") return { kind: "unknown", question };
    const cells = readAnswer(table, question, text.slice(at + 1), today);
    return cells && { kind: "answer", question, cells, today };
  };

  const solved = by => ({ kind: "solved", by });

  /** Only what is proposed can be declined. */
  const declined = by => ["done", "contact", "told"].includes(by?.kind) ? { kind: "declined", by } : undefined;

  /** The name of a page is never a path, whoever wrote the address. */
  const isName = text => !/[/\\]/.test(text) && !/^\.+$/.test(text);

  /** The name of the symptom's page, or an empty text. */
  const symptomOf = hash => {
    const name = unescaped(hash.replace(/^#/, "").split("/")[0]);
    return isName(name) ? name : "";
  };

  /** The same moves in the dialogue of a symptom whose page has another name now. */
  const moved = (hash, name) => `#${[escaped(name), ...hash.replace(/^#/, "").split("/").slice(1)].join("/")}`;

  /** The moves, and whether there are any that no longer mean anything. */
  const movesOf = (table, hash, today) => {
    const texts = hash.replace(/^#/, "").split("/").slice(1).filter(text => text !== "");
    const moves = texts.map(text => readMove(table, text, today));
    const known = moves.filter(move => move !== undefined);
    return { moves: known, isWhole: known.length === moves.length };
  };

  /** Programs that make links of addresses in texts leave out a mark at the end, but never a `/`. */
  const closed = hash => /[a-z0-9]$/i.test(hash) ? hash : `${hash}/`;

  const write = (table, name, moves) => closed(`#${[escaped(name), ...moves.map(move => moveName(table, move))].join("/")}`);

  faqc.address = { symptomOf, movesOf, moved, write };
})(globalThis.faqc ??= {});
