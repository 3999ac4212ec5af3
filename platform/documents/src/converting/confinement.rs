//! What a converter of somebody else's gives up before it begins: the network and every socket of the machine, and
//! all files but those of the system that are named here, which it may read, and those of one folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

use crate::examining::confinement::NotConfined;

/// The processor time of a converter, in seconds; its address space and what it may write, in MiB.
const CPU_SECONDS: u64 = 60;
const MEMORY_MEGABYTES: u64 = 4_096;
const FILE_MEGABYTES: u64 = 256;

/// Where a system keeps programs and what they need to start, for reading. Folders in which data of others may lie
/// (/var, /opt, /home, the rest of /etc) are not among them.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/group",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/libreoffice",
    "/etc/locale.alias",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/papersize",
    "/etc/passwd",
    "/etc/timezone",
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/meminfo",
    "/proc/self",
    "/sys/devices/system/cpu",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
];

/// The bit by which a system call of the x32 form is told.
const X32: i64 = 0x4000_0000;

/// Devices that hold nothing.
const DEVICES: &[&str] = &["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/// Where soffice makes a socket, by which others of itself would find it; it starts a second time with a new profile
/// and gives up if it could not remove the first one. So it may remove files there.
const MEETING: &str = "/tmp";

/// The first of these places that a converter could read, or remove files from: a folder or file below one of
/// those, also by way of a link.
pub(super) fn within_reach<'a>(converter: &Path, places: &'a [PathBuf]) -> Option<&'a PathBuf> {
    let open = readable(converter).into_iter().chain([MEETING.into()]);
    let open: Vec<PathBuf> = open.filter_map(|path| path.canonicalize().ok()).collect();
    let reached = |place: &&PathBuf| {
        place.canonicalize().is_ok_and(|place| open.iter().any(|open| place.starts_with(open)))
    };
    places.iter().find(reached)
}

/// The system's places, the converter, and where it was installed if that is a folder of /opt.
fn readable(converter: &Path) -> Vec<PathBuf> {
    let real = converter.canonicalize().unwrap_or_else(|_| converter.to_owned());
    let mut installed = real.strip_prefix("/opt").into_iter().flat_map(Path::components);
    let package = installed.next().filter(|_| installed.next().is_some());
    let package = package.map(|package| Path::new("/opt").join(package));
    SYSTEM.iter().map(PathBuf::from).chain([real]).chain(package).collect()
}

/// Gives it all up, for good.
pub(super) fn confine(converter: &Path, folder: &Path) -> Result<(), NotConfined> {
    let limit = |resource, most: u64| {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    limit(Resource::Cpu, CPU_SECONDS)?;
    limit(Resource::As, MEMORY_MEGABYTES << 20)?;
    limit(Resource::Fsize, FILE_MEGABYTES << 20)?;
    limit(Resource::Core, 0)?;
    few_files(converter, folder)?;
    no_sockets_no_escape()
}

/// The rights to files must be taken away, as kernels from 6.2 can (that is the third form of Landlock); what newer
/// ones can beyond that is taken where it is there.
fn few_files(converter: &Path, folder: &Path) -> Result<(), NotConfined> {
    let (sure, newest) = (ABI::V3, ABI::V6);
    let read = AccessFs::from_read(newest);
    let own = AccessFs::from_all(newest) & !special();
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(sure))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?
        .add_rules(path_beneath_rules(readable(converter), read))?
        .add_rules(path_beneath_rules(DEVICES, read | AccessFs::WriteFile))?
        .add_rules(path_beneath_rules([MEETING], AccessFs::MakeSock | AccessFs::RemoveFile))?
        .add_rules(path_beneath_rules([folder], own))?
        .restrict_self()?;
    Ok(())
}

/// What is no file and no folder: whoever reads the converter's folder must not be led elsewhere or held up.
fn special() -> BitFlags<AccessFs> {
    AccessFs::MakeSym
        | AccessFs::MakeFifo
        | AccessFs::MakeSock
        | AccessFs::MakeChar
        | AccessFs::MakeBlock
}

/// No socket but those within the machine, none of them spoken to by its address, and no leaving the group of
/// processes that is ended together.
fn no_sockets_no_escape() -> Result<(), NotConfined> {
    let when = |argument, width, operator, value| {
        SeccompRule::new(vec![SeccompCondition::new(argument, width, operator, value)?])
    };
    let unix = u64::from(libc::AF_UNIX.unsigned_abs());
    let foreign = when(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, unix)?;
    let addressed = when(4, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
    let mut rules =
        BTreeMap::from([(libc::SYS_socket, vec![foreign]), (libc::SYS_sendto, vec![addressed])]);
    let never = [
        libc::SYS_connect,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_io_uring_setup,
        libc::SYS_setsid,
        libc::SYS_setpgid,
    ];
    rules.extend(never.map(|call| (call, Vec::new())));
    if cfg!(target_arch = "x86_64") {
        // the same calls, and two more, have second numbers where the kernel knows the x32 form
        let second = [libc::SYS_socket, libc::SYS_sendto, 518, 538].into_iter().chain(never);
        rules.extend(second.map(|call| (call | X32, Vec::new())));
    }
    let arch = std::env::consts::ARCH.try_into()?;
    let denied = SeccompAction::Errno(libc::EACCES.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, arch)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)?;
    Ok(())
}
