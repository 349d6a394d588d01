//! Each rule of the next step in a few lines, with what has to follow in words: what the vectors `rule-….json` are made from.
//!
//! A line of a dialogue is one of
//! `= ask f`, `= do e/a`, `= perhaps e/a`, `= contact c`, `= done`, `= contradiction f g`: the step now;
//! `? a certain, b possible, c certain spent`: what is shown now, `?` alone: nothing;
//! `on u`: begin anew with this symptom; `f=yes`: given; `answer f=yes`, `unknown f`, `take back f`, `failed e/a`, `cannot e/a`, `went to c`, `read e`: what the reader does.

pub struct Rule {
    pub name: &'static str,
    pub about: &'static str,
    /// Without the symptom `s` and the contacts `c` and `d`, which every rule has.
    pub text: &'static str,
    pub dialogues: &'static [&'static [&'static str]],
}

pub const TAIL: &str = "\nsymptom s \"s\"\ncontact c \"c\"\ncontact d \"d\"\n";

pub const RULES: &[Rule] = &[
    Rule {
        name: "order-of-the-file",
        about: "Where nothing is declared, remedies come as they stand",
        text: "entry a \"A\" { symptom s ; action x \"X\" ; action y \"Y\" ; otherwise contact c }\nentry b \"B\" { symptom s ; action z \"Z\" }",
        dialogues: &[&[
            "= do a/x",
            "? a certain, b certain",
            "failed a/x",
            "= do a/y",
            "failed a/y",
            "? a certain spent, b certain",
            "= do b/z",
            "failed b/z",
            "= contact c",
            "went to c",
            "= done",
        ]],
    },
    Rule {
        name: "order-by-weight-per-second",
        about: "What is likely and quick comes first: 0.6 of weight 2 in a minute, then 60 % and 10 % in five",
        text: "entry a \"A\" { symptom s ; action x \"X\" { likely 10% } ; action y \"Y\" { likely 60% } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; weight 2 ; action z \"Z\" { likely 60% ; takes 1min } }",
        dialogues: &[&["= do b/z", "failed b/z", "= do a/y", "failed a/y", "= do a/x", "failed a/x", "= contact c"]],
    },
    Rule {
        name: "declared-order",
        about: "An entry that stands before another comes first, and an action after what it is to be done after",
        text: "entry a \"A\" { symptom s ; before b ; action x \"X\" { likely 1% } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; weight 9 ; action y \"Y\" { likely 9% } ; action z \"Z\" { likely 90% ; after y } }",
        dialogues: &[&["= do a/x", "failed a/x", "= do b/y", "failed b/y", "= do b/z", "failed b/z", "= contact c"]],
    },
    Rule {
        name: "own-entries-first",
        about: "A symptom's own entries come before those that it has as a kind of another",
        text: "entry a \"A\" { symptom t ; weight 9 ; action x \"X\" }\nentry b \"B\" { symptom u ; action y \"Y\" ; otherwise contact c }\n\
               symptom t \"T\"\nsymptom u \"U\" kind-of t",
        dialogues: &[&["on u", "= do b/y", "failed b/y", "= do a/x", "failed a/x", "= contact c"]],
    },
    Rule {
        name: "certain-before-possible",
        about: "What is certain is done before a question that takes an hour is asked",
        text: "fact f : yes/no { ask \"f?\" ; takes 1h }\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" ; otherwise contact c }\nentry b \"B\" { symptom s ; action y \"Y\" }",
        dialogues: &[
            &[
                "? b certain, a possible",
                "= do b/y",
                "failed b/y",
                "= ask f",
                "answer f=yes",
                "= do a/x",
                "failed a/x",
                "= contact c",
            ],
            &["failed b/y", "unknown f", "= perhaps a/x", "failed a/x", "= contact c"],
            &["failed b/y", "answer f=no", "? b certain spent", "= done"],
        ],
    },
    Rule {
        name: "question-before-what-waits",
        about: "What waits for something possible lets the question come first",
        text: "fact f : yes/no { ask \"f?\" ; takes 1h }\n\
               entry a \"A\" { symptom s ; when f ; before b ; action x \"X\" ; otherwise contact c }\nentry b \"B\" { symptom s ; action y \"Y\" }",
        dialogues: &[
            &["= ask f", "answer f=yes", "= do a/x", "failed a/x", "= do b/y", "failed b/y", "= contact c"],
            &["= ask f", "answer f=no", "= do b/y", "failed b/y", "= done"],
            &["= ask f", "unknown f", "= do b/y", "failed b/y", "= perhaps a/x", "failed a/x", "= contact c"],
        ],
    },
    Rule {
        name: "after-what-is-possible",
        about: "An action that comes after another waits until that was tried or does not apply",
        text: "fact f : yes/no { ask \"f?\" }\n\
               entry a \"A\" { symptom s ; action x \"X\" { when f } ; action y \"Y\" { after x } ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=yes", "= do a/x", "failed a/x", "= do a/y", "failed a/y", "= contact c"],
            &["answer f=no", "= do a/y", "failed a/y", "= contact c"],
            &["unknown f", "= perhaps a/x", "failed a/x", "= do a/y", "failed a/y", "= contact c"],
        ],
    },
    Rule {
        name: "after-in-a-row",
        about: "What does not apply makes nothing wait for what that would have come after",
        text: "fact f : yes/no { ask \"f?\" }\n\
               entry a \"A\" { symptom s ; action z \"Z\" { after x } ; action x \"X\" { when f ; after y } ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[&["f=no", "= do a/z", "failed a/z", "= do a/y", "failed a/y", "= contact c"]],
    },
    Rule {
        name: "alternatives",
        about: "Alternatives are done in their order, with the effects of what they are alternatives of",
        text: "fact f : yes/no { ask \"f?\" }\n\
               entry a \"A\" { symptom s\naction x \"X\" { sets f = yes\naction x1 \"X1\" { likely 1% }\naction x2 \"X2\" { likely 90% } }\n\
               action y \"Y\" { when not f ; likely 9% }\notherwise contact c }",
        dialogues: &[
            &["f=yes", "= do a/x1", "failed a/x1", "= do a/x2", "failed a/x2", "= contact c"],
            &["f=yes", "failed a/x", "= contact c"],
        ],
    },
    Rule {
        name: "finding-out",
        about: "An action that finds out three things that matter is done, and their questions follow",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nfact h : yes/no { ask \"h?\" }\n\
               entry a \"A\" { symptom s ; before b ; action look \"Look\" { finds f, g, h } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when f and g and h ; action x \"X\" }",
        dialogues: &[
            &[
                "= do a/look",
                "failed a/look",
                "= ask f",
                "answer f=yes",
                "= ask g",
                "answer g=yes",
                "= ask h",
                "answer h=yes",
                "= do b/x",
            ],
            &["failed a/look", "answer f=no", "= contact c"],
            &["f=yes", "g=yes", "h=yes", "? a certain spent, b certain", "= do b/x"],
        ],
    },
    Rule {
        name: "finding-out-too-much",
        about: "Asking for the two that matter takes less than looking for all three",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nfact h : yes/no { ask \"h?\" }\n\
               entry a \"A\" { symptom s ; before b ; action look \"Look\" { finds f, g, h } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when f and g ; action x \"X\" }",
        dialogues: &[&["= ask f", "answer f=yes", "= ask g", "answer g=yes", "= do b/x", "failed b/x", "= contact c"]],
    },
    Rule {
        name: "handing-over",
        about: "The entries of `then` that are not excluded come first, as one group, with their own conditions",
        text: "fact f : yes/no { ask \"f?\" }\n\
               entry a \"A\" { symptom s ; action x \"X\" { then e, g } ; action y \"Y\" ; otherwise contact c }\n\
               entry e \"E\" { symptom t ; when f ; action z \"Z\" ; otherwise contact d }\n\
               entry g \"G\" { symptom t ; when not f ; action w \"W\" { then a } }\nsymptom t \"T\"",
        dialogues: &[
            &[
                "= do a/x",
                "failed a/x",
                "? a certain, e possible, g possible",
                "= ask f",
                "answer f=yes",
                "= do e/z",
                "failed e/z",
                "= do a/y",
                "failed a/y",
                "= contact d",
            ],
            &["failed a/x", "answer f=no", "= do g/w", "failed g/w", "= do a/y", "failed a/y", "= contact c"],
            &["f=no", "failed a/x", "? g certain, a certain", "= do g/w"],
        ],
    },
    Rule {
        name: "otherwise",
        about: "When nothing is left, the first `otherwise` that leads on; an entry is put in play",
        text: "entry a \"A\" { symptom s ; action x \"X\" ; otherwise e }\nentry b \"B\" { symptom s ; action y \"Y\" ; otherwise contact c }\n\
               entry e \"E\" { symptom t ; action z \"Z\" ; otherwise contact d }\nsymptom t \"T\"",
        dialogues: &[&[
            "failed a/x",
            "failed b/y",
            "? e certain, a certain spent, b certain spent",
            "= do e/z",
            "failed e/z",
            "= contact d",
            "went to d",
            "= contact c",
            "went to c",
            "= done",
        ]],
    },
    Rule {
        name: "otherwise-without-actions",
        about: "An entry that offers nothing has an `otherwise` all the same",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; otherwise contact d }\n\
               entry b \"B\" { symptom s ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[
            &["= do b/y", "failed b/y", "= ask f", "answer f=yes", "? a certain, b certain spent", "= contact d"],
            &["failed b/y", "answer f=no", "= contact c"],
        ],
    },
    Rule {
        name: "otherwise-and-a-question",
        about: "Of an entry with nothing left that is possible, it is asked whether it applies before its `otherwise` is followed",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; contact d ; otherwise e }\n\
               entry b \"B\" { symptom s ; action y \"Y\" ; otherwise contact c }\nentry e \"E\" { symptom t ; action z \"Z\" }\nsymptom t \"T\"",
        dialogues: &[
            &["went to d", "failed b/y", "= ask f", "answer f=yes", "= do e/z", "failed e/z", "= contact c"],
            &["went to d", "failed b/y", "answer f=no", "= contact c"],
            &["went to d", "failed b/y", "unknown f", "= do e/z"],
        ],
    },
    Rule {
        name: "not-knowing-a-contact",
        about: "Who does not know is sent to the contact that the question names, once",
        text: "fact f : yes/no { ask \"f?\" ; if unknown contact d }\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" ; otherwise contact c }",
        dialogues: &[&[
            "= ask f",
            "unknown f",
            "= contact d",
            "went to d",
            "= perhaps a/x",
            "failed a/x",
            "= contact c",
        ]],
    },
    Rule {
        name: "not-knowing-an-assumption",
        about: "What is assumed is taken for the answer",
        text: "fact f : yes/no { ask \"f?\" ; if unknown = yes }\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" ; otherwise contact c }",
        dialogues: &[&["= ask f", "unknown f", "? a certain", "= do a/x", "failed a/x", "= contact c"]],
    },
    Rule {
        name: "not-knowing-a-contradiction",
        about: "An assumption that would contradict what is known is not made",
        text: "fact f : yes/no { ask \"f?\" ; if unknown = yes }\nfact g : yes/no { ask \"g?\" }\nassume f implies g\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" ; otherwise contact c }",
        dialogues: &[&["g=no", "unknown f", "? ", "= done"], &["g=yes", "unknown f", "? a certain", "= do a/x"]],
    },
    Rule {
        name: "not-knowing-an-entry",
        about: "The entry that a question names comes first",
        text: "fact f : yes/no { ask \"f?\" ; if unknown entry e }\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" ; otherwise contact c }\nentry e \"E\" { symptom t ; action z \"Z\" }\nsymptom t \"T\"",
        dialogues: &[&[
            "= ask f",
            "unknown f",
            "? e certain, a possible",
            "= do e/z",
            "failed e/z",
            "= perhaps a/x",
            "failed a/x",
            "= contact c",
        ]],
    },
    Rule {
        name: "contact-of-an-entry",
        about: "A contact that an entry offers comes in its place",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; contact d }\n\
               entry b \"B\" { symptom s ; when not f ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=yes", "= contact d", "went to d", "? a certain spent"],
            &["answer f=no", "= do b/y", "failed b/y", "= contact c"],
        ],
    },
    Rule {
        name: "nothing-to-do",
        about: "An entry with nothing to do is asked about, shown, and spent once it is read",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; note It is known. ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=yes", "? a certain", "= contact c", "read a", "? a certain spent"],
            &["f=no", "? ", "= done"],
        ],
    },
    Rule {
        name: "only-when",
        about: "A question that may make no sense comes after the one that decides that",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { only when f ; ask \"g?\" }\n\
               entry a \"A\" { symptom s ; when g ; action x \"X\" ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when not g ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=yes", "= ask g", "answer g=yes", "= do a/x", "failed a/x", "= contact c"],
            &["answer f=no", "= do b/y", "failed b/y", "= contact c"],
            &["unknown f", "= ask g", "answer g=yes", "= do a/x"],
        ],
    },
    Rule {
        name: "effects",
        about: "An action reopens what it puts in doubt, and makes so what it sets",
        text: "fact n : number 1..9 { ask \"n?\" }\n\
               entry a \"A\" { symptom s ; when n = 1 ; action x \"X\" { recheck n } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when n >= 5 ; action y \"Y\" { sets n = 1 } }",
        dialogues: &[&[
            "n=1",
            "= do a/x",
            "failed a/x",
            "= ask n",
            "answer n=7",
            "? b certain",
            "= do b/y",
            "failed b/y",
            "? a certain spent",
            "= contact c",
        ]],
    },
    Rule {
        name: "effects-that-clash",
        about: "What was answered before and does not fit an effect is open again",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nassume f implies g\n\
               entry a \"A\" { symptom s ; action x \"X\" { sets f = yes } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when not g ; action y \"Y\" { likely 1% } }",
        dialogues: &[&["answer g=no", "= do a/x", "failed a/x", "? a certain spent", "= contact c"]],
    },
    Rule {
        name: "passing-over",
        about: "What the reader cannot do is used up, and neither its effects nor what it finds out nor where it leads come about",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" { sets f = no ; finds g ; then z } ; action y \"Y\" ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when not f ; action w \"W\" }\nentry z \"Z\" { symptom t ; action v \"V\" }\nsymptom t \"T\"",
        dialogues: &[
            &[
                "answer f=yes",
                "= do a/x",
                "cannot a/x",
                "? a certain",
                "= do a/y",
                "cannot a/y",
                "? a certain spent",
                "= contact c",
            ],
            &["answer f=yes", "= do a/x", "failed a/x", "? z certain, b certain", "= do z/v"],
        ],
    },
    Rule {
        name: "passing-over-alternatives",
        about: "An alternative that the reader cannot do leaves the others; who cannot do the action itself can do none of them",
        text: "entry a \"A\" { symptom s ; action x \"X\" { action p \"P\" ; action q \"Q\" } ; otherwise contact c }",
        dialogues: &[
            &["= do a/p", "cannot a/p", "= do a/q", "cannot a/q", "= contact c"],
            &["cannot a/x", "= contact c"],
        ],
    },
    Rule {
        name: "taking-back",
        about: "Answers that cannot be true together are shown, and one of them is taken back",
        text: "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nassume f implies g\n\
               entry a \"A\" { symptom s ; when f ; action x \"X\" }\nentry b \"B\" { symptom s ; when not f ; action y \"Y\" }",
        dialogues: &[&["f=yes", "g=no", "= contradiction f g", "? ", "take back f", "? b certain", "= do b/y"]],
    },
    Rule {
        name: "several-answers",
        about: "A question of which several values may be chosen settles a fact for each",
        text: "fact f : any of {p q} { ask \"f?\" }\n\
               entry a \"A\" { symptom s ; when f has p ; action x \"X\" }\nentry b \"B\" { symptom s ; when f has q ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=p", "= do a/x", "failed a/x", "= done"],
            &["answer f=p, q", "= do a/x", "failed a/x", "= do b/y", "failed b/y", "= contact c"],
            &["answer f=none", "? ", "= done"],
        ],
    },
    Rule {
        name: "fallback",
        about: "A fallback without a condition is certain exactly when all others are excluded",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; action x \"X\" }\nentry z \"Z\" { symptom s ; fallback ; contact d }",
        dialogues: &[
            &["? a possible, z possible", "= ask f", "answer f=yes", "? a certain", "= do a/x"],
            &["answer f=no", "? z certain", "= contact d"],
        ],
    },
    Rule {
        name: "overriding",
        about: "An entry does not apply where one that overrides it does",
        text: "fact f : yes/no { ask \"f?\" }\nentry a \"A\" { symptom s ; when f ; overrides b ; action x \"X\" }\n\
               entry b \"B\" { symptom s ; action y \"Y\" ; otherwise contact c }",
        dialogues: &[
            &["= ask f", "answer f=yes", "? a certain", "= do a/x", "failed a/x", "= done"],
            &["answer f=no", "? b certain", "= do b/y", "failed b/y", "= contact c"],
        ],
    },
    Rule {
        name: "dear-questions",
        about: "A question is not asked when trying everything takes less",
        text: "fact f : yes/no { ask \"f?\" ; takes 3h }\n\
               entry a \"A\" { symptom s ; action x \"X\" { likely 90% ; takes 1min } ; otherwise contact c }\n\
               entry b \"B\" { symptom s ; when f ; action y \"Y\" { likely 90% ; takes 1min } }",
        dialogues: &[&["= do a/x", "failed a/x", "= ask f", "answer f=yes", "= do b/y"]],
    },
    Rule {
        name: "cheap-questions",
        about: "The example of docs/table.md: asking for half a minute is worth it",
        text: "fact f : yes/no { ask \"f?\" ; takes 30s }\n\
               entry a \"A\" { symptom s ; action x \"X\" { likely 30% ; takes 10min } ; otherwise contact h }\n\
               entry b \"B\" { symptom s ; when f ; weight 3 ; action y \"Y\" { likely 80% ; takes 2min } }\ncontact h \"H\" { takes 1h }",
        dialogues: &[
            &["= ask f", "answer f=yes", "= do b/y", "failed b/y", "= do a/x", "failed a/x", "= contact h"],
            &["= ask f", "answer f=no", "= do a/x", "failed a/x", "= contact h"],
        ],
    },
];
