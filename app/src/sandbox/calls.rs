//! Limits and system calls (`setrlimit(2)`, `seccomp(2)`).

use multiclaw_core::model::Held;
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

/// Looking into other processes, the kernel itself, mounts and namespaces, keys, clocks and names
/// of the machine, and io_uring, which passes filters by. Nothing of it is needed by a window, a
/// graphics driver, a D-Bus client or WebRTC.
const REFUSED: &[libc::c_long] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_bpf,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_open_by_handle_at,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_personality,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_adjtimex,
    libc::SYS_clock_adjtime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
];

/// Starting a program in place of this process.
const PROGRAMS: [libc::c_long; 2] = [libc::SYS_execve, libc::SYS_execveat];

/// The system writes no memory of this process to disk, whatever happens to it.
pub(super) fn no_dumps() -> Held {
    match setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        Ok(()) => Held::Yes,
        Err(error) => Held::No(error.to_string()),
    }
}

/// Has the kernel refuse the calls (`EPERM`), in this and every later thread; with `programs`
/// the starting of programs too. What is held of the one and of the other.
pub(super) fn refuse(programs: bool) -> (Held, Held) {
    match install(programs) {
        Ok(()) if programs => (Held::Yes, Held::Yes),
        Ok(()) => (Held::Yes, Held::No("there is no helper to start them".into())),
        Err(why) => (Held::No(why.clone()), Held::No(why)),
    }
}

#[allow(clippy::useless_conversion, reason = "a number of a call has 32 bits on some systems")]
fn install(programs: bool) -> Result<(), String> {
    let fault = |error: seccompiler::BackendError| error.to_string();
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(fault)?;
    let denied = REFUSED.iter().chain(PROGRAMS.iter().filter(|_| programs));
    // A call without conditions is refused whatever it is called with.
    let rules = denied.map(|call| (i64::from(*call), Vec::new())).collect();
    let no = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, no, arch).map_err(fault)?;
    let program: BpfProgram = filter.try_into().map_err(fault)?;
    seccompiler::apply_filter_all_threads(&program).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of the calls, made on purpose and with nothing in it, in a process of its own: what is
    /// refused once cannot be had again.
    #[test]
    #[allow(unsafe_code)]
    fn every_call_of_the_list_is_refused_and_others_are_not() {
        const CHILD: &str = "MULTICLAW_TEST_CALLS";
        if std::env::var_os(CHILD).is_some() {
            assert_eq!(no_dumps(), Held::Yes);
            assert_eq!(refuse(true), (Held::Yes, Held::Yes));
            for call in REFUSED.iter().chain(&PROGRAMS) {
                // SAFETY: the filter answers before the call is made; were it made, it would fail
                // for its arguments: every pointer is null and every descriptor is none.
                let answer = unsafe { libc::syscall(*call, -1, 0, 0, 0, 0, 0) };
                let error = std::io::Error::last_os_error();
                assert_eq!((answer, error.raw_os_error()), (-1, Some(libc::EPERM)), "{call}");
            }
            // A thread, a file and a socket are still to be had.
            let thread = std::thread::spawn(|| std::fs::read("/proc/self/stat").unwrap().len());
            assert!(thread.join().unwrap() > 0);
            assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_ok());
            return;
        }
        let name = "sandbox::calls::tests::every_call_of_the_list_is_refused_and_others_are_not";
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture", "--test-threads=1"])
            .env(CHILD, "1")
            .status()
            .unwrap();
        assert!(status.success());
    }
}
