# What the scripts of this project know about it. Source it; it runs with the bash of macOS, too.

HOUSE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The text of the first <$2> in the POM $1 that is not in <parent>.
pom_text() {
  sed -e '/<parent>/,/<\/parent>/d' "$1" | sed -n "s:.*<$2>\(.*\)</$2>.*:\1:p" | head -n 1
}

project_version() {
  pom_text "$HOUSE/pom.xml" version
}

# One line for each published module, "directory packaging": those whose POM sets publish.skip to
# false. io.github.pbxsdk.it.house.House reads the same.
published_modules() {
  local module packaging
  sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$HOUSE/pom.xml" | while read -r module; do
    grep -q '<publish.skip>false</publish.skip>' "$HOUSE/$module/pom.xml" || continue
    packaging=$(pom_text "$HOUSE/$module/pom.xml" packaging)
    printf '%s %s\n' "$module" "${packaging:-jar}"
  done
}

# The same as a list for -pl.
published_list() {
  published_modules | cut -d ' ' -f 1 | paste -s -d , -
}

# Copies the sources, and nothing that was built, into the empty folder $1.
copy_sources() {
  mkdir -p "$1"
  tar -C "$HOUSE" -c \
    --exclude=target --exclude=.git --exclude=.lab --exclude=.flattened-pom.xml . |
    tar -C "$1" -x
}
