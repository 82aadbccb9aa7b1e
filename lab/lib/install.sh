# Getting Asterisk: apt plans and downloads, dpkg-deb unpacks. Nothing is installed into the system.
# shellcheck shell=bash

check_install_tools() {
  local tool
  if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    fail "this machine has no apt-get and dpkg-deb; use the containers instead: docker compose -f lab/compose.yaml up"
  fi
  for tool in tar openssl flock sha256sum; do
    command -v "$tool" >/dev/null || fail "'$tool' is missing"
  done
}

install_version() {
  lock_version
  if is_installed && ! has_option --refresh; then
    say "$VERSION: Asterisk $(cat "$INSTALLED_MARK") is installed already"
    return
  fi
  [ -n "$DEB_ARCH" ] || fail "the lab knows amd64 and arm64 only, not $(uname -m); use lab/compose.yaml"
  if server_pid >/dev/null; then fail "$VERSION runs; stop it first: lab/asterisk stop $VERSION"; fi

  local started=$SECONDS source=cache
  if has_option --refresh || ! cache_is_complete; then
    source=$SUITE
    download_packages
  fi
  unpack_packages
  repair_tree "$TREE.new"
  rm -rf "$TREE"
  mv "$TREE.new" "$TREE"
  use_tree "$TREE"
  cp "$CACHE_DIR/packages.sha256" "$VERSION_HOME/packages.sha256"
  ensure_certificates
  installed_version >"$INSTALLED_MARK.new"
  mv "$INSTALLED_MARK.new" "$INSTALLED_MARK"
  say "$VERSION: installed Asterisk $(cat "$INSTALLED_MARK") from $source," \
    "$(wc -l <"$VERSION_HOME/packages.sha256") packages, $((SECONDS - started)) s, into $VERSION_HOME"
}

# The first installation fixes the versions: later ones need no network and give the same server
# until someone asks for --refresh.
cache_is_complete() {
  [ -s "$CACHE_DIR/packages.sha256" ] || return 1
  awk '{ print $3 "  " $4 }' "$CACHE_DIR/packages.sha256" |
    (cd "$CACHE_DIR/debs" 2>/dev/null && sha256sum --check --status --strict -)
}

download_packages() {
  find_keyring
  local mirror words reached=''
  for mirror in "${MIRRORS[@]}"; do
    write_apt_configuration "$mirror" true
    say "$VERSION: asking $mirror for $SUITE"
    if words=$(update_package_lists); then reached=$mirror; break; fi
    # A mirror that lags shows yesterday's list as expired. That is about age, not origin: the
    # signature is still checked, and age does not matter here.
    if grep -q 'Release file for .* is expired' <<<"$words"; then
      say "$VERSION: the list at $mirror is older than Debian promises; taking it, its signature is still checked"
      write_apt_configuration "$mirror" false
      if words=$(update_package_lists); then reached=$mirror; break; fi
    fi
    printf '%s\n' "$words" >&2
  done
  [ -n "$reached" ] || fail "no mirror gave a list of $SUITE packages that could be verified with $KEYRING; apt's words are above"

  plan_packages
  say "$VERSION: downloading $(wc -l <"$CACHE_DIR/plan") packages"
  mkdir -p "$CACHE_DIR/debs"
  (cd "$CACHE_DIR/debs" && xargs apt-get -c "$CACHE_DIR/apt.conf" -q download <"$CACHE_DIR/plan") >"$CACHE_DIR/download.log" 2>&1 ||
    { tail -n 5 "$CACHE_DIR/download.log" >&2; fail "the download of $SUITE packages failed"; }
  record_packages
}

find_keyring() {
  local candidate
  for candidate in ${PBX_LAB_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp}; do
    if [ -r "$candidate" ]; then KEYRING=$candidate; return; fi
  done
  fail "Debian's archive keys are missing, so downloads cannot be verified: install the package" \
    "'debian-archive-keyring', or name a keyring file in PBX_LAB_KEYRING"
}

