use super::{Language, files};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Ids, and the names of the values each takes.
type Sentences = BTreeMap<String, BTreeSet<String>>;

fn values_of(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                values(&variant.value, into);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => values_of(expression, into),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("not used here: {other:?}"),
    }
}

fn values(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            values_of(expression, into);
        }
    }
}

fn read(language: Language) -> Sentences {
    let files = match language {
        Language::English => &files::ENGLISH,
        Language::Hebrew => &files::HEBREW,
        Language::Chinese => &files::CHINESE,
    };
    let mut all = Sentences::new();
    for file in files {
        let resource = parser::parse(*file).unwrap_or_else(|(_, errors)| {
            panic!("{language:?}: {errors:?} in a file that begins {file:.60}")
        });
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name.to_owned();
                    let mut names = BTreeSet::new();
                    values(message.value.as_ref().expect("a sentence"), &mut names);
                    assert!(all.insert(id.clone(), names).is_none(), "{language:?}: {id} twice");
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                other => panic!("{language:?}: {other:?}"),
            }
        }
        let known = super::catalogue::ids(file).map(str::to_owned).collect::<BTreeSet<_>>();
        assert!(known.iter().all(|id| all.contains_key(id)), "{language:?}");
    }
    all
}

/// The sentence of each `tr!` in a source: the id, and the names of its values.
fn uses(source: &str, into: &mut Vec<(String, BTreeSet<String>)>) {
    // Not `include_str!(`.
    let is_ours =
        |at: &usize| !source[..*at].ends_with(|sign: char| sign == '_' || sign.is_alphanumeric());
    for at in source.match_indices("tr!(").map(|(at, _)| at).filter(is_ours) {
        let rest = &source[at + "tr!(".len()..];
        let Some((id, rest)) = rest.trim_start().strip_prefix('"').and_then(|r| r.split_once('"'))
        else {
            continue;
        };
        let (mut depth, mut names, mut word, mut quoted) = (0_usize, BTreeSet::new(), None, false);
        let mut before = ' ';
        // A name is the word after a comma of the macro's own, before `=`.
        for (at, sign) in rest.char_indices() {
            if sign == '"' && before != '\\' {
                quoted = !quoted;
            }
            before = sign;
            if quoted {
                continue;
            }
            match sign {
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 => break,
                ')' | ']' | '}' => depth -= 1,
                ',' if depth == 0 => word = Some(at + 1),
                '=' if depth == 0 => {
                    if let Some(start) = word.take() {
                        names.insert(rest[start..at].trim().to_owned());
                    }
                }
                _ => {}
            }
        }
        into.push((id.to_owned(), names));
    }
}

fn sources(folder: &Path, into: &mut Vec<(String, BTreeSet<String>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("l10n") {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            uses(&std::fs::read_to_string(&path).unwrap(), into);
        }
    }
}

fn used() -> Vec<(String, BTreeSet<String>)> {
    let mut used = Vec::new();
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "../ui/src", "../src"] {
        sources(&core.join(folder), &mut used);
    }
    assert!(used.len() > 1000, "the sources were not found");
    used
}

#[test]
fn english_has_every_sentence_that_the_program_says_and_no_other() {
    let english = read(Language::English);
    let used = used();
    for (id, names) in &used {
        let has = english.get(id).unwrap_or_else(|| panic!("no sentence {id}"));
        assert_eq!(has, names, "the values of {id}");
    }
    let used: BTreeSet<&String> = used.iter().map(|(id, _)| id).collect();
    let unused: Vec<_> = english.keys().filter(|id| !used.contains(id)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn a_translation_says_what_english_says_with_the_same_values() {
    let english = read(Language::English);
    for language in [Language::Hebrew, Language::Chinese] {
        let translated = read(language);
        for (id, names) in &translated {
            let of_english = english.get(id).unwrap_or_else(|| panic!("{language:?}: no {id}"));
            // A plural form may leave the number out; it may not ask for what is not given.
            assert!(names.is_subset(of_english), "{language:?}: the values of {id}");
            let missing: Vec<_> = of_english.difference(names).collect();
            assert!(missing.is_empty(), "{language:?}: {id} leaves out {missing:?}");
        }
        let missing: Vec<_> = english.keys().filter(|id| !translated.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{language:?}: {missing:?}");
    }
}

#[test]
fn a_sentence_takes_values_and_plural_forms_of_its_language() {
    use super::speaking;
    let count = |count| crate::tr!("desktops-count", count = count);
    assert_eq!([0, 1, 2].map(count), ["0 desktops", "1 desktop", "2 desktops"]);
    speaking(Language::Hebrew, || {
        assert_eq!(count(2), "שני שולחנות עבודה");
        assert_eq!(count(7), "7 שולחנות עבודה");
    });
    assert_eq!(count(2), "2 desktops");
}

#[test]
fn what_is_in_no_language_is_its_own_sentence() {
    assert_eq!(super::text("no-such-sentence"), "no-such-sentence");
    assert_eq!(super::sentence("no-such-sentence", [("a", 1.into())]), "no-such-sentence");
    // Values that are missing are no reason to show a sentence with holes.
    assert_eq!(super::text("desktops-count"), "desktops-count");
}

#[test]
fn a_locale_names_a_language_or_is_english() {
    for (locale, language) in [
        ("he_IL.UTF-8", Language::Hebrew),
        ("iw", Language::Hebrew),
        ("zh-Hans-CN", Language::Chinese),
        ("zh_CN.GB18030", Language::Chinese),
        ("zh_TW.UTF-8", Language::English),
        ("zh-Hant", Language::English),
        ("C", Language::English),
        ("", Language::English),
        ("hex", Language::English),
        ("en_GB", Language::English),
    ] {
        assert_eq!(Language::of_locale(locale), language, "{locale}");
    }
}
