//! The files of `assets/translations`, built in.

macro_rules! files {
    ($tag:literal: $($area:literal),+) => {
        [$(include_str!(concat!("../../../../assets/translations/", $tag, "/", $area, ".ftl"))),+]
    };
}

macro_rules! languages {
    ($($name:ident $tag:literal),+) => {
        $(
            pub(super) static $name: [&str; 21] = files!(
                $tag: "agents", "chat", "connections", "conversations", "desktops", "documents", "doctor", "engine", "files", "gateway", "kiosk", "network", "people", "scope", "screens", "settings", "shell", "sign-in", "tasks", "update", "viewer"
            );
        )+
    };
}

languages!(ENGLISH "en", HEBREW "he", CHINESE "zh-Hans");
