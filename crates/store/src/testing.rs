//! A PostgreSQL server of a test's own, from the machine's binaries, in a folder of its own.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

/// A server that runs until it is dropped. It writes to disk as in earnest: `fsync` is on.
pub struct TestPostgres {
    folder: TempDir,
    binaries: PathBuf,
    databases: AtomicU32,
}

impl TestPostgres {
    /// Starts a server; `None` when there is no PostgreSQL here or it cannot be started.
    ///
    /// A test that gets `None` prints a line that starts with `OVERGESLAGEN:` and returns.
    pub fn start() -> Option<TestPostgres> {
        let binaries = find_binaries()?;
        let folder = tempfile::Builder::new().prefix("wijkpeil-pg-").tempdir().ok()?;
        let server = TestPostgres { folder, binaries, databases: AtomicU32::new(0) };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(server.folder.path()))?;
        }
        let data = server.data();
        server
            .command("initdb")
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
            .arg("-D")
            .arg(&data)
            .output()
            .ok()
            .filter(|it| it.status.success())?;
        server.restart().then_some(server)
    }

    /// A new, empty database; its URL.
    pub fn new_database(&self) -> String {
        let name = format!("proef{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = self
            .command("createdb")
            .args(["-U", "postgres", "-h"])
            .arg(self.folder.path())
            .arg(&name)
            .output();
        assert!(made.is_ok_and(|it| it.status.success()), "createdb makes a database");
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}/{name}")
    }

    /// Kills the server and all its processes at once, as a power cut would.
    pub fn kill9(&self) {
        let Some(main) = self.main_process() else { return };
        let mut kill = Command::new("kill");
        kill.arg("-9").arg(main.to_string());
        kill.args(children_of(main).iter().map(u32::to_string));
        run(&mut kill);
        while Path::new(&format!("/proc/{main}")).exists() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Starts the server again after [`TestPostgres::kill9`]; true once it answers.
    pub fn restart(&self) -> bool {
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=on \
             -c shared_buffers=32MB -c max_connections=60",
            self.folder.path().display()
        );
        let started = self
            .command("pg_ctl")
            .args(["start", "-w", "-t", "60", "-o", &options, "-l"])
            .arg(self.folder.path().join("log"))
            .arg("-D")
            .arg(self.data())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        started.is_ok_and(|it| it.success())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn main_process(&self) -> Option<u32> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok()
    }

    /// The server refuses to run as root: there it runs as the user `postgres`.
    fn command(&self, program: &str) -> Command {
        let path = self.binaries.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args([OsStr::new("-u"), OsStr::new("postgres"), OsStr::new("--")]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for TestPostgres {
    fn drop(&mut self) {
        let stopped = self
            .command("pg_ctl")
            .args(["stop", "-w", "-m", "immediate", "-D"])
            .arg(self.data())
            .output();
        if !stopped.is_ok_and(|it| it.status.success()) {
            self.kill9();
        }
    }
}

/// Debian keeps them out of the path, per version; the newest counts.
fn find_binaries() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = debian.map(|it| it.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    let all = ["initdb", "pg_ctl", "postgres", "createdb"];
    folders.into_iter().find(|folder| all.iter().all(|it| folder.join(it).is_file()))
}

fn is_root() -> bool {
    run(Command::new("id").arg("-u")).is_some_and(|it| it.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) -> Option<Output> {
    command.output().ok().filter(|it| it.status.success())
}

fn children_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|it| it.file_name().to_str()?.parse().ok())
        .filter(|process: &u32| {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
            fields.split_whitespace().nth(1) == Some(&parent.to_string())
        })
        .collect()
}
