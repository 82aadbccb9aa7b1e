# As much of a SIP phone as the self-test needs: requests with digest over TCP, in bash.
# shellcheck shell=bash disable=SC2034

# Opens a connection and leaves its number in SIP_FD.
sip_connect() {
  exec {SIP_FD}<>"/dev/tcp/127.0.0.1/$SIP_TCP_PORT"
}

# sip_read FD SECONDS: reads one message into SIP_START, SIP_HEADERS and SIP_BODY.
sip_read() {
  local fd=$1 seconds=$2 line length=0
  SIP_START='' SIP_HEADERS='' SIP_BODY=''
  IFS= read -r -t "$seconds" -u "$fd" line || return 1
  SIP_START=${line%$'\r'}
  while IFS= read -r -t 2 -u "$fd" line && line=${line%$'\r'} && [ -n "$line" ]; do
    SIP_HEADERS+=$line$'\n'
  done
  length=$(sip_header Content-Length)
  if [ "${length:-0}" -gt 0 ]; then LC_ALL=C IFS= read -r -t 2 -N "$length" -u "$fd" SIP_BODY; fi
}

# The values of a header of the last message, one per line.
sip_header() {
  sed -n "s/^$1: *//Ip" <<<"$SIP_HEADERS"
}

# sip_parameter NAME LINE: one parameter of a challenge.
sip_parameter() {
  sed -nE "s/.*[ ,]$1=\"?([^\",]*).*/\1/p" <<<"$2"
}

# sip_digest ALGORITHM USER PASSWORD METHOD URI CHALLENGE: the value of an Authorization header.
sip_digest() {
  local algorithm=$1 user=$2 password=$3 method=$4 uri=$5 challenge=$6 realm nonce opaque cnonce ha1 ha2
  realm=$(sip_parameter realm "$challenge")
  nonce=$(sip_parameter nonce "$challenge")
  opaque=$(sip_parameter opaque "$challenge")
  cnonce=$(openssl rand -hex 8)
  ha1=$(sip_hash "$algorithm" "$user:$realm:$password")
  ha2=$(sip_hash "$algorithm" "$method:$uri")
  printf 'Digest username="%s",realm="%s",nonce="%s",opaque="%s",uri="%s",algorithm=%s,qop=auth,nc=00000001,cnonce="%s",response="%s"' \
    "$user" "$realm" "$nonce" "$opaque" "$uri" "$algorithm" "$cnonce" \
    "$(sip_hash "$algorithm" "$ha1:$nonce:00000001:$cnonce:auth:$ha2")"
}

sip_hash() {
  local name=md5
  if [ "$1" = SHA-256 ]; then name=sha256; fi
  printf '%s' "$2" | openssl dgst "-$name" -r | cut -d' ' -f1
}

# sip_request FD METHOD URI USER TO BODY [ALGORITHM]: sends a request, answers a challenge once, and
# leaves the answer in SIP_START.
sip_request() {
  local fd=$1 method=$2 uri=$3 user=$4 to=$5 body=$6 algorithm=${7:-MD5} call=$RANDOM$RANDOM authorization=''
  local sequence challenge type=''
  if [ -n "$body" ]; then type=$'Content-Type: text/plain\r\n'; fi
  for sequence in 1 2; do
    printf '%s\r\n' "$method $uri SIP/2.0" "Via: SIP/2.0/TCP 127.0.0.1:9;rport;branch=z9hG4bK$RANDOM$RANDOM" \
      'Max-Forwards: 70' "From: <sip:$user@127.0.0.1>;tag=$call" "To: <$to>" "Call-ID: $call@lab" \
      "CSeq: $sequence $method" "Contact: <sip:$user@127.0.0.1:9;transport=tcp>" \
      "${type}${authorization:+Authorization: $authorization$'\r\n'}Content-Length: $(printf '%s' "$body" | wc -c)" '' >&"$fd"
    printf '%s' "$body" >&"$fd"
    # Requests from the server may come in between; only an answer ends the wait.
    while sip_read "$fd" 5 && [[ $SIP_START != SIP/2.0* ]]; do sip_answer "$fd"; done
    if [[ $SIP_START != 'SIP/2.0 401'* ]]; then break; fi
    challenge=$(sip_header WWW-Authenticate | grep "algorithm=$algorithm" || true)
    if [ -z "$challenge" ]; then break; fi
    authorization=$(sip_digest "$algorithm" "$user" "secret-$user" "$method" "$uri" "$challenge")
  done
  [[ $SIP_START == 'SIP/2.0 2'* ]]
}

# Says 200 to the request read last.
sip_answer() {
  printf '%s\r\n' 'SIP/2.0 200 OK' "Via: $(sip_header Via)" "From: $(sip_header From)" "To: $(sip_header To);tag=lab" \
    "Call-ID: $(sip_header Call-ID)" "CSeq: $(sip_header CSeq)" 'Content-Length: 0' '' >&"$1"
}

sip_register() { # FD EXTENSION [ALGORITHM]
  sip_request "$1" REGISTER "sip:127.0.0.1" "$2" "sip:$2@127.0.0.1" '' "${3:-MD5}"
}
