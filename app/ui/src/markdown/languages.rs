//! What the highlighter knows of each language.

/// How a text in quotes is written.
#[derive(Debug)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// A backslash keeps the next character from ending it.
    pub escapes: bool,
    /// It may go over several lines.
    pub lines: bool,
}

/// What kind of language it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Names in capitals are types or constants.
    Code,
    /// Keys and values.
    Keys,
    /// Tags.
    Markup,
    /// Lines that came and went.
    Changes,
}

/// A language.
#[derive(Debug)]
pub(super) struct Language {
    /// As they are written behind a fence.
    names: &'static [&'static str],
    pub manner: Manner,
    /// What begins a comment to the end of the line.
    pub lines: &'static [&'static str],
    /// What a comment stands between.
    pub block: Option<(&'static str, &'static str)>,
    pub texts: &'static [Quote],
    pub keywords: &'static [&'static str],
    /// Keywords are written in any case.
    pub any_case: bool,
    /// A single quote may begin a name.
    pub lifetimes: bool,
    /// A word may have dashes inside.
    pub dashes: bool,
}

const fn quote(mark: &'static str, escapes: bool, lines: bool) -> Quote {
    Quote { open: mark, close: mark, escapes, lines }
}

const DOUBLE: Quote = quote("\"", true, false);
const SINGLE: Quote = quote("'", true, false);

const PLAIN: Language = Language {
    names: &[],
    manner: Manner::Code,
    lines: &["//"],
    block: Some(("/*", "*/")),
    texts: &[DOUBLE, SINGLE],
    keywords: &[],
    any_case: false,
    lifetimes: false,
    dashes: false,
};

/// The language of this name, if it is known.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    ALL.iter().find(|l| l.names.iter().any(|n| n.eq_ignore_ascii_case(name)))
}

