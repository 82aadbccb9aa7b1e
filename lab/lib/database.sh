# Getting, starting and stopping MariaDB. Sourced by lab/mariadb, with the functions of lab/asterisk.
# shellcheck shell=bash disable=SC2034

# The same variables that use_version of layout.sh sets, for the functions of install.sh.
use_database() {
  VERSION=mariadb
  # The release that a FreePBX 16 has, in the suite that Asterisk 16 comes from.
  # shellcheck disable=SC2206  # mirrors are separated by spaces
  SUITE=bullseye MIRRORS=(${PBX_LAB_MIRROR_16:-http://deb.debian.org/debian http://archive.debian.org/debian})
  PACKAGES=(mariadb-server-core-10.5)
  VERSION_HOME=$LAB_HOME/mariadb
  DATA_DIR=$VERSION_HOME/data
  RUN_DIR=$VERSION_HOME/run
  LOG_FILE=$VERSION_HOME/log
  CACHE_DIR=$LAB_HOME/cache/mariadb
  LOCK_FILE=$LAB_HOME/lock-mariadb
  PID_FILE=$RUN_DIR/lab.pid
  STARTED_WITH=$RUN_DIR/lab.port
  INSTALLED_MARK=$VERSION_HOME/version
  DATABASE_PORT=${PBX_LAB_PORT_MARIADB:-16306}
  use_tree "$VERSION_HOME/tree"
}

database_command() {
  DATABASE=("$LIB_DIR/$LOADER_NAME" --library-path "$LIB_DIR:$TREE/usr/lib" "$TREE/usr/sbin/mariadbd" --no-defaults
    --basedir="$TREE/usr" --datadir="$DATA_DIR" --lc-messages-dir="$TREE/usr/share/mysql" --tmpdir="$RUN_DIR"
    --character-sets-dir="$TREE/usr/share/mysql/charsets" --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M)
  # As root it starts only when told so.
  if [ "$(id -u)" = 0 ]; then DATABASE+=(--user=root); fi
}

install_database() {
  lock_version
  if is_installed && ! has_option --refresh; then
    say "MariaDB $(cat "$INSTALLED_MARK") is installed already"
    return
  fi
  [ -n "$DEB_ARCH" ] || fail "the lab knows amd64 and arm64 only, not $(uname -m)"
  if database_pid >/dev/null; then fail "MariaDB runs; stop it first: lab/mariadb stop"; fi
  local started=$SECONDS
  if has_option --refresh || ! cache_is_complete; then download_packages; fi
  unpack_packages
  rm -rf "$TREE"
  mv "$TREE.new" "$TREE"
  make_system_tables
  database_command
  "${DATABASE[@]}" --version | sed -E 's/.*Ver ([0-9.]+).*/\1/' >"$INSTALLED_MARK.new"
  mv "$INSTALLED_MARK.new" "$INSTALLED_MARK"
  say "installed MariaDB $(cat "$INSTALLED_MARK"), $(wc -l <"$CACHE_DIR/packages.sha256") packages," \
    "$((SECONDS - started)) s, into $VERSION_HOME"
}

# What mysql_install_db does, which itself looks for its programs in the system.
make_system_tables() {
  local share=$TREE/usr/share/mysql
  rm -rf "$DATA_DIR" "$RUN_DIR"
  mkdir -p "$DATA_DIR/mysql" "$RUN_DIR"
  database_command
  {
    printf '%s\n' 'use mysql;' "set @current_hostname='localhost';" "set @skip_auth_anonymous=1;" \
      'set @auth_root_socket=NULL;'
    cat "$share/mysql_system_tables.sql" "$share/mysql_performance_tables.sql" "$share/mysql_system_tables_data.sql" \
      "$share/maria_add_gis_sp_bootstrap.sql"
  } | "${DATABASE[@]}" --bootstrap --loose-innodb >"$LOG_FILE" 2>&1 ||
    { tail -n 20 "$LOG_FILE" >&2; fail "the system tables cannot be made; see $LOG_FILE"; }
}

# A recorded pid alone proves nothing, so the command line must name our data.
database_pid() {
  local pid
  pid=$(cat "$PID_FILE" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] && is_our_database "$pid" || return 1
  printf '%s\n' "$pid"
}

is_our_database() { tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "--datadir=$DATA_DIR "; }

use_port_of_running_database() {
  if database_pid >/dev/null; then DATABASE_PORT=$(cat "$STARTED_WITH"); fi
}

start_database() {
  require_database
  lock_version
  local pid deadline
  if pid=$(database_pid); then
    use_port_of_running_database
    say "MariaDB runs already, pid $pid, port $DATABASE_PORT"
    return
  fi
  if tcp_answers "$DATABASE_PORT"; then
    fail "port $DATABASE_PORT is taken by another program; choose one with PBX_LAB_PORT_MARIADB"
  fi
  mkdir -p "$RUN_DIR"
  printf '%s\n' "$DATABASE_PORT" >"$STARTED_WITH"
  database_command
  setsid "${DATABASE[@]}" --bind-address=127.0.0.1 --port="$DATABASE_PORT" --socket="$RUN_DIR/mariadb.sock" \
    --skip-log-bin --default-time-zone=+00:00 --init-file="$LAB_DIR/etc/mariadb/freepbx.sql" \
    </dev/null >"$LOG_FILE" 2>&1 9>&- &
  pid=$!
  disown
  printf '%s\n' "$pid" >"$PID_FILE"
  deadline=$((SECONDS + 60))
  until tcp_answers "$DATABASE_PORT"; do
    # Its command line names our data only once the shell has become the server: here the number must do.
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$LOG_FILE" >&2; fail "MariaDB ended while starting; see $LOG_FILE"; }
    [ "$SECONDS" -lt "$deadline" ] || fail "MariaDB (pid $pid) does not answer after 60 s; see $LOG_FILE"
    pause
  done
  say "started MariaDB $(cat "$INSTALLED_MARK"), pid $pid, port $DATABASE_PORT"
}

stop_database() {
  if [ ! -d "$VERSION_HOME" ]; then say "MariaDB is not installed"; return; fi
  lock_version
  local pid deadline
  if ! pid=$(database_pid); then say "MariaDB does not run"; return; fi
  kill -TERM "$pid"
  deadline=$((SECONDS + 30))
  while is_our_database "$pid"; do
    if [ "$SECONDS" -ge "$deadline" ]; then kill -KILL "$pid" || true; fi
    pause
  done
  rm -f "$PID_FILE"
  say "MariaDB stopped"
}

require_database() {
  is_installed && return
  printf 'lab: MariaDB is not installed; run: lab/mariadb install\n' >&2
  exit "$EXIT_NOT_INSTALLED"
}

print_database_status() {
  if ! is_installed; then say "MariaDB is not installed"; exit "$EXIT_NOT_INSTALLED"; fi
  local pid
  if ! pid=$(database_pid); then
    say "MariaDB $(cat "$INSTALLED_MARK") is installed, but does not run"
    exit "$EXIT_NOT_RUNNING"
  fi
  use_port_of_running_database
  say "MariaDB $(cat "$INSTALLED_MARK") runs as pid $pid, port $DATABASE_PORT"
}

print_database_environment() {
  require_database
  use_port_of_running_database
  local running=no
  if database_pid >/dev/null; then running=yes; fi
  cat <<ENV
PBX_LAB_RUNNING=$running
PBX_LAB_VERSION=$(cat "$INSTALLED_MARK")
PBX_LAB_LOG_FILE=$LOG_FILE
DB_HOST=127.0.0.1
DB_PORT=$DATABASE_PORT
DB_CDR_SCHEMA=asteriskcdrdb
DB_SMS_SCHEMA=asterisk
DB_USER=lab
DB_PASSWORD=lab-secret
DB_READER=reader
DB_READER_PASSWORD=reader-secret
ENV
}

wipe_database() {
  stop_database
  lock_version
  rm -rf "$VERSION_HOME"
  if has_option --cache; then rm -rf "$CACHE_DIR"; fi
  say "MariaDB wiped"
}
