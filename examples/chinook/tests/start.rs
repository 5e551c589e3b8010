//! Starting the program.

use std::process::Command;

#[test]
fn a_missing_database_is_named() {
    let run = Command::new(env!("CARGO_BIN_EXE_chinook"))
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&run.stderr);
    assert!(!run.status.success(), "{error}");
    assert!(
        error.contains("There is no database at chinook.sqlite"),
        "{error}"
    );
    assert!(
        error.contains("github.com/lerocha/chinook-database"),
        "{error}"
    );
}
