//! Moves what was parsed along with its text, when something before it got longer or shorter. Refuses to know what is moved.

use super::*;

/// Something with places in one file.
pub(crate) trait Shift {
    /// Moves every place by so many bytes.
    fn shift(&mut self, by: i64);
}

impl Shift for Span {
    fn shift(&mut self, by: i64) {
        let moved = |offset: u32| u32::try_from(i64::from(offset) + by).unwrap_or(u32::MAX);
        (self.start, self.end) = (moved(self.start), moved(self.end));
    }
}

impl<T: Shift> Shift for Vec<T> {
    fn shift(&mut self, by: i64) {
        self.iter_mut().for_each(|it| it.shift(by));
    }
}

impl<T: Shift> Shift for Option<T> {
    fn shift(&mut self, by: i64) {
        self.iter_mut().for_each(|it| it.shift(by));
    }
}

impl<T: Shift> Shift for Box<T> {
    fn shift(&mut self, by: i64) {
        self.as_mut().shift(by);
    }
}

impl<A: Shift, B: Shift> Shift for (A, B) {
    fn shift(&mut self, by: i64) {
        self.0.shift(by);
        self.1.shift(by);
    }
}

/// What has no places.
macro_rules! placeless {
    ($($name:ty),* $(,)?) => { $(impl Shift for $name { fn shift(&mut self, _: i64) {} })* };
}

/// All fields of a structure; one that is forgotten does not compile.
macro_rules! fields {
    ($($name:ty { $($field:ident),* $(,)? })*) => {
        $(impl $crate::ast::Shift for $name {
            fn shift(&mut self, by: i64) {
                let Self { $($field),* } = self;
                $($field.shift(by);)*
            }
        })*
    };
}

/// All variants of an enumeration, with their fields.
macro_rules! variants {
    ($($name:ty { $($variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?),* $(,)? })*) => {
        $(impl $crate::ast::Shift for $name {
            fn shift(&mut self, by: i64) {
                match self {
                    $(Self::$variant $(($($part),*))? $({ $($field),* })? => { $($($part.shift(by);)*)? $($($field.shift(by);)*)? })*
                }
            }
        })*
    };
}

pub(crate) use {fields, placeless, variants};

placeless!(bool, u32, usize, i64, Date, Policy, Comparison, LikelihoodKind);

impl<T: Shift> Shift for Spanned<T> {
    fn shift(&mut self, by: i64) {
        self.span.shift(by);
        self.value.shift(by);
    }
}

fields! {
    Name { span, quoted }
    EntryRef { span, target }
    ActionRef { span, entry, action }
    File { items, exceptions, ends }
    Exception { span, lint, reason, block }
    Assume { span, condition }
    Range { span, from, to, inclusive }
    Value { span, kind, unit }
    Symptom { span, name, title, same_as, kind_of, messages, during, also, order, policy, formerly, notes }
    Message { span, language, lines }
    Fact {
        span, name, label, ty, values, ask, checks, shows, only_when, if_unknown, takes, formerly, notes,
    }
    TypeExpr { span, kind }
    ValueDecl { name, label }
    CheckProcedure { span, when, steps }
    Shows { value, text }
    Define { span, name, label, when }
    Derive { span, name, label, ty, rows }
    DeriveRow { span, value, when }
    Table { span, name, decides, policy, columns, rows }
    TableRow { span, cells, value }
    Document { span, name, title, sections, url, place, notes }
    Section { span, number, title, url }
    Link { span, name, title, url }
    Contact { span, name, title, url, tel, mail, hours, tell, takes, notes }
    Term { span, name, avoid, meaning, reading }
    TextByValue { span, name, by, cases }
    TextCase { span, value, text }
    Entry {
        span, name, title, number, formerly, category, symptoms, when, fallback, before, overrides, causes, actions, reuses,
        notes, see, contacts, otherwise, weight, review, updated, owner,
    }
    Cause { span, title, when, actions, reuses, notes, see }
    Action {
        span, name, title, when, steps, alternatives, finds, sets, recheck, then, contacts, after, see, solved, likely, takes,
    }
    Effect { fact, value }
    Likelihood { span, kind }
    Step { span, kind }
    Branch { span, when, steps }
    Prose { lines, refs }
    Reference { span, target, shown }
    Test { span, title, given, expect }
    Expect { span, kind }
}

variants! {
    EntryTarget { Name(name), Numbers { first, last } }
    Item {
        Entry(it), Symptom(it), Fact(it), Define(it), Derive(it), Table(it), Assume(it), Document(it), Link(it), Contact(it),
        Term(it), Text(it), Test(it),
    }
    Condition {
        Error(span), Or(parts), And(parts), Implies(left, right), Not(inner), Name(name), Compare { fact, op, value },
        InRange { fact, range }, InSet { fact, values }, Has { fact, value }, Whole { span, inner },
    }
    ValueKind { Word { quoted }, Number, Version, Date(date), Today { days } }
    TypeKind {
        Error, YesNo, OneOf { values, open }, AnyOf { values }, Number { range, step, unit }, Version, Date,
    }
    IfUnknown { Contact(name), Entry(entry), Value(value) }
    CellTest { Any, Is(values), Not(values), Compare(op, value), In(range) }
    SymptomUse { Named(name), InPlace { wording, messages, during, also } }
    Fallthrough { Contact(name), Entry(entry) }
    StepKind {
        Step(prose), Bullet(prose), Note(prose), Warning(prose), Fence { info, lines }, Branches(branches), Do(action),
        Contact(name), See(refs),
    }
    Target { Name { kind, name }, Numbers(numbers), Action(action), Section { document, section }, Escape }
    Given { Symptom(name), Message(span), Fact { fact, value }, Unknown(name), Failed(action), Today(date) }
    ExpectKind {
        Entry(it), Applies(it), Certain(it), Possible(it), Excluded(it), Ask(it), Action(it), Contact(it), None,
    }
}
