# Where everything lies, and which numbers a version uses. Sourced by lab/asterisk and lab/selftest.
# shellcheck shell=bash disable=SC2034

# Sets the variables below for one version. All of a version lies in $VERSION_HOME; downloads and
# certificates are shared and outlive `wipe`.
use_version() {
  VERSION=$1
  # shellcheck disable=SC2206  # mirrors are separated by spaces
  case $VERSION in
    # bullseye rests: when the mirrors drop it, the archive host keeps it for ever.
    16) SUITE=bullseye MIRRORS=(${PBX_LAB_MIRROR_16:-http://deb.debian.org/debian http://archive.debian.org/debian})
        PACKAGES=(asterisk asterisk-voicemail asterisk-moh-opsound-gsm) ;;
    22) SUITE=sid MIRRORS=(${PBX_LAB_MIRROR_22:-http://deb.debian.org/debian})
        PACKAGES=(asterisk asterisk-moh-opsound-gsm) ;;
    *) fail "there is no version '$VERSION' in the lab, only 16 and 22" ;;
  esac

  VERSION_HOME=$LAB_HOME/$VERSION
  ETC_DIR=$VERSION_HOME/etc
  VAR_DIR=$VERSION_HOME/var
  SPOOL_DIR=$VERSION_HOME/spool
  RUN_DIR=$VERSION_HOME/run
  LOG_DIR=$VERSION_HOME/log
  TLS_DIR=$LAB_HOME/tls
  CACHE_DIR=$LAB_HOME/cache/$SUITE
  LOCK_FILE=$LAB_HOME/lock-$VERSION

  ASTERISK_CONF=$ETC_DIR/asterisk.conf
  PID_FILE=$RUN_DIR/lab.pid
  LOG_FILE=$LOG_DIR/messages
  CONSOLE_FILE=$LOG_DIR/console
  # What the running server was started with; the environment of a later call may differ.
  STARTED_WITH=$RUN_DIR/lab.ports
  INSTALLED_MARK=$VERSION_HOME/version

  use_tree "${PBX_LAB_TREE:-$VERSION_HOME/tree}"
  use_ports
}

# TREE is the unpacked Debian tree, or "/" in a container that has Asterisk installed.
use_tree() {
  TREE=${1%/}
  case $(uname -m) in
    x86_64) DEB_ARCH=amd64 TRIPLET=x86_64-linux-gnu LOADER_NAME=ld-linux-x86-64.so.2 ;;
    aarch64 | arm64) DEB_ARCH=arm64 TRIPLET=aarch64-linux-gnu LOADER_NAME=ld-linux-aarch64.so.1 ;;
    *) DEB_ARCH='' TRIPLET=unknown LOADER_NAME=unknown ;;
  esac
  LIB_DIR=$TREE/usr/lib/$TRIPLET
  # Debian moved the modules below the triplet between the two versions.
  if [ -d "$LIB_DIR/asterisk/modules" ]; then
    MODULE_DIR=$LIB_DIR/asterisk/modules
  else
    MODULE_DIR=$TREE/usr/lib/asterisk/modules
  fi
}

# Ports are BASE plus the last digits of the usual ones: 5060 becomes 16060 and 22060. The defaults
# lie below the range from which Linux takes ports for outgoing connections.
use_ports() {
  local override=PBX_LAB_PORT_BASE_$VERSION
  PORT_BASE=${!override:-${VERSION}000}
  if [[ ! $PORT_BASE =~ ^[0-9]{1,5}$ ]] || [ "$PORT_BASE" -lt 1024 ] || [ "$PORT_BASE" -gt 63000 ]; then
    fail "$override must be a number from 1024 to 63000, not '$PORT_BASE'"
  fi
  AMI_PORT=$((PORT_BASE + 38))
  AMI_TLS_PORT=$((PORT_BASE + 39))
  SIP_PORT=$((PORT_BASE + 60))
  SIP_TLS_PORT=$((PORT_BASE + 61))
  HTTP_PORT=$((PORT_BASE + 88))
  HTTPS_PORT=$((PORT_BASE + 89))
  UDPTL_START=$((PORT_BASE + 900))
  UDPTL_END=$((PORT_BASE + 999))
  RTP_START=$((PORT_BASE + 1000))
  RTP_END=$((PORT_BASE + 1999))
}

# Keeps two shells from working on one version at a time. The lock ends with this (sub)shell.
lock_version() {
  mkdir -p "$LAB_HOME"
  exec 9>"$LOCK_FILE"
  flock -w 300 9 || fail "another lab command has been working on $VERSION for five minutes ($LOCK_FILE)"
}

is_installed() { [ -f "$INSTALLED_MARK" ]; }

require_installed() {
  is_installed && return
  printf 'lab: %s is not installed; run: lab/asterisk install %s\n' "$VERSION" "$VERSION" >&2
  exit "$EXIT_NOT_INSTALLED"
}

# The server is started through the loader of its own tree, with a library path that its child
# processes do not inherit. A container's server is an ordinary program.
asterisk_command() {
  if [ -z "$TREE" ]; then
    ASTERISK=(/usr/sbin/asterisk)
  else
    ASTERISK=("$LIB_DIR/$LOADER_NAME" --library-path "$LIB_DIR:$TREE/usr/lib" "$TREE/usr/sbin/asterisk")
  fi
}