#[rustfmt::skip]
static ALL: &[Language] = &[
    Language {
        names: &["rust", "rs"],
        texts: &[
            Quote { open: "r#\"", close: "\"#", escapes: false, lines: true },
            quote("\"", true, true),
            SINGLE,
        ],
        keywords: &[
            "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
            "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod",
            "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super",
            "trait", "true", "type", "unsafe", "use", "where", "while", "bool", "char", "f32",
            "f64", "i8", "i16", "i32", "i64", "isize", "str", "u8", "u16", "u32", "u64", "usize",
        ],
        lifetimes: true,
        ..PLAIN
    },
    Language {
        names: &["js", "javascript", "jsx", "ts", "typescript", "tsx", "mjs", "cjs", "node"],
        texts: &[DOUBLE, SINGLE, quote("`", true, true)],
        keywords: &[
            "abstract", "any", "as", "async", "await", "boolean", "break", "case", "catch", "class",
            "const", "continue", "debugger", "declare", "default", "delete", "do", "else", "enum",
            "export", "extends", "false", "finally", "for", "from", "function", "get", "if",
            "implements", "import", "in", "instanceof", "interface", "keyof", "let", "namespace",
            "new", "null", "number", "of", "private", "protected", "public", "readonly", "return",
            "set", "static", "string", "super", "switch", "this", "throw", "true", "try", "type",
            "typeof", "undefined", "unknown", "var", "void", "while", "yield",
        ],
        ..PLAIN
    },
    Language {
        names: &["py", "python", "python3"],
        lines: &["#"],
        block: None,
        texts: &[quote("\"\"\"", true, true), quote("'''", true, true), DOUBLE, SINGLE],
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def",
            "del", "elif", "else", "except", "False", "finally", "for", "from", "global", "if",
            "import", "in", "is", "lambda", "match", "None", "nonlocal", "not", "or", "pass",
            "raise", "return", "self", "True", "try", "while", "with", "yield",
        ],
        ..PLAIN
    },
    Language {
        names: &["go", "golang"],
        texts: &[DOUBLE, SINGLE, quote("`", false, true)],
        keywords: &[
            "any", "bool", "break", "byte", "case", "chan", "const", "continue", "default", "defer",
            "else", "error", "fallthrough", "false", "float64", "for", "func", "go", "goto", "if",
            "import", "int", "int64", "interface", "map", "nil", "package", "range", "return",
            "rune", "select", "string", "struct", "switch", "true", "type", "uint", "var",
        ],
        ..PLAIN
    },
    Language {
        names: &["c", "h", "cpp", "c++", "cc", "hpp", "cxx", "objc", "cs", "csharp", "c#"],
        keywords: &[
            "alignas", "async", "auto", "await", "bool", "break", "case", "catch", "char", "class",
            "const", "constexpr", "continue", "default", "define", "delete", "do", "double", "else",
            "endif", "enum", "explicit", "extern", "false", "final", "float", "for", "foreach",
            "friend", "goto", "if", "ifdef", "ifndef", "include", "inline", "int", "internal",
            "long", "mutable", "namespace", "new", "noexcept", "null", "nullptr", "operator",
            "override", "pragma", "private", "protected", "public", "return", "short", "signed",
            "sizeof", "static", "struct", "switch", "template", "this", "throw", "true", "try",
            "typedef", "typename", "union", "unsigned", "using", "var", "virtual", "void",
            "volatile", "while",
        ],
        ..PLAIN
    },
    Language {
        names: &["java", "kotlin", "kt", "swift", "scala", "dart"],
        keywords: &[
            "abstract", "as", "boolean", "break", "byte", "case", "catch", "char", "class", "const",
            "continue", "data", "default", "do", "double", "else", "enum", "extends", "false",
            "final", "finally", "float", "for", "fun", "func", "guard", "if", "implements",
            "import", "in", "init", "instanceof", "int", "interface", "is", "let", "long", "new",
            "nil", "null", "object", "override", "package", "private", "protected", "protocol",
            "public", "record", "return", "self", "short", "static", "struct", "super", "switch",
            "synchronized", "this", "throw", "throws", "true", "try", "val", "var", "void",
            "volatile", "when", "while",
        ],
        ..PLAIN
    },
    Language {
        names: &[
            "sh",
            "bash",
            "zsh",
            "shell",
            "console",
            "fish",
            "dockerfile",
            "docker",
            "make",
            "makefile",
        ],
        lines: &["#"],
        block: None,
        texts: &[quote("\"", true, true), quote("'", false, true)],
        keywords: &[
            "alias", "case", "cd", "do", "done", "echo", "elif", "else", "esac", "eval", "exec",
            "exit", "export", "fi", "for", "function", "if", "in", "local", "read", "return", "set",
            "shift", "source", "sudo", "then", "trap", "unset", "until", "while", "FROM", "RUN",
            "COPY", "WORKDIR", "CMD", "ENV", "ENTRYPOINT", "EXPOSE",
        ],
        dashes: true,
        ..PLAIN
    },
    Language {
        names: &["json", "json5", "jsonc", "jsonl"],
        manner: Manner::Keys,
        keywords: &["true", "false", "null"],
        ..PLAIN
    },
    Language {
        names: &["yaml", "yml", "toml", "ini", "conf", "properties", "env"],
        manner: Manner::Keys,
        lines: &["#"],
        block: None,
        texts: &[quote("\"\"\"", true, true), DOUBLE, SINGLE],
        keywords: &["true", "false", "null", "yes", "no", "on", "off"],
        dashes: true,
        ..PLAIN
    },
    Language {
        names: &["html", "xml", "svg", "vue", "xhtml"],
        manner: Manner::Markup,
        lines: &[],
        block: Some(("<!--", "-->")),
        texts: &[quote("\"", false, true), quote("'", false, true)],
        dashes: true,
        ..PLAIN
    },
    Language {
        names: &["css", "scss", "less"],
        manner: Manner::Keys,
        keywords: &[
            "important", "inherit", "auto", "none", "media", "import", "solid", "flex", "grid",
        ],
        dashes: true,
        ..PLAIN
    },
    Language {
        names: &["sql", "sqlite", "postgres", "postgresql", "mysql"],
        lines: &["--"],
        texts: &[quote("'", false, true), quote("\"", false, false)],
        keywords: &[
            "add", "all", "alter", "and", "as", "asc", "begin", "between", "by", "case", "check",
            "column", "commit", "constraint", "create", "default", "delete", "desc", "distinct",
            "drop", "else", "end", "exists", "explain", "foreign", "from", "full", "group",
            "having", "if", "in", "index", "inner", "insert", "integer", "into", "is", "join",
            "key", "left", "like", "limit", "not", "null", "offset", "on", "or", "order", "outer",
            "primary", "references", "returning", "right", "rollback", "select", "set", "table",
            "text", "then", "transaction", "union", "unique", "update", "using", "values",
            "varchar", "view", "when", "where", "with",
        ],
        any_case: true,
        ..PLAIN
    },
    Language {
        names: &["rb", "ruby", "elixir", "ex", "lua", "perl", "pl", "r", "php"],
        lines: &["#", "--", "//"],
        block: None,
        keywords: &[
            "and", "begin", "break", "case", "class", "def", "defmodule", "do", "echo", "else",
            "elseif", "elsif", "end", "ensure", "false", "fn", "for", "function", "if", "in",
            "local", "module", "my", "new", "nil", "not", "null", "or", "private", "public",
            "repeat", "require", "rescue", "return", "self", "sub", "then", "true", "unless",
            "until", "use", "when", "while", "yield",
        ],
        ..PLAIN
    },
    Language { names: &["diff", "patch"], manner: Manner::Changes, ..PLAIN },
];
