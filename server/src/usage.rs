//! The words of the call: parsed by clap, explained and refused in Chinese.

mod refusal;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use crate::failure::{Exit, Failure};
use refusal::{refusal, usage};

const TEMPLATE: &str = "{about-with-newline}\n用法: {usage}\n\n{all-args}{after-help}";

/// What the values of arguments are called in help and usage, by the name of the argument.
const VALUE_NAMES: &[(&str, &str)] = &[
    ("data", "目录"),
    ("database", "地址"),
    ("domain", "领域名称"),
    ("file", "文件"),
    ("files", "文件"),
    ("listen", "地址:端口"),
    ("login", "登录名"),
    ("min", "程度"),
    ("organ", "机关代码"),
    ("out", "文件"),
    ("person", "人员编号"),
    ("words", "文字"),
];

/// What of clap's own wording no setting reaches. All of it stands in brackets.
const LEFT_IN_ENGLISH: &[(&str, &str)] = &[
    ("[OPTIONS]", "[选项]"),
    ("[default:", "[默认:"),
    ("[env:", "[环境变量:"),
    ("[possible values:", "[可以写:"),
];

/// Why there is nothing to carry out.
#[derive(Debug)]
pub enum Stopped {
    /// Help or the version was asked for; here it is.
    Answered(String),
    /// The call cannot be understood; the second part, where there is one, shows how it is written.
    Refused(Failure, Option<String>),
}

impl Stopped {
    /// Says so, on stdout what was asked for and on stderr what is wrong.
    pub fn say(self) -> ExitCode {
        // Whoever closed our output does not want to hear more.
        match self {
            Self::Answered(text) => {
                write!(std::io::stdout(), "{text}").ok();
                ExitCode::SUCCESS
            }
            Self::Refused(failure, usage) => {
                let usage = usage.map(|usage| format!("{usage}\n")).unwrap_or_default();
                write!(std::io::stderr(), "{failure}\n{usage}").ok();
                ExitCode::from(failure.exit as u8)
            }
        }
    }
}

/// Understands a call.
///
/// # Errors
/// Help was asked for, or the call is not written as the help says.
pub fn parse<A: CommandFactory + FromArgMatches>(
    words: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> Result<A, Stopped> {
    let words = helped(words.into_iter().map(Into::into).collect());
    let matches = in_chinese(A::command()).try_get_matches_from(words);
    matches.and_then(|matches| A::from_arg_matches(&matches)).map_err(|error| explain(&error))
}

/// `gongkai help organ list` asks what `gongkai organ list --help` asks.
fn helped(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    words
}

/// The same command with help in Chinese, and so all commands below it.
fn in_chinese(command: Command) -> Command {
    let has_version = command.get_version().is_some();
    let flag = |name: &'static str, short, action, help: &'static str| {
        Arg::new(name).short(short).long(name).action(action).help(help)
    };
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "显示帮助"));
    if has_version {
        command = command.arg(flag("version", 'V', ArgAction::Version, "显示版本"));
    }
    command.mut_args(with_chinese_names).mut_subcommands(in_chinese)
}

fn with_chinese_names(arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let name = VALUE_NAMES.iter().find(|(id, _)| arg.get_id() == id).map(|(_, name)| *name);
    // The address of a database may hold a password.
    let arg = arg.help_heading(heading).hide_env_values(true);
    // What an argument is called where it stands says more than a name for all of that kind.
    let is_named = arg.get_value_names().is_some_and(|names| {
        names.iter().any(|name| name.chars().any(|c| !c.is_ascii_uppercase() && c != '_'))
    });
    match name {
        Some(name) if !is_named => arg.value_name(name),
        _ => arg,
    }
}

fn explain(error: &clap::Error) -> Stopped {
    let refused = |failure| {
        let usage = usage(error).map(|usage| format!("用法: {usage}"));
        Stopped::Refused(failure, usage)
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stopped::Answered(text_of(error)),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let failure = Failure::new(Exit::Usage, "没有写要做什么", "从下面的命令里选一个");
            Stopped::Refused(failure, Some(text_of(error)))
        }
        _ => refused(refusal(error)),
    }
}

fn text_of(error: &clap::Error) -> String {
    translated(&error.render().to_string())
}

fn translated(text: &str) -> String {
    let replaced = |text: String, (theirs, ours): &(&str, &str)| text.replace(theirs, ours);
    LEFT_IN_ENGLISH.iter().fold(text.to_owned(), replaced)
}

#[cfg(test)]
mod tests {
    use super::{Stopped, parse};
    use crate::Arguments;
    use crate::failure::Exit;

    fn stopped(call: &str) -> Stopped {
        let words = std::iter::once("gongkai").chain(call.split_whitespace());
        parse::<Arguments>(words).expect_err("nothing to carry out")
    }

    #[test]
    fn asking_for_help_as_a_command_is_asking_for_it_as_an_option() {
        for (call, same) in [("help", "--help"), ("help organ list", "organ list --help")] {
            let (Stopped::Answered(one), Stopped::Answered(other)) = (stopped(call), stopped(same))
            else {
                panic!("{call}: no help")
            };
            assert_eq!(one, other, "{call}");
            assert!(!one.contains("[env") && !one.contains("[default"), "{one}");
        }
    }

