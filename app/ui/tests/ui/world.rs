//! Models to show, and a harness that collects commands.

use egui_kittest::Harness;
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::{Filter, Picture, Ui};

/// What a test looks at.
pub struct State {
    pub ui: Option<Ui>,
    pub model: Model,
    pub picture: Fake,
    pub commands: Vec<Command>,
}

/// A picture of coloured fields.
#[derive(Default)]
pub struct Fake {
    pub size: Option<[u32; 2]>,
    pub last: std::cell::Cell<Option<(egui::Rect, Filter)>>,
}

impl Picture for Fake {
    fn size(&self) -> Option<[u32; 2]> {
        self.size
    }

    fn shape(&self, rect: egui::Rect, filter: Filter) -> egui::Shape {
        self.last.set(Some((rect, filter)));
        let colour = |r, g, b| egui::Color32::from_rgb(r, g, b);
        let part = |x0: f32, y0: f32, x1: f32, y1: f32, c| {
            let at = |x: f32, y: f32| rect.min + egui::vec2(x, y) * rect.size();
            egui::Shape::rect_filled(egui::Rect::from_min_max(at(x0, y0), at(x1, y1)), 0.0, c)
        };
        egui::Shape::Vec(vec![
            part(0.0, 0.0, 1.0, 1.0, colour(52, 92, 140)),
            part(0.0, 0.0, 1.0, 0.05, colour(24, 28, 38)),
            part(0.06, 0.2, 0.5, 0.8, colour(250, 250, 248)),
            part(0.55, 0.15, 0.95, 0.55, colour(20, 23, 31)),
        ])
    }
}

pub fn harness(model: Model, size: [f32; 2]) -> Harness<'static, State> {
    scaled(model, size, 1.0)
}

pub fn scaled(model: Model, size: [f32; 2], pixels_per_point: f32) -> Harness<'static, State> {
    let picture = Fake {
        size: model.viewer.as_ref().and_then(|v| v.size).map(|(w, h)| [w.into(), h.into()]),
        ..Fake::default()
    };
    let state = State { ui: None, model, picture, commands: Vec::new() };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_max_steps(20)
        .wgpu()
        .build_ui_state(
            |ui, state: &mut State| {
                let ctx = ui.ctx().clone();
                let own = state.ui.get_or_insert_with(|| Ui::new(&ctx));
                own.show(ui, &state.model, &state.picture, &mut state.commands);
            },
            state,
        );
    harness.run_steps(4);
    harness
}

pub fn problem(what: &str, next: &str) -> Problem {
    Problem { what: what.into(), next: next.into() }
}

pub fn signed_out(form: SignIn) -> Model {
    Model { account: Account::SignedOut(form), ..Model::default() }
}

pub fn form() -> SignIn {
    SignIn { server: "api.multiclaw.io".into(), ..SignIn::default() }
}

pub fn signed_in(desktops: Desktops) -> Model {
    Model {
        account: Account::SignedIn(Person {
            id: "u-ada".into(),
            workspaces: vec![
                WorkspaceChoice {
                    id: "w-1".into(),
                    name: "Analytical Engines".into(),
                    current: true,
                },
                WorkspaceChoice { id: "w-2".into(), name: "Bletchley".into(), current: false },
            ],
            name: "Ada Lovelace".into(),
            email: "ada@example.com".into(),
            workspace: "Analytical Engines".into(),
            role: Role::Owner,
        }),
        cloud: CloudLink::Online,
        desktops,
        ..Model::default()
    }
}

pub fn desktop(name: &str, state: DesktopState) -> Desktop {
    Desktop {
        id: DesktopId(format!("d-{name}")),
        name: name.into(),
        state,
        viewers: u32::from(name == "build-box"),
        last_seen: if state == DesktopState::Offline { "14:03".into() } else { String::new() },
    }
}

pub fn three() -> Desktops {
    Desktops::Ready(vec![
        desktop("build-box", DesktopState::Online),
        desktop("design-box", DesktopState::Starting),
        desktop("old-box", DesktopState::Offline),
    ])
}

pub fn viewing(state: ViewerState) -> Model {
    let mut model = signed_in(three());
    let lost = matches!(state, ViewerState::Lost { .. } | ViewerState::Unstable);
    model.viewer = Some(Viewer {
        desktop: DesktopId("d-build-box".into()),
        name: "build-box".into(),
        state,
        size: Some((1280, 720)),
        stale: lost.then(|| Stale { at: "14:03:22".into(), seconds: 12 }),
        cursor: Cursor::default(),
        view_only: false,
        stats: None,
    });
    model
}

pub fn live() -> Model {
    viewing(ViewerState::Live { path: PathKind::Direct })
}

pub fn lost() -> Model {
    viewing(ViewerState::Lost {
        problem: problem("The connection to build-box was lost.", "Check the network."),
        retry: Retry::In { seconds: 5, attempt: 2 },
    })
}

pub fn figures() -> Stats {
    Stats {
        fps_received: 30.0,
        fps_decoded: 30.0,
        fps_shown: 30.0,
        decode_ms_p50: 2.1,
        decode_ms_p99: 4.0,
        upload_ms_p50: 0.4,
        age_ms_p50: 8.0,
        age_ms_p99: 19.0,
        bytes_per_s: 1_240_000.0,
        rtt_ms: 4.2,
        dropped: 3,
        bad: 1,
        path: PathKind::Direct,
    }
}
