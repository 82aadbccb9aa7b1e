# Starting, stopping and asking the server.
# shellcheck shell=bash

readonly START_SECONDS=60 STOP_SECONDS=15

# Prints the pid of this version's server if it lives. A recorded pid alone proves nothing: after a
# kill -9 or a reboot it may belong to any other program, so its command line must name our file.
server_pid() {
  local pid
  pid=$(cat "$PID_FILE" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] || return 1
  is_our_server "$pid" || return 1
  printf '%s\n' "$pid"
}

is_our_server() {
  local words
  mapfile -d '' -t words 2>/dev/null <"/proc/$1/cmdline" || return 1
  local line=" ${words[*]} "
  # "-rx" would be one of our own CLI calls.
  [[ $line == *" -C $ASTERISK_CONF -f "* && $line != *" -rx"* ]]
}

# The ports of the running server count, not those of the present environment.
use_ports_of_running_server() {
  local override=PBX_LAB_PORT_BASE_$VERSION started_with
  if server_pid >/dev/null && started_with=$(cat "$STARTED_WITH" 2>/dev/null); then
    printf -v "$override" '%s' "$started_with"
    use_ports
  fi
}

# Written by the image of compose.yaml: configured here, with its programs elsewhere.
is_in_container() { [ -n "$TREE" ] && is_installed && [ ! -e "$TREE/usr/sbin/asterisk" ]; }

start_server() {
  require_installed
  if is_in_container; then
    tcp_answers "$AMI_PORT" || fail "$VERSION lives in a container; start it: docker compose -f lab/compose.yaml up -d"
    say "$VERSION: runs in a container, SIP $SIP_PORT, AMI $AMI_PORT, HTTP $HTTP_PORT"
    return
  fi
  lock_version
  local pid
  if pid=$(server_pid); then
    use_ports_of_running_server
    wait_until_ready "$pid"
    say "$VERSION: runs already, pid $pid, SIP $SIP_PORT, AMI $AMI_PORT, HTTP $HTTP_PORT"
    return
  fi
  check_socket_path
  check_ports_are_free
  write_configuration
  rotate_logs
  rm -f "$RUN_DIR/asterisk.ctl" "$PID_FILE"
  printf '%s\n' "$PORT_BASE" >"$STARTED_WITH"
  launch
  pid=$(cat "$PID_FILE")
  wait_until_ready "$pid"
  say "$VERSION: started Asterisk $(cat "$INSTALLED_MARK"), pid $pid, SIP $SIP_PORT, AMI $AMI_PORT, HTTP $HTTP_PORT"
}

