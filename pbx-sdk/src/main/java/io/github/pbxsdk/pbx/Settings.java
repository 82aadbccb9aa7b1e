package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.security.TlsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds settings by their names, and says which are missing. Files are read when asked for. */
final class Settings {

    private static final String PAGE =
            "https://github.com/pbxsdk/pbx-sdk/blob/main/docs/configuration.md";
    private static final String FILE = "_FILE";
    private static final Pattern URL = Pattern.compile("(?i)https?://[^/].*");

    private final String prefix;
    private final Map<String, String> values = new HashMap<>();

    Settings(Map<String, String> all, String prefix) {
        this.prefix = prefix;
        for (PbxSetting setting : PbxSetting.values()) {
            keep(all, name(setting));
            keep(all, name(setting) + FILE);
        }
    }

    /** An empty variable counts as not set: that is how a shell or a container takes one back. */
    private void keep(Map<String, String> all, String name) {
        String value = all.get(name);
        if (value != null && !value.isBlank()) {
            values.put(name, value);
        }
    }

    /** Returns the name under which this setting is looked for. */
    String name(PbxSetting setting) {
        return prefix + setting.name();
    }

    /**
     * Returns the value of a setting.
     *
     * @throws IllegalStateException if it is given both as a value and as a file, or the file can't
     *     be read
     */
    Optional<String> find(PbxSetting setting) {
        String value = values.get(name(setting));
        String file = values.get(name(setting) + FILE);
        if (value != null && file != null) {
            throw new IllegalStateException(
                    name(setting) + " and " + name(setting) + FILE + " are both given: keep one");
        }
        return Optional.ofNullable(file == null ? value : content(name(setting) + FILE, file));
    }

    /** Returns the value of a setting that {@link #require} has found. */
    String get(PbxSetting setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(name(setting)));
    }

    boolean isSet(PbxSetting setting) {
        return values.containsKey(name(setting)) || values.containsKey(name(setting) + FILE);
    }

    boolean areSet(PbxSetting... settings) {
        return Stream.of(settings).allMatch(this::isSet);
    }

    /**
     * Checks that settings are there.
     *
     * @throws IllegalStateException if not, with the names of all that are missing
     */
    void require(String what, PbxSetting... needed) {
        List<String> missing =
                Stream.of(needed).filter(one -> !isSet(one)).map(this::described).toList();
        if (!missing.isEmpty()) {
            throw missing(what, String.join(", ", missing));
        }
    }

    IllegalStateException missing(String what, String names) {
        return new IllegalStateException(what + " needs " + names + "; see " + PAGE);
    }

    /** Says what is missing where the builder of a client could have brought it as well. */
    IllegalStateException missing(String what, String names, IllegalStateException lack) {
        IllegalStateException missing =
                missing(what, names + ", or in its builder: " + lack.getMessage());
        missing.initCause(lack);
        return missing;
    }

    private String described(PbxSetting setting) {
        return name(setting) + " (" + setting.meaning() + ")";
    }

    Optional<Credentials> credentials(PbxSetting user, PbxSetting secret) {
        return areSet(user, secret)
                ? Optional.of(Credentials.of(get(user), get(secret)))
                : Optional.empty();
    }

    Optional<Integer> port(PbxSetting setting) {
        return find(setting).map(text -> port(setting, text));
    }

    private int port(PbxSetting setting, String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are no ports.
        }
        throw wrong(setting, text, "a port, 1 to 65535");
    }

    /** Returns the address of a web server; whoever reads what is wrong has the name of it. */
    Optional<String> url(PbxSetting setting) {
        return find(setting).map(text -> url(setting, text.strip()));
    }

    /** Returns an address that has to be one to Java as well. */
    Optional<URI> uri(PbxSetting setting) {
        return url(setting).map(text -> uri(setting, text));
    }

    private URI uri(PbxSetting setting, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(
                    setting, text, "a URL without spaces and other signs that have to be escaped");
        }
    }

    private String url(PbxSetting setting, String text) {
        if (!URL.matcher(text).matches()) {
            throw wrong(setting, text, "a URL that begins with https:// or http://");
        }
        return text;
    }

    Optional<Duration> minutes(PbxSetting setting) {
        return find(setting).map(text -> minutes(setting, text));
    }

    private Duration minutes(PbxSetting setting, String text) {
        try {
            int minutes = Integer.parseInt(text.strip());
            if (minutes > 0) {
                return Duration.ofMinutes(minutes);
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are too small.
        }
        throw wrong(setting, text, "a whole number of minutes, 1 or more");
    }

    boolean flag(PbxSetting setting) {
        return find(setting)
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .map(
                        text ->
                                switch (text) {
                                    case "true", "yes", "on", "1" -> true;
                                    case "false", "no", "off", "0" -> false;
                                    default -> throw wrong(setting, text, "true or false");
                                })
                .orElse(false);
    }

    /** Returns {@code host} or {@code host:port} taken apart; the port is 0 where it names none. */
    Server server(PbxSetting setting) {
        String text = get(setting).strip();
        int colon = text.lastIndexOf(':');
        boolean named = colon > 0 && text.indexOf(':') == colon;
        boolean bracketed = text.startsWith("[") && colon == text.indexOf(']') + 1;
        if (!named && !bracketed) {
            return new Server(unbracketed(text), 0);
        }
        HostAndPort both =
                new HostAndPort(
                        unbracketed(text.substring(0, colon)),
                        port(setting, text.substring(colon + 1)));
        return new Server(both.host(), both.port());
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    record Server(String host, int port) {}

    /** Returns whom to trust, where that is said. */
    Optional<TlsOptions> tls() {
        return find(PbxSetting.PBX_CA).map(file -> TlsOptions.ca(Path.of(file)));
    }

    /** Returns whom to trust, or the usual authorities. */
    TlsOptions trust() {
        return tls().orElseGet(TlsOptions::system);
    }

    IllegalStateException wrong(PbxSetting setting, String value, String wanted) {
        return new IllegalStateException(
                name(setting) + " is \"" + value + "\" and must be " + wanted + "; see " + PAGE);
    }

    private static String content(String name, String path) {
        try {
            // Editors and `echo` end a file with a line break that is no part of a secret.
            String text = Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
            if (text.isEmpty()) {
                throw new IllegalStateException(name + ": the file " + path + " is empty");
            }
            return text;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(name + ": cannot read the file " + path, e);
        }
    }
}
