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

            /// What `faqc explain` says of it, in both languages: Markdown.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/errors/", $code, ".md"))),*
                }
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
    OtherEncoding = "F0002" "other-encoding" Error;
    ConfigSyntax = "F0003" "config-syntax" Error;
    ConfigUnknownKey = "F0004" "config-unknown-key" Error;
    ConfigValue = "F0005" "config-value" Error;
    NoEntries = "F0006" "no-entries" Warning;
    MissingTitle = "F0007" "missing-title" Error;
    NullBytes = "F0008" "null-bytes" Error;
    UnknownLint = "F0009" "unknown-lint" Error;
    FixedLevel = "F0010" "fixed-level" Error;
    IgnoredFile = "F0011" "ignored-file" Warning;
    WordRules = "F0012" "word-rules" Error;
    WordRuleSpec = "F0013" "word-rule-spec" Warning;

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
    TextAfterArgument = "F0129" "text-after-argument" Error;
    UnreadReference = "F0130" "unread-reference" Warning;
    OpenBracket = "F0131" "open-bracket" Warning;
    AlternativeNumber = "F0132" "alternative-number" Warning;
    UnquotedValue = "F0133" "unquoted-value" Warning;
    MixedConnectives = "F0134" "mixed-connectives" Warning;

    // F02: names and references
    UnknownName = "F0201" "unknown-name" Error;
    WrongKind = "F0202" "wrong-kind" Error;
    UnknownReference = "F0203" "unknown-reference" Error;
    AmbiguousName = "F0204" "ambiguous-name" Error;
    DuplicateName = "F0206" "duplicate-name" Error;
    DuplicateNumber = "F0207" "duplicate-number" Error;
    FormerNameTaken = "F0208" "former-name-taken" Error;
    FormerName = "F0209" "former-name" Hint;
    UnknownNumber = "F0210" "unknown-number" Error;
    DescendingRange = "F0211" "descending-range" Error;
    WideRange = "F0212" "wide-range" Error;
    OneEntryOnly = "F0213" "one-entry-only" Error;
    UnknownSection = "F0214" "unknown-section" Error;
    DuplicateSection = "F0215" "duplicate-section" Error;
    UnknownAction = "F0216" "unknown-action" Error;
    DuplicateAction = "F0217" "duplicate-action" Error;
    ActionOfWhich = "F0218" "action-of-which" Error;
    MissingText = "F0219" "missing-text" Error;
    EmptyEntry = "F0220" "empty-entry" Error;
    SelfReference = "F0222" "self-reference" Warning;
    SymptomNearMiss = "F0223" "symptom-near-miss" Warning;
    CategoryNearMiss = "F0224" "category-near-miss" Warning;
    DecidedTwice = "F0225" "decided-twice" Error;
    DecidesNoList = "F0226" "decides-no-list" Error;
    EmptyName = "F0227" "empty-name" Error;
    ValuesOfNoList = "F0228" "values-of-no-list" Error;
    TestWithoutExpect = "F0229" "test-without-expect" Warning;
    LastColumn = "F0230" "last-column" Error;

    // F03: types and values
    OutsideValues = "F0301" "outside-values" Error;
    AmbiguousValue = "F0302" "ambiguous-value" Error;
    NoTruth = "F0303" "no-truth" Error;
    NoOrder = "F0304" "no-order" Error;
    WrongLiteral = "F0305" "wrong-literal" Error;
    TooFine = "F0306" "too-fine" Error;
    OffStep = "F0307" "off-step" Error;
    OutOfRange = "F0308" "out-of-range" Error;
    TooLarge = "F0309" "too-large" Error;
    WrongUnit = "F0310" "wrong-unit" Error;
    MixedDates = "F0311" "mixed-dates" Error;
    ListOfValues = "F0312" "list-of-values" Error;
    HasOneValue = "F0313" "has-one-value" Error;
    EmptyRange = "F0314" "empty-range" Error;
    DuplicateValue = "F0315" "duplicate-value" Error;
    NoValues = "F0316" "no-values" Error;
    BadStep = "F0317" "bad-step" Error;
    DerivedFact = "F0318" "derived-fact" Error;
    MissingCase = "F0319" "missing-case" Error;
    DuplicateCase = "F0320" "duplicate-case" Error;

    // F04: dependencies
    SameAsCycle = "F0401" "same-as-cycle" Error;
    KindOfCycle = "F0402" "kind-of-cycle" Error;
    OrderCycle = "F0403" "order-cycle" Error;
    AfterCycle = "F0404" "after-cycle" Error;
    ReuseCycle = "F0405" "reuse-cycle" Error;
    TextCycle = "F0406" "text-cycle" Error;
    DeriveCycle = "F0407" "derive-cycle" Error;
    OnlyWhenCycle = "F0408" "only-when-cycle" Error;
    FindingCycle = "F0409" "finding-cycle" Error;
    NoQuestion = "F0410" "no-question" Warning;
    TooMuchReuse = "F0411" "too-much-reuse" Error;
    TooMuchText = "F0412" "too-much-text" Error;

    // F05: lints
    UnusedFact = "F0501" "unused-fact" Warning;
    UnusedDocument = "F0502" "unused-document" Warning;
    UnusedSection = "F0503" "unused-section" Warning;
    UnusedLink = "F0504" "unused-link" Warning;
    UnusedContact = "F0505" "unused-contact" Warning;
    UnusedTerm = "F0506" "unused-term" Warning;
    UnusedText = "F0507" "unused-text" Warning;
    SymptomWithoutEntries = "F0508" "symptom-without-entries" Warning;
    IsolatedEntry = "F0509" "isolated-entry" Warning;
    EmptyAction = "F0510" "empty-action" Warning;
    AvoidedWord = "F0511" "avoided-word" Warning;
    SpellingVariants = "F0512" "spelling-variants" Warning;
    SeveralActions = "F0513" "several-actions" Hint;
    LongSentence = "F0514" "long-sentence" Hint;
    UndefinedAbbreviation = "F0515" "undefined-abbreviation" Warning;
    ReviewDue = "F0516" "review-due" Warning;
    InsecureLink = "F0517" "insecure-link" Warning;
    BrokenLink = "F0518" "broken-link" Warning;
    UnansweredLink = "F0519" "unanswered-link" Warning;
    UntestedLink = "F0520" "untested-link" Hint;

    // F06: the inference table
    RowsExplode = "F0601" "rows-explode" Error;
    AssumptionsExplode = "F0602" "assumptions-explode" Error;
    DerivedExplodes = "F0603" "derived-explodes" Error;
    ConditionExplodes = "F0604" "condition-explodes" Error;

    // F07: proofs
    ContradictoryAssumptions = "F0700" "contradictory-assumptions" Error;
    Gap = "F0701" "gap" Warning;
    Overlap = "F0702" "overlap" Warning;
    DeadEntry = "F0703" "dead-entry" Warning;
    DeadAction = "F0704" "dead-action" Warning;
    DeadEnd = "F0705" "dead-end" Warning;
    EndlessLoop = "F0706" "endless-loop" Warning;
    EqualMessages = "F0707" "equal-messages" Error;
    ContainedMessage = "F0708" "contained-message" Hint;
    CommonFirstSentence = "F0709" "common-first-sentence" Hint;
    IdleFact = "F0710" "idle-fact" Warning;
    ImpossibleValue = "F0711" "impossible-value" Warning;
    ConstantCondition = "F0712" "constant-condition" Warning;
    TableGap = "F0713" "table-gap" Warning;
    TableOverlap = "F0714" "table-overlap" Error;
    DeadRow = "F0715" "dead-row" Warning;
    Undecided = "F0719" "undecided" Warning;

    // F08: exceptions, and tests in the knowledge base
    UnusedException = "F0801" "unused-exception" Warning;
    ExceptionWithoutReason = "F0802" "exception-without-reason" Error;
    ExceptionToError = "F0803" "exception-to-error" Error;
    TestFailed = "F0810" "test-failed" Error;
    TestContradiction = "F0811" "test-contradiction" Error;
    TestNeedsToday = "F0812" "test-needs-today" Error;
    TestWithoutSymptom = "F0813" "test-without-symptom" Error;
    TestMessage = "F0814" "test-message" Error;

    // F09: what keeps a command from running
    NoSuchPath = "F0901" "no-such-path" Error;
    NoConfig = "F0902" "no-config" Error;
    CannotRead = "F0903" "cannot-read" Error;
    FileTooLarge = "F0904" "file-too-large" Error;
    CannotWrite = "F0905" "cannot-write" Error;
    FolderNotEmpty = "F0906" "folder-not-empty" Error;
    UnknownCode = "F0907" "unknown-code" Error;
    NotAFile = "F0908" "not-a-file" Error;
    ForeignFile = "F0909" "foreign-file" Error;
    NotAKnowledgeBase = "F0910" "not-a-knowledge-base" Error;
    UnknownNode = "F0911" "unknown-node" Error;
    AmbiguousNode = "F0912" "ambiguous-node" Error;
    CommandLine = "F0913" "command-line" Error;
    NotAnAnswer = "F0920" "not-an-answer" Error;
    NoSymptomFound = "F0921" "no-symptom-found" Error;
    ContradictoryFacts = "F0922" "contradictory-facts" Error;
    NotOfSymptom = "F0923" "not-of-symptom" Error;
    DerivedGiven = "F0924" "derived-given" Error;
    BadTable = "F0925" "bad-table" Error;
    NoSuchTest = "F0930" "no-such-test" Error;
    GitMissing = "F0940" "git-missing" Error;
    NotInGit = "F0941" "not-in-git" Error;
    UnknownRevision = "F0942" "unknown-revision" Error;
    NotInRevision = "F0943" "not-in-revision" Error;
    GitFailed = "F0944" "git-failed" Error;
    VersionWithErrors = "F0945" "version-with-errors" Error;
    CannotListen = "F0950" "cannot-listen" Error;
    UnreadableSheet = "F0960" "unreadable-sheet" Error;
    NoSheetHead = "F0961" "no-sheet-head" Error;
    SheetTooLarge = "F0962" "sheet-too-large" Error;
    NoWorkbook = "F0963" "no-workbook" Error;
}

impl Code {
    /// Whether its findings are about two things alike, of which it does not matter which one is named first: near misses,
    /// overlaps, and messages that are equal, begin alike or stand in each other.
    pub fn is_mutual(self) -> bool {
        matches!(self.id(), "F0223" | "F0224" | "F0702" | "F0707" | "F0708" | "F0709")
    }

    /// Whether its findings are proved, so that one may be missing where a proof was given up (`undecided`, F0719).
    pub fn is_proved(self) -> bool {
        self.id().starts_with("F07")
    }

    /// Whether its findings come and go with the day or with what servers answer, and without any change of the texts.
    pub fn is_of_the_world(self) -> bool {
        matches!(self.id(), "F0516" | "F0518" | "F0519" | "F0520")
    }

    /// Whether it says that a proof was given up.
    pub fn is_undecided(self) -> bool {
        self.id() == "F0719"
    }

    /// The code of an id (`F0123`, in any case) or of a name (`unknown-name`).
    pub fn find(written: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(written) || code.name() == written)
    }
}
