//! What an examining child gives up before it reads the first byte: memory, time, files, network,
//! and every system call that reading from one pipe and writing to another does not need.

use std::collections::BTreeMap;

use landlock::{ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// The address space of a child, in MiB.
pub(super) const MEMORY_MEGABYTES: u64 = 512;
/// The processor time of a child, in seconds.
pub(super) const CPU_SECONDS: u64 = 20;

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
