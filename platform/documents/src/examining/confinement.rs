//! What an examining child gives up before it reads the first byte: memory, time, files, network,
//! and every system call that reading from one pipe and writing to another does not need.

use std::collections::BTreeMap;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// The address space of a child, in MiB.
pub(super) const MEMORY_MEGABYTES: u64 = 512;
/// The processor time of a child, in seconds.
pub(super) const CPU_SECONDS: u64 = 20;

/// The processor time of a converter, in seconds; its address space and what it may write, in MiB.
const CONVERTER_CPU_SECONDS: u64 = 60;
const CONVERTER_MEMORY_MEGABYTES: u64 = 4_096;
const CONVERTER_FILE_MEGABYTES: u64 = 256;

/// Where a system keeps programs and what they need: all of it for reading.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/opt",
    "/etc",
    "/proc",
    "/sys",
    "/var/cache/fontconfig",
    "/var/lib",
    "/var/spool/libreoffice",
];

/// Why a child could not shut itself in; then it does nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotConfined {
    #[error("limits: {0}")]
    Limits(#[from] rustix::io::Errno),
    #[error("landlock: {0}")]
    Landlock(#[from] landlock::RulesetError),
    #[error("seccomp: {0}")]
    Filter(#[from] seccompiler::BackendError),
    #[error("seccomp: {0}")]
    Apply(#[from] seccompiler::Error),
}

/// Gives it all up, for good.
pub(crate) fn confine() -> Result<(), NotConfined> {
    limits()?;
    no_files()?;
    few_calls()
}

/// What a converter of somebody else's gives up: the network, and all files but the system's, which it may
/// read, and those of one folder.
pub(crate) fn confine_converter(converter: &Path, folder: &Path) -> Result<(), NotConfined> {
    let limit = |resource, most: u64| {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    limit(Resource::Cpu, CONVERTER_CPU_SECONDS)?;
    limit(Resource::As, CONVERTER_MEMORY_MEGABYTES << 20)?;
    limit(Resource::Fsize, CONVERTER_FILE_MEGABYTES << 20)?;
    limit(Resource::Core, 0)?;
    let abi = ABI::V5;
    let read = AccessFs::from_read(abi);
    let system = path_beneath_rules(SYSTEM.iter().map(Path::new).chain([converter]), read);
    // soffice finds others of itself by a socket in /tmp
    let meeting = AccessFs::MakeSock | AccessFs::RemoveFile;
    let devices = read | AccessFs::WriteFile;
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .create()?
        .add_rules(system)?
        .add_rules(path_beneath_rules(["/dev"], devices))?
        .add_rules(path_beneath_rules(["/tmp"], meeting))?
        .add_rules(path_beneath_rules([folder], AccessFs::from_all(abi)))?
        .restrict_self()?;
    no_network()
}

/// No socket but those within the machine, and no other way to open one.
fn no_network() -> Result<(), NotConfined> {
    let of_family = |family: i32| {
        let family = SeccompCondition::new(
            0,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::Ne,
            u64::from(family.unsigned_abs()),
        )?;
        SeccompRule::new(vec![family])
    };
    let rules = BTreeMap::from([
        (libc::SYS_socket, vec![of_family(libc::AF_UNIX)?]),
        (libc::SYS_io_uring_setup, Vec::new()),
    ]);
    let arch = std::env::consts::ARCH.try_into()?;
    let denied = SeccompAction::Errno(libc::EACCES.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, arch)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)?;
    Ok(())
}

fn limits() -> Result<(), NotConfined> {
    let limit = |resource, soft: u64, hard: u64| {
        setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) })
    };
    limit(Resource::As, MEMORY_MEGABYTES << 20, MEMORY_MEGABYTES << 20)?;
    limit(Resource::Cpu, CPU_SECONDS, CPU_SECONDS + 2)?;
    limit(Resource::Core, 0, 0)?;
    limit(Resource::Fsize, 0, 0)?;
    limit(Resource::Nofile, 8, 8)?;
    Ok(())
}

/// No path in the file system and no port, where the kernel can do that; the calls that would need
/// them are refused below in any case.
fn no_files() -> Result<(), NotConfined> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// The calls that memory, two pipes and an orderly end need.
const CALLS: &[i64] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_readv,
    libc::SYS_close,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_statx,
    libc::SYS_ppoll,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_gettimeofday,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_prlimit64,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn few_calls() -> Result<(), NotConfined> {
    let arch = std::env::consts::ARCH.try_into()?;
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> =
        CALLS.iter().map(|call| (*call, Vec::new())).collect();
    let filter = SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, arch)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)?;
    Ok(())
}
