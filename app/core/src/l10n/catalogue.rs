//! All sentences of one language, read when the first is asked for.

use super::{Language, files};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::HashMap;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Sentences without values, made once.
    plain: HashMap<&'static str, &'static str>,
}

/// The sentences of a language.
pub(super) fn of(language: Language) -> &'static Catalogue {
    static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
    static HEBREW: OnceLock<Catalogue> = OnceLock::new();
    static CHINESE: OnceLock<Catalogue> = OnceLock::new();
    let (slot, files) = match language {
        Language::English => (&ENGLISH, &files::ENGLISH),
        Language::Hebrew => (&HEBREW, &files::HEBREW),
        Language::Chinese => (&CHINESE, &files::CHINESE),
    };
    slot.get_or_init(|| Catalogue::new(language, files))
}

impl Catalogue {
    fn new(language: Language, files: &'static [&'static str]) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // No marks around values: sentences are also cut, compared and read aloud, and names in
        // Latin letters keep their place in Hebrew without them.
        bundle.set_use_isolating(false);
        for file in files {
            // What is wrong in a file is left out, and a test finds it.
            let resource = FluentResource::try_new((*file).to_owned());
            let resource = resource.unwrap_or_else(|(rest, _)| rest);
            bundle.add_resource_overriding(resource);
        }
        let mut plain = HashMap::new();
        for id in files.iter().flat_map(|file| ids(file)) {
            let pattern = bundle.get_message(id).and_then(|message| message.value());
            let Some(pattern) = pattern else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors);
            // One that needs values gives an error here.
            if errors.is_empty() {
                // Each sentence once in the life of the program: this is no leak.
                plain.insert(id, &*Box::leak(text.into_owned().into_boxed_str()));
            }
        }
        Self { bundle, plain }
    }

    pub(super) fn text(&self, id: &str) -> Option<&'static str> {
        self.plain.get(id).copied()
    }

    pub(super) fn sentence(&self, id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(values), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

/// The ids a file defines: what begins a line and stands before `=`.
pub(super) fn ids(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter_map(|line| {
        let (id, _) = line.split_once('=')?;
        let starts = line.starts_with(|first: char| first.is_ascii_lowercase());
        starts.then(|| id.trim_end())
    })
}
