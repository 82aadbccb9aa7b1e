package io.github.pbxsdk.it.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** The servers of {@code lab/asterisk}, shared by all test classes of a run. */
final class Lab implements AutoCloseable {

    static final List<Integer> VERSIONS = List.of(16, 22);

    private final Optional<LabScript> script;
    private final List<Integer> installed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Asterisk> servers = new TreeMap<>();

    private Lab(Optional<LabScript> script, boolean required) {
        this.script = script;
        if (required) {
            script.orElseThrow(() -> new IllegalStateException("PBX_LAB=required: no lab/asterisk"))
                    .install(VERSIONS);
        }
        installed = VERSIONS.stream().filter(this::ask).toList();
        if (installed.size() < VERSIONS.size()) {
            say(whatIsMissing());
        }
        // Ctrl-C ends this process before JUnit could close the lab.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-asterisk"));
    }

    static Lab of(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Lab.class))
                .computeIfAbsent(Lab.class, key -> open(), Lab.class);
    }

    private static Lab open() {
        return new Lab(LabScript.find(), "required".equals(System.getenv("PBX_LAB")));
    }

    boolean isInstalled(int version) {
        return installed.contains(version);
    }

    String whatIsMissing() {
        String missing =
                VERSIONS.stream()
                        .filter(version -> !installed.contains(version))
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
        return "Tests on Asterisk "
                + missing.replace(" ", " and ")
                + " are skipped: not installed. To run them: lab/asterisk install "
                + missing;
    }

    Asterisk server(int version) {
        lock.lock();
        try {
            return servers.computeIfAbsent(
                    version, number -> new Asterisk(script.orElseThrow(), number));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        for (Asterisk server : takeServers()) {
            server.leave();
        }
    }

    private Collection<Asterisk> takeServers() {
        lock.lock();
        try {
            List<Asterisk> taken = new ArrayList<>(servers.values());
            servers.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean ask(int version) {
        return script.isPresent() && script.get().isInstalled(version);
    }

    /** For the person who reads the build's output, not for a log. */
    static void say(String line) {
        System.out.println(line);
    }
}