# An apt that sees nothing but one suite and an empty system. It may plan and download, never install:
# redirected state does not redirect dpkg, which would unpack into the real root. Hence /bin/false.
write_apt_configuration() {
  local mirror=$1 check_age=$2 state=$CACHE_DIR/apt
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  : >"$state/status"
  printf 'deb [signed-by=%s arch=%s] %s %s main\n' "$KEYRING" "$DEB_ARCH" "$mirror" "$SUITE" >"$state/sources.list"
  cat >"$CACHE_DIR/apt.conf" <<CONF
// Hooks and pins of this machine are not ours to run. Its proxy settings stay.
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Invoke;
#clear DPkg::Post-Invoke;
#clear DPkg::Pre-Install-Pkgs;
#clear APT::Default-Release;
#clear APT::Architectures;
Dir::State "$state";
Dir::State::lists "$state/lists";
Dir::State::status "$state/status";
Dir::Cache "$state/cache";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Bin::dpkg "/bin/false";
APT::Architecture "$DEB_ARCH";
APT::Architectures { "$DEB_ARCH"; };
APT::Sandbox::User "root";
APT::Install-Recommends "false";
APT::Get::AllowUnauthenticated "false";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Check-Date "$check_age";
Acquire::Check-Valid-Until "$check_age";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

# `apt-get update` counts a list that it could not fetch as a warning, so the words decide, too.
update_package_lists() {
  local words
  rm -f "$CACHE_DIR"/apt/lists/*_InRelease
  words=$(apt-get -c "$CACHE_DIR/apt.conf" -q -o APT::Update::Error-Mode=any update 2>&1) || { printf '%s\n' "$words"; return 1; }
  if grep -qE '^(E|Err):|^W: (GPG|Failed|An error)' <<<"$words"; then printf '%s\n' "$words"; return 1; fi
}

plan_packages() {
  local simulation
  simulation=$(apt-get -c "$CACHE_DIR/apt.conf" -q -s install "${PACKAGES[@]}" 2>&1) ||
    { tail -n 15 <<<"$simulation" >&2; fail "apt cannot plan ${PACKAGES[*]} from $SUITE"; }
  # Lines read: Inst NAME (VERSION ORIGIN [ARCH])
  awk '$1 == "Inst" { sub(/^\(/, "", $3); print $2 "=" $3 }' <<<"$simulation" | sort >"$CACHE_DIR/plan"
  [ -s "$CACHE_DIR/plan" ] || fail "apt planned no package for ${PACKAGES[*]}"
}

# Writes "name version sha256 file" per package and drops files that the plan no longer holds.
record_packages() {
  local package name version file sum list=$CACHE_DIR/packages.sha256
  : >"$list.new"
  while read -r package; do
    name=${package%%=*} version=${package#*=}
    file=$(cd "$CACHE_DIR/debs" && set -- "${name}_${version//:/%3a}_"*.deb && printf '%s' "$1")
    [ -f "$CACHE_DIR/debs/$file" ] || fail "apt did not download $package"
    sum=$(sha256sum <"$CACHE_DIR/debs/$file")
    printf '%s %s %s %s\n' "$name" "$version" "${sum%% *}" "$file" >>"$list.new"
  done <"$CACHE_DIR/plan"
  mv "$list.new" "$list"
  (cd "$CACHE_DIR/debs" && for file in *.deb; do grep -qF " $file" "$list" || rm -f "$file"; done)
}

# Into $TREE.new. bullseye's packages ship /lib/..., sid's /usr/lib/...; links let both land in /usr.
unpack_packages() {
  local new=$TREE.new directory file
  rm -rf "$new"
  mkdir -p "$new/usr"
  for directory in bin sbin lib lib64; do
    mkdir -p "$new/usr/$directory"
    ln -s "usr/$directory" "$new/$directory"
  done
  while read -r _ _ _ file; do
    # The server uses none of the tools, manuals and translations; without them the tree is half the size.
    dpkg-deb --fsys-tarfile "$CACHE_DIR/debs/$file" |
      tar -x -C "$new" --keep-directory-symlink --no-same-owner \
        --exclude='./bin/*' --exclude='./sbin/*' --exclude='./usr/bin/*' --exclude='./usr/share/doc/*' \
        --exclude='./usr/share/man/*' --exclude='./usr/share/info/*' --exclude='./usr/share/locale/*' \
        --exclude='./usr/share/perl/*' --exclude='./usr/lib/*/perl-base/*' --exclude='./usr/lib/*/perl/*' \
        --exclude='./usr/lib/systemd/*' --exclude='./lib/systemd/*' --exclude='./usr/share/zoneinfo/*' \
        --exclude='./var/cache/*' --exclude='./dev/*' ||
      fail "cannot unpack $file"
  done <"$CACHE_DIR/packages.sha256"
  # Old set-user-id programs must not lie about, least of all owned by root.
  find "$new" -type f -perm /6000 -exec chmod a-s {} +
}

# What the packages' scripts would have done, as far as the server needs it.
repair_tree() {
  local tree=$1 link target
  # Absolute links point into the machine's own /var/lib.
  while IFS= read -r link; do
    target=$(readlink "$link")
    case $target in
      /*) ln -srfn "$tree$target" "$link" ;;
    esac
  done < <(find "$tree/usr/share/asterisk" -type l)
  # Without a sounds/en every playback fails, and recordings are empty.
  local sounds=$tree/usr/share/asterisk/sounds
  if [ ! -e "$sounds/en" ]; then
    [ -d "$sounds/en_US_f_Allison" ] || fail "the packages hold no English sounds"
    ln -sfn en_US_f_Allison "$sounds/en"
  fi
}

# Asks the server itself; also shows that it can be started here at all.
installed_version() {
  local words
  asterisk_command
  words=$("${ASTERISK[@]}" -V 2>&1) || fail "the unpacked Asterisk does not start here: $words"
  [[ $words =~ Asterisk\ (certified/)?([0-9]+(\.[0-9]+)+) ]] || fail "cannot read a version from '$words'"
  say "${BASH_REMATCH[2]}"
}

wipe_version() {
  stop_server
  lock_version
  rm -rf "$VERSION_HOME"
  if has_option --cache; then rm -rf "$CACHE_DIR"; fi
  say "$VERSION: wiped"
}
