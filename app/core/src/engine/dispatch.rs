//! From a command to the part of the engine that acts on it.

use super::Engine;
use crate::command::Command;

pub(super) fn command(engine: &mut Engine, command: Command) {
    match command {
        Command::SignIn { email, password } => engine.sign_in(&email, password),
        Command::SignInWithBrowser => engine.sign_in_with_browser(),
        Command::OpenBrowser => engine.open_browser(),
        Command::AcceptInvitation { code, name, password } => {
            engine.accept_invitation(&code, &name, &password);
        }
        Command::ContinueLocally => engine.continue_locally(),
        Command::ShowSignIn => engine.show_sign_in(),
        Command::ChangePassword { ticket, current, new } => {
            engine.change_password(ticket, &current, &new);
        }
        Command::SwitchWorkspace(id) => engine.switch_workspace(id),
        Command::CancelSignIn => engine.cancel_sign_in(),
        Command::SignOut => engine.sign_out(),
        Command::ReconnectCloud => engine.account.reconnect_now(),
        other => screens(engine, other),
    }
}

fn screens(engine: &mut Engine, command: Command) {
    match command {
        Command::EnrolHere(code) => engine.enrol_here(&code),
        Command::RefreshScreens => engine.refresh_screens(),
        Command::EnrollScreen { ticket, draft } => engine.enroll_screen(ticket, draft),
        Command::DismissEnrolment => engine.dismiss_enrolment(),
        Command::RevokeScreen(screen) => engine.revoke_screen(screen),
        other => workspace(engine, other),
    }
}

fn workspace(engine: &mut Engine, command: Command) {
    match command {
        Command::RefreshWorkspace => engine.load_workspace(),
        Command::Invite { ticket, email, role } => engine.invite(ticket, &email, role),
        Command::DismissInvitation => engine.model.workspace.invitation = None,
        Command::ChangeRole { person, role } => engine.change_role(person, role),
        Command::RemovePerson(person) => engine.remove_person(person),
        Command::SaveAgent { ticket, agent, draft } => engine.save_agent(ticket, agent, draft),
        Command::DeleteAgent(agent) => engine.delete_agent(agent),
        Command::SetApiKey { ticket, agent, provider, key } => {
            engine.set_api_key(ticket, agent, provider, &key);
        }
        Command::RemoveApiKey { agent, provider } => engine.remove_api_key(agent, provider),
        Command::CreateTask { ticket, draft } => engine.create_task(ticket, draft),
        Command::AssignTask { task, agent } => engine.assign_task(task, agent),
        Command::CancelTask(task) => engine.cancel_task(task),
        Command::RetryTask(task) => engine.retry_task(task),
        Command::OpenTaskLog(task) => engine.open_log(task),
        Command::GenerateSop { ticket, draft } => engine.generate_sop(ticket, draft),
        Command::CompileSkill(source) => engine.compile_skill(source),
        Command::DeleteDocument { kind, id } => engine.delete_document(kind, id),
        other => conversations(engine, other),
    }
}

fn conversations(engine: &mut Engine, command: Command) {
    match command {
        Command::NewConversation => engine.new_conversation(),
        Command::OpenConversation(id) => engine.open_conversation(id),
        Command::LoadOlderMessages => engine.load_older(),
        Command::LoadMoreConversations => engine.load_more_conversations(),
        Command::SendMessage(text) => engine.send_message(&text),
        Command::KeepDraft(text) => engine.keep_draft(text),
        Command::RenameConversation(title) => engine.rename_conversation(&title),
        Command::DeleteConversation(id) => engine.delete_conversation(&id),
        Command::SearchConversations(text) => engine.search_conversations(&text),
        Command::OpenLink(link) => engine.open_link(&link),
        other => chat(engine, other),
    }
}