# A Unix socket's path has room for 107 characters; Asterisk would cut a longer one without a word.
check_socket_path() {
  local socket=$RUN_DIR/asterisk.ctl
  [ ${#socket} -le 107 ] || fail "the path $socket is too long for a socket; set PBX_LAB_HOME to a shorter directory"
}

check_ports_are_free() {
  local port
  for port in "$AMI_PORT" "$AMI_TLS_PORT" "$SIP_PORT" "$SIP_TLS_PORT" "$HTTP_PORT" "$HTTPS_PORT"; do
    if tcp_answers "$port"; then
      fail "port $port is taken by another program; choose others with PBX_LAB_PORT_BASE_$VERSION"
    fi
  done
}

# One old generation is enough to look into yesterday's failure, and keeps a busy lab small.
rotate_logs() {
  local file
  for file in "$LOG_FILE" "$CONSOLE_FILE" "$LOG_DIR/queue_log" "$LOG_DIR/cdr-custom/Master.csv" "$LOG_DIR/cel-custom/Master.csv"; do
    if [ -s "$file" ]; then mv -f "$file" "$file.1"; fi
  done
}

# In a session of its own and without one inherited file: a build tool that started us waits until
# the last holder of its pipes is gone. The lock, too, must not live on in the server.
launch() {
  asterisk_command
  : >"$CONSOLE_FILE"
  # shellcheck disable=SC2016
  TZ=${PBX_LAB_TZ:-UTC} LC_ALL=C.UTF-8 setsid bash -c '
    pid_file=$1; shift
    for descriptor in /proc/self/fd/*; do
      number=${descriptor##*/}
      if [ "$number" -gt 2 ] && [ "$number" -ne 255 ]; then eval "exec $number>&-" 2>/dev/null; fi
    done
    cd / || exit 1
    # Written before exec: the number stays the same, and nobody sees a half-written file.
    echo $$ >"$pid_file.new" && mv "$pid_file.new" "$pid_file"
    exec "$@"
  ' lab "$PID_FILE" "${ASTERISK[@]}" -C "$ASTERISK_CONF" -f -n </dev/null >"$CONSOLE_FILE" 2>&1 9>&- &
  disown
  local deadline=$((SECONDS + 10))
  until [ -s "$PID_FILE" ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the server was not started; see $CONSOLE_FILE"
    pause
  done
}

pause() { sleep 0.1; }

tcp_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# With a whole handshake: the server logs an error for each connection that ends before it.
tls_answers() {
  openssl s_client -connect "127.0.0.1:$1" -CAfile "$TLS_DIR/ca.crt" -verify_return_error </dev/null >/dev/null 2>&1
}

# Any answer to an OPTIONS will do, a challenge included. dd, because bash writes a datagram per line
# and reads one byte of each.
sip_udp_answers() (
  exec 3<>"/dev/udp/127.0.0.1/$SIP_PORT" || exit 1
  id=$RANDOM$RANDOM
  printf '%s\r\n' "OPTIONS sip:lab@127.0.0.1:$SIP_PORT SIP/2.0" "Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK$id" \
    "Max-Forwards: 70" "From: <sip:lab@127.0.0.1>;tag=$id" "To: <sip:lab@127.0.0.1>" "Call-ID: $id@lab" \
    "CSeq: 1 OPTIONS" "Content-Length: 0" "" | dd bs=65536 iflag=fullblock status=none >&3
  answer=$(timeout 1 dd bs=65536 count=1 status=none <&3 | tr -d '\0') || true
  [[ $answer == SIP/2.0* ]]
) 2>/dev/null

all_ports_answer() {
  local port
  for port in "$AMI_PORT" "$SIP_PORT" "$HTTP_PORT"; do tcp_answers "$port" || return 1; done
  for port in "$AMI_TLS_PORT" "$SIP_TLS_PORT" "$HTTPS_PORT"; do tls_answers "$port" || return 1; done
  sip_udp_answers
}

wait_until_ready() {
  local pid=$1 deadline=$((SECONDS + START_SECONDS))
  until [ -S "$RUN_DIR/asterisk.ctl" ] && run_cli 'core waitfullybooted' 2>/dev/null | grep -q 'fully booted' && all_ports_answer; do
    if ! is_our_server "$pid"; then
      tail -n 20 "$CONSOLE_FILE" >&2
      fail "$VERSION ended while starting; see $CONSOLE_FILE and $LOG_FILE"
    fi
    [ "$SECONDS" -lt "$deadline" ] || fail "$VERSION (pid $pid) does not answer after $START_SECONDS s; see $LOG_FILE"
    pause
  done
}

stop_server() {
  # Without a directory there is nothing to lock or stop, and none shall appear.
  if [ ! -d "$VERSION_HOME" ]; then say "$VERSION: is not installed"; return; fi
  lock_version
  local pid deadline
  if ! pid=$(server_pid); then
    rm -f "$PID_FILE"
    say "$VERSION: does not run"
    return
  fi
  kill -TERM "$pid"
  deadline=$((SECONDS + STOP_SECONDS))
  while is_our_server "$pid"; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      say "$VERSION: did not end within $STOP_SECONDS s, killing it"
      kill -KILL "$pid" || true
      deadline=$((SECONDS + STOP_SECONDS))
    fi
    pause
  done
  rm -f "$PID_FILE"
  say "$VERSION: stopped"
}

print_status() {
  if ! is_installed; then
    say "$VERSION: not installed"
    exit "$EXIT_NOT_INSTALLED"
  fi
  local pid
  if ! pid=$(server_pid); then
    say "$VERSION: Asterisk $(cat "$INSTALLED_MARK") is installed, but does not run"
    exit "$EXIT_NOT_RUNNING"
  fi
  use_ports_of_running_server
  if ! all_ports_answer; then
    say "$VERSION: runs as pid $pid, but not all of its ports answer; see $LOG_FILE"
    exit "$EXIT_FAILED"
  fi
  say "$VERSION: Asterisk $(cat "$INSTALLED_MARK") runs as pid $pid, SIP $SIP_PORT, AMI $AMI_PORT, HTTP $HTTP_PORT"
}

run_cli() {
  # In a container the server has no pid file of ours.
  if [ -n "$TREE" ] && ! server_pid >/dev/null; then
    printf 'lab: %s does not run; start it: lab/asterisk start %s\n' "$VERSION" "$VERSION" >&2
    return "$EXIT_NOT_RUNNING"
  fi
  asterisk_command
  "${ASTERISK[@]}" -C "$ASTERISK_CONF" -rx "$1" </dev/null
}

run_in_foreground() {
  mkdir -p "$VERSION_HOME"
  write_configuration
  installed_version >"$INSTALLED_MARK"
  rm -f "$RUN_DIR/asterisk.ctl"
  asterisk_command
  TZ=${PBX_LAB_TZ:-UTC} exec "${ASTERISK[@]}" -C "$ASTERISK_CONF" -f -n
}

# Everything that a test needs, one KEY=value per line, values without quotes.
print_environment() {
  require_installed
  use_ports_of_running_server
  local running=no pid=''
  if pid=$(server_pid) || { is_in_container && tcp_answers "$AMI_PORT"; }; then running=yes; fi
  cat <<ENV
PBX_LAB_MAJOR=$VERSION
PBX_LAB_VERSION=$(cat "$INSTALLED_MARK")
PBX_LAB_RUNNING=$running
PBX_LAB_PID=$pid
PBX_LAB_PID_FILE=$PID_FILE
PBX_LAB_LOG_FILE=$LOG_FILE
PBX_LAB_CONFIG_DIR=$ETC_DIR
PBX_LAB_CDR_FILE=$LOG_DIR/cdr-custom/Master.csv
PBX_LAB_CEL_FILE=$LOG_DIR/cel-custom/Master.csv
PBX_CA=$TLS_DIR/ca.crt
PBX_WRONG_HOST_CERTIFICATE=$TLS_DIR/wrong-host.crt
PBX_WRONG_HOST_KEY=$TLS_DIR/wrong-host.key
RECORDINGS_DIR=$SPOOL_DIR/monitor
ARI_RECORDINGS_DIR=$SPOOL_DIR/recording
VOICEMAIL_DIR=$SPOOL_DIR/voicemail/default
AMI_HOST=127.0.0.1
AMI_PORT=$AMI_PORT
AMI_TLS_PORT=$AMI_TLS_PORT
AMI_HTTP_URL=http://127.0.0.1:$HTTP_PORT
AMI_HTTPS_URL=https://127.0.0.1:$HTTPS_PORT
AMI_USER=lab
AMI_SECRET=lab-secret
AMI_LIMITED_USER=limited
AMI_LIMITED_SECRET=limited-secret
AMI_SINGLE_USER=single
AMI_SINGLE_SECRET=single-secret
AMI_FILTERED_USER=filtered
AMI_FILTERED_SECRET=filtered-secret
AMI_CHANNEL_VARIABLES=FOO,BAR
ARI_URL=http://127.0.0.1:$HTTP_PORT/ari
ARI_TLS_URL=https://127.0.0.1:$HTTPS_PORT/ari
ARI_USER=lab
ARI_PASSWORD=lab-secret
ARI_READONLY_USER=reader
ARI_READONLY_PASSWORD=reader-secret
ARI_APP=lab
SIP_SERVER=127.0.0.1
SIP_DOMAIN=127.0.0.1
SIP_UDP_PORT=$SIP_PORT
SIP_TCP_PORT=$SIP_PORT
SIP_TLS_PORT=$SIP_TLS_PORT
SIP_WS_URL=ws://127.0.0.1:$HTTP_PORT/ws
SIP_WSS_URL=wss://127.0.0.1:$HTTPS_PORT/ws
SIP_EXTENSION_FIRST=$FIRST_EXTENSION
SIP_EXTENSION_LAST=$LAST_PLAIN_EXTENSION
SIP_PASSWORD_PREFIX=secret-
SIP_EXTENSION_WEBRTC=1021
SIP_EXTENSION_SRTP=1022
SIP_EXTENSION_SHA256=$([ "$VERSION" -lt 22 ] || echo 1023)
SIP_EXTENSION_ONE_DEVICE=1024
SIP_EXTENSION_NO_TEXTS=1025
SIP_EXTENSION_FULL_AT_ONE=1026
SIP_EXTENSION_SHORT_EXPIRY=1027
SIP_EXTENSION_VOICEMAIL=1010
RTP_PORT_FIRST=$RTP_START
RTP_PORT_LAST=$RTP_END
CONTEXT=from-internal
CONTEXT_MESSAGES=sdk-messages
NUMBER_ECHO=600
NUMBER_BUSY=601
NUMBER_NO_ANSWER=602
NUMBER_REJECT=603
NUMBER_RECORD=604
NUMBER_PLAYBACK=605
NUMBER_DTMF=606
NUMBER_RECORDED_ECHO=607
NUMBER_STASIS=608
NUMBER_STAY=609
NUMBER_SHORT_CALL=610
NUMBER_MUSIC=611
NUMBER_SEND_DTMF=612
NUMBER_CONGESTION=613
PREFIX_HANGUP_CAUSE=69
PREFIX_RECORDED_CALL=8
NUMBER_QUEUE=500
NUMBER_QUEUE_LOCAL=501
NUMBER_QUEUE_EMPTY=502
NUMBER_CONFERENCE=700
NUMBER_PARKING=70
PARKING_SLOT_FIRST=71
PARKING_SLOT_LAST=78
CODE_PICKUP_GROUP=*8
PREFIX_PICKUP=**
PREFIX_VOICEMAIL=*
CODE_VOICEMAIL_MAIN=*97
CODE_BLIND_TRANSFER=##
CODE_ATTENDED_TRANSFER=*2
CODE_RECORD=*1
ENV
}
