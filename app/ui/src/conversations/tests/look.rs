//! Pictures.

use super::*;
use egui_kittest::kittest::Queryable;

fn odd() -> Vec<Arc<Message>> {
    let line = "word ".repeat(9_000);
    vec![
        said(6, Speaker::Agent, "Analyst", "18 Nov, 09:13", &line),
        said(7, Speaker::Person, "", "18 Nov, 09:13", &line),
        said(1, Speaker::Person, "", "19 Nov, 10:00", "שלום עולם, مرحبا بالعالم"),
        said(
            2,
            Speaker::Agent,
            "Analyst",
            "19 Nov, 10:01",
            "漢字とカナ, 한국어, emoji 🎉 and `a span that is rather long so that it wraps around at the end of the line, as it must` here.",
        ),
        said(3, Speaker::Person, "", "20 Nov, 10:00", &"unbroken".repeat(60)),
        said(
            4,
            Speaker::Agent,
            "Analyst",
            "20 Nov, 10:00",
            "https://example.com/a/very/long/address/that/does/not/fit/on/one/line/because/it/has/so/many/parts/and/goes/on?and=on&with=parameters#too\n\n```\nfn main() {\n    println!(\"a line of code that is much longer than the column is wide, and so has to be wrapped\");\n}\n```",
        ),
        said(5, Speaker::Person, "", "09:12", "Look:\n```\nlet x = 1;\n```\nok?"),
    ]
}

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
    shot("tall_light", model(Some(thread(chat()))), [1000.0, 1300.0], 1.0, false);
    shot("odd_dark", model(Some(thread(odd()))), [1000.0, 1100.0], 1.0, true);
    let mut found = model(Some(thread(chat())));
    found.conversations.search = Some(Search {
        text: "region".into(),
        busy: false,
        hits: Arc::new(vec![Hit {
            conversation: "c-1".into(),
            title: "Quarterly figures by region".into(),
            excerpt: "…like to understand how the regions are grouped, because".into(),
            when: "14:03".into(),
        }]),
    });
    let mut h = scaled(found, [1000.0, 700.0], 1.0);
    h.get_by_label("Search conversations").focus();
    h.run_steps(2);
    h.event(egui::Event::Text("region".into()));
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::F);
    h.run_steps(3);
    h.event(egui::Event::Text("region".into()));
    h.run_steps(4);
    h.render().unwrap().save(format!("{folder}/find_light.png")).unwrap();
    h.get_by_label("More actions").click();
    h.run_steps(3);
    h.render().unwrap().save(format!("{folder}/menu_light.png")).unwrap();
    h.get_by_label("Delete…").click();
    h.run_steps(3);
    h.render().unwrap().save(format!("{folder}/delete_light.png")).unwrap();
    let mut h = scaled(model(Some(thread(many(300)))), [1000.0, 700.0], 1.0);
    h.hover_at(egui::pos2(700.0, 300.0));
    for _ in 0..20 {
        h.event(wheel(120.0));
        h.run_steps(2);
    }
    let mut more = many(300);
    more.push(said(900, Speaker::Agent, "Analyst", "14:31", "Done."));
    h.state_mut().model.conversations.open.as_mut().unwrap().messages = Arc::new(more);
    h.run_steps(3);
    h.render().unwrap().save(format!("{folder}/pill_light.png")).unwrap();
    let mut bad = thread(Vec::new());
    bad.problem = Some(Problem {
        what: "The messages could not be loaded.".into(),
        next: "Check the network and try again.".into(),
    });
    shot("problem_light", model(Some(bad)), [1000.0, 500.0], 1.0, false);
    let mut reader = thread(chat());
    reader.writable = false;
    reader.id = "c-3".into();
    shot("reader_dark", model(Some(reader)), [900.0, 500.0], 1.0, true);
}
