# Writes the configuration of a version from the templates in lab/etc. Done at each start, so a
# changed template or port needs no new installation.
# shellcheck shell=bash

# Extensions 1001 to 1020 are alike; the rest differ in one thing each (see lab/README.md).
# shellcheck disable=SC2034  # server.sh tells them
readonly FIRST_EXTENSION=1001 LAST_PLAIN_EXTENSION=1020 LAST_EXTENSION=1027

write_configuration() {
  mkdir -p "$ETC_DIR" "$RUN_DIR" "$LOG_DIR/cdr-custom" "$LOG_DIR/cel-custom" "$SPOOL_DIR/monitor" \
    "$SPOOL_DIR/voicemail" "$SPOOL_DIR/tmp" "$VAR_DIR/keys" "$VAR_DIR/agi-bin" "$VAR_DIR/cache"
  # ARI serves recordings from "recording" only. As a link to "monitor" it serves call recordings, too;
  # a link inside it would be listed, but never served.
  if [ -d "$SPOOL_DIR/recording" ] && [ ! -L "$SPOOL_DIR/recording" ]; then rmdir "$SPOOL_DIR/recording"; fi
  ln -sfn monitor "$SPOOL_DIR/recording"
  ensure_certificates

  local template script
  script=$(template_script)
  rm -f "$ETC_DIR"/*.conf
  for template in "$LAB_DIR"/etc/*.conf; do
    sed "$script" "$template" >"$ETC_DIR/${template##*/}"
  done
  if grep -qs '@[A-Z_]*@' "$ETC_DIR"/*.conf; then fail "a template in $LAB_DIR/etc names something unknown"; fi
  write_phones >"$ETC_DIR/pjsip_phones.conf"
  write_hints >"$ETC_DIR/extensions_hints.conf"
  write_mailboxes >>"$ETC_DIR/voicemail.conf"
}

# Prints a sed script that replaces @NAME@, and keeps lines beginning with @16@ or @22@ for that
# version only.
template_script() {
  local name value
  printf '%s\n' "s/^@$VERSION@ //" '/^@[0-9]*@ /d'
  for name in VERSION ETC_DIR MODULE_DIR TREE VAR_DIR SPOOL_DIR RUN_DIR LOG_DIR TLS_DIR AMI_PORT AMI_TLS_PORT \
    SIP_PORT SIP_TLS_PORT HTTP_PORT HTTPS_PORT RTP_START RTP_END UDPTL_START UDPTL_END; do
    value=${!name}
    value=${value//\\/\\\\}
    value=${value//|/\\|}
    printf '%s\n' "s|@$name@|${value//&/\\&}|g"
  done
}

extensions() {
  local extension
  for ((extension = FIRST_EXTENSION; extension <= LAST_EXTENSION; extension++)); do
    # Only 22 knows SHA-256.
    if [ "$extension" -eq 1023 ] && [ "$VERSION" -lt 22 ]; then continue; fi
    say "$extension"
  done
}

has_mailbox() { [ "$1" -le 1005 ] || [ "$1" -eq 1010 ]; }

label_of() {
  case $1 in
    1001) say Alice ;;
    1002) say Bob ;;
    1003) say Carol ;;
    1004) say Dave ;;
    1005) say Eve ;;
    # One name beyond ASCII, one with what XML and HTML would trip over.
    1006) say 'Büro Süd ☎' ;;
    1007) say 'R&D <Lab>' ;;
    *) say "Phone $1" ;;
  esac
}

# One endpoint, one auth and one aor per extension, all with the extension's name as on FreePBX.
write_phones() {
  local extension endpoint auth aor
  say '; Written by lab/lib/config.sh'
  for extension in $(extensions); do
    endpoint='' auth='' aor=''
    if has_mailbox "$extension"; then endpoint+="mailboxes=$extension@default"$'\n'; fi
    case $extension in
      1021) endpoint+=$'webrtc=yes\n' ;;
      1022) endpoint+=$'media_encryption=sdes\nmedia_encryption_optimistic=no\n' ;;
      1023) auth=$'auth_type=digest\nsupported_algorithms_uas=SHA-256,MD5\n' ;;
      1024) aor=$'max_contacts=1\nremove_existing=yes\n' ;;
      1025) endpoint+=$'message_context=\n' ;;
      1026) aor=$'max_contacts=1\n' ;;
      1027) aor=$'minimum_expiration=5\nmaximum_expiration=10\ndefault_expiration=10\n' ;;
    esac
    cat <<CONF

[$extension](phone)
type=endpoint
auth=$extension
aors=$extension
callerid="$(label_of "$extension")" <$extension>
$endpoint
[$extension](password)
type=auth
username=$extension
password=secret-$extension
$auth
[$extension](address)
type=aor
$aor
CONF
  done
}

# A device's state together with "do not disturb" and presence, as on FreePBX.
write_hints() {
  local extension
  for extension in $(extensions); do
    say "exten => $extension,hint,PJSIP/$extension&Custom:DND$extension,CustomPresence:$extension"
  done
}

write_mailboxes() {
  local extension
  for extension in $(extensions); do
    if has_mailbox "$extension"; then say "$extension => $extension,$(label_of "$extension")"; fi
  done
}
