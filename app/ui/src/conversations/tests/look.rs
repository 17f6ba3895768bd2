//! Pictures.

use super::*;

/// Pictures for the eye; they are written where the variable says.
#[test]
fn shots() {
    let Ok(folder) = std::env::var("SHOTS") else { return };
    let shot = |name: &str, mut model: Model, size: [f32; 2], scale: f32, dark: bool| {
        model.settings.theme = if dark { Theme::Dark } else { Theme::Light };
        let mut h = scaled(model, size, scale);
        h.run_steps(3);
        h.render().unwrap().save(format!("{folder}/{name}.png")).unwrap();
    };
    shot("chat_dark", model(Some(thread(chat()))), [1200.0, 860.0], 1.0, true);
    shot("chat_light", model(Some(thread(chat()))), [1200.0, 860.0], 1.0, false);
    shot("chat_light_2x", model(Some(thread(chat()))), [900.0, 640.0], 2.0, false);
    shot("narrow_dark", model(Some(thread(chat()))), [640.0, 600.0], 1.0, true);
    shot("narrow_list", model(None), [640.0, 600.0], 1.0, false);
    shot("none_dark", model(None), [1100.0, 640.0], 1.0, true);
    let mut empty = Model::default();
    empty.conversations.list = Load::Ready(Arc::new(Vec::new()));
    shot("first_light", empty, [1100.0, 640.0], 1.0, false);
    let mut off = model(Some(thread(chat())));
    off.cloud = waiting();
    off.conversations.unsent = 1;
    shot("offline_light", off, [1100.0, 700.0], 1.0, false);
}
