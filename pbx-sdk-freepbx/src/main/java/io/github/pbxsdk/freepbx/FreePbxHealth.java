package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Light;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a PBX is at this moment.
 *
 * @param light the worst of all findings
 * @param latency how long the first answer took; zero if there was none
 * @param findings what was looked at, in words; what could not be looked at says why
 */
public record FreePbxHealth(Light light, Duration latency, List<Finding> findings) {

    /** Copies the list. */
    public FreePbxHealth {
        Objects.requireNonNull(light, "light");
        Objects.requireNonNull(latency, "latency");
        findings = List.copyOf(findings);
    }

    static FreePbxHealth of(Duration latency, List<Finding> findings) {
        Light worst = Light.GREEN;
        for (Finding finding : findings) {
            if (finding.light().compareTo(worst) < 0) {
                worst = finding.light();
            }
        }
        return new FreePbxHealth(worst, latency, findings);
    }

    /** Returns all findings as one text, a line for each. */
    public String words() {
        return String.join("\n", findings.stream().map(Finding::words).toList());
    }

    /**
     * One thing that was looked at.
     *
     * @param subject what it is
     * @param light how it is; green as well for what this client has no road to look at
     * @param words how it is, in words
     */
    public record Finding(Subject subject, Light light, String words) {

        /** Checks that nothing is null. */
        public Finding {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(light, "light");
            Objects.requireNonNull(words, "words");
        }
    }

    /** What is looked at. */
    public enum Subject {
        /** Whether the PBX answers, and accepts the API application. */
        API,
        /** The versions of FreePBX and Asterisk, and whether Asterisk is up. */
        ASTERISK,
        /** Whether trunks are registered and reachable. */
        TRUNKS,
        /** How many telephones are there. */
        TELEPHONES,
        /** Whether changes wait to be applied. */
        APPLY,
        /** How full the disks are. */
        DISK,
        /** How old the newest call record is. */
        CALL_RECORDS
    }
}