    #[test]
    fn a_wrong_call_is_refused_in_chinese_with_what_is_wrong_and_how_to_write_it() {
        for (call, wrong, remedy) in [
            ("", "没有写要做什么", "命令:"),
            ("catalogue", "没有写要做什么", "import"),
            ("catalog", "没有 catalog 这个命令", "catalogue"),
            ("catalogue imprt", "没有 imprt 这个命令", "import"),
            ("飞", "没有 飞 这个命令", "gongkai --help"),
            ("organ list --al", "不认识 --al", "gongkai organ list --help"),
            ("catalogue read a.csv --jsn", "不认识 --jsn", "--json"),
            ("catalogue read a.csv b.csv", "不认识 b.csv", "gongkai catalogue read --help"),
            ("catalogue import", "还缺少 --organ <机关代码>、<文件>", "用法: gongkai catalogue"),
            ("organ import", "还缺少 <--divisions <CSV>|--organs <CSV>>", "请补上"),
            ("calendar due --received 2026-09-18", "--calendar-days", "请补上"),
            ("calendar show 二〇二六", "<年份> 写的“二〇二六”不是整数", "例如 2026"),
            ("calendar show 99999", "<年份> 写的“99999”超出范围", "核对"),
            ("serve --listen 8080", "写的“8080”不是服务地址", "127.0.0.1:8080"),
            ("serve --proxy x", "写的“x”不是 IP 地址", "127.0.0.1"),
            ("site open --domain x --id-code 1", "写的“1”不是网站标识码", "十位"),
            ("site open --id-code 3502000001", "--domain <域名>", "请补上"),
            ("obligations measure 马上 --basis x", "写的“马上”不是", "实时 或 及时"),
            ("obligations measure 实时 --days 400 --basis x", "写的“400”", "1 到 366"),
            ("obligations list --state 快了", "写的“快了”不是状态", "即将到期"),
            ("person account --login x", "<人员编号>", "请补上"),
            ("serve --listen", "--listen <地址:端口> 后面没有写内容", "请补上"),
            (
                "catalogue release --organ A --domain B --from 明天",
                "--from <日期> 写的“明天”不是日期",
                "YYYY-MM-DD",
            ),
            ("calendar due --received 2026-9-1 --days 1", "“2026-9-1”不是日期", "YYYY-MM-DD"),
            ("orders export a.csv --since 2026-02-30", "“2026-02-30”不是日期", "YYYY-MM-DD"),
            ("catalogue plan show --as-of 2026-02-30", "“2026-02-30”不是日期", "YYYY-MM-DD"),
            ("calendar due --received 2026-09-01 --days 0", "“0”不是天数", "1 以上的整数"),
            (
                "calendar due --received 2026-09-01 --days 1 --calendar-days 1",
                "不能和 --calendar-days",
                "只留一个",
            ),
            ("organ list --json=1 --verbose=2", "--json", "用法"),
            ("organ list --data a --data b", "--data <目录> 写了不止一次", "只写一次"),
        ] {
            let Stopped::Refused(failure, usage) = stopped(call) else {
                panic!("{call:?} is refused");
            };
            let said = format!("{failure}\n{}", usage.unwrap_or_default());
            assert_eq!(failure.exit, Exit::Usage, "{call:?}");
            assert!(said.starts_with("错误: "), "{call:?}: {said}");
            assert!(said.contains(wrong), "{call:?}: {said}");
            assert!(said.contains("\n改法: ") && said.contains(remedy), "{call:?}: {said}");
            for english in ["error", "Usage", "invalid", "OPTIONS", "COMMAND", "required", "FILE"] {
                assert!(!said.contains(english), "{call:?}: {said}");
            }
        }
    }

    /// Every command below one, as it is called, itself among them.
    fn all_of(command: &clap::Command, called: &str, found: &mut Vec<String>) {
        found.push(called.to_owned());
        for below in command.get_subcommands() {
            all_of(below, &format!("{called} {}", below.get_name()), found);
        }
    }

    #[test]
    fn no_help_calls_a_value_by_the_name_it_has_in_the_program() {
        let mut calls = Vec::new();
        all_of(&<Arguments as clap::CommandFactory>::command(), "", &mut calls);
        for call in calls {
            let Stopped::Answered(help) = stopped(&format!("{call} --help")) else {
                panic!("{call:?} is answered");
            };
            for written in help.split(['<', '[']).skip(1) {
                let name = written.split(['>', ']']).next().unwrap_or_default();
                let is_ours = name.is_empty()
                    || !name.is_ascii()
                    || ["CSV", "XLSX", "--", "env"].iter().any(|known| name.starts_with(known))
                    || name.starts_with("::");
                assert!(is_ours, "{call}: <{name}> in\n{help}");
            }
        }
    }

    #[test]
    fn help_is_given_in_chinese_for_every_command() {
        for call in ["-h", "--help", "catalogue -h", "catalogue import --help", "organ list -h"] {
            let Stopped::Answered(help) = stopped(call) else { panic!("{call:?} is answered") };
            assert!(help.contains("用法: gongkai") && help.contains("选项:\n"), "{call}: {help}");
            assert!(help.contains("显示帮助"), "{call}: {help}");
            for english in ["Usage", "Options", "Arguments", "Commands", "Print", "[OPT", "[def"] {
                assert!(!help.contains(english), "{call}: {help}");
            }
        }
        let Stopped::Answered(version) = stopped("--version") else { panic!("it is answered") };
        assert!(version.contains(env!("CARGO_PKG_VERSION")), "{version}");
    }
}
