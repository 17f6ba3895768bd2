//! Landlock: which files this process may use, and that it neither listens nor starts nor kills.

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, PathFd,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus,
    Scope,
};
use multiclaw_core::model::Held;
use std::path::{Path, PathBuf};

/// Folders of the system that are read: libraries, drivers, fonts, certificates, names of hosts,
/// devices and what the kernel tells.
const SYSTEM: &[&str] = &[
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/bin",
    "/sbin",
    "/etc",
    "/opt",
    "/nix",
    "/gnu",
    "/snap",
    "/app",
    "/var/lib",
    "/var/cache",
    "/sys",
    "/proc",
    "/dev",
    "/run/systemd/resolve",
    "/run/NetworkManager",
    "/run/resolvconf",
    "/run/opengl-driver",
    "/run/current-system",
    "/run/host",
    "/run/udev",
    "/run/nscd",
];

/// What lies in a home folder and windows need: the key of the X server, cursors, keyboards,
/// drivers' settings, fonts.
const HOME: &[&str] = &[
    ".Xauthority",
    ".XCompose",
    ".drirc",
    ".icons",
    ".fonts",
    ".xkb",
    ".config/xkb",
    ".config/fontconfig",
    ".config/vulkan",
    ".local/share/vulkan",
    ".local/share/icons",
    ".local/share/fonts",
];

/// Variables that name files or folders which are read.
const NAMED: &[&str] = &[
    "XAUTHORITY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "VK_ICD_FILENAMES",
    "VK_DRIVER_FILES",
    "VK_LAYER_PATH",
    "LIBGL_DRIVERS_PATH",
    "__EGL_VENDOR_LIBRARY_DIRS",
    "LD_LIBRARY_PATH",
    "XDG_DATA_DIRS",
    "XCURSOR_PATH",
    "OPENCLAW_CONFIG_PATH",
    "OPENCLAW_INCLUDE_ROOTS",
];

/// Devices of graphics cards and the memory that is shared with them, and what any process writes
/// to. Names of `/dev`; a star stands for what follows.
const DEVICES: &[&str] = &[
    "dri", "shm", "null", "zero", "full", "random", "urandom", "tty", "nvidia*", "kfd", "udmabuf",
    "mali*", "dma_heap",
];

/// Folders below the cache folder that graphics drivers write to.
const CACHES: &[&str] =
    &["mesa_shader_cache", "mesa_shader_cache_db", "radv_builtin_shaders", "nvidia", "fontconfig"];

/// Folders and files.
pub(super) struct Places {
    read: Vec<PathBuf>,
    write: Vec<PathBuf>,
    /// Devices and our own part of `/proc`: written to, but nothing is made there.
    devices: Vec<PathBuf>,
}

impl Places {
    /// What a process with this environment needs. Folders of ours are made when they are not
    /// there: a rule is about a folder that is.
    pub(super) fn of_this_process(data: &Path, openclaw: &Path) -> Self {
        let folder = |name: &str| {
            let value = std::env::var_os(name).map(PathBuf::from);
            value.filter(|path| path.is_absolute())
        };
        let mut write = vec![data.to_owned(), openclaw.to_owned(), std::env::temp_dir()];
        write.extend(folder("XDG_RUNTIME_DIR"));
        let home = std::env::home_dir().filter(|home| home.components().count() > 1);
        let cache = folder("XDG_CACHE_HOME").or_else(|| Some(home.as_ref()?.join(".cache")));
        write.extend(cache.iter().flat_map(|cache| CACHES.iter().map(|name| cache.join(name))));
        write.extend(home.iter().map(|home| home.join(".nv")));
        // The updater keeps what it downloads beside the program. What is run without a signature
        // is in `.mc-kept` there, and must never stand here.
        let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.to_owned()));
        write.extend(beside.iter().map(|beside| beside.join(".mc-update")));
        let mut read: Vec<PathBuf> = SYSTEM.iter().map(PathBuf::from).chain(beside).collect();
        read.extend(home.iter().flat_map(|home| HOME.iter().map(|name| home.join(name))));
        let named = NAMED.iter().filter_map(std::env::var_os);
        let named = named.flat_map(|value| std::env::split_paths(&value).collect::<Vec<_>>());
        // Names of hosts may lie anywhere, behind a link.
        read.extend(Path::new("/etc/resolv.conf").canonicalize());
        let gateway = gateway_client::discovery::Environment::from_process().state_dir();
        read.extend(gateway.into_iter().filter(|path| path.components().count() > 2));
        // A variable that names the root, or somebody's home, would open everything.
        let wide = |path: &PathBuf| {
            path.components().count() < 3 || home.as_ref().is_some_and(|h| h.starts_with(path))
        };
        read.extend(named.filter(|path| path.is_absolute() && !wide(path)));
        for folder in [data, openclaw] {
            if let Err(error) = multiclaw_core::storage::Storage::open_shared(folder) {
                tracing::warn!(%error, "a folder of ours");
            }
        }
        write.retain(|path| path.exists());
        Self { read, write, devices: devices() }
    }

    /// Where this process may make and change files.
    pub(super) fn writable(&self) -> &[PathBuf] {
        &self.write
    }
}

