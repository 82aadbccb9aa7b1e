package io.github.pbxsdk.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The real Asterisk 22 of the lab, which runs already, as {@code lab/asterisk env} describes it.
 */
record LabServer(Map<String, String> settings) {

    /**
     * Asks for it.
     *
     * @throws IllegalStateException if it does not run
     */
    static LabServer running() {
        Map<String, String> settings =
                Command.output("lab/asterisk", "env", "22")
                        .orElse("")
                        .lines()
                        .map(line -> line.split("=", 2))
                        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        if (!"yes".equals(settings.get("PBX_LAB_RUNNING"))) {
            throw new IllegalStateException(
                    "this needs the real server: lab/asterisk install 22 && lab/asterisk start 22");
        }
        return new LabServer(settings);
    }

    /** Returns a setting, such as that of {@code ARI_URL}. */
    String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the lab has no " + name);
        }
        return value;
    }
}
