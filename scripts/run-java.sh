# Builds a module when its sources changed, then becomes its Java program. For samples/run and
# benchmarks/run; plain bash 3.2, as macOS has it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    echo "$program: $*" >&2
    exit 70
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, and there is no bin/java in it"
    else
        java=$(command -v java) || fail "needs a JDK, 17 or newer: install one or set JAVA_HOME"
    fi
}

require_jdk_17() {
    local version
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || fail "needs a JDK, 17 or newer; $java is ${version:-unreadable}"
}

# True when nothing changed since the last build and all that it made is there.
is_built() {
    local stamp=$root/$module/target/built entry
    [ -f "$stamp" ] && [ -d "$root/$module/target/classes" ] || return 1
    [ -z "$(cd "$root" && find pom.xml ./*/pom.xml ./*/src/main -newer "$stamp" -print | head -n 1)" ] ||
        return 1
    local IFS=:
    for entry in $(cat "$root/$module/target/classpath"); do
        [ -e "$entry" ] || return 1
    done
}

# One build at a time: samples/run may stand on both sides of a pipe.
lock() {
    local waited=0 holder
    mkdir -p "$root/target"
    until mkdir "$root/target/building" 2>/dev/null; do
        holder=$(cat "$root/target/building/pid" 2>/dev/null || true)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$root/target/building"
            continue
        fi
        progress "$program: waiting for another build …"
        waited=$((waited + 1))
        [ "$waited" -le 600 ] || fail "another build goes on; if not, remove target/building"
        sleep 1
    done
    echo $$ >"$root/target/building/pid"
    trap 'rm -rf "$root/target/building"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

unlock() {
    rm -rf "$root/target/building"
    trap - EXIT INT TERM
}

progress() {
    if [ -t 2 ]; then
        printf '\r\033[K%s' "$1" >&2
    fi
}

# What is wrong, as the compiler says it, else Maven, else its wrapper.
tell_why() {
    grep -m 5 -E '^\[(ERROR|WARNING)\] .*\.java:|^\[ERROR\] Failed' "$1" ||
        grep -m 3 -E '^\[(ERROR|FATAL)\] .' "$1" ||
        tail -n 3 "$1"
    if grep -qiE 'fail(ed)? to fetch|could not transfer|offline mode' "$1"; then
        echo "$program: is there a network? The first build downloads Maven and libraries"
    fi
}

# Says every second which module the build is at, until it is killed or the build ends.
show_build() {
    [ -t 2 ] || return 0
    local at
    while sleep 1 && kill -0 $$ 2>/dev/null; do
        at=$(sed -n 's/^\[INFO\] --- .* @ \(.*\) ---$/\1/p' "$1" | tail -n 1)
        progress "$program: building (the first time takes some minutes): ${at:-Maven} …"
    done
}

end_show() {
    kill "$watcher" 2>/dev/null || true
    wait "$watcher" 2>/dev/null || true
    progress ""
}

build() {
    local log=$root/target/$module-build.log watcher
    require_jdk_17
    progress "$program: building (the first time takes some minutes) …"
    touch "$root/target/building/started"
    : >"$log"
    show_build "$log" &
    watcher=$!
    if ! (cd "$root" && ./mvnw -B -ntp "$@" -pl "$module" -am -Dspotless.check.skip \
        process-classes) >"$log" 2>&1 </dev/null; then
        end_show
        tell_why "$log" >&2
        fail "the build failed; all of it is in target/$module-build.log"
    fi
    end_show
    # As old as the beginning of the build: what was edited meanwhile is built next time.
    cp -p "$root/target/building/started" "$root/$module/target/built"
}

# run_java MODULE MAIN-CLASS JVM-OPTIONS MAVEN-OPTIONS -- ARGUMENTS…
run_java() {
    module=$1
    local main=$2 jvm_options=$3 maven_options=$4
    shift 5
    program=${program:-$module/run}
    find_java
    if ! is_built; then
        lock
        # shellcheck disable=SC2086
        is_built || build $maven_options
        unlock
    fi
    if [ -t 2 ]; then
        jvm_options="$jvm_options -Dpbxsdk.terminal=true"
    fi
    # shellcheck disable=SC2086
    exec "$java" $jvm_options \
        -cp "$root/$module/target/classes:$(cat "$root/$module/target/classpath")" "$main" "$@"
}