fn devices() -> Vec<PathBuf> {
    let names = std::fs::read_dir("/dev").into_iter().flatten().flatten();
    let wanted = |name: &str| {
        DEVICES.iter().any(|wanted| match wanted.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == *wanted,
        })
    };
    let names = names.map(|entry| entry.path());
    let found = names.filter(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(wanted));
    found.chain(["/proc/self".into()]).collect()
}

/// What the kernel holds us to.
pub(super) struct Kept {
    pub(super) files: Held,
    pub(super) programs: Held,
    pub(super) ports: Held,
    pub(super) signals: Held,
    pub(super) abi: u32,
}

/// Restricts this thread, and every one that it starts. Without a helper the files stay open:
/// what a person picks could not be opened, and the gateway would be started with our limits.
pub(super) fn restrict(places: &Places, files: bool) -> Kept {
    match apply(places, files) {
        Ok(status) => kept(&status, files),
        Err(error) => {
            let no = || Held::No(format!("the kernel refused: {error}"));
            Kept { files: no(), programs: no(), ports: no(), signals: no(), abi: 0 }
        }
    }
}

fn apply(places: &Places, files: bool) -> Result<RestrictionStatus, RulesetError> {
    let all = AccessFs::from_all(ABI::V3);
    let mut ruleset = Ruleset::default();
    if files {
        ruleset = ruleset.handle_access(all)?;
    }
    // Nothing is allowed of ports and signals: no rule follows.
    let ruleset = ruleset.handle_access(AccessNet::BindTcp)?.scope(Scope::Signal)?;
    let mut ruleset = ruleset.create()?;
    if files {
        let read = AccessFs::ReadFile | AccessFs::ReadDir;
        let device = read | AccessFs::WriteFile | AccessFs::Truncate;
        let write = all & !BitFlags::from(AccessFs::Execute);
        for (paths, access) in [
            (&places.read, read),
            (&places.devices, device | AccessFs::RemoveFile),
            (&places.write, write),
        ] {
            let access = access & all;
            ruleset = ruleset.add_rules(landlock::path_beneath_rules(paths, access))?;
        }
        // Shared memory is made and removed by name.
        if let Ok(shared) = PathFd::new("/dev/shm") {
            ruleset = ruleset.add_rule(PathBeneath::new(shared, write))?;
        }
    }
    ruleset.restrict_self()
}

fn kept(status: &RestrictionStatus, files: bool) -> Kept {
    let abi = match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => effective_abi as u32,
        _ => 0,
    };
    let on = status.ruleset != RulesetStatus::NotEnforced;
    let since = |needed: u32, kernel: &str| {
        if abi == 0 {
            Held::No("this kernel has no Landlock, or it is switched off".into())
        } else if !on || abi < needed {
            Held::No(format!("this kernel is too old: it takes Linux {kernel} or newer"))
        } else {
            Held::Yes
        }
    };
    let with_helper = |held: Held| {
        if files { held } else { Held::No("there is no helper to open what you choose".into()) }
    };
    Kept {
        // Before the third version a file that is read could be emptied, which is no file of ours
        // that matters; before the second nothing could be renamed between folders.
        files: with_helper(since(3, "6.2")),
        programs: with_helper(since(1, "5.13")),
        ports: since(4, "6.7"),
        signals: since(6, "6.12"),
        abi,
    }
}