fn chat(engine: &mut Engine, command: Command) {
    match command {
        Command::ChatWithAgent(agent) => engine.chat_with_agent(agent),
        Command::NewChat(agent) => engine.new_chat(agent),
        Command::OpenChat(key) => engine.open_chat(key),
        Command::LoadOlderChat => engine.load_older_chat(),
        Command::LoadNewestChat => engine.load_newest_chat(),
        Command::ReloadChats => engine.reload_chats(),
        Command::LoadMoreChats => engine.load_more_chats(),
        Command::SearchChats(text) => engine.search_chats(&text),
        Command::SendChat { text, mode } => engine.send_chat(text, mode),
        Command::StopChat => engine.stop_chat(),
        Command::RetryChat(entry) => engine.retry_chat(&entry),
        Command::ResendChat { entry, text } => engine.resend_chat(&entry, text),
        Command::LoadToolOutput(entry) => engine.load_tool_output(entry),
        Command::ChangeChat { key, change } => engine.change_chat(&key, change),
        Command::ResetChat(key) => engine.reset_chat(&key),
        Command::CompactChat => engine.compact_chat(),
        Command::DeleteChat(key) => engine.delete_chat(key),
        Command::DecideApproval { id, decision } => engine.decide_approval(&id, decision),
        Command::WindowFocused(on) => {
            engine.files_focused(on);
            engine.chat_focused(on);
        }
        other => desktops(engine, other),
    }
}

fn desktops(engine: &mut Engine, command: Command) {
    match command {
        Command::RefreshDesktops => engine.load_desktops(),
        Command::StartDesktop(id) => engine.start_desktop(id),
        Command::StopDesktop(id) => engine.stop_desktop(id),
        Command::OpenDesktop(id) => engine.open_desktop(id),
        Command::CloseDesktop => engine.close_desktop(),
        Command::ReconnectNow => engine.reconnect_now(),
        Command::CancelReconnect => engine.cancel_reconnect(),
        Command::Input(input) => engine.input(input),
        Command::RefreshPicture => engine.refresh_picture(),
        Command::PictureVisible(visible) => engine.picture_visible(visible),
        Command::SetViewOnly(on) => engine.set_view_only(on),
        Command::UnlockKiosk(pin) => engine.unlock(pin),
        other => gateway(engine, other),
    }
}

fn gateway(engine: &mut Engine, command: Command) {
    match command {
        Command::ConnectGateway => engine.connect_gateway(),
        Command::StartGateway => engine.start_gateway(),
        Command::StopGateway => engine.stop_gateway(),
        Command::RestartGateway => engine.restart_gateway(),
        Command::WatchGateway(on) => engine.watch_gateway(on),
        Command::ApproveDevice(request) => engine.approve_device(request),
        Command::RejectDevice(request) => engine.reject_device(request),
        Command::RemoveDevice(device) => engine.remove_device(device),
        Command::RepairFolder => engine.repair_folder(),
        other => {
            if let Some(other) = super::files::command(engine, other)
                && let Some(other) = super::update::command(engine, other)
            {
                doctor(engine, other);
            }
        }
    }
}

fn doctor(engine: &mut Engine, command: Command) {
    match command {
        Command::RunDoctor(desktop) => engine.run_doctor(desktop.as_ref()),
        Command::StopDoctor => engine.stop_doctor(),
        Command::ExportDoctor => engine.export_doctor(),
        other => settings(engine, other),
    }
}

fn settings(engine: &mut Engine, command: Command) {
    let settings = &mut engine.model.settings;
    match command {
        Command::SetQuality(quality) => {
            settings.quality = quality;
            engine.send_view();
        }
        Command::ShowStats(on) => {
            settings.stats = on;
            if !on && let Some(viewer) = &mut engine.model.viewer {
                viewer.stats = None;
            }
        }
        Command::SetScaling(scaling) => settings.scaling = scaling,
        Command::SetKeyboard(keyboard) => settings.keyboard = keyboard,
        Command::SetTheme(theme) => settings.theme = theme,
        Command::SetScale(scale) => settings.scale = scale,
        Command::SetLanguage(language) => {
            settings.language = language;
            crate::l10n::choose(language);
        }
        Command::SetPower(power) => {
            settings.power = power;
            engine.power_changed();
        }
        Command::SetWebRtcMode(mode) => {
            if std::mem::replace(&mut settings.webrtc, mode) != mode {
                engine.reopen();
            }
        }
        Command::SetLinkTitles(on) => {
            settings.link_titles = on;
            engine.previews_switched();
        }
        Command::SetFavicons(on) => {
            settings.favicons = on;
            engine.previews_switched();
        }
        Command::SetCrashLog(on) => engine.set_crash_log(on),
        Command::DeleteCrashLog => engine.delete_crash_log(),
        Command::SetLiveProgress(on) => {
            settings.live_progress = on;
            if !on {
                engine.stop_watching_all();
            }
        }
        // Every command is in one of the tables above; a new one shows here when it is sent.
        other => tracing::error!(?other, "a command that nothing acts on"),
    }
}
