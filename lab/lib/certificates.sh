# The lab's own certificate authority. Both versions share it, so a test trusts one file.
# shellcheck shell=bash

ensure_certificates() {
  mkdir -p "$TLS_DIR"
  (
    # Both versions may be installed at the same time by two shells.
    exec 8>"$TLS_DIR/.lock"
    flock 8
    if ! still_valid "$TLS_DIR/ca.crt"; then
      rm -f "$TLS_DIR"/*.crt "$TLS_DIR"/*.key
      make_authority
    fi
    still_valid "$TLS_DIR/server.crt" ||
      make_certificate server pbx.test 'DNS:localhost,DNS:pbx.test,IP:127.0.0.1,URI:sip:pbx.test'
    # Signed by the same authority for a name the lab does not have: for tests of the name check.
    still_valid "$TLS_DIR/wrong-host.crt" ||
      make_certificate wrong-host elsewhere.test 'DNS:elsewhere.test,URI:sip:elsewhere.test'
  )
}

still_valid() {
  [ -f "$1" ] && openssl x509 -in "$1" -noout -checkend 86400 >/dev/null 2>&1
}

# openssl speaks on standard error even when all is well; its words matter only after a failure.
quiet_openssl() {
  local words
  words=$(openssl "$@" 2>&1) || fail "openssl $1 failed: $words"
}

make_authority() {
  local request=$TLS_DIR/ca.cnf
  cat >"$request" <<'CONF'
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = pbx-sdk lab CA
[extensions]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
CONF
  quiet_openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -config "$request" \
    -keyout "$TLS_DIR/ca.key" -out "$TLS_DIR/ca.crt"
  chmod 600 "$TLS_DIR/ca.key"
  rm -f "$request"
}

make_certificate() {
  local name=$1 common_name=$2 alternative_names=$3 request=$TLS_DIR/$1.cnf
  cat >"$request" <<CONF
[req]
distinguished_name = name
prompt = no
[name]
CN = $common_name
[extensions]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $alternative_names
CONF
  quiet_openssl req -newkey rsa:2048 -nodes -sha256 -config "$request" \
    -keyout "$TLS_DIR/$name.key" -out "$TLS_DIR/$name.csr"
  quiet_openssl x509 -req -in "$TLS_DIR/$name.csr" -sha256 -days 800 -CA "$TLS_DIR/ca.crt" -CAkey "$TLS_DIR/ca.key" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$request" -extensions extensions -out "$TLS_DIR/$name.crt"
  chmod 600 "$TLS_DIR/$name.key"
  rm -f "$request" "$TLS_DIR/$name.csr"
}

# Only when no version is left that may be using them.
wipe_certificates() {
  local version
  for version in "${ALL_VERSIONS[@]}"; do
    if [ -d "$LAB_HOME/$version" ]; then return; fi
  done
  rm -rf "$LAB_HOME/tls"
}
