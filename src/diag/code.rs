//! The registry of codes. Append-only: a code keeps its meaning for good.

use super::Severity;

macro_rules! codes {
    ($($variant:ident = $code:literal $name:literal $severity:ident;)*) => {
        /// A kind of finding, with a stable code (`F0123`) and a name (`unknown-name`) that lint levels go by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// `F0123`
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// `unknown-name`
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How much it matters unless a lint level says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    // F00: files and faq.toml
    NotUtf8 = "F0001" "not-utf8" Error;
    ShiftJis = "F0002" "shift-jis" Error;
    ConfigSyntax = "F0003" "config-syntax" Error;
    ConfigUnknownKey = "F0004" "config-unknown-key" Error;
    ConfigValue = "F0005" "config-value" Error;
    NoEntries = "F0006" "no-entries" Warning;

    // F01: lines and blocks
    UnknownStatement = "F0101" "unknown-statement" Error;
    MisplacedStatement = "F0102" "misplaced-statement" Error;
    MissingOpen = "F0103" "missing-open-brace" Error;
    MissingClose = "F0104" "missing-close-brace" Error;
    StrayClose = "F0105" "stray-close-brace" Error;
    AfterClose = "F0106" "text-after-close-brace" Error;
    NoBlockHere = "F0107" "no-block-here" Error;
    MissingArgument = "F0108" "missing-argument" Error;
    BadArgument = "F0109" "bad-argument" Error;
    UnfinishedArgument = "F0110" "unfinished-argument" Error;
    OpenQuote = "F0111" "open-quote" Error;
    BadReference = "F0112" "bad-reference" Error;
    OpenReference = "F0113" "open-reference" Error;
    OpenFence = "F0114" "open-fence" Error;
    UnknownLine = "F0115" "unknown-line" Error;
    MisplacedLine = "F0116" "misplaced-line" Error;
    NothingToContinue = "F0117" "nothing-to-continue" Error;
    EmptyLine = "F0118" "empty-line" Error;
    EmptyMessage = "F0119" "empty-message" Error;
    RepeatedStatement = "F0120" "repeated-statement" Error;
    ElseWithoutWhen = "F0121" "else-without-when" Error;
    RowLength = "F0122" "row-length" Error;
    NumberTooLarge = "F0123" "number-too-large" Error;
    NoSuchDate = "F0124" "no-such-date" Error;
    PercentTooLarge = "F0125" "percent-too-large" Error;
    TooDeep = "F0126" "too-deep" Error;
    UnmarkedStep = "F0127" "unmarked-step" Hint;
    UnmarkedContinuation = "F0128" "unmarked-continuation" Hint;

    // F02: names and references
    UnknownName = "F0201" "unknown-name" Error;

    // F03: types and values

    // F04: dependencies

    // F05: lints
}

impl Code {
    /// The code of an id (`F0123`, in any case) or of a name (`unknown-name`).
    pub fn find(written: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(written) || code.name() == written)
    }
}
